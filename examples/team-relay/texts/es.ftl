name = Relevos
summary = Uno tras otro, los del equipo corren un tramo y entregan el testigo; todo equipo que llega a la meta tiene premio.

leg = { $leg ->
    [1] El primer tramo es tuyo
    [2] El segundo tramo es tuyo
    [3] El tercer tramo es tuyo
   *[other] El tramo { $leg } es tuyo
}, de { $legs }. El testigo ya está entregado: gracias.
home = El equipo ha llegado a la meta: los { $legs } tramos están corridos.
first-home = El primer equipo en llegar a la meta.
on-the-way = { $n } de { $all }. El testigo está en camino.
badge-first-home = Primer equipo en la meta

settings-metric = Métrica
settings-at_least = Cuenta desde
    .help = Un evento solo cuenta si su valor es al menos este.
settings-leg = Longitud de un tramo
    .help = Tantos cuentan antes de entregar el testigo.
settings-legs = Tramos
    .help = Cada uno lo corre otra persona del equipo.
settings-rest_hours = Descanso del testigo
    .help = Tras tanto tiempo sin ninguno, quien siga puede recogerlo donde quedó.
settings-points = Puntos para cada miembro de un equipo que llega a la meta
settings-currency = Moneda de los puntos
