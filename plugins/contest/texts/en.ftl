name = Contest
summary = Ranks agents or teams by what they do, with the quality you ask for, and rewards the first ones and everyone who passes a mark.

# $shown is "percent" or "number", $measure the manager's words or "none".
score = { $shown ->
    [percent] { NUMBER($value, style: "percent", maximumFractionDigits: 1) }
   *[number] { NUMBER($value, maximumFractionDigits: 2) }
}{ $measure ->
    [none] {""}
   *[other] {" "}{ $measure }
}
mark = { $shown ->
    [percent] { NUMBER($bar, style: "percent", maximumFractionDigits: 1) }
   *[number] { NUMBER($bar, maximumFractionDigits: 2) }
}

place = { $rank ->
    [1] First
    [2] Second
    [3] Third
   *[other] Place { $rank }
} of { $ranked }, with { score }.{ decision }{ equality }
place-team = { $team } came { $rank ->
    [1] first
    [2] second
    [3] third
   *[other] in at place { $rank }
} of { $ranked }, with { score }.{ decision }{ equality }
# $decider is the metric of the tie-break that decided, or "none".
decision = { $decider ->
    [none] {""}
   *[other] {" "}Somebody had the same value, and { $decider } decided: { NUMBER($deciding, maximumFractionDigits: 2) }.
}
# $equals is how many others have this rank.
equality = { $equals ->
    [0] {""}
    [one] {" "}One other has this place too{ division }
   *[other] {" "}{ $equals } others have this place too{ division }
}
division = { $ties ->
    [split] , and the points of the places that you take together are divided, rounded down.
   *[share] , and each of you gets the full prize.
}
past-the-bar = You reached { score }. The mark for everyone was { mark }.
past-the-bar-team = { $team } reached { score }. The mark for everyone was { mark }.

progress = Today: { score }.{ $bar ->
    [none] {""}
   *[other] {" "}The mark is { mark }.
}
progress-new-day = A new day, and nothing counted yet.

badge-champion = Champion
badge-gold = Gold
badge-silver = Silver
badge-bronze = Bronze

settings-who = Who competes
    .agents = Agents, each for themselves
    .teams = Teams, by what their agents do
settings-metrics = What is ranked
    .help = Each metric times its weight, added up. Reward speed only together with quality: see the conditions.
settings-metrics-metric = Metric
settings-metrics-by = Adds up as
    .help = Take the average for ratings, shares and other ratios, the total for everything that is counted.
    .total = Total: everything added up
    .average = Average: for ratings, shares and other ratios
settings-metrics-weight = Weight
    .help = What one unit is worth. Negative weights take away.
settings-per_hour_of = For each unit of
    .help = Divides what is ranked by the total of this metric, such as worked hours: part-timers then have the same chance.
settings-lowest_first = The lowest value is best
settings-minimum = Minimum to be ranked
settings-minimum-metric = Metric
settings-minimum-at_least = At least
    .help = The total of the period. Keep it within reach of people who work part-time.
settings-guards = Conditions
    .help = Who misses one is shown but not ranked. What was never measured misses it, unless it is a total with an upper bound.
settings-guards-metric = Metric
settings-guards-by = Adds up as
    .total = Total: everything added up
    .average = Average: for ratings, shares and other ratios
settings-guards-at_least = At least
settings-guards-at_most = At most
settings-tie_breaks = Tie-breaks
    .help = Between equal values the first that tells them apart decides, and the message says so.
settings-tie_breaks-metric = Metric
settings-tie_breaks-by = Adds up as
    .total = Total: everything added up
    .average = Average: for ratings, shares and other ratios
settings-tie_breaks-lowest_first = The lower one wins
settings-ties = Equal ranks
    .help = What happens when no tie-break decides.
    .share = Each gets the full prize
    .split = The points of the tied places are divided
settings-prizes = Prizes for the first
settings-prizes-rank = Rank
settings-prizes-reward = Reward
settings-prizes-reward-points = Points
    .help = In a contest of teams each member gets them.
settings-prizes-reward-currency = Currency of the points
settings-prizes-reward-badge = Badge
    .help = Its name. In a contest of teams the team gets it.
settings-prizes-reward-prize = Thing
    .help = A prize by its name, such as a voucher. In a contest of teams the team gets it.
settings-bar = Prize for everyone past a value
    .help = In addition to the prizes for the first, so that everyone who does well can win.
settings-bar-value = Value to reach
    .help = As it is ranked. When the lowest value is best, this or less.
settings-bar-reward = Reward
settings-bar-reward-points = Points
    .help = In a contest of teams each member gets them.
settings-bar-reward-currency = Currency of the points
settings-bar-reward-badge = Badge
    .help = Its name. In a contest of teams the team gets it.
settings-bar-reward-prize = Thing
    .help = A prize by its name, such as a voucher. In a contest of teams the team gets it.
settings-measure = What is measured, in words
    .help = Stands after the value in messages: "calls an hour".
settings-show = The value reads as
    .number = A number, such as 12.4
    .percent = A percentage, for shares: 0.84 reads 84 %
