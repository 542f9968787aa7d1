name = Power hour
summary = For an hour a day each one pays extra, up to a fair cap.

begins = The power hour is on, until { $until }. The first { $cap } count extra; take them as they come.
within-the-hour = Within the power hour: { $n } of { $cap } today.
