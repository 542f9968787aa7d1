name = 坚持到底
summary = 每期最后一名出局，直到只剩几人；随后开始新的赛季。

out = 你的赛季到此结束，最后一天完成 { NUMBER($done, maximumFractionDigits: 0) }。还有 { $remaining } 人继续。谢谢你的精彩表现。
remained = 你坚持到了第 { $season } 赛季的最后。

settings-metric = 指标
    .help = 本期数值相加。没有数值的人（例如休息）不会出局。
settings-survivors = 最后留下几人
settings-prize = 每位留下者的奖励
