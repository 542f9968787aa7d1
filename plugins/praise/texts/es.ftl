name = Reconocimiento
summary = Da las gracias, felicita o anima en el momento justo, sin cansar y nunca de noche.

top-rating-1 = Un cliente acaba de darte la nota más alta. Gracias por el cuidado que hay detrás.
top-rating-2 = Alguien ha terminado contento esta conversación y se ha tomado el tiempo de decirlo. Gracias.
top-rating-3 = Un { $n } de un cliente: mejor no se puede. Gracias.
top-rating-4 = Le has hecho el día un poco más fácil a alguien. Se ha dado cuenta, y nosotros también.

quality-1 = { $n } en tu evaluación de calidad. Eso es trabajar con esmero.
quality-2 = Tu evaluación ha salido con { $n }. Se nota la atención que has puesto.
quality-3 = En esa conversación se oye oficio: { $n }.
quality-4 = Una nota de calidad de { $n }. Buen trabajo.

nth-today-1 = Con este ya van { $n } hoy. Gracias por la constancia.
nth-today-2 = { $n } hoy. Estira la espalda, bebe un vaso de agua, y gracias.
nth-today-3 = Hecho el número { $n } de hoy. Todo suma, y todo cuenta.
nth-today-4 = Hoy llevas { $n }. Gracias por el trabajo que hay detrás de ese número.

personal-best-1 = Es tu mejor día hasta ahora: has pasado de { $n }.
personal-best-2 = Tu antigua marca de { $n } ya es historia. Bien hecho.
personal-best-3 = Nunca habías tenido un día como este: más de { $n }, y aún no ha terminado.
personal-best-4 = Nueva marca personal. La que había que superar era { $n }.

streak = { $n ->
    [one] un buen resultado
    [many] { $n } de buenos resultados seguidos
   *[other] { $n } buenos resultados seguidos
}
comeback-1 = Los últimos fueron difíciles y les has dado la vuelta: { streak }.
comeback-2 = { streak } después de una mala racha. Para eso hace falta carácter.
comeback-3 = Las malas rachas pasan. La tuya acaba de pasar, y ha sido cosa tuya.
comeback-4 = Has seguido adelante cuando no era fácil, y se nota. Da gusto verlo.

hard-contact-1 = Ese no era fácil. Gracias por llevarlo hasta el final.
hard-contact-2 = Las conversaciones difíciles cansan. La has llevado bien; ahora, respira.
hard-contact-3 = Gracias por mantener la calma cuando costaba.
hard-contact-4 = Ese contacto te pedía mucho, y lo has dado. Gracias.

years = { $n ->
    [one] un año
    [many] { $n } de años
   *[other] { $n } años
}
anniversary-1 = Hoy hace { years } que estás con nosotros. Gracias por estar aquí.
anniversary-2 = Llegaste hoy hace { years }. Nos alegra que lo hicieras.
anniversary-3 = Hoy sumamos { years } de camino en común. A por el siguiente.
anniversary-4 = Feliz aniversario en la casa: { years }, y cada día se ha notado.

settings-top_rating = La nota más alta de un cliente
settings-top_rating-on = Activado
settings-top_rating-metric = Métrica
settings-top_rating-at_least = Desde
settings-quality = Una buena evaluación de calidad
settings-quality-on = Activado
settings-quality-metric = Métrica
settings-quality-at_least = Desde
settings-nth_today = El n.º de hoy
settings-nth_today-on = Activado
settings-nth_today-metric = Métrica
settings-nth_today-at = En
    .help = Cantidades del día local, de menor a mayor.
settings-personal_best = Una marca personal
    .help = Más en un día que nunca.
settings-personal_best-on = Activado
settings-personal_best-metric = Métrica
settings-personal_best-after = Rodaje
    .help = Días con al menos uno antes de que se pueda superar una marca.
settings-comeback = Una remontada
    .help = Buenos resultados otra vez tras una mala racha.
settings-comeback-on = Activado
settings-comeback-metric = Métrica
settings-comeback-last = Mala racha en los últimos
settings-comeback-below = Mala si su media es inferior a
settings-comeback-good = Remontada tras
    .help = Cuántos buenos seguidos.
settings-comeback-at_least = Bueno desde
settings-hard_contact = Un contacto difícil terminado
settings-hard_contact-on = Activado
settings-hard_contact-metric = Métrica
settings-anniversary = El aniversario de entrada
    .help = A las 09:00, hora local; quien entró un 29 de febrero lo celebra el 28 los demás años.
settings-anniversary-on = Activado
settings-cooldown_minutes = Pausa entre mensajes
    .help = Tras un mensaje, la misma persona no recibe otro durante ese tiempo, salvo los aniversarios.
settings-no_repeat = Sin repetir texto en
    .help = Un texto no está entre los últimos mensajes de la misma persona. Cada ocasión tiene cuatro textos: a partir de 4 puede que no quede ninguno y no se diga nada.
settings-quiet = Horas de silencio
settings-quiet-on = Activado
settings-quiet-from = Desde
    .help = Por ejemplo, 20:00; pueden pasar de medianoche.
settings-quiet-to = Hasta
settings-quiet-defer = Decirlo después
    .help = Lo que cae en las dos últimas horas de silencio se dice al terminar; si son varias cosas, la de más peso. Lo demás no se dice.
