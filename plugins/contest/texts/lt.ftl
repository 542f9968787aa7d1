name = Varžytuvės
summary = Rikiuoja darbuotojus arba komandas pagal rezultatus, laikantis nustatytos kokybės, ir apdovanoja pirmuosius bei visus, pasiekusius ribą.

score = { $shown ->
    [percent] { NUMBER($value, style: "percent", maximumFractionDigits: 1) }
   *[number] { NUMBER($value, maximumFractionDigits: 2) }
}{ $measure ->
    [none] {""}
   *[other] {" "}{ $measure }
}
mark = { $shown ->
    [percent] { NUMBER($bar, style: "percent", maximumFractionDigits: 1) }
   *[number] { NUMBER($bar, maximumFractionDigits: 2) }
}

place = { $rank ->
    [1] Pirma vieta
    [2] Antra vieta
    [3] Trečia vieta
   *[other] { $rank } vieta
} iš { $ranked }, rezultatas – { score }.{ decision }{ equality }
place-team = { $team } – { $rank ->
    [1] pirma vieta
    [2] antra vieta
    [3] trečia vieta
   *[other] { $rank } vieta
} iš { $ranked }, rezultatas – { score }.{ decision }{ equality }
decision = { $decider ->
    [none] {""}
   *[other] {" "}Dar kažkas pasiekė tokį patį rezultatą, tad lėmė { $decider }: { NUMBER($deciding, maximumFractionDigits: 2) }.
}
equality = { $equals ->
    [0] {""}
    [one] {" "}Ta pati vieta atitenka dar { $equals } dalyviui{ division }
    [few] {" "}Ta pati vieta atitenka dar { $equals } dalyviams{ division }
    [many] {" "}Ta pati vieta atitenka dar { $equals } dalyvio{ division }
   *[other] {" "}Ta pati vieta atitenka dar { $equals } dalyvių{ division }
}
division = { $ties ->
    [split] , todėl kartu užimtų vietų taškai padalijami po lygiai, suapvalinant žemyn.
   *[share] , ir kiekvienas gauna visą prizą.
}
past-the-bar = Pasiektas rezultatas – { score }. Riba visiems buvo { mark }.
past-the-bar-team = { $team }: pasiektas rezultatas – { score }. Riba visiems buvo { mark }.

progress = Šiandien: { score }.{ $bar ->
    [none] {""}
   *[other] {" "}Riba – { mark }.
}
progress-new-day = Nauja diena, kol kas nieko nesuskaičiuota.

badge-champion = Čempionai
badge-gold = Auksas
badge-silver = Sidabras
badge-bronze = Bronza

settings-who = Kas varžosi
    .agents = Darbuotojai, kiekvienas už save
    .teams = Komandos, pagal savo darbuotojų veiklą
settings-metrics = Kas vertinama
    .help = Kiekvienas rodiklis, padaugintas iš svorio, ir viskas sudėta. Už greitį atlyginkite tik kartu su kokybe: žr. sąlygas.
settings-metrics-metric = Rodiklis
settings-metrics-by = Kaip skaičiuojama
    .help = Vidurkis – įvertinimams, dalims ir kitiems santykiams, suma – viskam, kas skaičiuojama vienetais.
    .total = Suma: viskas sudėta
    .average = Vidurkis: įvertinimams, dalims ir kitiems santykiams
settings-metrics-weight = Svoris
    .help = Kiek vertas vienas vienetas. Neigiamas svoris atima.
settings-per_hour_of = Vienam vienetui
    .help = Rezultatas dalijamas iš šio rodiklio sumos, pavyzdžiui, dirbtų valandų: taip dirbantieji ne visą darbo laiką turi tokias pat galimybes.
settings-lowest_first = Geriausia mažiausia reikšmė
settings-minimum = Mažiausia apimtis, kad būtų suteikta vieta
settings-minimum-metric = Rodiklis
settings-minimum-at_least = Bent
    .help = Laikotarpio suma. Tegul ją gali pasiekti ir dirbantieji ne visą darbo laiką.
settings-guards = Sąlygos
    .help = Kas netenkina kurios nors sąlygos, yra rodomas, bet vietos negauna. Jei rodiklis nė karto nematuotas, sąlyga netenkinama, nebent tai suma su viršutine riba.
settings-guards-metric = Rodiklis
settings-guards-by = Kaip skaičiuojama
    .total = Suma: viskas sudėta
    .average = Vidurkis: įvertinimams, dalims ir kitiems santykiams
settings-guards-at_least = Bent
settings-guards-at_most = Ne daugiau kaip
settings-tie_breaks = Kas lemia esant lygybei
    .help = Kai rezultatai vienodi, lemia pirmasis juos atskiriantis rodiklis, ir žinutėje tai pasakoma.
settings-tie_breaks-metric = Rodiklis
settings-tie_breaks-by = Kaip skaičiuojama
    .total = Suma: viskas sudėta
    .average = Vidurkis: įvertinimams, dalims ir kitiems santykiams
settings-tie_breaks-lowest_first = Laimi mažesnė reikšmė
settings-ties = Vienodos vietos
    .help = Kas daroma, kai niekas lygybės neišsprendžia.
    .share = Kiekvienas gauna visą prizą
    .split = Užimtų vietų taškai padalijami
settings-prizes = Prizai pirmiesiems
settings-prizes-rank = Vieta
settings-prizes-reward = Atlygis
settings-prizes-reward-points = Taškai
    .help = Komandų varžytuvėse juos gauna kiekvienas narys.
settings-prizes-reward-currency = Taškų valiuta
settings-prizes-reward-badge = Ženklelis
    .help = Jo pavadinimas. Komandų varžytuvėse jį gauna komanda.
settings-prizes-reward-prize = Daiktas
    .help = Prizas, pavadintas jo vardu, pavyzdžiui, dovanų čekis. Komandų varžytuvėse jį gauna komanda.
settings-bar = Prizas visiems, pasiekusiems ribą
    .help = Greta prizų pirmiesiems, kad galėtų laimėti kiekvienas, kuriam gerai sekasi.
settings-bar-value = Riba
    .help = Tokia, kaip vertinama. Kai geriausia mažiausia reikšmė – tiek arba mažiau.
settings-bar-reward = Atlygis
settings-bar-reward-points = Taškai
    .help = Komandų varžytuvėse juos gauna kiekvienas narys.
settings-bar-reward-currency = Taškų valiuta
settings-bar-reward-badge = Ženklelis
    .help = Jo pavadinimas. Komandų varžytuvėse jį gauna komanda.
settings-bar-reward-prize = Daiktas
    .help = Prizas, pavadintas jo vardu, pavyzdžiui, dovanų čekis. Komandų varžytuvėse jį gauna komanda.
settings-measure = Kas matuojama, žodžiais
    .help = Žinutėse rašoma po reikšmės: „skambučio per valandą“.
settings-show = Reikšmė rodoma kaip
    .number = Skaičius, pavyzdžiui, 12,4
    .percent = Procentai, kai tai dalis: 0,84 rodoma kaip 84 %
