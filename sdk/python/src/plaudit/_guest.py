"""The exports of a component: between the generated bindings and the adapter. Nothing of this runs natively."""

from __future__ import annotations

import gc
import importlib
import json
import sys
from datetime import date
from typing import Any

from . import _fault, _purity
from ._adapter import Adapter
from ._effects import AgentName, Award, Badge, Draw, Effects, Origin, Points, Praise, Target, TeamName, Text, key_text
from ._rule import rule_in
from ._settings import Invalid, Problem
from ._time import day_number

# What Python itself imports only when it is first called.
importlib.import_module("_strptime")
_bindings: Any = importlib.import_module("wit_world.imports.types")
_sinks: Any = importlib.import_module("wit_world.imports.effects")
_log: Any = importlib.import_module("wit_world.imports.log")
_Err: Any = importlib.import_module("componentize_py_types").Err
_LEVELS = {"debug": _log.Level.DEBUG, "info": _log.Level.INFO, "warn": _log.Level.WARN}
_TONES = {tone.name.lower(): tone for tone in _sinks.Tone}
_NUMBERS = (int, float)
_METHODS = {method.name.lower(): method for method in _sinks.DrawMethod}


class _Printed:
    """What a rule prints goes to the log: there is no stream."""

    def __init__(self) -> None:
        self._line = ""

    def write(self, text: str) -> int:
        *lines, self._line = (self._line + text).split("\n")
        for line in lines:
            _log.write(_log.Level.DEBUG, line)
        return len(text)

    def flush(self) -> None:
        """Nothing is kept but the line that is being written."""


class Component:
    """The four exports. The rule's class is found while the component is made, and lies in its memory since."""

    def __init__(self, module: str, manifest: str, sources: dict[str, str]) -> None:
        self._manifest = manifest
        self._adapter = Adapter(rule_in(importlib.import_module(module)))
        _fault.SOURCES.update({name: text.splitlines() for name, text in sources.items()})
        _purity.wall()
        # What is there now stays: later collections need not look through it.
        gc.collect()
        gc.freeze()
        sys.stdout = sys.stderr = _Printed()

    def describe(self) -> str:
        """The manifest."""
        return self._manifest

    def plan(self, settings: str) -> str:
        """The plan for settings, or their problems."""
        try:
            return json.dumps(self._adapter.plan(settings).document(), ensure_ascii=False)
        except Invalid as invalid:
            raise _Err([_problem(problem) for problem in invalid.problems]) from None
        except BaseException as error:
            raise _Err([_problem(Problem("", _fault.tell(error)))]) from None

    def fold(self, settings: str, batch: Any) -> list[Any]:
        """Applies the steps; what the rule asked for goes to the sinks."""
        effects = Effects()
        try:
            changes = self._adapter.fold(settings, batch, effects)
            _flush(effects)
        except BaseException as error:
            _write(effects)
            raise _Err(_fault.tell(error)) from None
        return [_bindings.Change(slot, state, wake_at) for slot, state, wake_at in changes]

    def conclude(self, settings: str, period: Any, entrants: Any, standings: Any, shared: bytes) -> bytes:
        """Closes a period."""
        effects = Effects()
        try:
            after = self._adapter.conclude(settings, period, entrants, standings, shared, effects)
            _flush(effects)
        except BaseException as error:
            _write(effects)
            raise _Err(_fault.tell(error)) from None
        return after


def _problem(problem: Problem) -> Any:
    types = _bindings if hasattr(_bindings, "Problem") else importlib.import_module("wit_world")
    text = Text(problem.message) if isinstance(problem.message, str) else problem.message
    return types.Problem(problem.field, text.message, _arguments(text))


def _write(effects: Effects) -> None:
    for level, line in effects.logs:
        _log.write(_LEVELS[level], line)


def _flush(effects: Effects) -> None:
    """Hands all to the host, with as few calls as there are kinds that come in lists."""
    _write(effects)
    for at, to, award in effects.awards:
        _sinks.give_award(_origin(at), _subject(to), _award(award))
    for at, to, praise in effects.praise:
        _sinks.send_praise(_origin(at), _subject(to), _praise(praise))
    if effects.scores:
        _sinks.add_scores([_sinks.Score(s.step, s.board, s.column, s.value, s.weight) for s in effects.scores])
    if effects.tickets:
        _sinks.add_tickets([_sinks.Tickets(t.step, t.draw, t.count) for t in effects.tickets])
    if effects.progress:
        shown = effects.progress.items()
        _sinks.show_progress([_sinks.Progress(slot, _text(p.text), p.value, p.target) for slot, p in shown])
    for number, method, draw in effects.draws:
        _sinks.hold_draw(_draw(number, method, draw))
    if effects.chances:
        _sinks.try_chances(
            [
                _sinks.Chance(_origin(c.at), _subject(c.to), c.chance, c.odds.wins, c.odds.of, _award(c.award))
                for c in effects.chances
            ]
        )


def _origin(at: Origin) -> Any:
    if at.kind == "step":
        return _bindings.Origin_Step(at.step)
    if at.kind == "timer":
        return _bindings.Origin_Timer(_bindings.Timer(at.slot, at.at))
    return _bindings.Origin_Close()


_SUBJECTS = {
    "agent": _bindings.Subject_Agent,
    "team": _bindings.Subject_Team,
    "team-members": _bindings.Subject_TeamMembers,
}


def _subject(to: Target) -> Any:
    if to.kind == "itself":
        return _bindings.Subject_Itself()
    return _bindings.Subject_Everyone() if to.kind == "everyone" else _SUBJECTS[to.kind](to.id)


def _award(award: Award) -> Any:
    reward = award.reward
    if isinstance(reward, Points):
        given = _sinks.Reward_Points(_sinks.Amount(reward.currency, reward.units))
    elif isinstance(reward, Badge):
        given = _sinks.Reward_Badge(_sinks.Badge(reward.name or award.name, reward.level))
    else:
        given = _sinks.Reward_Prize(reward.thing)
    span = _sinks.Span.EVER if award.for_ever else _sinks.Span.PERIOD
    return _sinks.Award(award.name, span, key_text(award.key), given, _text(award.reason))


def _praise(praise: Praise) -> Any:
    span = _sinks.Span.EVER if praise.for_ever else _sinks.Span.PERIOD
    tone = _TONES[praise.tone.value]
    return _sinks.Praise(praise.name, span, key_text(praise.key), tone, _text(praise.text))


def _draw(number: int, method: str, draw: Draw) -> Any:
    prizes = [_sinks.DrawPrize(prize.winners, _award(prize.award)) for prize in draw.prizes]
    excluded = [_sinks.Exclusion(exclusion.entrant, _text(exclusion.because)) for exclusion in draw.excluded]
    return _sinks.DrawSpec(number, _METHODS[method], prizes, excluded)


def _text(text: Text) -> Any:
    return _bindings.Text(text.message, _arguments(text))


def _arguments(text: Text) -> list[Any]:
    return [_bindings.Argument(name, _value(value)) for name, value in text.arguments]


def _value(value: object) -> Any:
    if isinstance(value, _NUMBERS):
        return _bindings.Value_Number(float(value))
    if isinstance(value, date):
        return _bindings.Value_Day(day_number(value))
    if isinstance(value, AgentName):
        return _bindings.Value_Agent(value.id)
    if isinstance(value, TeamName):
        return _bindings.Value_Team(value.id)
    return _bindings.Value_Text(str(value))
