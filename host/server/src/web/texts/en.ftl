# What the pages say. $span is a span such as "3 h", $name a person or a team, $what a reward or a metric in words.

page-skip = To the content
page-home = All incentives
page-languages = Language
page-driven = The clock of this house is driven by hand. It shows { $now }.
page-live-on = Live
page-live-off = Not live: reload the page to see what is new
page-foot = Plaudit shows what is settled. Late events and corrections count until a period is final.

page-missing = There is nothing here
page-missing-incentive = There is no incentive by this name.
page-missing-period = This incentive has no such period, or it has not begun.
page-missing-draw = There is no such draw. Draws appear when their period opens.
page-missing-award = There is no such award. If it was taken back, its page stays; so the address may be incomplete.
page-missing-agent = There is nobody by this id, or their data was erased.
page-missing-address = There is nothing at this address. It may have been typed wrongly, or moved.
page-missing-page = The page could not be made; the server's log says why. Nothing was changed.
page-missing-next = See what runs now

page-span-moment = a moment
page-span-minutes = { $n } min
page-span-hours = { $n } h
page-span-days = { $n } days
page-closes-in = closes in { $span }
page-closed-ago = closed { $span } ago
page-ago = { $span } ago
page-whole-time = the whole time

page-home-title = What runs now?
page-home-lead = Every incentive with who is in front, and when it closes.
page-running = Running
page-over = Over
page-nothing-runs = Nothing runs yet
page-nothing-runs-help = Incentives appear here as soon as a manager enables one.
page-state-runs = Running
page-state-paused = Paused
page-state-before = Not begun
page-state-over = Over
page-in-front = In front
page-tickets = Tickets
page-as-earned = Given as it is earned
page-and-others = { $n ->
    [one] { $name } and { $n } other
   *[other] { $name } and { $n } others
}
page-spent = { $spent } of { $of } given
page-budget = Budget
page-budget-left = { $left } of { $total } left
page-given = given
page-reserved = reserved
page-free = free

page-board = Board
page-rank = Rank
page-name = Name
page-value = Value
page-standing = Standing
page-ranked-by = Ranked by
page-asked = To be ranked
page-asks-least = { $what } at least { $bound }
page-asks-most = { $what } at most { $bound }
page-needs-least = { $what }: { $now }, needs { $bound }
page-needs-most = { $what }: { $now }, at most { $bound } counts
page-nothing-yet = nothing yet
page-qualified = qualified
page-not-ranked = nothing counted yet
page-ranked-of = { $n } of { $all } are ranked
page-nobody = Nobody is on this board yet. It fills as events arrive.
page-nobody-yet = Nobody yet
page-nothing-ranked = This incentive keeps no board and no draw: what it gives comes as it is earned, in messages and on people's pages.
page-periods = Periods
page-pages = Pages
page-every-once = Once
page-every-day = Every day
page-every-week = Every week
page-every-month = Every month
page-every-cron = On its own calendar
page-period-open = Open: events count
page-period-closed = Closed: corrections still count
page-period-final = Final: nothing changes any more

page-draws = Draws
page-draw = Draw
page-draw-open = Tickets are being collected
page-draw-sealed = The list is sealed, the seed is not revealed yet
page-draw-held = Drawn
page-draw-weighted = Each ticket is a chance
page-draw-equal = Everyone with a ticket has the same chance
page-n-tickets = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}
page-n-entrants = { $n ->
    [one] { $n } person held tickets
   *[other] { $n } people held tickets
}
page-n-excluded = { $n ->
    [one] { $n } of them was passed over; the receipt gives the reason.
   *[other] { $n } of them were passed over; the receipt gives each reason.
}
page-method = Chances
page-drawn-again = Passed on
page-drawn-again-to = Place { $place } became free and went to { $name }, who was next in the order of this draw.
page-drawn-again-none = Place { $place } became free, and nobody was left for it.
page-drawn-again-help = Nothing was thrown anew: the order of all tickets was fixed with the first draw. The appendix of the receipt shows it.
page-waits-round = The list is sealed. The draw waits for round { $round } of the public random value.
page-tries = Wins on the spot
page-tries-open = Who wins is known at once. When the period is final, all tries are listed and the seed is revealed, so that everybody can check them.
page-tries-sealed = The list of tries is sealed, the seed is not revealed yet.
page-tries-revealed = The seed is revealed: everybody can check every try.
page-tries-hash = Hash of the list of tries
page-n-tries = { $n ->
    [one] { $n } try
   *[other] { $n } tries
}
page-n-wins = { $n ->
    [one] { $n } win
   *[other] { $n } wins
}
page-seed-hash = Seed's hash
page-list-hash = List's hash
page-seed = Seed
page-digest = Digest
page-hash-help = Write these down now: after the draw they show that nothing was changed.
page-winners = Winners
page-no-winners = Nobody held a ticket this time.
page-check-draw = Receipt, and how to check it
page-won = Who won?
page-not-drawn = Not drawn yet
page-not-drawn-help = The draw is held when the period closes. The receipt is here a moment later.
page-proves = What the receipt proves
page-proves-seed = The seed was fixed before the first ticket: its hash was published when the period opened.
page-proves-list = The tickets were fixed before the seed was revealed: the hash of the list was published first.
page-proves-same = From this seed and this list, these winners follow, and no others. Anyone can draw again.
page-proves-not = What it does not prove
page-proves-not-seed = That the operator did not know the seed while tickets were still being given. This draw trusts the operator in that.
page-proves-not-beacon = That nobody knew the public random value before the list was sealed. This draw trusts its source in that.
page-proves-not-tickets = That every ticket was earned. The list shows how many tickets each one had; the incentive's rule and events say why.
page-check = Check it yourself
page-check-download = Download the receipt. It holds opaque ids and no names.
page-check-compare = Compare the two hashes below with those that were published before the draw.
page-check-run = Draw again, on any machine with Plaudit:
page-download = Download the receipt (JSON)
page-holds = Drawn again just now: the receipt holds.
page-holds-not = Drawn again just now: the receipt does NOT hold. Don't trust it, and tell the operator.
page-entrants = Tickets by opaque id
page-id = Id
page-sealed-block = Sealed in block { $block } of the journal

page-why = Why?
page-why-title = { $what } for { $name }: why?
page-for-whom = For
page-incentive = Incentive
page-period = Period
page-when = When
page-status = Status
page-status-granted = It stands
page-status-reversed = Taken back: a correction changed the facts
page-status-barred = Taken back: no longer part of this draw
page-status-allotment = Reached, but not given: the incentive's budget is used up
page-status-quota = Reached, but not given: every place was taken before
page-status-disqualified = Not given: no part in this incentive at the moment
page-status-proposed = Reached, and waiting for approval
page-status-stock = Reached, but not given: none is left in stock
page-status-refused = Not given: it was not approved
page-status-undecided = Reached: who was first is decided when the period closes
page-decided = How it was decided
page-rule = Rule
page-rule-digest = Rule's SHA-256
page-block = Settled in block
page-measures = Measures
page-metric-version = { $metric } (version { $version })
page-settings = Settings
page-yes = yes
page-no = no
page-tone-thanks = Thank you
page-tone-congratulation = Well done
page-tone-encouragement = Keep going
page-tone-notice = News

page-got = Awards and praise
page-got-none = Nothing yet. What is earned appears here within seconds.
page-got-cut = Only the newest are shown.
page-why-link = Why

page-metric-average-of = { $metric }, on average
page-metric-total-of = { $metric }, in all
page-metric-calls = contacts
page-metric-handle-time = handling time
page-metric-resolved = solved at first contact
page-metric-hard-contacts = difficult contacts
page-metric-csat = customer rating
page-metric-top-ratings = top ratings
page-metric-quality = quality score
page-metric-critical-errors = critical errors
page-metric-complaints = complaints
page-metric-sales = sales
page-metric-sales-amount = sales amount
page-metric-worked-hours = hours worked
page-metric-adherence = schedule adherence
page-metric-absent = absences
page-metric-shift = shifts worked
page-metric-service-level = service level
page-metric-abandonment = abandonment

page-sign-in = Sign in
page-sign-in-title = Sign in to Plaudit
page-sign-in-lead = Accounts are made by invitation. Ask whoever runs Plaudit at your place if you have none.
page-sign-in-wrong = This address and password do not let you in. Check both; if they are right, the account may be switched off.
page-sign-in-later = { $n ->
    [one] Too many attempts. Try again in { $n } minute.
   *[other] Too many attempts. Try again in { $n } minutes.
}
page-sign-in-crowded = Many people are signing in right now. Try again in some seconds.
page-openid-button = Sign in with { $label }
page-openid-only = Passwords are for admins only here. Use the button "Sign in with { $label }".
page-openid-invited = You have an account, and need no password for it. Sign in with the button; the address there has to be the one that you were invited with.
page-openid-again = Back to signing in
page-openid-failed = You are not signed in
page-openid-over = This way of signing in is over: it took too long, was used before, or began in another browser.
page-openid-over-help = Go back and begin again, in one window of one browser that keeps cookies.
page-openid-no = { $label } did not let you through ({ $error }).
page-openid-no-help = If you stopped it yourself, begin again. If not, ask whoever looks after { $label } at your place.
page-openid-down = { $label } can't be reached at the moment.
page-openid-down-help = Try again in a minute. Who has a password here can use that.
page-openid-invalid = { $label } gave an answer that can't be trusted.
page-openid-invalid-help = Begin again. If it comes again, tell whoever runs Plaudit at your place: the server's log has the reason.
page-openid-nameless = { $label } did not say which address is yours.
page-openid-nameless-help = Tell whoever runs Plaudit at your place: the scopes or the claim in its settings do not fit.
page-openid-unverified = { $label } has not verified your mail address.
page-openid-unverified-help = Verify it there, or ask whoever looks after { $label } at your place. Then begin again.
page-openid-unknown = { $label } knows you, and Plaudit has no account for you.
page-openid-unknown-help = Ask whoever runs Plaudit at your place to invite you, with the address that { $label } has of you.
page-openid-other = The account with your address belongs to another identity of { $label }.
page-openid-other-help = If it is yours and you have a new identity there, ask whoever runs Plaudit at your place to take the old one off your account.
page-openid-disabled = Your account is switched off.
page-openid-disabled-help = Ask whoever runs Plaudit at your place.
page-openid-store = Plaudit could not sign you in at the moment.
page-openid-store-help = Try again. If it comes again, tell whoever runs Plaudit at your place.
page-demo-accounts = Accounts of this demo
page-demo-accounts-help = This is a demo with invented people. Everybody may use these accounts; a real house has none of them.
page-signed-out = You are signed out.
page-mail = Mail address
page-password = Password
page-password-current = Password until now
page-password-new = New password
page-password-help = At least 12 characters. A few words in a row are good; your name is not.
page-password-change = Change the password
page-password-ends = You stay signed in here and are signed out everywhere else.
page-wrong-password = The password until now is another one.
page-set-password = Set the password
page-weak-short = Too short: at least 12 characters.
page-weak-long = Too long: at most 1,024 bytes.
page-weak-simple = It repeats a few characters. Take at least 5 different ones.
page-weak-known = Your name or address is most of it. Take something that is not known of you.
page-shown-name = Name
page-bad-mail = Give a mail address, such as name@example.com.
page-bad-name = Give a name of 1 to 200 characters.
page-form-problem = Please look at this again
page-form-elsewhere = This form was open for too long, or did not come from here. Nothing was changed; send it once more.
page-insecure = Signing in needs an encrypted connection
page-insecure-help = This page came without encryption over a network, where others could read your password. Use the address with https://, or ask whoever runs Plaudit to set server.public_url to it.
page-first-title = Who is the first admin?
page-first-lead = Nobody has an account here yet. The server printed a code when it started; it is also in the file first-start-code in its directory of secrets.
page-first-code = Code of the first start
page-first-code-help = Twenty letters and digits in four groups.
page-first-code-wrong = This is not the code of the last start. Each start makes a new one.
page-first-submit = Create the admin
page-invitation-title = Welcome, { $called }
page-invitation-lead = Choose a password. You will sign in with it and with { $mail }.
page-reset-title = Choose a new password
page-reset-lead = It will hold for { $mail }. Wherever you are signed in, you will be signed out.
page-link-over = This link no longer holds
page-link-over-help = A link is good once, and for a limited time. Ask for another one; an invitation comes from an admin.
page-forgot-title = Forgot your password?
page-forgot-lead = Give the mail address of your account. A link comes by mail and holds for an hour.
page-forgot-submit = Send a link
page-forgot-sent-title = Look into your mailbox
page-forgot-sent = If there is an account with this address, a link is on its way.
page-forgot-no-mail = This house can't send mail. Ask an admin for a link.
page-account-title = My account
page-account-language = Language of pages and mails
page-account-saved = Saved.
page-account-changed = The password was changed. You are signed out everywhere else.
page-save = Save
page-sessions = Where I am signed in
page-session-this = this one
page-session-seen = last used { $span } ago
page-sign-out = Sign out
page-sign-out-here = Sign out here
page-sign-out-everywhere = Sign out everywhere
page-own-page = My page
page-everywhere = the whole house
page-refused-title = This is not open to you
page-refused-role = It needs one of these roles: { $roles }.
page-refused-reach = Your role holds for other sites, teams or people.
page-refused-next = An admin can change your roles. Nothing was changed here.
page-refused-elsewhere = The request did not come from a page of this house.
page-refused-elsewhere-next = Nothing was changed. Open the page again and send the form from there.
page-refused-nobody = Sign in first.
page-role-admin = admin
page-role-manager = manager
page-role-team-leader = team leader
page-role-agent = agent
page-role-rule-developer = rule developer
page-role-integrator = integrator
page-role-auditor = auditor
