name = Pagyrimai
summary = Laiku padėkoja, pasveikina ar padrąsina – nei per dažnai, nei naktį.

top-rating-1 = Klientas ką tik įvertino jus aukščiausiu balu. Ačiū už rūpestį.
top-rating-2 = Po šio pokalbio kažkas liko patenkintas ir rado laiko tai pasakyti. Ačiū.
top-rating-3 = Kliento įvertinimas – { $n }. Geriau nebūna. Ačiū.
top-rating-4 = Kažkam šiandien jūsų dėka lengviau. Tas žmogus tai pastebėjo, pastebėjome ir mes.

quality-1 = Jūsų kokybės vertinimas – { $n }. Štai kas yra kruopštus darbas.
quality-2 = Grįžo jūsų vertinimas: { $n }. Matyti, kiek į tai įdėjote.
quality-3 = Klausantis šio pokalbio girdėti, kad savo darbą išmanote: { $n }.
quality-4 = Kokybės balas – { $n }. Puikiai padirbėta.

nth-today-1 = Šiandien jau { $n }. Ačiū, kad nesustojate.
nth-today-2 = Jau { $n } per šiandien. Pasirąžykite, išgerkite stiklinę vandens – ir ačiū.
nth-today-3 = Šiandienos skaičius – { $n }. Viskas susideda, ir viskas svarbu.
nth-today-4 = Jūsų šiandienos sąskaitoje – { $n }. Ačiū už darbą, kuris už to slypi.

personal-best-1 = Tai geriausia jūsų diena iki šiol: { $n } jau viršyta.
personal-best-2 = Senasis jūsų rekordas, { $n }, jau praeityje. Puikiai padirbėta.
personal-best-3 = Tokios dienos dar neturėjote: jau daugiau nei { $n }, o ji dar nesibaigė.
personal-best-4 = Naujas asmeninis rekordas. Ankstesnis buvo { $n }.

streak = { $n ->
    [one] { $n } geras rezultatas iš eilės
    [few] { $n } geri rezultatai iš eilės
    [many] { $n } gero rezultato iš eilės
   *[other] { $n } gerų rezultatų iš eilės
}
comeback-1 = Pastarieji buvo sunkūs, bet jūs viską apvertėte: { streak }.
comeback-2 = Po sunkaus tarpsnio – { streak }. Tam reikia charakterio.
comeback-3 = Sunkūs tarpsniai praeina. Jūsiškis ką tik praėjo, ir tai jūsų nuopelnas.
comeback-4 = Nenuleidote rankų, kai buvo nelengva, ir tai matyti. Džiugu.

hard-contact-1 = Tai buvo nelengva. Ačiū, kad pasiekėte pabaigą.
hard-contact-2 = Sunkūs pokalbiai atima jėgų. Susitvarkėte; dabar atsikvėpkite.
hard-contact-3 = Ačiū, kad išlikote ramūs, kai buvo sunku.
hard-contact-4 = Šis pokalbis pareikalavo daug, ir jūs tai atidavėte. Ačiū.

years = { $n ->
    [one] { $n } metai
    [few] { $n } metai
    [many] { $n } metų
   *[other] { $n } metų
}
anniversary-1 = Šiandien sukanka { years }, kai esate su mumis. Ačiū, kad čia esate.
anniversary-2 = Šiandien – lygiai { years }, kai prie mūsų prisijungėte. Džiaugiamės, kad taip nutiko.
anniversary-3 = Nuo šiandien kartu jau { years }. Tebūnie geri ir kiti.
anniversary-4 = Su darbo sukaktimi: { years }, ir kiekviena diena buvo pastebėta.

settings-top_rating = Aukščiausias kliento įvertinimas
settings-top_rating-on = Įjungta
settings-top_rating-metric = Rodiklis
settings-top_rating-at_least = Nuo
settings-quality = Geras kokybės vertinimas
settings-quality-on = Įjungta
settings-quality-metric = Rodiklis
settings-quality-at_least = Nuo
settings-nth_today = Kelintas šiandien
settings-nth_today-on = Įjungta
settings-nth_today-metric = Rodiklis
settings-nth_today-at = Ties
    .help = Vietos dienos kiekiai, didėjančia tvarka.
settings-personal_best = Asmeninis rekordas
    .help = Per dieną daugiau nei bet kada anksčiau.
settings-personal_best-on = Įjungta
settings-personal_best-metric = Rodiklis
settings-personal_best-after = Įsibėgėjimas
    .help = Kiek dienų su bent vienu turi praeiti, kad rekordą būtų galima pagerinti.
settings-comeback = Sugrįžimas
    .help = Vėl geri rezultatai po prasto tarpsnio.
settings-comeback-on = Įjungta
settings-comeback-metric = Rodiklis
settings-comeback-last = Prastas tarpsnis – iš paskutinių
settings-comeback-below = Prastas, kai jų vidurkis mažesnis nei
settings-comeback-good = Vėl gerai po
    .help = Tiek gerų iš eilės.
settings-comeback-at_least = Geras nuo
settings-hard_contact = Užbaigtas sunkus pokalbis
settings-hard_contact-on = Įjungta
settings-hard_contact-metric = Rodiklis
settings-anniversary = Įsidarbinimo metinės
    .help = 09:00 vietos laiku; priimtieji vasario 29 d. kitais metais švenčia 28 d.
settings-anniversary-on = Įjungta
settings-cooldown_minutes = Pauzė tarp žinučių
    .help = Po žinutės tas pats žmogus tiek laiko kitos negauna, išskyrus metines.
settings-no_repeat = Tekstas nekartojamas per
    .help = Teksto nėra tarp tiek paskutinių to paties žmogaus žinučių. Kiekviena proga turi keturis tekstus: nuo 4 gali nebelikti nė vieno, ir tada nieko nesakoma.
settings-quiet = Tylos valandos
settings-quiet-on = Įjungta
settings-quiet-from = Nuo
    .help = Pavyzdžiui, 20:00; gali tęstis per vidurnaktį.
settings-quiet-to = Iki
settings-quiet-defer = Pasakyti vėliau
    .help = Kas įvyksta per paskutines dvi tylos valandas, pasakoma joms pasibaigus; jei progų kelios – svarbiausia. Visa kita nutylima.
