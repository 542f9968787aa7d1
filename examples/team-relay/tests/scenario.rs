//! “One of the team after another, ten solved contacts each; who has theirs hands on the baton.”

use plaudit_sdk::testing::{Play, hours, texts_are_whole};
use team_relay::{TeamRelay, manifest};

const SOLVED: &[(&str, f64)] = &[("resolved", 1.0)];

/// Two legs of three contacts, two teams of two.
fn stage() -> Play<TeamRelay> {
    let mut play = Play::new(r#"{ "leg": 3, "legs": 2, "rest_hours": 24 }"#).speaking(&manifest());
    for (agent, team) in [("ana", "blue"), ("ben", "blue"), ("cleo", "red"), ("dan", "red")] {
        play.agent(agent).team(team);
    }
    play
}

#[test]
fn the_baton_goes_from_one_to_the_next_and_the_team_comes_home() {
    let mut play = stage();
    play.at("2026-03-02 09:00").events(2, "ana", SOLVED);
    play.events(5, "ben", SOLVED);
    assert_eq!(play.progress("blue"), Some((2.0, 6.0)), "Ben’s do not count: Ana has the baton");
    play.at("2026-03-02 09:30").event("ana", SOLVED).events(3, "ana", SOLVED);
    assert_eq!(play.said("en", "ana"), ["The first leg is yours, of 2. The baton is handed on: thank you."]);
    assert_eq!(play.progress("blue"), Some((3.0, 6.0)), "nobody runs twice");
    play.at("2026-03-02 10:00").events(3, "ben", SOLVED);
    assert_eq!((play.points("ana"), play.points("ben"), play.awards("blue")), (50, 50, vec!["first-home"]));

    // The others come home, too, and are paid; the cup is taken.
    play.at("2026-03-02 11:00").events(3, "cleo", SOLVED).events(3, "dan", SOLVED);
    assert_eq!((play.points("cleo"), play.awards("red")), (50, vec![]));

    // One of Ben’s contacts was not solved after all: Blue is not home, and the cup goes to Red.
    play.retract("e14");
    assert_eq!((play.points("ana"), play.points("ben")), (0, 0));
    assert_eq!((play.awards("blue"), play.awards("red")), (vec![], vec!["first-home"]));
}

#[test]
fn a_baton_that_has_rested_for_a_day_is_taken_up_where_it_lies() {
    let mut play = stage();
    play.at("2026-03-02 09:00").events(2, "ana", SOLVED);
    play.advance(hours(23)).event("ben", SOLVED);
    assert_eq!(play.progress("blue"), Some((2.0, 6.0)));
    play.advance(hours(1)).event("ben", SOLVED);
    assert_eq!((play.progress("blue"), play.praise("ben")), (Some((3.0, 6.0)), vec!["leg"]));
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
