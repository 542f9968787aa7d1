name = Greitis ir kokybė
summary = Laimi greičiausi, bet tik tie, kurių kokybė gera.

place = { $rank ->
    [1] Pirma vieta
    [2] Antra vieta
    [3] Trečia vieta
   *[other] { $rank } vieta
}: { NUMBER($speed, maximumFractionDigits: 2) } per valandą, kokybė – { NUMBER($quality, maximumFractionDigits: 1) }.

settings-contacts = Kontaktai
    .help = Rodiklis to, kas daroma greitai.
settings-hours = Valandos
    .help = Dirbtų valandų rodiklis.
settings-quality = Kokybė
settings-errors = Kritinės klaidos
    .help = Tų pačių įvykių kaip ir kokybė rodiklis. Padarius bent vieną, į rikiuotę nepatenkama.
settings-quality_min = Kokybė bent
settings-evaluations_min = Vertinimų bent
settings-hours_min = Valandų bent
    .help = Kad viena greita valanda nieko nelaimėtų.
settings-points = Taškai pagal vietą
    .help = Už pirmą vietą, antrą ir taip toliau; esantys lygiai gauna tiek pat.
settings-currency = Taškų valiuta
