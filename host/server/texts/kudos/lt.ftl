# Padėkos žmogaus žmogui: ką sako žinutės ir puslapiai. $name dėkoja.

kudos-says = { $name } sako:
kudos-thanks = { $name } tau dėkoja.
kudos-others = { $name } padėkojo kolegai. Gavėjas: { $to }.
kudos-link = Visos padėkos →

kudos-word-help = Ačiū už pagalbą.
kudos-word-well-handled = Puikiai susitvarkei, atvejis buvo sunkus.
kudos-word-great-work = Puikus darbas šiandien.
kudos-word-learned = Šiandien iš tavęs kai ko išmokau.
kudos-word-good-hands = Klientas buvo gerose rankose.
kudos-word-hard-morning = Buvo sunkus metas, o tu nepraradai ramybės.
kudos-word-glad-here = Šiandien nelengva. Gera, kad esi čia.

page-thanks-word = Padėka
page-thanks-title = Kam noriu padėkoti?
page-thanks-link = Padėkoti ir pamatyti visas savo padėkas
page-thanks-say = Padėkoti
page-thanks-given-n = { $n ->
    [one] Šį mėnesį išsiųsta { $n } padėka iš { $limit }.
    [few] Šį mėnesį išsiųstos { $n } padėkos iš { $limit }.
   *[other] Šį mėnesį išsiųsta { $n } padėkų iš { $limit }.
}
page-thanks-whom = Kam?
page-thanks-nobody = Šiuo metu sąraše nėra kitų tavo komandos narių.
page-thanks-to = Padėka. Gavėjas: { $name }
page-thanks-ready = Vienas paspaudimas išsiunčia šiuos žodžius gavėjo kalba.
page-thanks-own-words = Arba savais žodžiais
page-thanks-own-words-help = Daugiausia 280 ženklų. Skaitysite tik judu ir tie, kas vadovauja komandai.
page-thanks-reviewed = Prieš išsiunčiant perskaitys kas nors iš vadovaujančių komandai.
page-thanks-send = Siųsti
page-thanks-somebody-else = Kam nors kitam
page-thanks-got = Gautos padėkos
page-thanks-got-none = Čia matysi, už ką tau dėkoja kolegos.
page-thanks-given = Išsiųstos padėkos
page-thanks-given-none = Čia matysi, kam padėkota.
page-thanks-hidden = Paslėptos
page-thanks-hide = Slėpti
page-thanks-show = Vėl rodyti
page-thanks-report = Pranešti
page-thanks-report-help = Peržiūrės kas nors iš vadovaujančių komandai. Rašęs žmogus apie tai nesužinos.
page-thanks-state-held = laukia peržiūros
page-thanks-state-reported = pranešta
page-thanks-state-removed = pašalinta
page-thanks-done-sent = Padėka jau keliauja.
page-thanks-done-held = Padėka išsaugota ir iškeliaus, kai ją kas nors perskaitys.
page-thanks-done-hide = Paslėpta. Sąrašo gale galima vėl ją rodyti.
page-thanks-done-show = Vėl rodoma.
page-thanks-done-report = Pranešta. Kas nors peržiūrės.

page-kudos-title = Kurioms padėkoms reikia manęs?
page-kudos-none = Jokia padėka tavęs nelaukia.
page-kudos-n-wait = { $n ->
    [one] Tavęs laukia { $n } padėka
    [few] Tavęs laukia { $n } padėkos
   *[other] Tavęs laukia { $n } padėkų
}
page-kudos-waiting = Laukia
page-kudos-held = prieš išsiunčiant
page-kudos-reported = pranešta
page-kudos-between = { $from } → { $to }
page-kudos-let-through = Praleisti
page-kudos-keep = Palikti
page-kudos-bring-back = Grąžinti
page-kudos-remove = Pašalinti
page-kudos-removed = Pašalintos
page-kudos-reason-help = Tai perskaitys padėkos autorius.
page-kudos-what = Čia laukia tai, ką rašo kolegos, jei taip nustatyta, ir tai, apie ką pranešta. Paruošti žodžiai niekada nelaukia.
page-kudos-done-keep = Padėka matoma.
page-kudos-done-remove = Pašalinta. Žemiau galima ją grąžinti.

page-console-problem-kudos-limit = Šį mėnesį padėkų riba jau pasiekta. Kitas mėnuo prasideda iš naujo.
page-console-problem-kudos-to-oneself = Padėka skirta kitam žmogui.
page-console-problem-bad-kudos = Pasirink žodžius arba parašyk ne daugiau kaip 280 ženklų.
page-console-problem-own-kudos = Tai tavo duota arba gauta padėka: turi nuspręsti kas nors kitas.
