name = Caja sorpresa
summary = Cada cierto número de buenas valoraciones se abre una caja: todas traen algo y, de vez en cuando, un gran premio.

box = { $n ->
    [1] Una buena valoración ha abierto una caja.
   *[other] { $n } buenas valoraciones han abierto una caja.
}
great-prize = El gran premio estaba en tu caja. { $of ->
    [1] Está en todas las cajas.
   *[other] Lo trae una caja de cada { $of }.
}
next-box = { $n ->
    [one] Falta { $n } buena valoración
   *[other] Faltan { $n } buenas valoraciones
} para la próxima caja.

settings-metric = Métrica
settings-at_least = Cuenta desde
    .help = La valoración desde la que un evento cuenta.
settings-every = Cuántas abren una caja
settings-points = Puntos en cada caja
settings-currency = Moneda de los puntos
settings-prize = El gran premio
    .help = Una cosa por su nombre, por ejemplo, un vale.
settings-one_in = Lo trae una caja de cada
    .help = De media; nadie sabe cuál, tampoco la casa. Con 1 lo traen todas.
settings-prizes_max = Grandes premios por periodo
