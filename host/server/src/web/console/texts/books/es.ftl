# Los libros de la consola: entregas, métricas, orígenes, dinero.

page-console-more = Más
page-console-group-results = Resultados y dinero
page-console-group-works = Cómo funciona
page-console-group-who = Quién puede qué
page-console-older = Anteriores
page-console-need-dead = { $n ->
    [one] { $n } mensaje no se pudo entregar
   *[other] { $n } mensajes no se pudieron entregar
}
page-console-need-silent = { $source } no ha enviado nada desde hace { $span }

page-console-deliveries = Entregas
page-console-ask-deliveries = ¿Qué se envió y adónde?
page-console-lead-deliveries = Cada mensaje en camino a personas, salas y sistemas. Lo que no se pudo entregar está primero entre lo que hay que mirar.
page-console-missing-deliveries = No hay tal entrega. Puede haberse borrado después de su plazo.
page-console-no-deliveries = Nada por aquí. Los mensajes aparecen en cuanto alguien recibe algo.
page-console-delivery-all = Todo
page-console-delivery-dead = no entregado
page-console-delivery-pending = en camino
page-console-delivery-waiting = en espera del fin de las horas de silencio
page-console-delivery-waits = espera hasta { $until } por las horas de silencio
page-console-delivery-sent = entregado
page-console-delivery-no-channel = sin adónde enviarlo
page-console-delivery-cancelled = retirado antes de enviarse
page-console-delivery-channel = Canal
page-console-delivery-who = A quién: nombre, número, sala o sistema
page-console-channel-chat = chat
page-console-channel-mail = correo
page-console-channel-room = sala
page-console-channel-webhook = webhook
page-console-channel-nowhere = ninguno
page-console-n-attempts = { $n ->
    [0] aún sin intentos
    [one] { $n } intento
   *[other] { $n } intentos
}
page-console-retry = Enviar de nuevo
page-console-retry-dead = Enviar de nuevo todo lo no entregado
page-console-done-retried = Se está enviando de nuevo.
page-console-problem-not-now = Ahora no se puede enviar de nuevo.
page-console-ask-delivery = ¿Qué fue de la entrega { $n }?
page-console-delivery-said = Qué dice
page-console-delivery-as-now = En el idioma de quien lo recibe. Los nombres son los de ahora.
page-console-delivery-private = Lo que dice es para quien puede leer sobre las personas.
page-console-delivery-attempts = Intentos
page-console-delivery-created = Previsto
page-console-delivery-first = Primer intento
page-console-delivery-last = Último intento
page-console-delivery-next = Próximo intento

page-console-measures = Métricas
page-console-ask-measures = ¿Qué se mide?
page-console-lead-measures = Las métricas se calculan a partir de eventos con expresiones. Un cambio crea una versión nueva; lo que está en marcha conserva la suya.
page-console-no-measures = El catálogo está vacío.
page-console-missing-measure = No hay tal métrica.
page-console-measure = Métrica
page-console-measure-unit = Unidad
page-console-measure-lower = menos es mejor
page-console-measure-types = Eventos
page-console-measure-used = La usan
page-console-measure-type = Tipo de evento
page-console-measure-filter = Solo si
    .help = CEL que da verdadero o falso. Déjalo vacío para tomarlos todos.
page-console-measure-value = Valor
    .help = CEL que da un número, como data.csat.
page-console-measure-per = Dividido por
    .help = CEL que da un número. Déjalo vacío si no es una razón.
page-console-measure-try = Probar
page-console-measure-try-help = Con los últimos eventos. No cambia nada y nadie se entera.
page-console-measure-found = { $n } de los últimos { $all } eventos la tienen.
page-console-measure-gives = Da
page-console-measure-data = Campos
page-console-measure-left-out = excluido
page-console-measure-nothing = falta un campo
page-console-measure-failed = falló
page-console-problem-bad-metric = La expresión no se entiende.
page-console-problem-value-missing = Falta un valor.

page-console-sources = Orígenes
page-console-ask-sources = ¿De dónde vienen los eventos?
page-console-lead-sources = Lo que ha llegado desde que arrancó el servidor.
page-console-no-sources = No ha llegado nada desde que arrancó el servidor. Los orígenes aparecen con su primer evento.
page-console-source = Origen
page-console-source-unread = no se pudo leer
page-console-source-heard = Último
page-console-source-hour = Última hora
page-console-source-lag = Retraso
page-console-source-all = Eventos
page-console-source-rejected = Rechazados
page-console-source-errors = Qué se rechazó
page-console-source-sample = Una muestra
page-console-source-sample-help = Solo se guarda en memoria, y la siguiente la sustituye.
page-console-source-raw = Como llegó
page-console-source-made = El evento
page-console-source-parked = Eventos de personas que no están en la plantilla
page-console-source-parked-help = Cuentan en cuanto estas personas estén en la plantilla. Aquí no se guardan nombres.
page-console-source-import = Importar personas
page-console-source-agent = Número opaco
page-console-source-events = Eventos

page-console-money-page = Dinero
page-console-ask-money-page = ¿Qué se ha gastado y qué queda?
page-console-lead-money-page = Los presupuestos dan a los incentivos; los incentivos, a las personas.
page-console-plan-title = El plan y lo gastado
page-console-plan-help = Si se ha gastado más parte que tiempo ha pasado, puede que el presupuesto no alcance.
page-console-no-plan = Ningún incentivo tiene presupuesto.
page-console-allotted = Puede gastar
page-console-paid = Gastado
page-console-held = Retenido
page-console-left = Queda
page-console-share-spent = Del presupuesto
page-console-share-time = Del tiempo
page-console-open-end = sin fin fijado
page-console-books = Libros
page-console-to-ledger = El libro mayor, asiento por asiento
page-console-payroll = Nómina
page-console-payroll-help = Todo lo asentado en estos días, en CSV. Las correcciones son filas propias.
page-console-through = Hasta (incluido)
page-console-download-csv = Descargar CSV
page-console-accounts-title = Quién tiene qué
page-console-no-accounts = Nadie tiene nada todavía.
page-console-currency = Unidad
page-console-units = Cantidad
page-console-a-team = equipo
page-console-ledger = Libro mayor
page-console-ask-ledger = ¿Qué se asentó?
page-console-lead-ledger = Lo más nuevo primero. Las filas no se cambian nunca: una corrección es una fila propia.
page-console-no-ledger = Ninguna fila así.
page-console-treasury = Tesorería
page-console-ledger-kind = Por qué
page-console-ledger-moves = Qué se movió
page-console-ledger-who = Número o cuenta
page-console-ledger-row = fila { $n }
page-console-ledger-awarded = concedido
page-console-ledger-corrected = corregido
page-console-ledger-reversed = retirado
page-console-ledger-adjusted = ajustado
page-console-ledger-funded = ingresado en un presupuesto
page-console-ledger-reserved = apartado
page-console-ledger-released = devuelto al presupuesto
page-console-ledger-stocked = ingresado en existencias
page-console-problem-bad-cursor = Esta página ya no está. Empieza de nuevo.

page-console-plugins = Versiones de complementos
page-console-ask-plugins = ¿Qué funciona con qué versión?
page-console-lead-plugins = Un incentivo en marcha conserva la versión con la que se activó hasta que alguien tome otra.
page-console-runs-with = Lo que está en marcha
page-console-installed = Lo que está instalado
page-console-installed-help = Se conoce por su resumen, lo más nuevo primero. Hay un nombre donde llegó una firma cuya clave conoce la casa (plugins.signers).
page-console-plugin-used = Incentivos
page-console-plugin-digest = SHA-256
page-console-newer = Más nueva
page-console-newest = ninguna
page-console-fault-column = Fallo
page-console-versions = Versiones
page-console-ask-versions = ¿Con qué versión ha de funcionar { $title }?
page-console-lead-versions = Mira qué cambiaría otra versión antes de tomarla. Lo definitivo queda como está.
page-console-no-other-version = No hay otra versión de este complemento ni de este incentivo.
page-console-version-other = Otra versión
page-console-version-look = ¿Qué cambiaría?
page-console-version-look-help = Se vuelve a calcular todo lo que no es definitivo. Puede tardar; con ello no cambia nada.
page-console-version-changes = { $n ->
    [0] Ningún premio sería distinto.
    [one] { $n } premio sería distinto.
   *[other] { $n } premios serían distintos.
}
page-console-states-kept = Los recuentos y las rachas siguen desde donde están.
page-console-states-anew = Los recuentos y las rachas se rehacen desde el comienzo del incentivo.
page-console-upgrade = Tomar esta versión
page-console-rollback = Volver a esta versión
page-console-version-number = N.º
page-console-version-by = Por
page-console-version-current = vigente
page-console-version-back = vuelta a la { $n }
page-console-version-back-to = Volver a la versión { $n } ({ $plugin })
page-console-done-version = La otra versión toma el relevo.
page-console-problem-no-such-version = No hay tal versión.
page-console-problem-plugin-gone = El complemento de esa versión ya no está instalado.

page-console-results = Cómo va
page-console-ask-results = ¿Cómo va { $title }?
page-console-results-found = { $n ->
    [0] Nadie ha recibido nada todavía.
    [one] { $n } premio para { $winners }.
   *[other] { $n } premios para { $winners } personas o equipos.
}
page-console-messages = Mensajes
page-console-message = Cómo era el mensaje
page-console-trend = De periodo en periodo
page-console-trend-found = Los últimos { $n } periodos dieron entre { $least } y { $most }; el último, { $last }.
page-console-as-table = Como tabla
page-console-spread = Cómo se reparte
page-console-spread-found = { $n } de { $all } han recibido algo ({ $share }).
page-console-n-awards = { $n ->
    [0] nada
    [one] { $n } premio
   *[other] { $n } premios
}
page-console-n-awards-or-more = { $n } o más
page-console-award-granted = Concedidos
page-console-award-proposed = En espera
page-console-award-withheld = No concedidos
page-console-award-reversed = Retirados
page-console-no-awards = Ningún premio así.

page-console-reports = Informes
page-console-ask-reports = ¿Qué ha aportado?
page-console-report-days = Lo que queda de lo ganado del { $from } al { $to }.
page-console-show = Mostrar
page-console-report-incentives = Incentivos
page-console-report-teams = Equipos
page-console-report-teams-help = Cada persona cuenta para el equipo en el que estaba cuando lo ganó.
page-console-report-sites = Sedes
page-console-report-file = { $what } en CSV
page-console-report-empty = Nada estuvo en marcha en estos días.
page-console-missing-report = No hay tal informe.
page-console-report-effect = La métrica antes y durante
page-console-report-effect-help = Elige un incentivo. Una diferencia sola no prueba nada: también se ven en ella la temporada, la plantilla y otros cambios.
page-console-effect-help = { $n ->
    [one] Su último día y el día antes de que empezara; con todos los que ahora están entre sus destinatarios.
   *[other] Sus últimos { $n } días y los { $n } días antes de que empezara; con todos los que ahora están entre sus destinatarios.
}
page-console-effect-none = Aún no lleva un día entero, o no mide nada.
page-console-before = Antes
page-console-during = Durante
page-console-effect = Diferencia
page-console-per-person-day = por persona y día
page-console-n-facts = { $n ->
    [one] { $n } hecho
   *[other] { $n } hechos
}
page-console-on-board = En la clasificación
page-console-share-winning = Parte
page-console-report-cost = Coste
page-console-people = Personas
page-console-problem-bad-range = Pon primero el primer día, y 400 días como máximo.
page-console-problem-too-many-facts = Son demasiados hechos para compararlos a la vez.

# Lo que se ingresa en presupuestos, y los premios
page-console-fund-add = Ingresar más
page-console-fund-put-in = Ingresar
page-console-new-budget = Un presupuesto nuevo
page-console-new-budget-help = Su moneda no cambia, y lo que se ingresa se queda dentro.
page-console-fund-budget = Nombre
    .help = Letras minúsculas, cifras y guiones, por ejemplo primavera-2026.
page-console-fund-currency = Moneda
    .help = Por ejemplo points, o eur para dinero en la nómina.
page-console-fund-units = Unidades
page-console-make-budget = Crear el presupuesto
page-console-wrong-budget-taken = Ya hay un presupuesto con este nombre.
page-console-wrong-stale = Entretanto se ha cambiado, por este formulario o por otra persona. Mira lo que hay ahora.
page-console-wrong-prize-taken = Ya hay un premio con este nombre.
page-console-prizes = Premios
page-console-no-prizes = Aún no hay premios. Aquí figuran los vales, días libres y similares, con cuántos hay.
page-console-new-prize = Un premio nuevo
page-console-change-prize = Cambiar «{ $title }»
page-console-keep-prize = Guardar el premio
page-console-prize-title = Premio
page-console-prize-stock = Unidades
page-console-prize-left = Libres
page-console-prize-cost = Valor de una unidad
page-console-fund-prize = Nombre
    .help = Como lo llaman las reglas: letras minúsculas, cifras y guiones, por ejemplo cine.
page-console-fund-title = Así lo ve la gente
page-console-fund-stock = Unidades
    .help = Todas las que se han ingresado alguna vez, menos las que salieron de otro modo que como premio.
page-console-fund-cost = Valor de una unidad
    .help = Figura en la nómina y se descuenta de lo que un incentivo puede gastar. Vacío: nada.
page-console-fund-reason = Motivo
    .help = Hace falta si hay menos unidades que antes.
page-console-done-funded = Está en el presupuesto.
page-console-done-prize = El premio está guardado.
page-console-problem-reason-missing = Di por qué hay menos unidades.
page-console-problem-stock-set-aside = Los incentivos tienen reservadas más unidades.
page-console-problem-bad-prize = Este premio no se puede guardar así.
