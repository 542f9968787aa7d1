use super::*;

#[tokio::test]
async fn a_metric_gets_a_version_for_each_change_and_declares_its_fields() {
    let app = TestApp::new();
    let metric = json!({"types": ["contact.completed"], "value": "data.upsell"});
    let reply = app.put("/v1/metrics/upsell", &metric).await;
    assert_eq!((reply.status, &reply.body["version"]), (StatusCode::CREATED, &json!(1)), "{}", reply.text);
    assert_eq!(app.put("/v1/metrics/upsell", &metric).await.body["version"], 1);
    let changed = json!({"types": ["contact.completed"], "value": "data.upsell * 2.0"});
    assert_eq!(app.put("/v1/metrics/upsell", &changed).await.body["version"], 2);
    assert_eq!(app.entries(), 2);
    let mut event = contact("c1");
    event["data"] = json!({"upsell": 3});
    app.post("/v1/events", &event).await;
    assert!(app.events()[0].field("upsell").is_some());
}

#[tokio::test]
async fn a_bad_metric_shows_the_place() {
    let app = TestApp::new();
    let reply = app.put("/v1/metrics/upsell", &json!({"types": ["a"], "value": "data.a +"})).await;
    assert_eq!((reply.status, &reply.body["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("bad-metric")));
    assert!(reply.body["detail"].as_str().unwrap().contains("line 1"), "{}", reply.text);
    let reply = app.put("/v1/metrics/upsell", &json!({"types": ["a"], "value": "1", "colour": "red"})).await;
    assert!(reply.body["detail"].as_str().unwrap().contains("colour"), "{}", reply.text);
    assert_eq!(app.entries(), 0);
}

#[tokio::test]
async fn declared_fields_are_kept_from_then_on() {
    let app = TestApp::new();
    assert_eq!(app.put("/v1/fields/contact.completed", &json!(["phone"])).await.status, StatusCode::OK);
    app.post("/v1/events", &contact("c1")).await;
    assert!(app.events()[0].field("phone").is_some());
}

#[tokio::test]
async fn a_roster_is_imported_whole_or_not_at_all() {
    let app = TestApp::new();
    let csv = "agent,name,team,mail\nE1,Ona,care,ona@example.com\nE2,Jonas,care,\n";
    let dry = app.call("POST", "/v1/roster?dry_run=true", "text/csv", csv).await;
    assert_eq!(
        (&dry.body["dry_run"], &dry.body["agents"][0]["outcome"]),
        (&json!(true), &json!("new")),
        "{}",
        dry.text
    );
    assert_eq!(app.entries(), 0);
    let bad = app.call("POST", "/v1/roster", "text/csv", format!("{csv}E3,Eve,nowhere,\n")).await;
    assert_eq!(
        (bad.status, &bad.body["errors"][0]["line"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!(4)),
        "{}",
        bad.text
    );
    assert_eq!(app.entries(), 0);
    app.call("POST", "/v1/roster", "text/csv", csv).await;
    assert_eq!(app.entries(), 2);
    let again = app.call("POST", "/v1/roster", "text/csv", csv).await;
    assert_eq!(again.body["agents"][0]["outcome"], "unchanged", "{}", again.text);
    assert_eq!(app.entries(), 2);
    let agent = app.get("/v1/agents/E1").await;
    assert_eq!((&agent.body["name"], &agent.body["mail"]), (&json!("Ona"), &json!("ona@example.com")));
    let opaque = agent.body["id"].as_str().unwrap();
    assert_eq!(app.get(&format!("/v1/agents/{opaque}")).await.body, agent.body);
}

#[tokio::test]
async fn erasing_a_person_leaves_the_journal_alone() {
    let app = TestApp::new();
    app.call("POST", "/v1/roster", "text/csv", "agent,name,team,mail\nE1,Ona,care,ona@example.com\n").await;
    let before = app.entries();
    let board = app.get("/v1/incentives/sprint/boards/main").await;
    assert_eq!(board.body["rows"][0]["name"], "Ona", "{}", board.text);
    assert_eq!(app.call("DELETE", "/v1/people/E1", "", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(app.entries(), before);
    let agent = app.get("/v1/agents/E1").await;
    assert_eq!(
        (&agent.body["erased"], &agent.body["name"], &agent.body["mail"]),
        (&json!(true), &json!(""), &Value::Null)
    );
    let stored = plaudit_store::Store::scan(&*app.state.store, &[], &[255; 8], 100).unwrap();
    assert!(!stored.iter().any(|(_, value)| value.windows(3).any(|w| w == b"Ona")));
}

#[tokio::test]
async fn sites_and_teams_are_checked() {
    let app = TestApp::new();
    let site = json!({"zone": "Asia/Shanghai", "holidays": ["2026-10-01"], "title": "上海"});
    let reply = app.put("/v1/sites/shanghai", &site).await;
    assert_eq!((reply.status, &reply.body["title"]), (StatusCode::OK, &json!("上海")), "{}", reply.text);
    assert_eq!(
        app.put("/v1/teams/night", &json!({"site": "shanghai", "queues": ["zh"]})).await.status,
        StatusCode::OK
    );
    app.put("/v1/teams/night", &json!({"site": "shanghai", "queues": ["zh"]})).await;
    assert_eq!(app.entries(), 2);
    let reply = app.put("/v1/teams/night", &json!({"site": "mars"})).await;
    assert_eq!((reply.status, &reply.body["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("bad-roster")));
}
