"""Between the contract's columns and the rule's rows: the same code in a component and natively."""

from __future__ import annotations

import json
from typing import Any

from . import _wit
from ._close import Close
from ._context import Context, Timers
from ._effects import Effects
from ._errors import RuleError
from ._event import Event, View
from ._plan import Places, Plan
from ._rule import Rule
from ._settings import Form, Invalid
from ._state import codec_of, encode


class Adapter:
    """A rule with its settings at hand. Calls are pure: settings are kept only so as not to read them each time."""

    def __init__(self, rule: type[Rule[Any, Any]]) -> None:
        """Raises :class:`RuleError` if settings or state are of a type that can't be."""
        self.rule = rule()
        self.form = Form(rule.settings_type)
        self._make = rule.state_type
        self._codec = codec_of(rule.state_type, "the state")
        self._default = self._stored(Timers([]), self._new())
        self._prepared: tuple[str, Any, Places] | None = None

    def settings(self, text: str) -> Any:
        """The settings of a JSON document.

        Raises :class:`Invalid` with a problem per field that is missing, unknown, of the wrong kind or out of range;
        then with those of the rule's own ``check``.
        """
        settings = self.form.read(text)
        problems = list(self.rule.check(settings))
        if problems:
            raise Invalid(problems)
        return settings

    def plan(self, text: str) -> Plan:
        """The plan for a settings document; raises as :meth:`settings`."""
        return self._planned(self.settings(text))

    def fold(self, settings: str, batch: _wit.Batch, effects: Effects) -> list[tuple[int, bytes, int | None]]:
        """Applies the steps of a batch and the timers that are due; gives changes as (slot, state, when it wakes)."""
        values, places = self._prepare(settings)
        view = View(batch)
        shared = _shared(batch.shared)
        keys = [_Key(self, values, view, places, slot, effects, shared) for slot in range(len(batch.slots))]
        time, slot_of = batch.time, batch.slot_of
        for step in range(len(time)):
            key = keys[slot_of[step]]
            key.fire(time[step])
            key.step(step)
        changes = []
        for slot, key in enumerate(keys):
            key.fire(batch.slots[slot].until)
            change = key.change()
            if change is not None:
                changes.append(change)
        return changes

    def conclude(
        self,
        settings: str,
        period: _wit.Period,
        entrants: list[_wit.Entrant],
        standings: list[_wit.BoardStandings],
        shared: bytes,
        effects: Effects,
    ) -> bytes:
        """Closes a period; gives the new shared state."""
        values, places = self._prepare(settings)
        close = Close(values, period, entrants, standings, _shared(shared), places, effects)
        self.rule.conclude(close)
        return shared if close._shared_bytes is None else close._shared_bytes

    def _prepare(self, text: str) -> tuple[Any, Places]:
        if self._prepared is None or self._prepared[0] != text:
            settings = self.settings(text)
            self._prepared = text, settings, Places(self._planned(settings))
        return self._prepared[1:]

    def _planned(self, settings: Any) -> Plan:
        plan = self.rule.plan(settings)
        if not isinstance(plan, Plan):
            raise RuleError(f"plan() gives {plan!r}, not a Plan: does it end with return Plan.per_agent()…?")
        return plan

    def _new(self) -> Any:
        try:
            return _default_of(self._make)
        except TypeError as error:
            raise RuleError(
                f"the state {self._make!r} can't be made without arguments ({error}): give each field a default"
            ) from None

    def _stored(self, timers: Timers, state: Any) -> bytes:
        return encode([timers.all, self._codec.write(state, "the state")])

    def decode(self, id: str, stored: bytes) -> tuple[Timers, Any]:
        """The timers and the state of a key."""
        if not stored:
            return Timers([]), self._new()
        try:
            timers, state = json.loads(stored)
            return Timers([(at, name) for at, name in timers]), self._codec.read(state)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise RuleError(
                f"the state of key {id!r} can't be read ({error!r}): raise state_schema when its shape changes"
            ) from error

    def encode(self, timers: Timers, state: Any) -> bytes:
        """As stored.

        An absent state reads as the default one, so the default is stored as absent: whether a key came back to it
        within one call or over several makes no difference.
        """
        stored = self._stored(timers, state)
        return b"" if stored == self._default else stored


class _Key:
    """A key while its steps are applied."""

    __slots__ = ("_adapter", "_agent", "_context", "_due_before", "_places", "_slot", "_state", "_timers", "_touched", "_view")

    def __init__(
        self, adapter: Adapter, settings: Any, view: View, places: Places, slot: int, effects: Effects, shared: Any
    ) -> None:
        self._adapter = adapter
        self._view = view
        self._places = places
        self._slot = slot
        of = view.batch.slots[slot]
        self._timers, self._state = adapter.decode(of.id, of.state)
        self._due_before = self._timers.next()
        self._agent: int | None = None
        self._touched = False
        self._context: Context[Any] = Context(settings, view, places, slot, self._timers, effects, shared)

    def step(self, step: int) -> None:
        """Hands the rule a step."""
        kind, rule, cx = self._view.kind[step], self._adapter.rule, self._context
        if kind == _wit.EVENT:
            handler = rule.on_event
        elif kind == _wit.ENTERED:
            handler = rule.on_entered
        elif kind == _wit.LEFT:
            handler = rule.on_left
        else:
            return
        self._touched = True
        cx._at_step(step)
        self._agent = cx._agent
        self._replace(handler(self._state, Event(self._view, step, self._places), cx))

    def fire(self, until: int) -> None:
        """Fires the timers that are due up to there, inclusive."""
        while (due := self._timers.pop_due(until)) is not None:
            at, name = due
            self._touched = True
            if self._agent is None:
                self._agent = self._agent_of_key()
            self._context._at_timer(at, self._agent)
            self._replace(self._adapter.rule.on_timer(self._state, name, self._context))

    def change(self) -> tuple[int, bytes, int | None] | None:
        """The new state, if there is one."""
        if not self._touched:
            return None
        state, wake_at = self._adapter.encode(self._timers, self._state), self._timers.next()
        if wake_at == self._due_before and state == self._view.batch.slots[self._slot].state:
            return None
        return self._slot, state, wake_at

    def _replace(self, state: Any) -> None:
        if state is not None:
            self._state = state

    def _agent_of_key(self) -> int:
        id = self._view.batch.slots[self._slot].id
        agents = self._view.batch.agents
        return next((i for i, agent in enumerate(agents) if agent.id == id), _wit.NONE)


def _default_of(hint: Any) -> Any:
    origin = getattr(hint, "__origin__", hint)
    return None if hint is type(None) else origin()


def _shared(stored: bytes) -> Any:
    return json.loads(stored) if stored else None
