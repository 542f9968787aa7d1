"""Plays facts in order and collects what the rule asks for."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

from .. import _wit
from .._adapter import Adapter
from .._effects import Award, Chance, Draw, Effects, Origin, Praise, Progress, Score, Target, Tickets, key_text
from .._errors import RuleError
from .._plan import Plan
from .._purity import fence
from .._rule import Rule
from . import _board
from ._book import Asked, Entry, Given

INCENTIVE = "incentive"
"""The key of a rule for the whole incentive."""
STATE_BYTES_MAX = 16 * 1024
"""The host's limit of a key's state."""


@dataclass(slots=True)
class World:
    """Agents and zones at one time; the first zone is the stage's."""

    agents: list[_wit.Agent]
    zones: list[_wit.Zone]


@dataclass(slots=True)
class Step:
    """An event, or somebody joins or leaves."""

    key: str
    kind: int
    agent: int
    metrics: dict[str, tuple[float, float]]
    attributes: dict[str, str]

    @property
    def entity(self) -> str:
        """What it speaks of."""
        return self.attributes["entity"]


@dataclass(slots=True)
class Pass:
    """Time passes, up to the fact's time, inclusive."""


@dataclass(slots=True)
class End:
    """A period of this name closes."""

    period: str


@dataclass(slots=True)
class Fact:
    """Something that was told, with when it happened and who was there when it was told."""

    time: int
    world: World
    act: Step | Pass | End


@dataclass(slots=True)
class Kept:
    """What is stored of a key."""

    state: bytes = b""
    wake_at: int | None = None


@dataclass(slots=True)
class Outcome:
    """All that follows from the facts played so far."""

    now: int
    period_start: int
    period: int = 0
    states: dict[str, Kept] = field(default_factory=dict)
    shared: bytes = b""
    scores: list[tuple[str, Score]] = field(default_factory=list)
    tickets: list[tuple[str, Tickets]] = field(default_factory=list)
    progress: dict[str, Progress] = field(default_factory=dict)
    draws: list[Draw] = field(default_factory=list)
    tries: list[tuple[str, str]] = field(default_factory=list)
    logs: list[str] = field(default_factory=list)
    asked: Asked = field(default_factory=dict)


class Stage:
    """A rule with its settings, and what it did so far."""

    def __init__(self, rule: type[Rule[Any, Any]], settings: str, start: int) -> None:
        self.adapter = Adapter(rule)
        with fence():
            self.plan: Plan = self.adapter.plan(settings)
        self._settings = settings
        self._start = start
        self.lucky: set[str] = set()
        self.world = World([], [])
        self.outcome = Outcome(start, start)

    def begin_again(self) -> None:
        """Forgets all but settings and luck."""
        self.outcome = Outcome(self._start, self._start)

    def play(self, fact: Fact) -> None:
        """Plays a fact."""
        self.world = fact.world
        if isinstance(fact.act, Pass):
            self._pass(fact.time)
        elif isinstance(fact.act, Step):
            self._pass(fact.time - 1)
            self.outcome.now = fact.time
            self._step(fact.act)
        else:
            self.outcome.now = fact.time
            self._close(fact.act.period)
        self.outcome.now = fact.time

    def _step(self, step: Step) -> None:
        plan, batch = self.plan, self._batch(step.key, self.outcome.now)
        metrics = [step.metrics.get(name) for name in plan.metrics]
        if step.kind == _wit.EVENT and all(metric is None for metric in metrics):
            return
        batch.kind, batch.slot_of = [step.kind], [0]
        batch.agent_of, batch.time = [step.agent], [self.outcome.now]
        batch.metrics = [_wit.MetricColumn([m[0]], [m[1]]) if m else _wit.MetricColumn([math.nan]) for m in metrics]
        texts = (step.attributes.get(name) for name in plan.attributes)
        batch.attributes = [_wit.TextColumn([], [_wit.NONE]) if t is None else _wit.TextColumn([t], [0]) for t in texts]
        self._fold(step.key, batch, step.entity)

    def _pass(self, until: int) -> None:
        """Fires what is due, key by key in order of time."""
        while True:
            kept = self.outcome.states.items()
            due = [(k.wake_at, key) for key, k in kept if k.wake_at is not None and k.wake_at <= until]
            if not due:
                return
            at, key = min(due)
            self._fold(key, self._batch(key, at), "")

    def _batch(self, key: str, until: int) -> _wit.Batch:
        agents, zones = self.world.agents, self.world.zones
        zone = next((agent.zone for agent in agents if agent.id == key), 0)
        kept = self.outcome.states.get(key, Kept())
        batch = _wit.Batch([_wit.Slot(key, zone, kept.state, until)], agents, zones, self.outcome.shared)
        batch.metrics = [_wit.MetricColumn([]) for _ in self.plan.metrics]
        batch.attributes = [_wit.TextColumn([], []) for _ in self.plan.attributes]
        return batch

    def _fold(self, key: str, batch: _wit.Batch, entity: str) -> None:
        effects, again = Effects(), Effects()
        with fence():
            changes = self.adapter.fold(self._settings, batch, effects)
            repeated = self.adapter.fold(self._settings, batch, again)
        if (changes, effects) != (repeated, again):
            raise RuleError(
                f"the same step of {key!r} gives something else when it is folded again, as the host may do at any time: "
                "what does the rule remember outside its state?"
            )
        kept = self.outcome.states.setdefault(key, Kept())
        for _, state, wake_at in changes:
            if len(state) > STATE_BYTES_MAX:
                raise RuleError(f"the state of {key!r} has {len(state)} bytes, at most {STATE_BYTES_MAX} are stored")
            kept.state, kept.wake_at = state, wake_at
        self._record(effects, key, entity)

    def _close(self, name: str) -> None:
        outcome = self.outcome
        entrants = self.entrants()
        ids = [entrant.id for entrant in entrants]
        boards = enumerate(self.plan.boards)
        standings = [_wit.BoardStandings(_board.rank(board, i, ids, outcome.scores)) for i, board in boards]
        period = _wit.Period(name, outcome.period_start, outcome.now, self.world.zones[0])
        effects = Effects()
        with fence():
            outcome.shared = self.adapter.conclude(self._settings, period, entrants, standings, outcome.shared, effects)
        self._record(effects, "", "")
        outcome.scores, outcome.tickets = [], []
        if self.plan.is_anew:
            outcome.states.clear()
            outcome.progress.clear()
        outcome.period += 1
        outcome.period_start = outcome.now

    def _record(self, effects: Effects, key: str, entity: str) -> None:
        outcome = self.outcome
        for origin, to, award in effects.awards:
            self._ask(award, to, key, entity, self._at(origin))
        for origin, to, praise in effects.praise:
            self._ask(praise, to, key, entity, self._at(origin))
        outcome.scores += [(key, score) for score in effects.scores]
        outcome.tickets += [(key, tickets) for tickets in effects.tickets]
        for progress in effects.progress.values():
            outcome.progress[key] = progress
        outcome.draws += [draw for _, _, draw in effects.draws]
        for chance in effects.chances:
            self._throw(chance, key, entity)
        outcome.logs += [line for _, line in effects.logs]

    def _at(self, origin: Origin) -> int:
        return origin.at if origin.kind == "timer" else self.outcome.now

    def _throw(self, chance: Chance, key: str, entity: str) -> None:
        thrown_for = key_text(chance.award.key) or entity
        self.outcome.tries.append((key, thrown_for))
        if chance.odds.wins == chance.odds.of or thrown_for in self.lucky:
            self._ask(chance.award, chance.to, key, entity, self._at(chance.at))

    def _ask(self, gift: Award | Praise, to: Target, key: str, entity: str, at: int) -> None:
        reward = gift.reward if isinstance(gift, Award) else None
        text = gift.reason if isinstance(gift, Award) else gift.text
        given = Given(at, "", gift.name, key_text(gift.key) or entity, reward, text)
        period = self.outcome.period
        for subject in self._subjects(to, key):
            id = (None if gift.for_ever else period, reward is None, given.name, subject, given.key)
            is_team = to.kind == "team" or (to.kind == "itself" and self.plan.key == "team")
            team = subject if is_team else next((a.team for a in self.world.agents if a.id == subject), "")
            self.outcome.asked.setdefault(id, Entry(period, replace(given, to=subject, team=team)))

    def _subjects(self, to: Target, key: str) -> list[str]:
        if to.kind == "itself":
            return [key]
        if to.kind in ("agent", "team"):
            return [to.id]
        return [agent.id for agent in self.world.agents if to.kind == "everyone" or agent.team == to.id]

    def entrants(self, world: World | None = None) -> list[_wit.Entrant]:
        """The audience, by id."""
        agents = (world or self.world).agents
        if self.plan.key == "agent":
            found = [_wit.Entrant(a.id, a.team, a.share, 1, a.hired_day) for a in agents]
        elif self.plan.key == "team":
            teams = sorted({agent.team for agent in agents if agent.team})
            of = {team: [agent.share for agent in agents if agent.team == team] for team in teams}
            found = [_wit.Entrant(team, "", sum(shares), len(shares)) for team, shares in of.items()]
        else:
            found = [_wit.Entrant(INCENTIVE, "", sum(a.share for a in agents), len(agents))]
        for entrant in found:
            entrant.tickets = [self.tickets_of(entrant.id, draw) for draw in range(len(self.plan.draws))]
        return sorted(found, key=lambda entrant: entrant.id)

    def tickets_of(self, key: str, draw: int) -> int:
        """Tickets of the open period."""
        return sum(tickets.count for who, tickets in self.outcome.tickets if who == key and tickets.draw == draw)
