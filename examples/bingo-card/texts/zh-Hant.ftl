name = 賓果卡
summary = 一張九格卡：連成一線就有點數，填滿整張點數最多。

line = { $line ->
    [1] 第一列已連成一線。
    [2] 第二列已連成一線。
    [3] 第三列已連成一線。
    [4] 第一行已連成一線。
    [5] 第二行已連成一線。
    [6] 第三行已連成一線。
   *[other] 一條對角線已連成一線。
}
full-card = 賓果：九格全部點亮。
squares = 已點亮 { $n } 格，共 9 格。
badge-bingo = 滿卡

settings-squares = 九個格子
    .help = 從左上角起，逐列排列。
settings-squares-metric = 指標
settings-squares-at_least = 起算值
    .help = 只有數值不低於此值的事件才計入，例如評分 5。
settings-squares-times = 點亮所需次數
settings-line_points = 連成一線的點數
    .help = 一列、一行或一條對角線，每張卡共八條。
settings-card_points = 填滿整張卡的點數
settings-currency = 點數種類
