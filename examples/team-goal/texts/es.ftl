name = Meta común
summary = Lo que hacen todos se suma; cuando se alcanza una meta, cada cual tiene su parte.

goal = Entre todos habéis llegado a { $at }. Quien estaba en ese momento tiene su parte.
to-go = Entre todos, { $n ->
    [one] falta { NUMBER($n, maximumFractionDigits: 0) }
   *[other] faltan { NUMBER($n, maximumFractionDigits: 0) }
}.
all-reached = Todas las metas están alcanzadas. Bien hecho, entre todos.

settings-metric = Métrica
    .help = Se suman sus valores.
settings-together = Quiénes van juntos
    .team = Cada equipo por su cuenta
    .everyone = Toda la plantilla
settings-goals = Metas
    .help = Primero la más baja.
settings-goals-at = Se alcanza con
settings-goals-points = Puntos para cada persona
settings-currency = Moneda de los puntos
