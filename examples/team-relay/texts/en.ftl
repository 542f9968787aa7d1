name = Relay
summary = One of the team after another runs a leg and hands on the baton; every team that comes home is paid.

leg = { $leg ->
    [1] The first leg is yours
    [2] The second leg is yours
    [3] The third leg is yours
   *[other] Leg { $leg } is yours
}, of { $legs }. The baton is handed on: thank you.
home = The team has come home: all { $legs } legs are run.
first-home = The first team home.
on-the-way = { $n } of { $all } done. The baton is on its way.
badge-first-home = First team home
