# La consola de quien gestiona. $what nombra un ajuste, $title un incentivo, $share y $rest son porcentajes en palabras.

page-console-today = Hoy
page-console-gallery = Complementos
page-console-decisions = Decisiones
page-console-back = Volver
page-console-look = Ver
page-console-decide = Decidir

page-console-ask-today = ¿Qué me necesita hoy?
page-console-nothing-waits = Nada te espera.
page-console-n-needs = { $n ->
    [one] { $n } asunto espera una decisión.
   *[other] { $n } asuntos esperan una decisión.
}
page-console-needs = Qué espera una decisión
page-console-need-fault = { $title } está detenido: su regla falló
page-console-need-paused = { $title } está en pausa
page-console-need-waits = { $title }: un sorteo espera su valor aleatorio público
page-console-need-approval = { $n ->
    [one] { $n } premio espera aprobación
   *[other] { $n } premios esperan aprobación
}
page-console-need-late = { $n ->
    [one] Algo llegó tarde para { $n } periodo definitivo
   *[other] Algo llegó tarde para { $n } periodos definitivos
}
page-console-need-drafts = { $n ->
    [one] { $n } borrador aún no está activado
   *[other] { $n } borradores aún no están activados
}
page-console-runs = Qué está en marcha y qué cierra antes
page-console-closes = Cierra
page-console-spent = Presupuesto
page-console-no-money = sin presupuesto
page-console-nothing-runs = Aún no hay nada en marcha. Elige un complemento, pruébalo con el pasado y actívalo.
page-console-to-gallery = Elegir un complemento
page-console-another = Preparar otro incentivo
page-console-manage = Gestionar
page-console-won = Quién ganó desde ayer
page-console-n-won = { $n ->
    [0] Nadie en las últimas 24 horas.
    [one] { $n } premio en las últimas 24 horas.
   *[other] { $n } premios en las últimas 24 horas.
}
page-console-n-more = { $n ->
    [one] y { $n } más
   *[other] y { $n } más
}
page-console-plan = De lo que pueden gastar los incentivos en marcha, se han gastado { $paid } de { $planned } ({ $share }).

page-console-ask-gallery = ¿Qué incentivo va a ser?
page-console-lead-gallery = Elige lo que hace. Lo preparas en cuatro pasos y lo pruebas con el pasado antes de que nadie lo vea.
page-console-drafts = Aún sin activar
page-console-a-change = cambio
page-console-untitled = Sin nombre
page-console-go-on = Seguir
page-console-throw-away = Descartar
page-console-asks = Qué pregunta
page-console-version = Versión
page-console-set-up = Prepararlo
page-console-n-running = { $n ->
    [one] { $n } incentivo lo usa
   *[other] { $n } incentivos lo usan
}
page-console-no-plugins = No hay ningún complemento instalado
page-console-no-plugins-help = Los complementos aparecen aquí en cuanto alguien sube uno:
page-console-missing-draft = No existe ese borrador. Quizá se activó o se descartó.
page-console-missing-plugin = Este complemento ya no está instalado.

page-console-steps = Pasos
page-console-is-done = (hecho)
page-console-step-settings = Ajustes
page-console-step-audience = Destinatarios
page-console-step-time = Tiempo
page-console-step-money = Presupuesto
page-console-step-preview = Ensayo
page-console-next = Guardar y seguir
page-console-stay = Guardar
page-console-is-change = Esto cambia un incentivo en marcha. Rige cuando actives el cambio; hasta entonces nada es distinto.
page-console-ask-settings = ¿Qué debe premiar?
page-console-lead-settings = Premia la rapidez solo junto con la calidad, y da algo que ganar a todos los que lo hacen bien.
page-console-ask-audience = ¿Para quién es?
page-console-lead-audience = Sedes, equipos y personas; juntos son los destinatarios. Quien entra después en un equipo participa desde entonces.
page-console-ask-time = ¿Cuándo está en marcha?
page-console-lead-time = Cada periodo tiene su propia clasificación y sus propios ganadores. Mejor poco y a menudo que mucho y rara vez.
page-console-ask-money = ¿Cuánto puede costar?
page-console-lead-money = Nunca gasta más que esto. Lo que se alcanza después se muestra y no se da.
page-console-ask-preview = ¿Quién habría ganado?
page-console-lead-preview = Pruébalo con el pasado. No se da nada y no se avisa a nadie.

page-console-title = Nombre
    .help = Los agentes lo ven en las clasificaciones y en los mensajes.
page-console-id = Dirección
    .help = Letras minúsculas, cifras y guiones. Déjala vacía para formarla con el nombre. Queda para siempre.
page-console-plugin = Complemento
page-console-add = Añadir a «{ $what }»
page-console-remove = Quitar: { $what }
page-console-take-away = Quitar
page-console-list-help = Separa varios con punto y coma.
page-console-at-least = Al menos { $least }.
page-console-at-most = Como mucho { $most }.
page-console-from-to = De { $least } a { $most }.
page-console-unit-minutes = minutos
page-console-unit-seconds = segundos
page-console-unit-hours = horas
page-console-unit-days = días
page-console-unit-events = eventos
page-console-unit-messages = mensajes
page-console-currency-points = puntos
page-console-wrong-missing = Indica un valor.
page-console-wrong-number = Indica un número.
page-console-wrong-whole = Indica un número entero.
page-console-wrong-least = Indica { $n } o más.
page-console-wrong-most = Indica { $n } o menos.
page-console-wrong-choice = Elige uno.
page-console-wrong-rows-least = Añade al menos { $n }.
page-console-wrong-rows-most = { $n } como mucho.
page-console-wrong-id = Usa de 1 a 64 letras minúsculas, cifras y guiones.
page-console-wrong-taken = Otro incentivo tiene o tuvo esta dirección.

page-console-audience = Destinatarios
page-console-everyone = Todos, ahora y después
page-console-whole-site = Toda la sede
page-console-agents = Personas sueltas
    .help = Sus números en la plantilla, uno por línea.
page-console-n-people = { $n ->
    [one] { $n } persona
   *[other] { $n } personas
}
page-console-nobody-yet = Nadie todavía
page-console-wrong-nobody = Elige a alguien.
page-console-wrong-agents = Uno de estos números no está en la plantilla.
page-console-wrong-beyond = Tu rol no alcanza a todos ellos.

page-console-rhythm = Un periodo dura
page-console-cron = Calendario propio
    .help = Solo con «con su propio calendario»: cinco campos de cron, como 0 14 * * 1-5.
page-console-zone = Zona horaria
page-console-first = Primer día
    .help = Déjalo vacío para empezar ahora mismo.
page-console-begins = Empieza cuando se cierra un periodo de { $title }
    .help = { $title } termina entonces.
page-console-follows = Sigue a
page-console-last = Último día
    .help = Déjalo vacío para dejar el final abierto.
page-console-closings = Los próximos cierres
page-console-first-closing = Primer cierre
page-console-no-closings = Ninguno con estos días.
page-console-wrong-day = Indica un día, como 2026-03-02.
page-console-wrong-last = El último día es anterior al primero.
page-console-wrong-past = Este día ya pasó.
page-console-wrong-cron = Hacen falta cinco campos de cron, como 0 14 * * 1-5.

page-console-money = Presupuesto
page-console-money-help = Deja una línea vacía para no tomar nada de ese presupuesto.
page-console-from-budget = De { $budget }
page-console-budget-has = Quedan libres { $left }.
page-console-no-budgets = No hay presupuesto. Sin él no se dan puntos; insignias y palabras amables sí.
page-console-pieces = Premios que se apartan
page-console-stock-has = { $n ->
    [one] { $n } unidad está libre.
   *[other] { $n } unidades están libres.
}
page-console-approval = Aprobación
page-console-approval-help = Los premios que pasen de aquí esperan a que otra persona los apruebe. Vacío: ninguno espera.
page-console-above = Premios por encima de
page-console-anonymity = Qué ven los agentes unos de otros
page-console-anonymity-names = Nombres
page-console-anonymity-initials = Iniciales
page-console-anonymity-neighbours = Solo a quienes tienen al lado
page-console-anonymity-mine = Solo a sí mismos
page-console-wrong-amount = Indica cantidades enteras, como 5000.

page-console-from = Desde
page-console-to = Hasta (este día no cuenta)
page-console-try = Probar con estos días
page-console-try-again = Probar otra vez
page-console-running = Se está probando…
page-console-computing = Se está calculando…
page-console-look-again = Mirar otra vez
page-console-stop = Parar
page-console-n-events = { $n ->
    [one] { $n } evento leído
   *[other] { $n } eventos leídos
}
page-console-found = { $n ->
    [0] Nadie de { $all } personas habría ganado nada.
    [one] { $n } de { $all } personas habría ganado algo ({ $share }), { $awards } premios en total.
   *[other] { $n } de { $all } personas habrían ganado algo ({ $share }), { $awards } premios en total.
}
page-console-found-teams = { $n ->
    [one] { $n } de { $all } equipos habría ganado algo ({ $share }), { $awards } premios en total.
   *[other] { $n } de { $all } equipos habrían ganado algo ({ $share }), { $awards } premios en total.
}
page-console-cost = Habría costado { $units }.
page-console-cost-short = { $n ->
    [one] { $n } premio más ({ $units }) no se habría dado: el presupuesto no alcanza.
   *[other] { $n } premios más ({ $units }) no se habrían dado: el presupuesto no alcanza.
}
page-console-over-quota = { $n ->
    [one] { $n } premio habría llegado cuando ya no quedaban plazas.
   *[other] { $n } premios habrían llegado cuando ya no quedaban plazas.
}
page-console-read = Contaron { $selected } de { $read } eventos.
page-console-draws-are-examples = Los sorteos son ejemplos: los reales tienen otras semillas y otros ganadores.
page-console-hints = Fíjate en esto
page-console-hint-nobody = Nadie habría ganado nada. ¿Está el listón demasiado alto, o son pocos días?
page-console-hint-more = { $group }: ganan mucho más a menudo, { $share } de ellos y { $rest } de todos los demás.
page-console-hint-less = { $group }: ganan mucho menos a menudo, { $share } de ellos y { $rest } de todos los demás.
page-console-hint-per-hour = Ordenar por hora trabajada podría cambiarlo.
page-console-hint-top = La décima parte mejor se lleva { $share } de los { $currency }.
page-console-hint-same = Solo gana { $share }, y de ellos { $again } gana una y otra vez.
page-console-group-full-time = Jornada completa
page-console-group-part-time = Jornada parcial
page-console-group-half-time-or-less = Media jornada o menos
page-console-group-new = Nuevos (hasta 90 días)
page-console-group-first-year = En su primer año
page-console-group-one-to-three-years = De uno a tres años
page-console-group-three-years-and-more = Tres años y más
page-console-group-unknown = Sin dato
page-console-group-no-team = Quienes no tienen equipo
page-console-by-hours = Por jornada
page-console-by-tenure = Por antigüedad
page-console-by-team = Por equipo
page-console-winners = Ganadores
page-console-awards = Premios
page-console-worth = Valor
page-console-what = Qué
page-console-cost-by-period = Coste por periodo
page-console-bars = Entre { $least } y { $most }.
page-console-bars-one = { $most }.
page-console-preview-fault = La regla falló en estos días. Aquí está lo que había asentado antes.
page-console-preview-failed = No se pudo probar.
page-console-what-enabled = Lo que se activará
page-console-what-changes = Lo que regirá desde entonces
page-console-not-yet = Esto lo impide
page-console-enable = Activarlo
page-console-enable-change = Activar el cambio
page-console-kept = Hasta entonces queda como borrador. Quien gestiona a las mismas personas lo encuentra entre los complementos y también puede activarlo.
page-console-somebody-else = Queda como borrador. Quien puede activar incentivos lo encuentra entre los complementos.

page-console-ask-manage = ¿Qué hacer con { $title }?
page-console-as-enabled = Tal como está activado
page-console-not-yours = También es para personas fuera de tu alcance, así que solo puede cambiarlo alguien con un rol más amplio.
page-console-fault = Su regla falló
page-console-settled-to = Todo hasta el bloque { $block } del diario está asentado. Nada posterior se pierde.
page-console-fault-choices = Reanúdalo para intentarlo otra vez, cambia sus ajustes o su complemento, o termínalo. El registro del servidor nombra el evento.
page-console-again-title = Cambiar o copiar
page-console-again-help = Cada uno empieza un borrador con todo lo que tiene ahora. Un cambio corrige también el periodo en curso; otros ajustes desde el próximo periodo lo dejan como se anunció.
page-console-next-period = Otros ajustes desde el próximo periodo
page-console-change = Cambiarlo
page-console-copy = Copiarlo
page-console-pause = Pausar
page-console-pause-help = Los eventos esperan y no se pierden: al reanudar, todos cuentan.
page-console-resume = Reanudar
page-console-resume-help = Sigue donde se detuvo; lo que llegó entretanto cuenta.
page-console-extend = Otro último día
page-console-extend-submit = Fijar el último día
page-console-disqualify = Descalificar a alguien
page-console-disqualify-help = Desde ahora no recibe nada aquí, y lo que no es definitivo se retira. Lee el motivo. No se puede deshacer.
page-console-disqualify-submit = Descalificar
page-console-who = Quién
    .help = El nombre, o el número en la plantilla.
page-console-reason = Motivo
    .help = La persona lo leerá.
page-console-reason-help = La persona lo leerá.
page-console-end = Terminarlo antes
page-console-end-help = El periodo abierto se cierra ahora. Nunca vuelve a correr con esta dirección.
page-console-end-submit = Terminarlo para siempre
page-console-confirm = Escribe «{ $id }» para confirmar
page-console-wrong-confirm = Escribe la dirección exactamente como se muestra.
page-console-wrong-reason = Indica un motivo: la persona lo leerá.
page-console-wrong-who = Nadie entre los destinatarios tiene este nombre o número.
page-console-wrong-two = Varias personas tienen este nombre. Indica el número.
page-console-done-enabled = Está activado.
page-console-done-pause = Está en pausa.
page-console-done-resume = Sigue adelante.
page-console-done-end = Ha terminado.
page-console-done-extended = El último día está fijado.
page-console-done-disqualified = Está descalificado.
page-console-done-approved = Aprobado: se está dando.
page-console-done-refused = Rechazado: la persona lee por qué.
page-console-done-accepted = Aceptado: la diferencia se está asentando.
page-console-done-left = Queda como está.

page-console-ask-decisions = ¿Qué me toca decidir?
page-console-approvals = Premios que esperan aprobación
page-console-no-approvals = Ningún premio espera. Aquí aparecen los que pasan de la cantidad que un incentivo da sin aprobación.
page-console-approve = Aprobar
page-console-refuse = Rechazar
page-console-adjustments = Lo que llegó tarde
page-console-adjustments-help = Un periodo definitivo no cambia por sí solo. Compara lo que valdría con lo que vale, y decide.
page-console-no-adjustments = Nada llegó tarde.
page-console-n-late = { $n ->
    [one] { $n } hecho llegó cuando ya era definitivo.
   *[other] { $n } hechos llegaron cuando ya era definitivo.
}
page-console-compare = Comparar
page-console-ask-difference = ¿Qué valdría en { $title }?
page-console-found-differences = { $n ->
    [0] Nada sería distinto, aunque { $late } hechos llegaron tarde.
    [one] { $n } premio sería distinto; { $late } hechos llegaron tarde.
   *[other] { $n } premios serían distintos; { $late } hechos llegaron tarde.
}
page-console-costs = Cuesta { $units }.
page-console-comes-back = Vuelven { $units }.
page-console-difference = Diferencia
page-console-difference-new = nuevo
page-console-difference-changed = cambiado
page-console-difference-gone = desaparece
page-console-difference-withheld = no se da: no quedan plazas
page-console-moved = Se mueve
page-console-accept = Aceptar estas diferencias
page-console-leave = Dejarlo como está
page-console-not-affordable = El presupuesto del incentivo no alcanza para esto. Auméntalo primero.

page-console-not-done = No se pudo hacer
page-console-problem = El servidor lo rechazó. No se cambió nada.
page-console-problem-from-elsewhere = Este formulario estuvo abierto demasiado tiempo o no venía de aquí. No se cambió nada; abre la página otra vez.
page-console-problem-reach = Tu rol no alcanza a todos los destinatarios.
page-console-problem-own-incentive = Tú activaste o cambiaste este incentivo, y nadie aprueba lo suyo. Tiene que hacerlo otra persona.
page-console-problem-own-award = Es para ti, y nadie aprueba lo suyo. Tiene que hacerlo otra persona.
page-console-problem-not-proposed = Alguien ya lo decidió.
page-console-problem-incentive-ended = Ha terminado, y su dirección no se vuelve a usar.
page-console-problem-taken = Otro incentivo ya tiene esta dirección. Elige otra en el primer paso.
page-console-problem-bad-settings = Los ajustes no son los que admite este complemento.
page-console-problem-plugin-fault = El complemento falló con estos ajustes.
page-console-problem-unknown-plugin = Este complemento ya no está instalado.
page-console-problem-unknown-metric = El complemento necesita una métrica que la casa no tiene.
page-console-problem-unknown-audience = Elige para quién es.
page-console-problem-bad-periods = Los días y los periodos no encajan.
page-console-problem-bad-title = Dale un nombre de 1 a 200 caracteres.
page-console-problem-bad-name = Elige otra dirección: minúsculas, cifras y guiones.
page-console-problem-bad-allotment = Una cantidad no es correcta.
page-console-problem-bad-approval = Una cantidad de la aprobación no es correcta.
page-console-problem-over-budget = El presupuesto no tiene tanto como se pide aquí.
page-console-problem-unknown-budget = Ese presupuesto ya no existe.
page-console-problem-unknown-prize = Ese premio ya no existe.
page-console-problem-bad-window = Estos días no se pueden probar: el primero va antes del último, ninguno después de hoy, y 400 días como mucho.
page-console-problem-previews-busy = Otras personas están probando incentivos ahora. Inténtalo dentro de unos segundos.
page-console-problem-difference-changed = La diferencia ya es otra. Aquí está como es ahora.
page-console-problem-not-final = Este periodo aún no es definitivo: lo que llega cuenta por sí solo.
page-console-problem-busy = La casa está ocupada. Inténtalo dentro de unos segundos.
page-console-problem-not-found = Ya no está.

page-console-roster = Personas
page-console-ask-roster = ¿Quién trabaja dónde?
page-console-lead-roster = { $agents } personas en { $teams } equipos de { $sites } sedes. Nombres y direcciones se pueden borrar; quién estuvo en qué equipo y cuándo es historia.
page-console-parked = { $n ->
    [one] { $n } evento de alguien que no está en la plantilla espera. Cuenta en cuanto esté.
   *[other] { $n } eventos de personas que no están en la plantilla esperan. Cuentan en cuanto estén.
}
page-console-need-parked = { $n ->
    [one] { $n } evento es de alguien que no está en la plantilla
   *[other] { $n } eventos son de personas que no están en la plantilla
}
page-console-roster-csv = Plantilla como CSV
page-console-roster-help = Pega un archivo con estas columnas, en cualquier orden; solo hacen falta agent y name. Ves qué cambiaría antes de que cambie nada.
page-console-roster-look = Mostrar qué cambiaría
page-console-roster-look-again = Mostrarlo otra vez
page-console-roster-import = Importar exactamente esto
page-console-roster-found = { $new } nuevas, { $changed } cambiadas, { $same } como están.
page-console-roster-agent = Número
page-console-roster-outcome = Es
page-console-roster-changes = Qué cambia
page-console-roster-new = nueva
page-console-roster-changed = cambiada
page-console-roster-name = nombre
page-console-roster-mail = correo
page-console-roster-chat = chat
page-console-roster-locale = idioma
page-console-roster-zone = zona
page-console-roster-terms = equipo y jornada
page-console-roster-hired = día de ingreso
page-console-roster-line = Línea { $line }, { $column }, «{ $value }»:
page-console-done-imported = Importado.
page-console-problem-bad-roster = No se cambió nada: algunas líneas no son correctas.

page-console-accounts = Cuentas
page-console-ask-accounts = ¿Quién puede entrar?
page-console-lead-accounts = Con ellas entran las personas. Lo que pueden hacer depende de sus roles.
page-console-account-active = puede entrar
page-console-account-invited = invitada
page-console-account-disabled = desactivada
page-console-account-invite = Invitar a alguien
page-console-account-agent = Número en la plantilla
page-console-account-agent-help = Del agente que es. El rol de agente lo necesita.
page-console-account-link = No se pudo enviar correo. Entrega tú este enlace; solo se muestra ahora:
page-console-account-send = Enviar otro enlace
page-console-account-send-help = Con él elige una contraseña. Los enlaces anteriores dejan de valer.
page-console-account-unlink = Quitar la identidad
page-console-account-unlink-help = Ha entrado con OpenID Connect. Después se enlaza de nuevo a quien llegue con esta dirección, verificada allí; las sesiones terminan.
page-console-account-disable = Desactivar
page-console-account-disable-help = Sale al momento y no puede entrar hasta que se active otra vez.
page-console-account-enable = Activar otra vez
page-console-roles = Roles
page-console-places = Dónde
page-console-places-help = De quienes gestionan: toda la casa, o sedes y equipos. De quienes lideran: equipos.
page-console-role-admin = Todo.
page-console-role-manager = Incentivos, personas y decisiones.
page-console-role-team-leader = Ve a su equipo.
page-console-role-agent = Ve lo suyo.
page-console-role-rule-developer = Sube complementos y los prueba; no activa ninguno.
page-console-role-integrator = Envía eventos.
page-console-role-auditor = Lee los libros.
page-console-done-invited = Invitada: un enlace va de camino.
page-console-done-changed = Guardado.
page-console-done-account-disable = Está desactivada.
page-console-done-account-enable = Está activada.
page-console-done-account-invite = Un enlace va de camino.
page-console-done-account-unlink = La identidad se ha quitado.
page-console-done-account-sign-out = Ha salido en todas partes.
page-console-problem-bad-account = Algo de esta cuenta no es correcto.
page-console-problem-mail-taken = Otra cuenta tiene este correo.
page-console-problem-last-admin = Alguien tiene que seguir siendo admin.
page-console-problem-account-disabled = La cuenta está desactivada. Actívala primero.
page-console-problem-changed-meanwhile = Alguien lo ha cambiado entretanto. Míralo otra vez.
page-console-audit = Registro de cambios
page-console-ask-audit = ¿Quién cambió qué?
page-console-lead-audit = Cada cambio, el más nuevo primero. No guarda nombres, direcciones ni secretos.
page-console-audit-object = Sobre
page-console-audit-find = Buscar
page-console-audit-none = Ningún cambio así.
page-console-audit-what = Antes y después
page-console-audit-before = Antes
page-console-audit-after = Después
page-console-audit-older = Cambios anteriores
page-console-audit-token = Token
page-console-audit-command-line = Línea de comandos
page-console-audit-stranger = Alguien sin entrar

page-console-leave-out = Omitir un evento
page-console-leave-out-help = Solo para este incentivo, cuando falla una y otra vez con el mismo evento. Para los demás el evento cuenta.
page-console-block = Bloque del diario
page-console-index = Lugar en el bloque, desde 0
page-console-done-left-out = El evento se omite en este incentivo.
page-console-signed-by = Firmado por { $name }
page-console-unsigned = Sin firma
page-console-signature = Firma

# Tokens
page-console-tokens = Tokens
page-console-ask-tokens = ¿Qué programas pueden entrar?
page-console-lead-tokens = Los programas y los paneles de sala entran con un token. Se muestra una sola vez: solo se guarda su hash.
page-console-no-tokens = No hay ningún token.
page-console-new-token = Un token nuevo
page-console-make-token = Crear el token
page-console-token-name = Para qué es
page-console-token-unnamed = Di para qué es el token.
page-console-token-expires = Vale hasta
    .help = El último día, según UTC. Vacío: hasta que se revoque.
page-console-token-scopes = Qué puede hacer
page-console-token-scopeless = Elige al menos uno.
page-console-scope-ingest = Enviar eventos, y nada más.
page-console-scope-read = Leer clasificaciones, premios, saldos y estado.
page-console-scope-manage = Cambiar y decidir lo que deciden quienes gestionan: incentivos, dinero, aprobaciones, plantilla; leer nombres y nómina.
page-console-scope-admin = Todo, incluidos tokens, plugins y fuentes.
page-console-scope-wall = Mostrar un panel de sala, y nada más.
page-console-token-by = Creado por
page-console-token-created = Creado
page-console-token-until = Hasta
page-console-token-holds = vale
page-console-token-expired = caducado
page-console-token-revoked = revocado
page-console-token-secret = Copia el token ahora. No se vuelve a mostrar.
page-console-token-wall = La dirección del panel de sala:
page-console-token-wrong-confirm = Escribe el nombre exactamente como se muestra.
page-console-revoke = Revocar
page-console-revoke-help = A partir de ahora se rechaza a quien lo use. No se puede deshacer.
page-console-done-revoked = El token está revocado.
page-console-problem-bad-token = Este token no se puede crear así.
page-console-problem-too-many-tokens = Hay demasiados tokens.

# Sedes y equipos
page-console-places-page = Sedes y equipos
page-console-ask-places = ¿Dónde trabaja la gente?
page-console-lead-places = Una sede tiene una zona horaria, y un equipo tiene una sede. Quién está en qué equipo figura en
page-console-places-sites = Sedes
page-console-places-teams = Equipos
page-console-no-sites = Aún no hay ninguna sede. Empieza por una.
page-console-no-teams = Aún no hay ningún equipo.
page-console-new-site = Una sede nueva
page-console-new-team = Un equipo nuevo
page-console-change-place = Cambiar «{ $title }»
page-console-place-site = Sede
    .help = Un nombre corto para archivos y reglas: letras minúsculas, cifras y guiones, por ejemplo madrid.
page-console-place-team = Equipo
    .help = Un nombre corto para archivos y reglas: letras minúsculas, cifras y guiones, por ejemplo azul.
page-console-place-title = Así lo ve la gente
page-console-place-zone = Zona horaria
    .help = Como la llama la IANA, por ejemplo Europe/Madrid.
page-console-place-holidays = Festivos
    .help = Días en que nadie trabaja, por ejemplo 2026-05-01, separados por comas.
page-console-place-teams = Equipos
page-console-place-of-site = Sede
page-console-place-queues = Colas
    .help = Lo que entra en ellas llega al equipo. Sepáralas con comas.
page-console-wrong-zone = Indica una zona, por ejemplo Europe/Madrid.
page-console-wrong-place-taken = Ya existe uno con este nombre.
page-console-done-place = Guardado.
