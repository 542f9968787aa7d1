# Las páginas del día de un agente, de quien lidera un equipo, del panel de sala, y el verificador de comprobantes. $span es un lapso como "3 h".

page-day-nav = Mi día
page-day-title = ¿Qué tengo a mi alcance?
page-day-nothing-next = Lo siguiente a tu alcance aparece aquí en cuanto algo cuente.
page-day-today = Hoy
page-day-points = Puntos
page-day-badges = Insignias
page-day-prizes = Premios
page-day-words = Palabras amables
page-day-within-reach = También a mi alcance
page-day-places = Dónde estoy
page-day-place-of = de { $n }
page-day-not-ranked = aún sin puesto
page-day-draws = Sorteos en los que estoy
page-day-of-all = de { $all }
page-day-no-tickets = Aún sin boleto: la página del incentivo dice cómo ganar uno.
page-day-drawn-after = cierra en { $span }
page-day-not-drawn = Esta vez no salió
page-day-all = Todo lo que he recibido
page-day-wallet = En mi cuenta
page-day-wallet-link = Todos los asientos
page-day-badges-all = Mis insignias
page-day-settings-link = Mis ajustes y mis datos
page-day-nobody = Esta página es para quienes están en la plantilla. Tu cuenta no es de nadie de ella; un administrador puede cambiarlo.
page-day-wallet-title = ¿Qué hay en mi cuenta?
page-day-entries = Asientos de los últimos tres meses
page-day-entries-none = No se ha asentado nada en los últimos tres meses.
page-day-awarded = concedido
page-day-corrected = corregido
page-day-reversed = retirado tras una corrección
page-day-adjusted = ajustado por un responsable
page-day-settings-title = Mis ajustes
page-day-appear = Cómo me ven los demás
page-day-appear-help = En las clasificaciones, entre los ganadores y en el panel de sala. Donde un incentivo oculta los nombres, el tuyo se oculta en todo caso. La jefatura de tu equipo y la gestión ven tu nombre.
page-day-appear-name = Por el nombre: { $name }
page-day-appear-initials = Por las iniciales: { $name }
page-day-appear-none = Elige una de las dos formas en que te ven los demás.
page-day-channels = Dónde recibo los avisos
page-day-channels-help = Tu página lo tiene todo, al momento y siempre. Una corrección va adonde fue el primer mensaje.
page-day-channels-none = No hay chat ni dirección de correo tuyos, así que todo está solo en tu página.
page-day-channels-awards = Recompensas y lo que ocurre con ellas
page-day-channels-praise = Elogios
page-day-channel-chat = Un mensaje directo en el chat
page-day-channel-mail = Correo
page-day-quiet = Cuándo no quiero avisos
page-day-quiet-help = Lo que llega en esas horas espera a que terminen. Tu página lo muestra al momento. También los elogios se dicen entonces.
page-day-quiet-house = Como en esta casa: { $hours }
page-day-quiet-house-never = Como en esta casa: nunca
page-day-quiet-never = Nunca
page-day-quiet-own = En mis propias horas
page-day-quiet-from = Desde
page-day-quiet-to = Hasta
page-day-quiet-days-off = También en mis días libres
page-day-quiet-and-days-off = { $hours } y en los días libres
page-day-quiet-only-days-off = en los días libres
page-day-quiet-wrong = Indica dos horas distintas, como 20:00 y 08:00.
page-day-quiet-choose = Elige una de las tres opciones de silencio.
page-day-compete = Competir
page-day-compete-help = Quien no compite no aparece en ninguna clasificación ni recibe premios por un puesto. Los agradecimientos, elogios, insignias, puntos por lo que haces, los resultados de tu equipo y los sorteos siguen igual. No se avisa a nadie; tu nombre simplemente no está en las clasificaciones. Vale para todo periodo que aún no ha terminado, y puedes volver cuando quieras.
page-day-compete-yes = Compito con otras personas
page-day-compete-no = No compito
page-day-compete-choose = Elige si compites.
page-day-account-link = Idioma, contraseña y sesiones
page-day-data = Mis datos
page-day-data-help = Todo lo que se guarda sobre ti, en un archivo: nombre y direcciones, cuenta y sesiones, condiciones, premios con sus motivos, asientos y los hechos que cuentan.
page-day-data-download = Descargar mis datos (JSON)

page-floor-team-nav = Mi equipo
page-floor-teams-title = ¿Qué equipo?
page-floor-no-team = Ningún equipo está al alcance de tu rol. Un administrador puede cambiarlo.
page-floor-n-people = { $n ->
    [one] { $n } persona
   *[other] { $n } personas
}
page-floor-missing-team = No existe ese equipo.
page-floor-team-title = ¿Cómo está hoy mi equipo?
page-floor-word = Unas palabras tuyas ayudarían
page-floor-hard = { $n ->
    [one] { $name } ha tenido hoy { $n } contacto difícil. Unas palabras tuyas pueden hacer bien.
   *[other] { $name } ha tenido hoy { $n } contactos difíciles. Unas palabras tuyas pueden hacer bien.
}
page-floor-got = Ganado hoy
page-floor-people = Todo el equipo
page-floor-other-teams = Otros equipos

page-check-here-help = Este navegador puede repetir el sorteo a partir del comprobante, con un programa propio.
page-check-here = Verificarlo en este navegador
page-check-running = Repitiendo el sorteo…
page-check-holds = El comprobante es válido: de esta semilla y esta lista resultan estos ganadores.
page-check-broken = El comprobante NO es válido. No te fíes y avisa al operador.
page-check-unfetched = No se pudo obtener el comprobante. No se ha verificado nada; inténtalo de nuevo.
page-check-insecure = Esta página llegó sin cifrar y por eso el navegador no calcula huellas. Usa las formas de abajo o la dirección con https://.
page-check-form = Está escrito exactamente como se escribe un comprobante.
page-check-seed = La semilla corresponde a su huella, que esta página muestra y que se publicó antes.
page-check-list = Los boletos corresponden a la huella de la lista.
page-check-beacon = El valor aleatorio público es el de su firma. La firma misma no se verifica aquí.
page-check-draw-again = Al repetir el sorteo ganan las mismas personas, en el mismo orden.
page-check-said = Dice lo que prueba y lo que no.
page-check-digest = Su resumen corresponde a todo lo que contiene.
page-check-appendix = Cada puesto sorteado de nuevo fue para la siguiente persona del mismo orden.
page-check-seen = Este navegador vio la huella de la semilla cuando aún se reunían boletos. Es la misma.
page-check-own = Tus boletos están en la lista.
page-check-elsewhere = O con un programa tuyo

page-wall-title = Panel de sala
page-wall-nothing = Aún no hay nada que mostrar
page-wall-cheers = Recién ganado
page-wall-no-cheers = Aquí aparece quien gana algo.
page-wall-next-draw = Hasta el próximo sorteo
page-wall-off = Sin conexión: puede haber novedades
page-wall-over = La dirección de este panel ya no vale
page-wall-over-help = Se revocó o ha caducado. Quien gestiona Plaudit puede crear otra.
page-wall-somebody = Alguien
page-wall-tickets = { $n ->
    [one] boleto en el sorteo
   *[other] boletos en el sorteo
}
