name = Mejor que antes
summary = La semana de cada cual se compara con sus propias semanas anteriores; quien mejora tiene premio, hagan lo que hagan los demás.

better = Un { NUMBER($percent, maximumFractionDigits: 1) } % mejor que tus propias semanas anteriores: { NUMBER($now, maximumFractionDigits: 1) } en lugar de { NUMBER($before, maximumFractionDigits: 1) }.

settings-metric = Métrica
    .help = Se compara su media de la semana.
settings-better = Qué es mejor
    .lower = Valores más bajos
    .higher = Valores más altos
settings-percent = Mejora mínima
settings-weeks = Semanas con las que se compara
    .help = Las semanas anteriores, tantas como haya; se necesitan al menos dos.
settings-measures_min = Mediciones mínimas
    .help = Una semana con menos mediciones no se juzga.
settings-points = Puntos
settings-currency = Moneda de los puntos
