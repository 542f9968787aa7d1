//! “The first three who close twenty sales this month get a voucher each.”

use plaudit_sdk::testing::{Play, texts_are_whole};
use race_to_n::{RaceToN, manifest};

const SALE: &[(&str, f64)] = &[("sales", 1.0)];

#[test]
fn the_first_three_win_and_a_cancelled_order_lets_the_fourth_move_up() {
    let mut play = Play::<RaceToN>::new(r#"{ "target": 2, "prize": "Voucher" }"#).speaking(&manifest());
    for (minute, agent) in ["ana", "ben", "cleo", "dan"].into_iter().enumerate() {
        play.agent(agent);
        play.at(&format!("2026-03-02 09:{minute:02}")).event(agent, SALE);
    }
    assert_eq!(play.shown("en", "ana").as_deref(), Some("1 to go."));
    for (minute, agent) in ["dan", "cleo", "ana", "ben"].into_iter().enumerate() {
        play.at(&format!("2026-03-02 10:{minute:02}")).entity(&format!("order-{agent}")).event(agent, SALE);
    }
    assert_eq!(["ana", "ben", "cleo", "dan"].map(|agent| play.awards(agent).len()), [1, 0, 1, 1]);
    assert_eq!(play.said("en", "dan"), ["You were the first to reach 2."]);

    play.retract("order-cleo");
    assert_eq!(play.taken_back("cleo"), ["finish"]);
    assert_eq!(
        play.said("en", "ben"),
        ["You were the second to reach 2."],
        "the place that is free goes to the next"
    );
    assert_eq!(play.said("lt", "ana"), ["Pasiekėte 2: 3 vieta; prizų iš viso – 3."]);
}

#[test]
fn the_next_month_is_another_race() {
    let mut play = Play::<RaceToN>::new(r#"{ "target": 2, "winners": 1, "prize": "Voucher" }"#);
    play.agent("ana");
    play.agent("ben");
    play.at("2026-03-30 09:00").events(2, "ana", SALE).event("ben", SALE);
    play.at("2026-04-01 00:00").close("2026-03");
    play.at("2026-04-01 09:00").event("ben", SALE);
    assert!(play.awards("ben").is_empty(), "his sale in March counts no more");
    play.event("ben", SALE);
    assert_eq!((play.awards("ana"), play.awards("ben")), (vec!["finish"], vec!["finish"]));
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
