name = Rapidez con calidad
summary = Ganan los más rápidos, pero solo si su calidad es buena.

place = { $rank ->
    [1] Primer puesto
    [2] Segundo puesto
    [3] Tercer puesto
   *[other] Puesto { $rank }
} con { NUMBER($speed, maximumFractionDigits: 2) } por hora y una calidad de { NUMBER($quality, maximumFractionDigits: 1) }.

settings-contacts = Contactos
    .help = La métrica de lo que se hace con rapidez.
settings-hours = Horas
    .help = La métrica de las horas trabajadas.
settings-quality = Calidad
settings-errors = Errores críticos
    .help = Una métrica de los mismos eventos que la calidad. Con uno solo ya no se entra en la clasificación.
settings-quality_min = Calidad mínima
settings-evaluations_min = Evaluaciones mínimas
settings-hours_min = Horas mínimas
    .help = Para que una sola hora rápida no gane nada.
settings-points = Puntos por puesto
    .help = Para el primero, el segundo y así sucesivamente; quienes empatan reciben lo mismo.
settings-currency = Moneda de los puntos
