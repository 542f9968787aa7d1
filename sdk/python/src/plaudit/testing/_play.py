"""The stage as a test sees it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from copy import copy
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Self

from .. import _wit
from .._adapter import Adapter
from .._effects import Draw, names
from .._errors import RuleError
from .._look import look_at_files
from .._plan import place
from .._rule import Rule
from .._settings import Invalid
from .._time import Zone, day_number
from ._book import Book, Given
from ._fluent import Texts
from ._stage import INCENTIVE, End, Fact, Pass, Stage, Step, World
from ._zones import instant, zone_named

Measure = float | tuple[float, float]
"""A number, or numerator and denominator of a ratio."""
Metrics = Mapping[str, Measure]
"""Measures of an event by the metric's name."""


class Play:
    """A rule on its stage: in Madrid unless said otherwise, on 2026-03-02 at midnight, nobody there yet.

    Methods that tell something give the stage again, so that they can be chained.
    """

    def __init__(
        self,
        rule: type[Rule[Any, Any]],
        settings: Mapping[str, Any] | str | None = None,
        *,
        zone: str = "Europe/Madrid",
        start: str = "2026-03-02",
        texts: Mapping[str, str] | None = None,
    ) -> None:
        """``settings`` is a document; ``texts`` are Fluent resources by locale, those beside the rule without it.

        Raises :class:`Invalid` if the settings have problems, :class:`Impure` if the rule's source looks at what it
        must not, :class:`RuleError` if the rule is at fault.
        """
        file = _file_of(rule)
        if file:
            look_at_files([file])
        self._zones = [zone_named(zone)]
        self._now = instant(start, self._zones[0])
        self._stage = Stage(rule, _document(settings), self._now)
        self._book = Book()
        self._facts: list[Fact] = []
        self._roster: list[_wit.Agent] = []
        self._late: int | None = None
        self._attributes: dict[str, str] = {}
        self._entities = 0
        self._texts = Texts(_texts_beside(file) if texts is None else texts)

    @staticmethod
    def problems(rule: type[Rule[Any, Any]], settings: Mapping[str, Any] | str) -> dict[str, str]:
        """Problems of a settings document: field and message; none if it is right."""
        try:
            Adapter(rule).settings(_document(settings))
        except Invalid as invalid:
            said = invalid.problems
            return {p.field: p.message if isinstance(p.message, str) else p.message.message for p in said}
        return {}

    # Who is there.

    def agent(
        self, id: str, *, team: str = "", hired: str = "", share: float = 1.0, workdays: int = 0b001_1111, zone: str = ""
    ) -> Self:
        """Adds an agent: full time, Monday to Friday (bit 0 is Monday), in no team, in the stage's zone."""
        if any(agent.id == id for agent in self._roster):
            raise RuleError(f"there is an agent {id!r} already")
        hired_day = day_number(date.fromisoformat(hired)) if hired else None
        self._roster.append(_wit.Agent(id, team, self._zone(zone), hired_day, share, workdays))
        return self

    def team(self, team: str) -> Self:
        """Puts the agent who was added last into a team."""
        if not self._roster:
            raise RuleError(f"nobody is there to be in the team {team!r}: begin with .agent(…)")
        return self.change(self._roster[-1].id, team=team)

    def change(
        self,
        agent: str,
        *,
        team: str | None = None,
        share: float | None = None,
        workdays: int | None = None,
        zone: str | None = None,
    ) -> Self:
        """What is said of an agent holds from now on; what was told before stays as it was."""
        index = self._index(agent)
        changed = copy(self._roster[index])
        changed.team = changed.team if team is None else team
        changed.share = changed.share if share is None else share
        changed.workdays = changed.workdays if workdays is None else workdays
        changed.zone = changed.zone if zone is None else self._zone(zone)
        self._roster[index] = changed
        return self

    def holidays(self, *days: str) -> Self:
        """Days nobody works in the stage's zone, as ``2026-04-03``."""
        self._zones[0].holidays = sorted(day_number(date.fromisoformat(day)) for day in days)
        return self

    # What happens.

    def at(self, time: str) -> Self:
        """Moves the clock to a local time of the stage's zone, ``2026-03-02 09:00``; timers due before fire."""
        at = self._instant(time)
        if at < self._now:
            raise RuleError(f"time does not run backwards: {time} is before what was told; use play.late({time!r})")
        if at > self._now:
            self._tell(at - 1, Pass())
            self._now = at
        return self

    def until(self, time: str) -> Self:
        """Lets time pass until then, inclusive: timers due fire."""
        at = self._instant(time)
        self._tell(at, Pass())
        self._now = max(self._now, at)
        return self

    def advance(self, by: timedelta | int) -> Self:
        """Lets so much time pass (milliseconds, if it is a number): timers due fire."""
        passed = by if isinstance(by, int) else round(by.total_seconds() * 1_000)
        if passed < 0:
            raise RuleError(f"time does not run backwards: {by}")
        self._now += passed
        return self._tell(self._now, Pass())

    def late(self, time: str) -> Self:
        """The next event happened at this earlier time and is heard of only now."""
        at = self._instant(time)
        if at > self._now:
            raise RuleError(f"{time} is not yet: what comes late has happened before")
        self._late = at
        return self

    def having(self, **attributes: str) -> Self:
        """Attributes (texts) of the next event, as ``queue="sales"``."""
        self._attributes |= attributes
        return self

    def entity(self, id: str) -> Self:
        """The entity of the next event, such as a contact's id; without it events are ``e1``, ``e2`` and so on."""
        return self.having(entity=id)

    def lucky(self, key: str) -> Self:
        """Tries of this key win (an entity, unless the rule chose another). Without it only those that always do."""
        self._stage.lucky.add(key)
        return self

    def event(self, agent: str, metrics: Metrics | None = None, /, **more: Measure) -> Self:
        """An event of an agent, now: measures by the metric's name, in which ``_`` stands for ``-``.

        ``play.event("ana", csat=5)``, ``play.event("ana", handle_time=(300, 1))``, ``play.event("ana", {"csat": 5})``.
        """
        return self._step(_wit.EVENT, self._index(agent), None, _measures(metrics, more))

    def events(self, n: int, agent: str, metrics: Metrics | None = None, /, **more: Measure) -> Self:
        """So many such events, at the same time."""
        for _ in range(n):
            self.event(agent, metrics, **more)
        return self

    def team_event(self, team: str, metrics: Metrics | None = None, /, **more: Measure) -> Self:
        """An event of a team, or of a queue that the roster maps to it."""
        return self._step(_wit.EVENT, _wit.NONE, team, _measures(metrics, more))

    def enter(self, agent: str) -> Self:
        """An agent joins the audience."""
        return self._step(_wit.ENTERED, self._index(agent), None, {})

    def leave(self, agent: str) -> Self:
        """An agent leaves the audience."""
        return self._step(_wit.LEFT, self._index(agent), None, {})

    def correct(self, entity: str, metrics: Metrics | None = None, /, **more: Measure) -> Self:
        """A newer version of an event, by its entity: these measures instead, at the same time."""
        self._fact(entity)[1].metrics = _measures(metrics, more)
        return self._again()

    def retract(self, entity: str) -> Self:
        """An event turns out never to have been."""
        self._facts.remove(self._fact(entity)[0])
        return self._again()

    def close_period(self, name: str = "") -> Self:
        """Closes a period, now: ranks the boards, concludes, and begins anew. Its name is the day without one."""
        return self._tell(self._now, End(name or Zone(self._zones[0]).day(self._now - 1).isoformat()))

    # What came of it.

    @property
    def given(self) -> list[Given]:
        """Awards and praise as they stand, in order of time."""
        return self._book.standing

    def awards(self, to: str) -> list[str]:
        """Names of the awards of an agent, a team or the key itself, in order of time."""
        return [given.name for given in self.given if given.to == to and given.reward is not None]

    def praise(self, to: str) -> list[str]:
        """Names of the praise of an agent, a team or the key itself, in order of time."""
        return [given.name for given in self.given if given.to == to and given.reward is None]

    def points(self, to: str) -> int:
        """Points that stand, of all currencies."""
        return sum(given.points for given in self.given if given.to == to)

    def taken_back(self, to: str) -> list[str]:
        """Names of the awards that somebody had, until a correction took them."""
        return [given.name for given in self._book.taken_back if given.to == to]

    def standings(self, board: str) -> list[tuple[str, int, float]]:
        """A board as it stands: id, rank, value, best first. Rank 0 is not ranked."""
        from ._board import rank

        plan, world = self._stage.plan, self._world()
        number = place({b.name: i for i, b in enumerate(plan.boards)}, board, "board")
        ids = [entrant.id for entrant in self._stage.entrants(world)]
        rows = rank(plan.boards[number], number, ids, self._stage.outcome.scores)
        return [(ids[row.entrant], row.rank, row.value) for row in rows]

    def tickets(self, key: str, draw: str) -> int:
        """Tickets of a draw in the open period."""
        draws = {name: i for i, (name, _) in enumerate(self._stage.plan.draws)}
        return self._stage.tickets_of(key, place(draws, draw, "draw"))

    def tries(self, key: str) -> list[str]:
        """Keys of the tries for instant wins of an agent or a team, in order."""
        return [thrown for who, thrown in self._stage.outcome.tries if who == key]

    def progress(self, key: str) -> tuple[float, float] | None:
        """What is shown to a key as within reach: value and target."""
        progress = self._stage.outcome.progress.get(key)
        return (progress.value, progress.target) if progress else None

    @property
    def draws(self) -> list[Draw]:
        """The draws that the closes so far asked for."""
        return self._stage.outcome.draws

    @property
    def logs(self) -> list[str]:
        """Lines that the rule logged."""
        return self._stage.outcome.logs

    def wakes_at(self, key: str) -> int | None:
        """When the earliest timer of a key is due, milliseconds since 1970."""
        kept = self._stage.outcome.states.get(key)
        return kept.wake_at if kept else None

    def said(self, locale: str, to: str) -> list[str]:
        """What somebody reads of their awards and praise, in a language such as ``lt``."""
        return [self._texts.say(locale, given.text) for given in self.given if given.to == to]

    def shown(self, locale: str, key: str) -> str | None:
        """What is shown to a key as within reach, in a language."""
        progress = self._stage.outcome.progress.get(key)
        return self._texts.say(locale, progress.text) if progress else None

    def transcript(self, locale: str = "en") -> str:
        """All that stands, a line each, in order of time, then what was taken back: for a snapshot."""
        zone = Zone(self._zones[0])

        def line(given: Given) -> str:
            said = self._texts.say(locale, given.text)
            when = f"{zone.local(given.at):%Y-%m-%d %H:%M}"
            return f"{when}  {given.to}  {given.name}/{given.key}  {given.what}  {said}\n"

        back = [f"taken back: {line(given)}" for given in self._book.taken_back]
        return "".join([*map(line, self.given), *back])

    # How it is kept.

    def _zone(self, name: str) -> int:
        known = [zone.name for zone in self._zones]
        if not name or name == known[0]:
            return 0
        if name not in known:
            self._zones.append(zone_named(name))
            known.append(name)
        return known.index(name)

    def _instant(self, text: str) -> int:
        return instant(text, self._zones[0])

    def _index(self, agent: str) -> int:
        found = [known.id for known in self._roster]
        if agent not in found:
            raise RuleError(f"there is no agent {agent!r}, only {names(found)}: add them with play.agent({agent!r})")
        return found.index(agent)

    def _fact(self, entity: str) -> tuple[Fact, Step]:
        for fact in reversed(self._facts):
            if isinstance(fact.act, Step) and fact.act.entity == entity:
                return fact, fact.act
        raise RuleError(f"no event of the entity {entity!r} was told")

    def _step(self, kind: int, agent: int, team: str | None, metrics: dict[str, tuple[float, float]]) -> Self:
        self._entities += 1
        view = None if agent == _wit.NONE else self._roster[agent]
        if self._stage.plan.key == "agent":
            if view is None:
                raise RuleError("a team's event reaches no agent's key: the plan is per agent")
            key = view.id
        elif self._stage.plan.key == "team":
            key = team or (view.team if view else "")
        else:
            key = INCENTIVE
        attributes = {"entity": f"e{self._entities}", **self._attributes}
        self._attributes = {}
        at, self._late = self._now if self._late is None else self._late, None
        return self._tell(at, Step(key, kind, agent, metrics, attributes))

    def _world(self) -> World:
        return World(list(self._roster), list(self._zones))

    def _tell(self, time: int, act: Step | Pass | End) -> Self:
        """Takes a fact down and plays it; what is before another one has everything played again."""
        index = next((i for i, fact in enumerate(self._facts) if fact.time > time), len(self._facts))
        self._facts.insert(index, Fact(time, self._world(), act))
        if index < len(self._facts) - 1:
            return self._again()
        self._stage.play(self._facts[index])
        return self._settle()

    def _again(self) -> Self:
        self._stage.begin_again()
        for fact in self._facts:
            self._stage.play(fact)
        return self._settle()

    def _settle(self) -> Self:
        outcome = self._stage.outcome
        self._book.settle(outcome.asked, self._stage.plan.quotas, outcome.period)
        return self

    def __repr__(self) -> str:
        return f"Play({len(self._facts)} facts, {len(self.given)} given)"


def _document(settings: Mapping[str, Any] | str | None) -> str:
    return settings if isinstance(settings, str) else json.dumps(dict(settings or {}))


def _measures(metrics: Metrics | None, more: Metrics) -> dict[str, tuple[float, float]]:
    named = {**(metrics or {}), **{name.replace("_", "-"): value for name, value in more.items()}}
    pairs = {name: value if isinstance(value, tuple) else (value, 1.0) for name, value in named.items()}
    return {name: (float(value), float(weight)) for name, (value, weight) in pairs.items()}


def _file_of(rule: type[Rule[Any, Any]]) -> Path | None:
    file = getattr(sys.modules.get(rule.__module__), "__file__", None)
    # A rule that stands among its tests is not a rule's file: tests may look at clocks and files.
    is_test = file is not None and Path(file).name.startswith(("test_", "conftest"))
    return None if file is None or is_test else Path(file)


def _texts_beside(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    # Of a package the texts lie beside its folder.
    folder = file.parent.parent if file.name == "__init__.py" else file.parent
    return {text.stem: text.read_text(encoding="utf-8") for text in sorted((folder / "texts").glob("*.ftl"))}
