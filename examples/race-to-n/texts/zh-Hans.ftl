name = 竞速
summary = 最先达到某个数目的几个人获胜。

begins = 新一轮竞速开始了：先达到 { $n } 的前 { $winners } 名获胜。
finish = { $place ->
    [0] 你达到了 { $n }。
   *[other] 你第 { $place } 个达到 { $n }，前 { $winners } 名获胜。
}
left = { $n ->
    [0] 你已达到目标。
   *[other] 还差 { $n }。
}

settings-metric = 指标
settings-target = 目标数目
settings-winners = 获胜人数
settings-prize = 奖品
    .help = 奖品的名称，例如礼券。
