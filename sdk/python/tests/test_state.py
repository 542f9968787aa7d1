"""States: the same state, the same bytes, and nothing that comes back as something else."""

import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date, time
from enum import Enum
from typing import Any

import pytest

from plaudit import Context, Event, Plan, Rule, RuleError
from plaudit._adapter import Adapter
from plaudit._context import Timers
from plaudit._state import codec_of, encode
from plaudit.testing import Play


class Mood(Enum):
    """A plain enum."""

    GOOD = "good"


@dataclass
class Inner:
    """A dataclass in a dataclass."""

    n: int = 0


@dataclass
class State:
    """One of each."""

    total: float = 0
    name: str = ""
    last: date | None = None
    at: time = time(9)
    mood: Mood = Mood.GOOD
    inner: Inner = field(default_factory=Inner)
    days: dict[date, int] = field(default_factory=dict)
    pairs: list[tuple[int, str]] = field(default_factory=list)


def test_a_state_comes_back_as_it_was() -> None:
    codec = codec_of(State, "the state")
    state = State(3, "ä", date(2026, 3, 2), time(9, 30), Mood.GOOD, Inner(2), {date(2026, 3, 2): 1}, [(1, "a")])
    stored = encode(codec.write(state, "the state"))
    assert stored.startswith(b'{"total":3.0,"name":"\xc3\xa4","last":"2026-03-02"')
    again = codec.read(__import__("json").loads(stored))
    assert again == state
    assert encode(codec.write(again, "the state")) == stored, "a whole number in a float's place was stored as a float"


def test_a_dict_keeps_its_order() -> None:
    codec = codec_of(dict[str, int], "the state")
    assert list(codec.read(codec.write({"b": 1, "a": 2}, ""))) == ["b", "a"]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (set[str], r"a set differs between builds and machines; use dict\[str, bool\]"),
        (list[set[int]], "a set differs"),
        (complex, "use int, float, bool"),
        (dict[float, int], "use int, float, bool"),
    ],
)
def test_what_a_state_can_not_hold_says_what_can(kind: Any, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        codec_of(kind, "State.seen")


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (State, State(total=float("nan")), "the state.total is nan, which is no finite number"),
        (State, State(name=3), "the state.name is 3, which is no str"),  # type: ignore[arg-type]
        (State, State(inner=Inner(n=1.5)), "the state.inner.n is 1.5, which is no whole number"),  # type: ignore[arg-type]
        (int, True, "is True"),
        (int, 2**63, "no whole number of 64 bits"),
        (dict, {1: 2}, "a key of the state is 1, which is no str"),
        (list, [{1}], r"the state\[0\] is a set"),
        (Any, object(), "a value of JSON is wanted"),
    ],
)
def test_what_would_come_back_as_something_else_is_refused(kind: Any, value: Any, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        codec_of(kind, "the state").write(value, "the state")


def test_a_stray_attribute_would_be_forgotten() -> None:
    state = State()
    state.extra = 1  # type: ignore[attr-defined]
    with pytest.raises(RuleError, match="has extra, which is no field of State"):
        codec_of(State, "").write(state, "the state")


class Counter(Rule[None, State]):
    """Keeps a state."""

    def plan(self, settings: None) -> Plan:
        return Plan.per_agent().metric("calls")

    def on_event(self, state: State, event: Event, cx: Context[None]) -> None:
        state.total += event.metric("calls", 0)


def test_the_default_state_is_stored_as_absent_and_another_shape_says_what_to_do() -> None:
    adapter = Adapter(Counter)
    assert adapter.encode(Timers([]), State()) == b""
    timers, state = adapter.decode("ana", adapter.encode(Timers([(5, "t")]), State(total=2)))
    assert (timers.all, state.total) == ([(5, "t")], 2.0)
    with pytest.raises(RuleError, match="raise state_schema when its shape changes"):
        adapter.decode("ana", b'[[],{"other":1}]')


def test_a_state_without_defaults_says_so() -> None:
    @dataclass
    class Bare:
        n: int

    class NoDefault(Counter, Rule[None, Bare]):
        pass

    with pytest.raises(RuleError, match="give each field a default"):
        Adapter(NoDefault)


def test_a_rule_keeps_nothing_on_itself() -> None:
    class Keeps(Counter):
        def on_event(self, state: State, event: Event, cx: Context[None]) -> None:
            self.seen = 1

    with pytest.raises(RuleError, match=r"self\.seen is set on the rule.*put seen into the state"):
        Play(Keeps).agent("ana").event("ana", calls=1)


def test_a_rule_says_its_types() -> None:
    with pytest.raises(RuleError, match=r"derive it from Rule\[Settings, State\]"):

        class Untyped(Rule):  # type: ignore[type-arg]
            pass


def test_the_hash_seed_is_in_no_outcome() -> None:
    """The same story under two hash seeds, each in a Python of its own."""
    story = (
        "import sys; sys.path[:0] = ['src', 'tests']\n"
        "from test_state import Counter\n"
        "from plaudit.testing import Play\n"
        "play = Play(Counter).agent('ana').events(3, 'ana', calls=1)\n"
        "print(play._stage.outcome.states['ana'].state, Play.problems(Counter, {'b': 1, 'a': 2}))"
    )
    said = [
        subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", story], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert '"total":3.0' in said[0]
