name = 能量一小时
summary = 每天有一个小时，每完成一个都有额外积分，并设有公平的上限。

begins = 能量一小时开始了，到 { $until } 结束。前 { $cap } 个有额外积分，不必着急。
within-the-hour = 能量一小时内完成：今天第 { $n } 个，上限 { $cap } 个。

settings-metric = 指标
settings-from = 开始
    .help = 以客服人员所在地的时间为准，例如 15:00。
settings-until = 结束
    .help = 恰在这一分钟发生的不再计入。
settings-points = 每个的积分
settings-currency = 积分种类
settings-daily_cap = 每日上限
    .help = 这么多个有积分，之后谁也不必赶时间。
