name = Head-to-head
summary = Everyone meets somebody who was as good as they last time; who does more an hour wins the duel.

own-score = { NUMBER($own, maximumFractionDigits: 2) } an hour against { NUMBER($theirs, maximumFractionDigits: 2) }
won = You won the duel with { $rival }: { own-score }.
drawn = A draw with { $rival }: { own-score }.
next-duel = Your next duel is with { $rival }. Good luck to both of you.
