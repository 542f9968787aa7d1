name = Concurso
summary = Ordena a agentes o equipos por lo que hacen, con la calidad que pidas, y premia a los primeros y a todos los que superan una marca.

score = { $shown ->
    [percent] { NUMBER($value, style: "percent", maximumFractionDigits: 1) }
   *[number] { NUMBER($value, maximumFractionDigits: 2) }
}{ $measure ->
    [none] {""}
   *[other] {" "}{ $measure }
}
mark = { $shown ->
    [percent] { NUMBER($bar, style: "percent", maximumFractionDigits: 1) }
   *[number] { NUMBER($bar, maximumFractionDigits: 2) }
}

place = { $rank ->
    [1] Primer puesto
    [2] Segundo puesto
    [3] Tercer puesto
   *[other] Puesto { $rank }
} de { $ranked }, con { score }.{ decision }{ equality }
place-team = { $team } queda en el { $rank ->
    [1] primer puesto
    [2] segundo puesto
    [3] tercer puesto
   *[other] puesto { $rank }
} de { $ranked }, con { score }.{ decision }{ equality }
decision = { $decider ->
    [none] {""}
   *[other] {" "}Había otro resultado igual y decidió { $decider }: { NUMBER($deciding, maximumFractionDigits: 2) }.
}
equality = { $equals ->
    [0] {""}
    [one] {" "}Hay otro resultado en el mismo puesto{ division }
   *[other] {" "}Hay otros { $equals } resultados en el mismo puesto{ division }
}
division = { $ties ->
    [split] : los puntos de los puestos empatados se reparten a partes iguales, redondeando hacia abajo.
   *[share] : cada uno recibe el premio completo.
}
past-the-bar = Has llegado a { score }. La marca para todos era { mark }.
past-the-bar-team = { $team } ha llegado a { score }. La marca para todos era { mark }.

progress = Hoy: { score }.{ $bar ->
    [none] {""}
   *[other] {" "}La marca es { mark }.
}
progress-new-day = Empieza un nuevo día; aún no hay nada contado.

badge-champion = Campeón
badge-gold = Oro
badge-silver = Plata
badge-bronze = Bronce

settings-who = Quién compite
    .agents = Agentes, cada cual por su cuenta
    .teams = Equipos, por lo que hacen sus agentes
settings-metrics = Qué se clasifica
    .help = Cada métrica multiplicada por su peso, todo sumado. Premia la rapidez solo junto con la calidad: mira las condiciones.
settings-metrics-metric = Métrica
settings-metrics-by = Se calcula como
    .help = La media para valoraciones, porcentajes y otras proporciones; el total para todo lo que se cuenta.
    .total = Total: todo sumado
    .average = Media: para valoraciones, porcentajes y otras proporciones
settings-metrics-weight = Peso
    .help = Lo que vale una unidad. Los pesos negativos restan.
settings-per_hour_of = Por cada unidad de
    .help = Divide el resultado entre el total de esta métrica, por ejemplo las horas trabajadas: así quien trabaja a tiempo parcial tiene las mismas posibilidades.
settings-lowest_first = El valor más bajo es el mejor
settings-minimum = Mínimo para entrar en la clasificación
settings-minimum-metric = Métrica
settings-minimum-at_least = Como mínimo
    .help = El total del periodo. Que esté al alcance de quien trabaja a tiempo parcial.
settings-guards = Condiciones
    .help = Quien no cumple una aparece, pero no se clasifica. Lo que nunca se midió no la cumple, salvo que sea un total con límite superior.
settings-guards-metric = Métrica
settings-guards-by = Se calcula como
    .total = Total: todo sumado
    .average = Media: para valoraciones, porcentajes y otras proporciones
settings-guards-at_least = Como mínimo
settings-guards-at_most = Como máximo
settings-tie_breaks = Desempates
    .help = Entre valores iguales decide el primero que los distingue, y el mensaje lo dice.
settings-tie_breaks-metric = Métrica
settings-tie_breaks-by = Se calcula como
    .total = Total: todo sumado
    .average = Media: para valoraciones, porcentajes y otras proporciones
settings-tie_breaks-lowest_first = Gana el más bajo
settings-ties = Puestos iguales
    .help = Qué ocurre cuando ningún desempate decide.
    .share = Cada uno recibe el premio completo
    .split = Se reparten los puntos de los puestos empatados
settings-prizes = Premios para los primeros
settings-prizes-rank = Puesto
settings-prizes-reward = Recompensa
settings-prizes-reward-points = Puntos
    .help = En un concurso de equipos los recibe cada miembro.
settings-prizes-reward-currency = Moneda de los puntos
settings-prizes-reward-badge = Insignia
    .help = Su nombre. En un concurso de equipos la recibe el equipo.
settings-prizes-reward-prize = Objeto
    .help = Un premio por su nombre, como un vale. En un concurso de equipos lo recibe el equipo.
settings-bar = Premio para todos los que pasan de un valor
    .help = Además de los premios para los primeros, para que pueda ganar todo el que lo hace bien.
settings-bar-value = Valor que hay que alcanzar
    .help = Tal como se clasifica. Si el valor más bajo es el mejor, este o menos.
settings-bar-reward = Recompensa
settings-bar-reward-points = Puntos
    .help = En un concurso de equipos los recibe cada miembro.
settings-bar-reward-currency = Moneda de los puntos
settings-bar-reward-badge = Insignia
    .help = Su nombre. En un concurso de equipos la recibe el equipo.
settings-bar-reward-prize = Objeto
    .help = Un premio por su nombre, como un vale. En un concurso de equipos lo recibe el equipo.
settings-measure = Qué se mide, en palabras
    .help = Va detrás del valor en los mensajes: «llamadas por hora».
settings-show = El valor se lee como
    .number = Un número, como 12,4
    .percent = Un porcentaje, para proporciones: 0,84 se lee 84 %
