# Pulto knygos: pristatymai, rodikliai, šaltiniai, pinigai.

page-console-more = Daugiau
page-console-group-results = Rezultatai ir pinigai
page-console-group-works = Kaip veikia
page-console-group-who = Kas ką gali
page-console-older = Senesni
page-console-need-dead = { $n ->
    [one] { $n } žinutės nepavyko pristatyti
    [few] { $n } žinučių nepavyko pristatyti
   *[other] { $n } žinučių nepavyko pristatyti
}
page-console-need-silent = { $source } nieko neatsiuntė jau { $span }

page-console-deliveries = Pristatymai
page-console-ask-deliveries = Kas ir kur išsiųsta?
page-console-lead-deliveries = Kiekviena žinutė pakeliui žmonėms, kambariams ir sistemoms. Tai, ko nepavyko pristatyti, žiūrėtina pirmiausia.
page-console-missing-deliveries = Tokio pristatymo nėra. Gal jis ištrintas suėjus laikui.
page-console-no-deliveries = Čia nieko nėra. Žinutės atsiranda, kai kas nors ką nors gauna.
page-console-delivery-all = Visi
page-console-delivery-dead = nepristatyta
page-console-delivery-pending = pakeliui
page-console-delivery-waiting = laukia tylos valandų pabaigos
page-console-delivery-waits = laukia iki { $until } dėl tylos valandų
page-console-delivery-sent = pristatyta
page-console-delivery-no-channel = nėra kur siųsti
page-console-delivery-cancelled = atšaukta prieš išsiunčiant
page-console-delivery-channel = Kanalas
page-console-delivery-who = Kam: vardas, numeris, kambarys ar sistema
page-console-channel-chat = pokalbis
page-console-channel-mail = paštas
page-console-channel-room = kambarys
page-console-channel-webhook = webhook
page-console-channel-nowhere = nėra
page-console-n-attempts = { $n ->
    [0] dar nebandyta
    [one] { $n } bandymas
    [few] { $n } bandymai
   *[other] { $n } bandymų
}
page-console-retry = Siųsti dar kartą
page-console-retry-dead = Siųsti dar kartą viską, kas nepristatyta
page-console-done-retried = Siunčiama dar kartą.
page-console-problem-not-now = Dabar dar kartą siųsti negalima.
page-console-ask-delivery = Kas nutiko pristatymui { $n }?
page-console-delivery-said = Kas sakoma
page-console-delivery-as-now = Gavėjo kalba. Vardai – dabartiniai.
page-console-delivery-private = Turinį mato tie, kas gali skaityti apie žmones.
page-console-delivery-attempts = Bandymai
page-console-delivery-created = Suplanuota
page-console-delivery-first = Pirmas bandymas
page-console-delivery-last = Paskutinis bandymas
page-console-delivery-next = Kitas bandymas

page-console-measures = Rodikliai
page-console-ask-measures = Kas matuojama?
page-console-lead-measures = Rodikliai iš įvykių gaunami išraiškomis. Pakeitus atsiranda nauja versija; kas veikia, lieka prie savosios.
page-console-no-measures = Katalogas tuščias.
page-console-missing-measure = Tokio rodiklio nėra.
page-console-measure = Rodiklis
page-console-measure-unit = Vienetas
page-console-measure-lower = kuo mažiau, tuo geriau
page-console-measure-types = Įvykiai
page-console-measure-used = Naudoja
page-console-measure-type = Įvykio tipas
page-console-measure-filter = Tik jei
    .help = CEL, kuri duoda taip arba ne. Palikite tuščią, kad tiktų visi.
page-console-measure-value = Vertė
    .help = CEL, kuri duoda skaičių, pavyzdžiui, data.csat.
page-console-measure-per = Padalyta iš
    .help = CEL, kuri duoda skaičių. Palikite tuščią, jei tai ne santykis.
page-console-measure-try = Išbandyti
page-console-measure-try-help = Su naujausiais įvykiais. Nieko nepakeičia, ir niekam nepranešama.
page-console-measure-found = Turi { $n } iš { $all } naujausių įvykių.
page-console-measure-gives = Duoda
page-console-measure-data = Laukai
page-console-measure-left-out = praleista
page-console-measure-nothing = trūksta lauko
page-console-measure-failed = nepavyko
page-console-problem-bad-metric = Išraiškos nepavyksta perskaityti.
page-console-problem-value-missing = Trūksta vertės.

page-console-sources = Šaltiniai
page-console-ask-sources = Iš kur ateina įvykiai?
page-console-lead-sources = Kas atėjo nuo serverio paleidimo.
page-console-no-sources = Nuo serverio paleidimo nieko neatėjo. Šaltiniai atsiranda su pirmu įvykiu.
page-console-source = Šaltinis
page-console-source-unread = nepavyko perskaityti
page-console-source-heard = Paskutinis
page-console-source-hour = Per valandą
page-console-source-lag = Vėluoja
page-console-source-all = Įvykiai
page-console-source-rejected = Atmesta
page-console-source-errors = Kas atmesta
page-console-source-sample = Pavyzdys
page-console-source-sample-help = Laikomas tik atmintyje, kitas jį pakeičia.
page-console-source-raw = Kaip atėjo
page-console-source-made = Įvykis
page-console-source-parked = Įvykiai žmonių, kurių nėra sąraše
page-console-source-parked-help = Jie bus įskaityti, kai tik šie žmonės atsiras sąraše. Vardai čia nesaugomi.
page-console-source-import = Įkelti žmones
page-console-source-agent = Neįskaitomas numeris
page-console-source-events = Įvykiai

page-console-money-page = Pinigai
page-console-ask-money-page = Kas išleista ir kiek liko?
page-console-lead-money-page = Biudžetai duoda skatinimams, skatinimai – žmonėms.
page-console-plan-title = Planas ir kas išleista
page-console-plan-help = Jei išleista didesnė dalis, nei praėjo laiko, biudžeto gali neužtekti.
page-console-no-plan = Joks skatinimas neturi biudžeto.
page-console-allotted = Gali išleisti
page-console-paid = Išleista
page-console-held = Sulaikyta
page-console-left = Liko
page-console-share-spent = Biudžeto
page-console-share-time = Laiko
page-console-open-end = be pabaigos
page-console-books = Knygos
page-console-to-ledger = Didžioji knyga, įrašas po įrašo
page-console-payroll = Atlyginimai
page-console-payroll-help = Viskas, kas įrašyta šiomis dienomis, CSV. Pataisymai – atskiros eilutės.
page-console-through = Iki (imtinai)
page-console-download-csv = Atsisiųsti CSV
page-console-accounts-title = Kas ką turi
page-console-no-accounts = Dar niekas nieko neturi.
page-console-currency = Vienetas
page-console-units = Kiekis
page-console-a-team = komanda
page-console-ledger = Didžioji knyga
page-console-ask-ledger = Kas įrašyta?
page-console-lead-ledger = Naujausi viršuje. Eilutės niekada nekeičiamos: pataisymas – atskira eilutė.
page-console-no-ledger = Tokios eilutės nėra.
page-console-treasury = Iždas
page-console-ledger-kind = Kodėl
page-console-ledger-moves = Kas pajudėjo
page-console-ledger-who = Numeris arba sąskaita
page-console-ledger-row = eilutė { $n }
page-console-ledger-awarded = suteikta
page-console-ledger-corrected = pataisyta
page-console-ledger-reversed = atšaukta
page-console-ledger-adjusted = patikslinta
page-console-ledger-funded = įdėta į biudžetą
page-console-ledger-reserved = atidėta
page-console-ledger-released = grąžinta į biudžetą
page-console-ledger-stocked = įdėta į atsargas
page-console-problem-bad-cursor = Šio puslapio nebėra. Pradėkite iš naujo.

page-console-plugins = Įskiepių versijos
page-console-ask-plugins = Kas su kuria versija veikia?
page-console-lead-plugins = Veikiantis skatinimas lieka prie versijos, su kuria įjungtas, kol kas nors paima kitą.
page-console-runs-with = Kas veikia
page-console-installed = Kas įdiegta
page-console-installed-help = Atpažįstama pagal santrauką, naujausi viršuje. Vardas rodomas, jei kartu gautas parašas, kurio raktą sistema pažįsta (plugins.signers).
page-console-plugin-used = Skatinimai
page-console-plugin-digest = SHA-256
page-console-newer = Naujesnė
page-console-newest = nėra
page-console-fault-column = Gedimas
page-console-versions = Versijos
page-console-ask-versions = Su kuria versija turi veikti { $title }?
page-console-lead-versions = Prieš imdami kitą versiją pažiūrėkite, ką ji pakeistų. Kas galutina, lieka kaip yra.
page-console-no-other-version = Kitos šio įskiepio ar šio skatinimo versijos nėra.
page-console-version-other = Kita versija
page-console-version-look = Kas pasikeistų?
page-console-version-look-help = Iš naujo apskaičiuojama viskas, kas negalutina. Gali užtrukti; nuo to niekas nesikeičia.
page-console-version-changes = { $n ->
    [0] Joks apdovanojimas nebūtų kitoks.
    [one] { $n } apdovanojimas būtų kitoks.
    [few] { $n } apdovanojimai būtų kitokie.
   *[other] { $n } apdovanojimų būtų kitokie.
}
page-console-states-kept = Skaičiai ir serijos tęsiasi nuo ten, kur yra.
page-console-states-anew = Skaičiai ir serijos sudaromi iš naujo nuo skatinimo pradžios.
page-console-upgrade = Imti šią versiją
page-console-rollback = Grįžti prie šios versijos
page-console-version-number = Nr.
page-console-version-by = Kas
page-console-version-current = galioja
page-console-version-back = grįžta prie { $n }
page-console-version-back-to = Atgal prie versijos { $n } ({ $plugin })
page-console-done-version = Perima kita versija.
page-console-problem-no-such-version = Tokios versijos nėra.
page-console-problem-plugin-gone = Tos versijos įskiepis nebeįdiegtas.

page-console-results = Kaip sekasi
page-console-ask-results = Kaip sekasi: { $title }?
page-console-results-found = { $n ->
    [0] Dar niekas nieko negavo.
    [one] Apdovanojimų: { $n }, gavėjų: { $winners }.
   *[other] Apdovanojimų: { $n }, gavėjų: { $winners }.
}
page-console-messages = Žinutės
page-console-message = Kaip atrodė žinutė
page-console-trend = Laikotarpis po laikotarpio
page-console-trend-found = Per paskutinius laikotarpius ({ $n }) duota nuo { $least } iki { $most }; paskutinį – { $last }.
page-console-as-table = Kaip lentelė
page-console-spread = Kaip pasiskirsto
page-console-spread-found = Ką nors gavo { $n } iš { $all } ({ $share }).
page-console-n-awards = { $n ->
    [0] nieko
    [one] { $n } apdovanojimas
    [few] { $n } apdovanojimai
   *[other] { $n } apdovanojimų
}
page-console-n-awards-or-more = { $n } ar daugiau
page-console-award-granted = Suteikti
page-console-award-proposed = Laukia
page-console-award-withheld = Nesuteikti
page-console-award-reversed = Atšaukti
page-console-no-awards = Tokių apdovanojimų nėra.

page-console-reports = Ataskaitos
page-console-ask-reports = Ką tai davė?
page-console-report-days = Kas galioja iš to, kas užsitarnauta nuo { $from } iki { $to }.
page-console-show = Rodyti
page-console-report-incentives = Skatinimai
page-console-report-teams = Komandos
page-console-report-teams-help = Žmogus skaičiuojamas komandai, kurioje buvo, kai užsitarnavo.
page-console-report-sites = Padaliniai
page-console-report-file = { $what }, CSV
page-console-report-empty = Tomis dienomis niekas neveikė.
page-console-missing-report = Tokios ataskaitos nėra.
page-console-report-effect = Rodiklis prieš ir per
page-console-report-effect-help = Pasirinkite skatinimą. Vien skirtumas nieko neįrodo: jame matyti ir sezonas, ir žmonių skaičius, ir kiti pokyčiai.
page-console-effect-help = { $n ->
    [one] Paskutinė jo diena ir diena prieš jam prasidedant; visi, kam jis dabar skirtas.
   *[other] Paskutinės jo dienos ({ $n }) ir tiek pat dienų prieš jam prasidedant; visi, kam jis dabar skirtas.
}
page-console-effect-none = Jis dar neveikė visos dienos arba nieko nematuoja.
page-console-before = Prieš
page-console-during = Per
page-console-effect = Skirtumas
page-console-per-person-day = žmogui per dieną
page-console-n-facts = { $n ->
    [one] { $n } faktas
    [few] { $n } faktai
   *[other] { $n } faktų
}
page-console-on-board = Lentelėje
page-console-share-winning = Dalis
page-console-report-cost = Kaina
page-console-people = Žmonės
page-console-problem-bad-range = Pirma nurodykite pirmą dieną, ir ne daugiau kaip 400 dienų.
page-console-problem-too-many-facts = Faktų per daug, kad būtų galima palyginti iš karto.

# Kas įdedama į biudžetus, ir prizai
page-console-fund-add = Įdėti daugiau
page-console-fund-put-in = Įdėti
page-console-new-budget = Naujas biudžetas
page-console-new-budget-help = Jo valiuta nesikeičia, o kas įdėta, nebeišimama.
page-console-fund-budget = Pavadinimas
    .help = Mažosios raidės, skaitmenys ir brūkšneliai, pavyzdžiui, pavasaris-2026.
page-console-fund-currency = Valiuta
    .help = Pavyzdžiui, points arba eur, jei tai pinigai prie atlyginimo.
page-console-fund-units = Vienetai
page-console-make-budget = Sukurti biudžetą
page-console-wrong-budget-taken = Tokio pavadinimo biudžetas jau yra.
page-console-wrong-stale = Tuo tarpu kažkas pasikeitė: per šią formą arba per kitą žmogų. Pažiūrėkite, kiek yra dabar.
page-console-wrong-prize-taken = Tokio pavadinimo prizas jau yra.
page-console-prizes = Prizai
page-console-no-prizes = Prizų dar nėra. Čia rašomi kuponai, laisvadieniai ir panašūs dalykai su jų kiekiu.
page-console-new-prize = Naujas prizas
page-console-change-prize = Keisti „{ $title }“
page-console-keep-prize = Išsaugoti prizą
page-console-prize-title = Prizas
page-console-prize-stock = Vienetai
page-console-prize-left = Laisvi
page-console-prize-cost = Vieneto vertė
page-console-fund-prize = Pavadinimas
    .help = Kaip jį vadina taisyklės: mažosios raidės, skaitmenys ir brūkšneliai, pavyzdžiui, kinas.
page-console-fund-title = Taip jį mato žmonės
page-console-fund-stock = Vienetai
    .help = Visi, kurie kada nors įdėti, be tų, kurie iškeliavo ne kaip apdovanojimai.
page-console-fund-cost = Vieneto vertė
    .help = Ji rodoma prie atlyginimų ir atimama iš to, ką skatinimas gali išleisti. Tuščia: nieko.
page-console-fund-reason = Priežastis
    .help = Reikalinga, jei vienetų mažiau nei buvo.
page-console-done-funded = Biudžetas papildytas.
page-console-done-prize = Prizas išsaugotas.
page-console-problem-reason-missing = Parašykite, kodėl vienetų mažiau.
page-console-problem-stock-set-aside = Skatinimai yra atidėję daugiau vienetų.
page-console-problem-bad-prize = Tokio prizo išsaugoti negalima.
