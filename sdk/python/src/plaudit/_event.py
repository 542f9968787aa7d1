"""A step of a batch, shown as a row."""

from __future__ import annotations

from datetime import date
from datetime import time as wall_time
from typing import TYPE_CHECKING, overload

from ._plan import Places, place
from ._time import Zone, day_of
from ._wit import NONE

if TYPE_CHECKING:
    from . import _wit


class View:
    """A batch with what was made of it: zones and agents, each once."""

    __slots__ = ("_agents", "_zones", "batch", "kind", "metrics", "time")

    def __init__(self, batch: _wit.Batch) -> None:
        self.batch = batch
        self.time = batch.time
        self.kind = batch.kind
        self.metrics = batch.metrics
        self._zones: dict[int, Zone] = {}
        self._agents: dict[int, Agent] = {}

    def zone(self, index: int) -> Zone:
        """A zone of the batch."""
        zone = self._zones.get(index)
        if zone is None:
            zone = self._zones[index] = Zone(self.batch.zones[index])
        return zone

    def zone_of_slot(self, slot: int) -> Zone:
        """The zone of a key."""
        return self.zone(self.batch.slots[slot].zone)

    def agent(self, index: int) -> Agent | None:
        """An agent of the batch."""
        if index == NONE or index >= len(self.batch.agents):
            return None
        agent = self._agents.get(index)
        if agent is None:
            of = self.batch.agents[index]
            agent = self._agents[index] = Agent(of, self.zone(of.zone))
        return agent


class Agent:
    """An agent as the roster knew them at that time."""

    __slots__ = ("_agent", "zone")

    def __init__(self, agent: _wit.Agent, zone: Zone) -> None:
        self._agent = agent
        self.zone = zone
        """The zone of the site."""

    @property
    def id(self) -> str:
        """The opaque id."""
        return self._agent.id

    @property
    def team(self) -> str | None:
        """The team's id, if in one."""
        return self._agent.team or None

    @property
    def hired(self) -> date | None:
        """Day of hire, if known."""
        number = self._agent.hired_day
        return None if number is None else day_of(number)

    @property
    def share(self) -> float:
        """Share of full time, in (0, 1]."""
        return self._agent.share

    @property
    def workdays(self) -> int:
        """Days of the week on duty: bit 0 is Monday."""
        return self._agent.workdays

    def works_on(self, day: date) -> bool:
        """Whether the agent works on this day: by their weekdays and the zone's holidays."""
        return self.zone.works_on(day, self.workdays)

    def previous_workday(self, day: date) -> date | None:
        """The last working day before ``day``; ``None`` if there is none within a year."""
        return self.zone.previous_workday(day, self.workdays)

    def next_workday(self, day: date) -> date | None:
        """The first working day after ``day``; ``None`` if there is none within a year."""
        return self.zone.next_workday(day, self.workdays)

    def __repr__(self) -> str:
        return f"Agent({self.id!r})"


class Event:
    """An event that reached a key, or the moment at which the key entered or left the audience."""

    __slots__ = ("_places", "_step", "_view")

    def __init__(self, view: View, step: int, places: Places) -> None:
        self._view = view
        self._step = step
        self._places = places

    @property
    def time(self) -> int:
        """When it happened, milliseconds since 1970."""
        return self._view.time[self._step]

    @overload
    def metric(self, name: str) -> float | None: ...

    @overload
    def metric(self, name: str, default: float) -> float: ...

    def metric(self, name: str, default: float | None = None) -> float | None:
        """The value of a planned metric, or ``default`` if the event has none.

        Of a ratio numerator / denominator; ``default`` if that is 0. Raises :class:`RuleError` if the plan lacks it.
        """
        found = self.ratio(name)
        if found is None:
            return default
        value, weight = found
        if weight == 1.0:
            return value
        return value / weight if weight else default

    def ratio(self, name: str) -> tuple[float, float] | None:
        """Value and weight of a planned metric: numerator and denominator of a ratio, otherwise weight 1."""
        index = self._places.metrics.get(name)
        if index is None:
            index = place(self._places.metrics, name, "metric")
        column = self._view.metrics[index]
        value = column.values[self._step]
        if value != value:  # NaN: the step has no such measure
            return None
        return value, column.weights[self._step] if column.weights else 1.0

    def has(self, name: str) -> bool:
        """Whether the event has a planned metric."""
        return self.ratio(name) is not None

    def attribute(self, name: str) -> str | None:
        """The text of a planned attribute, if the event has it. Raises :class:`RuleError` if the plan lacks it."""
        index = place(self._places.attributes, name, "attribute")
        column = self._view.batch.attributes[index]
        at = column.at[self._step]
        return None if at == NONE else column.words[at]

    @property
    def agent(self) -> Agent | None:
        """The agent it speaks of; none for events of a team or a queue."""
        return self._view.agent(self._view.batch.agent_of[self._step])

    @property
    def zone(self) -> Zone:
        """The zone of the agent, or of the key for events of a team or a queue."""
        agent = self.agent
        return agent.zone if agent else self._view.zone_of_slot(self._view.batch.slot_of[self._step])

    @property
    def day(self) -> date:
        """The local day, in :attr:`zone`."""
        return self.zone.day(self.time)

    @property
    def clock(self) -> wall_time:
        """The time on the wall, in :attr:`zone`, in whole minutes."""
        return self.zone.clock(self.time)

    def __repr__(self) -> str:
        return f"Event(step {self._step} at {self.time})"
