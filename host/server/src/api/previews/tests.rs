//! What is asked of a preview, and what its report says to people.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use plaudit_core::{
    award::{Content, EffectId, EffectKind, Standing, Status, Withheld},
    event::Subject,
    incentive::{Audience, Periods},
    price::Price,
    roster::{Agent, Roster, RosterChange, Site, Stint, Team},
    rule::{Reward, Text},
};
use serde_json::json;

use super::{result::result, *};
use crate::api::tests::TestApp;

/// 2026-03-02T00:00:00+02:00, a Monday.
const MONDAY: i64 = 1_772_402_400_000;
const HOUR: i64 = 3_600_000;

fn incentive() -> Incentive {
    Incentive {
        id: "spring".into(),
        title: "Spring".into(),
        plugin: "p".into(),
        settings: "{}".into(),
        audience: Audience::default(),
        start: MONDAY,
        end: Some(MONDAY + 48 * HOUR),
        zone: chrono_tz::Europe::Vilnius,
        periods: Periods::Daily,
        allotment: Vec::new(),
        prizes: BTreeMap::new(),
        approval: Vec::new(),
        metrics: Vec::new(),
    }
}

fn roster() -> Roster {
    let mut roster = Roster::default();
    let site = Site { id: "vno".into(), zone: chrono_tz::Europe::Vilnius, holidays: Vec::new() };
    roster.apply(&RosterChange::Site(site));
    roster.apply(&RosterChange::Team(Team { id: "blue".into(), site: "vno".into(), queues: Vec::new() }));
    for (id, share, hired_day) in [("ana", 1.0, Some(20_500)), ("ben", 0.5, None)] {
        let stint = Stint { from: 0, team: Some("blue".into()), share, workdays: 31 };
        let agent = Agent { id: id.into(), hired_day, zone: None, stints: vec![stint] };
        roster.apply(&RosterChange::Agent(agent));
    }
    roster
}

fn award(who: &str, period: Option<&str>, key: &str, units: i64, status: Status) -> Standing {
    let granted = status == Status::Granted;
    let content = Content::Award {
        reward: Reward::Points { currency: "points".into(), units },
        because: Text { message: "first".into(), arguments: Vec::new() },
    };
    let price = Price::of(&content, &BTreeMap::new());
    Standing {
        id: EffectId {
            incentive: "spring".into(),
            period: period.map(Id::from),
            kind: EffectKind::Award,
            name: "first".into(),
            subject: Subject::agent(who),
            key: key.into(),
        },
        time: MONDAY + 30 * HOUR,
        content,
        status,
        since_block: 1,
        paid: if granted { price } else { Price::default() },
        revision: 0,
        held: Price::default(),
        steps: Vec::new(),
        team: None,
    }
}

fn report(rows: Vec<Standing>) -> Report {
    let mut report = Report::empty();
    report.settled = rows.into_iter().map(|row| (row.id.clone(), row)).collect();
    report
}

#[test]
fn a_report_says_who_wins_what_and_what_it_costs() {
    let report = report(vec![
        award("ana", Some("2026-03-02"), "1", 100, Status::Granted),
        award("ana", None, "2", 50, Status::Granted),
        award("ben", Some("2026-03-02"), "1", 70, Status::Withheld(Withheld::Allotment)),
        award("ben", Some("2026-03-02"), "2", 70, Status::Withheld(Withheld::Quota)),
        award("ben", Some("2026-03-02"), "3", 70, Status::Reversed),
    ]);
    let result = result(&incentive(), &roster(), &report);
    let cost = Cost { currency: "points".into(), granted: 150, withheld: 70, awards_withheld: 1 };
    assert_eq!((result.cost, result.over_quota), (vec![cost], 1));
    assert_eq!(result.winners.len(), 1);
    let ana = &result.winners[0];
    assert_eq!((ana.awards, ana.periods, ana.units["points"]), (2, 2, 150), "one award is of Tuesday");
    let times: Vec<_> = ana.what.iter().map(|what| (&*what.name, what.times)).collect();
    assert_eq!(times, [("first", 1), ("first", 1)], "two amounts");
    assert_eq!((result.spread.audience, result.spread.winning.part), (2, 1));
    let hours: Vec<_> = result.spread.by_hours.iter().map(|g| (&*g.name, g.winning.part)).collect();
    assert_eq!(hours, [("full-time", 1), ("half-time-or-less", 0)]);
    let tenure: Vec<_> = result.spread.by_tenure.iter().map(|g| &*g.name).collect();
    assert_eq!(tenure, ["new", "unknown"], "hired 16 days before the window's end");
}

#[test]
fn where_only_teams_win_it_is_about_teams() {
    let mut won = award("ana", Some("2026-03-02"), "1", 100, Status::Granted);
    won.id.subject = Subject::team("blue");
    let result = result(&incentive(), &roster(), &report(vec![won]));
    assert_eq!((&*result.about, result.spread.audience, result.spread.winning.part), ("teams", 1, 1));
}

fn wish() -> serde_json::Value {
    json!({
        "title": "Spring", "plugin": "contest", "zone": "Europe/Vilnius", "periods": "daily",
        "settings": { "metric": "calls" }, "from": "2026-03-01", "to": "2026-03-02",
    })
}

/// The same, to be enabled.
fn enabled() -> serde_json::Value {
    let mut wish = wish();
    wish.as_object_mut().expect("an object").retain(|field, _| field != "from" && field != "to");
    wish
}

async fn refused(wish: &serde_json::Value) -> (StatusCode, String) {
    let app = TestApp::new();
    app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
    let reply = app.call("POST", "/v1/incentives/preview", "application/json", wish.to_string()).await;
    assert_eq!(app.entries(), 1, "only the plugin is in the journal");
    (reply.status, reply.body["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn what_put_would_refuse_is_refused_with_the_same_words() {
    for (field, value, code) in [
        ("settings", json!({}), "bad-settings"),
        ("settings", json!({ "metric": "nonsense" }), "unknown-metric"),
        ("plugin", json!("bingo"), "unknown-plugin"),
        ("audience", json!({ "teams": ["nobody"] }), "unknown-audience"),
        ("periods", json!({ "cron": "99 * * * *" }), "bad-periods"),
        ("allotment", json!({ "budget": "none", "currency": "points", "units": 5 }), "unknown-budget"),
        ("title", json!(""), "bad-title"),
        ("surprise", json!(1), "bad-document"),
    ] {
        let mut wish = wish();
        wish[field] = value;
        assert_eq!(refused(&wish).await.1, code, "{wish}");
        let app = TestApp::new();
        app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
        let document = wish.as_object_mut().expect("an object");
        document.remove("from");
        document.remove("to");
        let put = app.call("PUT", "/v1/incentives/spring", "application/json", wish.to_string()).await;
        assert_eq!(put.body["code"], code, "PUT {wish}");
    }
    let mut backwards = wish();
    backwards["to"] = json!("2026-02-01");
    assert_eq!(refused(&backwards).await, (StatusCode::UNPROCESSABLE_ENTITY, "bad-window".to_owned()));
}

#[tokio::test]
async fn a_house_with_no_room_says_when_to_come_again() {
    let (status, code) = refused(&wish()).await;
    assert_eq!((status, code.as_str()), (StatusCode::TOO_MANY_REQUESTS, "previews-busy"));
}

/// Answers at once, on the caller's thread; or never.
struct Prompt {
    answers: bool,
}

impl Rehearser for Prompt {
    fn rehearse(&self, wish: Wish, watch: Arc<Watch>, done: Done) -> Result<(), Full> {
        assert!(wish.is_boundless && wish.incentive.end.is_some());
        if self.answers {
            done(Ok(report(vec![award("ana", None, "1", 100, Status::Granted)])));
        } else {
            std::thread::spawn(move || {
                while !watch.is_cancelled() {
                    std::thread::sleep(Duration::from_millis(1));
                }
                done(Err(Stop::Cancelled));
            });
        }
        Ok(())
    }

    fn stage(&self, watch: Arc<Watch>, job: Job) -> Result<(), Full> {
        if self.answers {
            job();
        } else {
            std::thread::spawn(move || {
                while !watch.is_cancelled() {
                    std::thread::sleep(Duration::from_millis(1));
                }
                job();
            });
        }
        Ok(())
    }
}

#[tokio::test]
async fn a_preview_is_found_by_its_address_until_it_is_deleted() {
    let app = TestApp::with_previews(Previews::new(Arc::new(Prompt { answers: true })));
    app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
    let made =
        app.call("POST", "/v1/incentives/preview?wait=5", "application/json", wish().to_string()).await;
    assert_eq!((made.status, &made.body["state"]), (StatusCode::OK, &json!("done")), "{}", made.text);
    let place = made.headers["location"].to_str().expect("text").to_owned();
    let found = app.call("GET", &place, "", "").await;
    assert_eq!(found.body["result"]["cost"][0]["granted"], 100);
    assert_eq!(app.call("DELETE", &place, "", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(app.call("GET", &place, "", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn deleting_a_preview_that_runs_stops_it() {
    let app = TestApp::with_previews(Previews::new(Arc::new(Prompt { answers: false })));
    app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
    let made = app.call("POST", "/v1/incentives/preview", "application/json", wish().to_string()).await;
    assert_eq!((made.status, &made.body["state"]), (StatusCode::ACCEPTED, &json!("waiting")));
    let place = made.headers["location"].to_str().expect("text").to_owned();
    let preview = app.previews().find(place.rsplit('/').next().unwrap_or_default()).expect("it runs");
    assert_eq!(app.call("DELETE", &place, "", "").await.status, StatusCode::NO_CONTENT);
    let mut done = preview.is_done.subscribe();
    done.wait_for(|done| *done).await.expect("it ends");
    assert_eq!(preview.view().state, PreviewState::Cancelled);
}

#[tokio::test]
async fn only_so_many_previews_are_kept_and_the_oldest_goes_first() {
    let app = TestApp::with_previews(Previews::new(Arc::new(Prompt { answers: true })));
    app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
    let mut places = Vec::new();
    for _ in 0..=PREVIEWS_KEPT_MAX {
        let made = app.call("POST", "/v1/incentives/preview", "application/json", wish().to_string()).await;
        places.push(made.headers["location"].to_str().expect("text").to_owned());
    }
    let states: BTreeMap<u16, usize> = {
        let mut counts = BTreeMap::new();
        for place in &places {
            *counts.entry(app.call("GET", place, "", "").await.status.as_u16()).or_default() += 1;
        }
        counts
    };
    assert_eq!(states, BTreeMap::from([(200, PREVIEWS_KEPT_MAX), (404, 1)]));
    assert_eq!(app.call("GET", &places[0], "", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_prefers_not_to_wait_is_told_where_to_ask() {
    let app = TestApp::with_previews(Previews::new(Arc::new(Prompt { answers: false })));
    app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
    let made = app.put("/v1/incentives/spring", &enabled()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let path = "/v1/incentives/spring/upgrade/preview";
    let begun = app.call_with("POST", path, &[("prefer", "respond-async")], &json!({})).await;
    assert_eq!(
        (begun.status, &begun.body["state"]),
        (StatusCode::ACCEPTED, &json!("waiting")),
        "{}",
        begun.text
    );
    assert_eq!(begun.headers["preference-applied"], "respond-async");
    let place = begun.headers["location"].to_str().expect("text").to_owned();
    assert_eq!(app.call("GET", &place, "", "").await.body["state"], "waiting");
    assert_eq!(app.call("DELETE", &place, "", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(app.call("GET", &place, "", "").await.status, StatusCode::NOT_FOUND);
    let past = "/v1/incentives/spring/adjustments?period=2026-03-02";
    let begun = app.call_with("GET", past, &[("prefer", "respond-async")], &json!(null)).await;
    assert_eq!(
        (begun.status, &begun.body["state"]),
        (StatusCode::ACCEPTED, &json!("waiting")),
        "{}",
        begun.text
    );
}

#[tokio::test]
async fn what_is_there_in_time_is_answered_as_if_nobody_had_asked_for_less() {
    let app = TestApp::with_previews(Previews::new(Arc::new(Prompt { answers: true })));
    app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
    app.put("/v1/incentives/spring", &enabled()).await;
    // This house has no engine: it can tell nothing of versions.
    for prefer in ["respond-async, wait=5", "wait=5", "Wait=5; RESPOND-ASYNC"] {
        let path = "/v1/incentives/spring/upgrade/preview";
        let answer = app.call_with("POST", path, &[("prefer", prefer)], &json!({})).await;
        assert_eq!(
            (answer.status, &answer.body["code"]),
            (StatusCode::NOT_FOUND, &json!("not-found")),
            "{prefer}"
        );
    }
}
