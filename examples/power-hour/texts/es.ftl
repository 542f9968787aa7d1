name = Hora estelar
summary = Durante una hora al día, cada uno da puntos extra, hasta un tope justo.

begins = Empieza la hora estelar, hasta las { $until }. Los primeros { $cap } dan puntos extra; sin prisas.
within-the-hour = Dentro de la hora estelar: { $n } de { $cap } hoy.

settings-metric = Métrica
settings-from = Desde
    .help = Según el reloj del lugar donde trabaja el agente, por ejemplo, 15:00.
settings-until = Hasta
    .help = Lo que ocurre en ese mismo minuto ya no cuenta.
settings-points = Puntos por cada uno
settings-currency = Moneda de los puntos
settings-daily_cap = Tope diario
    .help = Tantos dan puntos; después nadie tiene que correr.
