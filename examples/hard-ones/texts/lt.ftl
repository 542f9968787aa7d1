name = Sunkieji
summary = Už sunkius iš karto išspręstus kontaktus skiriama taškų, iki sąžiningos ribos; už pirmąjį dienos – daugiau.

hard-one = { $n ->
    [1] Sunkus kontaktas, išspręstas iš karto: pirmasis šiandien.
   *[other] Sunkus kontaktas, išspręstas iš karto: { $n }-as šiandien.
}
opener = Pirmasis šiandien išspręstas sunkus kontaktas.

settings-points = Taškai už kiekvieną
settings-daily_cap = Dienos riba
    .help = Tiek jų duoda taškų; paskui niekam nereikia ieškoti sunkių kontaktų.
settings-opener = Taškai už pirmąjį dienos
settings-currency = Taškų valiuta
