"""Settings: the form they make, and what is wrong with a document."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import pytest

from plaudit import Board, Choice, Context, Event, Plan, Problem, Rule, RuleError, Setting, Text
from plaudit._settings import Form, Invalid
from plaudit.testing import Play


class Window(Choice):
    """How long."""

    DAY = "day", "A day"
    WEEK = "week", "A week"


@dataclass(frozen=True)
class Tier:
    """A level."""

    at: Annotated[int, Setting("From", min=1, unit="points")]
    badge: Annotated[str, Setting("Badge")] = "bronze"


@dataclass(frozen=True)
class Settings:
    """One of each."""

    metric: Annotated[str, Setting("What counts", "A metric of the catalogue.", pick="metric")]
    good: Annotated[float, Setting("Good is", min=1, max=5)] = 4.0
    often: Annotated[int, Setting("How often")] = 3
    loud: Annotated[bool, Setting("Aloud")] = False
    window: Annotated[Window, Setting("Window")] = Window.WEEK
    order: Annotated[Literal["first", "last"], Setting("Order")] = "first"
    team: Annotated[str | None, Setting("Only this team", pick="team")] = None
    tiers: Annotated[tuple[Tier, ...], Setting("Tiers", items_min=1, items_max=3)] = field(
        default_factory=lambda: (Tier(5), Tier(10, "silver"))
    )


class Everything(Rule[Settings, None]):
    """Has settings, and does nothing."""

    def plan(self, settings: Settings) -> Plan:
        return Plan.per_agent().metric(settings.metric)

    def check(self, settings: Settings) -> Iterable[Problem]:
        for i, (before, after) in enumerate(zip(settings.tiers, settings.tiers[1:], strict=False), 1):
            if after.at <= before.at:
                yield Problem(f"/tiers/{i}/at", f"has to be more than {before.at}, the tier before it")

    def on_event(self, state: None, event: Event, cx: Context[Settings]) -> None:
        """Nothing."""


def problems(**settings: Any) -> dict[str, str]:
    return Play.problems(Everything, {"metric": "calls", **settings})


def test_the_form_says_titles_ranges_choices_defaults_and_lists() -> None:
    schema = Form(Settings).schema()
    fields = schema["properties"]
    assert (schema["type"], schema["required"], schema["additionalProperties"]) == ("object", ["metric"], False)
    assert fields["metric"] == {
        "type": "string",
        "minLength": 1,
        "title": "What counts",
        "description": "A metric of the catalogue.",
        "x-plaudit": "metric",
    }
    assert fields["good"] == {"type": "number", "title": "Good is", "minimum": 1, "maximum": 5, "default": 4}
    assert fields["window"]["oneOf"] == [{"const": "day", "title": "A day"}, {"const": "week", "title": "A week"}]
    assert (fields["window"]["default"], fields["order"]["enum"]) == ("week", ["first", "last"])
    assert fields["team"] == {"type": "string", "minLength": 1, "title": "Only this team", "x-plaudit": "team"}
    assert fields["tiers"]["default"] == [{"at": 5, "badge": "bronze"}, {"at": 10, "badge": "silver"}]
    assert (fields["tiers"]["minItems"], fields["tiers"]["maxItems"]) == (1, 3)
    assert fields["tiers"]["items"]["properties"]["at"]["x-plaudit-unit"] == "points"


def test_a_document_becomes_settings() -> None:
    read = Form(Settings).read('{"metric":"csat","window":"day","good":3,"tiers":[{"at":2}]}')
    assert read == Settings("csat", 3.0, 3, False, Window.DAY, "first", None, (Tier(2),))
    assert type(read.good) is float


@pytest.mark.parametrize(
    ("settings", "field", "message"),
    [
        ({"goood": 1}, "/goood", "is no setting; there are: metric, good, often"),
        ({"good": "4"}, "/good", 'has to be a number, not "4"'),
        ({"good": 5.5}, "/good", "is 5.5, may be at most 5"),
        ({"good": 0}, "/good", "is 0, has to be at least 1"),
        ({"often": 1.5}, "/often", "has to be a whole number, not 1.5"),
        ({"often": True}, "/often", "has to be a whole number, not true"),
        ({"loud": 1}, "/loud", "has to be true or false, not 1"),
        ({"metric": ""}, "/metric", 'has to be a text that is not empty, not ""'),
        ({"window": "year"}, "/window", 'is "year", has to be one of day, week'),
        ({"order": "both"}, "/order", 'is "both", has to be one of first, last'),
        ({"tiers": []}, "/tiers", "has 0 entries, needs at least 1"),
        ({"tiers": [{"at": 1}] * 4}, "/tiers", "has 4 entries, may have at most 3"),
        ({"tiers": [{"at": 1}, {"at": 0}]}, "/tiers/1/at", "is 0, has to be at least 1"),
        ({"tiers": [{}]}, "/tiers/0/at", "is missing"),
        ({"tiers": {}}, "/tiers", "has to be a list, not {}"),
        ({"tiers": [{"at": 3}, {"at": 3}]}, "/tiers/1/at", "has to be more than 3"),
    ],
)
def test_a_problem_names_field_value_and_what_is_allowed(settings: dict[str, Any], field: str, message: str) -> None:
    found = problems(**settings)
    assert list(found) == [field]
    assert found[field].startswith(message)


def test_every_problem_is_found_at_once() -> None:
    assert list(Play.problems(Everything, '{"x": 1, "good": 9, "often": "a"}')) == ["/x", "/metric", "/good", "/often"]
    assert "is no JSON document" in Play.problems(Everything, "{oops")[""]
    assert Play.problems(Everything, '{"metric": NaN}')[""].startswith("is no JSON document")


def test_a_rule_without_settings_takes_none() -> None:
    form = Form(type(None))
    assert form.read("{}") is None
    with pytest.raises(Invalid, match="there are: none"):
        form.read('{"x": 1}')


def test_a_problem_may_be_a_text_of_the_plugin() -> None:
    assert "tiers-rise" in str(Invalid([Problem("/tiers", Text("tiers-rise", n=3))]))


def test_what_makes_no_form_says_what_does() -> None:
    @dataclass(frozen=True)
    class Odd:
        words: Annotated[set[str], Setting("Words")]

    @dataclass(frozen=True)
    class OutOfRange:
        good: Annotated[float, Setting("Good", max=5)] = 9.0

    @dataclass(frozen=True)
    class Inside:
        hours: list[Annotated[int, Setting("Hour", max=23)]]

    @dataclass
    class Mutable:
        good: float = 1.0

    for settings, words in (
        (Odd, "Odd.words is of type"),
        (OutOfRange, "default of OutOfRange.good"),
        (Inside, "use a list of dataclasses"),
        (Mutable, "frozen=True"),
    ):
        with pytest.raises(RuleError, match=words):
            Form(settings)


def test_a_plan_is_as_the_host_reads_it() -> None:
    board = (
        Board("ranking")
        .sum("calls")
        .mean("csat", 0)
        .per("calls")
        .at_least("csat", 4)
        .or_nothing()
        .tie_lowest("csat")
        .lowest_first()
    )
    plan = Plan.per_team().metric("calls", "csat", "calls").attribute("queue").board(board).draw("weekly", "equal")
    document = (
        plan.chance("box")
        .quota("first", 3)
        .each_team()
        .quota_at_close("fast", 1)
        .tell_corrections()
        .opening(Text("begins", n=1))
        .tell_late()
        .document()
    )
    assert document == {
        "key": "team",
        "metrics": ["calls", "csat"],
        "attributes": ["queue"],
        "boards": [
            {
                "name": "ranking",
                "columns": [{"name": "calls", "aggregate": "sum"}, {"name": "csat", "aggregate": "mean"}],
                "value": [{"column": 0, "factor": 1}],
                "per": 0,
                "guards": [{"column": 1, "at_least": 4, "at_most": None, "or_nothing": True}],
                "ties": [{"column": 1, "lowest_first": True}],
                "lowest_first": True,
            }
        ],
        "draws": [{"name": "weekly", "method": "equal"}],
        "chances": [{"name": "box"}],
        "quotas": [
            {"award": "first", "per_period": 3, "per": "team", "decided": "at-once"},
            {"award": "fast", "per_period": 1, "per": "incentive", "decided": "at-close"},
        ],
        "state": "ever",
        "opening": {"message": "begins", "arguments": {"n": 1}},
        "tell_corrections": True,
        "tell_late": True,
    }
    with pytest.raises(RuleError, match="no column 'sales', only calls"):
        board.index("sales")
