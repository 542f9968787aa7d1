//! The first rule, told as a story.

use first_rule::Streak;
use plaudit_sdk::testing::Play;

const GOOD: &[(&str, f64)] = &[("csat", 5.0)];
const BAD: &[(&str, f64)] = &[("csat", 2.0)];

#[test]
fn three_good_calls_in_a_row_make_a_streak() {
    let mut play = Play::<Streak>::new(r#"{ "length": 3 }"#);
    play.agent("ana");
    play.agent("ben");
    play.at("2026-03-02 09:00").event("ana", GOOD).event("ana", GOOD).event("ben", GOOD);
    play.at("2026-03-02 09:10").event("ben", BAD).event("ana", GOOD).event("ben", GOOD).event("ben", GOOD);
    assert_eq!(play.awards("ana"), ["streak"]);
    assert_eq!(play.given()[0].number("n"), Some(3.0));
    assert!(play.awards("ben").is_empty(), "a bad call broke the run");
}

#[test]
fn wrong_settings_are_named_by_field() {
    let problems = Play::<Streak>::problems(r#"{ "length": 1, "goood": 3, "good": "4" }"#);
    let fields: Vec<_> = problems.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(fields, ["/goood", "/good", "/length"]);
    assert_eq!(problems[2].1, "is 1, has to be at least 2");
}
