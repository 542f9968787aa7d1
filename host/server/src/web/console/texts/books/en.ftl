# The console's books: deliveries, metrics, sources, money.

page-console-more = More
page-console-group-results = Results and money
page-console-group-works = How it works
page-console-group-who = Who may what
page-console-older = Older ones
page-console-need-dead = { $n ->
    [one] { $n } message could not be delivered
   *[other] { $n } messages could not be delivered
}
page-console-need-silent = { $source } has sent nothing for { $span }

page-console-deliveries = Deliveries
page-console-ask-deliveries = What was sent where?
page-console-lead-deliveries = Every message on its way to people, rooms and systems. What could not be delivered stands first among what to look at.
page-console-missing-deliveries = There is no such delivery. It may have been deleted after its time.
page-console-no-deliveries = Nothing here. Messages appear as soon as somebody gets something.
page-console-delivery-all = All
page-console-delivery-dead = not delivered
page-console-delivery-pending = on its way
page-console-delivery-waiting = waiting for quiet hours to end
page-console-delivery-waits = waits until { $until } for quiet hours
page-console-delivery-sent = delivered
page-console-delivery-no-channel = nowhere to send it
page-console-delivery-cancelled = taken back before it was sent
page-console-delivery-channel = Channel
page-console-delivery-who = To whom: name, number, room or system
page-console-channel-chat = chat
page-console-channel-mail = mail
page-console-channel-room = room
page-console-channel-webhook = webhook
page-console-channel-nowhere = none
page-console-n-attempts = { $n ->
    [0] not tried yet
    [one] { $n } attempt
   *[other] { $n } attempts
}
page-console-retry = Send again
page-console-retry-dead = Send all again that were not delivered
page-console-done-retried = It is being sent again.
page-console-problem-not-now = It can't be sent again now.
page-console-ask-delivery = What became of delivery { $n }?
page-console-delivery-said = What it says
page-console-delivery-as-now = In the language of whom it is for. Names are those of now.
page-console-delivery-private = What it says is for those who may read about people.
page-console-delivery-attempts = Attempts
page-console-delivery-created = Planned
page-console-delivery-first = First attempt
page-console-delivery-last = Latest attempt
page-console-delivery-next = Next attempt

page-console-measures = Metrics
page-console-ask-measures = What is measured?
page-console-lead-measures = Metrics are made of events by expressions. A change makes a new version; what runs keeps the version it began with.
page-console-no-measures = The catalogue is empty.
page-console-missing-measure = There is no such metric.
page-console-measure = Metric
page-console-measure-unit = Unit
page-console-measure-lower = less is better
page-console-measure-types = Events
page-console-measure-used = In use by
page-console-measure-type = Type of event
page-console-measure-filter = Only if
    .help = CEL that is true or false. Leave it empty to take all.
page-console-measure-value = Value
    .help = CEL that gives a number, such as data.csat.
page-console-measure-per = Divided by
    .help = CEL that gives a number. Leave it empty if it is no ratio.
page-console-measure-try = Try it
page-console-measure-try-help = On the latest events. Nothing is changed, and nobody is told.
page-console-measure-found = { $n } of the latest { $all } events have it.
page-console-measure-gives = Gives
page-console-measure-data = Fields
page-console-measure-left-out = left out
page-console-measure-nothing = a field is missing
page-console-measure-failed = failed
page-console-problem-bad-metric = The expression can't be read.
page-console-problem-value-missing = A value is missing.

page-console-sources = Sources
page-console-ask-sources = Where do events come from?
page-console-lead-sources = What came in since the server was started.
page-console-no-sources = Nothing has come in since the server was started. Sources appear with their first event.
page-console-source = Source
page-console-source-unread = could not be read
page-console-source-heard = Latest
page-console-source-hour = Last hour
page-console-source-lag = Late by
page-console-source-all = Events
page-console-source-rejected = Refused
page-console-source-errors = What was refused
page-console-source-sample = A sample
page-console-source-sample-help = It is kept in memory only, and replaced by the next one.
page-console-source-raw = As it came
page-console-source-made = The event
page-console-source-parked = Events of people who are not in the roster
page-console-source-parked-help = They count as soon as these people are in the roster. Names are not kept here.
page-console-source-import = Import people
page-console-source-agent = Opaque number
page-console-source-events = Events

page-console-money-page = Money
page-console-ask-money-page = What is spent, and what is left?
page-console-lead-money-page = Budgets give to incentives; incentives give to people.
page-console-plan-title = The plan, and what is spent
page-console-plan-help = Where more is spent than time is over, the budget may not last.
page-console-no-plan = No incentive has a budget.
page-console-allotted = May spend
page-console-paid = Spent
page-console-held = Held
page-console-left = Left
page-console-share-spent = Of the budget
page-console-share-time = Of the time
page-console-open-end = open end
page-console-books = Books
page-console-to-ledger = The ledger, row by row
page-console-payroll = Payroll
page-console-payroll-help = Everything that was booked in these days, as CSV. Corrections are rows of their own.
page-console-through = Through
page-console-download-csv = Download CSV
page-console-accounts-title = Who has what
page-console-no-accounts = Nobody has anything yet.
page-console-currency = Unit
page-console-units = Amount
page-console-a-team = team
page-console-ledger = Ledger
page-console-ask-ledger = What was booked?
page-console-lead-ledger = Newest first. Rows are never changed: a correction is a row of its own.
page-console-no-ledger = No row like that.
page-console-treasury = Treasury
page-console-ledger-kind = Why
page-console-ledger-moves = What moved
page-console-ledger-who = Number or account
page-console-ledger-row = row { $n }
page-console-ledger-awarded = awarded
page-console-ledger-corrected = corrected
page-console-ledger-reversed = taken back
page-console-ledger-adjusted = adjusted
page-console-ledger-funded = put into a budget
page-console-ledger-reserved = set aside
page-console-ledger-released = given back to the budget
page-console-ledger-stocked = put into stock
page-console-problem-bad-cursor = This page is not there any more. Begin again.

page-console-plugins = Versions of plugins
page-console-ask-plugins = What runs with which version?
page-console-lead-plugins = A running incentive keeps the version it was enabled with until somebody takes another one.
page-console-runs-with = What runs
page-console-installed = What is installed
page-console-installed-help = Known by its digest, newest first. A name stands where a signature came along whose key the house knows (plugins.signers).
page-console-plugin-used = Incentives
page-console-plugin-digest = SHA-256
page-console-newer = Newer
page-console-newest = none
page-console-fault-column = Fault
page-console-versions = Versions
page-console-ask-versions = Which version shall { $title } run?
page-console-lead-versions = Look at what another version would change before you take it. What is final stays as it is.
page-console-no-other-version = There is no other version of this plugin, and none of this incentive.
page-console-version-other = Another version
page-console-version-look = What would change?
page-console-version-look-help = Everything that is not final is computed again. That may take a while; nothing is changed by it.
page-console-version-changes = { $n ->
    [0] No award would be different.
    [one] { $n } award would be different.
   *[other] { $n } awards would be different.
}
page-console-states-kept = Counts and streaks go on from where they are.
page-console-states-anew = Counts and streaks are made anew from the incentive's beginning.
page-console-upgrade = Take this version
page-console-rollback = Go back to this version
page-console-version-number = No.
page-console-version-by = By
page-console-version-current = in force
page-console-version-back = back to { $n }
page-console-version-back-to = Back to version { $n } ({ $plugin })
page-console-done-version = The other version takes over.
page-console-problem-no-such-version = There is no such version.
page-console-problem-plugin-gone = The plugin of that version is not installed any more.

page-console-results = How it goes
page-console-ask-results = How does { $title } go?
page-console-results-found = { $n ->
    [0] Nobody has got anything yet.
    [one] { $n } award for { $winners }.
   *[other] { $n } awards for { $winners } people or teams.
}
page-console-messages = Messages
page-console-message = What the message looked like
page-console-trend = From period to period
page-console-trend-found = The last { $n } periods gave between { $least } and { $most }; the latest { $last }.
page-console-as-table = As a table
page-console-spread = How it is spread
page-console-spread-found = { $n } of { $all } have got something ({ $share }).
page-console-n-awards = { $n ->
    [0] nothing
    [one] { $n } award
   *[other] { $n } awards
}
page-console-n-awards-or-more = { $n } or more
page-console-award-granted = Given
page-console-award-proposed = Waiting
page-console-award-withheld = Not given
page-console-award-reversed = Taken back
page-console-no-awards = No award like that.

page-console-reports = Reports
page-console-ask-reports = What did it bring?
page-console-report-days = What stands of what was earned from { $from } through { $to }.
page-console-show = Show
page-console-report-incentives = Incentives
page-console-report-teams = Teams
page-console-report-teams-help = People count for the team they were in when they earned it.
page-console-report-sites = Sites
page-console-report-file = { $what } as CSV
page-console-report-empty = Nothing ran in these days.
page-console-missing-report = There is no such report.
page-console-report-effect = The metric before and during
page-console-report-effect-help = Choose an incentive. A difference alone proves nothing: seasons, staffing and other changes show in it too.
page-console-effect-help = { $n ->
    [one] The last day of it, and the day before it began; over everybody who is in its audience now.
   *[other] The last { $n } days of it, and the { $n } days before it began; over everybody who is in its audience now.
}
page-console-effect-none = It has not run for a whole day yet, or measures nothing.
page-console-before = Before
page-console-during = During
page-console-effect = Difference
page-console-per-person-day = per person and day
page-console-n-facts = { $n ->
    [one] { $n } fact
   *[other] { $n } facts
}
page-console-on-board = On the board
page-console-share-winning = Share
page-console-report-cost = Cost
page-console-people = People
page-console-problem-bad-range = Give the first day first, and at most 400 days.
page-console-problem-too-many-facts = There are too many facts to compare at once.

# What is put into budgets, and prizes
page-console-fund-add = Put in more
page-console-fund-put-in = Put in
page-console-new-budget = A new budget
page-console-new-budget-help = Its currency stays as it is, and what was put in stays in.
page-console-fund-budget = Name
    .help = Small letters, digits and dashes, such as spring-2026.
page-console-fund-currency = Currency
    .help = Such as points, or eur for money on the payroll.
page-console-fund-units = Units
page-console-make-budget = Make the budget
page-console-wrong-budget-taken = There is a budget of this name already.
page-console-wrong-stale = It was changed meanwhile, by this form or by somebody else. Look at what is there now.
page-console-wrong-prize-taken = There is a prize of this name already.
page-console-prizes = Prizes
page-console-no-prizes = There is no prize yet. Vouchers, days off and the like stand here with how many there are.
page-console-new-prize = A new prize
page-console-change-prize = Change “{ $title }”
page-console-keep-prize = Keep the prize
page-console-prize-title = Prize
page-console-prize-stock = Pieces
page-console-prize-left = Free
page-console-prize-cost = Value of a piece
page-console-fund-prize = Name
    .help = What rules call it: small letters, digits and dashes, such as cinema.
page-console-fund-title = Shown to people as
page-console-fund-stock = Pieces
    .help = All that were ever put in, less those that left other than by awards.
page-console-fund-cost = Value of a piece
    .help = It is on the payroll, and awards take it out of what an incentive may spend. Empty: nothing.
page-console-fund-reason = Reason
    .help = Needed if there are fewer pieces than before.
page-console-done-funded = The budget has it.
page-console-done-prize = The prize is kept.
page-console-problem-reason-missing = Say why there are fewer pieces.
page-console-problem-stock-set-aside = Incentives have set aside more pieces than that.
page-console-problem-bad-prize = This is no prize as it can be kept.
