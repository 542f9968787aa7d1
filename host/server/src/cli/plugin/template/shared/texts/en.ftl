badge-in-a-row = On a roll
in-a-row = { $n ->
    [one] One good rating.
   *[other] { $n } good ratings in a row.
}
