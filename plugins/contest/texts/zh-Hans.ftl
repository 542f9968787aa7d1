name = 竞赛
summary = 按表现为客服人员或团队排名，并守住你要求的质量；名列前茅者有奖，所有达标者也有奖。

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

place = 在 { $ranked } 名参评者中排名第 { $rank }，成绩为 { score }。{ decision }{ equality }
place-team = { $team } 在 { $ranked } 个参评团队中排名第 { $rank }，成绩为 { score }。{ decision }{ equality }
decision = { $decider ->
    [none] {""}
   *[other] 另有成绩相同者，由 { $decider } 决定先后：{ NUMBER($deciding, maximumFractionDigits: 2) }。
}
equality = { $equals ->
    [0] {""}
   *[other] 另有 { $equals } 个并列此名次{ division }
}
division = { $ties ->
    [split] ，所占各名次的积分平均分配，余数舍去。
   *[share] ，各得全额奖励。
}
past-the-bar = 成绩达到 { score }，人人有奖的标准是 { mark }。
past-the-bar-team = { $team } 的成绩达到 { score }，人人有奖的标准是 { mark }。

progress = 今天：{ score }。{ $bar ->
    [none] {""}
   *[other] 标准是 { mark }。
}
progress-new-day = 新的一天，还没有计入任何成绩。

badge-champion = 冠军
badge-gold = 金奖
badge-silver = 银奖
badge-bronze = 铜奖

settings-who = 参赛对象
    .agents = 客服人员，各自参赛
    .teams = 团队，按成员的表现
settings-metrics = 排名依据
    .help = 各指标乘以权重后相加。奖励速度时务必兼顾质量：请看条件。
settings-metrics-metric = 指标
settings-metrics-by = 计算方式
    .help = 评分、占比等比率取平均，可计数的取总和。
    .total = 总和：全部相加
    .average = 平均：用于评分、占比等比率
settings-metrics-weight = 权重
    .help = 一个单位值多少。负权重表示扣减。
settings-per_hour_of = 按每单位计算
    .help = 用这个指标的总和去除成绩，例如工作小时数：这样非全日制同事的机会相同。
settings-lowest_first = 数值越低越好
settings-minimum = 参加排名的最低量
settings-minimum-metric = 指标
settings-minimum-at_least = 至少
    .help = 本期的总和。请让非全日制同事也能达到。
settings-guards = 条件
    .help = 不满足任一条件者会显示，但不参加排名。从未测量过视为不满足，设有上限的总和除外。
settings-guards-metric = 指标
settings-guards-by = 计算方式
    .total = 总和：全部相加
    .average = 平均：用于评分、占比等比率
settings-guards-at_least = 至少
settings-guards-at_most = 至多
settings-tie_breaks = 同分规则
    .help = 数值相同时，由第一个能分出先后的指标决定，消息中会说明。
settings-tie_breaks-metric = 指标
settings-tie_breaks-by = 计算方式
    .total = 总和：全部相加
    .average = 平均：用于评分、占比等比率
settings-tie_breaks-lowest_first = 低者胜出
settings-ties = 名次并列
    .help = 同分规则也分不出先后时怎么办。
    .share = 各得全额奖励
    .split = 平分所占名次的积分
settings-prizes = 名次奖
settings-prizes-rank = 名次
settings-prizes-reward = 奖励
settings-prizes-reward-points = 积分
    .help = 团队竞赛中每位成员各得此数。
settings-prizes-reward-currency = 积分种类
settings-prizes-reward-badge = 徽章
    .help = 徽章的名称。团队竞赛中授予团队。
settings-prizes-reward-prize = 奖品
    .help = 奖品的名称，例如礼券。团队竞赛中授予团队。
settings-bar = 达标奖
    .help = 在名次奖之外，让每个表现好的人都能获奖。
settings-bar-value = 达标数值
    .help = 与排名的数值相同。数值越低越好时，指不高于此数。
settings-bar-reward = 奖励
settings-bar-reward-points = 积分
    .help = 团队竞赛中每位成员各得此数。
settings-bar-reward-currency = 积分种类
settings-bar-reward-badge = 徽章
    .help = 徽章的名称。团队竞赛中授予团队。
settings-bar-reward-prize = 奖品
    .help = 奖品的名称，例如礼券。团队竞赛中授予团队。
settings-measure = 用文字说明所计内容
    .help = 在消息中写在数值之后，例如“通电话/小时”。
settings-show = 数值的写法
    .number = 数字，例如 12.4
    .percent = 百分比，用于占比：0.84 写作 84%
