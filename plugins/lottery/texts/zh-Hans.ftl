name = 抽奖
summary = 用心工作即可获得奖券，每日设有公平的上限，并须守住质量；奖品由任何人都能核对的抽奖产生。

drawn = { $places ->
    [1] 抽中了你。
   *[other] 抽中了你：共 { $places } 项奖品中的第 { $place } 项。
}{ $winners ->
    [1] {""}
   *[other] 此项共抽取 { $winners } 名。
}
won-instantly = 你当场中奖：{ $of ->
    [1] 每次尝试都会中奖。
   *[other] 平均每 { $of } 次尝试中一次。
}
below-quality = { $metric } 的平均值为 { NUMBER($value, maximumFractionDigits: 2) }，抽奖要求不低于 { NUMBER($at_least, maximumFractionDigits: 2) }。
quality-unmeasured = 本期没有测量过 { $metric }，抽奖要求平均值不低于 { NUMBER($at_least, maximumFractionDigits: 2) }。
tickets-today = { $n ->
    [0] 今天还没有奖券
   *[other] 今天有 { $n } 张奖券
}{ $cap ->
    [0] 。
   *[other] ，每天最多 { $cap } 张。
}

badge-lucky = 好运

settings-earn = 怎样获得奖券
settings-earn-metric = 指标
settings-earn-tickets = 奖券数
    .help = 每个事件给予的张数；若设定了数量，则为每满一份给予的张数。
settings-earn-for_each = 每满
    .help = 把数值累加，每满这个数量就给予奖券，例如一小时或 100 的销售额。不设定则每个事件都给予。
settings-earn-at_least = 计入起点
    .help = 事件的数值不低于此数才计入，例如评分为 5。
settings-earn-daily_cap = 每日上限
    .help = 按客服人员当地的一天计算，此类奖券最多这么多张。
settings-daily_cap = 每日总上限
    .help = 按客服人员当地的一天计算，全部奖券最多这么多张，谁也不必赶时间。
settings-guard = 质量
    .help = 低于此要求者不参加抽奖，抽奖凭证上会注明。
settings-guard-metric = 指标
settings-guard-at_least = 至少
    .help = 本期的平均值。
settings-guard-unmeasured = 没有测量结果的人
    .take-part = 参加
    .left-out = 不参加
settings-method = 中奖机会
    .weighted = 每张奖券一次机会
    .equal = 有奖券的人机会均等
settings-prizes = 奖品
    .help = 按此顺序抽取。一次抽奖中每人最多中一次。
settings-prizes-winners = 中奖人数
settings-prizes-reward = 奖励
settings-prizes-reward-points = 积分
settings-prizes-reward-currency = 积分种类
settings-prizes-reward-badge = 徽章
settings-prizes-reward-prize = 奖品
    .help = 奖品的名称，例如礼券。
settings-instant = 即时中奖
    .help = 设置后，可以不设抽奖券和奖品。
settings-instant-metric = 指标
    .help = 每个带有此指标的事件尝试一次；事件无论更正多少次，都是同一次尝试。
settings-instant-at_least = 起算值
    .help = 只有数值不低于此值的事件才计入，例如评分 5。
settings-instant-one_in = 中奖率：每多少次一次
    .help = 平均每这么多次尝试中一次。1 表示必中。
settings-instant-wins_max = 每期中奖上限
    .help = 总共最多这么多；之后中奖者不再获奖。不设置时仅受预算限制。
settings-instant-reward = 奖励
settings-instant-reward-points = 积分
settings-instant-reward-currency = 积分种类
settings-instant-reward-badge = 徽章
settings-instant-reward-prize = 奖品
    .help = 奖品的名称，例如礼券。
