badge-in-a-row = 连连好评
in-a-row = 连续获得 { $n } 个好评。
settings-good = 达到多少分算好评
settings-length = 连续多少个
