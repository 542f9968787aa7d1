badge-in-a-row = Sėkmės ruožas
in-a-row = { $n ->
    [one] { $n } geras įvertinimas iš eilės.
    [few] { $n } geri įvertinimai iš eilės.
    [many] { $n } gero įvertinimo iš eilės.
   *[other] { $n } gerų įvertinimų iš eilės.
}
settings-good = Įvertinimas, nuo kurio skambutis geras
settings-length = Kiek iš eilės
