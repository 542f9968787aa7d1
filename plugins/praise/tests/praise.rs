//! Praise, told as stories.

use plaudit_plugin_praise::Praises;
use plaudit_sdk::testing::{Play, clocks_of_shanghai};

const FIVE: &[(&str, f64)] = &[("csat", 5.0)];
const ONE: &[(&str, f64)] = &[("csat", 1.0)];
const CALL: &[(&str, f64)] = &[("calls", 1.0)];

/// Everything off but one occasion, without pause and quiet hours unless said otherwise.
fn only(occasion: &str, rest: &str) -> String {
    let all =
        ["top_rating", "quality", "nth_today", "personal_best", "comeback", "hard_contact", "anniversary"];
    let name = occasion.split(['"', ' ', ':']).find(|w| !w.is_empty()).unwrap_or_default();
    let mut fields: Vec<String> =
        all.iter().filter(|o| **o != name).map(|o| format!(r#""{o}": {{ "on": false }}"#)).collect();
    fields.push(occasion.into());
    for (field, standard) in [("cooldown_minutes", "0"), ("quiet", r#"{ "on": false }"#)] {
        if !rest.contains(field) {
            fields.push(format!(r#""{field}": {standard}"#));
        }
    }
    fields.extend((!rest.is_empty()).then(|| rest.to_string()));
    format!("{{ {} }}", fields.join(", "))
}

/// The round of texts begins at the first for `ana`.
fn stage(settings: &str) -> Play<Praises> {
    let mut play = Play::new(settings);
    play.agent("ana");
    play
}

fn said(play: &Play<Praises>) -> Vec<&str> {
    play.given().iter().map(|g| g.text.message.as_str()).collect()
}

fn keys(play: &Play<Praises>) -> Vec<&str> {
    play.given().iter().map(|g| g.key.as_str()).collect()
}

const TOP: &str = r#""top_rating": {}"#;

#[test]
fn a_top_rating_is_thanked_for_once_per_survey() {
    let mut play = stage(&only(TOP, ""));
    play.at("2026-03-02 09:00").with(&[("entity", "survey-7")]).event("ana", FIVE);
    play.at("2026-03-02 10:00").event("ana", ONE).with(&[("entity", "survey-7")]).event("ana", FIVE);
    assert_eq!(play.praise("ana"), ["top-rating"]);
    assert_eq!((keys(&play), play.given()[0].number("n")), (vec!["survey-7"], Some(5.0)));
}

#[test]
fn a_good_evaluation_is_congratulated_with_its_score() {
    let mut play = stage(&only(r#""quality": { "at_least": 85 }"#, ""));
    play.event("ana", &[("quality", 84.0)]).event("ana", &[("quality", 92.0)]);
    assert_eq!(play.praise("ana"), ["quality"]);
    assert_eq!(play.given()[0].number("n"), Some(92.0));
}

#[test]
fn the_nth_of_a_day_counts_the_local_day() {
    let mut play = stage(&only(r#""nth_today": { "at": [2, 3] }"#, ""));
    play.at("2026-03-02 23:50").event("ana", CALL);
    play.at("2026-03-03 00:10").event("ana", CALL);
    assert!(play.praise("ana").is_empty(), "the second came on another day");
    play.event("ana", CALL).event("ana", CALL).event("ana", CALL);
    assert_eq!(keys(&play), ["2026-03-03-2", "2026-03-03-3"]);
}

#[test]
fn a_best_day_is_told_when_the_mark_is_passed() {
    let mut play = stage(&only(r#""personal_best": { "after": 2 }"#, ""));
    for (day, calls) in [("02", 2), ("03", 3), ("04", 3), ("05", 5)] {
        play.at(&format!("2026-03-{day} 09:00"));
        (0..calls).for_each(|_| {
            play.event("ana", CALL);
        });
    }
    assert_eq!(keys(&play), ["2026-03-05"]);
    assert_eq!(play.given()[0].number("n"), Some(3.0), "the mark that was passed");
}

#[test]
fn three_good_ones_after_a_bad_stretch_are_a_comeback() {
    let settings = only(r#""comeback": { "last": 3, "below": 3, "good": 3, "at_least": 4 }"#, "");
    let mut play = stage(&settings);
    for rating in [5.0, 1.0, 2.0, 4.0, 3.0, 4.0, 5.0] {
        play.event("ana", &[("csat", rating)]);
    }
    assert!(play.praise("ana").is_empty(), "the 3 broke the row of good ones");
    play.event("ana", FIVE);
    assert_eq!(play.praise("ana"), ["comeback"]);
    play.event("ana", FIVE).event("ana", FIVE).event("ana", FIVE);
    assert_eq!(keys(&play), ["1"], "good ones without a bad stretch are no comeback");
    play.event("ana", ONE).event("ana", ONE).event("ana", ONE);
    play.event("ana", FIVE).event("ana", FIVE).event("ana", FIVE);
    assert_eq!(keys(&play), ["1", "2"]);
}

#[test]
fn few_ratings_are_no_stretch() {
    let mut play = stage(&only(r#""comeback": { "last": 3, "good": 2 }"#, ""));
    play.event("ana", ONE).event("ana", ONE).event("ana", FIVE).event("ana", FIVE);
    assert!(
        play.praise("ana").is_empty(),
        "1, 1, 5 is a bad stretch of three; one good one since is no comeback"
    );
    play.event("ana", FIVE);
    assert_eq!(play.praise("ana"), ["comeback"]);
}

#[test]
fn a_finished_hard_contact_is_thanked_for() {
    let mut play = stage(&only(r#""hard_contact": {}"#, ""));
    play.with(&[("entity", "contact-1")]).event("ana", &[("hard-contacts", 0.0)]);
    play.with(&[("entity", "contact-2")]).event("ana", &[("hard-contacts", 1.0)]);
    assert_eq!(keys(&play), ["contact-2"]);
}

#[test]
fn an_anniversary_is_told_at_nine_and_again_next_year() {
    let mut play = Play::<Praises>::new(&only(r#""anniversary": {}"#, ""));
    play.agent("ana").hired("2023-03-04");
    play.enter("ana");
    play.until("2026-03-04 08:59");
    assert!(play.praise("ana").is_empty());
    play.until("2027-03-04 09:00");
    assert_eq!(keys(&play), ["3", "4"]);
}

#[test]
fn who_came_on_leap_day_celebrates_on_the_28th() {
    let mut play = Play::<Praises>::new(&only(r#""anniversary": {}"#, ""));
    play.agent("ana").hired("2024-02-29");
    play.at("2026-03-02 09:00").enter("ana");
    play.until("2027-02-28 08:59");
    assert!(play.praise("ana").is_empty());
    play.until("2027-02-28 09:00");
    play.until("2028-02-28 23:00");
    assert_eq!(keys(&play), ["3"], "2028 has a 29 February");
    play.until("2028-02-29 09:00");
    assert_eq!(keys(&play), ["3", "4"]);
}

#[test]
fn who_enters_on_the_day_is_congratulated_if_it_is_before_nine() {
    let mut play = Play::<Praises>::new(&only(r#""anniversary": {}"#, ""));
    play.agent("ana").hired("2025-03-02");
    play.agent("ben").hired("2025-03-02");
    play.at("2026-03-02 08:30").enter("ana");
    play.at("2026-03-02 09:30").enter("ben");
    play.until("2026-03-03 09:00");
    assert_eq!((play.praise("ana").len(), play.praise("ben").len()), (1, 0));
}

#[test]
fn the_pause_keeps_messages_apart() {
    let mut play = stage(&only(TOP, r#""cooldown_minutes": 30"#));
    play.at("2026-03-02 09:00").event("ana", FIVE);
    play.at("2026-03-02 09:29").event("ana", FIVE);
    assert_eq!(play.praise("ana").len(), 1);
    play.at("2026-03-02 09:30").event("ana", FIVE);
    assert_eq!(play.praise("ana").len(), 2);
}

#[test]
fn an_anniversary_does_not_wait_for_the_pause() {
    let mut play = Play::<Praises>::new(r#"{ "quiet": { "on": false } }"#);
    play.agent("ana").hired("2025-03-02");
    play.at("2026-03-02 08:45").event("ana", FIVE);
    play.at("2026-03-02 09:15").event("ana", FIVE);
    assert_eq!(play.praise("ana"), ["top-rating", "anniversary"], "and the pause begins anew with it");
}

#[test]
fn one_event_brings_one_message_the_weightiest() {
    let mut play = stage(r#"{ "cooldown_minutes": 0, "nth_today": { "at": [1] } }"#);
    play.at("2026-03-02 09:00").event("ana", &[("csat", 5.0), ("calls", 1.0), ("hard-contacts", 1.0)]);
    assert_eq!(play.praise("ana"), ["hard-contact"]);
}

#[test]
fn texts_take_turns() {
    let mut play = stage(&only(TOP, ""));
    (0..5).for_each(|_| {
        play.event("ana", FIVE);
    });
    assert_eq!(said(&play), ["top-rating-1", "top-rating-2", "top-rating-3", "top-rating-4", "top-rating-1"]);
}

#[test]
fn neighbours_do_not_read_the_same() {
    let mut play = stage(&only(TOP, ""));
    play.agent("anb");
    play.event("ana", FIVE).event("anb", FIVE);
    assert_eq!(said(&play), ["top-rating-1", "top-rating-2"]);
}

#[test]
fn when_every_text_was_among_the_latest_nothing_is_said() {
    let mut play = stage(&only(TOP, r#""no_repeat": 4"#));
    (0..6).for_each(|_| {
        play.event("ana", FIVE);
    });
    assert_eq!(said(&play).len(), 4);
}

const QUIET: &str = r#""quiet": { "from": "20:00", "to": "08:00" }"#;

#[test]
fn in_the_night_nothing_is_said() {
    let mut play = stage(&only(TOP, QUIET));
    play.at("2026-03-02 22:00").event("ana", FIVE);
    play.until("2026-03-03 12:00");
    assert!(play.praise("ana").is_empty());
    play.event("ana", FIVE);
    assert_eq!(play.praise("ana").len(), 1);
}

#[test]
fn what_falls_into_the_last_two_quiet_hours_is_told_at_their_end() {
    let mut play = stage(&only(TOP, QUIET));
    play.at("2026-03-03 06:30").with(&[("entity", "survey-1")]).event("ana", FIVE);
    play.at("2026-03-03 07:00").with(&[("entity", "survey-2")]).event("ana", FIVE);
    play.until("2026-03-03 07:59");
    assert!(play.praise("ana").is_empty());
    play.until("2026-03-03 08:00");
    assert_eq!(keys(&play), ["survey-1"], "one message, and it knows its survey");
}

#[test]
fn by_setting_it_is_left_unsaid() {
    let mut play = stage(&only(TOP, r#""quiet": { "from": "20:00", "to": "08:00", "defer": false }"#));
    play.at("2026-03-03 07:00").event("ana", FIVE);
    play.until("2026-03-03 12:00");
    assert!(play.praise("ana").is_empty());
}

#[test]
fn quiet_hours_are_those_of_the_agent() {
    let mut play = stage(&only(TOP, QUIET));
    play.moves_to("ana", clocks_of_shanghai());
    play.at("2026-03-02 14:00").event("ana", FIVE);
    assert!(play.praise("ana").is_empty(), "it is 21:00 in Shanghai");
    play.at("2026-03-03 02:00").event("ana", FIVE);
    assert_eq!(play.praise("ana").len(), 1, "and 09:00 the next morning");
}

#[test]
fn who_left_hears_nothing_more() {
    let mut play = Play::<Praises>::new(&only(TOP, QUIET));
    play.agent("ana").hired("2025-03-03");
    play.at("2026-03-03 07:00").event("ana", FIVE).leave("ana");
    play.until("2026-03-04 00:00");
    assert!(play.praise("ana").is_empty());
    assert_eq!(play.wakes_at("ana"), None);
}

#[test]
fn wrong_settings_are_named_by_field() {
    let fields = |settings: &str| -> Vec<String> {
        Play::<Praises>::problems(settings).into_iter().map(|(field, _)| field).collect()
    };
    assert_eq!(fields("{}"), Vec::<String>::new(), "the defaults are right");
    assert_eq!(
        fields(
            r#"{ "nth_today": { "at": [30, 20] }, "comeback": { "below": 4, "at_least": 3 },
                 "quiet": { "from": "8pm", "to": "24:00" } }"#
        ),
        ["/nth_today/at/1", "/comeback/at_least", "/quiet/from", "/quiet/to"]
    );
    assert_eq!(fields(r#"{ "quiet": { "from": "08:00" } }"#), ["/quiet/to"]);
    assert_eq!(fields(&only(r#""anniversary": { "on": false }"#, "")), [""], "nothing is on");
}
