name = Race
summary = The first few who reach a number win.

finish = You reached { $n } among the first { $winners }.
left = { $n ->
    [0] You have reached the number.
   *[other] { $n } to go.
}
