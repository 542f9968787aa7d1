name = Bingo card
summary = Nine squares: every line pays, and the full card pays most.

line = { $line ->
    [1] The first row is full.
    [2] The second row is full.
    [3] The third row is full.
    [4] The first column is full.
    [5] The second column is full.
    [6] The third column is full.
   *[other] A diagonal is full.
}
full-card = Bingo: all nine squares are ticked.
squares = { $n } of 9 squares ticked.
badge-bingo = Full card
