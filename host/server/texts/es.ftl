former-colleague = alguien que ya no trabaja aquí
colleague = alguien del equipo

points = { $n ->
    [one] { $n } punto
   *[other] { $n } puntos
}
units = { $n } { $currency }

granted-points = Recibes { points }{ $called ->
    [none] {""}
   *[other] , { $called }
}.
granted-units = Recibes { units }{ $called ->
    [none] {""}
   *[other] , { $called }
}.
granted-badge = Eso es { $what }{ $called ->
    [none] {""}
   *[other] , { $called }
}.
granted-prize = Ganas { $what }{ $called ->
    [none] {""}
   *[other] , { $called }
}.
team-points = { $team } recibe { points }.
team-units = { $team } recibe { units }.
team-badge = { $team } consigue { $what }.
team-prize = { $team } gana { $what }.

changed-more = Ha llegado una corrección: ahora es { $what }, { $n } más que antes.
changed-less = Ha llegado una corrección: ahora es { $what }, { $n } menos que antes.
changed-same = Ha llegado una corrección: ahora es { $what }.

reversed = Ha llegado una corrección y ya no cuenta lo siguiente: { $what }.
reversed-fact = El motivo había sido: { $because }

withheld-allotment = Has llegado a { $what }, pero el presupuesto de { $incentive } se ha agotado.
withheld-quota = Has llegado a { $what }, pero todas las plazas estaban ya ocupadas.
withheld-disqualified = No se concede { $what }: por ahora no participas en { $incentive }.
withheld-stock = Has llegado a { $what }, pero no quedan existencias.
withheld-refused = No se ha aprobado: { $what }.
withheld-other = De momento no se concede { $what }.
withheld-fact = Quien lidera tu equipo puede contarte más.
withheld-team-allotment = { $team } ha llegado a { $what }, pero el presupuesto de { $incentive } se ha agotado.
withheld-team-quota = { $team } ha llegado a { $what }, pero todas las plazas estaban ya ocupadas.
withheld-team-disqualified = No se concede { $what }: por ahora { $team } no participa en { $incentive }.
withheld-team-stock = { $team } ha llegado a { $what }, pero no quedan existencias.
withheld-team-refused = No se ha aprobado para { $team }: { $what }.
proposed = Pendiente de aprobación: { $what }.
approved = Aprobado: { $what }.

closed = { $incentive } ({ $period }) se ha cerrado.
closed-once = { $incentive } se ha cerrado.
closed-podium = En cabeza: { $podium }.
closed-empty = Esta vez nadie ha entrado en la clasificación.
final = { $incentive } ({ $period }) es definitivo.
final-once = { $incentive } es definitivo.
final-fact = Ya no cambia por sí solo.
place = { $rank }. { $name }
won = { $name }: { $what }
and-more = y { $n } más
week = semana { NUMBER($week, useGrouping: "false") } de { NUMBER($year, useGrouping: "false") }

sealed = Los boletos de { $draw } están sellados.
sealed-fact = SHA-256 de la lista, para comprobar después el sorteo: { $hash }
held = Se ha celebrado el sorteo de { $incentive }.
held-winners = Han ganado: { $winners }.
held-none = Esta vez nadie tenía boletos.
drawn-again = Ha quedado libre un puesto en { $draw } y se ha vuelto a adjudicar.
drawn-again-none = No quedaba nadie a quien adjudicarlo.

paused = { $incentive } queda en pausa, porque hay que revisar su regla.
paused-fact = No se pierde nada: lo que ocurra entretanto se contará después.

news = { $n ->
    [one] { $n } novedad
   *[other] { $n } novedades
}

why = Por qué →
board = La clasificación →
check = Comprobar el sorteo →

mail-greeting = { $called ->
    [none] Hola:
   *[other] Hola, { $called }:
}
mail-footer = Lo envía Plaudit porque participas en los incentivos de tu centro de atención. No respondas a este correo.

# Correos sobre cuentas.
account-invitation-subject = Tu cuenta en Plaudit
account-invitation = Se ha creado una cuenta para ti. Elige una contraseña y ya estás dentro.
account-invitation-link = Elegir una contraseña
account-invitation-not-me = Si no lo esperabas, no hagas nada: sin contraseña nadie puede usar la cuenta.
account-reset-subject = Una contraseña nueva para Plaudit
account-reset = Alguien, seguramente tú, ha pedido una contraseña nueva.
account-reset-link = Elegir una contraseña nueva
account-reset-not-me = Si no has sido tú, no hagas nada: la contraseña sigue como está.
account-changed-subject = Ha cambiado tu contraseña en Plaudit
account-changed = La contraseña de tu cuenta ha cambiado y se han cerrado todas las sesiones anteriores.
account-changed-not-me = Si no has sido tú, avisa enseguida a quien lleva Plaudit en tu empresa.
account-link-days = { $n ->
    [one] El enlace vale una sola vez, durante { $n } día.
   *[other] El enlace vale una sola vez, durante { $n } días.
}
account-link-hours = { $n ->
    [one] El enlace vale una sola vez, durante { $n } hora.
   *[other] El enlace vale una sola vez, durante { $n } horas.
}
