"""Write an incentive as a small pure function.

A rule sees one key at a time (an agent, a team or the whole incentive), its events in the order in which they happened,
and gives awards, praise, scores and tickets. It has no clock, no randomness and no memory besides its state. Late events,
corrections and retractions need no code: the host folds again and settles the difference.

>>> from dataclasses import dataclass
>>> from typing import Annotated
>>> @dataclass(frozen=True)
... class Settings:
...     good: Annotated[float, Setting("The rating from which on a call is good", min=1, max=5)] = 4
...     length: Annotated[int, Setting("How many in a row", min=2, max=100)] = 5
>>> class Streak(Rule[Settings, int]):
...     def plan(self, settings: Settings) -> Plan:
...         return Plan.per_agent().metric("csat")
...
...     def on_event(self, run: int, event: Event, cx: Context[Settings]) -> int:
...         run = run + 1 if event.metric("csat", 0) >= cx.settings.good else 0
...         if run == cx.settings.length:
...             cx.award(Award("streak", Badge(), because=Text("streak", n=run)))
...         return run
>>> from plaudit.testing import Play
>>> play = Play(Streak, {"length": 3}).agent("ana").at("2026-03-02 09:00")
>>> play.events(3, "ana", csat=5).awards("ana")
['streak']

The guide:

- **Plan**: :meth:`Plan.per_agent` (or team, incentive), ``.metric(…)``, ``.attribute(…)``, ``.board(…)``, ``.draw(…)``,
  ``.chance(…)``, ``.quota(…)``. Events, scores and tickets name what the plan named.
- **Event**: :meth:`Event.metric` is a number or ``None`` (or the default that you give); :attr:`Event.day` and
  :attr:`Event.clock` are the agent's own, as ``datetime.date`` and ``datetime.time``; instants are milliseconds.
- **Context**: :meth:`Context.award`, ``praise``, ``score``, ``tickets``, ``progress``, ``timer``, ``try_chance``.
- **Award**: unique by name and key within its period: ``once``, an ordinal, a day, or :data:`PER_ENTITY`.
- **Settings**: a frozen dataclass; ``Annotated[float, Setting("…", min=1)]`` says what the form shows and takes. What spans
  fields goes into :meth:`Rule.check`, which names the field of each :class:`Problem`.
- **State**: a dataclass with defaults, or a plain value that a handler returns. Raise ``state_schema`` with its shape.
- **Texts**: Fluent messages in ``texts/<locale>.ftl``; an award's reason is the message of its name unless said otherwise.
- **Tests**: :class:`plaudit.testing.Play`. **Helpers** for what rules often count: :mod:`plaudit.helpers`.
"""

from ._close import Close, Entrant, Row
from ._context import Context
from ._effects import (
    ONCE,
    PER_ENTITY,
    AgentName,
    Award,
    Badge,
    Draw,
    Odds,
    Points,
    Praise,
    Prize,
    Reward,
    Target,
    TeamName,
    Text,
    Tone,
    Value,
)
from ._errors import Impure, RuleError
from ._event import Agent, Event
from ._plan import Board, Plan
from ._rule import Rule
from ._settings import Choice, Invalid, Problem, Setting
from ._time import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    Zone,
    anniversary,
    days,
    is_within,
    is_workday,
    next_anniversary,
    parse_clock,
)

__all__ = [
    "DAY",
    "HOUR",
    "MINUTE",
    "ONCE",
    "PER_ENTITY",
    "SECOND",
    "Agent",
    "AgentName",
    "Award",
    "Badge",
    "Board",
    "Choice",
    "Close",
    "Context",
    "Draw",
    "Entrant",
    "Event",
    "Impure",
    "Invalid",
    "Odds",
    "Plan",
    "Points",
    "Praise",
    "Prize",
    "Problem",
    "Reward",
    "Row",
    "Rule",
    "RuleError",
    "Setting",
    "Target",
    "TeamName",
    "Text",
    "Tone",
    "Value",
    "Zone",
    "anniversary",
    "days",
    "is_within",
    "is_workday",
    "next_anniversary",
    "parse_clock",
]
