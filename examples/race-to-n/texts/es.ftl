name = Carrera
summary = Ganan los primeros que llegan a un número.

finish = Has llegado a { $n } entre los { $winners } primeros.
left = { $n ->
    [0] Has llegado al número.
    [one] Falta { $n }.
   *[other] Faltan { $n }.
}

settings-metric = Métrica
settings-target = Cuántos hacen falta
settings-winners = Cuántos ganan
settings-prize = El premio
    .help = Una cosa por su nombre, por ejemplo, un vale.
settings-every = Una carrera por cada
    .help = Tan larga como los periodos del incentivo: las plazas son las de un periodo.
    .day = Día
    .week = Semana
    .month = Mes
