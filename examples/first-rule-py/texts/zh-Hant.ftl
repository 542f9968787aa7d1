badge-streak = 連續好評
streak = 連續 { $n } 次好評通話！
settings-good = 好評的最低評分
settings-length = 連續次數
