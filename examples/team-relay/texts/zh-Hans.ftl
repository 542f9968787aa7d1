name = 接力赛
summary = 队员依次跑完自己的一棒，再把接力棒传下去；每支到达终点的团队都有奖励。

leg = 第 { $leg } 棒由你跑完，全程共 { $legs } 棒。接力棒已交出，谢谢。
home = 团队已到达终点：{ $legs } 棒全部跑完。
first-home = 第一支到达终点的团队。
on-the-way = 已完成 { $n }，共需 { $all }。接力棒正在路上。
badge-first-home = 率先到达

settings-metric = 指标
settings-at_least = 起算值
    .help = 只有数值不低于此值的事件才计入。
settings-leg = 每棒的长度
    .help = 计满此数后交棒。
settings-legs = 棒数
    .help = 每一棒由团队中不同的人来跑。
settings-rest_hours = 接力棒停留时间
    .help = 这么久没有进展后，下一位可以从原处接过去。
settings-points = 到达终点的团队每人所得积分
settings-currency = 积分种类
