name = Los últimos en pie
summary = En cada periodo queda fuera quien va en último lugar, hasta que quedan unos pocos; después empieza otra temporada.

out = Tu temporada termina aquí, con { NUMBER($done, maximumFractionDigits: 0) } en el último día. { $remaining ->
    [one] Sigue { $remaining }
   *[other] Siguen { $remaining }
}. Gracias por jugar tan bien.
remained = Estás entre quienes han llegado al final de la temporada { $season }.

settings-metric = Métrica
    .help = Se suman sus valores del periodo. Quien no tiene ninguno (un día libre) se salva.
settings-survivors = Cuántos quedan
settings-prize = Premio para cada persona que queda
