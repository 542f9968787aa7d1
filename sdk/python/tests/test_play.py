"""The stage: boards, draws, timers, late facts, corrections, quotas; and the texts as people read them."""

from dataclasses import dataclass
from datetime import time, timedelta

import pytest

from plaudit import (
    HOUR,
    PER_ENTITY,
    Award,
    Badge,
    Board,
    Close,
    Context,
    Draw,
    Event,
    Odds,
    Plan,
    Points,
    Praise,
    Prize,
    Rule,
    RuleError,
    Target,
    Text,
    Tone,
)
from plaudit.testing import Play


@dataclass
class State:
    """Calls, and whether the day is over."""

    calls: int = 0
    evenings: int = 0


class House(Rule[None, State]):
    """Uses everything once."""

    def plan(self, settings: None) -> Plan:
        board = Board("ranking").sum("calls").mean("csat", 0).at_least("csat", 3).tie("csat")
        plan = Plan.per_agent().metric("calls", "csat", "handle-time").attribute("entity", "queue").board(board)
        return plan.draw("weekly").chance("box").quota("early", 1).quota_at_close("fair", 1)

    def on_entered(self, state: State, event: Event, cx: Context[None]) -> None:
        cx.praise(Praise("welcome", Tone.NOTICE, for_ever=True))

    def on_event(self, state: State, event: Event, cx: Context[None]) -> None:
        state.calls += 1
        cx.score("ranking", "calls", event.metric("calls", 0))
        rating = event.ratio("csat")
        if rating:
            cx.score("ranking", "csat", *rating)
        cx.tickets("weekly", 2)
        cx.progress(Text("calls", n=state.calls), state.calls, 10)
        cx.award(Award("per-call", Points(10), key=PER_ENTITY))
        cx.award(Award("early", Badge()))
        cx.award(Award("fair", Badge()))
        cx.try_chance("box", Odds.one_in(20), Award("box", Prize("Cake"), key=PER_ENTITY))
        cx.timer("evening", cx.next(time(18)))

    def on_timer(self, state: State, name: str, cx: Context[None]) -> None:
        state.evenings += 1
        team = cx.agent.team if cx.agent else None
        cx.award(Award("evening", Badge(), key=cx.today))
        if team:
            cx.praise(Praise("team-evening", key=cx.today), to=Target.team_members(team))

    def on_left(self, state: State, event: Event, cx: Context[None]) -> None:
        cx.cancel_timer("evening")

    def conclude(self, close: Close[None]) -> None:
        for row in close.ranked("ranking"):
            if row.rank == 1:
                cake = Award("winner", Prize("Cake"), because=Text("winner", n=row.value or 0))
                close.award(cake, to=Target.agent(row.id))
        draw = Draw("weekly").prize(1, Award("drawn", Prize("Voucher")))
        for entrant in close.entrants:
            if entrant.tickets("weekly") > 4:
                draw = draw.exclude(entrant.id, Text("too-many"))
        close.draw(draw)
        close.set_shared({"closed": (close.shared or {"closed": 0})["closed"] + 1})


def house() -> Play:
    return Play(House).agent("ana").team("blue").agent("ben", team="blue").agent("eva").at("2026-03-02 09:00")


def test_boards_rank_with_guards_and_draws_are_held() -> None:
    play = house().event("ana", calls=1, csat=5).event("ben", calls=2, csat=1).event("eva", calls=1, csat=(8, 2))
    assert play.standings("ranking") == [("ana", 1, 1.0), ("eva", 2, 1.0), ("ben", 0, 2.0)]
    assert play.tickets("ana", "weekly") == 2
    play.events(2, "ben", calls=1, csat=5).close_period()
    assert [play.awards(who).count("winner") for who in ("ana", "ben", "eva")] == [0, 1, 0]
    assert [(prize.winners, prize.award.name) for prize in play.draws[0].prizes] == [(1, "drawn")]
    assert [exclusion.entrant for exclusion in play.draws[0].excluded] == ["ben"]
    assert play.standings("ranking")[0][1] == 0, "a new period begins with empty boards"


def test_timers_fire_in_their_own_time_and_speak_to_the_team() -> None:
    play = house().event("ana", calls=1).until("2026-03-02 18:00")
    assert play.awards("ana")[-1] == "evening"
    assert (play.praise("ben"), play.praise("eva")) == (["team-evening"], [])
    assert play.wakes_at("ana") is None
    play.event("ana", calls=1).leave("ana").advance(timedelta(days=2))
    assert play.awards("ana").count("evening") == 1
    assert play.progress("ana") == (2.0, 10.0)


def test_what_comes_late_takes_its_place_in_time() -> None:
    play = house().event("ana", calls=1)
    assert play.awards("ana") == ["per-call", "early"], "fair is decided at the close"
    play.at("2026-03-02 10:00").late("2026-03-02 08:00").event("ben", calls=1)
    assert "early" not in play.awards("ben"), "first come by arrival"
    play.close_period()
    assert ("fair" in play.awards("ana"), "fair" in play.awards("ben")) == (False, True)


def test_corrections_and_retractions_take_back() -> None:
    play = house().entity("c1").event("ana", calls=1).event("ana", calls=1)
    assert play.points("ana") == 20
    play.retract("c1")
    assert (play.points("ana"), play.taken_back("ana")) == (10, ["per-call"])
    play.close_period().correct("e2", calls=7, csat=4)
    assert play.standings("ranking")[0][1] == 0
    assert play.said("en", "ana")[-1] == "winner n=7.0"


def test_instant_wins_are_thrown_for_by_key() -> None:
    play = house().lucky("e2").events(3, "ana", calls=1)
    assert play.tries("ana") == ["e1", "e2", "e3"]
    assert [given.key for given in play.given if given.name == "box"] == ["e2"]


def test_praise_that_was_said_is_said() -> None:
    play = house().enter("ana").enter("ben")
    assert play.praise("ana") == ["welcome"]
    assert play.transcript() == (
        "2026-03-02 09:00  ana  welcome/once  praise  welcome\n2026-03-02 09:00  ben  welcome/once  praise  welcome\n"
    )


def test_an_event_without_a_planned_metric_is_none() -> None:
    assert house().event("ana", sales=1).given == []
    assert house().event("ana", handle_time=(300, 1)).awards("ana") == ["per-call", "early"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda play: play.event("zoe", calls=1), "no agent 'zoe', only ana, ben, eva"),
        (lambda play: play.at("2026-03-01 09:00"), "time does not run backwards"),
        (lambda play: play.late("2026-03-09 09:00"), "is not yet"),
        (lambda play: play.retract("c9"), "no event of the entity 'c9'"),
        (lambda play: play.agent("ana"), "an agent 'ana' already"),
        (lambda play: play.standings("sales"), "no board 'sales', only ranking"),
        (lambda play: play.team_event("blue", calls=1), "reaches no agent's key"),
        (lambda play: play.advance(-HOUR), "time does not run backwards"),
    ],
)
def test_a_mistake_of_the_test_says_what_it_is(wrong: object, words: str) -> None:
    assert callable(wrong)
    with pytest.raises(RuleError, match=words):
        wrong(house())


class Team(Rule[None, int]):
    """A team's goal."""

    def plan(self, settings: None) -> Plan:
        return Plan.per_team().metric("calls")

    def on_event(self, calls: int, event: Event, cx: Context[None]) -> int:
        if calls + 1 == 2:
            cx.award(Award("goal", Badge()), to=Target.everyone())
        return calls + 1

    def conclude(self, close: Close[None]) -> None:
        close.log(f"{[(entrant.id, entrant.members, entrant.share) for entrant in close.entrants]}")


def test_a_team_has_one_state() -> None:
    play = Play(Team).agent("ana", team="blue").agent("ben", team="blue", share=0.5).agent("eva")
    play.event("ana", calls=1).team_event("blue", calls=1).close_period("2026-W10")
    assert [play.awards(who) for who in ("ana", "ben", "eva")] == [["goal"], ["goal"], ["goal"]]
    assert play.logs == ["[('blue', 2, 1.5)]"]


class Race(Rule[None, int]):
    """The first of each team, anew in each period; at the close the one whose event was first."""

    def plan(self, settings: None) -> Plan:
        plan = Plan.per_agent().metric("calls").quota("fast", 1).each_team().quota_at_close("first", 2)
        return plan.anew_each_period().opening(Text("begins", n=2))

    def on_event(self, calls: int, event: Event, cx: Context[None]) -> int:
        if calls + 1 == 2:
            cx.award(Award("fast", Badge()))
            cx.award(Award("first", Badge()))
        return calls + 1


def test_a_quota_may_be_each_team_s_and_says_the_place() -> None:
    play = Play(Race).agent("ana").team("blue").agent("ben").team("blue").agent("eva").team("red")
    for minute, who in enumerate(("ana", "ben", "eva")):
        play.at(f"2026-03-02 09:0{minute}").events(2, who, calls=1)
    assert [play.awards(who) for who in ("ana", "ben", "eva")] == [["fast"], [], ["fast"]]
    play.close_period()
    assert [play.awards(who) for who in ("ana", "ben", "eva")] == [["fast", "first"], ["first"], ["fast"]]
    assert [given.place for given in play.given if given.name == "first"] == [1, 2]
    play.event("ana", calls=1)
    assert play.awards("ana") == ["fast", "first"], "a new period begins with no calls"
    play.event("ana", calls=1)
    assert play.awards("ana") == ["fast", "first", "fast"]


class Later(Rule[None, int]):
    """Scores where it can't."""

    def plan(self, settings: None) -> Plan:
        return Plan.per_agent().metric("calls").board(Board("ranking").sum("calls"))

    def on_event(self, state: int, event: Event, cx: Context[None]) -> None:
        cx.timer("t", cx.now)
        assert cx.timer_at("t") == cx.now + 1

    def on_timer(self, state: int, name: str, cx: Context[None]) -> None:
        cx.score("ranking", "calls", 1)


def test_a_timer_can_not_score_and_is_not_in_the_past() -> None:
    with pytest.raises(RuleError, match="a timer gives no score"):
        Play(Later).agent("ana").event("ana", calls=1).advance(HOUR)


TEXTS = {
    "en": "# a comment\nt = { $n ->\n    [0] None.\n    [one] One call.\n   *[other] { $n } calls, { NUMBER($n, "
    "maximumFractionDigits: 1) }.\n}\nbadge-t = On a { roll }\nroll = roll\n    and on\n    .help = Help\n",
    "lt": "t = { $n ->\n    [one] { $n } skambutis\n    [few] { $n } skambučiai\n    [many] { $n } skambučio\n"
    "   *[other] { $n } skambučių\n}\n",
    "es": "t = { $who ->\n    [Ana] ¡Ana!\n   *[otro] { $n } con { $who }, { $day }\n}\n",
}


@pytest.mark.parametrize(
    ("locale", "n", "said"),
    [
        ("en", 0, "None."),
        ("en", 1, "One call."),
        ("en", 1234.56, "1,234.56 calls, 1,234.6."),
        ("lt", 1, "1 skambutis"),
        ("lt", 21, "21 skambutis"),
        ("lt", 3, "3 skambučiai"),
        ("lt", 11, "11 skambučių"),
        ("lt", 1.5, "1,5 skambučio"),
        ("lt", 12340, "12\u00a0340 skambučių"),
    ],
)
def test_texts_are_said_as_the_language_has_it(locale: str, n: float, said: str) -> None:
    from plaudit.testing._fluent import Texts

    assert Texts(TEXTS).say(locale, Text("t", n=n)) == said


def test_texts_choose_by_words_and_refer_to_each_other() -> None:
    from datetime import date

    from plaudit import AgentName
    from plaudit.testing._fluent import Texts

    texts = Texts(TEXTS)
    assert texts.say("es", Text("t", who="Ana")) == "¡Ana!"
    assert texts.say("es", Text("t", who="Eva", n=12345, day=date(2026, 3, 2))) == "12.345 con Eva, 2026-03-02"
    assert texts.say("en", Text("badge-t")) == "On a roll\nand on"
    assert texts.say("es", Text("t", who=AgentName("a1").id, n=1, day="hoy")) == "1 con a1, hoy"
    for text, words in ((Text("x"), "en has no text 'x'"), (Text("t"), "wants an argument 'n'")):
        with pytest.raises(RuleError, match=words):
            texts.say("en", text)
    with pytest.raises(RuleError, match="no texts in 'zh-Hans', only in en, lt, es"):
        texts.say("zh-Hans", Text("t"))
