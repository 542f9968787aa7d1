//! “Who handles their contacts five percent faster this week than in their own last four weeks gets fifty points.”

use own_baseline::{OwnBaseline, manifest};
use plaudit_sdk::testing::{Play, texts_are_whole};

/// Ana takes 300 s a contact for two weeks, Ben 200 s; in the third, each is as fast as `third` says.
fn three_weeks(third: [f64; 2]) -> Play<OwnBaseline> {
    let mut play = Play::new(r#"{ "measures_min": 2 }"#).speaking(&manifest());
    play.agent("ana");
    play.agent("ben");
    let weeks = [("2026-03-02", [300.0, 200.0]), ("2026-03-09", [300.0, 200.0]), ("2026-03-16", third)];
    for (monday, seconds) in weeks {
        play.at(&format!("{monday} 09:00"));
        for (agent, seconds) in ["ana", "ben"].into_iter().zip(seconds) {
            play.event(agent, &[("handle-time", seconds)]).event(agent, &[("handle-time", seconds)]);
        }
    }
    play
}

#[test]
fn the_slower_one_wins_who_got_faster_and_the_faster_one_who_did_not_gets_nothing() {
    let mut play = three_weeks([270.0, 198.0]);
    assert!(play.given().is_empty(), "the week is not over");
    play.until("2026-03-23 00:00");
    assert_eq!((play.points("ana"), play.points("ben")), (50, 0), "one percent is not five");
    assert_eq!(play.said("en", "ana"), ["10% better than your own weeks before: 270 instead of 300."]);
    assert_eq!(
        play.said("es", "ana"),
        ["Un 10 % mejor que tus propias semanas anteriores: 270 en lugar de 300."]
    );
}

#[test]
fn a_long_call_of_that_week_that_comes_late_undoes_it() {
    let mut play = three_weeks([270.0, 198.0]);
    play.until("2026-03-23 00:00");
    play.late("2026-03-18 12:00").event("ana", &[("handle-time", 420.0)]);
    assert_eq!((play.points("ana"), play.taken_back("ana")), (0, vec!["better"]));
}

#[test]
fn the_first_weeks_only_set_the_mark() {
    let mut play = Play::<OwnBaseline>::new(r#"{ "measures_min": 1, "better": "higher", "metric": "csat" }"#);
    play.agent("ana");
    for (day, csat) in [("02", 3.0), ("09", 4.0), ("16", 5.0)] {
        play.at(&format!("2026-03-{day} 09:00")).event("ana", &[("csat", csat)]);
    }
    assert!(play.given().is_empty(), "one week behind her was no baseline");
    play.until("2026-03-23 00:00");
    assert_eq!(play.awards("ana"), ["better"]);
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
