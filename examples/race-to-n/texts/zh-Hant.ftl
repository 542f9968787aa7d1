name = 競速
summary = 最先達到某個數目的幾個人獲勝。

finish = 你達到了 { $n }，進入前 { $winners } 名。
left = { $n ->
    [0] 你已達到目標。
   *[other] 還差 { $n }。
}

settings-metric = 指標
settings-target = 目標數目
settings-winners = 獲勝人數
settings-prize = 獎品
    .help = 獎品的名稱，例如禮券。
settings-every = 每場競速為期
    .help = 與激勵的週期相同：名額按週期計算。
    .day = 一天
    .week = 一週
    .month = 一個月
