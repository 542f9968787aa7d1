name = 又快又好
summary = 最快者獲勝，但前提是品質達標。

place = 第 { $rank } 名：每小時 { NUMBER($speed, maximumFractionDigits: 2) }，品質 { NUMBER($quality, maximumFractionDigits: 1) }。

settings-contacts = 聯絡量
    .help = 衡量速度所用的指標。
settings-hours = 工時
    .help = 表示工作小時數的指標。
settings-quality = 品質
settings-errors = 嚴重錯誤
    .help = 與品質來自同一事件的指標。只要有一次，就不參加排名。
settings-quality_min = 品質至少
settings-evaluations_min = 質檢次數至少
settings-hours_min = 工時至少
    .help = 僅憑一個小時的快不能獲勝。
settings-points = 各名次的點數
    .help = 依次為第一名、第二名等；並列者所得相同。
settings-currency = 點數種類
