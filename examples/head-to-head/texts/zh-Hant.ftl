name = 一對一
summary = 每人與上期水準相當的同事對陣，每小時完成更多者獲勝。

own-score = 每小時 { NUMBER($own, maximumFractionDigits: 2) } 對 { NUMBER($theirs, maximumFractionDigits: 2) }
won = 你在與 { $rival } 的對陣中獲勝：{ own-score }。
drawn = 你與 { $rival } 打成平手：{ own-score }。
next-duel = 下一場你的對手是 { $rival }。祝兩位好運。

settings-metric = 指標
settings-hours = 工時
    .help = 表示工作小時數的指標，讓兼職同事也能公平對陣。
settings-win_points = 獲勝點數
settings-draw_points = 平手點數
settings-currency = 點數種類
