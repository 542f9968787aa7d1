name = 又快又好
summary = 最快者获胜，但前提是质量达标。

place = 第 { $rank } 名：每小时 { NUMBER($speed, maximumFractionDigits: 2) }，质量 { NUMBER($quality, maximumFractionDigits: 1) }。

settings-contacts = 联络量
    .help = 衡量速度所用的指标。
settings-hours = 工时
    .help = 表示工作小时数的指标。
settings-quality = 质量
settings-errors = 严重错误
    .help = 与质量来自同一事件的指标。只要有一次，就不参加排名。
settings-quality_min = 质量至少
settings-evaluations_min = 质检次数至少
settings-hours_min = 工时至少
    .help = 仅凭一个小时的快不能获胜。
settings-points = 各名次的积分
    .help = 依次为第一名、第二名等；并列者所得相同。
settings-currency = 积分种类
