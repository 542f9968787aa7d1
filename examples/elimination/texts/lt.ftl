name = Iki paskutinių
summary = Kiekvieną laikotarpį paskutinis iškrinta, kol lieka keli; tada prasideda naujas sezonas.

out = Jūsų sezonas baigiasi čia: paskutinę dieną – { NUMBER($done, maximumFractionDigits: 0) }. Žaidžiančiųjų lieka { $remaining }. Ačiū už gražią kovą.
remained = Jūs – tarp išlikusiųjų iki { $season } sezono pabaigos.

settings-metric = Rodiklis
    .help = Laikotarpio reikšmės sudedamos. Kas neturi nė vienos (laisvadienis), lieka žaidime.
settings-survivors = Kiek išlieka
settings-prize = Prizas kiekvienam išlikusiam
