//! Badges, told as stories.

use plaudit_plugin_badges::Badges;
use plaudit_sdk::testing::{Play, clocks_of_shanghai, clocks_of_vilnius};
use plaudit_sdk::wit::Reward;

const FIVE: &[(&str, f64)] = &[("csat", 5.0)];
const TWO: &[(&str, f64)] = &[("csat", 2.0)];
const CALL: &[(&str, f64)] = &[("calls", 1.0)];
const SHIFT: &[(&str, f64)] = &[("shift", 1.0)];

const STARS: &str = r#"{ "badges": [{ "name": "five-stars", "kind": "streak", "metric": "csat", "at_least": 5,
    "levels": [{ "name": "bronze", "at": 2 }, { "name": "silver", "at": 4, "points": 50 }] }] }"#;
const STEADY: &str = r#"{ "badges": [{ "name": "steady", "kind": "workdays", "metric": "shift",
    "levels": [{ "name": "bronze", "at": 3 }, { "name": "silver", "at": 5 }] }] }"#;

fn calls(levels: &str) -> String {
    format!(
        r#"{{ "badges": [{{ "name": "contacts", "kind": "count", "metric": "calls", "levels": [{levels}] }}] }}"#
    )
}

fn stage(settings: &str) -> Play<Badges> {
    let mut play = Play::new(settings);
    play.agent("ana");
    play
}

fn said(play: &Play<Badges>) -> Vec<&str> {
    play.given().iter().map(|g| g.text.message.as_str()).collect()
}

fn keys(play: &Play<Badges>) -> Vec<(&str, &str)> {
    play.given().iter().map(|g| (g.name.as_str(), g.key.as_str())).collect()
}

#[test]
fn a_count_gives_each_level_once() {
    let mut play = stage(&calls(r#"{ "name": "bronze", "at": 2 }, { "name": "gold", "at": 4 }"#));
    play.at("2026-03-02 09:00").event("ana", CALL).event("ana", CALL);
    assert_eq!(play.awards("ana"), ["contacts-bronze"]);
    assert_eq!(play.progress("ana"), Some((2.0, 4.0)), "two more make it gold");
    play.at("2026-03-09 09:00").event("ana", CALL).event("ana", CALL).event("ana", CALL);
    assert_eq!(play.awards("ana"), ["contacts-bronze", "contacts-gold"]);
    assert_eq!(play.progress("ana"), Some((1.0, 1.0)), "nothing is left to reach");
}

#[test]
fn a_new_period_does_not_give_what_was_given() {
    let mut play = stage(&calls(r#"{ "at": 1 }"#));
    play.at("2026-03-02 09:00").event("ana", CALL);
    play.at("2026-03-03 00:00").close("2026-03-02");
    play.at("2026-03-03 09:00").event("ana", CALL);
    assert_eq!(play.awards("ana"), ["contacts"], "a badge without levels bears its own name");
}

#[test]
fn one_large_value_passes_several_levels_and_a_correction_downwards_gives_nothing_again() {
    let mut play =
        stage(&calls(r#"{ "name": "bronze", "at": 2 }, { "name": "silver", "at": 4, "points": 5 }"#));
    play.at("2026-03-02 09:00").event("ana", &[("calls", 6.0)]);
    assert_eq!(play.awards("ana"), ["contacts-bronze", "contacts-silver", "contacts-silver-points"]);
    play.event("ana", &[("calls", -5.0)]).event("ana", &[("calls", 5.0)]);
    assert_eq!(play.awards("ana").len(), 3);
}

#[test]
fn more_levels_than_one_step_may_give_are_given_a_moment_later() {
    let level = |i| {
        let names = ["bronze", "silver", "gold", "platinum", "diamond"];
        format!(r#"{{ "name": "{}", "at": {}, "points": 1 }}"#, names[i], i + 1)
    };
    let levels = (0..5).map(level).collect::<Vec<_>>().join(",");
    let badge =
        |name| format!(r#"{{ "name": "{name}", "kind": "count", "metric": "calls", "levels": [{levels}] }}"#);
    let mut play = stage(&format!(r#"{{ "badges": [{}, {}] }}"#, badge("contacts"), badge("sales")));
    play.at("2026-03-02 09:00").event("ana", &[("calls", 9.0)]);
    assert_eq!(play.awards("ana").len(), 14, "seven levels with their points");
    play.until("2026-03-02 09:01");
    assert_eq!(play.awards("ana").len(), 20, "and the other three");
}

#[test]
fn a_streak_pays_its_points_beside_the_badge() {
    let mut play = stage(STARS);
    play.at("2026-03-02 09:00").event("ana", FIVE).event("ana", FIVE).event("ana", FIVE).event("ana", FIVE);
    assert_eq!(play.awards("ana"), ["five-stars-bronze", "five-stars-silver", "five-stars-silver-points"]);
    let Some(Reward::Badge(badge)) = &play.given()[1].reward else { panic!("silver is a badge") };
    assert_eq!((badge.name.as_str(), badge.level), ("five-stars-silver", 2));
    let Some(Reward::Points(points)) = &play.given()[2].reward else { panic!("points are points") };
    assert_eq!((points.currency.as_str(), points.units), ("points", 50));
    assert_eq!(play.given()[1].number("n"), Some(4.0));
}

#[test]
fn a_miss_resets_the_streak_and_the_next_streak_is_another() {
    let mut play = stage(STARS);
    play.at("2026-03-02 09:00").event("ana", FIVE).event("ana", FIVE).event("ana", FIVE);
    assert_eq!(play.progress("ana"), Some((3.0, 4.0)));
    play.at("2026-03-02 10:00").event("ana", TWO);
    assert_eq!(play.progress("ana"), Some((0.0, 2.0)));
    play.at("2026-03-02 11:00").event("ana", FIVE).event("ana", FIVE);
    assert_eq!(keys(&play), [("five-stars-bronze", "1"), ("five-stars-bronze", "2")]);
}

#[test]
fn an_earlier_call_that_comes_late_leaves_one_badge_of_the_same_name_and_key() {
    let told = |ratings: usize| {
        let mut play = stage(STARS);
        for minute in 0..ratings {
            play.at(&format!("2026-03-02 09:0{minute}")).event("ana", FIVE);
        }
        keys(&play).into_iter().map(|(n, k)| (n.to_string(), k.to_string())).collect::<Vec<_>>()
    };
    // The second call turns out to be the third: what is asked for is the same effect.
    assert_eq!(told(2), told(3));
}

#[test]
fn five_working_days_in_a_row_pass_over_the_weekend() {
    let mut play = stage(STEADY);
    for day in ["03-05", "03-06", "03-09", "03-10", "03-11"] {
        play.at(&format!("2026-{day} 17:00")).event("ana", SHIFT);
    }
    assert_eq!(play.awards("ana"), ["steady-bronze", "steady-silver"]);
    assert_eq!(said(&play), ["workdays", "workdays"]);
}

#[test]
fn two_shifts_in_a_day_count_once() {
    let mut play = stage(STEADY);
    play.at("2026-03-02 12:00").event("ana", SHIFT);
    play.at("2026-03-02 20:00").event("ana", SHIFT);
    play.at("2026-03-03 12:00").event("ana", SHIFT);
    assert_eq!(play.progress("ana"), Some((2.0, 3.0)));
}

#[test]
fn a_holiday_does_not_break_the_row() {
    let mut play = stage(STEADY);
    play.holidays(&["2026-04-03", "2026-04-06"]);
    for day in ["04-02", "04-07", "04-08"] {
        play.at(&format!("2026-{day} 17:00")).event("ana", SHIFT);
    }
    assert_eq!(play.awards("ana"), ["steady-bronze"], "Good Friday and Easter Monday are days off");
}

#[test]
fn a_missed_working_day_breaks_the_row_at_its_end_and_not_before() {
    let mut play = stage(STEADY);
    play.at("2026-03-02 17:00").event("ana", SHIFT);
    play.at("2026-03-03 17:00").event("ana", SHIFT);
    play.until("2026-03-04 23:59");
    assert_eq!(play.progress("ana"), Some((2.0, 3.0)), "Wednesday is not over");
    play.until("2026-03-05 00:00");
    assert_eq!(play.progress("ana"), Some((0.0, 3.0)));
    play.at("2026-03-05 17:00").event("ana", SHIFT);
    assert!(play.awards("ana").is_empty());
    assert!(play.wakes_at("ana").is_some(), "the new row is watched");
}

#[test]
fn a_day_of_absence_rests() {
    let mut play = stage(STEADY);
    play.at("2026-03-02 17:00").event("ana", SHIFT);
    play.at("2026-03-03 17:00").event("ana", SHIFT);
    play.at("2026-03-04 17:00").event("ana", &[("absent", 1.0)]);
    play.at("2026-03-05 17:00");
    assert_eq!(play.progress("ana"), Some((2.0, 3.0)), "it does not grow either");
    play.event("ana", SHIFT);
    assert_eq!(play.awards("ana"), ["steady-bronze"]);
}

#[test]
fn a_weekend_does_not_break_the_row() {
    let mut play = stage(STEADY);
    play.at("2026-03-06 17:00").event("ana", SHIFT);
    play.until("2026-03-09 23:59");
    assert_eq!(play.progress("ana"), Some((1.0, 3.0)));
    play.until("2026-03-10 00:00");
    assert_eq!((play.wakes_at("ana"), play.progress("ana")), (None, Some((0.0, 3.0))));
}

#[test]
fn who_works_on_a_day_off_has_one_day_more() {
    let mut play = stage(STEADY);
    for day in ["03-06", "03-07", "03-09"] {
        play.at(&format!("2026-{day} 17:00")).event("ana", SHIFT);
    }
    assert_eq!(play.awards("ana"), ["steady-bronze"], "Friday, Saturday, Monday");
}

#[test]
fn part_time_weeks_are_rows_of_their_own_working_days() {
    let mut play = Play::<Badges>::new(STEADY);
    play.agent("ana").workdays(0b000_0101); // Mondays and Wednesdays
    for day in ["03-02", "03-04", "03-09"] {
        play.at(&format!("2026-{day} 12:00")).event("ana", SHIFT);
    }
    assert_eq!(play.awards("ana"), ["steady-bronze"]);
}

#[test]
fn a_day_counts_by_the_weekdays_with_which_it_began() {
    let mut play = stage(STEADY);
    play.at("2026-03-06 17:00").event("ana", SHIFT);
    play.at("2026-03-06 18:00").terms_of("ana").workdays(0b111_1111);
    play.until("2026-03-07 12:00");
    play.terms_of("ana").workdays(0b001_1111);
    play.until("2026-03-07 23:59");
    assert_eq!(play.progress("ana"), Some((1.0, 3.0)), "Saturday is not over");
    play.until("2026-03-08 00:00");
    assert_eq!(play.progress("ana"), Some((0.0, 3.0)), "it was a working day when it began");
}

#[test]
fn other_weekdays_from_midnight_on_are_not_those_of_the_day_before() {
    let mut play = stage(STEADY);
    play.at("2026-03-06 17:00").event("ana", SHIFT);
    play.until("2026-03-08 23:59");
    play.terms_of("ana").workdays(0b111_1111);
    play.at("2026-03-09 17:00").event("ana", SHIFT);
    assert_eq!(play.progress("ana"), Some((2.0, 3.0)), "Sunday was free");
}

#[test]
fn who_moves_west_past_midnight_has_no_day_more() {
    let mut play = stage(STEADY);
    play.moves_to("ana", clocks_of_shanghai());
    play.at("2026-03-02 09:00").event("ana", SHIFT);
    play.at("2026-03-02 19:00"); // Tuesday, 02:00, in Shanghai.
    play.moves_to("ana", clocks_of_vilnius());
    play.event("ana", SHIFT);
    assert_eq!(play.progress("ana"), Some((1.0, 3.0)));
    play.at("2026-03-03 09:00").event("ana", SHIFT);
    assert_eq!(play.progress("ana"), Some((2.0, 3.0)));
}

#[test]
fn a_day_ends_where_the_agent_lives() {
    let mut play = stage(STEADY);
    play.moves_to("ana", clocks_of_shanghai());
    play.at("2026-03-02 09:00").event("ana", SHIFT);
    play.until("2026-03-03 16:59");
    assert_eq!(play.progress("ana"), Some((1.0, 3.0)));
    play.until("2026-03-03 17:00");
    assert_eq!(play.progress("ana"), Some((0.0, 3.0)), "midnight in Shanghai is 17:00 in Madrid");
}

#[test]
fn who_leaves_and_comes_back_goes_on() {
    let mut play = stage(STEADY);
    play.at("2026-03-02 17:00").event("ana", SHIFT).event("ana", SHIFT);
    play.at("2026-03-02 18:00").leave("ana");
    assert_eq!(play.wakes_at("ana"), None);
    play.at("2026-03-16 08:00").enter("ana");
    play.at("2026-03-16 17:00").event("ana", SHIFT);
    assert_eq!(play.progress("ana"), Some((2.0, 3.0)));
}

#[test]
fn the_first_time_is_the_first_time() {
    let mut play = stage(
        r#"{ "badges": [{ "name": "first-step", "kind": "first", "metric": "sales", "levels": [{ "points": 10 }] }] }"#,
    );
    play.enter("ana");
    assert_eq!(play.progress("ana"), Some((0.0, 1.0)), "what is within reach is shown from the start");
    play.at("2026-03-02 09:00").event("ana", &[("sales", 1.0)]).event("ana", &[("sales", 1.0)]);
    assert_eq!(play.awards("ana"), ["first-step", "first-step-points"]);
    assert_eq!(said(&play), ["first", "first"]);
}

#[test]
fn a_best_day_is_told_once_when_it_passes_the_mark() {
    let mut play = stage(
        r#"{ "badges": [{ "name": "personal-best", "kind": "record-day", "metric": "calls", "after": 2,
            "levels": [{ "name": "bronze", "at": 1 }, { "name": "silver", "at": 2 }] }] }"#,
    );
    let mut calls = |day: &str, n: usize| {
        play.at(&format!("2026-03-{day} 09:00"));
        (0..n).for_each(|_| {
            play.event("ana", CALL);
        });
        play.awards("ana").len()
    };
    assert_eq!(calls("02", 2), 0);
    assert_eq!(calls("03", 3), 0, "one earlier day is too few for a record");
    assert_eq!(calls("04", 3), 0, "equal is no record");
    assert_eq!(calls("05", 6), 1, "told once, at the fourth call");
    assert_eq!(calls("06", 6), 1);
    assert_eq!(calls("09", 7), 2);
    assert_eq!(keys(&play), [("personal-best-bronze", "1"), ("personal-best-silver", "2")]);
    assert_eq!(play.given()[0].number("n"), Some(3.0), "the mark that was beaten");
}

#[test]
fn a_best_value_beats_the_own_best_after_the_warm_up() {
    let mut play = stage(
        r#"{ "badges": [{ "name": "quality", "kind": "record-value", "metric": "quality", "after": 2,
            "levels": [{}] }] }"#,
    );
    for score in [70.0, 80.0, 80.0, 91.0, 90.0, 95.0] {
        play.event("ana", &[("quality", score)]);
    }
    assert_eq!(keys(&play), [("quality", "1"), ("quality", "2")]);
    assert_eq!((play.given()[0].number("value"), play.given()[0].number("n")), (Some(91.0), Some(80.0)));
}

#[test]
fn the_nearest_badge_is_shown() {
    let mut play = stage(
        r#"{ "badges": [
            { "name": "contacts", "kind": "count", "metric": "calls", "levels": [{ "at": 10 }] },
            { "name": "five-stars", "kind": "count", "metric": "csat", "at_least": 5, "levels": [{ "at": 4 }] }] }"#,
    );
    play.at("2026-03-02 09:00").event("ana", CALL).event("ana", CALL).event("ana", FIVE);
    assert_eq!(play.progress("ana"), Some((1.0, 4.0)), "a quarter is more than a fifth");
    play.event("ana", TWO).event("ana", CALL);
    assert_eq!(play.progress("ana"), Some((3.0, 10.0)));
}

#[test]
fn wrong_settings_are_named_by_field() {
    let fields = |settings: &str| -> Vec<String> {
        Play::<Badges>::problems(settings).into_iter().map(|(field, _)| field).collect()
    };
    let badge = |name: &str, kind: &str, rest: &str| {
        format!(r#"{{ "name": "{name}", "kind": "{kind}", "metric": "csat", {rest} }}"#)
    };
    let all = [
        badge("calm", "streak", r#""levels": [{ "at": 3 }]"#),
        badge("calm", "count", r#""levels": [{ "name": "silver", "at": 3 }, { "name": "bronze", "at": 3 }]"#),
        badge("sales", "first", r#""levels": [{ "at": 2 }]"#),
        badge("quality", "count", r#""levels": [{ "at": 2 }, { "name": "gold", "at": 3 }]"#),
    ];
    assert_eq!(
        fields(&format!(r#"{{ "badges": [{}] }}"#, all.join(","))),
        [
            "/badges/0/at_least",
            "/badges/1/name",
            "/badges/1/levels/1/at",
            "/badges/1/levels/1/name",
            "/badges/2/levels",
            "/badges/3/levels/0/name"
        ]
    );
    assert_eq!(fields(r#"{ "badges": [] }"#), ["/badges"]);
}
