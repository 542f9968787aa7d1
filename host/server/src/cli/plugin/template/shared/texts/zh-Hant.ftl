badge-in-a-row = 連連好評
in-a-row = 連續獲得 { $n } 個好評。
settings-good = 達到多少分算好評
settings-length = 連續多少個
