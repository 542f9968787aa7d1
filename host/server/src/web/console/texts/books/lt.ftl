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
