name = 竞速
summary = 最先达到某个数目的几个人获胜。

finish = 你达到了 { $n }，进入前 { $winners } 名。
left = { $n ->
    [0] 你已达到目标。
   *[other] 还差 { $n }。
}

settings-metric = 指标
settings-target = 目标数目
settings-winners = 获胜人数
settings-prize = 奖品
    .help = 奖品的名称，例如礼券。
settings-every = 每场竞速为期
    .help = 与激励的周期相同：名额按周期计算。
    .day = 一天
    .week = 一周
    .month = 一个月
