name = Race
summary = The first few who reach a number win.

begins = A new race to { $n } has begun: the first { $winners } win.
finish = { $place ->
    [0] You reached { $n }.
    [1] You were the first to reach { $n }.
    [2] You were the second to reach { $n }.
    [3] You were the third to reach { $n }.
   *[other] You reached { $n }: number { $place } of the { $winners } who win.
}
left = { $n ->
    [0] You have reached the number.
   *[other] { $n } to go.
}
