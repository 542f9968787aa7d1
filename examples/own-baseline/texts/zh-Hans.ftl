name = 超越自己
summary = 每个人的一周只与自己之前的几周相比；有进步就有奖励，与他人无关。

better = 比你自己之前几周好 { NUMBER($percent, maximumFractionDigits: 1) }%：现在是 { NUMBER($now, maximumFractionDigits: 1) }，之前是 { NUMBER($before, maximumFractionDigits: 1) }。

settings-metric = 指标
    .help = 比较它在一周内的平均值。
settings-better = 怎样算更好
    .lower = 数值越低越好
    .higher = 数值越高越好
settings-percent = 至少改善
settings-weeks = 与多少周比较
    .help = 之前的几周，有多少算多少；至少需要两周。
settings-measures_min = 最少测量次数
    .help = 测量次数更少的一周不作评判。
settings-points = 积分
settings-currency = 积分种类
