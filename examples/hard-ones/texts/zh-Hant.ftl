name = 迎難而上
summary = 一次就解決的疑難聯絡可得積分，每天有合理上限；當天的第一個得分更多。

hard-one = 一次就解決了疑難聯絡：今天的第 { $n } 個。
opener = 今天第一個解決的疑難聯絡。

settings-points = 每個的積分
settings-daily_cap = 每天上限
    .help = 計分以此為限；之後不必再找疑難聯絡。
settings-opener = 當天第一個的積分
settings-currency = 積分的幣種
