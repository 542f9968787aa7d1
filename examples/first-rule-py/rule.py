"""A badge for calls that customers rated well in a row."""

from dataclasses import dataclass
from typing import Annotated

from plaudit import Award, Badge, Context, Event, Plan, Rule, Setting, Text


@dataclass(frozen=True)
class Settings:
    """What a manager sets."""

    good: Annotated[float, Setting("The rating from which on a call is good.", min=1, max=5)] = 4.0
    length: Annotated[int, Setting("How many in a row.", min=2, max=100)] = 5


class Streak(Rule[Settings, int]):
    """Good calls in a row, per agent."""

    def plan(self, settings: Settings) -> Plan:
        return Plan.per_agent().metric("csat")

    def on_event(self, run: int, event: Event, cx: Context[Settings]) -> int:
        run = run + 1 if event.metric("csat", 0) >= cx.settings.good else 0
        if run == cx.settings.length:
            cx.award(Award("streak", Badge(), because=Text("streak", n=run)))
        return run
