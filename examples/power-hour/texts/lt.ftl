name = Galios valanda
summary = Vieną valandą per dieną už kiekvieną skiriama papildomų taškų, iki sąžiningos ribos.

begins = Prasidėjo galios valanda, ji truks iki { $until }. Papildomai vertinama iki { $cap }; skubėti nereikia.
within-the-hour = Galios valandą: { $n } iš { $cap } šiandien.

settings-metric = Rodiklis
settings-from = Nuo
    .help = Pagal darbuotojo vietos laiką, pavyzdžiui, 15:00.
settings-until = Iki
    .help = Kas įvyksta lygiai tą minutę, jau nebeskaičiuojama.
settings-points = Taškai už kiekvieną
settings-currency = Taškų valiuta
settings-daily_cap = Dienos riba
    .help = Tiek jų duoda taškų; paskui niekam nereikia skubėti.
