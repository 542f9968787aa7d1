//! “Nine squares this week; a row, a column or a diagonal pays, and the full card pays most.”

use bingo_card::{BingoCard, manifest};
use plaudit_sdk::testing::{Play, days, texts_are_whole};

/// The first row: five calls, a top rating, an evaluation. The rest stays open until the end of a hard week.
const CARD: &str = r#"{ "squares": [
    { "metric": "calls", "times": 5 }, { "metric": "csat", "at_least": 5 }, { "metric": "quality", "at_least": 90 },
    { "metric": "sales" }, { "metric": "resolved", "at_least": 1 }, { "metric": "hard-contacts" },
    { "metric": "csat", "at_least": 5, "times": 2 }, { "metric": "sales", "times": 2 }, { "metric": "shift", "times": 2 }
] }"#;

const CALL: &[(&str, f64)] = &[("calls", 1.0)];
const TOP: &[(&str, f64)] = &[("csat", 5.0)];
const GOOD_EVALUATION: &[(&str, f64)] = &[("quality", 95.0)];

fn stage() -> Play<BingoCard> {
    let mut play = Play::new(CARD).speaking(&manifest());
    play.agent("ana").team("blue");
    play
}

#[test]
fn a_full_row_pays_and_a_corrected_rating_takes_it_back_until_the_next_one() {
    let mut play = stage();
    play.at("2026-03-02 09:00").events(5, "ana", CALL);
    play.at("2026-03-02 10:00").entity("survey-1").event("ana", TOP);
    play.at("2026-03-02 11:00").event("ana", GOOD_EVALUATION);
    assert_eq!(play.said("en", "ana"), ["The first row is full."]);
    assert_eq!((play.points("ana"), play.progress("ana")), (20, Some((3.0, 9.0))));

    // The customer had meant another call: four stars.
    play.correct("survey-1", &[("csat", 4.0)]);
    assert_eq!((play.points("ana"), play.taken_back("ana")), (0, vec!["line"]));

    play.advance(days(1)).event("ana", TOP);
    assert_eq!(play.points("ana"), 20);
}

#[test]
fn the_full_card_is_bingo_and_the_next_week_has_a_card_of_its_own() {
    let mut play = stage();
    play.at("2026-03-02 09:00").events(5, "ana", CALL).events(2, "ana", TOP).event("ana", GOOD_EVALUATION);
    play.events(2, "ana", &[("sales", 1.0)]).event("ana", &[("resolved", 1.0), ("hard-contacts", 1.0)]);
    play.at("2026-03-02 17:00").event("ana", &[("shift", 1.0)]);
    assert!(!play.awards("ana").contains(&"full-card"), "one square is open");
    play.at("2026-03-08 17:00").event("ana", &[("shift", 1.0)]);
    assert_eq!(play.points("ana"), 8 * 20 + 100);
    assert_eq!(play.awards("ana").iter().filter(|name| **name == "bingo").count(), 1);

    play.at("2026-03-09 00:00").close("2026-W10");
    play.at("2026-03-09 09:00").events(5, "ana", CALL).event("ana", TOP).event("ana", GOOD_EVALUATION);
    assert_eq!(play.points("ana"), 8 * 20 + 100 + 20, "the first row of the next card");
    assert_eq!(play.shown("lt", "ana").as_deref(), Some("Pažymėta langelių: 3 iš 9."));
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
