"""The class that a rule is derived from."""

from __future__ import annotations

import types
from collections.abc import Iterable
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin

from ._close import Close
from ._context import Context
from ._effects import names
from ._errors import RuleError
from ._event import Event
from ._plan import Plan
from ._settings import Problem

S = TypeVar("S")
T = TypeVar("T")


class Rule(Generic[S, T]):
    """An incentive's rule: a pure function from events to rewards. Derive from ``Rule[Settings, State]``.

    ``Settings`` is a frozen dataclass (or ``None``), ``State`` a dataclass with defaults (or ``int``, ``list[…]``,
    ``dict[str, …]``, ``None``): what is kept per key, at most 16 KiB as JSON.

    It is called for one key at a time (an agent, a team or the whole incentive, as its plan says), in the order of
    event time, however the events arrive. It has no clock, no randomness and no memory besides its state: it may be
    called again for the same events and has to give the same rewards.

    A handler changes the state that it is handed, or returns another, which takes its place.
    """

    name: ClassVar[str] = ""
    """Stable name of the plugin: lower-case letters, digits and dashes. Without it, the project's."""
    state_schema: ClassVar[int] = 1
    """Raise it when the state's shape or meaning changes: states are then rebuilt from the events."""
    settings_type: ClassVar[type[Any]]
    """The first argument of ``Rule[…]``."""
    state_type: ClassVar[Any]
    """The second argument of ``Rule[…]``."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for base in getattr(cls, "__orig_bases__", ()):
            arguments = get_args(base)
            if get_origin(base) is Rule and len(arguments) == 2:
                settings, state = arguments
                cls.settings_type = types.NoneType if settings is None else settings
                cls.state_type = types.NoneType if state is None else state
        if not hasattr(cls, "settings_type"):
            raise RuleError(f"{cls.__name__} does not say its types: derive it from Rule[Settings, State]")

    def __setattr__(self, name: str, value: object) -> None:
        raise RuleError(
            f"self.{name} is set on the rule, which keeps nothing between calls: put {name} into the state, which is "
            "stored per key, or compute it from cx.settings"
        )

    def plan(self, settings: S) -> Plan:
        """What the rule subscribes to and has kept for it."""
        raise RuleError(f"{type(self).__name__} has no plan: write def plan(self, settings) -> Plan")

    def check(self, settings: S) -> Iterable[Problem]:
        """What is wrong with settings whose single values are all right, such as tiers out of order."""
        return ()

    def on_event(self, state: T, event: Event, cx: Context[S]) -> T | None:
        """A planned metric's event."""
        raise RuleError(f"{type(self).__name__} has no on_event: write def on_event(self, state, event, cx)")

    def on_entered(self, state: T, event: Event, cx: Context[S]) -> T | None:
        """The key joined the audience. Every key of the audience gets this before its first event."""
        return None

    def on_left(self, state: T, event: Event, cx: Context[S]) -> T | None:
        """The key left the audience."""
        return None

    def on_timer(self, state: T, name: str, cx: Context[S]) -> T | None:
        """A timer set by ``cx.timer(name, …)`` is due. At equal times timers come before events, and by name."""
        return None

    def conclude(self, close: Close[S]) -> None:
        """A period closes: gives prizes by the ranked boards, and says how planned draws are drawn."""


def rule_in(module: types.ModuleType) -> type[Rule[Any, Any]]:
    """The rule of a module: the one class derived from ``Rule`` that its package defines.

    Raises :class:`RuleError` if there is none, or more than one.
    """
    package = module.__name__.partition(".")[0]
    members = [member for member in vars(module).values() if isinstance(member, type) and issubclass(member, Rule)]
    own = [rule for rule in members if rule.__module__.partition(".")[0] == package]
    rules = [rule for rule in own if not any(rule is not other and issubclass(other, rule) for other in own)]
    if len(rules) != 1:
        found = names(rule.__name__ for rule in rules)
        raise RuleError(f"{module.__name__} has to define one class derived from Rule[…]; there is {found}")
    return rules[0]
