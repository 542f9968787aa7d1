name = Difficult ones
summary = Difficult contacts that are solved at once pay, up to a fair cap; the first one of the day pays more.

hard-one = { $n ->
    [one] A difficult contact, solved at once: your first today.
   *[other] A difficult contact, solved at once: your number { $n } today.
}
opener = The first difficult contact solved today.
