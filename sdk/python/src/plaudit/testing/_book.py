"""What stands: what the rule asks for, compared with what was given before, as the host settles it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from .._effects import Badge, Points, Reward, Text, Value
from .._plan import Quota

Id = tuple[int | None, bool, str, str, str]
"""What makes an effect the same one: period (none for ever), praise?, name, subject, key."""


@dataclass(frozen=True, slots=True)
class Given:
    """An award or praise that somebody got."""

    at: int
    """The time of its step or timer, or of the close, milliseconds since 1970."""
    to: str
    """The key, or an agent's or team's id."""
    name: str
    key: str
    """The step's entity in place of an empty one."""
    reward: Reward | None
    """None for praise."""
    text: Text
    """What is said."""
    team: str = ""
    """The team of whoever got it, at that time."""

    def argument(self, name: str) -> Value | None:
        """An argument of its text."""
        return dict(self.text.arguments).get(name)

    @property
    def place(self) -> int | None:
        """The place that the host gave it in a quota."""
        found = self.argument("place")
        return found if isinstance(found, int) else None

    def at_place(self, place: int | None) -> Given:
        """With a place."""
        if place is None:
            return self
        others = {name: value for name, value in self.text.arguments if name != "place"}
        return replace(self, text=Text(self.text.message, **others, place=place))

    @property
    def points(self) -> int:
        """Its points; 0 if it is something else."""
        return self.reward.units if isinstance(self.reward, Points) else 0

    @property
    def what(self) -> str:
        """The reward in a word or two."""
        if isinstance(self.reward, Points):
            return f"{self.reward.units} {self.reward.currency}"
        if isinstance(self.reward, Badge):
            return f"badge {self.reward.name or self.name} {self.reward.level}"
        return self.reward.thing if self.reward else "praise"


@dataclass(slots=True)
class Entry:
    """Something asked for, in the period that it counts in."""

    period: int
    given: Given


Asked = dict[Id, Entry]
"""What was asked for, by id, in the order in which it was first. Asked for again by the same id it is the same."""


class Book:
    """What stands, and what stood."""

    def __init__(self) -> None:
        self._entries: dict[Id, Entry] = {}
        self.taken_back: list[Given] = []

    @property
    def standing(self) -> list[Given]:
        """In order of time."""
        return [entry.given for entry in self._entries.values()]

    def settle(self, asked: Asked, quotas: tuple[Quota, ...], open_period: int) -> None:
        """First what goes, since it frees places; then what comes, in order of time, as far as quotas allow."""
        left_out = _left_out_at_close(asked, quotas, open_period)
        before, self._entries = self._entries, {}
        for id, entry in before.items():
            if id in asked and id not in left_out:
                is_raced_for = any(quota.award == entry.given.name for quota in quotas)
                had = entry.given.place if is_raced_for else None
                self._entries[id] = Entry(entry.period, asked[id].given.at_place(had))
            elif id not in asked and entry.given.reward is None:
                self._entries[id] = entry  # What was said is said.
            else:
                self.taken_back.append(entry.given)
        places = {id: place for place, id in enumerate(asked)}
        for id, entry in sorted(asked.items(), key=lambda item: item[1].given.at):
            if id not in left_out and id not in self._entries and self._has_place(entry, quotas):
                self._entries[id] = replace(entry)
        ordered = sorted(self._entries.items(), key=lambda item: (item[1].given.at, places.get(item[0], -1)))
        self._entries = dict(ordered)
        for quota in quotas:
            self._number(quota)

    def _number(self, quota: Quota) -> None:
        """Says each award of a quota its place, as the host does.

        At the close by the order of the race; at once each keeps the number that it has, and the others get the first
        that are free.
        """
        for entry in self._entries.values():
            own = entry.given
            if not _is_one_race(quota, own, own):
                continue
            others = (e for e in self._entries.values() if e.period == entry.period)
            race = [e.given for e in others if _is_one_race(quota, e.given, own)]
            if quota.at_close:
                place = sum(1 for given in race if (given.at, given.to) < (own.at, own.to)) + 1
            else:
                taken = {given.place for given in race}
                place = own.place or next(n for n in range(1, len(race) + 2) if n not in taken)
            entry.given = own.at_place(place)

    def _has_place(self, entry: Entry, quotas: tuple[Quota, ...]) -> bool:
        given = entry.given
        at_once = (q for q in quotas if not q.at_close and q.award == given.name and given.reward is not None)
        quota = next(at_once, None)
        if quota is None:
            return True
        same_period = (e.given for e in self._entries.values() if e.period == entry.period)
        return sum(1 for taken in same_period if _is_one_race(quota, taken, given)) < quota.per_period


def _is_one_race(quota: Quota, one: Given, other: Given) -> bool:
    """Whether two awards compete for the same places, if they are of the same period."""
    competes = all(given.name == quota.award and given.reward is not None for given in (one, other))
    return competes and (not quota.each_team or one.team == other.team)


def _left_out_at_close(asked: Asked, quotas: tuple[Quota, ...], open_period: int) -> set[Id]:
    """Who has no place by a quota that is decided at the close.

    Everyone as long as the period is open, then all but the first by event time (at the same time, by subject).
    """
    left_out: set[Id] = set()
    for quota in quotas:
        if not quota.at_close:
            continue
        race = [(id, e) for id, e in asked.items() if e.given.name == quota.award and e.given.reward is not None]
        each_team = quota.each_team

        def heat(item: tuple[Id, Entry]) -> tuple[int, str]:
            return item[1].period, item[1].given.team if each_team else ""  # noqa: B023 - used at once

        race.sort(key=lambda item: (*heat(item), item[1].given.at, item[1].given.to))
        for (period, _), runners in groupby(race, key=heat):
            places = quota.per_period if period < open_period else 0
            left_out.update(id for id, _ in list(runners)[places:])
    return left_out
