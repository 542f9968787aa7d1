# Why somebody got something, or did not. Spoken to the one it is about.
# $what is a reward or a metric in words, $now and $bound are figures, $when and $to are times.

explain-question = Why did I win, or why not?
explain-disqualified = You take no part in { $incentive } at the moment: { $reason }
explain-aside = You chose not to compete: you are not ranked, and prizes for places go to others. Everything else is yours as before.
explain-not-for-you = { $incentive } was not for you in this period: you were in none of its teams.
explain-unknown = The roster does not know you yet. What was reported waits, and counts as soon as it does.
explain-won = You got { $what }.
explain-standing-won = { $what } stands for your team.
explain-withheld = { $what }. { $status }.
explain-rank = You are at place { $rank } of { $ranked }.
explain-rank-open = So far you are at place { $rank } of { $ranked }.
explain-next = Place { $next } gets { $what }: { $missing } missing.
explain-next-tied = Place { $next } gets { $what }: it has the same value, and a tie-break decided.
explain-least = { $what }: yours is { $now }, and at least { $bound } is asked for.
explain-most = { $what }: yours is { $now }, and at most { $bound } is allowed.
explain-least-none = { $what }: nothing was measured, and at least { $bound } is asked for.
explain-most-none = { $what }: nothing was measured, and the board asks for a figure of at most { $bound }.
explain-no-value = Nothing of yours is on the board yet.
explain-none-counted = None of the { $n } facts about you counted.
explain-no-facts = Nothing was reported about you in this period.
explain-not-yet = Nothing is earned yet in this period.
explain-not-earned = Nothing was earned in this period.
explain-uncounted = { $n } of { $all } facts did not count, mostly because { $reason }.
explain-draw-none = You hold no ticket, so your name is not in the draw.
explain-draw-lost = You held { $own } of { $all } tickets, and the draw picked other names.
explain-draw-excluded = You were left out of the draw. { $reason }
explain-draw-open = You hold { $own } of { $all } tickets so far. The draw is held when the period closes.
explain-draw-sealed = The list is sealed with { $own } of { $all } tickets for you. The seed follows in a moment.
explain-draw-later = What came after the seal gave no tickets for this draw: { $own } are on the list, { $now } by the facts of now.

explain-because-filter = no metric of the incentive has a value for them
explain-because-absent = a metric could not be computed
explain-because-outside-window = they lie outside of the incentive’s time
explain-because-other-period = they belong to another period
explain-because-not-in-audience = the incentive was not for you then
explain-because-superseded = they are somebody else’s, or of another time
explain-because-stale = a newer correction had already come
explain-because-retracted = they were taken back
explain-because-left-out = somebody left them out
explain-because-late = they came after the period was final
explain-because-guard = a condition of the board is missed
explain-because-cap = a cap was reached
explain-because-unknown-agent = the roster did not know you
explain-because-no-key = you were in no team then

explain-not-filter-type = No metric of this incentive looks at facts of this type.
explain-not-filter-filter = { $metric } leaves it out by its filter.
explain-not-filter-field = { $metric } needs a detail that this fact does not have.
explain-not-absent = { $metric } could not be computed: { $error }
explain-not-outside-window = It lies outside of the incentive’s time.
explain-not-other-period = It belongs to { $period }.
explain-not-not-in-audience = The incentive was not for you at that time.
explain-not-superseded = A correction came in, { $when }, and holds instead.
explain-not-superseded-moved = A correction came in, { $when }: it was at another time, { $to }.
explain-not-superseded-another = A correction came in, { $when }: it was somebody else’s.
explain-not-stale = A newer correction had already come.
explain-not-retracted = It was taken back, { $when }.
explain-not-retracted-alone = It was said that this never happened.
explain-not-left-out = { $actor } left it out, { $when }.
explain-not-late = It came in after the period was final, { $when }.
explain-not-cap = The cap was reached: { $value } of { $target }.
explain-not-unknown-agent = The roster does not know you yet. It waits.
explain-not-no-key = The incentive is about teams, and you were in none then.

explain-did-score = { $value } to { $what }
explain-did-ratio = { $value } of { $weight } to { $what }
explain-did-tickets = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}
explain-did-award = brings { $what }
explain-did-try-won = won on the spot ({ $wins } in { $of })
explain-did-try-lost = tried its luck on the spot ({ $wins } in { $of }): nothing this time
explain-did-praise = a word of praise
explain-did-remembered = remembered for what comes next
explain-did-nothing = seen, and changed nothing
explain-moment-joined = You joined those it is for
explain-moment-left = You left those it is for
explain-moment-timer = A time that the rule had set came

explain-counted = What counted
explain-not-counted = What did not count, and why
explain-others = Without a fact
explain-stand = Where you stand
explain-stand-team = Where your team stands: { $team }
explain-place = Place
explain-place-of = { $rank } of { $ranked }
explain-unranked = not ranked
explain-got = What you got
explain-reach = Within reach
explain-draw = The draw
explain-time = Time
explain-fact = Fact
explain-measured = Measured
explain-effect = What it did
explain-reason = Why not
explain-asked = Asked
explain-have = You have
explain-at-least = at least { $bound }
explain-at-most = at most { $bound }
explain-met = met
explain-missed = missed
explain-tickets-own = Your tickets
explain-tickets-all = All tickets
explain-entrants = People with tickets
explain-more = More facts
explain-first = From the first fact
explain-watermark = Settled up to
explain-bounds = From, to
explain-version = Rule
explain-n-counted = { $n ->
    [one] { $n } fact counted
   *[other] { $n } facts counted
}
explain-n-not = { $n ->
    [one] { $n } fact did not count
   *[other] { $n } facts did not count
}
explain-n-other = { $n ->
    [one] { $n } fact of another kind is not shown: nothing here looks at it.
   *[other] { $n } facts of other kinds are not shown: nothing here looks at them.
}
explain-nothing-counted = Nothing counted in this period.
explain-all-counted = Everything counted.
explain-kept-final = The period is final. What each single fact did is no longer kept; facts, standings, awards and receipts are.
explain-kept-too-many = There are too many facts to show what each single one did. Sums, standings and awards are whole.
explain-kept-failed = The rule failed when it was asked again. Sums, standings and awards are as they were settled.
explain-disagrees = Folding this period again came to something else than what stands. Please tell the operator.
explain-column-zero = nothing yet
