"""Local days and times on the wall, from the zones that a batch hands in: there is no tz database in a rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from . import _wit

SECOND = 1_000
"""One second, in milliseconds."""
MINUTE = 60 * SECOND
"""One minute, in milliseconds."""
HOUR = 60 * MINUTE
"""One hour, in milliseconds."""
DAY = 24 * HOUR
"""24 hours, in milliseconds. Local days may be shorter or longer: see :meth:`Zone.start_of`."""

_EPOCH = date(1970, 1, 1)
_EPOCH_ORDINAL = _EPOCH.toordinal()
_WALL_EPOCH = datetime(1970, 1, 1)
_SEARCH_DAYS = 366


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH_ORDINAL


def day_of(number: int) -> date:
    """The day so many days after 1970-01-01; what is beyond the calendar is its first or last day."""
    ordinal = number + _EPOCH_ORDINAL
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def is_within(clock: time, start: time, end: time) -> bool:
    """Whether a time lies in the window from ``start`` (inclusive) to ``end`` (exclusive), which may pass midnight.

    >>> is_within(time(23), time(21), time(7)), is_within(time(12), time(21), time(7))
    (True, False)
    """
    return start <= clock < end if start <= end else clock >= start or clock < end


def parse_clock(text: str) -> time | None:
    """Reads ``HH:MM``; ``None`` if it is no such time.

    >>> parse_clock("21:30"), parse_clock("24:00"), parse_clock("9:00")
    (datetime.time(21, 30), None, None)
    """
    hour, colon, minute = text.partition(":")
    if not colon or len(hour) != 2 or len(minute) != 2 or not (hour + minute).isascii():
        return None
    if not (hour + minute).isdigit() or int(hour) > 23 or int(minute) > 59:
        return None
    return time(int(hour), int(minute))


def is_workday(day: date, workdays: int, holidays: frozenset[int] | tuple[int, ...] = ()) -> bool:
    """Whether one works on this day: its bit is in ``workdays`` (bit 0 is Monday), and it is no holiday."""
    return bool(workdays >> day.weekday() & 1) and day_number(day) not in holidays


def anniversary(day: date, hired: date) -> int | None:
    """Whole years since ``hired``, if ``day`` is an anniversary of it (at least 1).

    Who was hired on 29 February celebrates on the 28th in other years.

    >>> anniversary(date(2026, 2, 28), date(2020, 2, 29)), anniversary(date(2024, 2, 28), date(2020, 2, 29))
    (6, None)
    """
    years = day.year - hired.year
    return years if years > 0 and day == _anniversary_in(day.year, hired) else None


def next_anniversary(day: date, hired: date) -> date:
    """The first anniversary of ``hired`` after ``day``.

    >>> next_anniversary(date(2026, 3, 2), date(2024, 3, 2))
    datetime.date(2027, 3, 2)
    """
    year = max(day, hired).year
    found = _anniversary_in(year, hired)
    return found if found > day and found > hired else _anniversary_in(year + 1, hired)


def _anniversary_in(year: int, hired: date) -> date:
    try:
        return hired.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


class Zone:
    """A time zone around the batch's times, with the days nobody works there."""

    __slots__ = ("_at", "_offsets", "_zone")

    def __init__(self, zone: _wit.Zone) -> None:
        """A view of a zone of the contract."""
        self._zone = zone
        self._at = [t.at for t in zone.transitions]
        self._offsets = [t.offset_minutes * MINUTE for t in zone.transitions]

    @property
    def name(self) -> str:
        """Its IANA name, such as ``Europe/Madrid``."""
        return self._zone.name

    @property
    def holidays(self) -> list[date]:
        """Days nobody works here, rising."""
        return [day_of(number) for number in self._zone.holidays]

    def offset(self, at: int) -> int:
        """Local time minus UTC at that time (milliseconds since 1970), in milliseconds."""
        if not self._at:
            return 0
        return self._offsets[max(bisect_right(self._at, at) - 1, 0)]

    def day(self, at: int) -> date:
        """The local day at that time (milliseconds since 1970)."""
        return day_of((at + self.offset(at)) // DAY)

    def clock(self, at: int) -> time:
        """The time on the wall at that time (milliseconds since 1970), in whole minutes."""
        minutes = (at + self.offset(at)) % DAY // MINUTE
        return time(minutes // 60, minutes % 60)

    def local(self, at: int) -> datetime:
        """Day and time on the wall at that time (milliseconds since 1970), without a zone, to the millisecond."""
        return _WALL_EPOCH + timedelta(milliseconds=at + self.offset(at))

    def start_of(self, day: date) -> int:
        """The first instant of a local day, milliseconds since 1970."""
        return self.instant(day, time())

    def instant(self, day: date, clock: time) -> int:
        """When the wall shows that time on that day: the first instant after a gap, the first of an overlap.

        Milliseconds since 1970.
        """
        of_day = ((clock.hour * 60 + clock.minute) * 60 + clock.second) * SECOND
        wall = day_number(day) * DAY + of_day + clock.microsecond // 1_000
        # Offsets that hold near this wall time: the instant is right where the one assumed is in force.
        before, after = self.offset(wall - DAY), self.offset(wall + DAY)
        for candidate in (wall - max(before, after), wall - min(before, after)):
            if candidate + self.offset(candidate) == wall:
                return candidate
        # In a gap: the clocks jumped over this time, and the day goes on at the transition.
        start = wall - max(before, after)
        return next((at for at in self._at if at >= start), wall - before)

    def next(self, at: int, clock: time) -> int:
        """The next instant after ``at`` (both milliseconds since 1970) at which the wall shows that time."""
        today = self.day(at)
        first = self.instant(today, clock)
        return first if first > at else self.instant(today + timedelta(days=1), clock)

    def works_on(self, day: date, workdays: int) -> bool:
        """Whether one works on this day: by weekdays (bit 0 is Monday) and the holidays."""
        return is_workday(day, workdays, tuple(self._zone.holidays))

    def next_workday(self, day: date, workdays: int) -> date | None:
        """The first working day after ``day``; ``None`` if there is none within a year."""
        return self._first_workday(day, workdays, 1)

    def previous_workday(self, day: date, workdays: int) -> date | None:
        """The last working day before ``day``; ``None`` if there is none within a year."""
        return self._first_workday(day, workdays, -1)

    def _first_workday(self, day: date, workdays: int, step: int) -> date | None:
        days = (day + timedelta(days=step * n) for n in range(1, _SEARCH_DAYS + 1))
        return next((d for d in days if self.works_on(d, workdays)), None)

    def __repr__(self) -> str:
        return f"Zone({self.name!r})"


def days(start: date, end: date) -> Iterator[date]:
    """The days from ``start`` (inclusive) to ``end`` (exclusive).

    >>> [d.day for d in days(date(2026, 3, 2), date(2026, 3, 5))]
    [2, 3, 4]
    """
    return (start + timedelta(days=n) for n in range((end - start).days))
