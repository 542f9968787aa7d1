name = Badges
summary = Gives badges for counts, streaks, first times and personal records, in several levels, with points if you like.

# What is counted, by badge; numbers alone where the badge does not say what.
things = { $badge ->
    [five-stars] { $n ->
        [one] { $n } top rating
       *[other] { $n } top ratings
    }
    [resolver] { $n ->
        [one] { $n } contact solved at once
       *[other] { $n } contacts solved at once
    }
    [calm] { $n ->
        [one] { $n } difficult contact
       *[other] { $n } difficult contacts
    }
    [contacts] { $n ->
        [one] { $n } contact
       *[other] { $n } contacts
    }
    [quality] { $n ->
        [one] { $n } good evaluation
       *[other] { $n } good evaluations
    }
    [sales] { $n ->
        [one] { $n } sale
       *[other] { $n } sales
    }
   *[other] { NUMBER($n, maximumFractionDigits: 1) }
}
goal = { $level ->
    [bronze] bronze
    [silver] silver
    [gold] gold
    [platinum] platinum
    [diamond] diamond
   *[none] the badge
}

# Why a badge was given.
count = You have reached the mark: { things }.
streak = { things } in a row.
workdays = { $n ->
    [one] A working day well begun.
   *[other] { $n } working days in a row.
}
first = The first time. It is yours for good.
record-day = This is your best day so far. The mark to beat: { things }.
record-value = { NUMBER($value, maximumFractionDigits: 1) }: that is your best so far. The mark to beat was { NUMBER($n, maximumFractionDigits: 1) }.

# What is within reach.
next-count = { things } to go until { goal }.
next-streak = { things } more in a row until { goal }.
next-workdays = { $n ->
    [one] One more working day
   *[other] { $n } more working days
} in a row until { goal }.
next-first = The first time brings { goal }.
next-record-day = { things } more, and today is your best day.
all-reached = All levels reached. Nothing left to prove here.

badge-five-stars = Customers’ favourite
badge-five-stars-bronze = Customers’ favourite, bronze
badge-five-stars-silver = Customers’ favourite, silver
badge-five-stars-gold = Customers’ favourite, gold
badge-five-stars-platinum = Customers’ favourite, platinum
badge-five-stars-diamond = Customers’ favourite, diamond
badge-resolver = Problem solver
badge-resolver-bronze = Problem solver, bronze
badge-resolver-silver = Problem solver, silver
badge-resolver-gold = Problem solver, gold
badge-resolver-platinum = Problem solver, platinum
badge-resolver-diamond = Problem solver, diamond
badge-calm = Calm in the storm
badge-calm-bronze = Calm in the storm, bronze
badge-calm-silver = Calm in the storm, silver
badge-calm-gold = Calm in the storm, gold
badge-calm-platinum = Calm in the storm, platinum
badge-calm-diamond = Calm in the storm, diamond
badge-contacts = Long distance
badge-contacts-bronze = Long distance, bronze
badge-contacts-silver = Long distance, silver
badge-contacts-gold = Long distance, gold
badge-contacts-platinum = Long distance, platinum
badge-contacts-diamond = Long distance, diamond
badge-quality = Good craft
badge-quality-bronze = Good craft, bronze
badge-quality-silver = Good craft, silver
badge-quality-gold = Good craft, gold
badge-quality-platinum = Good craft, platinum
badge-quality-diamond = Good craft, diamond
badge-sales = Good seller
badge-sales-bronze = Good seller, bronze
badge-sales-silver = Good seller, silver
badge-sales-gold = Good seller, gold
badge-sales-platinum = Good seller, platinum
badge-sales-diamond = Good seller, diamond
badge-steady = Steady hand
badge-steady-bronze = Steady hand, bronze
badge-steady-silver = Steady hand, silver
badge-steady-gold = Steady hand, gold
badge-steady-platinum = Steady hand, platinum
badge-steady-diamond = Steady hand, diamond
badge-first-step = First step
badge-first-step-bronze = First step, bronze
badge-first-step-silver = First step, silver
badge-first-step-gold = First step, gold
badge-first-step-platinum = First step, platinum
badge-first-step-diamond = First step, diamond
badge-personal-best = Personal best
badge-personal-best-bronze = Personal best, bronze
badge-personal-best-silver = Personal best, silver
badge-personal-best-gold = Personal best, gold
badge-personal-best-platinum = Personal best, platinum
badge-personal-best-diamond = Personal best, diamond
badge-extra-mile = Extra mile
badge-extra-mile-bronze = Extra mile, bronze
badge-extra-mile-silver = Extra mile, silver
badge-extra-mile-gold = Extra mile, gold
badge-extra-mile-platinum = Extra mile, platinum
badge-extra-mile-diamond = Extra mile, diamond

settings-badges = Badges
    .help = Each is earned for itself; agents see the one they are nearest to.
settings-badges-name = Badge
    .help = Which badge of the gallery; each once.
settings-badges-kind = Earned by
    .count = Reaching a count
    .streak = Good events in a row
    .workdays = Working days in a row
    .first = The first time
    .record-day = A personal record: the most in a day
    .record-value = A personal record: the best single value
settings-badges-metric = Metric
settings-badges-at_least = Counts from
    .help = The value from which on an event counts. Without it every event counts, and a count adds the values up. A streak of events needs it.
settings-badges-after = Warm-up
    .help = Personal records only: days (or events) before one can be beaten, so that the second day is no record yet.
settings-badges-levels = Levels
    .help = Lowest first. A badge for the first time has one.
settings-badges-levels-name = Level
    .help = Needed where a badge has several levels.
    .bronze = Bronze
    .silver = Silver
    .gold = Gold
    .platinum = Platinum
    .diamond = Diamond
settings-badges-levels-at = Reached at
    .help = The count, the length of the streak, or the number of the record.
settings-badges-levels-points = Points beside the badge
    .help = 0 gives none. They come from the incentive’s budget.
settings-badges-levels-currency = Currency of the points
settings-absence = Metric of absence
    .help = On a day with this metric a streak of working days rests: it neither grows nor breaks.
