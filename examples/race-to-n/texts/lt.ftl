name = Lenktynės
summary = Laimi tie, kas pirmi pasiekia nustatytą skaičių.

finish = Pasiekėte { $n } ir patekote tarp pirmųjų; prizų iš viso – { $winners }.
left = { $n ->
    [0] Skaičius pasiektas.
   *[other] Liko { $n }.
}

settings-metric = Rodiklis
settings-target = Kiek reikia surinkti
settings-winners = Kiek laimi
settings-prize = Prizas
    .help = Daiktas, pavadintas jo vardu, pavyzdžiui, dovanų čekis.
settings-every = Lenktynės vyksta kiekvieną
    .help = Tokios trukmės kaip skatinimo laikotarpiai: vietos skaičiuojamos per laikotarpį.
    .day = Dieną
    .week = Savaitę
    .month = Mėnesį
