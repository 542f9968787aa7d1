name = 競賽
summary = 依表現為客服人員或團隊排名，並守住你要求的品質；名列前茅者有獎，所有達標者也有獎。

score = { $shown ->
    [percent] { NUMBER($value, style: "percent", maximumFractionDigits: 1) }
   *[number] { NUMBER($value, maximumFractionDigits: 2) }
}{ $measure ->
    [none] {""}
   *[other] {" "}{ $measure }
}
mark = { $shown ->
    [percent] { NUMBER($bar, style: "percent", maximumFractionDigits: 1) }
   *[number] { NUMBER($bar, maximumFractionDigits: 2) }
}

place = 在 { $ranked } 名參評者中排名第 { $rank }，成績為 { score }。{ decision }{ equality }
place-team = { $team } 在 { $ranked } 個參評團隊中排名第 { $rank }，成績為 { score }。{ decision }{ equality }
decision = { $decider ->
    [none] {""}
   *[other] 另有成績相同者，由 { $decider } 決定先後：{ NUMBER($deciding, maximumFractionDigits: 2) }。
}
equality = { $equals ->
    [0] {""}
   *[other] 另有 { $equals } 個並列此名次{ division }
}
division = { $ties ->
    [split] ，所佔各名次的點數平均分配，餘數捨去。
   *[share] ，各得全額獎勵。
}
past-the-bar = 成績達到 { score }，人人有獎的標準是 { mark }。
past-the-bar-team = { $team } 的成績達到 { score }，人人有獎的標準是 { mark }。

progress = 今天：{ score }。{ $bar ->
    [none] {""}
   *[other] 標準是 { mark }。
}
progress-new-day = 新的一天，還沒有計入任何成績。

badge-champion = 冠軍
badge-gold = 金獎
badge-silver = 銀獎
badge-bronze = 銅獎

settings-who = 參賽對象
    .agents = 客服人員，各自參賽
    .teams = 團隊，依成員的表現
settings-metrics = 排名依據
    .help = 各指標乘以權重後相加。獎勵速度時務必兼顧品質：請看條件。
settings-metrics-metric = 指標
settings-metrics-by = 計算方式
    .help = 評分、占比等比率取平均，可計數的取總和。
    .total = 總和：全部相加
    .average = 平均：用於評分、占比等比率
settings-metrics-weight = 權重
    .help = 一個單位值多少。負權重表示扣減。
settings-per_hour_of = 按每單位計算
    .help = 用這個指標的總和去除成績，例如工作時數：這樣部分工時的同事機會相同。
settings-lowest_first = 數值越低越好
settings-minimum = 參加排名的最低量
settings-minimum-metric = 指標
settings-minimum-at_least = 至少
    .help = 本期的總和。請讓部分工時的同事也能達到。
settings-guards = 條件
    .help = 不符合任一條件者會顯示，但不參加排名。從未測量過視為不符合，設有上限的總和除外。
settings-guards-metric = 指標
settings-guards-by = 計算方式
    .total = 總和：全部相加
    .average = 平均：用於評分、占比等比率
settings-guards-at_least = 至少
settings-guards-at_most = 至多
settings-tie_breaks = 同分規則
    .help = 數值相同時，由第一個能分出先後的指標決定，訊息中會說明。
settings-tie_breaks-metric = 指標
settings-tie_breaks-by = 計算方式
    .total = 總和：全部相加
    .average = 平均：用於評分、占比等比率
settings-tie_breaks-lowest_first = 低者勝出
settings-ties = 名次並列
    .help = 同分規則也分不出先後時怎麼辦。
    .share = 各得全額獎勵
    .split = 平分所佔名次的點數
settings-prizes = 名次獎
settings-prizes-rank = 名次
settings-prizes-reward = 獎勵
settings-prizes-reward-points = 點數
    .help = 團隊競賽中每位成員各得此數。
settings-prizes-reward-currency = 點數種類
settings-prizes-reward-badge = 徽章
    .help = 徽章的名稱。團隊競賽中授予團隊。
settings-prizes-reward-prize = 獎品
    .help = 獎品的名稱，例如禮券。團隊競賽中授予團隊。
settings-bar = 達標獎
    .help = 在名次獎之外，讓每個表現好的人都能獲獎。
settings-bar-value = 達標數值
    .help = 與排名的數值相同。數值越低越好時，指不高於此數。
settings-bar-reward = 獎勵
settings-bar-reward-points = 點數
    .help = 團隊競賽中每位成員各得此數。
settings-bar-reward-currency = 點數種類
settings-bar-reward-badge = 徽章
    .help = 徽章的名稱。團隊競賽中授予團隊。
settings-bar-reward-prize = 獎品
    .help = 獎品的名稱，例如禮券。團隊競賽中授予團隊。
settings-measure = 用文字說明所計內容
    .help = 在訊息中寫在數值之後，例如「通電話/小時」。
settings-show = 數值的寫法
    .number = 數字，例如 12.4
    .percent = 百分比，用於占比：0.84 寫作 84%
