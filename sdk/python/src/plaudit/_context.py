"""What a rule knows and may do while it folds."""

from __future__ import annotations

import math
from bisect import insort
from datetime import date, time
from typing import Any, Generic, TypeVar

from ._effects import Award, Chance, Effects, Odds, Origin, Praise, Progress, Score, Target, Text, Tickets
from ._errors import RuleError
from ._event import Agent, View
from ._plan import Places, place
from ._time import Zone

S = TypeVar("S")

_ITSELF = Target.itself()


class Timers:
    """A key's timers, sorted by time and name; at most one per name. They live inside its state."""

    __slots__ = ("all",)

    def __init__(self, stored: list[tuple[int, str]]) -> None:
        self.all = stored

    def set(self, name: str, at: int) -> None:
        """Sets or moves a timer."""
        self.cancel(name)
        insort(self.all, (at, name))

    def cancel(self, name: str) -> None:
        """Forgets a timer."""
        self.all = [timer for timer in self.all if timer[1] != name]

    def at(self, name: str) -> int | None:
        """When a timer is due."""
        return next((at for at, known in self.all if known == name), None)

    def next(self) -> int | None:
        """When the earliest one is due."""
        return self.all[0][0] if self.all else None

    def pop_due(self, until: int) -> tuple[int, str] | None:
        """Takes out the earliest one that is due."""
        return self.all.pop(0) if self.all and self.all[0][0] <= until else None


class Context(Generic[S]):
    """The surroundings of one step or timer of one key."""

    __slots__ = ("_agent", "_effects", "_origin", "_places", "_shared", "_slot", "_step", "_timers", "_view", "now", "settings")

    def __init__(
        self,
        settings: S,
        view: View,
        places: Places,
        slot: int,
        timers: Timers,
        effects: Effects,
        shared: Any,
    ) -> None:
        self.settings = settings
        """The incentive's settings."""
        self.now = 0
        """The time of the step or timer, milliseconds since 1970: a rule knows no other clock."""
        self._view = view
        self._places = places
        self._slot = slot
        self._timers = timers
        self._effects = effects
        self._shared = shared
        self._origin = Origin("close")
        self._agent = 0
        self._step: int | None = None

    def _at_step(self, step: int) -> None:
        self.now = self._view.time[step]
        self._origin = Origin("step", step=step)
        self._agent = self._view.batch.agent_of[step]
        self._step = step

    def _at_timer(self, at: int, agent: int) -> None:
        self.now = at
        self._origin = Origin("timer", slot=self._slot, at=at)
        self._agent = agent
        self._step = None

    @property
    def key(self) -> str:
        """The key: an agent's id, a team's, or the incentive's, as planned."""
        return self._view.batch.slots[self._slot].id

    @property
    def agent(self) -> Agent | None:
        """The agent of the step. In a timer of an agent's key the agent themselves, if the batch speaks of them."""
        return self._view.agent(self._agent)

    @property
    def zone(self) -> Zone:
        """The key's zone: the agent's, the team's or the incentive's."""
        return self._view.zone_of_slot(self._slot)

    @property
    def today(self) -> date:
        """The local day in the key's zone."""
        return self.zone.day(self.now)

    @property
    def clock(self) -> time:
        """The time on the wall in the key's zone, in whole minutes."""
        return self.zone.clock(self.now)

    @property
    def day_start(self) -> int:
        """When today began in the key's zone, milliseconds since 1970."""
        return self.zone.start_of(self.today)

    @property
    def shared(self) -> Any:
        """What the last final ``conclude`` left for all keys (a value of JSON); ``None`` before."""
        return self._shared

    def next(self, clock: time) -> int:
        """The next time (milliseconds since 1970) at which the wall in the key's zone shows this."""
        return self.zone.next(self.now, clock)

    def previous_workday(self, day: date) -> date | None:
        """The last working day before ``day``, by the agent's weekdays (all, if there is no agent) and the holidays."""
        agent = self.agent
        return agent.previous_workday(day) if agent else self.zone.previous_workday(day, 0b111_1111)

    def award(self, award: Award, *, to: Target = _ITSELF) -> None:
        """Gives the key an award, or somebody else. Keys of the whole incentive name somebody."""
        self._effects.awards.append((self._origin, to, award))

    def praise(self, praise: Praise, *, to: Target = _ITSELF) -> None:
        """Praises the key, or somebody else."""
        self._effects.praise.append((self._origin, to, praise))

    def score(self, board: str, column: str, value: float, weight: float = 1.0) -> None:
        """Adds to a column of a planned board, for this key. Only from a step: timers can't score.

        ``value`` is finite; ``weight`` is at least 0 and counts for means, Σ value / Σ weight.
        """
        step = self._only_in_a_step("a score")
        if not (math.isfinite(value) and math.isfinite(weight) and weight >= 0):
            raise RuleError(f"the score {value} with weight {weight} on {board!r} is no number to add")
        number, place_in_board = self._places.column(board, column)
        self._effects.scores.append(Score(step, number, place_in_board, float(value), float(weight)))

    def tickets(self, draw: str, count: int = 1) -> None:
        """Gives the key tickets of a planned draw. Only from a step; none are given for 0."""
        step = self._only_in_a_step("tickets")
        number = place(self._places.draws, draw, "draw")
        if type(count) is not int or not 0 <= count < 2**32:
            raise RuleError(f"{count!r} tickets of the draw {draw!r}: give a whole number from 0")
        if count:
            self._effects.tickets.append(Tickets(step, number, count))

    def try_chance(self, chance: str, odds: Odds, award: Award) -> None:
        """Has the host throw for an award: an instant win of a planned chance. Nobody knows the outcome before.

        The same name and key of the award is the same throw, however often it is folded: let the key be the step's
        entity (``PER_ENTITY``), a day or an ordinal. The award is the key's own, within its period.
        """
        number = place(self._places.chances, chance, "chance")
        if award.for_ever:
            raise RuleError(f"the instant win {award.name!r} is for ever: it belongs to its period")
        self._effects.chances.append(Chance(self._origin, _ITSELF, number, odds, award))

    def progress(self, text: Text, value: float, target: float) -> None:
        """Shows the key what is within reach: ``value`` of ``target``. The latest counts."""
        self._effects.progress[self._slot] = Progress(text, float(value), float(target))

    def timer(self, name: str, at: int) -> None:
        """Has ``on_timer(…, name, …)`` called at that time (milliseconds since 1970); one of the same name is moved.

        What is not later than now fires a millisecond from now.
        """
        if type(at) is not int:
            raise RuleError(f"the timer {name!r} is set to {at!r}: give whole milliseconds, as cx.now, cx.next(…) and MINUTE are")
        self._timers.set(name, max(at, self.now + 1))

    def cancel_timer(self, name: str) -> None:
        """Forgets a timer."""
        self._timers.cancel(name)

    def timer_at(self, name: str) -> int | None:
        """When a timer is due (milliseconds since 1970), if it is set."""
        return self._timers.at(name)

    def log(self, line: str) -> None:
        """Writes a line for the operator (at most 100 of 1 KiB a call). Don't log personal data."""
        self._effects.logs.append(("info", line))

    def warn(self, line: str) -> None:
        """As :meth:`log`, for what an operator should look into."""
        self._effects.logs.append(("warn", line))

    def _only_in_a_step(self, what: str) -> int:
        if self._step is None:
            raise RuleError(f"a timer gives no {what.removeprefix('a ')}: only events do, since boards and draws count for steps")
        return self._step
