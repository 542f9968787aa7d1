"""What rules often count, as small dataclasses to keep in a state.

None of them knows a clock: the caller hands in the event's time or its local day (``event.time``, ``event.day``), so that
folding the same events again counts the same. All but :class:`Guard` can be part of a state.

- levels that a value has reached: :func:`reached`, :func:`passed`, :func:`next_tier`, :func:`out_of_order`
- good events in a row, good working days in a row, misses that are forgiven: :class:`Streak`, :class:`DayStreak`,
  :class:`Freezes`
- days, weeks and months of the calendar, the last so many days: :class:`Calendar`, :class:`Rolling`
- at most so many a day, at least so long between two: :class:`PerDay`, :class:`Cooldown`
- n of the last m: :class:`LastFew`
- a mean, a rate per hour, a bound that has to be kept: :class:`Mean`, :class:`Rate`, :class:`Guard`
- the best so far, better than one's own past: :class:`PersonalBest`, :class:`Baseline`
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar

from ._settings import Choice
from ._time import Zone, days

T = TypeVar("T")

_NEVER = date(1970, 1, 1)


def reached(tiers: Sequence[T], at: Callable[[T], float], value: float) -> tuple[int, T] | None:
    """Level (from 1) and tier of the highest threshold that ``value`` has reached; ``tiers`` rise by ``at``.

    >>> reached([5, 10], float, 4), reached([5, 10], float, 12)
    (None, (2, 10))
    """
    level = sum(1 for tier in tiers if at(tier) <= value)
    return (level, tiers[level - 1]) if level else None


def passed(tiers: Sequence[T], at: Callable[[T], float], before: float, after: float) -> Iterator[tuple[int, T]]:
    """Levels and tiers that lie in (before, after]: those that this step has reached first.

    >>> list(passed([5, 10, 15], float, 4, 11))
    [(1, 5), (2, 10)]
    """
    return ((level, tier) for level, tier in enumerate(tiers, 1) if before < at(tier) <= after)


def next_tier(tiers: Sequence[T], at: Callable[[T], float], value: float) -> T | None:
    """The first tier above ``value``, for progress.

    >>> next_tier([5, 10], float, 5)
    10
    """
    return next((tier for tier in tiers if at(tier) > value), None)


def out_of_order(tiers: Sequence[T], at: Callable[[T], float]) -> int | None:
    """Index of the first tier that is not above the one before it, for :meth:`Rule.check`.

    >>> out_of_order([5, 5, 9], float)
    1
    """
    pairs = enumerate(pairwise(tiers), 1)
    return next((i for i, (before, after) in pairs if at(before) >= at(after)), None)


@dataclass
class Streak:
    """Good events in a row.

    >>> streak = Streak()
    >>> [streak.add(good) for good in (True, True, False, True)], streak.best, streak.runs
    ([1, 2, 0, 1], 2, 2)
    """

    length: int = 0
    """Length of the current run."""
    best: int = 0
    """Longest so far."""
    runs: int = 0
    """Runs begun so far: an ordinal for awards."""

    def add(self, good: bool) -> int:
        """Counts an event; gives the length of the current run."""
        if good:
            self.runs += self.length == 0
            self.length += 1
            self.best = max(self.best, self.length)
        else:
            self.length = 0
        return self.length


@dataclass
class Freezes:
    """Misses that are forgiven: earned by what is good, spent one by one.

    >>> freezes = Freezes()
    >>> for _ in range(3): freezes.earn(every=3, at_most=1)
    >>> freezes.spend(), freezes.spend()
    (True, False)
    """

    saved: int = 0
    """How many are there to be spent."""
    towards: int = 0
    """Good ones counted towards the next."""

    def earn(self, every: int, at_most: int) -> None:
        """Counts something good: each ``every`` of them earn a freeze, as long as fewer than ``at_most`` are saved.

        Who has them all begins to count again after one is spent.
        """
        if self.saved >= at_most:
            self.towards = 0
            return
        self.towards += 1
        if self.towards >= every:
            self.saved, self.towards = self.saved + 1, 0

    def spend(self) -> bool:
        """Takes one, if there is one."""
        if not self.saved:
            return False
        self.saved -= 1
        return True


@dataclass
class DayStreak:
    """Good working days in a row. Days off neither count nor break it: the caller names the working day before.

    >>> streak, friday, monday = DayStreak(), date(2026, 3, 6), date(2026, 3, 9)
    >>> streak.good(friday, date(2026, 3, 5)), streak.good(monday, friday), streak.good(monday, friday)
    (1, 2, 2)
    """

    length: int = 0
    """Length of the current run, in working days."""
    best: int = 0
    """Longest so far."""
    runs: int = 0
    """Runs begun so far: an ordinal for awards."""
    last: date | None = None
    """The last good day."""

    def good(self, day: date, previous_workday: date | None) -> int:
        """Counts a good day, given the working day before it (``cx.previous_workday(day)``); gives the run's length.

        A day off on which somebody worked counts, and the next working day goes on from it.
        """
        if self.last is not None and day <= self.last:
            return self.length
        # Goes on if no working day lies between: the last good day is the working day before, or a day off after it.
        goes_on = self.last is not None and previous_workday is not None and self.last >= previous_workday
        self.runs += not goes_on
        self.length = self.length + 1 if goes_on else 1
        self.best = max(self.best, self.length)
        self.last = day
        return self.length

    def good_or_frozen(self, day: date, works_on: Callable[[date], bool], freezes: Freezes) -> int:
        """As :meth:`good`: each working day missed since the last good one takes a freeze, if there are enough.

        ``works_on`` says which days are working days (``agent.works_on``).

        >>> streak, freezes, monday = DayStreak(), Freezes(saved=1), date(2026, 3, 2)
        >>> [streak.good_or_frozen(monday + timedelta(n), lambda day: day.weekday() < 5, freezes) for n in (0, 2, 4)]
        [1, 2, 1]
        """
        last = self.last
        if last is None or last >= day:
            return self.good(day, None)
        missed = sum(1 for between in days(last + timedelta(days=1), day) if works_on(between))
        goes_on = missed <= freezes.saved
        if goes_on:
            freezes.saved -= missed
        return self.good(day, last if goes_on else None)

    def broken(self) -> None:
        """Breaks the run."""
        self.length, self.last = 0, None


class Calendar(Choice):
    """A day, a week or a month of the calendar. It is a choice for settings, too.

    >>> wednesday = date(2026, 3, 4)
    >>> Calendar.WEEK.start(wednesday), Calendar.MONTH.next(wednesday)
    (datetime.date(2026, 3, 2), datetime.date(2026, 4, 1))
    """

    DAY = "day", "A day"
    WEEK = "week", "A week"
    MONTH = "month", "A month"

    def start(self, day: date) -> date:
        """The first day of the window that ``day`` lies in; weeks begin on Monday."""
        if self is Calendar.WEEK:
            return day - timedelta(days=day.weekday())
        return day if self is Calendar.DAY else day.replace(day=1)

    def next(self, day: date) -> date:
        """The first day of the window after that."""
        if self is Calendar.MONTH:
            return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
        return self.start(day) + timedelta(days=7 if self is Calendar.WEEK else 1)

    def end(self, day: date, zone: Zone) -> int:
        """The instant at which the window of ``day`` ends in a zone, milliseconds since 1970: a time for a timer."""
        return zone.start_of(self.next(day))


@dataclass
class Mean:
    """A running mean, Σ value / Σ weight.

    >>> mean = Mean()
    >>> mean.add(5); mean.add(4); mean.get()
    4.5
    """

    sum: float = 0.0
    """Σ value."""
    weight: float = 0.0
    """Σ weight."""

    def add(self, value: float, weight: float = 1.0) -> None:
        """Adds numerator and denominator, as ``event.ratio(…)`` gives them."""
        self.sum += value
        self.weight += weight

    def get(self) -> float | None:
        """The mean, if anything weighs."""
        return self.sum / self.weight if self.weight > 0 else None


@dataclass
class Rate:
    """A rate per hour worked. A rate that stands on few hours says little.

    >>> rate = Rate()
    >>> rate.add(3); rate.work(0.5); rate.per_hour(1)
    >>> rate.work(1.5); rate.per_hour(1)
    1.5
    """

    amount: float = 0.0
    """Counted so far."""
    hours: float = 0.0
    """Hours worked so far."""

    def add(self, amount: float) -> None:
        """Counts an amount."""
        self.amount += amount

    def work(self, hours: float) -> None:
        """Adds hours worked, as the metric ``worked-hours`` has them."""
        self.hours += hours

    def per_hour(self, hours_min: float) -> float | None:
        """The amount per hour, from ``hours_min`` hours on; ``None`` before, and where nobody worked."""
        return self.amount / self.hours if self.hours > 0 and self.hours >= hours_min else None


@dataclass
class Rolling:
    """The last so many days, with a sum and a mean. Each day takes about 40 bytes of the state.

    >>> week, monday = Rolling(), date(2026, 3, 2)
    >>> for n, value in ((0, 4), (6, 5), (7, 3)): week.add(monday + timedelta(n), 7, value)
    >>> week.total().get()
    4.0
    """

    days: list[tuple[date, float, float]] = field(default_factory=list)
    """Day, Σ value, Σ weight; rising."""

    def add(self, day: date, days: int, value: float, weight: float = 1.0) -> None:
        """Adds to a day, and forgets what is ``days`` (at least 1) or more days before it."""
        self.forget(day, days)
        if self.days and self.days[-1][0] == day:
            _, total, of = self.days.pop()
            value, weight = total + value, of + weight
        self.days.append((day, float(value), float(weight)))

    def forget(self, day: date, days: int) -> None:
        """Forgets what is ``days`` or more days before ``day``."""
        self.days = [entry for entry in self.days if (day - entry[0]).days < max(days, 1)]

    def total(self) -> Mean:
        """Sum and weight over the window."""
        total = Mean()
        for _, value, weight in self.days:
            total.add(value, weight)
        return total


@dataclass
class PerDay:
    """A count that begins anew each local day, with a cap.

    >>> taken, today = PerDay(), date(2026, 3, 2)
    >>> taken.take(today, 3, cap=5), taken.take(today, 3, cap=5), taken.take(date(2026, 3, 3), 3, cap=5)
    (3, 2, 3)
    """

    day: date = _NEVER
    """The day counted."""
    count: int = 0
    """Counted on that day."""

    def take(self, day: date, wanted: int, cap: int) -> int:
        """Takes as many of ``wanted`` as the day's cap leaves."""
        before = self.on(day)
        taken = min(wanted, max(cap - before, 0))
        self.day, self.count = day, before + taken
        return taken

    def on(self, day: date) -> int:
        """The count of that day."""
        return self.count if self.day == day else 0


@dataclass
class Cooldown:
    """At least so long between two: messages, tries, bonuses. What was refused does not prolong the pause.

    >>> pause = Cooldown()
    >>> [pause.take(minute, 10) for minute in (0, 9, 10)]
    [True, False, True]
    """

    last: int | None = None
    """When the last one was, milliseconds since 1970."""

    def take(self, now: int, pause: int) -> bool:
        """Whether ``pause`` milliseconds have passed since the last one; if so, this is the last one now."""
        is_over = self.last is None or now - self.last >= pause
        if is_over:
            self.last = now
        return is_over


@dataclass
class LastFew:
    """How many of the last m events were good, m at most 63.

    >>> last = LastFew()
    >>> [last.add(good, 3) for good in (True, True, False, True)], last.is_full(3)
    ([1, 2, 2, 2], True)
    """

    bits: int = 0
    """The latest is bit 0."""
    seen: int = 0
    """Seen so far, up to 63."""

    def add(self, good: bool, m: int) -> int:
        """Counts an event; gives how many of the last ``m`` (1 to 63) were good."""
        # As many as fit into a whole number of 64 bits with its sign.
        self.bits = (self.bits << 1 | good) & (1 << 63) - 1
        self.seen = min(self.seen + 1, 63)
        return self.good(m)

    def good(self, m: int) -> int:
        """How many of the last ``m`` were good."""
        return (self.bits & (1 << m) - 1).bit_count()

    def is_full(self, m: int) -> bool:
        """Whether ``m`` have been seen at all."""
        return self.seen >= m


@dataclass(frozen=True)
class Guard:
    """A bound that a measure has to keep, inclusive.

    >>> quality = Guard(at_least=80)
    >>> quality.holds(80), quality.holds(79.9), quality.holds(None)
    (True, False, False)
    """

    at_least: float = -math.inf
    at_most: float = math.inf

    def holds(self, measure: float | None) -> bool:
        """Whether the measure keeps it; one that is absent does not."""
        return measure is not None and self.at_least <= measure <= self.at_most

    def qualifies(self, mean: Mean, weight_min: float) -> bool:
        """Whether a mean keeps it and stands on at least that weight: two ratings qualify nobody."""
        return mean.weight >= weight_min and self.holds(mean.get())


@dataclass
class PersonalBest:
    """The best so far, and whether it was beaten. The first values only set the mark.

    >>> best = PersonalBest()
    >>> [best.offer(value, warm_up=2) for value in (4, 6, 5, 9)], best.records
    ([None, None, None, 6.0], 1)
    """

    mark: float | None = None
    """The mark to beat."""
    seen: int = 0
    """Values seen so far."""
    records: int = 0
    """Marks beaten after the warm-up: an ordinal for awards."""

    def offer(self, value: float, warm_up: int, *, lowest: bool = False) -> float | None:
        """Offers a value; gives the mark that it beat, once ``warm_up`` values have been seen before.

        With ``lowest`` less is better, such as a handle time.
        """
        mark = self.mark
        beaten = mark is not None and (value < mark if lowest else value > mark)
        counts = self.seen >= warm_up
        self.seen += 1
        if beaten or mark is None:
            self.mark = float(value)
        if not beaten or not counts:
            return None
        self.records += 1
        return mark


@dataclass(frozen=True)
class Improvement:
    """What a :class:`Baseline` tells."""

    before: float
    """The mean of the windows before."""
    now: float
    """The mean of the current window."""

    @property
    def percent_higher(self) -> float:
        """By how many percent it is higher than before; negative if lower, 0 where there is nothing to compare with."""
        return (self.now - self.before) / abs(self.before) * 100 if self.before else 0.0

    @property
    def percent_lower(self) -> float:
        """By how many percent it is lower than before, for what is better when lower."""
        return 0.0 - self.percent_higher


@dataclass
class Baseline:
    """A window's mean next to the mean of one's own windows before; one without any measure is passed over.

    >>> handle_time, monday = Baseline(), date(2026, 3, 2)
    >>> for n, seconds in ((0, 300), (7, 320), (14, 279)):
    ...     handle_time.add(Calendar.WEEK, monday + timedelta(n), seconds, keep=4)
    >>> better = handle_time.improvement(2)
    >>> better.before, better.now, better.percent_lower
    (310.0, 279.0, 10.0)
    """

    start: date = _NEVER
    """First day of the current window."""
    current: Mean = field(default_factory=Mean)
    """Σ value and Σ weight of the current window."""
    past: list[Mean] = field(default_factory=list)
    """Windows before it, the oldest first."""

    def add(self, calendar: Calendar, day: date, value: float, weight: float = 1.0, *, keep: int) -> None:
        """Adds value and weight on a local day; at most ``keep`` past windows are remembered."""
        start = calendar.start(day)
        if start > self.start:
            if self.current.weight > 0:
                self.past.append(self.current)
            self.past = self.past[-keep:] if keep else []
            self.start, self.current = start, Mean()
        self.current.add(value, weight)

    def improvement(self, windows_min: int) -> Improvement | None:
        """The current window next to those before, if at least ``windows_min`` of them had a measure, and it has one."""
        before = Mean()
        for mean in self.past:
            before.add(mean.sum, mean.weight)
        then, now = before.get(), self.current.get()
        if then is None or now is None or len(self.past) < max(windows_min, 1):
            return None
        return Improvement(then, now)
