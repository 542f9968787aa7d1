"""A stage for a rule: agents, events, passing time, closing periods; then see who got what.

It runs the very code that runs in a component, in milliseconds, under any test runner::

    def test_three_in_a_row() -> None:
        play = Play(Streak, {"length": 3}).agent("ana").team("blue")
        play.at("2026-03-02T09:00[Europe/Madrid]").events(3, "ana", csat=5)
        assert play.awards("ana") == ["streak"]

Late facts (:meth:`Play.late`), corrections (:meth:`Play.correct`) and retractions (:meth:`Play.retract`) are told at any
time: everything is folded again in event time, and what comes out is compared with what stands, as the host does. Each step
is folded twice, and clocks, randomness and files are out of reach, so that a rule that is no pure function is found here.
"""

from ._book import Given
from ._play import Metrics, Play

__all__ = ["Given", "Metrics", "Play"]
