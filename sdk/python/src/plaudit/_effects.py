"""What a rule gives, says and shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final

from ._errors import RuleError

PER_ENTITY: Final = ""
"""The key of an award that there is once per entity of the step: each contact, survey or order gives one."""
ONCE: Final = "once"
"""The key of an award that there is once (the default)."""

_POSITIONS = 2**32 - 1
_UNITS_MAX = 2**63 - 1


@dataclass(frozen=True, slots=True)
class AgentName:
    """An agent by id, as an argument of a text: the host shows the name, which a rule never sees."""

    id: str


@dataclass(frozen=True, slots=True)
class TeamName:
    """A team by id, as an argument of a text: the host shows its name."""

    id: str


_VALUES = (float, int, str, date, AgentName, TeamName)
_KEYS = (str, int, date)
Value = float | int | str | date | AgentName | TeamName
"""What an argument of a text may be: a number, a text, a day, an agent or a team by id."""


@dataclass(frozen=True, slots=True, init=False)
class Text:
    """A message of the plugin's texts, by id, with its arguments: rendered by the host in the reader's language.

    >>> Text("streak", n=5, queue="sales").message
    'streak'
    """

    message: str
    arguments: tuple[tuple[str, Value], ...]

    def __init__(self, message: str, /, **arguments: Value) -> None:
        """``message`` is the id in ``texts/*.ftl``; in a name of an argument ``_`` stands for ``-``."""
        object.__setattr__(self, "message", message)
        named = tuple((name.replace("_", "-"), _value(name, value)) for name, value in arguments.items())
        object.__setattr__(self, "arguments", named)


def _value(name: str, value: Value) -> Value:
    # The types are a tuple made once: in a component `float | int` costs as much as a hundred lines.
    if type(value) is bool or not isinstance(value, _VALUES):
        what = "a set, whose order is not fixed" if isinstance(value, set | frozenset) else repr(value)
        raise RuleError(f"the argument {name!r} of a text is {what}: give a number, a text, a day, AgentName(…) or TeamName(…)")
    return value


@dataclass(frozen=True, slots=True)
class Points:
    """Whole units (at least 1) of a currency, from the incentive's budget."""

    units: int
    currency: str = "points"

    def __post_init__(self) -> None:
        if type(self.units) is not int or not 1 <= self.units <= _UNITS_MAX:
            raise RuleError(f"Points({self.units!r}): points are whole and at least 1; use int(…) or leave them out")


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge of the plugin's texts: ``badge-<name>`` is its title. The lowest level is 1."""

    level: int = 1
    name: str | None = None
    """The award's own name unless given."""


@dataclass(frozen=True, slots=True)
class Prize:
    """A thing, by the name that the settings give it."""

    thing: str


Reward = Points | Badge | Prize
"""What an award gives."""


def key_text(key: str | int | date) -> str:
    """A key as the contract has it: a text, an ordinal, or a day as ``2026-03-02``."""
    if type(key) is str:
        return key
    if type(key) is bool or not isinstance(key, _KEYS):
        raise RuleError(f"the key {key!r} is no text, whole number or day: those stay the same when events are folded again")
    return key.isoformat() if isinstance(key, date) else str(key)


@dataclass(frozen=True, slots=True)
class Award:
    """Points, a badge or a thing, with a reason. It is unique by name and key within its period, or for ever.

    Given again with the same name and key it is the same award, so that folding the same events again gives nothing
    twice. The key is ``once``, an ordinal, a day, or :data:`PER_ENTITY`; never an event's id.

    >>> Award("good-calls", Points(50), key=3, because=Text("streak", n=5)).key
    3
    """

    name: str
    reward: Reward
    because: Text | None = None
    """The reason; without it the message with the award's name."""
    key: str | int | date = ONCE
    for_ever: bool = False
    """Unique for ever rather than within a period."""

    @property
    def reason(self) -> Text:
        """The reason that is told."""
        return self.because or Text(self.name)


class Tone(Enum):
    """The tone of praise."""

    THANKS = "thanks"
    CONGRATULATION = "congratulation"
    ENCOURAGEMENT = "encouragement"
    NOTICE = "notice"
    """Neither good nor bad: something begins, or who is met next."""


@dataclass(frozen=True, slots=True)
class Praise:
    """A message of recognition, told once per name and key within its period, or for ever.

    >>> Praise("hard-contact", Tone.THANKS, key=PER_ENTITY).tone.value
    'thanks'
    """

    name: str
    tone: Tone = Tone.CONGRATULATION
    saying: Text | None = None
    """What is said; without it the message with the praise's name."""
    key: str | int | date = ONCE
    for_ever: bool = False
    """Told once for ever rather than once within a period."""

    @property
    def text(self) -> Text:
        """What is said."""
        return self.saying or Text(self.name)


@dataclass(frozen=True, slots=True)
class Target:
    """Who gets something."""

    kind: str
    id: str = ""

    @staticmethod
    def itself() -> Target:
        """The key itself: the agent or the team. Not for keys of the whole incentive, and not at a close."""
        return Target("itself")

    @staticmethod
    def agent(id: str) -> Target:
        """One agent."""
        return Target("agent", id)

    @staticmethod
    def team(id: str) -> Target:
        """A team as such."""
        return Target("team", id)

    @staticmethod
    def team_members(team: str) -> Target:
        """Each one who was in the team at that time."""
        return Target("team-members", team)

    @staticmethod
    def everyone() -> Target:
        """Each one of the audience at that time."""
        return Target("everyone")


@dataclass(frozen=True, slots=True)
class Odds:
    """How likely an instant win is: ``wins`` in ``of`` tries, on average.

    >>> Odds.one_in(20) == Odds(1, 20)
    True
    """

    wins: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.wins <= self.of <= _POSITIONS or self.of < 1:
            raise RuleError(f"{self.wins} wins in {self.of} are no odds: at most all, and of at least one")

    @staticmethod
    def one_in(of: int) -> Odds:
        """One win in so many tries, on average."""
        return Odds(1, of)


@dataclass(frozen=True, slots=True)
class DrawPrize:
    """``winners`` entrants get this, each."""

    winners: int
    award: Award


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An entrant who is left out, with the reason that the receipt shows."""

    entrant: str
    because: Text


@dataclass(frozen=True, slots=True)
class Draw:
    """How a planned draw is drawn, with its prizes in the order in which they are drawn.

    >>> draw = Draw("weekly").prize(1, Award("first", Prize("Voucher"))).prize(3, Award("other", Points(50)))
    >>> [prize.winners for prize in draw.prizes]
    [1, 3]
    """

    name: str
    """As planned."""
    prizes: tuple[DrawPrize, ...] = ()
    excluded: tuple[Exclusion, ...] = ()

    def prize(self, winners: int, award: Award) -> Draw:
        """With a further prize: ``winners`` (at least 1) entrants get it, each."""
        if winners < 1:
            raise RuleError(f"a prize of the draw {self.name!r} has {winners} winners: at least 1")
        return Draw(self.name, (*self.prizes, DrawPrize(winners, award)), self.excluded)

    def exclude(self, entrant: str, because: Text) -> Draw:
        """Without an entrant."""
        return Draw(self.name, self.prizes, (*self.excluded, Exclusion(entrant, because)))


@dataclass(frozen=True, slots=True)
class Origin:
    """What an effect follows from: a step, a timer of a slot, or the close of a period."""

    kind: str
    step: int = 0
    slot: int = 0
    at: int = 0


CLOSE: Final = Origin("close")


@dataclass(slots=True)
class Score:
    """Something added to a board's column."""

    step: int
    board: int
    column: int
    value: float
    weight: float


@dataclass(slots=True)
class Tickets:
    """Tickets of a draw."""

    step: int
    draw: int
    count: int


@dataclass(slots=True)
class Progress:
    """What is within reach of a key."""

    text: Text
    value: float
    target: float


@dataclass(slots=True)
class Chance:
    """An instant win that is tried for."""

    at: Origin
    to: Target
    chance: int
    odds: Odds
    award: Award


@dataclass(slots=True)
class Effects:
    """Everything a call asked for, in order."""

    awards: list[tuple[Origin, Target, Award]] = field(default_factory=list)
    praise: list[tuple[Origin, Target, Praise]] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    tickets: list[Tickets] = field(default_factory=list)
    progress: dict[int, Progress] = field(default_factory=dict)
    """The latest per slot."""
    draws: list[tuple[int, str, Draw]] = field(default_factory=list)
    """Number and method in the plan, and how it is drawn."""
    chances: list[Chance] = field(default_factory=list)
    logs: list[tuple[str, str]] = field(default_factory=list)
    """Level (``debug``, ``info``, ``warn``) and line."""


def names(of: Iterable[str]) -> str:
    """Names for a message: ``a, b, c``, or ``none``."""
    return ", ".join(of) or "none"
