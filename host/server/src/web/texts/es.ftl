page-skip = Ir al contenido
page-home = Todos los incentivos
page-languages = Idioma
page-driven = El reloj de esta casa se mueve a mano. Marca: { $now }.
page-live-on = En directo
page-live-off = Sin conexión en directo: recarga la página para ver lo nuevo
page-foot = Plaudit muestra lo que está liquidado. Los eventos tardíos y las correcciones cuentan hasta que un periodo es definitivo.

page-missing = Aquí no hay nada
page-missing-incentive = No hay ningún incentivo con este nombre.
page-missing-period = Este incentivo no tiene ese periodo, o aún no ha empezado.
page-missing-draw = No existe ese sorteo. Los sorteos aparecen cuando se abre su periodo.
page-missing-award = No existe esa recompensa. Si se hubiera retirado, su página seguiría aquí; quizá la dirección esté incompleta.
page-missing-agent = No hay nadie con este identificador, o sus datos se borraron.
page-missing-address = No hay nada en esta dirección. Puede que esté mal escrita o que haya cambiado.
page-missing-page = No se ha podido crear la página; el registro del servidor dice por qué. No ha cambiado nada.
page-missing-next = Ver qué está en marcha

page-span-moment = un momento
page-span-minutes = { $n } min
page-span-hours = { $n } h
page-span-days = { $n } días
page-closes-in = cierra en { $span }
page-closed-ago = cerró hace { $span }
page-ago = hace { $span }
page-whole-time = todo el tiempo

page-home-title = ¿Qué está en marcha?
page-home-lead = Cada incentivo, con quién va en cabeza y cuándo cierra.
page-running = En marcha
page-over = Terminados
page-nothing-runs = Aún no hay nada en marcha
page-nothing-runs-help = Los incentivos aparecen aquí en cuanto un responsable activa uno.
page-state-runs = En marcha
page-state-paused = En pausa
page-state-before = Sin empezar
page-state-over = Terminado
page-in-front = En cabeza
page-tickets = Boletos
page-as-earned = Se entrega según se gana
page-and-others = { $n ->
    [one] { $name } y { $n } más
   *[other] { $name } y { $n } más
}
page-spent = { $spent } de { $of } entregados
page-budget = Presupuesto
page-budget-left = Quedan { $left } de { $total }
page-given = entregado
page-reserved = reservado
page-free = libre

page-board = Clasificación
page-rank = Puesto
page-name = Nombre
page-value = Valor
page-standing = Situación
page-ranked-by = Se ordena por
page-asked = Para clasificarse
page-asks-least = { $what }: como mínimo { $bound }
page-asks-most = { $what }: como máximo { $bound }
page-needs-least = { $what }: { $now }, hace falta { $bound }
page-needs-most = { $what }: { $now }, el máximo es { $bound }
page-nothing-yet = nada todavía
page-qualified = clasificado
page-not-ranked = aún no cuenta nada
page-ranked-of = { $n } de { $all } en la clasificación
page-nobody = Aún no hay nadie en la clasificación. Se llena según llegan los eventos.
page-nobody-yet = Nadie todavía
page-nothing-ranked = Este incentivo no lleva clasificación ni sorteo: lo que da llega según se gana, en mensajes y en la página de cada persona.
page-periods = Periodos
page-pages = Páginas
page-every-once = Una vez
page-every-day = Cada día
page-every-week = Cada semana
page-every-month = Cada mes
page-every-cron = Con calendario propio
page-period-open = Abierto: los eventos cuentan
page-period-closed = Cerrado: las correcciones aún cuentan
page-period-final = Definitivo: ya no cambia nada

page-draws = Sorteos
page-draw = Sorteo
page-draw-open = Se están reuniendo boletos
page-draw-sealed = La lista está sellada; la semilla aún no se ha revelado
page-draw-held = Sorteado
page-draw-weighted = Cada boleto es una oportunidad
page-draw-equal = Quien tiene un boleto tiene la misma oportunidad que los demás
page-n-tickets = { $n ->
    [one] { $n } boleto
   *[other] { $n } boletos
}
page-n-entrants = { $n ->
    [one] { $n } persona tenía boletos
   *[other] { $n } personas tenían boletos
}
page-n-excluded = { $n ->
    [one] A { $n } de ellas se la pasó por alto; el comprobante da el motivo.
   *[other] A { $n } de ellas se las pasó por alto; el comprobante da cada motivo.
}
page-method = Oportunidades
page-drawn-again = Sorteado de nuevo
page-drawn-again-to = El puesto { $place } quedó libre y pasó a { $name }, siguiente en el orden de este sorteo.
page-drawn-again-none = El puesto { $place } quedó libre y no quedaba nadie para ocuparlo.
page-drawn-again-help = No se volvió a sortear nada: el orden de todos los boletos quedó fijado con el primer sorteo. El anexo del comprobante lo muestra.
page-waits-round = La lista está sellada. El sorteo espera la ronda { $round } del valor aleatorio público.
page-tries = Premios al instante
page-tries-open = El resultado se sabe al momento. Cuando el periodo es definitivo, se publican todos los intentos y la semilla, y cualquiera puede comprobarlos.
page-tries-sealed = La lista de intentos está sellada; la semilla aún no se ha revelado.
page-tries-revealed = La semilla se ha revelado: cualquiera puede comprobar cada intento.
page-tries-hash = Huella de la lista de intentos
page-n-tries = { $n ->
    [one] { $n } intento
   *[other] { $n } intentos
}
page-n-wins = { $n ->
    [one] { $n } premio
   *[other] { $n } premios
}
page-seed-hash = Huella de la semilla
page-list-hash = Huella de la lista
page-seed = Semilla
page-digest = Resumen
page-hash-help = Anótalas ahora: después del sorteo muestran que no se ha cambiado nada.
page-winners = Ganadores
page-no-winners = Esta vez nadie tenía boletos.
page-check-draw = Comprobante y cómo verificarlo
page-won = ¿Quién ha ganado?
page-not-drawn = Aún no se ha sorteado
page-not-drawn-help = El sorteo se celebra al cerrar el periodo. El comprobante aparece aquí un momento después.
page-proves = Qué demuestra el comprobante
page-proves-seed = La semilla se fijó antes del primer boleto: su huella se publicó al abrirse el periodo.
page-proves-list = Los boletos se fijaron antes de revelar la semilla: la huella de la lista se publicó primero.
page-proves-same = De esta semilla y esta lista salen estos ganadores y no otros. Cualquiera puede repetir el sorteo.
page-proves-not = Qué no demuestra
page-proves-not-seed = Que el operador no conociera la semilla mientras aún se repartían boletos. En eso, este sorteo confía en el operador.
page-proves-not-beacon = Que nadie conociera el valor aleatorio público antes de sellar la lista. En eso, este sorteo confía en su fuente.
page-proves-not-tickets = Que cada boleto se ganara. La lista muestra cuántos tenía cada cual; la regla y los eventos dicen por qué.
page-check = Compruébalo
page-check-download = Descarga el comprobante. Lleva identificadores opacos y ningún nombre.
page-check-compare = Compara las dos huellas de abajo con las que se publicaron antes del sorteo.
page-check-run = Repite el sorteo en cualquier máquina con Plaudit:
page-download = Descargar el comprobante (JSON)
page-holds = Sorteo repetido ahora mismo: el comprobante es válido.
page-holds-not = Sorteo repetido ahora mismo: el comprobante NO es válido. No te fíes de él y avisa al operador.
page-entrants = Boletos por identificador opaco
page-id = Identificador
page-sealed-block = Sellado en el bloque { $block } del diario

page-why = ¿Por qué?
page-why-title = { $what } para { $name }: ¿por qué?
page-for-whom = Para
page-incentive = Incentivo
page-period = Periodo
page-when = Cuándo
page-status = Estado
page-status-granted = Es firme
page-status-reversed = Retirada: una corrección cambió los hechos
page-status-barred = Retirada: ya no participa en este sorteo
page-status-allotment = Alcanzada, pero no entregada: el presupuesto del incentivo está agotado
page-status-quota = Alcanzada, pero no entregada: todas las plazas estaban ocupadas
page-status-disqualified = No entregada: por ahora no participa en este incentivo
page-status-proposed = Alcanzada, a la espera de aprobación
page-status-stock = Alcanzada, pero no entregada: no quedan existencias
page-status-refused = No entregada: no se ha aprobado
page-status-undecided = Alcanzada: quién llegó primero se decide al cerrar el periodo
page-decided = Cómo se decidió
page-rule = Regla
page-rule-digest = SHA-256 de la regla
page-block = Liquidado en el bloque
page-measures = Medidas
page-metric-version = { $metric } (versión { $version })
page-settings = Ajustes
page-yes = sí
page-no = no
page-tone-thanks = Gracias
page-tone-congratulation = Buen trabajo
page-tone-encouragement = Ánimo
page-tone-notice = Aviso

page-got = Recompensas y reconocimientos
page-got-none = Nada todavía. Lo que se gana aparece aquí en segundos.
page-got-cut = Solo se muestra lo más reciente.
page-why-link = Por qué

page-metric-average-of = { $metric }, de media
page-metric-total-of = { $metric }, en total
page-metric-calls = contactos
page-metric-handle-time = tiempo de gestión
page-metric-resolved = resuelto al primer contacto
page-metric-hard-contacts = contactos difíciles
page-metric-csat = valoración del cliente
page-metric-top-ratings = valoraciones máximas
page-metric-quality = nota de calidad
page-metric-critical-errors = errores críticos
page-metric-complaints = quejas
page-metric-sales = ventas
page-metric-sales-amount = importe de ventas
page-metric-worked-hours = horas trabajadas
page-metric-adherence = cumplimiento del horario
page-metric-absent = ausencias
page-metric-shift = turnos trabajados
page-metric-service-level = nivel de servicio
page-metric-abandonment = abandono

page-sign-in = Entrar
page-sign-in-title = Entrar en Plaudit
page-sign-in-lead = Las cuentas se crean por invitación. Si no tienes una, pídela a quien lleva Plaudit en tu empresa.
page-sign-in-wrong = Con esta dirección y esta contraseña no se puede entrar. Revisa las dos; si son correctas, puede que la cuenta esté desactivada.
page-sign-in-later = { $n ->
    [one] Demasiados intentos. Prueba otra vez dentro de { $n } minuto.
   *[other] Demasiados intentos. Prueba otra vez dentro de { $n } minutos.
}
page-sign-in-crowded = Ahora mismo está entrando mucha gente. Prueba otra vez dentro de unos segundos.
page-openid-button = Entrar con { $label }
page-openid-only = Aquí las contraseñas son solo para administradores. Usa el botón «Entrar con { $label }».
page-openid-invited = Tienes una cuenta y no necesitas contraseña. Entra con el botón; allí debes tener la dirección con la que te invitaron.
page-openid-again = Volver a la entrada
page-openid-failed = No has entrado
page-openid-over = Este intento de entrar ya no vale: ha tardado demasiado, ya se usó o empezó en otro navegador.
page-openid-over-help = Vuelve y empieza otra vez, en una sola ventana de un navegador que guarde cookies.
page-openid-no = { $label } no te ha dejado pasar ({ $error }).
page-openid-no-help = Si lo cancelaste tú, empieza otra vez. Si no, pregunta a quien lleva { $label } en tu empresa.
page-openid-down = Ahora mismo no se puede llegar a { $label }.
page-openid-down-help = Prueba otra vez dentro de un minuto. Quien tenga contraseña aquí puede usarla.
page-openid-invalid = { $label } ha dado una respuesta de la que no podemos fiarnos.
page-openid-invalid-help = Empieza otra vez. Si se repite, avisa a quien lleva Plaudit en tu empresa: el motivo está en el registro del servidor.
page-openid-nameless = { $label } no ha dicho cuál es tu dirección.
page-openid-nameless-help = Avisa a quien lleva Plaudit en tu empresa: los ámbitos o el dato elegido en sus ajustes no encajan.
page-openid-unverified = { $label } no ha verificado tu dirección de correo.
page-openid-unverified-help = Verifícala allí o pregunta a quien lleva { $label } en tu empresa. Después empieza otra vez.
page-openid-unknown = { $label } te conoce, pero Plaudit no tiene una cuenta para ti.
page-openid-unknown-help = Pide a quien lleva Plaudit en tu empresa que te invite con la dirección que { $label } tiene de ti.
page-openid-other = La cuenta con tu dirección pertenece a otra identidad de { $label }.
page-openid-other-help = Si es tuya y allí tienes una identidad nueva, pide a quien lleva Plaudit en tu empresa que quite la antigua de tu cuenta.
page-openid-disabled = Tu cuenta está desactivada.
page-openid-disabled-help = Pregunta a quien lleva Plaudit en tu empresa.
page-openid-store = Plaudit no ha podido abrir tu sesión ahora mismo.
page-openid-store-help = Prueba otra vez. Si se repite, avisa a quien lleva Plaudit en tu empresa.
page-demo-accounts = Cuentas de esta demostración
page-demo-accounts-help = Es una demostración con personas inventadas. Cualquiera puede usar estas cuentas; una instalación real no las tiene.
page-signed-out = Has salido.
page-mail = Correo electrónico
page-password = Contraseña
page-password-current = Contraseña actual
page-password-new = Contraseña nueva
page-password-help = Al menos 12 caracteres. Varias palabras seguidas van bien; tu nombre, no.
page-password-change = Cambiar la contraseña
page-password-ends = Aquí sigues dentro; en todos los demás sitios se cierra la sesión.
page-wrong-password = La contraseña actual es otra.
page-set-password = Guardar la contraseña
page-weak-short = Demasiado corta: al menos 12 caracteres.
page-weak-long = Demasiado larga: como mucho 1024 bytes.
page-weak-simple = Repite unos pocos caracteres. Usa al menos 5 distintos.
page-weak-known = Tu nombre o tu dirección son casi todo. Usa algo que no se sepa de ti.
page-shown-name = Nombre
page-bad-mail = Escribe una dirección de correo, como nombre@example.com.
page-bad-name = Escribe un nombre de 1 a 200 caracteres.
page-form-problem = Revisa esto, por favor
page-form-elsewhere = El formulario llevaba demasiado tiempo abierto o no venía de aquí. No se ha cambiado nada; envíalo otra vez.
page-insecure = Para entrar hace falta una conexión cifrada
page-insecure-help = Esta página ha llegado sin cifrar por una red en la que otros podrían leer tu contraseña. Usa la dirección con https://, o pide a quien lleva Plaudit que la ponga en server.public_url.
page-first-title = ¿Quién es la primera persona administradora?
page-first-lead = Aquí nadie tiene cuenta todavía. Al arrancar, el servidor ha mostrado un código; también está en el archivo first-start-code de su directorio de secretos.
page-first-code = Código del primer arranque
page-first-code-help = Veinte letras y cifras en cuatro grupos.
page-first-code-wrong = No es el código del último arranque. Cada arranque crea uno nuevo.
page-first-submit = Crear la cuenta de administración
page-invitation-title = Te damos la bienvenida, { $called }
page-invitation-lead = Elige una contraseña. Entrarás con ella y con { $mail }.
page-reset-title = Elige una contraseña nueva
page-reset-lead = Valdrá para { $mail }. Se cerrarán todas tus sesiones.
page-link-over = Este enlace ya no vale
page-link-over-help = Un enlace vale una sola vez y por tiempo limitado. Pide otro; las invitaciones las envía quien administra.
page-forgot-title = ¿Has olvidado la contraseña?
page-forgot-lead = Escribe el correo de tu cuenta. Recibirás un enlace que vale una hora.
page-forgot-submit = Enviar un enlace
page-forgot-sent-title = Mira tu correo
page-forgot-sent = Si hay una cuenta con esta dirección, el enlace ya va de camino.
page-forgot-no-mail = Desde aquí no se puede enviar correo. Pide un enlace a quien administra.
page-account-title = Mi cuenta
page-account-language = Idioma de páginas y correos
page-account-saved = Guardado.
page-account-changed = La contraseña ha cambiado. En los demás sitios se ha cerrado la sesión.
page-save = Guardar
page-sessions = Dónde tengo la sesión abierta
page-session-this = esta
page-session-seen = usada hace { $span }
page-sign-out = Salir
page-sign-out-here = Salir aquí
page-sign-out-everywhere = Salir en todas partes
page-own-page = Mi página
page-everywhere = toda la casa
page-refused-title = Esto no está abierto para ti
page-refused-role = Hace falta uno de estos roles: { $roles }.
page-refused-reach = Tu rol vale para otras sedes, equipos o personas.
page-refused-next = Quien administra puede cambiar tus roles. Aquí no se ha cambiado nada.
page-refused-elsewhere = La petición no venía de una página de esta casa.
page-refused-elsewhere-next = No se ha cambiado nada. Abre la página otra vez y envía el formulario desde allí.
page-refused-nobody = Entra primero.
page-role-admin = administración
page-role-manager = gestión
page-role-team-leader = jefatura de equipo
page-role-agent = agente
page-role-rule-developer = desarrollo de reglas
page-role-integrator = integración
page-role-auditor = auditoría
