//! Requests that come twice, tags, pages, and how often somebody may ask.

use plaudit_store::family::{
    self,
    replay::{Outcome, Replay, Replays},
};
use serde_json::json;

use super::*;

const KEY: &str = "idempotency-key";

fn with_key(key: &str) -> [(&'static str, &str); 1] {
    [(KEY, key)]
}

fn kept(app: &TestApp) -> Vec<Replay> {
    let all = family::scan::<Replays>(&*app.state.store, None, 100).unwrap();
    all.into_iter().map(|(_, replay)| replay).collect()
}

/// A house with an incentive `sprint`.
async fn running() -> TestApp {
    let app = TestApp::new();
    let component = app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
    assert!(component.status.is_success(), "{}", component.text);
    let document = json!({ "title": "Sprint", "plugin": "contest@1.0.0", "zone": "Europe/Vilnius",
        "periods": "daily", "settings": { "metric": "calls" } });
    let put = app.put("/v1/incentives/sprint", &document).await;
    assert!(put.status.is_success(), "{}", put.text);
    app
}

#[tokio::test]
async fn the_same_request_is_answered_again_and_not_done_again() {
    let app = running().await;
    let path = "/v1/incentives/sprint/disqualify";
    let body = json!({ "subject": "a1", "reason": "why" });
    let first = app.call_with("POST", path, &with_key("k1"), &body).await;
    assert_eq!(first.status, 201, "{}", first.text);
    let entries = app.entries();
    // Also in the draft's own syntax, a quoted string.
    for key in ["k1", "\"k1\""] {
        let again = app.call_with("POST", path, &with_key(key), &body).await;
        assert_eq!((again.status, &again.text), (first.status, &first.text));
        assert_eq!(again.headers["idempotency-replayed"], "true");
        assert_eq!(again.headers["content-type"], first.headers["content-type"]);
    }
    assert_eq!(app.entries(), entries, "nothing was written again");
    let other = app.call_with("POST", path, &with_key("k2"), &body).await;
    assert_eq!(
        (other.status, app.entries()),
        (StatusCode::CREATED, entries + 1),
        "another key, another time"
    );
    let audited = app.get("/v1/audit?object=incentives/sprint/disqualify").await;
    assert_eq!(audited.body["rows"].as_array().unwrap().len(), 2, "a replay changes nothing");
}

#[tokio::test]
async fn a_key_is_for_one_request_of_one_caller() {
    let app = running().await;
    let path = "/v1/incentives/sprint/disqualify";
    let body = json!({ "subject": "a1", "reason": "why" });
    app.call_with("POST", path, &with_key("k1"), &body).await;
    let reused =
        app.call_with("POST", path, &with_key("k1"), &json!({ "subject": "a2", "reason": "x" })).await;
    assert_eq!(
        (reused.status, &reused.body["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("key-reused"))
    );
    let reused = app.call_with("POST", "/v1/incentives/sprint/pause", &with_key("k1"), &body).await;
    assert_eq!(reused.body["code"], "key-reused");
    let entries = app.entries();
    let of_other = tokens::create(&*app.state.store, "other", vec![Scope::Manage], NOW, None).unwrap().secret;
    let app = TestApp { token: of_other, ..app };
    let other = app.call_with("POST", path, &with_key("k1"), &body).await;
    assert_eq!(
        (other.status, app.entries()),
        (StatusCode::CREATED, entries + 1),
        "everybody has their own keys"
    );
}

#[tokio::test]
async fn what_was_refused_may_be_tried_again_with_its_key() {
    let app = running().await;
    let path = "/v1/incentives/sprint/disqualify";
    let bad = app.call_with("POST", path, &with_key("k1"), &json!({ "subject": "a1", "reason": " " })).await;
    assert_eq!(bad.status, 422);
    assert_eq!(kept(&app), []);
    let good = app.call_with("POST", path, &with_key("k1"), &json!({ "subject": "a1", "reason": "x" })).await;
    assert_eq!(good.status, 201);
    for key in ["", "\"\"", "é", &"x".repeat(256)] {
        let bad = app.call_with("POST", path, &with_key(key), &json!({})).await;
        assert_eq!(bad.body["code"], "bad-idempotency-key", "{key:?}: {}", bad.text);
    }
}

#[tokio::test]
async fn a_secret_is_not_kept() {
    let app = TestApp::new();
    let body = json!({ "name": "acd", "scopes": ["ingest"] });
    let first = app.call_with("POST", "/v1/tokens", &with_key("k1"), &body).await;
    let secret = first.body["secret"].as_str().unwrap().to_owned();
    let count = app.get("/v1/tokens").await.body.as_array().unwrap().len();
    let again = app.call_with("POST", "/v1/tokens", &with_key("k1"), &body).await;
    assert_eq!((again.status, &again.body["code"]), (StatusCode::CONFLICT, &json!("answer-not-kept")));
    assert_eq!(app.get("/v1/tokens").await.body.as_array().unwrap().len(), count, "no second one");
    for replay in kept(&app) {
        let bytes = family::value::<Replays>(&replay);
        assert!(!String::from_utf8_lossy(&bytes).contains(&secret));
        assert_eq!(replay.outcome, Outcome::NotKept { status: 201 });
    }
}

#[tokio::test]
async fn while_the_first_runs_and_when_nobody_knows_what_came_of_it() {
    let app = running().await;
    let path = "/v1/incentives/sprint/disqualify";
    let body = json!({ "subject": "a1", "reason": "why" });
    app.call_with("POST", path, &with_key("k1"), &body).await;
    // As if the power had failed before the answer.
    let (name, replay) = family::scan::<Replays>(&*app.state.store, None, 1).unwrap().remove(0);
    let put = |outcome| {
        let mut batch = plaudit_store::Batch::default();
        family::put::<Replays>(&mut batch, &name, &Replay { outcome, ..replay.clone() });
        app.state.store.apply(batch).unwrap();
    };
    put(Outcome::Begun);
    let unknown = app.call_with("POST", path, &with_key("k1"), &body).await;
    assert_eq!((unknown.status, &unknown.body["code"]), (StatusCode::CONFLICT, &json!("outcome-unknown")));
    app.state.front.running.hold(&name);
    let running = app.call_with("POST", path, &with_key("k1"), &body).await;
    assert_eq!((running.status, &running.body["code"]), (StatusCode::CONFLICT, &json!("still-running")));
    assert_eq!(running.headers["retry-after"], "1");
}

#[tokio::test]
async fn what_has_expired_is_thrown_away_and_erasing_somebody_forgets_answers() {
    let app = running().await;
    let path = "/v1/incentives/sprint/disqualify";
    let body = json!({ "subject": "a1", "reason": "why" });
    app.call_with("POST", path, &with_key("k1"), &body).await;
    crate::api::idempotency::forget_answers(&*app.state.store).unwrap();
    let again = app.call_with("POST", path, &with_key("k1"), &body).await;
    assert_eq!(again.body["code"], "answer-not-kept");
    let day = 24 * 60 * 60 * 1000;
    let later = TestApp { state: AppState { porter: porter(NOW + day), ..app.state.clone() }, ..app };
    let later = TestApp { router: routes::router(later.state.clone()), ..later };
    assert_eq!(later.call_with("POST", path, &with_key("k2"), &body).await.status, 201);
    assert_eq!(kept(&later).len(), 1, "the first one is gone");
    assert_eq!(
        later.call_with("POST", path, &with_key("k1"), &body).await.status,
        201,
        "after a day it is new"
    );
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let app = TestApp::new();
    let first = app.get("/v1/metrics/csat").await;
    let tag = first.headers["etag"].to_str().unwrap().to_owned();
    assert!(tag.starts_with('"') && tag.len() > 20, "{tag}");
    for known in [tag.clone(), format!("\"x\", {tag}"), format!("W/{tag}"), "*".to_owned()] {
        let again =
            app.call_with("GET", "/v1/metrics/csat", &[("if-none-match", &known)], &json!(null)).await;
        assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{known}");
        assert_eq!(again.headers["etag"], tag.as_str());
    }
    let other = app.call_with("GET", "/v1/metrics/csat", &[("if-none-match", "\"x\"")], &json!(null)).await;
    assert_eq!(other.status, 200);
    assert_ne!(app.get("/v1/metrics/calls").await.headers["etag"], tag.as_str());
}

/// Changes something twice with the tag of the first reading: the second one is refused.
async fn is_checked(app: &TestApp, path: &str, one: Value, other: Value) {
    let read = app.get(path).await;
    let tag = read.headers["etag"].to_str().unwrap().to_owned();
    let put = |body: Value| {
        let headers = [("if-match", tag.as_str())];
        async move { app.call_with("PUT", path, &headers, &body).await }
    };
    let mine = put(one).await;
    assert!(mine.status.is_success(), "{path}: {}", mine.text);
    let theirs = put(other.clone()).await;
    assert_eq!(
        (theirs.status, &theirs.body["code"]),
        (StatusCode::PRECONDITION_FAILED, &json!("precondition-failed")),
        "{path}"
    );
    assert_eq!(edited(app.get(path).await), edited(mine), "{path}: theirs was not made");
    let fresh = app.get(path).await.headers["etag"].to_str().unwrap().to_owned();
    let again = app.call_with("PUT", path, &[("if-match", &fresh)], &other).await;
    assert!(again.status.is_success(), "{path}: {}", again.text);
    let weak = app.call_with("PUT", path, &[("if-match", &format!("W/{fresh}"))], &other).await;
    assert_eq!(weak.status, 412, "{path}: a weak tag never matches");
}

/// What is said only in the answer to a change is left out.
fn edited(reply: Reply) -> Value {
    let mut body = reply.body;
    for only in ["outcome", "notices"] {
        body.as_object_mut().unwrap().remove(only);
    }
    body
}

#[tokio::test]
async fn nobody_changes_what_somebody_else_has_changed() {
    let app = running().await;
    let sprint = |title: &str| {
        json!({ "title": title, "plugin": "contest@1.0.0", "zone": "Europe/Vilnius", "periods": "daily",
            "settings": { "metric": "calls" }, "start": "2026-03-02T00:00:00Z" })
    };
    is_checked(&app, "/v1/incentives/sprint", sprint("One"), sprint("Two")).await;
    let metric = |unit: &str| json!({ "types": ["survey.answered"], "value": "data.csat", "unit": unit });
    is_checked(&app, "/v1/metrics/csat", metric("a"), metric("b")).await;
    let budget = |total: i64| json!({ "currency": "points", "total": total });
    assert_eq!(app.put("/v1/budgets/spring", &budget(1)).await.status, 201);
    is_checked(&app, "/v1/budgets/spring", budget(2), budget(3)).await;
    let prize = |stock: i64| json!({ "title": "Cinema", "stock": stock });
    assert_eq!(app.put("/v1/prizes/cinema", &prize(1)).await.status, 201);
    is_checked(&app, "/v1/prizes/cinema", prize(2), prize(3)).await;
    let agent = |name: &str| json!({ "name": name, "stints": [{ "from": 0, "team": "care", "share": 1.0, "workdays": 31 }] });
    assert_eq!(app.put("/v1/agents/E1", &agent("Ana")).await.status, 200);
    is_checked(&app, "/v1/agents/E1", agent("Ona"), agent("Una")).await;
    let source = |kind: &str| json!({ "id": "item.id", "type": format!("\"{kind}\""), "subject": "\"agent/E1\"", "time": "item.at" });
    assert_eq!(app.put("/v1/sources/acd", &source("a")).await.status, 201);
    is_checked(&app, "/v1/sources/acd", source("b"), source("c")).await;
    let account =
        |name: &str| json!({ "mail": "ana@example.com", "name": name, "roles": [{ "role": "auditor" }] });
    let made = app.post("/v1/accounts", &account("Ana")).await;
    let path = format!("/v1/accounts/{}", made.body["id"].as_str().unwrap());
    is_checked(&app, &path, account("Ona"), account("Una")).await;
    let gone = app.call_with("DELETE", "/v1/sources/acd", &[("if-match", "\"x.y\"")], &json!(null)).await;
    assert_eq!(gone.status, 412);
    let new = app.call_with("PUT", "/v1/prizes/none", &[("if-match", "*")], &prize(1)).await;
    assert_eq!(new.status, 412, "there is none to be as it was");
}

#[tokio::test]
async fn of_two_at_the_same_time_one_is_refused() {
    let app = Arc::new(TestApp::new());
    app.put("/v1/prizes/cinema", &json!({ "title": "Cinema", "stock": 1 })).await;
    let tag = app.get("/v1/prizes/cinema").await.headers["etag"].to_str().unwrap().to_owned();
    let put = |stock: i64| {
        let (app, tag) = (app.clone(), tag.clone());
        tokio::spawn(async move {
            let body = json!({ "title": "Cinema", "stock": stock });
            app.call_with("PUT", "/v1/prizes/cinema", &[("if-match", &tag)], &body).await.status
        })
    };
    let all = futures_util::future::join_all((2..12).map(put)).await;
    let good = all.into_iter().filter(|status| *status.as_ref().unwrap() == StatusCode::OK).count();
    assert_eq!(good, 1);
}

#[tokio::test]
async fn lists_come_in_pages() {
    let app = TestApp::new();
    let whole = app.get("/v1/metrics").await.body;
    let (mut pages, mut path) = (Vec::new(), "/v1/metrics?limit=4".to_owned());
    loop {
        let page = app.get(&path).await;
        pages.extend(page.body.as_array().unwrap().clone());
        let Some(link) = page.headers.get("link") else { break };
        let link = link.to_str().unwrap();
        path = link.strip_prefix('<').unwrap().split('>').next().unwrap().to_owned();
        assert!(link.ends_with("; rel=\"next\""), "{link}");
    }
    assert_eq!(json!(pages), whole);
    for (path, code) in [("/v1/metrics?cursor=x", "bad-cursor"), ("/v1/metrics?limit=many", "bad-request")] {
        let bad = app.get(path).await;
        assert_eq!((bad.status, &bad.body["code"]), (StatusCode::BAD_REQUEST, &json!(code)), "{path}");
    }
    for scope in 0..5 {
        app.post("/v1/tokens", &json!({ "name": format!("t{scope}"), "scopes": ["read"] })).await;
    }
    let first = app.get("/v1/audit?limit=2").await;
    let link = first.headers["link"].to_str().unwrap();
    let next = link.strip_prefix('<').unwrap().split('>').next().unwrap();
    let second = app.get(next).await;
    let number = |reply: &Reply, at: usize| reply.body["rows"][at]["number"].as_u64().unwrap();
    assert_eq!(number(&first, 1) - 1, number(&second, 0), "{next}");
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let mut app = TestApp::new();
    Arc::make_mut(&mut app.state.config).limits.requests_per_minute = 3;
    let mut app = TestApp { router: routes::router(app.state.clone()), ..app };
    for left in [2, 1, 0] {
        let reply = app.get("/v1/metrics").await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.headers["ratelimit-policy"], "\"default\";q=3;w=60");
        let told = reply.headers["ratelimit"].to_str().unwrap();
        assert!(told.starts_with(&format!("\"default\";r={left};t=")), "{told}");
    }
    let refused = app.get("/v1/metrics").await;
    assert_eq!(
        (refused.status, &refused.body["code"]),
        (StatusCode::TOO_MANY_REQUESTS, &json!("rate-limited"))
    );
    assert!(refused.headers.contains_key("retry-after"));
    let events =
        app.call("POST", "/v1/events", "application/cloudevents+json", contact("c1").to_string()).await;
    assert_eq!(events.status, 200, "events are counted apart: {}", events.text);
    assert_eq!(app.get("/healthz").await.status, 200, "what is open is not counted");
    app.token = tokens::create(&*app.state.store, "other", vec![Scope::Read], NOW, None).unwrap().secret;
    assert_eq!(app.get("/v1/metrics").await.status, 200, "each token has its own");
}

#[tokio::test]
async fn what_the_framework_refuses_is_a_problem_too() {
    let app = TestApp::new();
    for path in ["/v1/audit?limit=x", "/v1/awards", "/v1/payroll?from=x", "/v1/agents/%ff"] {
        let reply = app.get(path).await;
        assert_eq!(
            (reply.status, &reply.body["code"]),
            (StatusCode::BAD_REQUEST, &json!("bad-request")),
            "{path}"
        );
        assert_eq!(reply.headers["content-type"], "application/problem+json");
    }
}
