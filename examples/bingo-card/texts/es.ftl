name = Cartón de bingo
summary = Nueve casillas: cada línea da puntos, y el cartón completo, más que ninguna.

line = { $line ->
    [1] La primera fila está completa.
    [2] La segunda fila está completa.
    [3] La tercera fila está completa.
    [4] La primera columna está completa.
    [5] La segunda columna está completa.
    [6] La tercera columna está completa.
   *[other] Una diagonal está completa.
}
full-card = Bingo: las nueve casillas están marcadas.
squares = { $n ->
    [one] { $n } casilla marcada
   *[other] { $n } casillas marcadas
} de 9.
badge-bingo = Cartón completo

settings-squares = Las nueve casillas
    .help = Fila por fila, desde arriba a la izquierda.
settings-squares-metric = Métrica
settings-squares-at_least = Cuenta desde
    .help = Un evento solo cuenta si su valor es al menos este, por ejemplo, una valoración de 5.
settings-squares-times = Veces para marcarla
settings-line_points = Puntos por línea
    .help = Una fila, una columna o una diagonal: el cartón tiene ocho.
settings-card_points = Puntos por el cartón completo
settings-currency = Moneda de los puntos
