name = 迎难而上
summary = 一次就解决的疑难联络可得积分，每天有合理上限；当天的第一个得分更多。

hard-one = 一次就解决了疑难联络：今天的第 { $n } 个。
opener = 今天第一个解决的疑难联络。

settings-points = 每个的积分
settings-daily_cap = 每天上限
    .help = 计分以此为限；之后不必再找疑难联络。
settings-opener = 当天第一个的积分
settings-currency = 积分的币种
