name = 宾果卡
summary = 一张九格卡：连成一线就有积分，填满整张积分最多。

line = { $line ->
    [1] 第一行已连成一线。
    [2] 第二行已连成一线。
    [3] 第三行已连成一线。
    [4] 第一列已连成一线。
    [5] 第二列已连成一线。
    [6] 第三列已连成一线。
   *[other] 一条对角线已连成一线。
}
full-card = 宾果：九格全部点亮。
squares = 已点亮 { $n } 格，共 9 格。
badge-bingo = 满卡

settings-squares = 九个格子
    .help = 从左上角起，逐行排列。
settings-squares-metric = 指标
settings-squares-at_least = 起算值
    .help = 只有数值不低于此值的事件才计入，例如评分 5。
settings-squares-times = 点亮所需次数
settings-line_points = 连成一线的积分
    .help = 一行、一列或一条对角线，每张卡共八条。
settings-card_points = 填满整张卡的积分
settings-currency = 积分种类
