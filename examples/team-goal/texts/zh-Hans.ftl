name = 共同目标
summary = 大家的成果加在一起；达成目标时，人人有份。

goal = 你们一起达到了 { $at }。当时在场的每个人都有一份。
to-go = 大家一起还差 { NUMBER($n, maximumFractionDigits: 0) }。
all-reached = 所有目标都已达成。大家做得好。

settings-metric = 指标
    .help = 数值相加。
settings-together = 谁一起努力
    .team = 各团队分别计算
    .everyone = 全体人员
settings-goals = 目标
    .help = 从低到高排列。
settings-goals-at = 达成数值
settings-goals-points = 每人积分
settings-currency = 积分种类
