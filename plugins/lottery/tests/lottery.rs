//! Lotteries, told as stories.

use plaudit_plugin_lottery::{Lottery, manifest};
use plaudit_sdk::testing::{Play, clocks_of_shanghai};
use plaudit_sdk::wit::{DrawMethod, Reward, Value};

const CALL: &[(&str, f64)] = &[("calls", 1.0)];

const CALLS: &str = r#"{
    "earn": [{ "metric": "calls", "daily_cap": 3 }, { "metric": "csat", "tickets": 2, "at_least": 5 }],
    "daily_cap": 6,
    "prizes": [{ "reward": { "prize": "Cinema voucher" } }, { "winners": 3, "reward": { "points": 50 } }]
}"#;

fn told(settings: &str) -> Play<Lottery> {
    let mut play = Play::new(settings);
    for id in ["ana", "ben", "cem"] {
        play.agent(id);
    }
    play
}

#[test]
fn calls_earn_tickets_until_the_cap_of_their_kind() {
    let mut play = told(CALLS);
    play.at("2026-03-02 09:00");
    for _ in 0..5 {
        play.event("ana", CALL);
    }
    play.event("ben", CALL);
    assert_eq!((play.tickets("ana", 0), play.tickets("ben", 0), play.tickets("cem", 0)), (3, 1, 0));
}

#[test]
fn the_cap_for_all_holds_over_all_kinds_and_the_next_day_is_a_new_one() {
    let mut play = told(CALLS);
    play.at("2026-03-02 09:00");
    for _ in 0..4 {
        play.event("ana", CALL).event("ana", &[("csat", 5.0)]);
    }
    assert_eq!(play.tickets("ana", 0), 6);
    play.at("2026-03-03 09:00").event("ana", CALL);
    assert_eq!(play.tickets("ana", 0), 7);
}

#[test]
fn a_day_is_the_agents_own() {
    let mut play = told(CALLS);
    play.moves_to("ben", clocks_of_shanghai());
    // 16:30 in Madrid is 23:30 in Shanghai; an hour later it is tomorrow there.
    play.at("2026-03-02 16:30");
    for _ in 0..4 {
        play.event("ana", CALL).event("ben", CALL);
    }
    play.at("2026-03-02 17:30").event("ana", CALL).event("ben", CALL);
    assert_eq!((play.tickets("ana", 0), play.tickets("ben", 0)), (3, 4));
}

#[test]
fn a_rating_below_the_value_earns_nothing() {
    let mut play = told(CALLS);
    play.at("2026-03-02 09:00").event("ana", &[("csat", 4.0)]).ratios("ben", &[("csat", 5.0, 1.0)]);
    assert_eq!((play.tickets("ana", 0), play.tickets("ben", 0)), (0, 2));
}

#[test]
fn amounts_add_up_to_tickets_and_what_is_left_counts_on() {
    let mut play = told(
        r#"{ "earn": [{ "metric": "worked-hours", "for_each": 1, "tickets": 2 }],
             "prizes": [{ "reward": { "badge": "lucky" } }] }"#,
    );
    play.at("2026-03-02 09:00");
    for _ in 0..10 {
        play.event("ana", &[("worked-hours", 0.1)]);
    }
    assert_eq!(play.tickets("ana", 0), 2, "ten times 0.1 is an hour");
    play.event("ana", &[("worked-hours", 2.5)]);
    assert_eq!(play.tickets("ana", 0), 6);
    play.at("2026-03-03 09:00").event("ana", &[("worked-hours", 0.5)]);
    assert_eq!(play.tickets("ana", 0), 8);
}

#[test]
fn prizes_are_drawn_in_their_order_over_who_has_tickets() {
    let mut play = told(CALLS);
    play.at("2026-03-02 09:00").event("ana", CALL);
    play.at("2026-03-03 00:00").close("2026-03-02");
    let [draw] = play.draws() else { panic!("one draw a period: {:?}", play.draws()) };
    assert_eq!((draw.draw, draw.method), (0, DrawMethod::Weighted));
    let prizes: Vec<_> = draw.prizes.iter().map(|p| (p.winners, p.award.name.as_str())).collect();
    assert_eq!(prizes, [(1, "prize-1"), (3, "prize-2")]);
    assert_eq!(draw.prizes[0].award.reward, Reward::Prize("Cinema voucher".into()));
    assert!(
        matches!(&draw.prizes[1].award.reward, Reward::Points(a) if a.units == 50 && a.currency == "points")
    );
    assert!(draw.excluded.is_empty());
}

#[test]
fn who_stays_below_the_quality_is_left_out_with_a_reason() {
    let settings = |unmeasured: &str| {
        format!(
            r#"{{ "earn": [{{ "metric": "calls" }}], "method": "equal", "prizes": [{{ "reward": {{ "points": 50 }} }}],
                 "guard": {{ "metric": "quality", "at_least": 80, "unmeasured": "{unmeasured}" }} }}"#
        )
    };
    let excluded = |unmeasured: &str| {
        let mut play = told(&settings(unmeasured));
        play.at("2026-03-02 09:00").event("ana", CALL).event("ben", CALL).event("cem", CALL);
        play.event("ana", &[("quality", 70.0)]).event("ana", &[("quality", 90.0)]);
        play.event("ben", &[("quality", 79.5)]);
        play.at("2026-03-03 00:00").close("2026-03-02");
        assert_eq!(play.draws()[0].method, DrawMethod::Equal);
        play.draws()[0].excluded.clone()
    };
    let taking_part = excluded("take-part");
    let [ben] = &taking_part[..] else { panic!("only ben: {taking_part:?}") };
    assert_eq!((ben.entrant.as_str(), ben.because.message.as_str()), ("ben", "below-quality"));
    assert!(ben.because.arguments.iter().any(|a| a.name == "value" && a.value == Value::Number(79.5)));
    let all: Vec<_> =
        excluded("left-out").iter().map(|e| (e.entrant.clone(), e.because.message.clone())).collect();
    assert_eq!(all, [("ben".into(), "below-quality".into()), ("cem".into(), "quality-unmeasured".into())]);
}

#[test]
fn the_guard_may_be_a_metric_that_earns_too() {
    let mut play = told(
        r#"{ "earn": [{ "metric": "csat", "at_least": 4 }, { "metric": "calls" }, { "metric": "csat", "at_least": 5 }],
             "guard": { "metric": "csat", "at_least": 4 }, "prizes": [{ "reward": { "points": 50 } }] }"#,
    );
    play.at("2026-03-02 09:00")
        .event("ana", &[("csat", 5.0)])
        .event("ben", &[("csat", 5.0)])
        .event("ana", CALL);
    play.event("ben", &[("csat", 1.0)]);
    assert_eq!((play.tickets("ana", 0), play.tickets("ben", 0)), (3, 2));
    play.at("2026-03-03 00:00").close("2026-03-02");
    assert_eq!(play.draws()[0].excluded.len(), 1);
}

#[test]
fn the_page_shows_the_tickets_of_the_day_and_begins_anew_at_midnight() {
    let mut play = told(CALLS);
    play.at("2026-03-02 09:00").event("ana", CALL).event("ana", CALL);
    assert_eq!(play.progress("ana"), Some((2.0, 6.0)));
    play.until("2026-03-03 00:00");
    assert_eq!(play.progress("ana"), Some((0.0, 6.0)));
    assert_eq!(play.wakes_at("ana"), None, "nobody is woken on days without tickets");
}

#[test]
fn wrong_settings_are_named_by_field() {
    let fields = |settings: &str| -> Vec<String> {
        Play::<Lottery>::problems(settings).into_iter().map(|(field, _)| field).collect()
    };
    assert_eq!(fields(r#"{ "earn": [], "prizes": [] }"#), ["/earn", "/prizes"]);
    let crossed = r#"{
        "earn": [{ "metric": "calls", "daily_cap": 9, "tickets": 7 }, { "metric": "calls" }],
        "daily_cap": 6,
        "prizes": [{ "reward": {} }, { "reward": { "points": 5, "badge": "lucky" } },
                   { "winners": 9000, "reward": { "points": 5 } }, { "winners": 9000, "reward": { "points": 5 } }]
    }"#;
    assert_eq!(
        fields(crossed),
        [
            "/earn/0/daily_cap",
            "/earn/0/tickets",
            "/earn/1/metric",
            "/prizes/0/reward",
            "/prizes/1/reward",
            "/prizes"
        ]
    );
}

#[test]
fn the_plugin_introduces_itself() {
    let manifest = manifest();
    assert_eq!(manifest.name, "lottery");
    assert_eq!(manifest.settings["properties"]["prizes"]["title"], "Prizes");
    assert_eq!(manifest.texts.keys().collect::<Vec<_>>(), ["en", "es", "lt", "zh-Hans", "zh-Hant"]);
}

/// What the page shows has to work.
#[test]
fn the_examples_of_the_page_are_right() {
    let page = include_str!("../README.md");
    let blocks: Vec<_> = page.split("```toml").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(blocks.len(), 1);
    for block in blocks {
        let document: toml::Table = block.parse().unwrap_or_else(|error| panic!("{error}: {block}"));
        let incentive = &document["incentive"][0];
        assert_eq!(incentive["plugin"].as_str(), Some("lottery"));
        let settings = serde_json::to_string(&incentive["settings"]).expect("tables are JSON too");
        assert_eq!(Play::<Lottery>::problems(&settings), []);
    }
}

const INSTANT: &str = r#"{ "instant": { "metric": "csat", "at_least": 5, "one_in": 20, "wins_max": 3, "reward": { "points": 10 } } }"#;

#[test]
fn each_good_rating_tries_once_and_the_lucky_one_wins_on_the_spot() {
    let mut play = told(INSTANT);
    play.lucky("survey-2");
    play.at("2026-03-02 09:00").with(&[("entity", "survey-1")]).event("ana", &[("csat", 5.0)]);
    play.with(&[("entity", "survey-2")]).event("ana", &[("csat", 5.0)]);
    play.with(&[("entity", "survey-3")]).event("ana", &[("csat", 4.0)]).event("ben", CALL);
    assert_eq!(play.tries("ana"), ["survey-1", "survey-2"]);
    assert_eq!((play.awards("ana"), play.awards("ben").len()), (vec!["instant"], 0));
    assert_eq!(play.given()[0].number("of"), Some(20.0));
    assert_eq!(
        play.given()[0].reward,
        Some(Reward::Points(plaudit_sdk::wit::Amount { currency: "points".into(), units: 10 }))
    );
    play.close("2026-03-02");
    assert!(play.draws().is_empty(), "nothing is drawn without prizes");
}

#[test]
fn instant_wins_stand_beside_a_draw_of_the_same_metric() {
    let both = CALLS.trim_end().trim_end_matches('}').to_owned()
        + r#", "instant": { "metric": "csat", "one_in": 1, "reward": { "badge": "lucky" } } }"#;
    let mut play = told(&both);
    play.at("2026-03-02 09:00").event("ana", &[("csat", 5.0)]).event("ben", CALL);
    assert_eq!((play.tickets("ana", 0), play.tickets("ben", 0)), (2, 1));
    assert_eq!((play.awards("ana"), play.awards("ben").len()), (vec!["instant"], 0));
    play.close("2026-03-02");
    assert_eq!(play.draws().len(), 1);
}

#[test]
fn a_lottery_needs_something_to_win() {
    let fields =
        |settings: &str| Play::<Lottery>::problems(settings).into_iter().map(|p| p.0).collect::<Vec<_>>();
    assert_eq!(fields("{}"), ["/earn", "/prizes"]);
    assert_eq!(fields(r#"{ "earn": [{ "metric": "calls" }] }"#), ["/prizes"]);
    assert_eq!(fields(INSTANT), Vec::<String>::new());
    let empty = r#"{ "instant": { "metric": "csat", "reward": {} } }"#;
    assert_eq!(fields(empty), ["/instant/reward"]);
}
