name = Geriau nei anksčiau
summary = Kiekvieno savaitė lyginama su jo paties ankstesnėmis savaitėmis; apdovanojamas tas, kas tobulėja, kad ir ką darytų kiti.

better = Geriau nei ankstesnėmis jūsų savaitėmis: skirtumas – { NUMBER($percent, maximumFractionDigits: 1) } %, dabar { NUMBER($now, maximumFractionDigits: 1) }, anksčiau { NUMBER($before, maximumFractionDigits: 1) }.

settings-metric = Rodiklis
    .help = Lyginamas jo savaitės vidurkis.
settings-better = Kas yra geriau
    .lower = Mažesnės reikšmės
    .higher = Didesnės reikšmės
settings-percent = Geriau bent
settings-weeks = Su kiek savaičių lyginama
    .help = Ankstesnės savaitės, kiek jų yra; reikia bent dviejų.
settings-measures_min = Matavimų bent
    .help = Savaitė, kurią matavimų mažiau, nevertinama.
settings-points = Taškai
settings-currency = Taškų valiuta
