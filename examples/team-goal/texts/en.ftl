name = Goal together
summary = What all of them do adds up; when a goal is reached, everyone has a share in it.

goal = Together you have reached { $at }. Everyone who was there has a share in it.
to-go = { NUMBER($n, maximumFractionDigits: 0) } to go, all together.
all-reached = All goals are reached. Well done, all of you.
