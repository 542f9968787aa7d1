badge-streak = Sėkmės ruožas
streak = { $n ->
    [one] { $n } geras skambutis iš eilės!
    [few] { $n } geri skambučiai iš eilės!
    [many] { $n } gero skambučio iš eilės!
   *[other] { $n } gerų skambučių iš eilės!
}
settings-good = Įvertinimas, nuo kurio skambutis geras
settings-length = Kiek iš eilės
