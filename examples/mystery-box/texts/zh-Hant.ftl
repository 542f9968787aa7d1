name = 神祕盒
summary = 每累積若干個好評就打開一個盒子：每個盒子裡都有東西，偶爾還有大獎。

box = { $n } 個好評打開了一個盒子。
great-prize = 你的盒子裡有大獎。{ $of ->
    [1] 每個盒子裡都有。
   *[other] 平均每 { $of } 個盒子中有一個。
}
next-box = 再得 { $n } 個好評就能打開下一個盒子。

settings-metric = 指標
settings-at_least = 起算值
    .help = 達到此評分的事件才計入。
settings-every = 多少個打開一個盒子
settings-points = 每個盒子裡的點數
settings-currency = 點數種類
settings-prize = 大獎
    .help = 獎品的名稱，例如禮券。
settings-one_in = 大獎機率：每多少個盒子一個
    .help = 平均而言；是哪一個誰也不知道，系統也不例外。1 表示每個盒子都有。
settings-prizes_max = 每期大獎數
