//! Drafts: for whoever made them and for those within whose reach they are, and enabled as they say.

use axum::http::StatusCode;
use plaudit_core::access::{Grant, Range, Role};
use serde_json::{Value, json};

use super::{TestApp, access, decide::Person};

async fn house() -> TestApp {
    let app = access::furnished();
    app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await;
    app
}

fn who(role: Role, sites: &[&str]) -> Vec<Grant> {
    let sites: std::collections::BTreeSet<_> = sites.iter().map(|site| (*site).into()).collect();
    let range = if sites.is_empty() { Range::House } else { Range::Places { sites, teams: [].into() } };
    vec![Grant { role, range }]
}

fn draft(audience: &Value) -> Value {
    json!({
        "incentive": "race",
        "document": {
            "title": "Race", "plugin": "contest", "settings": { "metric": "calls" }, "audience": audience,
            "zone": "Europe/Vilnius", "periods": { "cron": "0 12 * * *" }, "anonymity": "initials",
            "start": "2026-03-09T00:00:00+02:00", "end": "2026-03-20T18:00:00+02:00",
        },
    })
}

#[tokio::test]
async fn what_a_developer_leaves_a_manager_enables_as_it_says() {
    let app = house().await;
    let developer = Person::new(&app, who(Role::RuleDeveloper, &[]), None);
    let made = developer.send("POST", "/v1/drafts", &draft(&json!({ "sites": ["vilnius"] }))).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let place = made.headers["location"].to_str().unwrap().to_owned();
    let refused = developer.send("PUT", "/v1/incentives/race", &made.body["document"]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.text);

    let manager = Person::new(&app, who(Role::Manager, &["vilnius"]), None);
    let all = manager.send("GET", "/v1/drafts", &Value::Null).await;
    assert_eq!(all.body.as_array().map(Vec::len), Some(1), "{}", all.text);
    let found = manager.send("GET", &place, &Value::Null).await;
    assert_eq!(found.body, made.body);
    let document = &found.body["document"];
    assert_eq!(document["start"], "2026-03-08T22:00:00.000Z");
    assert_eq!(document["end"], "2026-03-20T16:00:00.000Z", "an end within a day stays as it is");
    let enabled = manager.send("PUT", "/v1/incentives/race", document).await;
    assert_eq!(enabled.status, StatusCode::CREATED, "{}", enabled.text);
    assert_eq!(enabled.body["title"], "Race");
    assert_eq!(manager.send("DELETE", &place, &Value::Null).await.status, StatusCode::NO_CONTENT);
    assert_eq!(developer.send("GET", &place, &Value::Null).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_draft_is_not_for_whoever_could_not_enable_it() {
    let app = house().await;
    let of_madrid = Person::new(&app, who(Role::Manager, &["madrid"]), None);
    let beyond = of_madrid.send("POST", "/v1/drafts", &draft(&json!({ "sites": ["vilnius"] }))).await;
    assert_eq!((beyond.status, &beyond.body["code"]), (StatusCode::FORBIDDEN, &json!("reach")));
    let everyone = of_madrid.send("POST", "/v1/drafts", &draft(&json!({}))).await;
    assert_eq!(everyone.status, StatusCode::FORBIDDEN, "nothing named is everyone");

    let of_vilnius = Person::new(&app, who(Role::Manager, &["vilnius"]), None);
    let made = of_vilnius.send("POST", "/v1/drafts", &draft(&json!({ "sites": ["vilnius"] }))).await;
    let place = made.headers["location"].to_str().unwrap().to_owned();
    for method in ["GET", "PUT", "DELETE"] {
        let body = if method == "PUT" { draft(&json!({ "sites": ["madrid"] })) } else { Value::Null };
        let answer = of_madrid.send(method, &place, &body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{method}: {}", answer.text);
    }
    // Nor is an incentive of another site shown by beginning to change it.
    let enabled = of_vilnius.send("PUT", "/v1/incentives/race", &made.body["document"]).await;
    assert_eq!(enabled.status, StatusCode::CREATED, "{}", enabled.text);
    let wish = json!({ "incentive": "race", "document": { "plugin": "contest" } });
    assert_eq!(of_madrid.send("POST", "/v1/drafts", &wish).await.status, StatusCode::FORBIDDEN);
    let change = of_vilnius.send("POST", "/v1/drafts", &wish).await;
    assert_eq!(change.status, StatusCode::CREATED, "{}", change.text);
    assert_eq!(change.body["is_change"], true);
    assert_eq!(change.body["document"]["anonymity"], "initials", "it begins with what holds");
}

#[tokio::test]
async fn little_is_enough_and_what_the_form_can_t_show_is_refused() {
    let app = house().await;
    let admin = Person::new(&app, who(Role::Admin, &[]), None);
    let little = admin.send("POST", "/v1/drafts", &json!({ "document": { "plugin": "contest" } })).await;
    assert_eq!(little.status, StatusCode::CREATED, "{}", little.text);
    let document = little.body["document"].as_object().unwrap();
    assert!(!document.contains_key("title") && !document.contains_key("audience"), "{document:?}");
    assert_eq!((&little.body["incentive"], &document["periods"]), (&Value::Null, &json!("daily")));
    let place = little.headers["location"].to_str().unwrap().to_owned();
    let tag = admin.send("GET", &place, &Value::Null).await.headers["etag"].clone();
    assert!(!tag.is_empty());
    let changed =
        admin.send("PUT", &place, &json!({ "document": { "plugin": "contest", "title": "B" } })).await;
    assert_eq!(changed.status, StatusCode::OK, "{}", changed.text);
    let body = json!({ "document": { "plugin": "contest", "title": "C" } });
    let headers = [("if-match", tag.to_str().unwrap())];
    let stale = app.call_with("PUT", &place, &headers, &body).await;
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED, "{}", stale.text);
    let huge = json!({ "document": { "plugin": "contest", "settings": { "text": "x".repeat(70_000) } } });
    let huge = admin.send("POST", "/v1/drafts", &huge).await;
    assert_eq!(huge.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", huge.text);

    let wrong = |pointer: &str, value: Value| {
        let mut draft = draft(&json!({ "sites": ["vilnius"] }));
        *draft.pointer_mut(pointer).unwrap() = value;
        draft
    };
    for (draft, code) in [
        (wrong("/document/plugin", json!("bingo")), "unknown-plugin"),
        (wrong("/document/audience", json!({ "sites": ["atlantis"] })), "unknown-audience"),
        (wrong("/document/start", json!("2026-03-09T08:30:00+02:00")), "bad-window"),
        (wrong("/document/zone", json!("Moon/Sea")), "bad-document"),
        (wrong("/incentive", json!("no name")), "bad-name"),
        (json!({ "follows": "race", "document": { "plugin": "contest" } }), "bad-window"),
        (
            json!({ "document": { "plugin": "contest", "allotment": [
                { "budget": "team", "currency": "points", "units": 5 },
                { "budget": "team", "currency": "points", "units": 6 },
            ] } }),
            "bad-allotment",
        ),
        (json!({ "document": {} }), "bad-document"),
        (json!({ "document": { "plugin": "contest", "surprise": 1 } }), "bad-document"),
    ] {
        let answer = admin.send("POST", "/v1/drafts", &draft).await;
        assert_eq!(answer.body["code"], code, "{draft}: {}", answer.text);
    }
    assert_eq!(app.entries(), 1, "only the plugin is in the journal");
    let all = admin.send("GET", "/v1/drafts", &Value::Null).await;
    assert_eq!(all.body.as_array().map(Vec::len), Some(1), "{}", all.text);
}
