name = Cara a cara
summary = A cada cual le toca alguien que la última vez rindió igual; gana el duelo quien hace más por hora.

own-score = { NUMBER($own, maximumFractionDigits: 2) } por hora frente a { NUMBER($theirs, maximumFractionDigits: 2) }
won = Has ganado el duelo con { $rival }: { own-score }.
drawn = Empate con { $rival }: { own-score }.
next-duel = Tu próximo duelo es con { $rival }. Suerte a los dos.

settings-metric = Métrica
settings-hours = Horas
    .help = La métrica de las horas trabajadas, para que quien trabaja a tiempo parcial compita en igualdad.
settings-win_points = Puntos por ganar
settings-draw_points = Puntos por empatar
settings-currency = Moneda de los puntos
