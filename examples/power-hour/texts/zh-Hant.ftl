name = 能量一小時
summary = 每天有一個小時，每完成一個都有額外點數，並設有公平的上限。

begins = 能量一小時開始了，到 { $until } 結束。前 { $cap } 個有額外點數，不必著急。
within-the-hour = 能量一小時內完成：今天第 { $n } 個，上限 { $cap } 個。

settings-metric = 指標
settings-from = 開始
    .help = 以客服人員所在地的時間為準，例如 15:00。
settings-until = 結束
    .help = 恰在這一分鐘發生的不再計入。
settings-points = 每個的點數
settings-currency = 點數種類
settings-daily_cap = 每日上限
    .help = 這麼多個有點數，之後誰也不必趕時間。
