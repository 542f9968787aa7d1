name = 共同目標
summary = 大家的成果加在一起；達成目標時，人人有份。

goal = 你們一起達到了 { $at }。當時在場的每個人都有一份。
to-go = 大家一起還差 { NUMBER($n, maximumFractionDigits: 0) }。
all-reached = 所有目標都已達成。大家做得好。

settings-metric = 指標
    .help = 數值相加。
settings-together = 誰一起努力
    .team = 各團隊分別計算
    .everyone = 全體人員
settings-goals = 目標
    .help = 從低到高排列。
settings-goals-at = 達成數值
settings-goals-points = 每人點數
settings-currency = 點數種類
