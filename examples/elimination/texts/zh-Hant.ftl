name = 堅持到底
summary = 每期最後一名出局，直到只剩幾人；隨後開始新的賽季。

out = 你的賽季到此結束，最後一天完成 { NUMBER($done, maximumFractionDigits: 0) }。還有 { $remaining } 人繼續。謝謝你的精彩表現。
remained = 你堅持到了第 { $season } 賽季的最後。

settings-metric = 指標
    .help = 本期數值相加。沒有數值的人（例如休息）不會出局。
settings-survivors = 最後留下幾人
settings-prize = 每位留下者的獎勵
