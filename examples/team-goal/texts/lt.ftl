name = Bendras tikslas
summary = Visų darbas sudedamas; pasiekus tikslą, kiekvienas gauna savo dalį.

goal = Kartu pasiekėte { $at }. Savo dalį gauna kiekvienas, kas tuo metu buvo kartu.
to-go = Visiems kartu liko { NUMBER($n, maximumFractionDigits: 0) }.
all-reached = Visi tikslai pasiekti. Puikiai padirbėta visiems kartu.

settings-metric = Rodiklis
    .help = Jo reikšmės sudedamos.
settings-together = Kas siekia kartu
    .team = Kiekviena komanda atskirai
    .everyone = Visi darbuotojai
settings-goals = Tikslai
    .help = Pirmas – mažiausias.
settings-goals-at = Pasiekiamas ties
settings-goals-points = Taškai kiekvienam
settings-currency = Taškų valiuta
