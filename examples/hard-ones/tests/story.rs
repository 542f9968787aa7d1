//! “Whoever solves a difficult contact at the first attempt gets five points, up to six times a day. And the first one
//! of the day, in the whole house, gets twenty more.”
use hard_ones::{HardOnes, manifest};
use plaudit_sdk::testing::{Play, texts_are_whole};

const SOLVED: &[(&str, f64)] = &[("hard-contacts", 1.0), ("resolved", 1.0)];
const PASSED_ON: &[(&str, f64)] = &[("hard-contacts", 1.0), ("resolved", 0.0)];
const EASY: &[(&str, f64)] = &[("resolved", 1.0)];

#[test]
fn difficult_contacts_pay_and_the_first_one_of_the_day_pays_more() {
    let mut play = Play::<HardOnes>::new(r#"{ "daily_cap": 2 }"#).speaking(&manifest());
    play.agent("ana");
    play.agent("ben");
    play.at("2026-03-02 09:00").event("ana", EASY).event("ana", PASSED_ON);
    play.at("2026-03-02 09:10").event("ben", SOLVED);
    play.at("2026-03-02 09:20").event("ana", SOLVED).event("ana", SOLVED).event("ana", SOLVED);
    play.at("2026-03-03 00:00").close("2026-03-02");
    assert_eq!(play.points("ben"), 25, "five, and twenty for the first");
    assert_eq!(play.points("ana"), 10, "the third is over the cap");
    assert_eq!(
        play.said("en", "ben"),
        [
            "A difficult contact, solved at once: your first today.",
            "The first difficult contact solved today."
        ]
    );
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
