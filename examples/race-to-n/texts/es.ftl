name = Carrera
summary = Ganan los primeros que llegan a un número.

begins = Empieza una nueva carrera hasta { $n }: premios para los { $winners } primeros.
finish = { $place ->
    [0] Has llegado a { $n }.
    [1] Has llegado a { $n } en primer lugar.
    [2] Has llegado a { $n } en segundo lugar.
    [3] Has llegado a { $n } en tercer lugar.
   *[other] Has llegado a { $n } en el puesto { $place } de los { $winners } con premio.
}
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
