//! “Between three and four in the afternoon every sale pays ten points more, up to five of them.”

use plaudit_sdk::testing::{Play, clocks_of_shanghai, texts_are_whole};
use power_hour::{PowerHour, manifest};

const SALE: &[(&str, f64)] = &[("sales", 1.0)];

#[test]
fn sales_within_the_hour_pay_and_one_that_is_heard_of_later_does_too() {
    let mut play = Play::<PowerHour>::new(r#"{ "daily_cap": 2 }"#).speaking(&manifest());
    play.agent("ana");
    play.at("2026-03-02 09:00").enter("ana");
    play.at("2026-03-02 14:59").event("ana", SALE);
    assert_eq!((play.points("ana"), play.praise("ana")), (0, vec![]));
    play.at("2026-03-02 15:10").event("ana", SALE);
    play.at("2026-03-02 16:00").event("ana", SALE);
    assert_eq!(
        play.said("en", "ana"),
        [
            "The power hour is on, until 16:00. The first 2 count extra; take them as they come.",
            "Within the power hour: 1 of 2 today."
        ]
    );

    // The order system was behind: what was sold within the hour counts, whenever it is heard of, up to the cap.
    play.at("2026-03-02 18:00").late("2026-03-02 15:59").event("ana", SALE);
    assert_eq!(play.points("ana"), 20);
    play.late("2026-03-02 15:01").event("ana", SALE);
    assert_eq!(play.points("ana"), 20, "the cap is two a day");
    assert_eq!(play.taken_back("ana"), ["within-the-hour"], "the two are the first two of the hour now");
}

#[test]
fn the_hour_is_that_of_the_agent_s_own_clock_and_of_their_working_days() {
    let mut play = Play::<PowerHour>::new("{}");
    play.agent("wei");
    play.moves_to("wei", clocks_of_shanghai());
    play.at("2026-03-06 08:30").enter("wei").event("wei", SALE); // half past three in Shanghai
    assert_eq!(play.points("wei"), 10);
    play.until("2026-03-09 12:00");
    assert_eq!(play.praise("wei"), ["begins"], "on Monday; not on Saturday and Sunday");
}

#[test]
fn an_hour_without_a_length_and_no_time_of_day_are_named_by_field() {
    let fields = |settings| {
        Play::<PowerHour>::problems(settings).into_iter().map(|(field, _)| field).collect::<Vec<_>>()
    };
    assert_eq!(fields(r#"{ "from": "3 pm" }"#), ["/from"]);
    assert_eq!(fields(r#"{ "until": "15:00" }"#), ["/until"]);
}

#[test]
fn the_texts_are_whole() {
    texts_are_whole(&manifest());
}
