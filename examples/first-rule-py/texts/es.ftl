badge-streak = En racha
streak = { $n ->
    [one] Una buena llamada.
   *[other] ¡{ $n } buenas llamadas seguidas!
}
settings-good = Valoración desde la que una llamada es buena
settings-length = Cuántas seguidas
