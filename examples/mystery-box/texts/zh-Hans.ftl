name = 神秘盒
summary = 每累积若干个好评就打开一个盒子：每个盒子里都有东西，偶尔还有大奖。

box = { $n } 个好评打开了一个盒子。
great-prize = 你的盒子里有大奖。{ $of ->
    [1] 每个盒子里都有。
   *[other] 平均每 { $of } 个盒子中有一个。
}
next-box = 再得 { $n } 个好评就能打开下一个盒子。

settings-metric = 指标
settings-at_least = 起算值
    .help = 达到此评分的事件才计入。
settings-every = 多少个打开一个盒子
settings-points = 每个盒子里的积分
settings-currency = 积分种类
settings-prize = 大奖
    .help = 奖品的名称，例如礼券。
settings-one_in = 大奖概率：每多少个盒子一个
    .help = 平均而言；是哪一个谁也不知道，系统也不例外。1 表示每个盒子都有。
settings-prizes_max = 每期大奖数
