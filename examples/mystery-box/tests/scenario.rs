//! “Every fifth top rating opens a box: five points are in each, and in one of twenty there is a voucher.”

use mystery_box::{MysteryBox, manifest};
use plaudit_sdk::testing::{Play, texts_are_whole};

const TOP: &[(&str, f64)] = &[("csat", 5.0)];
const FAIR: &[(&str, f64)] = &[("csat", 3.0)];

fn stage(settings: &str) -> Play<MysteryBox> {
    let mut play = Play::new(settings).speaking(&manifest());
    play.agent("ana");
    play.agent("ben");
    play
}

#[test]
fn every_third_top_rating_opens_a_box_and_the_second_box_has_the_voucher() {
    let mut play = stage(r#"{ "every": 3, "prize": "Voucher" }"#);
    play.lucky("2");
    play.at("2026-03-02 09:00").events(2, "ana", TOP).event("ana", FAIR);
    assert_eq!(play.shown("en", "ana").as_deref(), Some("1 good rating to the next box."));
    play.at("2026-03-02 10:00").event("ana", TOP);
    assert_eq!(play.said("en", "ana"), ["3 good ratings opened a box."]);
    play.at("2026-03-02 11:00").events(3, "ana", TOP);
    assert_eq!(play.awards("ana"), ["box", "box", "great-prize"]);
    assert_eq!(
        play.said("lt", "ana")[2],
        "Jūsų dėžutėje buvo didysis prizas. Jis būna vienoje dėžutėje iš 20."
    );
}

#[test]
fn a_late_rating_opens_no_box_twice_and_a_retracted_one_throws_no_dice_again() {
    let mut play = stage(r#"{ "every": 3, "prize": "Voucher" }"#);
    play.lucky("1");
    play.at("2026-03-02 10:00").events(3, "ana", TOP);
    assert_eq!((play.tries("ana"), play.awards("ana")), (vec!["1"], vec!["box", "great-prize"]));
    play.late("2026-03-02 09:00").event("ana", TOP);
    assert_eq!(
        (play.tries("ana"), play.awards("ana")),
        (vec!["1"], vec!["box", "great-prize"]),
        "box 1 is box 1"
    );
    assert_eq!(play.taken_back("ana"), Vec::<&str>::new());
    play.retract("e1").retract("e2");
    assert_eq!((play.points("ana"), play.taken_back("ana")), (0, vec!["box", "great-prize"]));
    play.at("2026-03-02 11:00").event("ana", TOP);
    assert_eq!(play.awards("ana"), ["box", "great-prize"], "the same throw: nobody gains by corrections");
}

#[test]
fn there_are_so_many_great_prizes_a_period_and_no_more() {
    let mut play = stage(r#"{ "every": 1, "one_in": 1, "prizes_max": 1, "prize": "Voucher" }"#);
    play.at("2026-03-02 10:00").event("ana", TOP).event("ben", TOP);
    assert_eq!((play.awards("ana"), play.awards("ben")), (vec!["box", "great-prize"], vec!["box"]));
    assert_eq!(play.said("en", "ana")[1], "The great prize was in your box. It is in every box.");
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
