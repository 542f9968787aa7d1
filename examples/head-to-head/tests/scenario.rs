//! “Every week each of them meets somebody who was as good as they last week; who does more an hour wins the duel.”

use head_to_head::{HeadToHead, manifest};
use plaudit_sdk::testing::{Play, texts_are_whole};

/// A week’s work of somebody: contacts in 10 hours.
fn week(play: &mut Play<HeadToHead>, agent: &str, contacts: f64) {
    play.event(agent, &[("calls", contacts)]).event(agent, &[("worked-hours", 10.0)]);
}

#[test]
fn neighbours_of_last_week_meet_and_a_late_call_turns_their_duel() {
    let mut play = Play::<HeadToHead>::new("{}").speaking(&manifest());
    for agent in ["ana", "ben", "cleo", "dan"] {
        play.agent(agent);
    }
    // The first week finds out who is as good as whom: Dan and Ana are the quick ones.
    play.at("2026-03-06 17:00");
    for (agent, contacts) in [("ana", 90.0), ("ben", 60.0), ("cleo", 70.0), ("dan", 95.0)] {
        week(&mut play, agent, contacts);
    }
    play.at("2026-03-09 00:00").close("2026-W10");
    assert_eq!(play.said("en", "ana"), ["Your next duel is with dan. Good luck to both of you."]);
    assert_eq!(play.said("es", "cleo"), ["Tu próximo duelo es con ben. Suerte a los dos."]);

    // In the second, Ana beats Dan; Ben and Cleo are equal.
    play.at("2026-03-13 17:00");
    for (agent, contacts) in [("ana", 92.0), ("ben", 65.0), ("cleo", 65.0), ("dan", 91.0)] {
        week(&mut play, agent, contacts);
    }
    play.at("2026-03-16 00:00").close("2026-W11");
    assert_eq!(["ana", "ben", "cleo", "dan"].map(|agent| play.points(agent)), [30, 10, 10, 0]);
    assert_eq!(play.said("en", "ana")[1], "You won the duel with dan: 9.2 an hour against 9.1.");

    // Two of Dan’s calls come late from the dialler: the duel is his.
    play.late("2026-03-13 16:00").event("dan", &[("calls", 2.0)]);
    assert_eq!(["ana", "ben", "cleo", "dan"].map(|agent| play.points(agent)), [0, 10, 10, 30]);
    assert_eq!(play.taken_back("ana"), ["won"]);
}

#[test]
fn who_is_away_for_a_week_neither_wins_nor_loses() {
    let mut play = Play::<HeadToHead>::new("{}");
    play.agent("ana");
    play.agent("ben");
    play.at("2026-03-06 17:00");
    week(&mut play, "ana", 90.0);
    week(&mut play, "ben", 80.0);
    play.at("2026-03-09 00:00").close("2026-W10");
    play.at("2026-03-13 17:00");
    week(&mut play, "ana", 90.0);
    play.at("2026-03-16 00:00").close("2026-W11");
    assert_eq!((play.points("ana"), play.points("ben")), (0, 0));
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
