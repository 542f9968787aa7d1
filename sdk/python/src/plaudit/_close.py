"""What a rule knows and may do when a period closes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any, Generic, TypeVar

from . import _wit
from ._effects import CLOSE, Award, Draw, Effects, Praise, Target
from ._errors import RuleError
from ._plan import Places, place
from ._state import _json, encode
from ._time import Zone, day_of

S = TypeVar("S")


class Entrant:
    """One of the audience when a period closes."""

    __slots__ = ("_entrant", "_places")

    def __init__(self, entrant: _wit.Entrant, places: Places) -> None:
        self._entrant = entrant
        self._places = places

    @property
    def id(self) -> str:
        """The agent's or team's id."""
        return self._entrant.id

    @property
    def team(self) -> str | None:
        """The agent's team, if in one."""
        return self._entrant.team or None

    @property
    def share(self) -> float:
        """Share of full time, in (0, 1]; of a team the sum of its members' shares."""
        return self._entrant.share

    @property
    def members(self) -> int:
        """How many agents are in it: 1 for an agent."""
        return self._entrant.members

    @property
    def hired(self) -> date | None:
        """Day of hire, if known; none for teams."""
        number = self._entrant.hired_day
        return None if number is None else day_of(number)

    def tickets(self, draw: str) -> int:
        """Tickets of a planned draw."""
        return self._entrant.tickets[place(self._places.draws, draw, "draw")]

    def __repr__(self) -> str:
        return f"Entrant({self.id!r})"


class Row:
    """A row of a board."""

    __slots__ = ("_places", "_row", "board", "entrant")

    def __init__(self, row: _wit.Standing, entrant: Entrant, board: str, places: Places) -> None:
        self._row = row
        self._places = places
        self.board = board
        """The board's name."""
        self.entrant = entrant
        """Whose it is."""

    @property
    def id(self) -> str:
        """The agent's or team's id."""
        return self.entrant.id

    @property
    def rank(self) -> int:
        """1 is best; equal after all tie-breaks means equal rank. 0 is not ranked."""
        return self._row.rank

    @property
    def qualified(self) -> bool:
        """Whether all guards hold."""
        return self._row.qualified

    @property
    def value(self) -> float | None:
        """The ranked value, if it can be said."""
        return None if math.isnan(self._row.value) else self._row.value

    def column(self, name: str) -> float | None:
        """A column, if anything was scored in it."""
        value = self._row.columns[self._places.column(self.board, name)[1]]
        return None if math.isnan(value) else value

    def __repr__(self) -> str:
        return f"Row({self.id!r}, rank {self.rank}, value {self.value})"


class Close(Generic[S]):
    """The period that closes, its audience and its ranked boards; and what the rule gives then."""

    def __init__(
        self,
        settings: S,
        period: _wit.Period,
        entrants: list[_wit.Entrant],
        standings: list[_wit.BoardStandings],
        shared: Any,
        places: Places,
        effects: Effects,
    ) -> None:
        self.settings = settings
        """The incentive's settings."""
        self.entrants = [Entrant(entrant, places) for entrant in entrants]
        """The whole audience, by id, those without an event too."""
        self.shared = shared
        """What the last final ``conclude`` left (a value of JSON); ``None`` before."""
        self._period = period
        self._standings = standings
        self._places = places
        self._effects = effects
        self._shared_bytes: bytes | None = None

    @property
    def period(self) -> str:
        """The period's name, such as ``2026-03-02`` or ``2026-W10``."""
        return self._period.id

    @property
    def start(self) -> int:
        """The period's first instant, milliseconds since 1970."""
        return self._period.start

    @property
    def end(self) -> int:
        """The first instant after the period, milliseconds since 1970."""
        return self._period.end

    @property
    def zone(self) -> Zone:
        """The incentive's own zone, in which its periods are cut."""
        return Zone(self._period.zone)

    def rows(self, board: str) -> Iterator[Row]:
        """The rows of a planned board: qualified ones first, best first."""
        rows = self._standings[place(self._places.boards, board, "board")].rows
        return (Row(row, self.entrants[row.entrant], board, self._places) for row in rows)

    def ranked(self, board: str) -> Iterator[Row]:
        """The rows that have a rank, best first."""
        return (row for row in self.rows(board) if row.rank > 0)

    def award(self, award: Award, *, to: Target) -> None:
        """Gives somebody an award. Nobody is the key of a close: name them, as ``to=Target.agent(row.id)``."""
        self._effects.awards.append((CLOSE, _named(to), award))

    def praise(self, praise: Praise, *, to: Target) -> None:
        """Praises somebody."""
        self._effects.praise.append((CLOSE, _named(to), praise))

    def draw(self, draw: Draw) -> None:
        """Says how a planned draw is drawn."""
        number = place(self._places.draws, draw.name, "draw")
        self._effects.draws.append((number, self._places.plan.draws[number][1], draw))

    def set_shared(self, value: Any) -> None:
        """Leaves a value of JSON (at most 256 KiB) for the next periods: ``cx.shared`` and ``close.shared`` read it.

        They do once this period is final. Without this call what stands stays.
        """
        self._shared_bytes = encode(_json(value, "the shared state"))

    def log(self, line: str) -> None:
        """Writes a line for the operator. Don't log personal data."""
        self._effects.logs.append(("info", line))


def _named(to: Target) -> Target:
    if to.kind == "itself":
        raise RuleError("at a close nobody is the key itself: name somebody, as Target.agent(row.id)")
    return to
