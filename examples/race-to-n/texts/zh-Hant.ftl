name = 競速
summary = 最先達到某個數目的幾個人獲勝。

begins = 新一輪競速開始了：先達到 { $n } 的前 { $winners } 名獲勝。
finish = { $place ->
    [0] 你達到了 { $n }。
   *[other] 你第 { $place } 個達到 { $n }，前 { $winners } 名獲勝。
}
left = { $n ->
    [0] 你已達到目標。
   *[other] 還差 { $n }。
}

settings-metric = 指標
settings-target = 目標數目
settings-winners = 獲勝人數
settings-prize = 獎品
    .help = 獎品的名稱，例如禮券。
