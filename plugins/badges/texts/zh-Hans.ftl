name = 徽章
summary = 为累计数量、连续表现、第一次和个人纪录颁发徽章，可分多个等级，也可附带积分。

# 按徽章说明计的是什么；徽章没有说明时只给数字。
things = { $badge ->
    [five-stars] { $n } 次满分评价
    [resolver] { $n } 次一次性解决
    [calm] { $n } 次高难度服务
    [contacts] { $n } 次服务
    [quality] { $n } 次优秀质检
    [sales] { $n } 笔成交
   *[other] { NUMBER($n, maximumFractionDigits: 1) }
}
goal = { $level ->
    [bronze] 铜级
    [silver] 银级
    [gold] 金级
    [platinum] 铂金级
    [diamond] 钻石级
   *[none] 这枚徽章
}

# 颁发理由。
count = 累计达到 { things }。
streak = 连续 { things }，一次不落。
workdays = 连续 { $n } 个工作日。
first = 第一次。这枚徽章永远属于你。
record-day = 今天是你迄今最好的一天。此前的纪录：{ things }。
record-value = { NUMBER($value, maximumFractionDigits: 1) }，你迄今最好的成绩。此前的纪录是 { NUMBER($n, maximumFractionDigits: 1) }。

# 触手可及的下一步。
next-count = 再有 { things }，就到{ goal }。
next-streak = 再连续 { things }，就到{ goal }。
next-workdays = 再连续 { $n } 个工作日，就到{ goal }。
next-first = 完成第一次，就能得到{ goal }。
next-record-day = 再有 { things }，今天就是你最好的一天。
all-reached = 所有等级都已达到，这里没有什么需要再证明的了。

badge-five-stars = 客户之选
badge-five-stars-bronze = 客户之选·铜
badge-five-stars-silver = 客户之选·银
badge-five-stars-gold = 客户之选·金
badge-five-stars-platinum = 客户之选·铂金
badge-five-stars-diamond = 客户之选·钻石
badge-resolver = 一次解决
badge-resolver-bronze = 一次解决·铜
badge-resolver-silver = 一次解决·银
badge-resolver-gold = 一次解决·金
badge-resolver-platinum = 一次解决·铂金
badge-resolver-diamond = 一次解决·钻石
badge-calm = 临危不乱
badge-calm-bronze = 临危不乱·铜
badge-calm-silver = 临危不乱·银
badge-calm-gold = 临危不乱·金
badge-calm-platinum = 临危不乱·铂金
badge-calm-diamond = 临危不乱·钻石
badge-contacts = 长跑健将
badge-contacts-bronze = 长跑健将·铜
badge-contacts-silver = 长跑健将·银
badge-contacts-gold = 长跑健将·金
badge-contacts-platinum = 长跑健将·铂金
badge-contacts-diamond = 长跑健将·钻石
badge-quality = 匠心品质
badge-quality-bronze = 匠心品质·铜
badge-quality-silver = 匠心品质·银
badge-quality-gold = 匠心品质·金
badge-quality-platinum = 匠心品质·铂金
badge-quality-diamond = 匠心品质·钻石
badge-sales = 销售好手
badge-sales-bronze = 销售好手·铜
badge-sales-silver = 销售好手·银
badge-sales-gold = 销售好手·金
badge-sales-platinum = 销售好手·铂金
badge-sales-diamond = 销售好手·钻石
badge-steady = 持之以恒
badge-steady-bronze = 持之以恒·铜
badge-steady-silver = 持之以恒·银
badge-steady-gold = 持之以恒·金
badge-steady-platinum = 持之以恒·铂金
badge-steady-diamond = 持之以恒·钻石
badge-first-step = 第一步
badge-first-step-bronze = 第一步·铜
badge-first-step-silver = 第一步·银
badge-first-step-gold = 第一步·金
badge-first-step-platinum = 第一步·铂金
badge-first-step-diamond = 第一步·钻石
badge-personal-best = 个人最佳
badge-personal-best-bronze = 个人最佳·铜
badge-personal-best-silver = 个人最佳·银
badge-personal-best-gold = 个人最佳·金
badge-personal-best-platinum = 个人最佳·铂金
badge-personal-best-diamond = 个人最佳·钻石
badge-extra-mile = 更进一步
badge-extra-mile-bronze = 更进一步·铜
badge-extra-mile-silver = 更进一步·银
badge-extra-mile-gold = 更进一步·金
badge-extra-mile-platinum = 更进一步·铂金
badge-extra-mile-diamond = 更进一步·钻石

settings-badges = 徽章
    .help = 每枚徽章单独获得；客服看到的是离自己最近的一枚。
settings-badges-name = 徽章
    .help = 徽章库中的哪一枚；每枚只用一次。
settings-badges-kind = 获得方式
    .count = 达到累计数量
    .streak = 连续的好表现
    .workdays = 连续工作日
    .first = 第一次
    .record-day = 个人纪录：单日最多
    .record-value = 个人纪录：最佳单次数值
settings-badges-metric = 指标
settings-badges-at_least = 计入下限
    .help = 事件从这个数值起计入。不填则全部计入，累计时把数值相加。连续表现必须填写。
settings-badges-after = 热身
    .help = 仅用于个人纪录：经过多少天（或多少次）之后才能打破纪录，免得第二天就成了纪录。
settings-badges-levels = 等级
    .help = 从低到高。“第一次”的徽章只有一级。
settings-badges-levels-name = 级别
    .help = 徽章有多个等级时必须填写。
    .bronze = 铜
    .silver = 银
    .gold = 金
    .platinum = 铂金
    .diamond = 钻石
settings-badges-levels-at = 达到条件
    .help = 累计数量、连续长度，或第几次纪录。
settings-badges-levels-points = 随徽章发放的积分
    .help = 0 表示不发。从激励预算中支出。
settings-badges-levels-currency = 积分币种
settings-absence = 缺勤指标
    .help = 有此指标的那一天，连续工作日暂停计算：既不增加也不中断。
