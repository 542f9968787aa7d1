name = 抽獎
summary = 用心工作即可獲得獎券，每日設有公平的上限，並須守住品質；獎品由任何人都能核對的抽獎產生。

drawn = { $places ->
    [1] 抽中了你。
   *[other] 抽中了你：共 { $places } 項獎品中的第 { $place } 項。
}{ $winners ->
    [1] {""}
   *[other] 此項共抽取 { $winners } 名。
}
won-instantly = 你當場中獎：{ $of ->
    [1] 每次嘗試都會中獎。
   *[other] 平均每 { $of } 次嘗試中一次。
}
below-quality = { $metric } 的平均值為 { NUMBER($value, maximumFractionDigits: 2) }，抽獎要求不低於 { NUMBER($at_least, maximumFractionDigits: 2) }。
quality-unmeasured = 本期沒有測量過 { $metric }，抽獎要求平均值不低於 { NUMBER($at_least, maximumFractionDigits: 2) }。
tickets-today = { $n ->
    [0] 今天還沒有獎券
   *[other] 今天有 { $n } 張獎券
}{ $cap ->
    [0] 。
   *[other] ，每天最多 { $cap } 張。
}

badge-lucky = 好運

settings-earn = 怎樣獲得獎券
settings-earn-metric = 指標
settings-earn-tickets = 獎券數
    .help = 每個事件給予的張數；若設定了數量，則為每滿一份給予的張數。
settings-earn-for_each = 每滿
    .help = 把數值累加，每滿這個數量就給予獎券，例如一小時或 100 的銷售額。不設定則每個事件都給予。
settings-earn-at_least = 計入起點
    .help = 事件的數值不低於此數才計入，例如評分為 5。
settings-earn-daily_cap = 每日上限
    .help = 依客服人員當地的一天計算，此類獎券最多這麼多張。
settings-daily_cap = 每日總上限
    .help = 依客服人員當地的一天計算，全部獎券最多這麼多張，誰也不必趕時間。
settings-guard = 品質
    .help = 低於此要求者不參加抽獎，抽獎憑證上會註明。
settings-guard-metric = 指標
settings-guard-at_least = 至少
    .help = 本期的平均值。
settings-guard-unmeasured = 沒有測量結果的人
    .take-part = 參加
    .left-out = 不參加
settings-method = 中獎機會
    .weighted = 每張獎券一次機會
    .equal = 有獎券的人機會均等
settings-prizes = 獎品
    .help = 依此順序抽取。一次抽獎中每人最多中一次。
settings-prizes-winners = 中獎人數
settings-prizes-reward = 獎勵
settings-prizes-reward-points = 點數
settings-prizes-reward-currency = 點數種類
settings-prizes-reward-badge = 徽章
settings-prizes-reward-prize = 獎品
    .help = 獎品的名稱，例如禮券。
settings-instant = 即時中獎
    .help = 設定後，可以不設抽獎券和獎品。
settings-instant-metric = 指標
    .help = 每個帶有此指標的事件嘗試一次；事件無論更正多少次，都是同一次嘗試。
settings-instant-at_least = 起算值
    .help = 只有數值不低於此值的事件才計入，例如評分 5。
settings-instant-one_in = 中獎率：每多少次一次
    .help = 平均每這麼多次嘗試中一次。1 表示必中。
settings-instant-wins_max = 每期中獎上限
    .help = 總共最多這麼多；之後中獎者不再獲獎。不設定時僅受預算限制。
settings-instant-reward = 獎勵
settings-instant-reward-points = 點數
settings-instant-reward-currency = 點數種類
settings-instant-reward-badge = 徽章
settings-instant-reward-prize = 獎品
    .help = 獎品的名稱，例如禮券。
