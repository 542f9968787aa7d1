name = Praise
summary = Says thanks, well done or keep going at the right moment, never too often and never at night.

top-rating-1 = A customer just gave you top marks. Thank you for the care behind it.
top-rating-2 = Somebody left this conversation happy and took the time to say so. Thank you.
top-rating-3 = A { $n } from a customer: it does not get better than that. Thank you.
top-rating-4 = You made somebody’s day a little easier. They noticed, and so did we.

quality-1 = { $n } in your quality evaluation. That is careful work.
quality-2 = Your evaluation came back with { $n }. The thought you put into it shows.
quality-3 = Whoever listened to that contact heard somebody who knows their craft: { $n }.
quality-4 = A quality score of { $n }. Well done.

nth-today-1 = That was number { $n } today. Thank you for keeping at it.
nth-today-2 = { $n } today already. Stretch, have a glass of water, and thank you.
nth-today-3 = Number { $n } for today is done. It adds up, and it counts.
nth-today-4 = You are at { $n } today. Thank you for the work behind that number.

personal-best-1 = This is your best day yet: you have passed { $n }.
personal-best-2 = Your old mark of { $n } is history. Well done.
personal-best-3 = You have never had a day like this one: past { $n }, and it is not over.
personal-best-4 = A new personal best. The mark to beat was { $n }.

streak = { $n ->
    [one] one good one
   *[other] { $n } good ones in a row
}
comeback-1 = The last ones were hard, and you turned it around: { streak }.
comeback-2 = { streak } after a rough stretch. That takes character.
comeback-3 = Rough patches pass. Yours just did, and that was your doing.
comeback-4 = You kept going when it was not easy, and it shows. Good to see.

hard-contact-1 = That was not an easy one. Thank you for seeing it through.
hard-contact-2 = Difficult conversations cost energy. You handled it; now take a breath.
hard-contact-3 = Thank you for staying calm when it was hard.
hard-contact-4 = That contact asked a lot of you, and you gave it. Thank you.

years = { $n ->
    [one] one year
   *[other] { $n } years
}
anniversary-1 = It is { years } with us today. Thank you for being here.
anniversary-2 = You joined us { years } ago today. We are glad you did.
anniversary-3 = Today makes it { years } together. Here is to the next one.
anniversary-4 = Happy work anniversary: { years }, and every one of them noticed.

settings-top_rating = A customer’s top rating
settings-top_rating-on = On
settings-top_rating-metric = Metric
settings-top_rating-at_least = From
settings-quality = A good quality evaluation
settings-quality-on = On
settings-quality-metric = Metric
settings-quality-at_least = From
settings-nth_today = The n-th today
settings-nth_today-on = On
settings-nth_today-metric = Metric
settings-nth_today-at = At
    .help = Counts of the local day, rising.
settings-personal_best = A personal best
    .help = More in a day than ever before.
settings-personal_best-on = On
settings-personal_best-metric = Metric
settings-personal_best-after = Warm-up
    .help = Days with at least one before a best can be beaten.
settings-comeback = A comeback
    .help = Good results again after a bad stretch.
settings-comeback-on = On
settings-comeback-metric = Metric
settings-comeback-last = Bad stretch over the last
settings-comeback-below = Bad when their mean is below
settings-comeback-good = Good again after
    .help = So many good ones in a row.
settings-comeback-at_least = Good from
settings-hard_contact = A finished hard contact
settings-hard_contact-on = On
settings-hard_contact-metric = Metric
settings-anniversary = The anniversary of hire
    .help = At 09:00 local time; who was hired on 29 February celebrates on the 28th in other years.
settings-anniversary-on = On
settings-cooldown_minutes = Pause between messages
    .help = After a message the same person gets none for so long, anniversaries excepted.
settings-no_repeat = No text twice within
    .help = A text is not among the last so many messages of the same person. Each occasion has four texts: from 4 on it may happen that none is left and nothing is said.
settings-quiet = Quiet hours
settings-quiet-on = On
settings-quiet-from = From
    .help = Such as 20:00; the hours may pass midnight.
settings-quiet-to = To
settings-quiet-defer = Told later
    .help = What falls into the last two quiet hours is told at their end; if several do, the weightiest. All else is left unsaid.
