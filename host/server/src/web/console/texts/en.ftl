# The manager's console. $what names a setting, $title an incentive, $share and $rest are percentages in words.

page-console-today = Today
page-console-gallery = Plugins
page-console-decisions = Decisions
page-console-back = Back
page-console-look = Look
page-console-decide = Decide

page-console-ask-today = What needs me today?
page-console-nothing-waits = Nothing waits for you.
page-console-n-needs = { $n ->
    [one] { $n } thing waits for a decision.
   *[other] { $n } things wait for a decision.
}
page-console-needs = What waits for a decision
page-console-need-fault = { $title } stands still: its rule failed
page-console-need-paused = { $title } is paused
page-console-need-waits = { $title }: a draw waits for its public random value
page-console-need-approval = { $n ->
    [one] { $n } award waits for approval
   *[other] { $n } awards wait for approval
}
page-console-need-late = { $n ->
    [one] Something came too late for { $n } final period
   *[other] Something came too late for { $n } final periods
}
page-console-need-drafts = { $n ->
    [one] { $n } draft is not enabled yet
   *[other] { $n } drafts are not enabled yet
}
page-console-runs = What runs, and what closes next
page-console-closes = Closes
page-console-spent = Budget
page-console-no-money = without a budget
page-console-nothing-runs = Nothing runs yet. Choose a plugin, try it on the past, and enable it.
page-console-to-gallery = Choose a plugin
page-console-another = Set up another incentive
page-console-manage = Manage
page-console-won = Who won since yesterday
page-console-n-won = { $n ->
    [0] Nobody in the last 24 hours.
    [one] { $n } award in the last 24 hours.
   *[other] { $n } awards in the last 24 hours.
}
page-console-n-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}
page-console-plan = Of what running incentives may spend, { $paid } of { $planned } are spent ({ $share }).

page-console-ask-gallery = Which incentive shall it be?
page-console-lead-gallery = Choose what it does. You set it up in four steps and try it on the past before anybody sees it.
page-console-drafts = Not enabled yet
page-console-a-change = change
page-console-untitled = Without a name
page-console-go-on = Go on
page-console-throw-away = Throw away
page-console-asks = What it asks for
page-console-version = Version
page-console-set-up = Set it up
page-console-n-running = { $n ->
    [one] { $n } incentive runs with it
   *[other] { $n } incentives run with it
}
page-console-no-plugins = No plugin is installed
page-console-no-plugins-help = Plugins appear here as soon as somebody uploads one:
page-console-missing-draft = There is no such draft. It may have been enabled or thrown away.
page-console-missing-plugin = This plugin is not installed any more.

page-console-steps = Steps
page-console-is-done = (done)
page-console-step-settings = Settings
page-console-step-audience = Audience
page-console-step-time = Time
page-console-step-money = Budget
page-console-step-preview = Preview
page-console-next = Save and go on
page-console-stay = Save
page-console-is-change = This changes an incentive that runs. It takes over when you enable the change; until then nothing is different.
page-console-ask-settings = What shall it reward?
page-console-lead-settings = Reward speed only together with quality, and give everybody who does well something to win.
page-console-ask-audience = Whom is it for?
page-console-lead-audience = Sites, teams and single people; together they are the audience. Who joins a team later takes part from then on.
page-console-ask-time = When does it run?
page-console-lead-time = Each period has its own board and its own winners. Small and often is better than large and rare.
page-console-ask-money = What may it cost?
page-console-lead-money = It never spends more than this. What is reached after that is shown and not given.
page-console-ask-preview = Who would have won?
page-console-lead-preview = Try it on the past. Nothing is given, and nobody is told.

page-console-title = Name
    .help = Agents see it on boards and in messages.
page-console-id = Address
    .help = Small letters, digits and dashes. Leave it empty to make it of the name. It stays for good.
page-console-plugin = Plugin
page-console-add = Add to “{ $what }”
page-console-remove = Take away: { $what }
page-console-take-away = Take away
page-console-list-help = Separate several by semicolons.
page-console-at-least = At least { $least }.
page-console-at-most = At most { $most }.
page-console-from-to = From { $least } to { $most }.
page-console-unit-minutes = minutes
page-console-unit-seconds = seconds
page-console-unit-hours = hours
page-console-unit-days = days
page-console-unit-events = events
page-console-unit-messages = messages
page-console-currency-points = points
page-console-wrong-missing = Give a value.
page-console-wrong-number = Give a number.
page-console-wrong-whole = Give a whole number.
page-console-wrong-least = Give { $n } or more.
page-console-wrong-most = Give { $n } or less.
page-console-wrong-choice = Choose one.
page-console-wrong-rows-least = Add at least { $n }.
page-console-wrong-rows-most = { $n } at most.
page-console-wrong-id = Use 1 to 64 small letters, digits and dashes.
page-console-wrong-taken = Another incentive has or had this address.

page-console-audience = Audience
page-console-everyone = Everyone, now and later
page-console-whole-site = The whole site
page-console-agents = Single people
    .help = Their numbers in the roster, one a line.
page-console-n-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
page-console-nobody-yet = Nobody yet
page-console-wrong-nobody = Choose somebody.
page-console-wrong-agents = One of these numbers is not in the roster.
page-console-wrong-beyond = Your role does not reach all of them.

page-console-rhythm = A period lasts
page-console-cron = Own calendar
    .help = Only with “on its own calendar”: five fields of cron, such as 0 14 * * 1-5.
page-console-zone = Time zone
page-console-first = First day
    .help = Leave it empty to begin at once.
page-console-begins = It begins when a period of { $title } closes
    .help = { $title } ends then.
page-console-follows = Comes after
page-console-last = Last day
    .help = Leave it empty to leave the end open.
page-console-closings = The next closings
page-console-first-closing = First closing
page-console-no-closings = None with these days.
page-console-wrong-day = Give a day, such as 2026-03-02.
page-console-wrong-last = The last day is before the first.
page-console-wrong-past = This day is over.
page-console-wrong-cron = Five fields of cron are needed, such as 0 14 * * 1-5.

page-console-money = Budget
page-console-money-help = Leave a line empty to take nothing from that budget.
page-console-from-budget = From { $budget }
page-console-budget-has = { $left } are free.
page-console-no-budgets = There is no budget. Without one, points are not given; badges and kind words are.
page-console-pieces = Prizes to set aside
page-console-stock-has = { $n ->
    [one] { $n } piece is free.
   *[other] { $n } pieces are free.
}
page-console-approval = Approval
page-console-approval-help = Single awards above this wait until somebody else approves them. Empty: none waits.
page-console-above = Awards above
page-console-anonymity = What agents see of each other
page-console-anonymity-names = Names
page-console-anonymity-initials = Initials
page-console-anonymity-neighbours = Only those next to them
page-console-anonymity-mine = Only themselves
page-console-wrong-amount = Give whole amounts, such as 5000.

page-console-from = From
page-console-to = Until (this day is not in it)
page-console-try = Try it on these days
page-console-try-again = Try again
page-console-running = It is being tried …
page-console-computing = It is being worked out …
page-console-look-again = Look again
page-console-stop = Stop
page-console-n-events = { $n ->
    [one] { $n } event read
   *[other] { $n } events read
}
page-console-found = { $n ->
    [0] Nobody of { $all } people would have won anything.
    [one] { $n } of { $all } people would have won something ({ $share }), { $awards } awards in all.
   *[other] { $n } of { $all } people would have won something ({ $share }), { $awards } awards in all.
}
page-console-found-teams = { $n ->
    [one] { $n } of { $all } teams would have won something ({ $share }), { $awards } awards in all.
   *[other] { $n } of { $all } teams would have won something ({ $share }), { $awards } awards in all.
}
page-console-cost = It would have cost { $units }.
page-console-cost-short = { $n ->
    [one] { $n } award more ({ $units }) would not have been given: the budget does not suffice.
   *[other] { $n } awards more ({ $units }) would not have been given: the budget does not suffice.
}
page-console-over-quota = { $n ->
    [one] { $n } award would have come after every place was taken.
   *[other] { $n } awards would have come after every place was taken.
}
page-console-read = { $selected } of { $read } events counted.
page-console-draws-are-examples = Draws are examples: the real ones have other seeds and other winners.
page-console-hints = Look here
page-console-hint-nobody = Nobody would have won anything. Is the bar too high, or are the days too few?
page-console-hint-more = { $group } win far more often: { $share } of them, and { $rest } of all others.
page-console-hint-less = { $group } win far less often: { $share } of them, and { $rest } of all others.
page-console-hint-per-hour = Ranking per hour worked could change that.
page-console-hint-top = The top tenth gets { $share } of the { $currency }.
page-console-hint-same = Only { $share } win at all, and { $again } of these win again and again.
page-console-group-full-time = Full time
page-console-group-part-time = Part time
page-console-group-half-time-or-less = Half time or less
page-console-group-new = New (up to 90 days)
page-console-group-first-year = In their first year
page-console-group-one-to-three-years = One to three years
page-console-group-three-years-and-more = Three years and more
page-console-group-unknown = Unknown
page-console-group-no-team = Those in no team
page-console-by-hours = By hours
page-console-by-tenure = By time with us
page-console-by-team = By team
page-console-winners = Winners
page-console-awards = Awards
page-console-worth = Worth
page-console-what = What
page-console-cost-by-period = Cost by period
page-console-bars = Between { $least } and { $most }.
page-console-bars-one = { $most }.
page-console-preview-fault = The rule failed on these days. What stands here is what it had settled before.
page-console-preview-failed = It could not be tried.
page-console-what-enabled = What will be enabled
page-console-what-changes = What will hold from then on
page-console-not-yet = This stands in the way
page-console-enable = Enable it
page-console-enable-change = Enable the change
page-console-kept = It is kept as a draft until then. Whoever manages the same people finds it among the plugins and may enable it too.
page-console-somebody-else = It is kept as a draft. Somebody who may enable incentives finds it among the plugins.

page-console-ask-manage = What to do with { $title }?
page-console-as-enabled = As it is enabled
page-console-not-yours = It is also for people outside of your reach, so only somebody with a wider role can change it.
page-console-fault = Its rule failed
page-console-settled-to = Everything up to block { $block } of the journal is settled. Nothing after it is lost.
page-console-fault-choices = Resume it to try once more, change its settings or its plugin, or end it. The server's log names the event.
page-console-again-title = Change or copy
page-console-again-help = Each begins a draft with everything that it has now. A change corrects the period that runs, too; other settings from the next period on leave it as it was announced.
page-console-next-period = Other settings from the next period on
page-console-change = Change it
page-console-copy = Copy it
page-console-pause = Pause
page-console-pause-help = Events wait and are not lost: after resuming, all of them count.
page-console-resume = Resume
page-console-resume-help = It takes up where it stood still; what came in the meantime counts.
page-console-extend = Another last day
page-console-extend-submit = Set the last day
page-console-disqualify = Disqualify somebody
page-console-disqualify-help = From now on they get nothing here, and what is not final is taken back. They read the reason. This can't be undone.
page-console-disqualify-submit = Disqualify
page-console-who = Who
    .help = The name, or the number in the roster.
page-console-reason = Reason
    .help = The person will read it.
page-console-reason-help = The person will read it.
page-console-end = End it early
page-console-end-help = The period that is open closes now. It never runs again under this address.
page-console-end-submit = End it for good
page-console-confirm = Type “{ $id }” to confirm
page-console-wrong-confirm = Type the address exactly as it is shown.
page-console-wrong-reason = Give a reason: the person will read it.
page-console-wrong-who = Nobody in the audience has this name or number.
page-console-wrong-two = Several people have this name. Give the number.
page-console-done-enabled = It is enabled.
page-console-done-pause = It is paused.
page-console-done-resume = It goes on.
page-console-done-end = It has ended.
page-console-done-extended = The last day is set.
page-console-done-disqualified = They are disqualified.
page-console-done-approved = Approved: it is being given.
page-console-done-refused = Refused: the person reads why.
page-console-done-accepted = Accepted: the difference is being booked.
page-console-done-left = Left as it is.

page-console-ask-decisions = What is mine to decide?
page-console-approvals = Awards that wait for approval
page-console-no-approvals = No award waits. Awards above an incentive's amount for approval appear here.
page-console-approve = Approve
page-console-refuse = Refuse
page-console-adjustments = What came too late
page-console-adjustments-help = A final period does not change by itself. Compare what would stand with what stands, and decide.
page-console-no-adjustments = Nothing came too late.
page-console-n-late = { $n ->
    [one] { $n } fact came after it was final.
   *[other] { $n } facts came after it was final.
}
page-console-compare = Compare
page-console-ask-difference = What would stand in { $title }?
page-console-found-differences = { $n ->
    [0] Nothing would be different, although { $late } facts came late.
    [one] { $n } award would stand otherwise; { $late } facts came late.
   *[other] { $n } awards would stand otherwise; { $late } facts came late.
}
page-console-costs = It costs { $units }.
page-console-comes-back = { $units } come back.
page-console-difference = Difference
page-console-difference-new = new
page-console-difference-changed = changed
page-console-difference-gone = gone
page-console-difference-withheld = not given: every place is taken
page-console-moved = Moves
page-console-accept = Accept these differences
page-console-leave = Leave it as it is
page-console-not-affordable = The budget of the incentive does not suffice for this. Raise it first.

page-console-not-done = That could not be done
page-console-problem = The server refused it. Nothing was changed.
page-console-problem-from-elsewhere = This form was open for too long, or did not come from here. Nothing was changed; open the page again.
page-console-problem-reach = Your role does not reach everybody that this is for.
page-console-problem-own-incentive = You enabled or changed this incentive, and nobody approves for themselves. Somebody else has to.
page-console-problem-own-award = This is for you, and nobody approves for themselves. Somebody else has to.
page-console-problem-not-proposed = Somebody has decided on it already.
page-console-problem-incentive-ended = It has ended, and its address is never used again.
page-console-problem-taken = Another incentive has this address by now. Choose another one in the first step.
page-console-problem-bad-settings = The settings are not what this plugin takes.
page-console-problem-plugin-fault = The plugin failed on these settings.
page-console-problem-unknown-plugin = This plugin is not installed any more.
page-console-problem-unknown-metric = The plugin needs a metric that the house does not have.
page-console-problem-unknown-audience = Choose whom it is for.
page-console-problem-bad-periods = Days and periods do not fit together.
page-console-problem-bad-title = Give it a name of 1 to 200 characters.
page-console-problem-bad-name = Choose another address: small letters, digits and dashes.
page-console-problem-bad-allotment = An amount is wrong.
page-console-problem-bad-approval = An amount for approval is wrong.
page-console-problem-over-budget = The budget does not have as much as this asks for.
page-console-problem-unknown-budget = There is no such budget any more.
page-console-problem-unknown-prize = There is no such prize any more.
page-console-problem-bad-window = These days can't be tried: the first has to be before the last, neither after today, and at most 400 days.
page-console-problem-previews-busy = Others are trying incentives right now. Try again in some seconds.
page-console-problem-difference-changed = The difference is another one by now. Here it is as it stands.
page-console-problem-not-final = This period is not final yet: what comes counts by itself.
page-console-problem-busy = The house is busy. Try again in some seconds.
page-console-problem-not-found = It is not there any more.

page-console-roster = People
page-console-ask-roster = Who works where?
page-console-lead-roster = { $agents } people in { $teams } teams at { $sites } sites. Names and addresses can be erased; who was in which team when is history.
page-console-parked = { $n ->
    [one] { $n } event of somebody who is not in the roster waits. It counts as soon as they are.
   *[other] { $n } events of people who are not in the roster wait. They count as soon as they are.
}
page-console-need-parked = { $n ->
    [one] { $n } event is of somebody who is not in the roster
   *[other] { $n } events are of people who are not in the roster
}
page-console-roster-csv = Roster as CSV
page-console-roster-help = Paste a file with these columns, in any order; only agent and name are needed. You see what would change before anything does.
page-console-roster-look = Show what would change
page-console-roster-look-again = Show it again
page-console-roster-import = Import exactly this
page-console-roster-found = { $new } new, { $changed } changed, { $same } as they are.
page-console-roster-agent = Number
page-console-roster-outcome = Is
page-console-roster-changes = What changes
page-console-roster-new = new
page-console-roster-changed = changed
page-console-roster-name = name
page-console-roster-mail = mail
page-console-roster-chat = chat
page-console-roster-locale = language
page-console-roster-zone = zone
page-console-roster-terms = team and hours
page-console-roster-hired = day of hire
page-console-roster-line = Line { $line }, { $column }, “{ $value }”:
page-console-done-imported = Imported.
page-console-problem-bad-roster = Nothing was changed: some lines are wrong.

page-console-accounts = Accounts
page-console-ask-accounts = Who may come in?
page-console-lead-accounts = People sign in with these. What they may do follows from their roles.
page-console-account-active = may sign in
page-console-account-invited = invited
page-console-account-disabled = switched off
page-console-account-invite = Invite somebody
page-console-account-agent = Number in the roster
page-console-account-agent-help = Of the agent that they are. The role agent needs it.
page-console-account-link = No mail could be sent. Hand this link over yourself; it is shown only now:
page-console-account-send = Send another link
page-console-account-send-help = With it they choose a password. Earlier links no longer hold.
page-console-account-unlink = Take the identity off
page-console-account-unlink-help = They have signed in by OpenID Connect. Afterwards whoever comes with this address, verified there, is linked anew; sessions end.
page-console-account-disable = Switch off
page-console-account-disable-help = They are signed out at once and can't sign in until it is switched on again.
page-console-account-enable = Switch on again
page-console-roles = Roles
page-console-places = Where
page-console-places-help = Of managers: the whole house, or sites and teams. Of team leaders: teams.
page-console-role-admin = Everything.
page-console-role-manager = Incentives, people and decisions.
page-console-role-team-leader = Sees their team.
page-console-role-agent = Sees what is theirs.
page-console-role-rule-developer = Uploads plugins and tries them; enables none.
page-console-role-integrator = Posts events.
page-console-role-auditor = Reads the books.
page-console-done-invited = Invited: a link is on its way.
page-console-done-changed = Saved.
page-console-done-account-disable = It is switched off.
page-console-done-account-enable = It is switched on.
page-console-done-account-invite = A link is on its way.
page-console-done-account-unlink = The identity is taken off.
page-console-done-account-sign-out = Signed out everywhere.
page-console-problem-bad-account = Something about this account is not right.
page-console-problem-mail-taken = Another account has this mail address.
page-console-problem-last-admin = Somebody has to remain admin.
page-console-problem-account-disabled = The account is switched off. Switch it on first.
page-console-problem-changed-meanwhile = Somebody has changed it in the meantime. Look again.
page-console-audit = Audit log
page-console-ask-audit = Who changed what?
page-console-lead-audit = Every change, newest first. It holds no name, no address and no secret.
page-console-audit-object = About
page-console-audit-find = Find
page-console-audit-none = No change like that.
page-console-audit-what = Before and after
page-console-audit-before = Before
page-console-audit-after = After
page-console-audit-older = Older changes
page-console-audit-token = Token
page-console-audit-command-line = Command line
page-console-audit-stranger = Somebody not signed in

page-console-leave-out = Leave one event out
page-console-leave-out-help = For this incentive only, when it fails on the same event again and again. For all others the event counts.
page-console-block = Block of the journal
page-console-index = Place in the block, from 0
page-console-done-left-out = The event is left out for this incentive.
page-console-signed-by = Signed by { $name }
page-console-unsigned = Not signed
page-console-signature = Signature

# Tokens
page-console-tokens = Tokens
page-console-ask-tokens = Which programs may come in?
page-console-lead-tokens = Programs and wall boards come in with a token. It is shown once: only its hash is kept.
page-console-no-tokens = There is no token.
page-console-new-token = A new token
page-console-make-token = Make the token
page-console-token-name = What it is for
page-console-token-unnamed = Say what the token is for.
page-console-token-expires = Holds through
    .help = The last day, by UTC. Empty: until it is revoked.
page-console-token-scopes = What it may do
page-console-token-scopeless = Choose at least one.
page-console-scope-ingest = Send events, and nothing else.
page-console-scope-read = Read boards, awards, balances and status.
page-console-scope-manage = Change and decide what managers do: incentives, money, approvals, the roster; read names and payroll.
page-console-scope-admin = Everything, tokens, plugins and sources included.
page-console-scope-wall = Show a wall board, and nothing else.
page-console-token-by = Made by
page-console-token-created = Made
page-console-token-until = Until
page-console-token-holds = holds
page-console-token-expired = is over
page-console-token-revoked = revoked
page-console-token-secret = Copy the token now. It is not shown again.
page-console-token-wall = The address of the wall board:
page-console-token-wrong-confirm = Type the name exactly as it is shown.
page-console-revoke = Revoke it
page-console-revoke-help = Whoever uses it is refused from now on. This can’t be undone.
page-console-done-revoked = The token is revoked.
page-console-problem-bad-token = This is no token as it can be made.
page-console-problem-too-many-tokens = There are too many tokens.

# Sites and teams
page-console-places-page = Sites and teams
page-console-ask-places = Where do people work?
page-console-lead-places = A site has a time zone, a team has a site. Who is in which team stands under
page-console-places-sites = Sites
page-console-places-teams = Teams
page-console-no-sites = There is no site yet. Begin with one.
page-console-no-teams = There is no team yet.
page-console-new-site = A new site
page-console-new-team = A new team
page-console-change-place = Change “{ $title }”
page-console-place-site = Site
    .help = A short name for files and rules: small letters, digits and dashes, such as madrid.
page-console-place-team = Team
    .help = A short name for files and rules: small letters, digits and dashes, such as blue.
page-console-place-title = Shown to people as
page-console-place-zone = Time zone
    .help = As the IANA calls it, such as Europe/Madrid.
page-console-place-holidays = Holidays
    .help = Days on which nobody works, such as 2026-05-01, with commas between them.
page-console-place-teams = Teams
page-console-place-of-site = Site
page-console-place-queues = Queues
    .help = What comes in there reaches the team. Put commas between them.
page-console-wrong-zone = Give a zone, such as Europe/Madrid.
page-console-wrong-place-taken = There is one of this name already.
page-console-done-place = It is kept.
