"""What a rule must not look at, found in its source and while it runs; and how an exception is told."""

import random
import time
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from plaudit import Award, Badge, Context, Event, Impure, Plan, Points, Rule, RuleError, Text, _fault
from plaudit._look import look, look_at_files
from plaudit._project import Project
from plaudit.testing import Play


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("import time", "imports time: a rule has no clock: the time of the step is cx.now"),
        ("from time import time", "imports time: a rule has no clock"),
        ("import random", "imports random: a rule has no randomness: use tickets"),
        ("import os.path", "imports os.path: a rule has no system"),
        ("from uuid import uuid4", "no randomness"),
        ("import locale", "does not know the reader's language"),
        ("import zoneinfo", "a rule has no tz database: cx.zone"),
        ("import urllib.request", "no network"),
        ("from datetime import datetime\nx = datetime.now()", "line 2: calls datetime.now(): a rule has no clock"),
        ("import datetime\nx = datetime.date.today()", "calls date.today()"),
        ("from datetime import datetime as D\nx = D.now()", "line 2: calls D.now(): a rule has no clock"),
        ("def f():\n    import math", "line 2: imports math within a function: a component loads nothing"),
        ("x = open('f')", "calls open(): a rule reads no files"),
        ("x = hash('a')", "calls hash(): hash() and id() differ"),
        ("for x in {1, 2}: pass", "walks through a set: the order of a set differs between builds: write sorted(…)"),
        ("seen = set()\nfor x in seen: pass", "line 2: walks through a set"),
        ("def f(a: set[str]): pass\nb: set[str] = f()\nc = [x for x in b]", "line 3: walks through a set"),
        ("a = list({1} | {2})", "walks through a set"),
        ("a = ','.join(set('abc'))", "walks through a set"),
        ("a = {1}\na.pop()", "takes any of a set"),
    ],
)
def test_the_source_says_what_would_differ(source: str, words: str) -> None:
    found = look(source, "rule.py")
    assert any(words in str(finding) for finding in found), found
    assert str(found[0]).startswith("rule.py, line ")


def test_what_is_pure_is_left_alone() -> None:
    source = (
        "from datetime import date, timedelta\nimport math\n"
        "for x in sorted({1, 2}): pass\nseen = {1}\nok = 1 in seen and len(seen)\n"
        "for x in [1]: pass\nseen = [1]\nfor x in seen: pass\nd = {}\nfor k in d: pass\nd.pop('a')\n"
    )
    assert look(source, "rule.py") == []


def test_all_findings_are_told_with_their_files(tmp_path: Path) -> None:
    rule = tmp_path / "rule.py"
    rule.write_text("import random\nimport time\n")
    with pytest.raises(Impure) as error:
        look_at_files([rule])
    assert [line.split(":")[0] for line in str(error.value).splitlines()] == ["rule.py, line 1", "rule.py, line 2"]


def test_what_is_no_python_is_told_with_its_line(tmp_path: Path) -> None:
    rule = tmp_path / "rule.py"
    rule.write_text("x = 1\ndef broken(:\n")
    with pytest.raises(RuleError, match=r"rule.py, line 2: can't be read"):
        look_at_files([rule])


CALLS: dict[str, Any] = {
    "time": lambda: time.time(),
    "random": lambda: random.random(),
    "uuid": lambda: uuid.uuid4(),
    "open": lambda: open(__file__),
}
COUNTER = [0]


class Odd(Rule[None, int]):
    """Does what the settings of this test say, by the queue."""

    def plan(self, settings: None) -> Plan:
        return Plan.per_agent().metric("calls").attribute("queue")

    def on_event(self, state: int, event: Event, cx: Context[None]) -> int:
        what = event.attribute("queue") or ""
        if what in CALLS:
            CALLS[what]()
        if what == "counter":
            COUNTER[0] += 1
            return COUNTER[0]
        if what == "metric":
            event.metric("cals")
        if what == "board":
            cx.score("ranking", "calls", 1)
        if what == "crash":
            return 1 // state
        return state


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("time", r"time.time\(\) was called: a rule has no clock"),
        ("random", r"random.random\(\) was called: a rule has no randomness"),
        ("uuid", r"uuid.uuid4\(\) was called"),
        ("open", r"open\(\) was called: a rule reads no files"),
        ("counter", "what does the rule remember outside its state"),
        ("metric", "the plan has no metric 'cals', only calls: name it in plan"),
        ("board", "the plan has no board 'ranking', only none"),
    ],
)
def test_what_a_rule_can_not_have_is_told_while_it_runs(what: str, words: str) -> None:
    play = Play(Odd).agent("ana")
    with pytest.raises(RuleError, match=words):
        play.having(queue=what).event("ana", calls=1)


def test_the_fence_stands_only_while_a_rule_runs() -> None:
    before = time.time, random.random, open
    Play(Odd).agent("ana").event("ana", calls=1)
    assert before == (time.time, random.random, open)
    assert time.time() > 0


def test_an_exception_is_told_with_file_and_line() -> None:
    with pytest.raises(ZeroDivisionError) as error:
        Play(Odd).agent("ana").having(queue="crash").event("ana", calls=1)
    told = _fault.tell(error.value)
    line = next(i for i, text in enumerate(Path(__file__).read_text().splitlines(), 1) if "1 // state" in text)
    assert f"test_purity.py, line {line}, in on_event: ZeroDivisionError" in told
    _fault.SOURCES["test_purity.py"] = Path(__file__).read_text().splitlines()
    assert f"test_purity.py:{line} in on_event: return 1 // state" in _fault.tell(error.value)


def test_a_recursion_is_cut_and_explained() -> None:
    def deep(n: int) -> int:
        return deep(n + 1)

    with pytest.raises(RecursionError) as error:
        deep(0)
    told = _fault.tell(error.value)
    assert "walk through a list instead" in told
    assert len(told.splitlines()) < 20


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: Text("t", x={1}),  # type: ignore[arg-type]
            "a set, whose order is not fixed",
        ),
        (lambda: Text("t", x=True), "give a number, a text, a day"),
        (lambda: Points(0), "points are whole and at least 1"),
        (lambda: Points(1.5), "points are whole"),  # type: ignore[arg-type]
    ],
)
def test_a_reward_that_can_not_be_says_so(make: Any, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        make()


def test_a_day_is_a_key() -> None:
    award = Award("daily", Badge(2), key=date(2026, 3, 2), because=Text("t", best_day=date(2026, 3, 2)))
    assert award.reason.arguments == (("best-day", date(2026, 3, 2)),)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "has no pyproject.toml: go to your rule's folder"),
        ({"pyproject.toml": "[project]\nname = 'a'"}, "lacks .project. with name and version"),
        ({"pyproject.toml": "[project]\nname = 'My Rule'\nversion = '1.0.0'"}, "is no name for a rule"),
        ({"pyproject.toml": "[project]\nname = 'a'\nversion = '1.0.0'"}, "there is no rule.py"),
    ],
)
def test_a_folder_that_is_no_rule_says_why(tmp_path: Path, files: dict[str, str], words: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(RuleError, match=words):
        Project.at(tmp_path).load()


def test_the_first_rule_makes_a_manifest() -> None:
    folder = Path(__file__).parents[3] / "examples" / "first-rule-py"
    project = Project.at(folder)
    manifest = project.manifest(project.load())
    assert (manifest["name"], manifest["state_schema"]) == ("first-rule-py", 1)
    assert manifest["contract"].startswith("plaudit:rule@")
    assert sorted(manifest["texts"]) == ["en", "es", "lt", "zh-Hans", "zh-Hant"]
    assert len((folder / "rule.py").read_text().splitlines()) <= 40
