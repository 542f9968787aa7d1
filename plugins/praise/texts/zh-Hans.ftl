name = 鼓励
summary = 在恰当的时刻表达感谢、祝贺或鼓励，不频繁打扰，夜里不打扰。

top-rating-1 = 刚有客户给了你最高评价。感谢你的用心。
top-rating-2 = 有人满意地结束了这次对话，还特意说了出来。谢谢你。
top-rating-3 = 客户评价 { $n } 分，不能再好了。谢谢你。
top-rating-4 = 你让一个人的今天轻松了一些。对方感受到了，我们也看到了。

quality-1 = 质检得分 { $n }，看得出你的细心。
quality-2 = 你的质检结果是 { $n }，每一分用心都看得见。
quality-3 = 听过这次服务的人都听得出你的功底：{ $n } 分。
quality-4 = 质检 { $n } 分，做得好。

nth-today-1 = 今天的第 { $n } 次。谢谢你一直坚持。
nth-today-2 = 今天已经 { $n } 次了。伸展一下，喝杯水，谢谢你。
nth-today-3 = 今天第 { $n } 次完成，积少成多，每次都算数。
nth-today-4 = 今天到 { $n } 次了。谢谢你在数字背后的付出。

personal-best-1 = 这是你迄今最好的一天：已经超过 { $n }。
personal-best-2 = 你原来的纪录 { $n } 已成历史，做得好。
personal-best-3 = 你还从未有过这样的一天：已超过 { $n }，而今天还没结束。
personal-best-4 = 新的个人纪录。此前的纪录是 { $n }。

streak = 连续 { $n } 次好成绩
comeback-1 = 前几次不容易，你扭转了过来：{ streak }。
comeback-2 = 低谷之后{ streak }，这需要韧性。
comeback-3 = 低谷总会过去。你的刚刚过去了，靠的是你自己。
comeback-4 = 不容易的时候你没有停下，现在看到成效了，真好。

hard-contact-1 = 刚才那次不容易。谢谢你坚持到最后。
hard-contact-2 = 棘手的对话很耗精力。你处理好了，现在歇一口气。
hard-contact-3 = 谢谢你在困难的时候保持冷静。
hard-contact-4 = 这次服务要求很高，你做到了。谢谢你。

years = { $n } 年
anniversary-1 = 今天是你和我们在一起的 { years }纪念日。感谢有你。
anniversary-2 = { years }前的今天你加入了我们，我们为此高兴。
anniversary-3 = 到今天，我们已同行 { years }。期待下一年。
anniversary-4 = 入职纪念日快乐：{ years }，每一天我们都看在眼里。

settings-top_rating = 客户的最高评价
settings-top_rating-on = 启用
settings-top_rating-metric = 指标
settings-top_rating-at_least = 起点
settings-quality = 优秀的质检
settings-quality-on = 启用
settings-quality-metric = 指标
settings-quality-at_least = 起点
settings-nth_today = 今天第几次
settings-nth_today-on = 启用
settings-nth_today-metric = 指标
settings-nth_today-at = 次数
    .help = 当地一天内的次数，从小到大。
settings-personal_best = 个人最佳
    .help = 单日数量超过以往任何一天。
settings-personal_best-on = 启用
settings-personal_best-metric = 指标
settings-personal_best-after = 热身
    .help = 至少有一次的天数达到多少之后，才能打破纪录。
settings-comeback = 重回状态
    .help = 低谷之后重新取得好成绩。
settings-comeback-on = 启用
settings-comeback-metric = 指标
settings-comeback-last = 低谷看最近
settings-comeback-below = 平均值低于此为低谷
settings-comeback-good = 重回状态需要
    .help = 连续多少次好成绩。
settings-comeback-at_least = 好成绩起点
settings-hard_contact = 完成一次高难度服务
settings-hard_contact-on = 启用
settings-hard_contact-metric = 指标
settings-anniversary = 入职纪念日
    .help = 当地时间 09:00；2 月 29 日入职的，其他年份在 28 日庆祝。
settings-anniversary-on = 启用
settings-cooldown_minutes = 消息间隔
    .help = 同一个人收到一条消息后，这段时间内不再收到，纪念日除外。
settings-no_repeat = 文字不重复
    .help = 同一个人最近这么多条消息里不出现相同文字。每个场合有四种说法：从 4 起，可能一种也不剩，那时就不说。
settings-quiet = 安静时段
settings-quiet-on = 启用
settings-quiet-from = 开始
    .help = 例如 20:00；可以跨过午夜。
settings-quiet-to = 结束
settings-quiet-defer = 稍后再说
    .help = 安静时段最后两小时内的消息在结束时发送；若有多条，只发最重要的一条。其余的不发。
