page-skip = Pereiti prie turinio
page-home = Visi skatinimai
page-languages = Kalba
page-driven = Šios sistemos laikrodis sukamas ranka. Jis rodo: { $now }.
page-live-on = Atnaujinama tiesiogiai
page-live-off = Tiesiogiai neatnaujinama: perkrauk puslapį ir pamatysi, kas nauja
page-foot = „Plaudit“ rodo, kas jau įskaityta. Pavėluoti įvykiai ir pataisymai skaičiuojami, kol laikotarpis tampa galutinis.

page-missing = Čia nieko nėra
page-missing-incentive = Skatinimo tokiu pavadinimu nėra.
page-missing-period = Tokio laikotarpio šis skatinimas neturi arba jis dar neprasidėjo.
page-missing-draw = Tokio traukimo nėra. Traukimai atsiranda, kai prasideda jų laikotarpis.
page-missing-award = Tokio apdovanojimo nėra. Jei jis būtų atšauktas, puslapis liktų; gal adresas nepilnas.
page-missing-agent = Nieko su šiuo identifikatoriumi nėra arba duomenys ištrinti.
page-missing-address = Šiuo adresu nieko nėra. Galbūt jis įvestas neteisingai arba pasikeitė.
page-missing-page = Puslapio parengti nepavyko; priežastis įrašyta serverio žurnale. Niekas nepakeista.
page-missing-next = Kas vyksta dabar

page-span-moment = akimirka
page-span-minutes = { $n } min.
page-span-hours = { $n } val.
page-span-days = { $n } d.
page-closes-in = iki pabaigos: { $span }
page-closed-ago = baigėsi prieš: { $span }
page-ago = prieš: { $span }
page-whole-time = visas laikas

page-home-title = Kas vyksta dabar?
page-home-lead = Visi skatinimai: kas priekyje ir kada baigiasi.
page-running = Vyksta
page-over = Baigti
page-nothing-runs = Kol kas niekas nevyksta
page-nothing-runs-help = Skatinimai čia atsiras, kai vadovas kurį nors įjungs.
page-state-runs = Vyksta
page-state-paused = Pristabdyta
page-state-before = Dar neprasidėjo
page-state-over = Baigta
page-in-front = Priekyje
page-tickets = Bilietai
page-as-earned = Skiriama, kai tik nusipelnoma
page-and-others = { $name } ir dar { $n }
page-spent = Skirta { $spent } iš { $of }
page-budget = Biudžetas
page-budget-left = Likutis: { $left } iš { $total }
page-given = skirta
page-reserved = rezervuota
page-free = laisva

page-board = Lentelė
page-rank = Vieta
page-name = Vardas
page-value = Reikšmė
page-standing = Padėtis
page-ranked-by = Rikiuojama pagal
page-asked = Kad patektum į lentelę
page-asks-least = { $what }: bent { $bound }
page-asks-most = { $what }: daugiausia { $bound }
page-needs-least = { $what }: { $now }, reikia { $bound }
page-needs-most = { $what }: { $now }, leidžiama iki { $bound }
page-nothing-yet = dar nieko
page-qualified = atitinka sąlygas
page-not-ranked = dar nieko nesuskaičiuota
page-ranked-of = Lentelėje { $n } iš { $all }
page-nobody = Lentelėje dar nieko nėra. Ji pildysis, kai ateis įvykiai.
page-nobody-yet = Dar niekas
page-nothing-ranked = Šis skatinimas neturi nei lentelės, nei traukimo: ką jis skiria, ateina nusipelnius – žinutėmis ir žmonių puslapiuose.
page-periods = Laikotarpiai
page-pages = Puslapiai
page-every-once = Vieną kartą
page-every-day = Kasdien
page-every-week = Kas savaitę
page-every-month = Kas mėnesį
page-every-cron = Pagal savo kalendorių
page-period-open = Atviras: įvykiai skaičiuojami
page-period-closed = Baigtas: pataisymai dar skaičiuojami
page-period-final = Galutinis: niekas nebesikeičia

page-draws = Traukimai
page-draw = Traukimas
page-draw-open = Renkami bilietai
page-draw-sealed = Sąrašas užantspauduotas, sėkla dar neatskleista
page-draw-held = Ištraukta
page-draw-weighted = Kiekvienas bilietas – viena galimybė
page-draw-equal = Visų, turinčių bilietą, galimybės vienodos
page-n-tickets = { $n ->
    [one] { $n } bilietas
    [few] { $n } bilietai
    [many] { $n } bilieto
   *[other] { $n } bilietų
}
page-n-entrants = { $n ->
    [one] Bilietų turėjo { $n } žmogus
    [few] Bilietų turėjo { $n } žmonės
    [many] Bilietų turėjo { $n } žmogaus
   *[other] Bilietų turėjo { $n } žmonių
}
page-n-excluded = Praleistų dalyvių: { $n }; priežastys nurodytos kvite.
page-method = Galimybės
page-drawn-again = Ištraukta iš naujo
page-drawn-again-to = Vieta { $place } atsilaisvino ir teko kitam šio traukimo eilėje: { $name }.
page-drawn-again-none = Vieta { $place } atsilaisvino, bet nebeliko, kam ją skirti.
page-drawn-again-help = Iš naujo nieko nemesta: visų bilietų eilė nustatyta per pirmąjį traukimą. Tai rodo kvito priedas.
page-waits-round = Sąrašas užantspauduotas. Traukimas laukia viešo atsitiktinio skaičiaus: raundas { $round }.
page-tries = Laimėjimai iš karto
page-tries-open = Ar laimėta, aišku iš karto. Kai laikotarpis galutinis, paskelbiami visi bandymai ir sėkla, ir kiekvienas gali juos patikrinti.
page-tries-sealed = Bandymų sąrašas užantspauduotas, sėkla dar neatskleista.
page-tries-revealed = Sėkla atskleista: kiekvienas gali patikrinti kiekvieną bandymą.
page-tries-hash = Bandymų sąrašo maiša
page-n-tries = { $n ->
    [one] { $n } bandymas
    [few] { $n } bandymai
    [many] { $n } bandymo
   *[other] { $n } bandymų
}
page-n-wins = { $n ->
    [one] { $n } laimėjimas
    [few] { $n } laimėjimai
    [many] { $n } laimėjimo
   *[other] { $n } laimėjimų
}
page-seed-hash = Sėklos maiša
page-list-hash = Sąrašo maiša
page-seed = Sėkla
page-digest = Santrauka
page-hash-help = Užsirašyk dabar: po traukimo jos parodys, kad niekas nepakeista.
page-winners = Laimėtojai
page-no-winners = Šį kartą bilietų niekas neturėjo.
page-check-draw = Kvitas ir kaip jį patikrinti
page-won = Kas laimėjo?
page-not-drawn = Dar neištraukta
page-not-drawn-help = Traukiama, kai laikotarpis baigiasi. Kvitas čia atsiras po akimirkos.
page-proves = Ką kvitas įrodo
page-proves-seed = Sėkla nustatyta prieš pirmąjį bilietą: jos maiša paskelbta laikotarpiui prasidedant.
page-proves-list = Bilietai nustatyti prieš atskleidžiant sėklą: pirma paskelbta sąrašo maiša.
page-proves-same = Iš šios sėklos ir šio sąrašo išeina šie laimėtojai ir jokie kiti. Pakartoti traukimą gali bet kas.
page-proves-not = Ko jis neįrodo
page-proves-not-seed = Kad operatorius nežinojo sėklos, kol bilietai dar buvo dalijami. Čia šis traukimas pasitiki operatoriumi.
page-proves-not-beacon = Kad niekas nežinojo viešos atsitiktinės reikšmės, kol sąrašas nebuvo užantspauduotas. Čia šis traukimas pasitiki jos šaltiniu.
page-proves-not-tickets = Kad kiekvienas bilietas pelnytas. Sąrašas rodo, kiek kas turėjo bilietų; kodėl – sako taisyklė ir įvykiai.
page-check = Patikrink pats
page-check-download = Atsisiųsk kvitą. Jame – nepermatomi identifikatoriai, vardų nėra.
page-check-compare = Palygink dvi toliau esančias maišas su paskelbtomis prieš traukimą.
page-check-run = Pakartok traukimą bet kuriame kompiuteryje su „Plaudit“:
page-download = Atsisiųsti kvitą (JSON)
page-holds = Ką tik ištraukta iš naujo: kvitas teisingas.
page-holds-not = Ką tik ištraukta iš naujo: kvitas NETEISINGAS. Nepasitikėk juo ir pranešk operatoriui.
page-entrants = Bilietai pagal nepermatomą identifikatorių
page-id = Identifikatorius
page-sealed-block = Užantspauduota žurnalo bloke { $block }

page-why = Kodėl?
page-why-title = { $what } – { $name }: kodėl?
page-for-whom = Kam
page-incentive = Skatinimas
page-period = Laikotarpis
page-when = Kada
page-status = Būsena
page-status-granted = Galioja
page-status-reversed = Atšaukta: pataisymas pakeitė faktus
page-status-barred = Atšaukta: šiame traukime nebedalyvaujama
page-status-allotment = Pasiekta, bet neskirta: skatinimo biudžetas išnaudotas
page-status-quota = Pasiekta, bet neskirta: visos vietos jau buvo užimtos
page-status-disqualified = Neskirta: šiuo metu skatinime nedalyvaujama
page-status-proposed = Pasiekta, laukia patvirtinimo
page-status-stock = Pasiekta, bet neskirta: atsargos baigėsi
page-status-refused = Neskirta: nepatvirtinta
page-status-undecided = Pasiekta: kas buvo pirmas, paaiškės pasibaigus laikotarpiui
page-decided = Kaip nuspręsta
page-rule = Taisyklė
page-rule-digest = Taisyklės SHA-256
page-block = Įskaityta bloke
page-measures = Kas matuojama
page-metric-version = { $metric } ({ $version } versija)
page-settings = Nustatymai
page-yes = taip
page-no = ne
page-tone-thanks = Ačiū
page-tone-congratulation = Puikiai
page-tone-encouragement = Pirmyn
page-tone-notice = Žinia

page-got = Apdovanojimai ir pagyrimai
page-got-none = Kol kas nieko. Kas pelnyta, čia atsiranda per kelias sekundes.
page-got-cut = Rodoma tik naujausia.
page-why-link = Kodėl

page-metric-average-of = { $metric }, vidurkis
page-metric-total-of = { $metric }, iš viso
page-metric-calls = kontaktai
page-metric-handle-time = aptarnavimo trukmė
page-metric-resolved = išspręsta iš pirmo karto
page-metric-hard-contacts = sudėtingi kontaktai
page-metric-csat = klientų įvertinimas
page-metric-top-ratings = aukščiausi įvertinimai
page-metric-quality = kokybės balas
page-metric-critical-errors = kritinės klaidos
page-metric-complaints = skundai
page-metric-sales = pardavimai
page-metric-sales-amount = pardavimų suma
page-metric-worked-hours = dirbtos valandos
page-metric-adherence = grafiko laikymasis
page-metric-absent = neatvykimai
page-metric-shift = dirbtos pamainos
page-metric-service-level = aptarnavimo lygis
page-metric-abandonment = nesulaukę klientai

page-sign-in = Prisijungti
page-sign-in-title = Prisijungti prie „Plaudit“
page-sign-in-lead = Paskyros kuriamos pakvietus. Jei jos neturi, kreipkis į tą, kas pas jus prižiūri „Plaudit“.
page-sign-in-wrong = Su šiuo adresu ir slaptažodžiu prisijungti nepavyko. Patikrink abu; jei jie teisingi, paskyra gali būti išjungta.
page-sign-in-later = { $n ->
    [one] Per daug bandymų. Bandyk vėl po { $n } minutės.
    [few] Per daug bandymų. Bandyk vėl po { $n } minučių.
   *[other] Per daug bandymų. Bandyk vėl po { $n } minučių.
}
page-sign-in-crowded = Šiuo metu jungiasi daug žmonių. Bandyk vėl po kelių sekundžių.
page-openid-button = Prisijungti per „{ $label }“
page-openid-only = Slaptažodžiai čia skirti tik administratoriams. Naudok mygtuką „Prisijungti per { $label }“.
page-openid-invited = Paskyrą jau turi, slaptažodžio jai nereikia. Prisijunk mygtuku; ten turi būti tas adresas, kuriuo gavai kvietimą.
page-openid-again = Atgal į prisijungimą
page-openid-failed = Prisijungti nepavyko
page-openid-over = Šis bandymas prisijungti nebegalioja: truko per ilgai, jau buvo panaudotas arba pradėtas kitoje naršyklėje.
page-openid-over-help = Grįžk ir pradėk iš naujo viename naršyklės lange; naršyklė turi įsiminti slapukus.
page-openid-no = „{ $label }“ tavęs nepraleido ({ $error }).
page-openid-no-help = Jei sustabdei pats (-i), pradėk iš naujo. Jei ne, kreipkis į tą, kas pas jus prižiūri „{ $label }“.
page-openid-down = „{ $label }“ šiuo metu nepasiekiama.
page-openid-down-help = Bandyk vėl po minutės. Kas čia turi slaptažodį, gali juo naudotis.
page-openid-invalid = „{ $label }“ pateikė atsakymą, kuriuo negalima pasitikėti.
page-openid-invalid-help = Pradėk iš naujo. Jei pasikartos, pranešk tam, kas pas jus prižiūri „Plaudit“: priežastis yra serverio žurnale.
page-openid-nameless = „{ $label }“ nepasakė, kuris adresas yra tavo.
page-openid-nameless-help = Pranešk tam, kas pas jus prižiūri „Plaudit“: nustatymuose netinka sritys arba laukas.
page-openid-unverified = „{ $label }“ nepatvirtino tavo el. pašto adreso.
page-openid-unverified-help = Patvirtink jį ten arba kreipkis į tą, kas pas jus prižiūri „{ $label }“. Tada pradėk iš naujo.
page-openid-unknown = „{ $label }“ tave pažįsta, bet „Plaudit“ tavo paskyros neturi.
page-openid-unknown-help = Paprašyk to, kas pas jus prižiūri „Plaudit“, pakviesti tave adresu, kurį apie tave turi „{ $label }“.
page-openid-other = Paskyra su tavo adresu priklauso kitai „{ $label }“ tapatybei.
page-openid-other-help = Jei ji tavo ir ten turi naują tapatybę, paprašyk to, kas pas jus prižiūri „Plaudit“, nuimti senąją nuo paskyros.
page-openid-disabled = Tavo paskyra išjungta.
page-openid-disabled-help = Kreipkis į tą, kas pas jus prižiūri „Plaudit“.
page-openid-store = „Plaudit“ šiuo metu negalėjo tavęs prijungti.
page-openid-store-help = Bandyk dar kartą. Jei pasikartos, pranešk tam, kas pas jus prižiūri „Plaudit“.
page-demo-accounts = Šios demonstracijos paskyros
page-demo-accounts-help = Tai demonstracija su išgalvotais žmonėmis. Šiomis paskyromis gali naudotis visi; tikroje sistemoje jų nėra.
page-signed-out = Tu atsijungei.
page-mail = El. pašto adresas
page-password = Slaptažodis
page-password-current = Dabartinis slaptažodis
page-password-new = Naujas slaptažodis
page-password-help = Ne mažiau kaip 12 ženklų. Tinka keli žodžiai iš eilės; vardas netinka.
page-password-change = Pakeisti slaptažodį
page-password-ends = Čia liksi prisijungęs (-usi), o visur kitur būsi atjungtas (-a).
page-wrong-password = Dabartinis slaptažodis yra kitas.
page-set-password = Nustatyti slaptažodį
page-weak-short = Per trumpas: reikia bent 12 ženklų.
page-weak-long = Per ilgas: daugiausia 1024 baitai.
page-weak-simple = Kartojasi keli ženklai. Reikia bent 5 skirtingų.
page-weak-known = Didžiąją dalį sudaro tavo vardas arba adresas. Rinkis tai, ko apie tave nežino.
page-shown-name = Vardas
page-bad-mail = Įrašyk el. pašto adresą, pavyzdžiui, vardas@example.com.
page-bad-name = Įrašyk vardą iš 1–200 ženklų.
page-form-problem = Pažiūrėk dar kartą
page-form-elsewhere = Forma buvo atverta per ilgai arba išsiųsta ne iš čia. Niekas nepakeista; išsiųsk ją dar kartą.
page-insecure = Prisijungti galima tik šifruotu ryšiu
page-insecure-help = Šis puslapis atėjo nešifruotas tinklu, kuriame kiti galėtų perskaityti tavo slaptažodį. Naudok adresą su https:// arba paprašyk prižiūrinčiojo „Plaudit“ įrašyti jį į server.public_url.
page-first-title = Kas pirmasis administratorius?
page-first-lead = Čia dar niekas neturi paskyros. Paleidžiamas serveris parodė kodą; jis yra ir faile first-start-code slaptų failų aplanke.
page-first-code = Pirmojo paleidimo kodas
page-first-code-help = Dvidešimt raidžių ir skaitmenų keturiose grupėse.
page-first-code-wrong = Tai ne paskutinio paleidimo kodas. Kiekvieną kartą paleidus sukuriamas naujas.
page-first-submit = Sukurti administratorių
page-invitation-title = Sveiki, { $called }
page-invitation-lead = Pasirink slaptažodį. Prisijungsi juo ir adresu { $mail }.
page-reset-title = Pasirink naują slaptažodį
page-reset-lead = Jis galios adresui { $mail }. Visur, kur esi prisijungęs (-usi), būsi atjungtas (-a).
page-link-over = Ši nuoroda nebegalioja
page-link-over-help = Nuoroda galioja vieną kartą ir ribotą laiką. Paprašyk kitos; kvietimą siunčia administratorius.
page-forgot-title = Pamiršai slaptažodį?
page-forgot-lead = Įrašyk savo paskyros el. pašto adresą. Nuoroda ateis paštu ir galios valandą.
page-forgot-submit = Atsiųsti nuorodą
page-forgot-sent-title = Pažiūrėk į pašto dėžutę
page-forgot-sent = Jei paskyra šiuo adresu yra, nuoroda jau keliauja.
page-forgot-no-mail = Iš čia laiškų siųsti negalima. Nuorodos paprašyk administratoriaus.
page-account-title = Mano paskyra
page-account-language = Puslapių ir laiškų kalba
page-account-saved = Išsaugota.
page-account-changed = Slaptažodis pakeistas. Visur kitur tu atjungtas (-a).
page-save = Išsaugoti
page-sessions = Kur esu prisijungęs (-usi)
page-session-this = šis
page-session-seen = paskutinį kartą naudota prieš { $span }
page-sign-out = Atsijungti
page-sign-out-here = Atsijungti čia
page-sign-out-everywhere = Atsijungti visur
page-own-page = Mano puslapis
page-everywhere = visi padaliniai
page-refused-title = Tau čia neatverta
page-refused-role = Reikia vieno iš šių vaidmenų: { $roles }.
page-refused-reach = Tavo vaidmuo galioja kitiems padaliniams, komandoms ar žmonėms.
page-refused-next = Vaidmenis gali pakeisti administratorius. Čia niekas nepakeista.
page-refused-elsewhere = Užklausa atėjo ne iš šios sistemos puslapio.
page-refused-elsewhere-next = Niekas nepakeista. Atverk puslapį iš naujo ir siųsk formą iš jo.
page-refused-nobody = Pirma prisijunk.
page-role-admin = administratorius
page-role-manager = vadovas
page-role-team-leader = komandos vadovas
page-role-agent = darbuotojas
page-role-rule-developer = taisyklių kūrėjas
page-role-integrator = integratorius
page-role-auditor = auditorius
