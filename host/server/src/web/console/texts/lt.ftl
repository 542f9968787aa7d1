# Vadovo pultas. $what – nustatymas, $title – skatinimas, $share ir $rest – procentai žodžiais.

page-console-today = Šiandien
page-console-gallery = Įskiepiai
page-console-decisions = Sprendimai
page-console-back = Atgal
page-console-look = Žiūrėti
page-console-decide = Spręsti

page-console-ask-today = Kam šiandien manęs reikia?
page-console-nothing-waits = Niekas jūsų nelaukia.
page-console-n-needs = { $n ->
    [one] Sprendimo laukia { $n } dalykas.
    [few] Sprendimo laukia { $n } dalykai.
   *[other] Sprendimo laukia { $n } dalykų.
}
page-console-needs = Kas laukia sprendimo
page-console-need-fault = „{ $title }“ sustojo: suklydo taisyklė
page-console-need-paused = „{ $title }“ pristabdyta
page-console-need-waits = „{ $title }“: traukimas laukia viešo atsitiktinio skaičiaus
page-console-need-approval = { $n ->
    [one] Patvirtinimo laukia { $n } apdovanojimas
    [few] Patvirtinimo laukia { $n } apdovanojimai
   *[other] Patvirtinimo laukia { $n } apdovanojimų
}
page-console-need-late = { $n ->
    [one] { $n } galutiniam laikotarpiui kai kas atėjo per vėlai
    [few] { $n } galutiniams laikotarpiams kai kas atėjo per vėlai
   *[other] { $n } galutinių laikotarpių kai kas atėjo per vėlai
}
page-console-need-drafts = { $n ->
    [one] Dar neįjungtas { $n } juodraštis
    [few] Dar neįjungti { $n } juodraščiai
   *[other] Dar neįjungta { $n } juodraščių
}
page-console-runs = Kas vyksta ir kas baigsis pirmiausia
page-console-closes = Uždaroma
page-console-spent = Biudžetas
page-console-no-money = be biudžeto
page-console-nothing-runs = Dar niekas nevyksta. Pasirinkite įskiepį, išbandykite jį su praeitimi ir įjunkite.
page-console-to-gallery = Pasirinkti įskiepį
page-console-another = Parengti kitą skatinimą
page-console-manage = Tvarkyti
page-console-won = Kas laimėjo nuo vakar
page-console-n-won = { $n ->
    [0] Per pastarąsias 24 valandas niekas.
    [one] Per pastarąsias 24 valandas – { $n } apdovanojimas.
    [few] Per pastarąsias 24 valandas – { $n } apdovanojimai.
   *[other] Per pastarąsias 24 valandas – { $n } apdovanojimų.
}
page-console-n-more = { $n ->
    [one] ir dar { $n }
   *[other] ir dar { $n }
}
page-console-plan = Vykstantiems skatinimams skirta { $planned }, išleista { $paid } ({ $share }).

page-console-ask-gallery = Koks skatinimas tai bus?
page-console-lead-gallery = Pasirinkite, ką jis daro. Parengsite keturiais žingsniais ir išbandysite su praeitimi, kol dar niekas nemato.
page-console-drafts = Dar neįjungta
page-console-a-change = pakeitimas
page-console-untitled = Be pavadinimo
page-console-go-on = Tęsti
page-console-throw-away = Išmesti
page-console-asks = Ko jis klausia
page-console-version = Versija
page-console-set-up = Parengti
page-console-n-running = { $n ->
    [one] Jį naudoja { $n } skatinimas
    [few] Jį naudoja { $n } skatinimai
   *[other] Jį naudoja { $n } skatinimų
}
page-console-no-plugins = Įskiepių neįdiegta
page-console-no-plugins-help = Įskiepiai čia atsiras, kai tik kas nors juos įkels:
page-console-missing-draft = Tokio juodraščio nėra. Gal jis įjungtas arba išmestas.
page-console-missing-plugin = Šis įskiepis nebeįdiegtas.

page-console-steps = Žingsniai
page-console-is-done = (atlikta)
page-console-step-settings = Nustatymai
page-console-step-audience = Dalyviai
page-console-step-time = Laikas
page-console-step-money = Biudžetas
page-console-step-preview = Bandymas
page-console-next = Įrašyti ir tęsti
page-console-stay = Įrašyti
page-console-is-change = Tai pakeis vykstantį skatinimą. Pakeitimas įsigalios, kai jį įjungsite; iki tol niekas nesikeičia.
page-console-ask-settings = Už ką apdovanoti?
page-console-lead-settings = Greitį apdovanokite tik kartu su kokybe ir leiskite ką nors laimėti visiems, kam gerai sekasi.
page-console-ask-audience = Kam tai skirta?
page-console-lead-audience = Padaliniai, komandos ir pavieniai žmonės kartu yra dalyviai. Kas vėliau ateina į komandą, dalyvauja nuo tada.
page-console-ask-time = Kada tai vyksta?
page-console-lead-time = Kiekvienas laikotarpis turi savo lentelę ir savo laimėtojus. Mažai ir dažnai geriau nei daug ir retai.
page-console-ask-money = Kiek tai gali kainuoti?
page-console-lead-money = Daugiau niekada neišleidžiama. Kas pasiekiama vėliau, rodoma, bet neskiriama.
page-console-ask-preview = Kas būtų laimėjęs?
page-console-lead-preview = Išbandykite su praeitimi. Nieko neskiriama ir niekam nepranešama.

page-console-title = Pavadinimas
    .help = Darbuotojai jį mato lentelėse ir žinutėse.
page-console-id = Adresas
    .help = Mažosios raidės, skaitmenys ir brūkšneliai. Palikus tuščią, sudaromas iš pavadinimo. Lieka visam laikui.
page-console-plugin = Įskiepis
page-console-add = Pridėti prie „{ $what }“
page-console-remove = Pašalinti: { $what }
page-console-take-away = Pašalinti
page-console-list-help = Kelis atskirkite kabliataškiais.
page-console-at-least = Ne mažiau kaip { $least }.
page-console-at-most = Ne daugiau kaip { $most }.
page-console-from-to = Nuo { $least } iki { $most }.
page-console-unit-minutes = min.
page-console-unit-seconds = sek.
page-console-unit-hours = val.
page-console-unit-days = d.
page-console-unit-events = įvykiai
page-console-unit-messages = žinutės
page-console-currency-points = taškai
page-console-wrong-missing = Nurodykite reikšmę.
page-console-wrong-number = Nurodykite skaičių.
page-console-wrong-whole = Nurodykite sveikąjį skaičių.
page-console-wrong-least = Nurodykite { $n } ar daugiau.
page-console-wrong-most = Nurodykite { $n } ar mažiau.
page-console-wrong-choice = Pasirinkite vieną.
page-console-wrong-rows-least = Pridėkite bent { $n }.
page-console-wrong-rows-most = Daugiausia { $n }.
page-console-wrong-id = Rašykite nuo 1 iki 64 mažųjų raidžių, skaitmenų ir brūkšnelių.
page-console-wrong-taken = Šį adresą turi ar turėjo kitas skatinimas.

page-console-audience = Dalyviai
page-console-everyone = Visi, dabar ir vėliau
page-console-whole-site = Visas padalinys
page-console-agents = Pavieniai žmonės
    .help = Jų numeriai sąraše, po vieną eilutėje.
page-console-n-people = { $n ->
    [one] { $n } žmogus
    [few] { $n } žmonės
   *[other] { $n } žmonių
}
page-console-nobody-yet = Kol kas niekas
page-console-wrong-nobody = Pasirinkite ką nors.
page-console-wrong-agents = Vieno iš šių numerių sąraše nėra.
page-console-wrong-beyond = Jūsų vaidmuo apima ne visus juos.

page-console-rhythm = Laikotarpis trunka
page-console-cron = Savas kalendorius
    .help = Tik pasirinkus „pagal savo kalendorių“: penki cron laukai, pavyzdžiui, 0 14 * * 1-5.
page-console-zone = Laiko juosta
page-console-first = Pirmoji diena
    .help = Palikus tuščią, prasideda iškart.
page-console-begins = Prasideda, kai užsidaro „{ $title }“ laikotarpis
    .help = „{ $title }“ tada baigiasi.
page-console-follows = Eina po
page-console-last = Paskutinė diena
    .help = Palikus tuščią, pabaiga lieka atvira.
page-console-closings = Artimiausi uždarymai
page-console-first-closing = Pirmasis uždarymas
page-console-no-closings = Su šiomis dienomis nė vieno.
page-console-wrong-day = Nurodykite dieną, pavyzdžiui, 2026-03-02.
page-console-wrong-last = Paskutinė diena ankstesnė už pirmąją.
page-console-wrong-past = Ši diena jau praėjo.
page-console-wrong-cron = Reikia penkių cron laukų, pavyzdžiui, 0 14 * * 1-5.

page-console-money = Biudžetas
page-console-money-help = Palikite eilutę tuščią, jei iš to biudžeto nieko neimate.
page-console-from-budget = Iš „{ $budget }“
page-console-budget-has = Laisva: { $left }.
page-console-no-budgets = Biudžeto nėra. Be jo taškai neskiriami, o ženkleliai ir geras žodis – taip.
page-console-pieces = Atidedami prizai
page-console-stock-has = { $n ->
    [one] Laisvas { $n } vienetas.
    [few] Laisvi { $n } vienetai.
   *[other] Laisva { $n } vienetų.
}
page-console-approval = Patvirtinimas
page-console-approval-help = Didesni pavieniai apdovanojimai laukia, kol juos patvirtins kitas žmogus. Tuščia: nelaukia nė vienas.
page-console-above = Apdovanojimai, didesni nei
page-console-anonymity = Ką darbuotojai mato vieni apie kitus
page-console-anonymity-names = Vardus
page-console-anonymity-initials = Inicialus
page-console-anonymity-neighbours = Tik gretimus
page-console-anonymity-mine = Tik save
page-console-wrong-amount = Nurodykite sveikus kiekius, pavyzdžiui, 5000.

page-console-from = Nuo
page-console-to = Iki (ši diena neįeina)
page-console-try = Išbandyti su šiomis dienomis
page-console-try-again = Bandyti dar kartą
page-console-running = Bandoma …
page-console-computing = Skaičiuojama …
page-console-look-again = Pažiūrėti dar kartą
page-console-stop = Sustabdyti
page-console-n-events = { $n ->
    [one] perskaitytas { $n } įvykis
    [few] perskaityti { $n } įvykiai
   *[other] perskaityta { $n } įvykių
}
page-console-found = { $n ->
    [0] Iš { $all } žmonių niekas nieko nebūtų laimėjęs.
    [one] Ką nors būtų laimėjęs { $n } žmogus iš { $all } ({ $share }); apdovanojimų iš viso { $awards }.
    [few] Ką nors būtų laimėję { $n } žmonės iš { $all } ({ $share }); apdovanojimų iš viso { $awards }.
   *[other] Ką nors būtų laimėję { $n } žmonių iš { $all } ({ $share }); apdovanojimų iš viso { $awards }.
}
page-console-found-teams = { $n ->
    [one] Ką nors būtų laimėjusi { $n } komanda iš { $all } ({ $share }); apdovanojimų iš viso { $awards }.
    [few] Ką nors būtų laimėjusios { $n } komandos iš { $all } ({ $share }); apdovanojimų iš viso { $awards }.
   *[other] Ką nors būtų laimėję { $n } komandų iš { $all } ({ $share }); apdovanojimų iš viso { $awards }.
}
page-console-cost = Būtų kainavę: { $units }.
page-console-cost-short = { $n ->
    [one] Dar { $n } apdovanojimas ({ $units }) nebūtų skirtas: neužtenka biudžeto.
    [few] Dar { $n } apdovanojimai ({ $units }) nebūtų skirti: neužtenka biudžeto.
   *[other] Dar { $n } apdovanojimų ({ $units }) nebūtų skirta: neužtenka biudžeto.
}
page-console-over-quota = { $n ->
    [one] { $n } apdovanojimas būtų atėjęs, kai visos vietos jau užimtos.
    [few] { $n } apdovanojimai būtų atėję, kai visos vietos jau užimtos.
   *[other] { $n } apdovanojimų būtų atėję, kai visos vietos jau užimtos.
}
page-console-read = Įskaityta { $selected } įvykių iš { $read }.
page-console-draws-are-examples = Traukimai tik pavyzdiniai: tikrieji turi kitas sėklas ir kitus laimėtojus.
page-console-hints = Atkreipkite dėmesį
page-console-hint-nobody = Niekas nieko nebūtų laimėjęs. Gal kartelė per aukšta, o gal dienų per mažai?
page-console-hint-more = { $group }: laimi daug dažniau – { $share } iš jų ir { $rest } iš visų kitų.
page-console-hint-less = { $group }: laimi daug rečiau – { $share } iš jų ir { $rest } iš visų kitų.
page-console-hint-per-hour = Tai galėtų pakeisti rikiavimas pagal darbo valandą.
page-console-hint-top = Geriausiajam dešimtadaliui tenka { $share } ({ $currency }).
page-console-hint-same = Laimi tik { $share }, o iš jų { $again } laimi vis iš naujo.
page-console-group-full-time = Visas etatas
page-console-group-part-time = Dalis etato
page-console-group-half-time-or-less = Pusė etato ar mažiau
page-console-group-new = Nauji (iki 90 dienų)
page-console-group-first-year = Pirmieji metai
page-console-group-one-to-three-years = Nuo vienų iki trejų metų
page-console-group-three-years-and-more = Treji metai ir daugiau
page-console-group-unknown = Nežinoma
page-console-group-no-team = Be komandos
page-console-by-hours = Pagal etatą
page-console-by-tenure = Pagal stažą
page-console-by-team = Pagal komandą
page-console-winners = Laimėtojai
page-console-awards = Apdovanojimai
page-console-worth = Vertė
page-console-what = Kas
page-console-cost-by-period = Kaina pagal laikotarpį
page-console-bars = Nuo { $least } iki { $most }.
page-console-bars-one = { $most }.
page-console-preview-fault = Su šiomis dienomis taisyklė suklydo. Čia tai, kas buvo nuspręsta iki tol.
page-console-preview-failed = Išbandyti nepavyko.
page-console-what-enabled = Kas bus įjungta
page-console-what-changes = Kas galios nuo tada
page-console-not-yet = Kas trukdo
page-console-enable = Įjungti
page-console-enable-change = Įjungti pakeitimą
page-console-kept = Iki tol tai juodraštis. Kas vadovauja tiems patiems žmonėms, randa jį tarp įskiepių ir taip pat gali įjungti.
page-console-somebody-else = Tai liko juodraštis. Kas gali įjungti skatinimus, randa jį tarp įskiepių.

page-console-ask-manage = Ką daryti su „{ $title }“?
page-console-as-enabled = Kaip įjungta
page-console-not-yours = Tai skirta ir žmonėms už jūsų ribų, todėl keisti gali tik platesnį vaidmenį turintis žmogus.
page-console-fault = Suklydo jo taisyklė
page-console-settled-to = Viskas iki žurnalo bloko { $block } nuspręsta. Kas po jo, nedingo.
page-console-fault-choices = Tęskite, kad bandytų dar kartą, pakeiskite nustatymus ar įskiepį arba užbaikite. Įvykį įvardija serverio žurnalas.
page-console-again-title = Pakeisti arba kopijuoti
page-console-again-help = Kiekvienas pradeda juodraštį su viskuo, kas yra dabar. Pakeitimas pataiso ir einantį laikotarpį; kiti nustatymai nuo kito laikotarpio palieka jį tokį, koks buvo paskelbtas.
page-console-next-period = Kiti nustatymai nuo kito laikotarpio
page-console-change = Pakeisti
page-console-copy = Kopijuoti
page-console-pause = Pristabdyti
page-console-pause-help = Įvykiai laukia ir nedingsta: tęsiant visi įskaitomi.
page-console-resume = Tęsti
page-console-resume-help = Tęsiama nuo ten, kur sustota; kas tuo metu atėjo, įskaitoma.
page-console-extend = Kita paskutinė diena
page-console-extend-submit = Nustatyti paskutinę dieną
page-console-disqualify = Ką nors pašalinti
page-console-disqualify-help = Nuo šiol čia nieko negauna, o kas dar negalutina, atšaukiama. Priežastį perskaito. Atšaukti negalima.
page-console-disqualify-submit = Pašalinti
page-console-who = Ką
    .help = Vardas arba numeris sąraše.
page-console-reason = Priežastis
    .help = Žmogus ją perskaitys.
page-console-reason-help = Žmogus ją perskaitys.
page-console-end = Užbaigti anksčiau
page-console-end-help = Atviras laikotarpis uždaromas dabar. Šiuo adresu daugiau niekada nebevyks.
page-console-end-submit = Užbaigti visam laikui
page-console-confirm = Patvirtinkite: įrašykite „{ $id }“
page-console-wrong-confirm = Įrašykite adresą tiksliai taip, kaip parodyta.
page-console-wrong-reason = Nurodykite priežastį: žmogus ją perskaitys.
page-console-wrong-who = Nė vienas dalyvis neturi tokio vardo ar numerio.
page-console-wrong-two = Šį vardą turi keli žmonės. Nurodykite numerį.
page-console-done-enabled = Įjungta.
page-console-done-pause = Pristabdyta.
page-console-done-resume = Vyksta toliau.
page-console-done-end = Baigta.
page-console-done-extended = Paskutinė diena nustatyta.
page-console-done-disqualified = Pašalinta.
page-console-done-approved = Patvirtinta: jau skiriama.
page-console-done-refused = Atmesta: žmogus skaito, kodėl.
page-console-done-accepted = Priimta: skirtumas įrašomas.
page-console-done-left = Palikta, kaip yra.

page-console-ask-decisions = Ką turiu nuspręsti?
page-console-approvals = Apdovanojimai, laukiantys patvirtinimo
page-console-no-approvals = Nė vienas nelaukia. Čia atsiranda tie, kurie didesni už skatinimo patvirtinimo ribą.
page-console-approve = Patvirtinti
page-console-refuse = Atmesti
page-console-adjustments = Kas atėjo per vėlai
page-console-adjustments-help = Galutinis laikotarpis pats nesikeičia. Palyginkite, kas galiotų, su tuo, kas galioja, ir spręskite.
page-console-no-adjustments = Niekas nevėlavo.
page-console-n-late = { $n ->
    [one] { $n } faktas atėjo, kai jau buvo galutinis.
    [few] { $n } faktai atėjo, kai jau buvo galutinis.
   *[other] { $n } faktų atėjo, kai jau buvo galutinis.
}
page-console-compare = Palyginti
page-console-ask-difference = Kas galiotų „{ $title }“?
page-console-found-differences = { $n ->
    [0] Niekas nesiskirtų, nors vėlavo { $late } faktų.
    [one] Kitaip galiotų { $n } apdovanojimas; vėlavusių faktų: { $late }.
    [few] Kitaip galiotų { $n } apdovanojimai; vėlavusių faktų: { $late }.
   *[other] Kitaip galiotų { $n } apdovanojimų; vėlavusių faktų: { $late }.
}
page-console-costs = Kainuoja: { $units }.
page-console-comes-back = Grįžta: { $units }.
page-console-difference = Skirtumas
page-console-difference-new = nauja
page-console-difference-changed = pakeista
page-console-difference-gone = dingsta
page-console-difference-withheld = neskiriama: visos vietos užimtos
page-console-moved = Juda
page-console-accept = Priimti šiuos skirtumus
page-console-leave = Palikti, kaip yra
page-console-not-affordable = Skatinimo biudžeto tam neužtenka. Pirma jį padidinkite.

page-console-not-done = To padaryti nepavyko
page-console-problem = Serveris atsisakė. Nieko nepakeista.
page-console-problem-from-elsewhere = Ši forma buvo atidaryta per ilgai arba atėjo ne iš čia. Nieko nepakeista; atverkite puslapį iš naujo.
page-console-problem-reach = Jūsų vaidmuo apima ne visus, kam tai skirta.
page-console-problem-own-incentive = Šį skatinimą įjungėte ar pakeitėte jūs, o sau niekas netvirtina. Tai turi padaryti kitas.
page-console-problem-own-award = Tai skirta jums, o sau niekas netvirtina. Tai turi padaryti kitas.
page-console-problem-not-proposed = Kažkas jau nusprendė.
page-console-problem-incentive-ended = Jis baigtas, o jo adresas daugiau nenaudojamas.
page-console-problem-taken = Šį adresą jau turi kitas skatinimas. Pirmajame žingsnyje pasirinkite kitą.
page-console-problem-bad-settings = Tokių nustatymų šis įskiepis nepriima.
page-console-problem-plugin-fault = Su šiais nustatymais įskiepis suklydo.
page-console-problem-unknown-plugin = Šis įskiepis nebeįdiegtas.
page-console-problem-unknown-metric = Įskiepiui reikia rodiklio, kurio namai neturi.
page-console-problem-unknown-audience = Pasirinkite, kam tai skirta.
page-console-problem-bad-periods = Dienos ir laikotarpiai nedera.
page-console-problem-bad-title = Pavadinkite: nuo 1 iki 200 ženklų.
page-console-problem-bad-name = Pasirinkite kitą adresą: mažosios raidės, skaitmenys ir brūkšneliai.
page-console-problem-bad-allotment = Neteisingas kiekis.
page-console-problem-bad-approval = Neteisinga patvirtinimo riba.
page-console-problem-over-budget = Biudžete nėra tiek, kiek prašoma.
page-console-problem-unknown-budget = Tokio biudžeto nebėra.
page-console-problem-unknown-prize = Tokio prizo nebėra.
page-console-problem-bad-window = Su šiomis dienomis bandyti negalima: pirmoji turi būti prieš paskutinę, abi ne po šiandienos, daugiausia 400 dienų.
page-console-problem-previews-busy = Dabar skatinimus bando kiti. Pabandykite po kelių sekundžių.
page-console-problem-difference-changed = Skirtumas jau kitas. Štai koks jis dabar.
page-console-problem-not-final = Šis laikotarpis dar negalutinis: kas ateina, įskaitoma savaime.
page-console-problem-busy = Namai užimti. Pabandykite po kelių sekundžių.
page-console-problem-not-found = To nebėra.

page-console-roster = Žmonės
page-console-ask-roster = Kas kur dirba?
page-console-lead-roster = Žmonių – { $agents }, komandų – { $teams }, padalinių – { $sites }. Vardus ir adresus galima ištrinti; kas kada kurioje komandoje buvo, yra istorija.
page-console-parked = { $n ->
    [one] Laukia { $n } įvykis žmogaus, kurio sąraše nėra. Jis bus įskaitytas, kai tik žmogus atsiras.
    [few] Laukia { $n } įvykiai žmonių, kurių sąraše nėra. Jie bus įskaityti, kai tik žmonės atsiras.
   *[other] Laukia { $n } įvykių žmonių, kurių sąraše nėra. Jie bus įskaityti, kai tik žmonės atsiras.
}
page-console-need-parked = { $n ->
    [one] { $n } įvykis yra žmogaus, kurio sąraše nėra
    [few] { $n } įvykiai yra žmonių, kurių sąraše nėra
   *[other] { $n } įvykių yra žmonių, kurių sąraše nėra
}
page-console-roster-csv = Sąrašas CSV formatu
page-console-roster-help = Įklijuokite failą su šiais stulpeliais bet kuria tvarka; būtini tik agent ir name. Pamatysite, kas pasikeistų, dar nieko nepakeitę.
page-console-roster-look = Parodyti, kas pasikeistų
page-console-roster-look-again = Parodyti dar kartą
page-console-roster-import = Importuoti būtent tai
page-console-roster-found = Naujų – { $new }, pakeistų – { $changed }, be pakeitimų – { $same }.
page-console-roster-agent = Numeris
page-console-roster-outcome = Būsena
page-console-roster-changes = Kas keičiasi
page-console-roster-new = nauja
page-console-roster-changed = keičiasi
page-console-roster-name = vardas
page-console-roster-mail = paštas
page-console-roster-chat = pokalbiai
page-console-roster-locale = kalba
page-console-roster-zone = laiko juosta
page-console-roster-terms = komanda ir etatas
page-console-roster-hired = priėmimo diena
page-console-roster-line = { $line } eilutė, { $column }, „{ $value }“:
page-console-done-imported = Importuota.
page-console-problem-bad-roster = Nieko nepakeista: kai kurios eilutės neteisingos.

page-console-accounts = Paskyros
page-console-ask-accounts = Kas gali įeiti?
page-console-lead-accounts = Su jomis žmonės prisijungia. Ką jie gali, lemia vaidmenys.
page-console-account-active = gali prisijungti
page-console-account-invited = pakviesta
page-console-account-disabled = išjungta
page-console-account-invite = Pakviesti žmogų
page-console-account-agent = Numeris sąraše
page-console-account-agent-help = Darbuotojo, kuris jis yra. Jo reikia darbuotojo vaidmeniui.
page-console-account-link = Laiško išsiųsti nepavyko. Šią nuorodą perduokite patys; ji rodoma tik dabar:
page-console-account-send = Siųsti kitą nuorodą
page-console-account-send-help = Su ja pasirenkamas slaptažodis. Ankstesnės nuorodos nebegalioja.
page-console-account-unlink = Nuimti tapatybę
page-console-account-unlink-help = Jungtasi per „OpenID Connect“. Po to naujai susiejamas tas, kas ateis su šiuo ten patvirtintu adresu; seansai baigsis.
page-console-account-disable = Išjungti
page-console-account-disable-help = Iškart atjungiama ir prisijungti negalima, kol vėl neįjungta.
page-console-account-enable = Vėl įjungti
page-console-roles = Vaidmenys
page-console-places = Kur
page-console-places-help = Vadovams: visi namai arba padaliniai ir komandos. Komandų vadovams: komandos.
page-console-role-admin = Viską.
page-console-role-manager = Skatinimai, žmonės ir sprendimai.
page-console-role-team-leader = Mato savo komandą.
page-console-role-agent = Mato savo dalykus.
page-console-role-rule-developer = Įkelia ir bando įskiepius; neįjungia nė vieno.
page-console-role-integrator = Siunčia įvykius.
page-console-role-auditor = Skaito knygas.
page-console-done-invited = Pakviesta: nuoroda jau pakeliui.
page-console-done-changed = Įrašyta.
page-console-done-account-disable = Išjungta.
page-console-done-account-enable = Įjungta.
page-console-done-account-invite = Nuoroda jau pakeliui.
page-console-done-account-unlink = Tapatybė nuimta.
page-console-done-account-sign-out = Visur atsijungta.
page-console-problem-bad-account = Kažkas šioje paskyroje neteisinga.
page-console-problem-mail-taken = Šį pašto adresą turi kita paskyra.
page-console-problem-last-admin = Kas nors turi likti administratoriumi.
page-console-problem-account-disabled = Paskyra išjungta. Pirma ją įjunkite.
page-console-problem-changed-meanwhile = Tuo metu kažkas tai pakeitė. Pažiūrėkite dar kartą.
page-console-audit = Pakeitimų žurnalas
page-console-ask-audit = Kas ką pakeitė?
page-console-lead-audit = Kiekvienas pakeitimas, naujausi viršuje. Vardų, adresų ir paslapčių jame nėra.
page-console-audit-object = Apie
page-console-audit-find = Ieškoti
page-console-audit-none = Tokio pakeitimo nėra.
page-console-audit-what = Prieš ir po
page-console-audit-before = Prieš
page-console-audit-after = Po
page-console-audit-older = Senesni pakeitimai
page-console-audit-token = Raktas
page-console-audit-command-line = Komandų eilutė
page-console-audit-stranger = Neprisijungęs žmogus

page-console-leave-out = Praleisti vieną įvykį
page-console-leave-out-help = Tik šiam skatinimui, kai jis vis suklysta ties tuo pačiu įvykiu. Kitiems įvykis įskaitomas.
page-console-block = Žurnalo blokas
page-console-index = Vieta bloke, nuo 0
page-console-done-left-out = Šiam skatinimui įvykis praleistas.
page-console-signed-by = Pasirašė { $name }
page-console-unsigned = Nepasirašytas
page-console-signature = Parašas

# Prieigos raktai
page-console-tokens = Prieigos raktai
page-console-ask-tokens = Kurios programos gali prisijungti?
page-console-lead-tokens = Programos ir salės lentos jungiasi su prieigos raktu. Jis parodomas vieną kartą: saugoma tik jo santrauka.
page-console-no-tokens = Prieigos raktų nėra.
page-console-new-token = Naujas prieigos raktas
page-console-make-token = Sukurti raktą
page-console-token-name = Kam jis skirtas
page-console-token-unnamed = Parašykite, kam raktas skirtas.
page-console-token-expires = Galioja iki
    .help = Paskutinė diena pagal UTC. Tuščia: kol bus panaikintas.
page-console-token-scopes = Ką jis gali
page-console-token-scopeless = Pasirinkite bent vieną.
page-console-scope-ingest = Siųsti įvykius ir nieko daugiau.
page-console-scope-read = Skaityti lenteles, apdovanojimus, likučius ir būseną.
page-console-scope-manage = Keisti ir spręsti, ką sprendžia vadovai: skatinimai, pinigai, tvirtinimai, žmonių sąrašas; skaityti vardus ir atlyginimus.
page-console-scope-admin = Viską, taip pat raktus, įskiepius ir šaltinius.
page-console-scope-wall = Rodyti salės lentą ir nieko daugiau.
page-console-token-by = Sukūrė
page-console-token-created = Sukurtas
page-console-token-until = Iki
page-console-token-holds = galioja
page-console-token-expired = nebegalioja
page-console-token-revoked = panaikintas
page-console-token-secret = Nukopijuokite raktą dabar. Daugiau jis nebus rodomas.
page-console-token-wall = Salės lentos adresas:
page-console-token-wrong-confirm = Įrašykite pavadinimą tiksliai taip, kaip parodyta.
page-console-revoke = Panaikinti
page-console-revoke-help = Kas juo naudosis, nebebus įleidžiamas. Atšaukti negalima.
page-console-done-revoked = Raktas panaikintas.
page-console-problem-bad-token = Tokio rakto sukurti negalima.
page-console-problem-too-many-tokens = Raktų per daug.

# Padaliniai ir komandos
page-console-places-page = Padaliniai ir komandos
page-console-ask-places = Kur žmonės dirba?
page-console-lead-places = Padalinys turi laiko juostą, komanda – padalinį. Kas kurioje komandoje, rašoma čia:
page-console-places-sites = Padaliniai
page-console-places-teams = Komandos
page-console-no-sites = Padalinių dar nėra. Pradėkite nuo pirmojo.
page-console-no-teams = Komandų dar nėra.
page-console-new-site = Naujas padalinys
page-console-new-team = Nauja komanda
page-console-change-place = Keisti „{ $title }“
page-console-place-site = Padalinys
    .help = Trumpas pavadinimas failams ir taisyklėms: mažosios raidės, skaitmenys ir brūkšneliai, pavyzdžiui, vilnius.
page-console-place-team = Komanda
    .help = Trumpas pavadinimas failams ir taisyklėms: mažosios raidės, skaitmenys ir brūkšneliai, pavyzdžiui, zalia.
page-console-place-title = Taip mato žmonės
page-console-place-zone = Laiko juosta
    .help = Kaip ją vadina IANA, pavyzdžiui, Europe/Vilnius.
page-console-place-holidays = Nedarbo dienos
    .help = Dienos, kai niekas nedirba, pavyzdžiui, 2026-05-01, atskirtos kableliais.
page-console-place-teams = Komandos
page-console-place-of-site = Padalinys
page-console-place-queues = Eilės
    .help = Kas jose gaunama, pasiekia komandą. Atskirkite kableliais.
page-console-wrong-zone = Nurodykite juostą, pavyzdžiui, Europe/Vilnius.
page-console-wrong-place-taken = Toks pavadinimas jau yra.
page-console-done-place = Išsaugota.
