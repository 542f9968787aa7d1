badge-streak = On a roll
streak = { $n ->
    [one] One good call.
   *[other] { $n } good calls in a row!
}
