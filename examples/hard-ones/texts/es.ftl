name = Los difíciles
summary = Los contactos difíciles resueltos a la primera dan puntos, hasta un límite justo; el primero del día da más.

hard-one = { $n ->
    [one] Un contacto difícil, resuelto a la primera: el primero de hoy.
   *[other] Un contacto difícil, resuelto a la primera: el número { $n } de hoy.
}
opener = El primer contacto difícil resuelto de hoy.

settings-points = Puntos por cada uno
settings-daily_cap = Como máximo al día
    .help = Tantos dan puntos; después nadie tiene que buscar contactos difíciles.
settings-opener = Puntos por el primero del día
settings-currency = Moneda de los puntos
