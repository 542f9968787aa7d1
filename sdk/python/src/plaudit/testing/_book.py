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

    def argument(self, name: str) -> Value | None:
        """An argument of its text."""
        return dict(self.text.arguments).get(name)

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
                self._entries[id] = Entry(entry.period, asked[id].given)
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

    def _has_place(self, entry: Entry, quotas: tuple[Quota, ...]) -> bool:
        given = entry.given
        at_once = (q for q in quotas if not q.at_close and q.award == given.name and given.reward is not None)
        quota = next(at_once, None)
        if quota is None:
            return True
        taken = [e for e in self._entries.values() if e.period == entry.period and e.given.name == given.name and e.given.reward]
        return len(taken) < quota.per_period


def _left_out_at_close(asked: Asked, quotas: tuple[Quota, ...], open_period: int) -> set[Id]:
    """Who has no place by a quota that is decided at the close.

    Everyone as long as the period is open, then all but the first by event time (at the same time, by subject).
    """
    left_out: set[Id] = set()
    for quota in quotas:
        if not quota.at_close:
            continue
        race = [(id, e) for id, e in asked.items() if e.given.name == quota.award and e.given.reward is not None]
        race.sort(key=lambda item: (item[1].period, item[1].given.at, item[1].given.to))
        for period, runners in groupby(race, key=lambda item: item[1].period):
            places = quota.per_period if period < open_period else 0
            left_out.update(id for id, _ in list(runners)[places:])
    return left_out
