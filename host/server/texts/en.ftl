# What the house says itself. Rules bring their own texts for why something was given.
# $called is how the reader is called, or "none". $what is a reward in words.

former-colleague = a former colleague
colleague = a colleague

points = { $n ->
    [one] { $n } point
   *[other] { $n } points
}
units = { $n } { $currency }

granted-points = You get { points }{ $called ->
    [none] {""}
   *[other] , { $called }
}.
granted-units = You get { units }{ $called ->
    [none] {""}
   *[other] , { $called }
}.
granted-badge = That is { $what }{ $called ->
    [none] {""}
   *[other] , { $called }
}.
granted-prize = You win { $what }{ $called ->
    [none] {""}
   *[other] , { $called }
}.
team-points = { $team } gets { points }.
team-units = { $team } gets { units }.
team-badge = { $team } earns { $what }.
team-prize = { $team } wins { $what }.

changed-more = A correction came in: it is { $what } now, { $n } more than before.
changed-less = A correction came in: it is { $what } now, { $n } less than before.
changed-same = A correction came in: it is { $what } now.

reversed = A correction came in, and this no longer stands: { $what }.
reversed-fact = It had been given because: { $because }

withheld-allotment = You reached { $what }, but the budget of { $incentive } is used up.
withheld-quota = You reached { $what }, but every place for it was taken before.
withheld-disqualified = { $what } is not given: you take no part in { $incentive } at the moment.
withheld-stock = You reached { $what }, but none is left in stock.
withheld-refused = { $what } was not approved.
withheld-other = { $what } is withheld for now.
withheld-fact = Your team leader can tell you more.
withheld-team-allotment = { $team } reached { $what }, but the budget of { $incentive } is used up.
withheld-team-quota = { $team } reached { $what }, but every place for it was taken before.
withheld-team-disqualified = { $what } is not given: { $team } takes no part in { $incentive } at the moment.
withheld-team-stock = { $team } reached { $what }, but none is left in stock.
withheld-team-refused = { $what } for { $team } was not approved.
proposed = { $what } waits for approval.
approved = { $what } was approved.

closed = { $incentive } has closed for { $period }.
closed-once = { $incentive } has closed.
closed-podium = At the top: { $podium }.
closed-empty = Nobody was ranked this time.
final = { $incentive } is final for { $period }.
final-once = { $incentive } is final.
final-fact = Nothing changes it by itself any more.
place = { $rank }. { $name }
won = { $name }: { $what }
and-more = and { $n } more
week = week { NUMBER($week, useGrouping: "false") } of { NUMBER($year, useGrouping: "false") }

sealed = The tickets for { $draw } are sealed.
sealed-fact = SHA-256 of the list, to check the draw with later: { $hash }
held = { $incentive } has been drawn.
held-winners = The winners: { $winners }.
held-none = Nobody held a ticket this time.
drawn-again = A place in { $draw } has become free and went to the next in its order.
drawn-again-none = Nobody was left to take it.

paused = { $incentive } pauses, because its rule needs a look.
paused-fact = Nothing is lost: what happens meanwhile is counted afterwards.

news = { $n ->
    [one] { $n } piece of news
   *[other] { $n } pieces of news
}

why = Why →
board = The board →
check = Check the draw →

mail-greeting = { $called ->
    [none] Hello,
   *[other] Hello { $called },
}
mail-footer = Sent by Plaudit, because you take part in your contact centre's incentives. Please do not answer this mail.

# Mails about accounts.
account-invitation-subject = Your account at Plaudit
account-invitation = An account was made for you. Choose a password, and you are in.
account-invitation-link = Choose a password
account-invitation-not-me = If you did not expect this, do nothing: without a password nobody can use the account.
account-reset-subject = A new password for Plaudit
account-reset = Somebody, probably you, asked for a new password.
account-reset-link = Choose a new password
account-reset-not-me = If it was not you, do nothing: the password stays as it is.
account-changed-subject = Your password at Plaudit was changed
account-changed = The password of your account was changed, and all earlier sessions were ended.
account-changed-not-me = If it was not you, tell whoever runs Plaudit at your place at once.
account-link-days = { $n ->
    [one] The link is good once, for { $n } day.
   *[other] The link is good once, for { $n } days.
}
account-link-hours = { $n ->
    [one] The link is good once, for { $n } hour.
   *[other] The link is good once, for { $n } hours.
}
