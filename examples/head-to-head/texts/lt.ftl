name = Dvikova
summary = Kiekvienas susitinka su tuo, kas praeitą kartą pasirodė panašiai; dvikovą laimi tas, kas per valandą padaro daugiau.

own-score = { NUMBER($own, maximumFractionDigits: 2) } per valandą prieš { NUMBER($theirs, maximumFractionDigits: 2) }
won = Dvikova laimėta. Varžovas – { $rival }, rezultatas – { own-score }.
drawn = Dvikova baigėsi lygiosiomis. Varžovas – { $rival }, rezultatas – { own-score }.
next-duel = Kitos dvikovos varžovas – { $rival }. Sėkmės abiem.

settings-metric = Rodiklis
settings-hours = Valandos
    .help = Dirbtų valandų rodiklis, kad dirbantieji ne visą dieną varžytųsi lygiomis sąlygomis.
settings-win_points = Taškai už pergalę
settings-draw_points = Taškai už lygiąsias
settings-currency = Taškų valiuta
