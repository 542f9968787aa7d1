name = Speed with quality
summary = The fastest win, but only those whose quality is right.

place = { $rank ->
    [1] First place
    [2] Second place
    [3] Third place
   *[other] Place { $rank }
} with { NUMBER($speed, maximumFractionDigits: 2) } an hour, at a quality of { NUMBER($quality, maximumFractionDigits: 1) }.
