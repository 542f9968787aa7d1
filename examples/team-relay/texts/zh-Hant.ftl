name = 接力賽
summary = 隊員依序跑完自己的一棒，再把接力棒傳下去；每支抵達終點的團隊都有獎勵。

leg = 第 { $leg } 棒由你跑完，全程共 { $legs } 棒。接力棒已交出，謝謝。
home = 團隊已抵達終點：{ $legs } 棒全部跑完。
first-home = 第一支抵達終點的團隊。
on-the-way = 已完成 { $n }，共需 { $all }。接力棒正在路上。
badge-first-home = 率先抵達

settings-metric = 指標
settings-at_least = 起算值
    .help = 只有數值不低於此值的事件才計入。
settings-leg = 每棒的長度
    .help = 計滿此數後交棒。
settings-legs = 棒數
    .help = 每一棒由團隊中不同的人來跑。
settings-rest_hours = 接力棒停留時間
    .help = 這麼久沒有進展後，下一位可以從原處接過去。
settings-points = 抵達終點的團隊每人所得點數
settings-currency = 點數種類
