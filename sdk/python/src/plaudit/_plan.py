"""What a rule subscribes to and has kept for it, as the host reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from ._effects import Text, names
from ._errors import RuleError

Aggregate = Literal["sum", "mean", "max", "min", "last"]
"""How the scores of a column add up within a period: Σ value, Σ value / Σ weight, largest, smallest, latest."""
Method = Literal["weighted", "equal"]
"""A chance per ticket, or the same chance for everyone who has one."""
Key = Literal["agent", "team", "incentive"]
"""What a rule keeps state for: each agent, each team, or the whole incentive."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a board."""

    name: str
    aggregate: Aggregate
    factor: float


@dataclass(frozen=True, slots=True)
class Guard:
    """Bounds of a column, inclusive."""

    column: int
    at_least: float | None = None
    at_most: float | None = None
    or_nothing: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie-break by a column."""

    column: int
    lowest_first: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A ranking that the host keeps: columns that scores add to, and how a row's value follows from them.

    >>> board = Board("ranking").sum("calls").mean("csat", 0).at_least("csat", 4).tie("csat")
    >>> board.index("csat")
    1
    """

    name: str
    columns: tuple[Column, ...] = ()
    guards: tuple[Guard, ...] = ()
    ties: tuple[Tie, ...] = ()
    per_column: int | None = None
    is_lowest_first: bool = False

    def sum(self, name: str, factor: float = 1) -> Board:
        """With a column that adds scores up; ``factor`` is its weight in the row's value, 0 to leave it out."""
        return self.column(name, "sum", factor)

    def mean(self, name: str, factor: float = 1) -> Board:
        """With a column of Σ value / Σ weight."""
        return self.column(name, "mean", factor)

    def max(self, name: str, factor: float = 1) -> Board:
        """With a column that keeps the largest score."""
        return self.column(name, "max", factor)

    def min(self, name: str, factor: float = 1) -> Board:
        """With a column that keeps the smallest score."""
        return self.column(name, "min", factor)

    def last(self, name: str, factor: float = 1) -> Board:
        """With a column that keeps the latest score."""
        return self.column(name, "last", factor)

    def column(self, name: str, aggregate: Aggregate, factor: float = 1) -> Board:
        """With a column of any kind."""
        return replace(self, columns=(*self.columns, Column(name, aggregate, factor)))

    def per(self, column: str) -> Board:
        """Divides the value by this column, for rates such as calls an hour. Rows where it is 0 are not ranked."""
        return replace(self, per_column=self.index(column))

    def at_least(self, column: str, bound: float) -> Board:
        """Ranks only rows whose column is at least this; nothing scored fails."""
        return replace(self, guards=(*self.guards, Guard(self.index(column), at_least=bound)))

    def at_most(self, column: str, bound: float) -> Board:
        """Ranks only rows whose column is at most this; nothing scored fails."""
        return replace(self, guards=(*self.guards, Guard(self.index(column), at_most=bound)))

    def or_nothing(self) -> Board:
        """The guard named last holds for rows, too, in whose column nothing was scored: "no error" is no error."""
        if not self.guards:
            raise RuleError("or_nothing() speaks of a guard: name one first, as .at_most(column, bound).or_nothing()")
        return replace(self, guards=(*self.guards[:-1], replace(self.guards[-1], or_nothing=True)))

    def tie(self, column: str) -> Board:
        """Among equal values the larger of this column is better; the first that tells rows apart decides."""
        return replace(self, ties=(*self.ties, Tie(self.index(column))))

    def tie_lowest(self, column: str) -> Board:
        """As :meth:`tie`, the smaller is better."""
        return replace(self, ties=(*self.ties, Tie(self.index(column), lowest_first=True)))

    def lowest_first(self) -> Board:
        """The smallest value is best."""
        return replace(self, is_lowest_first=True)

    def index(self, column: str) -> int:
        """The number of a column; raises :class:`RuleError` if there is none of that name."""
        found = [c.name for c in self.columns]
        if column not in found:
            raise RuleError(f"the board {self.name!r} has no column {column!r}, only {names(found)}: add it before naming it")
        return found.index(column)

    def document(self) -> dict[str, Any]:
        """As the host reads it."""
        return {
            "name": self.name,
            "columns": [{"name": c.name, "aggregate": c.aggregate} for c in self.columns],
            "value": [{"column": i, "factor": c.factor} for i, c in enumerate(self.columns) if c.factor],
            "per": self.per_column,
            "guards": [
                {"column": g.column, "at_least": g.at_least, "at_most": g.at_most, "or_nothing": g.or_nothing}
                for g in self.guards
            ],
            "ties": [{"column": t.column, "lowest_first": t.lowest_first} for t in self.ties],
            "lowest_first": self.is_lowest_first,
        }


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so many awards of a name in a period."""

    award: str
    per_period: int
    at_close: bool
    each_team: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What a rule asks the host for, given its settings. Each method gives a plan with something more.

    >>> plan = Plan.per_agent().metric("calls", "csat").attribute("queue").board(Board("ranking").sum("calls"))
    >>> plan.metrics
    ('calls', 'csat')
    """

    key: Key
    metrics: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    boards: tuple[Board, ...] = ()
    draws: tuple[tuple[str, Method], ...] = ()
    chances: tuple[str, ...] = ()
    quotas: tuple[Quota, ...] = ()
    tells_corrections: bool = False
    tells_late: bool = False
    is_anew: bool = False
    opening_text: Text | None = None

    @staticmethod
    def per_agent() -> Plan:
        """One state per agent; team and queue events do not reach it."""
        return Plan("agent")

    @staticmethod
    def per_team() -> Plan:
        """One state per team."""
        return Plan("team")

    @staticmethod
    def per_incentive() -> Plan:
        """One state for all."""
        return Plan("incentive")

    def metric(self, *names: str) -> Plan:
        """Subscribes to metrics of the catalogue: events that have one of them reach the rule. One named twice is one."""
        return replace(self, metrics=tuple(dict.fromkeys((*self.metrics, *names))))

    def attribute(self, *names: str) -> Plan:
        """Hands in text fields of the events. ``type`` and ``entity`` are the event's own. One named twice is one."""
        return replace(self, attributes=tuple(dict.fromkeys((*self.attributes, *names))))

    def board(self, board: Board) -> Plan:
        """Has the host keep a ranking."""
        return replace(self, boards=(*self.boards, board))

    def draw(self, name: str, method: Method = "weighted") -> Plan:
        """Announces a draw at the period's end."""
        return replace(self, draws=(*self.draws, (name, method)))

    def chance(self, name: str) -> Plan:
        """Announces instant wins for :meth:`Context.try_chance`. The name is no draw's."""
        return replace(self, chances=(*self.chances, name))

    def quota(self, award: str, per_period: int) -> Plan:
        """At most so many awards of that name in a period: first come, first served, at once.

        Who comes first depends on which fact arrives first; see :meth:`quota_at_close` where that would be unfair. The
        host gives the award's text the argument ``place``: 1 for the first, and so on; 0 for who has no place.
        """
        return replace(self, quotas=(*self.quotas, Quota(award, per_period, at_close=False)))

    def quota_at_close(self, award: str, per_period: int) -> Plan:
        """At most so many awards of that name in a period: those whose events happened first, given at its close."""
        return replace(self, quotas=(*self.quotas, Quota(award, per_period, at_close=True)))

    def each_team(self) -> Plan:
        """The quota named last is one for each team: so many in each. Those who are in none are together."""
        if not self.quotas:
            raise RuleError("each_team() speaks of a quota: name one first, as .quota(award, per_period).each_team()")
        return replace(self, quotas=(*self.quotas[:-1], replace(self.quotas[-1], each_team=True)))

    def anew_each_period(self) -> Plan:
        """Each key begins anew with each period: its state is the default one again, and its timers are gone."""
        return replace(self, is_anew=True)

    def opening(self, text: Text) -> Plan:
        """Everyone of the audience is told this when a period opens, once. Its arguments are numbers and words."""
        for name, value in text.arguments:
            if not isinstance(value, float | int | str):
                raise RuleError(f"the argument {name!r} of an opening is {value!r}: numbers and words are known")
        return replace(self, opening_text=text)

    def tell_corrections(self) -> Plan:
        """Somebody whose award was told hears of it when it is taken back."""
        return replace(self, tells_corrections=True)

    def tell_late(self) -> Plan:
        """Messages wait for the settle delay, so that they need no correction when events come a little late."""
        return replace(self, tells_late=True)

    def document(self) -> dict[str, Any]:
        """As the host reads it."""
        return {
            "key": self.key,
            "metrics": list(self.metrics),
            "attributes": list(self.attributes),
            "boards": [board.document() for board in self.boards],
            "draws": [{"name": name, "method": method} for name, method in self.draws],
            "chances": [{"name": name} for name in self.chances],
            "quotas": [
                {
                    "award": q.award,
                    "per_period": q.per_period,
                    "per": "team" if q.each_team else "incentive",
                    "decided": "at-close" if q.at_close else "at-once",
                }
                for q in self.quotas
            ],
            "state": "period" if self.is_anew else "ever",
            "opening": self.opening_text
            and {"message": self.opening_text.message, "arguments": dict(self.opening_text.arguments)},
            "tell_corrections": self.tells_corrections,
            "tell_late": self.tells_late,
        }


class Places:
    """Where what the plan names stands in it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.metrics = {name: i for i, name in enumerate(plan.metrics)}
        self.attributes = {name: i for i, name in enumerate(plan.attributes)}
        self.boards = {board.name: i for i, board in enumerate(plan.boards)}
        self.draws = {name: i for i, (name, _) in enumerate(plan.draws)}
        self.chances = {name: i for i, name in enumerate(plan.chances)}
        self._columns = {board.name: {c.name: i for i, c in enumerate(board.columns)} for board in plan.boards}

    def column(self, board: str, column: str) -> tuple[int, int]:
        """The numbers of a board and of its column."""
        number = place(self.boards, board, "board")
        return number, place(self._columns[board], column, f"column of {board!r} named")


def place(of: dict[str, int], name: str, what: str) -> int:
    """Where a name stands; raises :class:`RuleError` that says which there are."""
    found = of.get(name)
    if found is None:
        raise RuleError(f"the plan has no {what} {name!r}, only {names(of)}: name it in plan()")
    return found
