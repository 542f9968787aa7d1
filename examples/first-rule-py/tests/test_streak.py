"""The first rule, told as a story."""

from plaudit.testing import Play

from rule import Streak


def test_three_good_calls_in_a_row_make_a_streak() -> None:
    play = Play(Streak, {"length": 3}).agent("ana").agent("ben")
    play.at("2026-03-02 09:00").events(2, "ana", csat=5).event("ben", csat=5)
    play.at("2026-03-02 09:10").event("ben", csat=2).event("ana", csat=5).events(2, "ben", csat=5)
    assert play.awards("ana") == ["streak"]
    assert play.given[0].argument("n") == 3
    assert play.awards("ben") == [], "a bad call broke the run"
    assert play.said("en", "ana") == ["3 good calls in a row!"]
    assert play.said("lt", "ana") == ["3 geri skambučiai iš eilės!"]


def test_a_correction_takes_the_streak_back() -> None:
    play = Play(Streak, {"length": 3}).agent("ana").at("2026-03-02T09:00[Europe/Madrid]")
    play.events(2, "ana", csat=5).entity("third").event("ana", csat=5)
    play.correct("third", csat=1)
    assert (play.awards("ana"), play.taken_back("ana")) == ([], ["streak"])


def test_wrong_settings_are_named_by_field() -> None:
    problems = Play.problems(Streak, {"length": 1, "goood": 3, "good": "4"})
    assert list(problems) == ["/goood", "/good", "/length"]
    assert problems["/length"] == "is 1, has to be at least 2"
