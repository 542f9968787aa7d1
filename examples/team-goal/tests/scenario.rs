//! “When the team has solved five hundred this week, everyone in it gets thirty points; at seven hundred, fifty more.”

use plaudit_sdk::testing::{Play, texts_are_whole};
use team_goal::{TeamGoal, manifest};

fn stage(settings: &str) -> Play<TeamGoal> {
    let mut play = Play::new(settings).speaking(&manifest());
    for (agent, team) in [("ana", "blue"), ("ben", "blue"), ("cleo", "red")] {
        play.agent(agent).team(team);
    }
    play
}

const GOALS: &str = r#"{ "goals": [{ "at": 5, "points": 30 }, { "at": 7, "points": 50 }] }"#;

#[test]
fn everyone_who_was_in_the_team_has_a_share_and_a_retracted_contact_takes_it_from_all() {
    let mut play = stage(GOALS);
    play.at("2026-03-02 09:00").events(4, "ana", &[("resolved", 1.0)]);
    assert_eq!(play.shown("en", "blue").as_deref(), Some("1 to go, all together."));
    play.at("2026-03-03 09:00").entity("contact-7").event("ben", &[("resolved", 1.0)]);
    assert_eq!((play.points("ana"), play.points("ben"), play.points("cleo")), (30, 30, 0));

    // Ben moves on to Red; what he has reached with Blue stays his, and Blue’s next goal is reached without him.
    play.joins("ben", "red");
    play.at("2026-03-04 09:00").events(2, "ana", &[("resolved", 1.0)]);
    assert_eq!((play.points("ana"), play.points("ben")), (80, 30));

    play.retract("contact-7");
    assert_eq!(
        (play.points("ana"), play.points("ben")),
        (30, 0),
        "the first goal was reached a day later, without Ben"
    );
}

#[test]
fn the_whole_floor_may_stand_together_and_each_week_begins_anew() {
    let mut play = stage(r#"{ "together": "everyone", "goals": [{ "at": 3, "points": 10 }] }"#);
    play.at("2026-03-06 09:00").event("ana", &[("resolved", 2.0)]);
    play.at("2026-03-09 00:00").close("2026-W10");
    play.at("2026-03-09 09:00").event("cleo", &[("resolved", 2.0)]);
    assert!(play.given().is_empty(), "two last week, two this week");
    play.event("ben", &[("resolved", 1.0)]);
    assert_eq!(["ana", "ben", "cleo"].map(|agent| play.points(agent)), [10, 10, 10]);
    assert_eq!(play.said("zh-Hans", "cleo"), ["你们一起达到了 3。当时在场的每个人都有一份。"]);
}

#[test]
fn goals_that_do_not_rise_are_named() {
    let problems =
        Play::<TeamGoal>::problems(r#"{ "goals": [{ "at": 5, "points": 1 }, { "at": 5, "points": 2 }] }"#);
    assert_eq!(problems[0].0, "/goals/1/at");
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
