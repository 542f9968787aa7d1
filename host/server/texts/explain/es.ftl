# Por qué alguien ha conseguido algo, o no.

explain-question = ¿Por qué he ganado, o por qué no?
explain-disqualified = Ahora mismo no participas en { $incentive }: { $reason }
explain-aside = Elegiste no competir: no estás en la clasificación y los premios por puesto van a otras personas. Todo lo demás sigue siendo tuyo.
explain-not-for-you = { $incentive } no era para ti en este periodo: no estabas en ninguno de sus equipos.
explain-unknown = La plantilla aún no te conoce. Lo comunicado espera y contará en cuanto te conozca.
explain-won = Has conseguido { $what }.
explain-standing-won = Tu equipo tiene { $what }.
explain-withheld = { $what }. { $status }.
explain-rank = Estás en el puesto { $rank } de { $ranked }.
explain-rank-open = Por ahora estás en el puesto { $rank } de { $ranked }.
explain-next = El puesto { $next } consigue { $what }: faltan { $missing }.
explain-next-tied = El puesto { $next } consigue { $what }: tiene el mismo valor y decidió un desempate.
explain-least = { $what }: tienes { $now } y se pide al menos { $bound }.
explain-most = { $what }: tienes { $now } y se permite como mucho { $bound }.
explain-least-none = { $what }: no se ha medido nada y se pide al menos { $bound }.
explain-most-none = { $what }: no se ha medido nada y la tabla pide un valor de { $bound } como mucho.
explain-no-value = Aún no hay nada tuyo en la tabla.
explain-none-counted = Ninguno de los { $n } hechos sobre ti ha contado.
explain-no-facts = No se ha comunicado nada sobre ti en este periodo.
explain-not-yet = En este periodo aún no hay nada conseguido.
explain-not-earned = En este periodo no se consiguió nada.
explain-uncounted = { $n } de { $all } hechos no han contado, sobre todo porque { $reason }.
explain-draw-none = No tienes ningún boleto, así que tu nombre no está en el sorteo.
explain-draw-lost = Tenías { $own } de { $all } boletos, y salieron otros nombres.
explain-draw-excluded = Quedaste fuera del sorteo. { $reason }
explain-draw-open = Tienes { $own } de { $all } boletos por ahora. Se sortea al cerrar el periodo.
explain-draw-sealed = La lista está sellada con { $own } de { $all } boletos tuyos. La semilla llega enseguida.
explain-draw-later = Lo que llegó después del sello no dio boletos para este sorteo: { $own } están en la lista, { $now } según los hechos de ahora.

explain-because-filter = ninguna métrica del incentivo tiene un valor para ellos
explain-because-absent = una métrica no se pudo calcular
explain-because-outside-window = quedan fuera del tiempo del incentivo
explain-because-other-period = son de otro periodo
explain-because-not-in-audience = el incentivo no era para ti entonces
explain-because-superseded = son de otra persona o de otro momento
explain-because-stale = ya había llegado una corrección más nueva
explain-because-retracted = se retiraron
explain-because-left-out = alguien los dejó fuera
explain-because-late = llegaron cuando el periodo ya era definitivo
explain-because-guard = no se cumple una condición de la tabla
explain-because-cap = se alcanzó un tope
explain-because-unknown-agent = la plantilla no te conocía
explain-because-no-key = no estabas en ningún equipo

explain-not-filter-type = Ninguna métrica de este incentivo mira hechos de este tipo.
explain-not-filter-filter = El filtro de «{ $metric }» lo deja fuera.
explain-not-filter-field = «{ $metric }» necesita un dato que este hecho no tiene.
explain-not-absent = «{ $metric }» no se pudo calcular: { $error }
explain-not-outside-window = Queda fuera del tiempo del incentivo.
explain-not-other-period = Es de { $period }.
explain-not-not-in-audience = El incentivo no era para ti en ese momento.
explain-not-superseded = Llegó una corrección ({ $when }) y vale en su lugar.
explain-not-superseded-moved = Llegó una corrección ({ $when }): fue en otro momento, { $to }.
explain-not-superseded-another = Llegó una corrección ({ $when }): era de otra persona.
explain-not-stale = Ya había llegado una corrección más nueva.
explain-not-retracted = Se retiró ({ $when }).
explain-not-retracted-alone = Se dijo que esto nunca ocurrió.
explain-not-left-out = { $actor } lo dejó fuera ({ $when }).
explain-not-late = Llegó cuando el periodo ya era definitivo ({ $when }).
explain-not-cap = Se alcanzó el tope: { $value } de { $target }.
explain-not-unknown-agent = La plantilla aún no te conoce. El hecho espera.
explain-not-no-key = El incentivo es de equipos y no estabas en ninguno.

explain-did-score = { $value } a { $what }
explain-did-ratio = { $value } de { $weight } a { $what }
explain-did-tickets = { $n ->
    [one] { $n } boleto
   *[other] { $n } boletos
}
explain-did-award = trae { $what }
explain-did-try-won = ganó al instante ({ $wins } entre { $of })
explain-did-try-lost = probó suerte al instante ({ $wins } entre { $of }): esta vez, nada
explain-did-praise = unas palabras de elogio
explain-did-remembered = recordado para lo que venga
explain-did-nothing = visto, y no cambió nada
explain-moment-joined = Entraste entre las personas a las que se dirige
explain-moment-left = Dejaste de estar entre las personas a las que se dirige
explain-moment-timer = Llegó una hora fijada por la regla

explain-counted = Lo que contó
explain-not-counted = Lo que no contó, y por qué
explain-others = Sin un hecho
explain-stand = Cómo vas
explain-stand-team = Cómo va tu equipo: { $team }
explain-place = Puesto
explain-place-of = { $rank } de { $ranked }
explain-unranked = sin puesto
explain-got = Lo que conseguiste
explain-reach = A tu alcance
explain-draw = El sorteo
explain-time = Hora
explain-fact = Hecho
explain-measured = Medido
explain-effect = Qué hizo
explain-reason = Por qué no
explain-asked = Se pide
explain-have = Tienes
explain-at-least = al menos { $bound }
explain-at-most = como mucho { $bound }
explain-met = cumplido
explain-missed = no cumplido
explain-tickets-own = Tus boletos
explain-tickets-all = Todos los boletos
explain-entrants = Personas con boletos
explain-more = Más hechos
explain-first = Desde el primer hecho
explain-watermark = Cerrado hasta
explain-bounds = Desde, hasta
explain-version = Regla
explain-n-counted = { $n ->
    [one] { $n } hecho contó
   *[other] { $n } hechos contaron
}
explain-n-not = { $n ->
    [one] { $n } hecho no contó
   *[other] { $n } hechos no contaron
}
explain-n-other = { $n ->
    [one] No se muestra { $n } hecho de otro tipo: aquí nada lo mira.
   *[other] No se muestran { $n } hechos de otros tipos: aquí nada los mira.
}
explain-nothing-counted = En este periodo no contó nada.
explain-all-counted = Todo contó.
explain-kept-final = El periodo es definitivo. Ya no se guarda qué hizo cada hecho; sí los hechos, las posiciones, los premios y los recibos.
explain-kept-too-many = Hay demasiados hechos para mostrar qué hizo cada uno. Las sumas, las posiciones y los premios están completos.
explain-kept-failed = La regla falló al preguntarle de nuevo. Las sumas, las posiciones y los premios son los que se cerraron.
explain-disagrees = Al volver a calcular este periodo salió algo distinto de lo que consta. Avisa al operador.
explain-column-zero = nada todavía
