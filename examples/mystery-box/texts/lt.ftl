name = Paslapčių dėžutė
summary = Surinkus tam tikrą skaičių gerų įvertinimų atsidaro dėžutė: kiekvienoje kas nors yra, o kartais – didysis prizas.

box = { $n ->
    [1] Geras įvertinimas atidarė dėžutę.
    [one] { $n } geras įvertinimas atidarė dėžutę.
    [few] { $n } geri įvertinimai atidarė dėžutę.
    [many] { $n } gero įvertinimo atidarė dėžutę.
   *[other] { $n } gerų įvertinimų atidarė dėžutę.
}
great-prize = Jūsų dėžutėje buvo didysis prizas. { $of ->
    [1] Jis yra kiekvienoje dėžutėje.
   *[other] Jis būna vienoje dėžutėje iš { $of }.
}
next-box = Iki kitos dėžutės liko { $n ->
    [one] { $n } geras įvertinimas
    [few] { $n } geri įvertinimai
    [many] { $n } gero įvertinimo
   *[other] { $n } gerų įvertinimų
}.

settings-metric = Rodiklis
settings-at_least = Skaičiuojama nuo
    .help = Įvertinimas, nuo kurio įvykis skaičiuojamas.
settings-every = Kiek jų atidaro dėžutę
settings-points = Taškai kiekvienoje dėžutėje
settings-currency = Taškų valiuta
settings-prize = Didysis prizas
    .help = Daiktas, pavadintas jo vardu, pavyzdžiui, dovanų čekis.
settings-one_in = Prizas vienoje dėžutėje iš
    .help = Vidutiniškai; kurioje – nežino niekas, net ir sistema. Jei 1, jis yra kiekvienoje.
settings-prizes_max = Didžiųjų prizų per laikotarpį
