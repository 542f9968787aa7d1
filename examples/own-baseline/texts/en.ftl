name = Better than before
summary = Each one’s week is compared with their own weeks before; who gets better is paid, whatever others do.

better = { NUMBER($percent, maximumFractionDigits: 1) }% better than your own weeks before: { NUMBER($now, maximumFractionDigits: 1) } instead of { NUMBER($before, maximumFractionDigits: 1) }.
