# Agradecimientos de persona a persona: lo que dicen mensajes y páginas. $name los da.

kudos-says = { $name } dice:
kudos-thanks = { $name } te da las gracias.
kudos-others = { $name } da las gracias a { $to }.
kudos-link = Todos los agradecimientos →

kudos-word-help = Gracias por tu ayuda.
kudos-word-well-handled = Bien resuelto, no era un caso fácil.
kudos-word-great-work = Gran trabajo el de hoy.
kudos-word-learned = Hoy he aprendido algo de ti.
kudos-word-good-hands = Tu cliente estaba en buenas manos.
kudos-word-hard-morning = Ha sido un rato difícil y has mantenido la calma.
kudos-word-glad-here = Hoy no es un día fácil. Es bueno que estés aquí.

page-thanks-word = Agradecimiento
page-thanks-title = ¿A quién quiero dar las gracias?
page-thanks-link = Dar las gracias y ver todos los míos
page-thanks-say = Dar las gracias
page-thanks-given-n = { $n ->
    [one] Este mes has dado { $n } de { $limit }.
   *[other] Este mes has dado { $n } de { $limit }.
}
page-thanks-whom = ¿A quién?
page-thanks-nobody = En este momento no hay nadie de tu equipo en la plantilla.
page-thanks-to = Gracias a { $name }
page-thanks-ready = Un clic envía estas palabras, en el idioma de quien las recibe.
page-thanks-own-words = O con tus propias palabras
page-thanks-own-words-help = Como máximo 280 caracteres. Solo lo leéis vosotros dos y quienes dirigen o gestionan el equipo.
page-thanks-reviewed = Alguien que dirige el equipo lo lee antes de que se envíe.
page-thanks-send = Enviar
page-thanks-somebody-else = Otra persona
page-thanks-got = Agradecimientos que recibí
page-thanks-got-none = Aquí aparece lo que te agradecen tus compañeros.
page-thanks-given = Agradecimientos que di
page-thanks-given-none = Aquí aparece a quién has dado las gracias.
page-thanks-hidden = Ocultos
page-thanks-hide = Ocultar
page-thanks-show = Mostrar de nuevo
page-thanks-report = Denunciar
page-thanks-report-help = Alguien que dirige el equipo lo revisa. Quien lo escribió no sabe que lo has denunciado.
page-thanks-state-held = pendiente de revisión
page-thanks-state-reported = denunciado
page-thanks-state-removed = retirado
page-thanks-done-sent = Tu agradecimiento está en camino.
page-thanks-done-held = Tu agradecimiento está guardado y saldrá cuando alguien lo haya leído.
page-thanks-done-hide = Está oculto. Queda al final de la lista, desde donde puedes mostrarlo de nuevo.
page-thanks-done-show = Se muestra de nuevo.
page-thanks-done-report = Está denunciado. Alguien lo revisa.

page-kudos-title = ¿Qué agradecimientos me necesitan?
page-kudos-none = Ningún agradecimiento te espera.
page-kudos-n-wait = { $n ->
    [one] { $n } agradecimiento te espera
   *[other] { $n } agradecimientos te esperan
}
page-kudos-waiting = En espera
page-kudos-held = antes de enviarse
page-kudos-reported = denunciado
page-kudos-between = De { $from } a { $to }
page-kudos-let-through = Dejarlo pasar
page-kudos-keep = Mantenerlo
page-kudos-bring-back = Recuperarlo
page-kudos-remove = Retirar
page-kudos-removed = Retirados
page-kudos-reason-help = Lo leerá quien dio las gracias.
page-kudos-what = Aquí espera lo que escriben los compañeros, si la casa lo quiere así, y lo que alguien ha denunciado. Las palabras ya preparadas no esperan nunca.
page-kudos-done-keep = Puede verse.
page-kudos-done-remove = Está retirado. Puedes recuperarlo más abajo.

page-console-problem-kudos-limit = Este mes ya has dado las gracias tantas veces como se puede. El mes próximo empieza de nuevo.
page-console-problem-kudos-to-oneself = Las gracias son para otra persona.
page-console-problem-bad-kudos = Elige unas palabras o escribe como máximo 280 caracteres.
page-console-problem-own-kudos = Tú diste o recibiste este agradecimiento: debe decidir otra persona.
