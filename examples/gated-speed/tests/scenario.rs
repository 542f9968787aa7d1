//! “The three fastest, in contacts an hour – but only those with a quality of 85, three evaluations, ten hours and no
//! critical error.”

use gated_speed::{GatedSpeed, manifest};
use plaudit_sdk::testing::{Play, texts_are_whole};

/// A week of somebody: contacts in 20 hours, and three evaluations of the same score.
fn week(play: &mut Play<GatedSpeed>, agent: &str, contacts: f64, quality: f64) {
    play.event(agent, &[("calls", contacts)]).event(agent, &[("worked-hours", 20.0)]);
    for n in 1..=3 {
        play.entity(&format!("evaluation-{n} of {agent}")).event(agent, &[("quality", quality)]);
    }
}

fn stage() -> Play<GatedSpeed> {
    let mut play = Play::new("{}").speaking(&manifest());
    for agent in ["ana", "ben", "cleo"] {
        play.agent(agent);
    }
    play.at("2026-03-06 17:00");
    week(&mut play, "ana", 160.0, 92.0);
    week(&mut play, "ben", 240.0, 80.0);
    week(&mut play, "cleo", 180.0, 88.0);
    play
}

#[test]
fn the_fastest_does_not_win_if_the_quality_is_low() {
    let mut play = stage();
    play.at("2026-03-09 00:00").close("2026-W10");
    assert_eq!(["ana", "ben", "cleo"].map(|agent| play.points(agent)), [60, 0, 100]);
    assert_eq!(play.said("en", "cleo"), ["First place with 9 an hour, at a quality of 88."]);
    assert_eq!(play.said("lt", "cleo"), ["Pirma vieta: 9 per valandą, kokybė – 88."]);

    // Ben has an evaluation looked at again, and then he is the first.
    play.correct("evaluation-1 of ben", &[("quality", 98.0)]);
    assert_eq!(["ana", "ben", "cleo"].map(|agent| play.points(agent)), [30, 100, 60]);
}

#[test]
fn a_critical_error_that_is_found_days_later_counts_for_the_week_in_which_it_was_made() {
    let mut play = stage();
    play.at("2026-03-09 00:00").close("2026-W10");
    play.at("2026-03-09 15:00").late("2026-03-06 12:00");
    play.event("cleo", &[("quality", 88.0), ("critical-errors", 1.0)]);
    assert_eq!(["ana", "ben", "cleo"].map(|agent| play.points(agent)), [100, 0, 0]);
}

#[test]
fn two_evaluations_or_a_few_quick_hours_are_not_enough() {
    let mut play = Play::<GatedSpeed>::new("{}");
    play.agent("ana");
    play.agent("ben");
    play.at("2026-03-06 17:00").event("ana", &[("calls", 100.0)]).event("ana", &[("worked-hours", 20.0)]);
    play.events(2, "ana", &[("quality", 99.0)]);
    play.event("ben", &[("calls", 100.0)]).event("ben", &[("worked-hours", 9.0)]).events(
        3,
        "ben",
        &[("quality", 99.0)],
    );
    play.close("2026-W10");
    assert!(play.given().is_empty());
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
