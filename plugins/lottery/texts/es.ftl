name = Sorteo
summary = El buen trabajo da boletos, con un tope diario justo y una calidad que hay que mantener, y un sorteo que cualquiera puede comprobar reparte los premios.

drawn = { $places ->
    [one] Ha salido tu nombre.
   *[other] Ha salido tu nombre para el premio { $place } de { $places }.
}{ $winners ->
    [one] {""}
   *[other] {" "}Este premio tiene { $winners } ganadores.
}
won-instantly = Has ganado al momento: { $of ->
    [one] todos los intentos ganan.
   *[other] gana uno de cada { $of } intentos.
}
below-quality = La media de { $metric } fue { NUMBER($value, maximumFractionDigits: 2) }; el sorteo pide al menos { NUMBER($at_least, maximumFractionDigits: 2) }.
quality-unmeasured = { $metric } no se midió en este periodo; el sorteo pide una media de al menos { NUMBER($at_least, maximumFractionDigits: 2) }.
tickets-today = { $n ->
    [0] Hoy aún sin boletos
    [one] { $n } boleto hoy
   *[other] { $n } boletos hoy
}{ $cap ->
    [0] .
   *[other] , de { $cap } al día como máximo.
}

badge-lucky = Con suerte

settings-earn = Qué da boletos
settings-earn-metric = Métrica
settings-earn-tickets = Boletos
    .help = Por cada evento, o por cada cantidad completa si se indica una.
settings-earn-for_each = Por cada cantidad de
    .help = Suma los valores y da los boletos cada vez que se completa esta cantidad, como una hora o 100 de ventas. Sin ella los da cada evento.
settings-earn-at_least = Cuenta desde
    .help = Un evento solo cuenta si su valor llega al menos a este, como una valoración de 5.
settings-earn-daily_cap = Tope diario
    .help = Como máximo estos boletos de este tipo en un día local del agente.
settings-daily_cap = Tope diario para todo
    .help = Como máximo estos boletos en total en un día local del agente, para que nadie tenga que correr.
settings-guard = Calidad
    .help = Quien queda por debajo no entra en el sorteo, y el recibo lo dice.
settings-guard-metric = Métrica
settings-guard-at_least = Como mínimo
    .help = La media del periodo.
settings-guard-unmeasured = Quien no tiene mediciones
    .take-part = Participa
    .left-out = Queda fuera
settings-method = Probabilidades
    .weighted = Cada boleto cuenta
    .equal = Todos los que tienen un boleto tienen la misma probabilidad
settings-prizes = Premios
    .help = Se sortean en este orden. Nadie gana dos veces en un mismo sorteo.
settings-prizes-winners = Ganadores
settings-prizes-reward = Recompensa
settings-prizes-reward-points = Puntos
settings-prizes-reward-currency = Moneda de los puntos
settings-prizes-reward-badge = Insignia
settings-prizes-reward-prize = Objeto
    .help = Un premio por su nombre, como un vale.
settings-instant = Premios al momento
    .help = Con ellos el sorteo puede prescindir de boletos y premios finales.
settings-instant-metric = Métrica
    .help = Cada evento con ella es un intento; sigue siendo el mismo por más que se corrija el evento.
settings-instant-at_least = Cuenta desde
    .help = Un evento solo cuenta si su valor es al menos este, como una valoración de 5.
settings-instant-one_in = Un premio de cada
    .help = De media, uno de tantos intentos gana. Con 1 se gana siempre.
settings-instant-wins_max = Premios por periodo
    .help = Como máximo tantos en total; quien gana después no recibe nada. Sin este límite, solo acaba con la asignación.
settings-instant-reward = Recompensa
settings-instant-reward-points = Puntos
settings-instant-reward-currency = Moneda de los puntos
settings-instant-reward-badge = Insignia
settings-instant-reward-prize = Objeto
    .help = Un premio por su nombre, como un vale.
