badge-in-a-row = En racha
in-a-row = { $n ->
    [one] Una buena valoración.
   *[other] { $n } buenas valoraciones seguidas.
}
settings-good = Valoración a partir de la cual una llamada es buena
settings-length = Cuántas seguidas
