name = Last ones standing
summary = Each period the last one is out, until a few remain; then a new season begins.

out = Your season ends here, with { NUMBER($done, maximumFractionDigits: 0) } on the last day. { $remaining ->
    [one] { $remaining } plays on
   *[other] { $remaining } play on
}. Thank you for a good game.
remained = You are among those who remained to the end of season { $season }.
