name = 超越自己
summary = 每個人的一週只與自己之前的幾週相比；有進步就有獎勵，與他人無關。

better = 比你自己之前幾週好 { NUMBER($percent, maximumFractionDigits: 1) }%：現在是 { NUMBER($now, maximumFractionDigits: 1) }，之前是 { NUMBER($before, maximumFractionDigits: 1) }。

settings-metric = 指標
    .help = 比較它在一週內的平均值。
settings-better = 怎樣算更好
    .lower = 數值越低越好
    .higher = 數值越高越好
settings-percent = 至少改善
settings-weeks = 與多少週比較
    .help = 之前的幾週，有多少算多少；至少需要兩週。
settings-measures_min = 最少測量次數
    .help = 測量次數更少的一週不作評判。
settings-points = 點數
settings-currency = 點數種類
