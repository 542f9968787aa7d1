name = Ženkleliai
summary = Skiria ženklelius už sukauptą kiekį, ištvermę, pirmuosius kartus ir asmeninius rekordus – keliais lygiais, o jei norite, ir su taškais.

# Kas skaičiuojama, pagal ženklelį; vien skaičius, kai ženklelis to nesako.
things = { $badge ->
    [five-stars] { $n ->
        [one] { $n } aukščiausias įvertinimas
        [few] { $n } aukščiausi įvertinimai
        [many] { $n } aukščiausio įvertinimo
       *[other] { $n } aukščiausių įvertinimų
    }
    [resolver] { $n ->
        [one] { $n } iš karto išspręsta užklausa
        [few] { $n } iš karto išspręstos užklausos
        [many] { $n } iš karto išspręstos užklausos
       *[other] { $n } iš karto išspręstų užklausų
    }
    [calm] { $n ->
        [one] { $n } sudėtingas pokalbis
        [few] { $n } sudėtingi pokalbiai
        [many] { $n } sudėtingo pokalbio
       *[other] { $n } sudėtingų pokalbių
    }
    [contacts] { $n ->
        [one] { $n } pokalbis
        [few] { $n } pokalbiai
        [many] { $n } pokalbio
       *[other] { $n } pokalbių
    }
    [quality] { $n ->
        [one] { $n } geras kokybės vertinimas
        [few] { $n } geri kokybės vertinimai
        [many] { $n } gero kokybės vertinimo
       *[other] { $n } gerų kokybės vertinimų
    }
    [sales] { $n ->
        [one] { $n } pardavimas
        [few] { $n } pardavimai
        [many] { $n } pardavimo
       *[other] { $n } pardavimų
    }
   *[other] { NUMBER($n, maximumFractionDigits: 1) }
}
goal = { $level ->
    [bronze] bronzos
    [silver] sidabro
    [gold] aukso
    [platinum] platinos
    [diamond] deimanto
   *[none] ženklelio
}

# Už ką skirta.
count = Riba pasiekta: { things }.
streak = Iš eilės, be pertrūkio: { things }.
workdays = { $n ->
    [one] { $n } darbo diena iš eilės.
    [few] { $n } darbo dienos iš eilės.
    [many] { $n } darbo dienos iš eilės.
   *[other] { $n } darbo dienų iš eilės.
}
first = Pirmas kartas. Jis liks visam laikui.
record-day = Tai geriausia jūsų diena iki šiol. Ankstesnis rekordas: { things }.
record-value = { NUMBER($value, maximumFractionDigits: 1) } – geriausias jūsų rezultatas iki šiol. Ankstesnis buvo { NUMBER($n, maximumFractionDigits: 1) }.

# Kas jau ranka pasiekiama.
next-count = Iki { goal } liko: { things }.
next-streak = Iki { goal } liko, jei iš eilės: { things }.
next-workdays = Iki { goal } liko { $n ->
    [one] { $n } darbo diena iš eilės.
    [few] { $n } darbo dienos iš eilės.
    [many] { $n } darbo dienos iš eilės.
   *[other] { $n } darbo dienų iš eilės.
}
next-first = Iki { goal } liko vienas kartas – pirmasis.
next-record-day = Iki geriausios jūsų dienos liko: { things }.
all-reached = Visi lygiai pasiekti. Čia įrodinėti nebeliko ko.

badge-five-stars = Klientų pripažinimas
badge-five-stars-bronze = Klientų pripažinimas – bronza
badge-five-stars-silver = Klientų pripažinimas – sidabras
badge-five-stars-gold = Klientų pripažinimas – auksas
badge-five-stars-platinum = Klientų pripažinimas – platina
badge-five-stars-diamond = Klientų pripažinimas – deimantas
badge-resolver = Viskas išspręsta
badge-resolver-bronze = Viskas išspręsta – bronza
badge-resolver-silver = Viskas išspręsta – sidabras
badge-resolver-gold = Viskas išspręsta – auksas
badge-resolver-platinum = Viskas išspręsta – platina
badge-resolver-diamond = Viskas išspręsta – deimantas
badge-calm = Ramybė audroje
badge-calm-bronze = Ramybė audroje – bronza
badge-calm-silver = Ramybė audroje – sidabras
badge-calm-gold = Ramybė audroje – auksas
badge-calm-platinum = Ramybė audroje – platina
badge-calm-diamond = Ramybė audroje – deimantas
badge-contacts = Ilgoji distancija
badge-contacts-bronze = Ilgoji distancija – bronza
badge-contacts-silver = Ilgoji distancija – sidabras
badge-contacts-gold = Ilgoji distancija – auksas
badge-contacts-platinum = Ilgoji distancija – platina
badge-contacts-diamond = Ilgoji distancija – deimantas
badge-quality = Puikus darbas
badge-quality-bronze = Puikus darbas – bronza
badge-quality-silver = Puikus darbas – sidabras
badge-quality-gold = Puikus darbas – auksas
badge-quality-platinum = Puikus darbas – platina
badge-quality-diamond = Puikus darbas – deimantas
badge-sales = Geras pardavimas
badge-sales-bronze = Geras pardavimas – bronza
badge-sales-silver = Geras pardavimas – sidabras
badge-sales-gold = Geras pardavimas – auksas
badge-sales-platinum = Geras pardavimas – platina
badge-sales-diamond = Geras pardavimas – deimantas
badge-steady = Pastovumas
badge-steady-bronze = Pastovumas – bronza
badge-steady-silver = Pastovumas – sidabras
badge-steady-gold = Pastovumas – auksas
badge-steady-platinum = Pastovumas – platina
badge-steady-diamond = Pastovumas – deimantas
badge-first-step = Pirmas žingsnis
badge-first-step-bronze = Pirmas žingsnis – bronza
badge-first-step-silver = Pirmas žingsnis – sidabras
badge-first-step-gold = Pirmas žingsnis – auksas
badge-first-step-platinum = Pirmas žingsnis – platina
badge-first-step-diamond = Pirmas žingsnis – deimantas
badge-personal-best = Asmeninis rekordas
badge-personal-best-bronze = Asmeninis rekordas – bronza
badge-personal-best-silver = Asmeninis rekordas – sidabras
badge-personal-best-gold = Asmeninis rekordas – auksas
badge-personal-best-platinum = Asmeninis rekordas – platina
badge-personal-best-diamond = Asmeninis rekordas – deimantas
badge-extra-mile = Daugiau nei reikia
badge-extra-mile-bronze = Daugiau nei reikia – bronza
badge-extra-mile-silver = Daugiau nei reikia – sidabras
badge-extra-mile-gold = Daugiau nei reikia – auksas
badge-extra-mile-platinum = Daugiau nei reikia – platina
badge-extra-mile-diamond = Daugiau nei reikia – deimantas

settings-badges = Ženkleliai
    .help = Kiekvienas pelnomas atskirai; darbuotojas mato tą, kuris arčiausiai.
settings-badges-name = Ženklelis
    .help = Kuris galerijos ženklelis; kiekvienas tik kartą.
settings-badges-kind = Pelnomas už
    .count = Sukauptą kiekį
    .streak = Gerus įvykius iš eilės
    .workdays = Darbo dienas iš eilės
    .first = Pirmąjį kartą
    .record-day = Asmeninį rekordą: daugiausia per dieną
    .record-value = Asmeninį rekordą: geriausią vieną reikšmę
settings-badges-metric = Rodiklis
settings-badges-at_least = Skaičiuojama nuo
    .help = Reikšmė, nuo kurios įvykis skaičiuojamas. Be jos skaičiuojami visi, o kiekis sudeda reikšmes. Įvykiams iš eilės ji būtina.
settings-badges-after = Įsibėgėjimas
    .help = Tik asmeniniams rekordams: kiek dienų (ar įvykių) turi praeiti, kad rekordą būtų galima pagerinti ir antra diena dar netaptų rekordu.
settings-badges-levels = Lygiai
    .help = Nuo žemiausio. Pirmojo karto ženklelis turi vieną.
settings-badges-levels-name = Lygis
    .help = Būtinas, kai ženklelis turi kelis lygius.
    .bronze = Bronza
    .silver = Sidabras
    .gold = Auksas
    .platinum = Platina
    .diamond = Deimantas
settings-badges-levels-at = Pasiekiamas ties
    .help = Kiekis, dienų ar įvykių iš eilės skaičius arba kelintas rekordas.
settings-badges-levels-points = Taškai greta ženklelio
    .help = 0 – be taškų. Jie imami iš paskatos biudžeto.
settings-badges-levels-currency = Taškų valiuta
settings-absence = Nebuvimo darbe rodiklis
    .help = Dieną, kai yra šis rodiklis, darbo dienų skaičiavimas iš eilės ilsisi: nei auga, nei nutrūksta.
