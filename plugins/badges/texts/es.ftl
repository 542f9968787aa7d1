name = Insignias
summary = Concede insignias por cantidades, rachas, primeras veces y récords personales, en varios niveles y, si se quiere, con puntos.

# Lo que se cuenta, según la insignia; solo el número donde la insignia no lo dice.
things = { $badge ->
    [five-stars] { $n ->
        [one] una valoración máxima
        [many] { $n } de valoraciones máximas
       *[other] { $n } valoraciones máximas
    }
    [resolver] { $n ->
        [one] un contacto resuelto a la primera
        [many] { $n } de contactos resueltos a la primera
       *[other] { $n } contactos resueltos a la primera
    }
    [calm] { $n ->
        [one] un contacto difícil
        [many] { $n } de contactos difíciles
       *[other] { $n } contactos difíciles
    }
    [contacts] { $n ->
        [one] un contacto
        [many] { $n } de contactos
       *[other] { $n } contactos
    }
    [quality] { $n ->
        [one] una buena evaluación
        [many] { $n } de buenas evaluaciones
       *[other] { $n } buenas evaluaciones
    }
    [sales] { $n ->
        [one] una venta
        [many] { $n } de ventas
       *[other] { $n } ventas
    }
   *[other] { NUMBER($n, maximumFractionDigits: 1) }
}
goal = { $level ->
    [bronze] el bronce
    [silver] la plata
    [gold] el oro
    [platinum] el platino
    [diamond] el diamante
   *[none] la insignia
}

# Por qué se concede.
count = Has llegado a la marca: { things }.
streak = Racha sin interrupción: { things }.
workdays = { $n ->
    [one] Un día laborable bien empezado.
    [many] { $n } de días laborables seguidos.
   *[other] { $n } días laborables seguidos.
}
first = La primera vez. Ya es tuya para siempre.
record-day = Es tu mejor día hasta ahora. La marca que había que superar: { things }.
record-value = { NUMBER($value, maximumFractionDigits: 1) }: tu mejor resultado hasta ahora. La marca anterior era { NUMBER($n, maximumFractionDigits: 1) }.

# Lo que está al alcance.
next-count = Para { goal } queda poco: { things }.
next-streak = Para { goal }, sin interrumpir la racha: { things } más.
next-workdays = Para { goal }: { $n ->
    [one] un día laborable más sin interrumpir la racha.
    [many] { $n } de días laborables más sin interrumpir la racha.
   *[other] { $n } días laborables más sin interrumpir la racha.
}
next-first = La primera vez trae { goal }.
next-record-day = A un paso de tu mejor día: { things } más.
all-reached = Todos los niveles conseguidos. Aquí ya no queda nada por demostrar.

badge-five-stars = Favorita de los clientes
badge-five-stars-bronze = Favorita de los clientes, bronce
badge-five-stars-silver = Favorita de los clientes, plata
badge-five-stars-gold = Favorita de los clientes, oro
badge-five-stars-platinum = Favorita de los clientes, platino
badge-five-stars-diamond = Favorita de los clientes, diamante
badge-resolver = Todo resuelto
badge-resolver-bronze = Todo resuelto, bronce
badge-resolver-silver = Todo resuelto, plata
badge-resolver-gold = Todo resuelto, oro
badge-resolver-platinum = Todo resuelto, platino
badge-resolver-diamond = Todo resuelto, diamante
badge-calm = Calma en la tormenta
badge-calm-bronze = Calma en la tormenta, bronce
badge-calm-silver = Calma en la tormenta, plata
badge-calm-gold = Calma en la tormenta, oro
badge-calm-platinum = Calma en la tormenta, platino
badge-calm-diamond = Calma en la tormenta, diamante
badge-contacts = Larga distancia
badge-contacts-bronze = Larga distancia, bronce
badge-contacts-silver = Larga distancia, plata
badge-contacts-gold = Larga distancia, oro
badge-contacts-platinum = Larga distancia, platino
badge-contacts-diamond = Larga distancia, diamante
badge-quality = Trabajo bien hecho
badge-quality-bronze = Trabajo bien hecho, bronce
badge-quality-silver = Trabajo bien hecho, plata
badge-quality-gold = Trabajo bien hecho, oro
badge-quality-platinum = Trabajo bien hecho, platino
badge-quality-diamond = Trabajo bien hecho, diamante
badge-sales = Buena venta
badge-sales-bronze = Buena venta, bronce
badge-sales-silver = Buena venta, plata
badge-sales-gold = Buena venta, oro
badge-sales-platinum = Buena venta, platino
badge-sales-diamond = Buena venta, diamante
badge-steady = Constancia
badge-steady-bronze = Constancia, bronce
badge-steady-silver = Constancia, plata
badge-steady-gold = Constancia, oro
badge-steady-platinum = Constancia, platino
badge-steady-diamond = Constancia, diamante
badge-first-step = Primer paso
badge-first-step-bronze = Primer paso, bronce
badge-first-step-silver = Primer paso, plata
badge-first-step-gold = Primer paso, oro
badge-first-step-platinum = Primer paso, platino
badge-first-step-diamond = Primer paso, diamante
badge-personal-best = Récord personal
badge-personal-best-bronze = Récord personal, bronce
badge-personal-best-silver = Récord personal, plata
badge-personal-best-gold = Récord personal, oro
badge-personal-best-platinum = Récord personal, platino
badge-personal-best-diamond = Récord personal, diamante
badge-extra-mile = Un paso más
badge-extra-mile-bronze = Un paso más, bronce
badge-extra-mile-silver = Un paso más, plata
badge-extra-mile-gold = Un paso más, oro
badge-extra-mile-platinum = Un paso más, platino
badge-extra-mile-diamond = Un paso más, diamante

settings-badges = Insignias
    .help = Cada una se gana por separado; cada agente ve la que tiene más cerca.
settings-badges-name = Insignia
    .help = Cuál de la galería; cada una, una sola vez.
settings-badges-kind = Se gana por
    .count = Alcanzar una cantidad
    .streak = Buenos resultados seguidos
    .workdays = Días laborables seguidos
    .first = La primera vez
    .record-day = Un récord personal: el día con más
    .record-value = Un récord personal: el mejor valor
settings-badges-metric = Métrica
settings-badges-at_least = Cuenta desde
    .help = Valor a partir del cual un evento cuenta. Sin él cuentan todos y las cantidades suman los valores. Las rachas de eventos lo necesitan.
settings-badges-after = Rodaje
    .help = Solo récords personales: días (o eventos) que pasan antes de poder batir uno, para que el segundo día no sea ya un récord.
settings-badges-levels = Niveles
    .help = De menor a mayor. La insignia de la primera vez tiene uno.
settings-badges-levels-name = Nivel
    .help = Necesario si la insignia tiene varios niveles.
    .bronze = Bronce
    .silver = Plata
    .gold = Oro
    .platinum = Platino
    .diamond = Diamante
settings-badges-levels-at = Se alcanza con
    .help = La cantidad, la longitud de la racha o el número del récord.
settings-badges-levels-points = Puntos junto a la insignia
    .help = Con 0 no hay puntos. Salen del presupuesto del incentivo.
settings-badges-levels-currency = Moneda de los puntos
settings-absence = Métrica de ausencia
    .help = El día que lleva esta métrica, la racha de días laborables descansa: ni crece ni se rompe.
