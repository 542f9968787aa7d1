name = Mystery box
summary = Every so many good ratings open a box: something is in each, and now and then a great prize.

box = { $n ->
    [1] A good rating opened a box.
   *[other] { $n } good ratings opened a box.
}
great-prize = The great prize was in your box. { $of ->
    [1] It is in every box.
   *[other] One box in { $of } has it.
}
next-box = { $n ->
    [one] { $n } good rating
   *[other] { $n } good ratings
} to the next box.
