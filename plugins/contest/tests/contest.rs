//! Contests, told as stories.

use plaudit_plugin_contest::{Contest, manifest};
use plaudit_sdk::testing::{Given, Play};
use plaudit_sdk::wit::{Reward, Value};

/// A contest by calls with some more settings.
fn calls(more: &str) -> String {
    format!(r#"{{ "metrics": [{{ "metric": "calls" }}] {more} }}"#)
}

const THREE_PRIZES: &str = r#", "prizes": [
    { "rank": 1, "reward": { "points": 100, "badge": "gold" } },
    { "rank": 2, "reward": { "points": 61 } },
    { "rank": 3, "reward": { "points": 20 } }]"#;

fn told(settings: &str, agents: &[&str]) -> Play<Contest> {
    let mut play = Play::new(settings);
    for id in agents {
        play.agent(id);
    }
    play.at("2026-03-02 09:00");
    play
}

fn points(given: &Given) -> i64 {
    match &given.reward {
        Some(Reward::Points(amount)) => amount.units,
        _ => 0,
    }
}

/// Points per name, in the order given.
fn paid(play: &Play<Contest>) -> Vec<(&str, &str, i64)> {
    let given = play.given().iter();
    given.filter(|g| points(g) > 0).map(|g| (g.to.as_str(), g.name.as_str(), points(g))).collect()
}

fn word<'a>(given: &'a Given, argument: &str) -> &'a str {
    let found = given.text.arguments.iter().find(|a| a.name == argument);
    match found.map(|a| &a.value) {
        Some(Value::Text(word) | Value::Team(word)) => word,
        other => panic!("{argument} is {other:?}"),
    }
}

#[test]
fn the_first_three_win_and_hear_rank_and_value() {
    let mut play = told(&calls(THREE_PRIZES), &["ana", "ben", "cem", "dee"]);
    for (id, n) in [("ana", 4.0), ("ben", 9.0), ("cem", 7.0), ("dee", 1.0)] {
        play.event(id, &[("calls", n)]);
    }
    play.close("2026-03-02");
    assert_eq!(paid(&play), [("ben", "place-1", 100), ("cem", "place-2", 61), ("ana", "place-3", 20)]);
    assert_eq!(play.awards("ben"), ["place-1", "place-1-badge"]);
    let cem = &play.given()[2];
    assert_eq!(
        (cem.text.message.as_str(), cem.number("rank"), cem.number("value")),
        ("place", Some(2.0), Some(7.0))
    );
    assert_eq!(
        (cem.number("ranked"), cem.number("equals"), word(cem, "decider")),
        (Some(4.0), Some(0.0), "none")
    );
}

#[test]
fn calls_an_hour_give_part_timers_the_same_chance() {
    let settings = calls(&format!(r#", "per_hour_of": "worked-hours" {THREE_PRIZES}"#));
    let mut play = told(&settings, &["full", "half", "idle"]);
    play.event("full", &[("calls", 40.0)]).event("full", &[("worked-hours", 8.0)]);
    play.event("half", &[("calls", 24.0)]).event("half", &[("worked-hours", 4.0)]);
    play.event("idle", &[("worked-hours", 8.0)]);
    play.close("2026-03-02");
    assert_eq!(play.given()[0].number("value"), Some(6.0));
    assert_eq!(paid(&play), [("half", "place-1", 100), ("full", "place-2", 61)], "nothing done wins nothing");
}

#[test]
fn weights_make_one_value_of_several_metrics() {
    let settings = r#"{ "metrics": [{ "metric": "sales", "weight": 3 }, { "metric": "complaints", "weight": -5 }],
                        "prizes": [{ "rank": 1, "reward": { "prize": "Cake" } }] }"#;
    let mut play = told(settings, &["ana", "ben"]);
    play.event("ana", &[("sales", 4.0)]).event("ana", &[("complaints", 1.0)]).event("ben", &[("sales", 3.0)]);
    assert_eq!(play.standings(0), [("ben".into(), 1, 9.0), ("ana".into(), 2, 7.0)]);
}

#[test]
fn who_misses_the_minimum_or_a_condition_is_not_ranked() {
    let settings = calls(&format!(
        r#", "minimum": {{ "metric": "calls", "at_least": 5 }},
             "guards": [{{ "metric": "csat", "at_least": 4 }}, {{ "metric": "complaints", "by": "total", "at_most": 0 }}]
             {THREE_PRIZES}"#
    ));
    let mut play = told(&settings, &["few", "good", "gruff", "named", "unrated"]);
    for (id, n) in [("few", 4.0), ("good", 6.0), ("gruff", 60.0), ("named", 50.0), ("unrated", 40.0)] {
        play.event(id, &[("calls", n)]);
    }
    play.event("few", &[("csat", 5.0)])
        .event("named", &[("csat", 5.0)])
        .event("named", &[("complaints", 1.0)]);
    play.event("good", &[("csat", 3.0)]).event("good", &[("csat", 5.0)]);
    play.event("gruff", &[("csat", 3.0)]).event("gruff", &[("csat", 4.0)]);
    play.close("2026-03-02");
    assert_eq!(paid(&play), [("good", "place-1", 100)], "no complaint at all keeps a bound of 0");
}

#[test]
fn teams_compete_by_a_ratio_and_their_members_get_the_points() {
    let settings = r#"{ "who": "teams", "metrics": [{ "metric": "resolved", "by": "average" }], "show": "percent",
                        "prizes": [{ "rank": 1, "reward": { "points": 30, "badge": "gold" } }] }"#;
    let mut play = Play::<Contest>::new(settings);
    for (id, team) in [("ana", "red"), ("ben", "red"), ("cem", "blue")] {
        play.agent(id).team(team);
    }
    play.at("2026-03-02 09:00").event("ana", &[("resolved", 1.0)]).event("ana", &[("resolved", 1.0)]);
    play.event("ben", &[("resolved", 0.0)])
        .event("cem", &[("resolved", 0.0)])
        .event("cem", &[("resolved", 1.0)]);
    assert_eq!(play.standings(0), [("red".into(), 1, 2.0 / 3.0), ("blue".into(), 2, 0.5)]);
    play.close("2026-03-02");
    assert_eq!(paid(&play), [("ana", "place-1", 30), ("ben", "place-1", 30)]);
    assert_eq!(play.awards("red"), ["place-1-badge"]);
    assert!(play.awards("blue").is_empty() && play.awards("cem").is_empty());
    let ana = &play.given()[0];
    assert_eq!(
        (ana.text.message.as_str(), word(ana, "team"), word(ana, "shown")),
        ("place-team", "red", "percent")
    );
}

#[test]
fn a_ratio_weighs_its_events_by_their_denominators() {
    let settings = r#"{ "metrics": [{ "metric": "adherence", "by": "average" }] }"#;
    let mut play = told(settings, &["ana"]);
    play.ratios("ana", &[("adherence", 90.0, 100.0)]).ratios("ana", &[("adherence", 10.0, 300.0)]);
    assert_eq!(play.standings(0), [("ana".into(), 1, 0.25)]);
}

#[test]
fn a_tie_break_decides_and_is_named() {
    let tie = r#", "tie_breaks": [{ "metric": "complaints", "lowest_first": true }, { "metric": "csat", "by": "average" }]"#;
    let mut play = told(&calls(&format!("{tie}{THREE_PRIZES}")), &["ana", "ben", "cem"]);
    for (id, csat) in [("ana", 4.0), ("ben", 5.0), ("cem", 5.0)] {
        play.event(id, &[("calls", 3.0), ("csat", csat)]);
    }
    play.event("cem", &[("complaints", 1.0)]);
    play.close("2026-03-02");
    assert_eq!(paid(&play), [("ben", "place-1", 100), ("ana", "place-2", 61), ("cem", "place-3", 20)]);
    let of = |to: &str| play.given().iter().find(|g| g.to == to).expect("everybody won");
    assert_eq!((word(of("ben"), "decider"), of("ben").number("deciding")), ("csat", Some(5.0)));
    assert_eq!((word(of("ana"), "decider"), of("ana").number("deciding")), ("complaints", Some(0.0)));
    assert_eq!((word(of("cem"), "decider"), of("cem").number("deciding")), ("complaints", Some(1.0)));
}

fn tied(ties: &str, equals: &[&str]) -> Play<Contest> {
    let mut play =
        told(&calls(&format!(r#", "ties": "{ties}" {THREE_PRIZES}"#)), &["ana", "ben", "cem", "dee"]);
    play.event("ana", &[("calls", 9.0)]);
    for id in equals {
        play.event(id, &[("calls", 5.0)]);
    }
    play.close("2026-03-02");
    play
}

#[test]
fn equal_ranks_that_share_get_the_full_prize_each() {
    let play = tied("share", &["ben", "cem"]);
    assert_eq!(paid(&play), [("ana", "place-1", 100), ("ben", "place-2", 61), ("cem", "place-2", 61)]);
    let ben = play.given().iter().find(|g| g.to == "ben").expect("ben won");
    assert_eq!((ben.number("equals"), word(ben, "ties")), (Some(1.0), "share"));
}

#[test]
fn equal_ranks_that_split_divide_the_points_of_the_places_they_take() {
    let two = tied("split", &["ben", "cem"]);
    assert_eq!(
        paid(&two),
        [("ana", "place-1", 100), ("ben", "place-2", 40), ("cem", "place-2", 40)],
        "(61 + 20) / 2"
    );
    let three = tied("split", &["ben", "cem", "dee"]);
    assert_eq!(paid(&three)[1..], [("ben", "place-2", 27), ("cem", "place-2", 27), ("dee", "place-2", 27)]);
}

#[test]
fn everyone_past_the_bar_wins_besides_the_first() {
    let bar = r#", "bar": { "value": 5, "reward": { "points": 10 } },
                   "prizes": [{ "rank": 1, "reward": { "badge": "gold" } }]"#;
    let mut play = told(&calls(bar), &["ana", "ben", "cem"]);
    play.event("ana", &[("calls", 9.0)]).event("ben", &[("calls", 5.0)]).event("cem", &[("calls", 4.0)]);
    assert_eq!(play.progress("cem"), Some((4.0, 5.0)));
    play.close("2026-03-02");
    assert_eq!(play.awards("ana"), ["place-1", "past-the-bar"]);
    assert_eq!(play.awards("ben"), ["past-the-bar"]);
    assert!(play.awards("cem").is_empty());
    assert_eq!(play.given()[1].number("bar"), Some(5.0));
}

#[test]
fn the_lowest_may_be_the_best() {
    let settings = r#"{ "metrics": [{ "metric": "handle-time", "by": "average" }], "lowest_first": true,
                        "prizes": [{ "rank": 1, "reward": { "points": 5 } }],
                        "bar": { "value": 300, "reward": { "badge": "bronze" } } }"#;
    let mut play = told(settings, &["ana", "ben", "cem"]);
    play.event("ana", &[("handle-time", 290.0)])
        .event("ben", &[("handle-time", 310.0)])
        .event("cem", &[("handle-time", 200.0)]);
    play.close("2026-03-02");
    assert_eq!(play.awards("cem"), ["place-1", "past-the-bar"]);
    assert_eq!(play.awards("ana"), ["past-the-bar"]);
    assert!(play.awards("ben").is_empty());
}

#[test]
fn what_is_shown_is_todays_and_begins_anew_at_midnight() {
    let settings =
        calls(r#", "per_hour_of": "worked-hours", "bar": { "value": 6, "reward": { "points": 5 } }"#);
    let mut play = told(&settings, &["ana"]);
    play.event("ana", &[("calls", 10.0)]);
    assert_eq!(play.progress("ana"), None, "no hour is worked yet");
    play.event("ana", &[("worked-hours", 2.0)]);
    assert_eq!(play.progress("ana"), Some((5.0, 6.0)));
    play.until("2026-03-03 00:00");
    assert_eq!(play.progress("ana"), Some((0.0, 6.0)));
    assert_eq!(play.wakes_at("ana"), None, "nobody is woken on days without events");
    play.at("2026-03-03 09:00").event("ana", &[("calls", 9.0), ("worked-hours", 1.0)]);
    assert_eq!(play.progress("ana"), Some((9.0, 6.0)));
}

#[test]
fn each_period_has_its_own_prizes() {
    let mut play = told(&calls(THREE_PRIZES), &["ana"]);
    play.event("ana", &[("calls", 1.0)]).at("2026-03-03 00:00").close("2026-03-02");
    play.event("ana", &[("calls", 1.0)]).at("2026-03-04 00:00").close("2026-03-03");
    assert_eq!(paid(&play), [("ana", "place-1", 100), ("ana", "place-1", 100)]);
}

#[test]
fn one_metric_may_stand_on_the_board_as_total_and_as_average() {
    let settings = r#"{ "metrics": [{ "metric": "csat", "by": "average" }],
                        "minimum": { "metric": "csat", "at_least": 8 },
                        "prizes": [{ "rank": 1, "reward": { "points": 5 } }] }"#;
    let mut play = told(settings, &["ana", "ben"]);
    play.event("ana", &[("csat", 5.0)]).event("ben", &[("csat", 4.0)]).event("ben", &[("csat", 4.0)]);
    assert_eq!(play.standings(0), [("ben".into(), 1, 4.0), ("ana".into(), 0, 5.0)]);
}

#[test]
fn wrong_settings_are_named_by_field() {
    let fields = |settings: &str| -> Vec<String> {
        Play::<Contest>::problems(settings).into_iter().map(|(field, _)| field).collect()
    };
    assert_eq!(fields(r#"{ "metrics": [] }"#), ["/metrics"]);
    let crossed = r#"{
        "metrics": [{ "metric": "csat", "by": "average" }, { "metric": "csat", "by": "average", "weight": 0 }],
        "per_hour_of": "worked-hours",
        "guards": [{ "metric": "quality" }, { "metric": "quality", "at_least": 90, "at_most": 80 }],
        "tie_breaks": [{ "metric": "calls" }, { "metric": "calls" }],
        "ties": "split",
        "prizes": [{ "rank": 1, "reward": { "points": 5 } }, { "rank": 1, "reward": {} },
                   { "rank": 2, "reward": { "points": 5, "currency": "stars" } }, { "rank": 3, "reward": { "prize": "Cake" } }],
        "bar": { "value": 4, "reward": {} }
    }"#;
    assert_eq!(
        fields(crossed),
        [
            "/metrics/1/metric",
            "/metrics/1/weight",
            "/per_hour_of",
            "/guards/0",
            "/guards/1/at_least",
            "/tie_breaks/1/metric",
            "/prizes/1/rank",
            "/prizes/1/reward",
            "/prizes/2/reward/currency",
            "/prizes/3/reward/prize",
            "/bar/reward",
        ]
    );
    assert_eq!(fields(&calls(r#", "tie_breaks": [{ "metric": "calls" }]"#)), ["/tie_breaks/0/metric"]);
}

#[test]
fn the_plugin_introduces_itself() {
    let manifest = manifest();
    assert_eq!(manifest.name, "contest");
    assert_eq!(manifest.settings["properties"]["who"]["default"], "agents");
    assert_eq!(manifest.settings["required"], serde_json::json!(["metrics"]));
    assert_eq!(manifest.texts.keys().collect::<Vec<_>>(), ["en", "es", "lt", "zh-Hans", "zh-Hant"]);
}

/// What the page shows has to work.
#[test]
fn the_examples_of_the_page_are_right() {
    let page = include_str!("../README.md");
    let blocks: Vec<_> = page.split("```toml").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        let document: toml::Table = block.parse().unwrap_or_else(|error| panic!("{error}: {block}"));
        let incentive = &document["incentive"][0];
        assert_eq!(incentive["plugin"].as_str(), Some("contest"));
        let settings = serde_json::to_string(&incentive["settings"]).expect("tables are JSON too");
        assert_eq!(Play::<Contest>::problems(&settings), []);
    }
}
