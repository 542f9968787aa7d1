name = Loterija
summary = Už gerą darbą gaunami bilietai, jų skaičius per dieną ribojamas, kokybę reikia išlaikyti, o prizus paskirsto traukimas, kurį gali patikrinti kiekvienas.

drawn = { $places ->
    [1] Ištrauktas tavo vardas.
    [one] Ištrauktas tavo vardas: { $place } prizas iš { $places }.
    [few] Ištrauktas tavo vardas: { $place } prizas iš { $places }.
    [many] Ištrauktas tavo vardas: { $place } prizas iš { $places }.
   *[other] Ištrauktas tavo vardas: { $place } prizas iš { $places }.
}{ $winners ->
    [1] {""}
    [one] {" "}Šį prizą laimi { $winners } dalyvis.
    [few] {" "}Šį prizą laimi { $winners } dalyviai.
    [many] {" "}Šį prizą laimi { $winners } dalyvio.
   *[other] {" "}Šį prizą laimi { $winners } dalyvių.
}
won-instantly = Laimėta iš karto: { $of ->
    [1] laimi kiekvienas bandymas.
    [one] laimi vienas iš { $of } bandymo.
    [few] laimi vienas iš { $of } bandymų.
    [many] laimi vienas iš { $of } bandymo.
   *[other] laimi vienas iš { $of } bandymų.
}
below-quality = Rodiklio { $metric } vidurkis buvo { NUMBER($value, maximumFractionDigits: 2) }, o traukimui reikia bent { NUMBER($at_least, maximumFractionDigits: 2) }.
quality-unmeasured = Rodiklis { $metric } šiuo laikotarpiu nebuvo matuotas, o traukimui reikia bent { NUMBER($at_least, maximumFractionDigits: 2) } vidurkio.
tickets-today = { $n ->
    [0] Šiandien bilietų dar nėra
    [one] Šiandien { $n } bilietas
    [few] Šiandien { $n } bilietai
    [many] Šiandien { $n } bilieto
   *[other] Šiandien { $n } bilietų
}{ $cap ->
    [0] .
   *[other] , per dieną – ne daugiau kaip { $cap }.
}

badge-lucky = Sėkmė

settings-earn = Už ką gaunami bilietai
settings-earn-metric = Rodiklis
settings-earn-tickets = Bilietai
    .help = Už kiekvieną įvykį arba už kiekvieną pilną kiekį, jei jis nurodytas.
settings-earn-for_each = Už kiekvieną kiekį
    .help = Reikšmės sudedamos, ir bilietai duodami kaskart, kai susidaro toks kiekis, pavyzdžiui, viena valanda ar 100 pardavimų. Jei nenurodyta, juos duoda kiekvienas įvykis.
settings-earn-at_least = Skaičiuojama nuo
    .help = Įvykis skaičiuojamas tik tada, kai jo reikšmė bent tokia, pavyzdžiui, įvertinimas 5.
settings-earn-daily_cap = Dienos riba
    .help = Ne daugiau tiek šios rūšies bilietų per vieną darbuotojo vietos dieną.
settings-daily_cap = Bendra dienos riba
    .help = Ne daugiau tiek visų bilietų per vieną darbuotojo vietos dieną, kad niekam nereikėtų skubėti.
settings-guard = Kokybė
    .help = Kas jos nepasiekia, traukime nedalyvauja, ir tai nurodoma kvite.
settings-guard-metric = Rodiklis
settings-guard-at_least = Bent
    .help = Laikotarpio vidurkis.
settings-guard-unmeasured = Kieno kokybė nematuota
    .take-part = Dalyvauja
    .left-out = Nedalyvauja
settings-method = Tikimybė
    .weighted = Kiekvienas bilietas – viena galimybė
    .equal = Visi, turintys bilietą, turi vienodą tikimybę
settings-prizes = Prizai
    .help = Traukiami šia tvarka. Per vieną traukimą niekas nelaimi dukart.
settings-prizes-winners = Laimėtojai
settings-prizes-reward = Atlygis
settings-prizes-reward-points = Taškai
settings-prizes-reward-currency = Taškų valiuta
settings-prizes-reward-badge = Ženklelis
settings-prizes-reward-prize = Daiktas
    .help = Prizas, pavadintas jo vardu, pavyzdžiui, dovanų čekis.
settings-instant = Laimėjimai iš karto
    .help = Su jais loterijai nebūtini nei bilietai, nei prizai.
settings-instant-metric = Rodiklis
    .help = Kiekvienas įvykis su šiuo rodikliu yra vienas bandymas; jis lieka tas pats, kad ir kiek kartų įvykis būtų patikslintas.
settings-instant-at_least = Skaičiuojama nuo
    .help = Įvykis skaičiuojamas tik tada, jei jo reikšmė ne mažesnė, pavyzdžiui, įvertinimas 5.
settings-instant-one_in = Vienas laimėjimas iš
    .help = Vidutiniškai laimi vienas iš tiek bandymų. Jei 1, laimima visada.
settings-instant-wins_max = Laimėjimų per laikotarpį
    .help = Iš viso ne daugiau kaip tiek; kas laimi vėliau, nieko negauna. Be šios ribos sustabdo tik skirtas biudžetas.
settings-instant-reward = Atlygis
settings-instant-reward-points = Taškai
settings-instant-reward-currency = Taškų valiuta
settings-instant-reward-badge = Ženklelis
settings-instant-reward-prize = Daiktas
    .help = Prizas, pavadintas jo vardu, pavyzdžiui, dovanų čekis.
