name = 一对一
summary = 每人与上期水平相当的同事对阵，每小时完成更多者获胜。

own-score = 每小时 { NUMBER($own, maximumFractionDigits: 2) } 对 { NUMBER($theirs, maximumFractionDigits: 2) }
won = 你在与 { $rival } 的对阵中获胜：{ own-score }。
drawn = 你与 { $rival } 打成平手：{ own-score }。
next-duel = 下一场你的对手是 { $rival }。祝两位好运。

settings-metric = 指标
settings-hours = 工时
    .help = 表示工作小时数的指标，让兼职同事也能公平对阵。
settings-win_points = 获胜积分
settings-draw_points = 平手积分
settings-currency = 积分种类
