name = Estafetė
summary = Komandos nariai vienas po kito įveikia savo etapą ir perduoda lazdelę; apdovanojama kiekviena finišavusi komanda.

leg = { $leg ->
    [1] Pirmas etapas įveiktas
    [2] Antras etapas įveiktas
    [3] Trečias etapas įveiktas
   *[other] { $leg } etapas įveiktas
}, iš viso jų { $legs }. Lazdelė perduota – ačiū.
home = Komanda finišavo: įveikti visi etapai ({ $legs }).
first-home = Pirmoji finišavusi komanda.
on-the-way = Įveikta { $n } iš { $all }. Lazdelė kelyje.
badge-first-home = Pirma komanda finiše

settings-metric = Rodiklis
settings-at_least = Skaičiuojama nuo
    .help = Įvykis skaičiuojamas tik tada, jei jo reikšmė ne mažesnė.
settings-leg = Etapo ilgis
    .help = Tiek reikia surinkti, kad lazdelė būtų perduota.
settings-legs = Etapai
    .help = Kiekvieną įveikia vis kitas komandos narys.
settings-rest_hours = Lazdelės poilsis
    .help = Jei tiek laiko niekas neprisideda, lazdelę iš tos vietos gali paimti kitas.
settings-points = Taškai kiekvienam finišavusios komandos nariui
settings-currency = Taškų valiuta
