name = Lenktynės
summary = Laimi tie, kas pirmi pasiekia nustatytą skaičių.

begins = Prasidėjo naujos lenktynės iki { $n }; prizų iš viso – { $winners }.
finish = { $place ->
    [0] Pasiekėte { $n }.
   *[other] Pasiekėte { $n }: { $place } vieta; prizų iš viso – { $winners }.
}
left = { $n ->
    [0] Skaičius pasiektas.
   *[other] Liko { $n }.
}

settings-metric = Rodiklis
settings-target = Kiek reikia surinkti
settings-winners = Kiek laimi
settings-prize = Prizas
    .help = Daiktas, pavadintas jo vardu, pavyzdžiui, dovanų čekis.
