# Darbuotojo dienos, komandos vadovo ir salės lentos puslapiai, ir kvitų tikrintuvas. $span yra trukmė, pavyzdžiui, „3 val.“.

page-day-nav = Mano diena
page-day-title = Kas man pasiekiama?
page-day-nothing-next = Kitas pasiekiamas dalykas atsiras čia, kai tik kas nors bus įskaityta.
page-day-today = Šiandien
page-day-points = Taškai
page-day-badges = Ženkleliai
page-day-prizes = Prizai
page-day-words = Geri žodžiai
page-day-within-reach = Taip pat pasiekiama
page-day-places = Mano vieta
page-day-place-of = iš { $n }
page-day-not-ranked = dar be vietos
page-day-draws = Traukimai, kuriuose dalyvauju
page-day-of-all = iš { $all }
page-day-no-tickets = Bilieto dar nėra: kaip jį gauti, parašyta skatinimo puslapyje.
page-day-drawn-after = iki pabaigos: { $span }
page-day-not-drawn = Šįkart neištraukta
page-day-all = Viskas, ką gavau
page-day-wallet = Mano sąskaitoje
page-day-wallet-link = Visi įrašai
page-day-badges-all = Mano ženkleliai
page-day-settings-link = Mano nustatymai ir duomenys
page-day-nobody = Šis puslapis skirtas sąraše esantiems žmonėms. Tavo paskyra nepriklauso nė vienam iš jų; tai gali pakeisti administratorius.
page-day-wallet-title = Kas yra mano sąskaitoje?
page-day-entries = Pastarųjų trijų mėnesių įrašai
page-day-entries-none = Per pastaruosius tris mėnesius nieko neįrašyta.
page-day-awarded = skirta
page-day-corrected = pataisyta
page-day-reversed = atsiimta po pataisymo
page-day-adjusted = pakoregavo vadovas
page-day-settings-title = Mano nustatymai
page-day-appear = Kaip mane mato kiti
page-day-appear-help = Lentelėse, tarp laimėtojų ir salės lentoje. Kur skatinimas slepia vardus, tavo vardas paslėptas bet kuriuo atveju. Komandos vadovas ir kiti tavo vadovai mato tavo vardą.
page-day-appear-name = Vardu: { $name }
page-day-appear-initials = Inicialais: { $name }
page-day-appear-none = Pasirink vieną iš dviejų būdų, kaip tave mato kiti.
page-day-channels = Kur man pranešti
page-day-channels-help = Tavo puslapyje viskas yra iškart ir visada. Pataisymas siunčiamas ten, kur buvo pirmoji žinutė.
page-day-channels-none = Nėra nei tavo pokalbių, nei el. pašto adreso, todėl viskas lieka tik tavo puslapyje.
page-day-channels-awards = Apdovanojimai ir kas su jais nutinka
page-day-channels-praise = Pagyrimai
page-day-channel-chat = Tiesioginė žinutė pokalbiuose
page-day-channel-mail = El. paštas
page-day-quiet = Kada manęs netrukdyti
page-day-quiet-help = Kas ateina tomis valandomis, laukia jų pabaigos. Savo puslapyje viską matai iškart. Tada pasakomi ir pagyrimai.
page-day-quiet-house = Kaip čia įprasta: { $hours }
page-day-quiet-house-never = Kaip čia įprasta: niekada
page-day-quiet-never = Niekada
page-day-quiet-own = Mano pasirinktu laiku
page-day-quiet-from = Nuo
page-day-quiet-to = Iki
page-day-quiet-days-off = Taip pat mano laisvadieniais
page-day-quiet-and-days-off = { $hours } ir laisvadieniais
page-day-quiet-only-days-off = laisvadieniais
page-day-quiet-wrong = Nurodyk du skirtingus laikus, pavyzdžiui, 20:00 ir 08:00.
page-day-quiet-choose = Pasirink vieną iš trijų galimybių.
page-day-compete = Varžymasis
page-day-compete-help = Kas nesivaržo, nėra jokioje lentelėje ir negauna prizų už vietas. Padėkos, pagyrimai, ženkleliai, taškai už tai, ką padarai pats (-i), komandos rezultatai ir traukimai lieka kaip buvę. Niekam apie tai nepranešama; tavo vardo tiesiog nėra lentelėse. Tai galioja visiems dar nepasibaigusiems laikotarpiams, ir bet kada gali grįžti.
page-day-compete-yes = Varžausi su kitais
page-day-compete-no = Nesivaržau
page-day-compete-choose = Pasirink, ar varžaisi.
page-day-account-link = Kalba, slaptažodis ir prisijungimai
page-day-data = Mano duomenys
page-day-data-help = Viskas, kas apie tave saugoma, viename faile: vardas ir adresai, paskyra ir prisijungimai, darbo sąlygos, apdovanojimai su priežastimis, įrašai ir įskaityti faktai.
page-day-data-download = Atsisiųsti mano duomenis (JSON)

page-floor-team-nav = Mano komanda
page-floor-teams-title = Kuri komanda?
page-floor-no-team = Tavo vaidmuo neapima nė vienos komandos. Tai gali pakeisti administratorius.
page-floor-n-people = { $n ->
    [one] { $n } žmogus
    [few] { $n } žmonės
    [many] { $n } žmogaus
   *[other] { $n } žmonių
}
page-floor-missing-team = Tokios komandos nėra.
page-floor-team-title = Kaip šiandien sekasi mano komandai?
page-floor-word = Tavo žodis padėtų
page-floor-hard = { $n ->
    [one] Darbuotojas { $name } šiandien turėjo { $n } sudėtingą kontaktą. Tavo žodis gali padėti.
    [few] Darbuotojas { $name } šiandien turėjo { $n } sudėtingus kontaktus. Tavo žodis gali padėti.
    [many] Darbuotojas { $name } šiandien turėjo { $n } sudėtingo kontakto. Tavo žodis gali padėti.
   *[other] Darbuotojas { $name } šiandien turėjo { $n } sudėtingų kontaktų. Tavo žodis gali padėti.
}
page-floor-got = Šiandien pelnyta
page-floor-people = Visi
page-floor-other-teams = Kitos komandos

page-check-here-help = Ši naršyklė gali pakartoti traukimą pagal kvitą savo programa.
page-check-here = Patikrinti šioje naršyklėje
page-check-running = Traukiama iš naujo…
page-check-holds = Kvitas teisingas: iš šios sėklos ir šio sąrašo išeina šie laimėtojai.
page-check-broken = Kvitas NETEISINGAS. Nepasitikėk juo ir pranešk operatoriui.
page-check-unfetched = Kvito gauti nepavyko. Niekas nepatikrinta; bandyk dar kartą.
page-check-insecure = Šis puslapis atėjo nešifruotas, todėl naršyklė neskaičiuoja maišos. Naudok toliau nurodytus būdus arba adresą su https://.
page-check-form = Jis parašytas tiksliai taip, kaip rašomi kvitai.
page-check-seed = Sėkla atitinka savo maišą, kuri rodoma šiame puslapyje ir buvo paskelbta anksčiau.
page-check-list = Bilietai atitinka sąrašo maišą.
page-check-beacon = Viešoji atsitiktinė reikšmė atitinka savo parašą. Pats parašas čia netikrinamas.
page-check-draw-again = Traukiant iš naujo laimi tie patys žmonės ta pačia tvarka.
page-check-said = Jame pasakyta, ką jis įrodo ir ko ne.
page-check-digest = Jo santrauka atitinka visą turinį.
page-check-appendix = Kiekviena iš naujo paskirta vieta atiteko kitam tos pačios eilės žmogui.
page-check-seen = Ši naršyklė matė sėklos maišą, kai bilietai dar buvo renkami. Ji ta pati.
page-check-own = Tavo bilietai yra sąraše.
page-check-elsewhere = Arba savo programa

page-wall-title = Salės lenta
page-wall-nothing = Dar nėra ką rodyti
page-wall-cheers = Ką tik pelnyta
page-wall-no-cheers = Čia bus tie, kurie ką nors pelnė.
page-wall-next-draw = Iki kito traukimo
page-wall-off = Ryšys nutrūko: rodoma ne tai, kas dabar
page-wall-over = Šios lentos adresas nebegalioja
page-wall-over-help = Jis atšauktas arba baigėsi jo laikas. Naują gali sukurti tas, kas prižiūri „Plaudit“.
page-wall-somebody = Kažkas
page-wall-tickets = { $n ->
    [one] bilietas traukime
    [few] bilietai traukime
    [many] bilieto traukime
   *[other] bilietų traukime
}
