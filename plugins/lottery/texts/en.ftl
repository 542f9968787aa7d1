name = Lottery
summary = Good work earns tickets, with a fair cap a day and a quality that has to be kept, and a draw that anyone can check gives the prizes.

drawn = { $places ->
    [one] Your name was drawn.
   *[other] Your name was drawn for prize { $place } of { $places }.
}{ $winners ->
    [one] {""}
   *[other] {" "}This prize has { $winners } winners.
}
won-instantly = You won on the spot: { $of ->
    [one] every try wins.
   *[other] one try in { $of } does.
}
below-quality = The average of { $metric } was { NUMBER($value, maximumFractionDigits: 2) }; the draw asks for at least { NUMBER($at_least, maximumFractionDigits: 2) }.
quality-unmeasured = { $metric } was never measured in this period; the draw asks for an average of at least { NUMBER($at_least, maximumFractionDigits: 2) }.
tickets-today = { $n ->
    [0] No tickets yet today
    [one] { $n } ticket today
   *[other] { $n } tickets today
}{ $cap ->
    [0] .
   *[other] , of { $cap } a day at most.
}

badge-lucky = In luck

settings-earn = What earns tickets
settings-earn-metric = Metric
settings-earn-tickets = Tickets
    .help = For each event, or for each full amount if one is set.
settings-earn-for_each = For each amount of
    .help = Adds the values up and gives the tickets each time this much is full, such as one hour or 100 of sales. Without it each event gives them.
settings-earn-at_least = Counts from
    .help = An event counts only if its value is at least this, such as a rating of 5.
settings-earn-daily_cap = Cap a day
    .help = At most so many tickets of this kind on one of the agent's own days.
settings-daily_cap = Cap a day for all
    .help = At most so many tickets in all on one of the agent's own days, so that nobody has to hurry.
settings-guard = Quality
    .help = Who stays below it is left out of the draw, and the receipt says so.
settings-guard-metric = Metric
settings-guard-at_least = At least
    .help = The average of the period.
settings-guard-unmeasured = Who was not measured
    .take-part = They take part
    .left-out = They are left out
settings-method = Chances
    .weighted = Each ticket is a chance
    .equal = Everyone with a ticket has the same chance
settings-prizes = Prizes
    .help = Drawn in this order. Nobody wins twice in one draw.
settings-prizes-winners = Winners
settings-prizes-reward = Reward
settings-prizes-reward-points = Points
settings-prizes-reward-currency = Currency of the points
settings-prizes-reward-badge = Badge
settings-prizes-reward-prize = Thing
    .help = A prize by its name, such as a voucher.
settings-instant = Wins on the spot
    .help = With these a lottery may do without tickets and prizes.
settings-instant-metric = Metric
    .help = Each event with it tries once; it is the same try however often the event is corrected.
settings-instant-at_least = Counts from
    .help = An event counts only if its value is at least this, such as a rating of 5.
settings-instant-one_in = One win in
    .help = On average so many tries win once. 1 wins always.
settings-instant-wins_max = Wins a period
    .help = At most so many in all; who wins after that gets nothing. Without it, only the allotment sets an end.
settings-instant-reward = Reward
settings-instant-reward-points = Points
settings-instant-reward-currency = Currency of the points
settings-instant-reward-badge = Badge
settings-instant-reward-prize = Thing
    .help = A prize by its name, such as a voucher.
