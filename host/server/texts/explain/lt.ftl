# Kodėl kas nors ką nors gavo arba negavo.

explain-question = Kodėl laimėjau arba kodėl ne?
explain-disqualified = Šiuo metu nedalyvauji skatinime „{ $incentive }“: { $reason }
explain-aside = Pasirinkai nesivaržyti: tavęs nėra lentelėje, o prizai už vietas atitenka kitiems. Visa kita tau lieka kaip ir anksčiau.
explain-not-for-you = Šiuo laikotarpiu „{ $incentive }“ buvo ne tau: nebuvai nė vienoje jo komandoje.
explain-unknown = Sąrašas tavęs dar nepažįsta. Kas pranešta, laukia ir bus įskaityta, kai tik pažins.
explain-won = Gavai: { $what }.
explain-standing-won = Tavo komanda turi: { $what }.
explain-withheld = { $what }. { $status }.
explain-rank = Tavo vieta – { $rank } iš { $ranked }.
explain-rank-open = Kol kas tavo vieta – { $rank } iš { $ranked }.
explain-next = { $next } vieta gauna: { $what }. Trūksta { $missing }.
explain-next-tied = { $next } vieta gauna: { $what }. Jos reikšmė tokia pati, nulėmė papildomas kriterijus.
explain-least = { $what }: turi { $now }, reikia bent { $bound }.
explain-most = { $what }: turi { $now }, leidžiama daugiausia { $bound }.
explain-least-none = { $what }: nieko neišmatuota, o reikia bent { $bound }.
explain-most-none = { $what }: nieko neišmatuota, o lentelė prašo reikšmės, ne didesnės kaip { $bound }.
explain-no-value = Lentelėje tavo dar nieko nėra.
explain-none-counted = Apie tave pranešta faktų: { $n }; neįskaityta nė vieno.
explain-no-facts = Šiuo laikotarpiu apie tave nieko nepranešta.
explain-not-yet = Šiuo laikotarpiu dar nieko nepelnyta.
explain-not-earned = Šiuo laikotarpiu nieko nepelnyta.
explain-uncounted = Neįskaityta { $n } iš { $all } faktų; dažniausia priežastis – { $reason }.
explain-draw-none = Bilietų neturi, todėl tavo vardo traukime nėra.
explain-draw-lost = Turėjai { $own } iš { $all } bilietų, bet ištraukti kiti vardai.
explain-draw-excluded = Traukime nedalyvavai. { $reason }
explain-draw-open = Kol kas turi { $own } iš { $all } bilietų. Traukiama, kai laikotarpis baigiasi.
explain-draw-sealed = Sąrašas užantspauduotas, jame tavo { $own } iš { $all } bilietų. Sėkla bus atskleista netrukus.
explain-draw-later = Kas atėjo po užantspaudavimo, šiam traukimui bilietų nedavė: sąraše – { $own }, pagal dabartinius faktus – { $now }.

explain-because-filter = jų nevertina nė vienas skatinimo rodiklis
explain-because-absent = rodiklio nepavyko apskaičiuoti
explain-because-outside-window = jie ne skatinimo laiku
explain-because-other-period = jie priklauso kitam laikotarpiui
explain-because-not-in-audience = skatinimas tuomet buvo ne tau
explain-because-superseded = jie kito žmogaus arba kito laiko
explain-because-stale = jau buvo atėjęs naujesnis pataisymas
explain-because-retracted = jie atšaukti
explain-because-left-out = kažkas juos atmetė
explain-because-late = jie atėjo laikotarpiui jau tapus galutiniam
explain-because-guard = neįvykdyta lentelės sąlyga
explain-because-cap = pasiekta riba
explain-because-unknown-agent = sąrašas tavęs nepažino
explain-because-no-key = tuomet nebuvai jokioje komandoje

explain-not-filter-type = Šio tipo faktų nevertina nė vienas skatinimo rodiklis.
explain-not-filter-filter = Atmeta rodiklio „{ $metric }“ filtras.
explain-not-filter-field = Rodikliui „{ $metric }“ trūksta duomens, kurio šis faktas neturi.
explain-not-absent = Rodiklio „{ $metric }“ apskaičiuoti nepavyko: { $error }
explain-not-outside-window = Tai įvyko ne skatinimo laiku.
explain-not-other-period = Priklauso laikotarpiui: { $period }.
explain-not-not-in-audience = Tuo metu skatinimas buvo ne tau.
explain-not-superseded = Atėjo pataisymas ({ $when }) ir galioja vietoj jo.
explain-not-superseded-moved = Atėjo pataisymas ({ $when }): tai buvo kitu laiku, { $to }.
explain-not-superseded-another = Atėjo pataisymas ({ $when }): tai buvo kito žmogaus.
explain-not-stale = Jau buvo atėjęs naujesnis pataisymas.
explain-not-retracted = Atšaukta ({ $when }).
explain-not-retracted-alone = Pranešta, kad to nebuvo.
explain-not-left-out = Atmetė { $actor } ({ $when }).
explain-not-late = Atėjo laikotarpiui jau tapus galutiniam ({ $when }).
explain-not-cap = Pasiekta riba: { $value } iš { $target }.
explain-not-unknown-agent = Sąrašas tavęs dar nepažįsta. Faktas laukia.
explain-not-no-key = Skatinimas skirtas komandoms, o tu tuomet nebuvai jokioje.

explain-did-score = { $value } → { $what }
explain-did-ratio = { $value } iš { $weight } → { $what }
explain-did-tickets = { $n ->
    [one] { $n } bilietas
    [few] { $n } bilietai
    [many] { $n } bilieto
   *[other] { $n } bilietų
}
explain-did-award = duoda: { $what }
explain-did-try-won = laimėta iš karto ({ $wins } iš { $of })
explain-did-try-lost = bandyta laimė iš karto ({ $wins } iš { $of }): šį kartą nieko
explain-did-praise = pagyrimas
explain-did-remembered = įsiminta tolesniam laikui
explain-did-nothing = pastebėta, bet nieko nepakeitė
explain-moment-joined = Prisijungei prie tų, kuriems skirta
explain-moment-left = Išėjai iš tų, kuriems skirta
explain-moment-timer = Atėjo taisyklės nustatytas laikas

explain-counted = Kas įskaityta
explain-not-counted = Kas neįskaityta ir kodėl
explain-others = Be fakto
explain-stand = Tavo padėtis
explain-stand-team = Tavo komandos padėtis: { $team }
explain-place = Vieta
explain-place-of = { $rank } iš { $ranked }
explain-unranked = be vietos
explain-got = Ką gavai
explain-reach = Ranka pasiekiama
explain-draw = Traukimas
explain-time = Laikas
explain-fact = Faktas
explain-measured = Išmatuota
explain-effect = Ką davė
explain-reason = Kodėl ne
explain-asked = Reikia
explain-have = Turi
explain-at-least = bent { $bound }
explain-at-most = daugiausia { $bound }
explain-met = įvykdyta
explain-missed = neįvykdyta
explain-tickets-own = Tavo bilietai
explain-tickets-all = Visi bilietai
explain-entrants = Turinčių bilietų
explain-more = Daugiau faktų
explain-first = Nuo pirmojo fakto
explain-watermark = Įskaityta iki
explain-bounds = Nuo, iki
explain-version = Taisyklė
explain-n-counted = { $n ->
    [one] Įskaitytas { $n } faktas
    [few] Įskaityti { $n } faktai
    [many] Įskaityta { $n } fakto
   *[other] Įskaityta { $n } faktų
}
explain-n-not = { $n ->
    [one] Neįskaitytas { $n } faktas
    [few] Neįskaityti { $n } faktai
    [many] Neįskaityta { $n } fakto
   *[other] Neįskaityta { $n } faktų
}
explain-n-other = Kitų rūšių faktų, kurių čia niekas nevertina ir kurie nerodomi: { $n }.
explain-nothing-counted = Šiuo laikotarpiu nieko neįskaityta.
explain-all-counted = Viskas įskaityta.
explain-kept-final = Laikotarpis galutinis. Ką davė kiekvienas faktas, nebesaugoma; faktai, vietos, apdovanojimai ir kvitai išlieka.
explain-kept-too-many = Faktų per daug, kad būtų parodyta, ką davė kiekvienas. Sumos, vietos ir apdovanojimai pateikti visi.
explain-kept-failed = Paklausta iš naujo taisyklė suklydo. Sumos, vietos ir apdovanojimai – tokie, kokie įskaityti.
explain-disagrees = Perskaičiavus šį laikotarpį išėjo ne tai, kas įrašyta. Pranešk operatoriui.
explain-column-zero = dar nieko
