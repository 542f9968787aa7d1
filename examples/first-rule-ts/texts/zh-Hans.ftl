badge-streak = 连续好评
streak = 连续 { $n } 次好评通话！
settings-good = 好评的最低评分
settings-length = 连续次数
