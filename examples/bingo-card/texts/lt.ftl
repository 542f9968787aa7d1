name = Bingo kortelė
summary = Devyni langeliai: taškų duoda kiekviena eilė, o daugiausia – visa kortelė.

line = { $line ->
    [1] Užpildyta pirma eilutė.
    [2] Užpildyta antra eilutė.
    [3] Užpildyta trečia eilutė.
    [4] Užpildytas pirmas stulpelis.
    [5] Užpildytas antras stulpelis.
    [6] Užpildytas trečias stulpelis.
   *[other] Užpildyta įstrižainė.
}
full-card = Bingo: pažymėti visi devyni langeliai.
squares = Pažymėta langelių: { $n } iš 9.
badge-bingo = Visa kortelė

settings-squares = Devyni langeliai
    .help = Eilutė po eilutės, pradedant nuo viršaus kairėje.
settings-squares-metric = Rodiklis
settings-squares-at_least = Skaičiuojama nuo
    .help = Įvykis skaičiuojamas tik tada, jei jo reikšmė ne mažesnė, pavyzdžiui, įvertinimas 5.
settings-squares-times = Kiek kartų reikia
settings-line_points = Taškai už eilę
    .help = Eilutę, stulpelį arba įstrižainę: kortelėje jų aštuonios.
settings-card_points = Taškai už visą kortelę
settings-currency = Taškų valiuta
