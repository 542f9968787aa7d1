# The pages of an agent's day, of a team's leader, of the wall board, and the checker of receipts. $span is a span such as "3 h".

page-day-nav = My day
page-day-title = What is within my reach?
page-day-nothing-next = The next thing within reach appears here as soon as something counts.
page-day-today = Today
page-day-points = Points
page-day-badges = Badges
page-day-prizes = Prizes
page-day-words = Kind words
page-day-within-reach = Also within reach
page-day-places = Where I stand
page-day-place-of = of { $n }
page-day-not-ranked = not ranked yet
page-day-draws = Draws I am in
page-day-of-all = of { $all }
page-day-no-tickets = No ticket yet: the incentive's page says how to earn one.
page-day-drawn-after = closes in { $span }
page-day-not-drawn = Not drawn this time
page-day-all = Everything I got
page-day-wallet = On my account
page-day-wallet-link = All entries
page-day-badges-all = My badges
page-day-settings-link = My settings and my data
page-day-nobody = This page is for people on the roster. Your account belongs to none of them; an admin can change that.
page-day-wallet-title = What is on my account?
page-day-entries = Entries of the last three months
page-day-entries-none = Nothing was booked in the last three months.
page-day-awarded = given
page-day-corrected = corrected
page-day-reversed = taken back after a correction
page-day-adjusted = adjusted by a manager
page-day-settings-title = My settings
page-day-appear = How others see me
page-day-appear-help = On boards, among winners and on the wall. Where an incentive hides names, yours is hidden in any case. Your team leader and your managers see your name.
page-day-appear-name = By name: { $name }
page-day-appear-initials = By initials: { $name }
page-day-appear-none = Choose one of the two ways in which others see you.
page-day-channels = Where I am told
page-day-channels-help = Your page has everything, at once and always. A correction goes where the first message went.
page-day-channels-none = The house has neither a chat nor a mail address of yours, so everything stands on your page only.
page-day-channels-awards = Awards, and what becomes of them
page-day-channels-praise = Praise
page-day-channel-chat = A direct message in the chat
page-day-channel-mail = Mail
page-day-quiet = When I am left alone
page-day-quiet-help = What comes in these hours waits for their end. Your page shows it at once. Praise is told then as well.
page-day-quiet-house = As in this house: { $hours }
page-day-quiet-house-never = As in this house: at no time
page-day-quiet-never = At no time
page-day-quiet-own = At times of my own
page-day-quiet-from = From
page-day-quiet-to = To
page-day-quiet-days-off = On my days off as well
page-day-quiet-and-days-off = { $hours }, and on days off
page-day-quiet-only-days-off = on days off
page-day-quiet-wrong = Give two different times, such as 20:00 and 08:00.
page-day-quiet-choose = Choose one of the three ways to be left alone.
page-day-compete = Competing
page-day-compete-help = Who does not compete stands on no board, and gets no prize for a place. Thanks, praise, badges, points for what you did yourself, your team’s results and draws stay as they are. Nobody else is told; your name is just not on boards. It holds for every period that has not ended yet, and you can come back at any time.
page-day-compete-yes = I compete with others
page-day-compete-no = I don’t compete
page-day-compete-choose = Choose whether you compete.
page-day-account-link = Language, password and sessions
page-day-data = My data
page-day-data-help = Everything that is held about you, in one file: name and addresses, account and sessions, terms, awards with their reasons, entries, and the facts that count.
page-day-data-download = Download my data (JSON)

page-floor-team-nav = My team
page-floor-teams-title = Which team?
page-floor-no-team = No team lies within your role's reach. An admin can change that.
page-floor-n-people = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
page-floor-missing-team = There is no such team.
page-floor-team-title = How is my team today?
page-floor-word = A word from you would help
page-floor-hard = { $n ->
    [one] { $name } has had { $n } difficult contact today. A word from you may do good.
   *[other] { $name } has had { $n } difficult contacts today. A word from you may do good.
}
page-floor-got = Earned today
page-floor-people = Everybody
page-floor-other-teams = Other teams

page-check-here-help = This browser can draw again from the receipt, with a program of its own.
page-check-here = Check it in this browser
page-check-running = Drawing again…
page-check-holds = The receipt holds: from this seed and this list, these winners follow.
page-check-broken = The receipt does NOT hold. Don't trust it, and tell the operator.
page-check-unfetched = The receipt could not be fetched. Nothing was checked; try again.
page-check-insecure = This page came without encryption, so the browser computes no hashes. Use the ways below, or the address with https://.
page-check-form = It is written exactly as a receipt is written.
page-check-seed = The seed fits its hash, which this page shows and which was published before.
page-check-list = The tickets fit the hash of the list.
page-check-beacon = The public random value is that of its signature. The signature itself is not checked here.
page-check-draw-again = Drawn again, the same people win, in the same order.
page-check-said = It says what it proves and what not.
page-check-digest = Its digest fits everything in it.
page-check-appendix = Whoever had a place drawn again was the next in the same order.
page-check-seen = This browser saw the seed's hash while tickets were still being collected. It is the same.
page-check-own = Your tickets are on the list.
page-check-elsewhere = Or with a program of your own

page-wall-title = Wall board
page-wall-nothing = Nothing to show yet
page-wall-cheers = Just earned
page-wall-no-cheers = Who earns something stands here.
page-wall-next-draw = Until the next draw
page-wall-off = Not live: the connection is lost
page-wall-over = This wall board's address no longer holds
page-wall-over-help = It was revoked or has expired. Whoever runs Plaudit can make another one.
page-wall-somebody = Somebody
page-wall-tickets = { $n ->
    [one] ticket in the draw
   *[other] tickets in the draw
}
