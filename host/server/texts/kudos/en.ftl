# Thanks from person to person: what messages and pages say. $name gives them.

kudos-says = { $name } says:
kudos-thanks = { $name } thanks you.
kudos-others = { $name } thanks { $to }.
kudos-link = All thanks →

kudos-word-help = Thank you for your help.
kudos-word-well-handled = Well handled, that was a hard one.
kudos-word-great-work = Great work today.
kudos-word-learned = I learned something from you today.
kudos-word-good-hands = Your customer was in good hands.
kudos-word-hard-morning = That was a hard stretch, and you stayed calm.
kudos-word-glad-here = Today is not easy. It is good that you are here.

page-thanks-word = Thanks
page-thanks-title = Whom do I want to thank?
page-thanks-link = Say thanks, and see all of mine
page-thanks-say = Say thanks
page-thanks-given-n = { $n ->
    [one] You have given { $n } of { $limit } this month.
   *[other] You have given { $n } of { $limit } this month.
}
page-thanks-whom = To whom?
page-thanks-nobody = Nobody of your team is on the roster at the moment.
page-thanks-to = Thanks to { $name }
page-thanks-ready = One click sends these words, in the language of whoever gets them.
page-thanks-own-words = Or in your own words
page-thanks-own-words-help = At most 280 characters. Only the two of you read it, and those who lead or manage the team.
page-thanks-reviewed = Somebody who leads the team reads it before it is sent.
page-thanks-send = Send
page-thanks-somebody-else = Somebody else
page-thanks-got = Thanks I got
page-thanks-got-none = What colleagues thank you for stands here.
page-thanks-given = Thanks I gave
page-thanks-given-none = Whom you thanked stands here.
page-thanks-hidden = Hidden
page-thanks-hide = Hide
page-thanks-show = Show again
page-thanks-report = Report
page-thanks-report-help = Somebody who leads the team looks at it. Whoever wrote it does not hear that you reported it.
page-thanks-state-held = waits to be let through
page-thanks-state-reported = reported
page-thanks-state-removed = removed
page-thanks-done-sent = Your thanks are on their way.
page-thanks-done-held = Your thanks are kept, and go out once somebody has read them.
page-thanks-done-hide = It is hidden. It stands at the end of the list, from where you can show it again.
page-thanks-done-show = It is shown again.
page-thanks-done-report = It is reported. Somebody looks at it.

page-kudos-title = Which thanks need me?
page-kudos-none = No thanks wait for you.
page-kudos-n-wait = { $n ->
    [one] { $n } thank-you waits for you
   *[other] { $n } thank-yous wait for you
}
page-kudos-waiting = Waiting
page-kudos-held = before it is sent
page-kudos-reported = reported
page-kudos-between = { $from } to { $to }
page-kudos-let-through = Let it through
page-kudos-keep = Keep it
page-kudos-bring-back = Bring it back
page-kudos-remove = Remove
page-kudos-removed = Removed
page-kudos-reason-help = Whoever gave these thanks reads it.
page-kudos-what = What colleagues write waits here if the house wants that, and what somebody has reported. Ready-made words never wait.
page-kudos-done-keep = It may be seen.
page-kudos-done-remove = It is removed. You can bring it back below.

page-console-problem-kudos-limit = You have said thanks as often as you may this month. The next month begins anew.
page-console-problem-kudos-to-oneself = Thanks are for somebody else.
page-console-problem-bad-kudos = Choose some words, or write at most 280 characters.
page-console-problem-own-kudos = You gave or got these thanks: somebody else has to decide.
