"""The contract's records, as ``rule.wit`` has them: what the adapter reads and writes.

In a component the generated bindings stand in for these: the fields have the same names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

NONE = 4294967295
"""``agent_of`` and ``TextColumn.at`` where there is nothing."""

EVENT, ENTERED, LEFT = 0, 1, 2
"""Kinds of steps."""


@dataclass(slots=True)
class Transition:
    """From ``at`` on, local time is UTC + ``offset_minutes``."""

    at: int
    offset_minutes: int


@dataclass(slots=True)
class Zone:
    """A time zone around the batch, with the days nobody works there (days since 1970-01-01)."""

    name: str
    transitions: Sequence[Transition]
    holidays: Sequence[int] = ()


@dataclass(slots=True)
class Agent:
    """An agent as the roster knew them at the time of some steps."""

    id: str
    team: str = ""
    zone: int = 0
    hired_day: int | None = None
    share: float = 1.0
    workdays: int = 0b001_1111


@dataclass(slots=True)
class Slot:
    """A key with its state."""

    id: str
    zone: int
    state: bytes
    until: int


@dataclass(slots=True)
class TextColumn:
    """``words[at[i]]`` belongs to step i."""

    words: Sequence[str]
    at: Sequence[int]


@dataclass(slots=True)
class MetricColumn:
    """A planned metric, one entry per step; NaN where absent. No weights: each weighs 1."""

    values: Sequence[float]
    weights: Sequence[float] = ()


@dataclass(slots=True)
class Batch:
    """Steps of one or several keys, as columns."""

    slots: Sequence[Slot]
    agents: Sequence[Agent]
    zones: Sequence[Zone]
    shared: bytes = b""
    kind: Sequence[int] = ()
    slot_of: Sequence[int] = ()
    agent_of: Sequence[int] = ()
    time: Sequence[int] = ()
    metrics: Sequence[MetricColumn] = ()
    attributes: Sequence[TextColumn] = ()


@dataclass(slots=True)
class Change:
    """A slot's new state, and when its earliest timer is due."""

    slot: int
    state: bytes
    wake_at: int | None


@dataclass(slots=True)
class Entrant:
    """One of the audience when a period closes."""

    id: str
    team: str = ""
    share: float = 1.0
    members: int = 1
    hired_day: int | None = None
    tickets: Sequence[int] = ()


@dataclass(slots=True)
class Standing:
    """A row of a board."""

    entrant: int
    rank: int
    qualified: bool
    value: float
    columns: Sequence[float]


@dataclass(slots=True)
class BoardStandings:
    """Rows, qualified ones first, best first."""

    rows: Sequence[Standing]


@dataclass(slots=True)
class Period:
    """``[start, end)``."""

    id: str
    start: int
    end: int
    zone: Zone = field(default_factory=lambda: Zone("UTC", ()))
