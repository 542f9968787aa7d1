use super::*;

fn sprint() -> Value {
    json!({
        "title": "Sprint", "plugin": "contest", "settings": {"metric": "calls"}, "zone": "Europe/Vilnius",
        "periods": "daily", "audience": {"teams": ["care"]},
        "allotment": {"budget": "care", "currency": "points", "units": 100}
    })
}

async fn ready() -> TestApp {
    let app = TestApp::new();
    assert_eq!(
        app.call("POST", "/v1/plugins", "application/wasm", "1.0.0").await.status,
        StatusCode::CREATED
    );
    assert_eq!(
        app.put("/v1/budgets/care", &json!({"currency": "points", "total": 500})).await.status,
        StatusCode::CREATED
    );
    app
}

#[tokio::test]
async fn the_same_incentive_again_changes_nothing() {
    let app = ready().await;
    let reply = app.put("/v1/incentives/sprint", &sprint()).await;
    assert_eq!(
        (reply.status, &reply.body["outcome"]),
        (StatusCode::CREATED, &json!("created")),
        "{}",
        reply.text
    );
    assert_eq!(reply.body["metrics"], json!([["calls", 1]]));
    let periods = reply.body["next_periods"].as_array().unwrap();
    assert_eq!((periods.len(), &periods[0]["id"]), (5, &json!("2026-03-02")));
    let entries = app.entries();
    // A newer metric and a newer plugin change a running incentive only when somebody says so.
    app.put("/v1/metrics/calls", &json!({"types": ["contact.completed"], "value": "2"})).await;
    app.call("POST", "/v1/plugins", "application/wasm", "1.1.0").await;
    let again = app.put("/v1/incentives/sprint", &sprint()).await;
    assert_eq!(
        (again.status, &again.body["outcome"]),
        (StatusCode::OK, &json!("unchanged")),
        "{}",
        again.text
    );
    assert_eq!(app.entries(), entries + 2);
    let repinned = app.put("/v1/incentives/sprint?repin=true", &sprint()).await;
    assert_eq!(
        (&repinned.body["outcome"], &repinned.body["metrics"]),
        (&json!("changed"), &json!([["calls", 2]]))
    );
    assert_ne!(repinned.body["plugin"], again.body["plugin"]);
}

#[tokio::test]
async fn what_is_wrong_with_an_incentive_is_said() {
    let app = ready().await;
    let cases = [
        ("settings", json!({}), "bad-settings"),
        ("settings", json!({"metric": "shoes"}), "unknown-metric"),
        ("plugin", json!("poker"), "unknown-plugin"),
        ("plugin", json!("contest@9.9.9"), "unknown-plugin"),
        ("title", json!(" "), "bad-title"),
        ("periods", json!({"cron": "61 * * * *"}), "bad-periods"),
        ("end", json!("2020-01-01T00:00:00Z"), "bad-periods"),
        ("audience", json!({"teams": ["mars"]}), "unknown-audience"),
        ("audience", json!({"agents": ["E9"]}), "unknown-audience"),
        ("allotment", json!({"budget": "mars", "currency": "points", "units": 1}), "unknown-budget"),
        ("allotment", json!({"budget": "care", "currency": "stars", "units": 1}), "bad-allotment"),
        ("allotment", json!({"budget": "care", "currency": "points", "units": 0}), "bad-allotment"),
    ];
    let entries = app.entries();
    for (field, value, code) in cases {
        let mut document = sprint();
        document[field] = value;
        let reply = app.put("/v1/incentives/sprint", &document).await;
        assert_eq!(
            (reply.status, &reply.body["code"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!(code)),
            "{}",
            reply.text
        );
    }
    let reply = app.put("/v1/incentives/sprint", &json!({"title": "x", "settings": {}})).await;
    assert_eq!(reply.body["code"], "bad-document");
    let mut document = sprint();
    document["settings"] = json!({});
    let reply = app.put("/v1/incentives/sprint", &document).await;
    assert_eq!(reply.body["errors"][0]["field"], "/metric");
    assert_eq!(app.entries(), entries);
}

#[tokio::test]
async fn decisions_are_journalled_once_and_an_end_is_for_good() {
    let app = ready().await;
    app.put("/v1/incentives/sprint", &sprint()).await;
    let entries = app.entries();
    for _ in 0..2 {
        let reply = app.post("/v1/incentives/sprint/pause", &Value::Null).await;
        assert_eq!(reply.body["state"], "paused", "{}", reply.text);
    }
    assert_eq!(app.entries(), entries + 1);
    assert_eq!(app.post("/v1/incentives/sprint/resume", &Value::Null).await.body["state"], "running");
    assert_eq!(app.post("/v1/incentives/sprint/end", &Value::Null).await.body["state"], "ended");
    assert_eq!(app.post("/v1/incentives/sprint/resume", &Value::Null).await.status, StatusCode::CONFLICT);
    assert_eq!(app.put("/v1/incentives/sprint", &sprint()).await.body["code"], "incentive-ended");
    assert_eq!(app.post("/v1/incentives/sprint/sell", &Value::Null).await.body["code"], "no-such-decision");
}

#[tokio::test]
async fn a_budget_only_rises_and_twice_is_once() {
    let app = ready().await;
    let entries = app.entries();
    app.put("/v1/budgets/care", &json!({"currency": "points", "total": 500})).await;
    assert_eq!(app.entries(), entries);
    assert_eq!(
        app.put("/v1/budgets/care", &json!({"currency": "points", "total": 700})).await.body["total"],
        700
    );
    assert_eq!(
        app.put("/v1/budgets/care", &json!({"currency": "points", "total": 600})).await.body["code"],
        "budget-shrinks"
    );
    assert_eq!(
        app.put("/v1/budgets/care", &json!({"currency": "stars", "total": 900})).await.body["code"],
        "currency"
    );
}

#[tokio::test]
async fn the_clock_is_driven_by_request() {
    let app = TestApp::new();
    let reply = app.post("/v1/clock", &json!({"to": "2026-03-02T20:00:00+02:00"})).await;
    assert_eq!(reply.body["now"], "2026-03-02T18:00:00.000Z", "{}", reply.text);
    assert_eq!(app.get("/v1/clock").await.body["driven"], true);
    let reply = app.post("/v1/clock", &json!({"to": "2026-03-02T08:00:00Z"})).await;
    assert_eq!(reply.body["now"], "2026-03-02T18:00:00.000Z");
}

#[tokio::test]
async fn a_server_shows_how_it_is() {
    let app = TestApp::new();
    assert_eq!(app.get("/healthz").await.text, "ok\n");
    assert_eq!(app.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    app.state.front.set_ready(true);
    assert_eq!(app.get("/readyz").await.status, StatusCode::OK);
    assert_eq!(app.get("/metrics").await.status, StatusCode::OK);
    assert_eq!(app.get("/v1/status").await.body["tasks"][0]["lag_blocks"], 2);
    let reply = app.get("/v2/status").await;
    assert_eq!((reply.status, &reply.body["code"]), (StatusCode::NOT_FOUND, &json!("no-such-address")));
    assert!(reply.headers.contains_key("x-request-id"));
    let reply = app.call("DELETE", "/v1/events", "", "").await;
    assert_eq!((reply.status, &reply.body["code"]), (StatusCode::METHOD_NOT_ALLOWED, &json!("method")));
}

#[tokio::test]
async fn a_board_streams_itself_first() {
    use futures_util::StreamExt;
    let app = TestApp::new();
    let request = Request::get("/v1/incentives/sprint/boards/main/stream")
        .header("authorization", format!("Bearer {}", app.token))
        .body(Body::empty())
        .unwrap();
    let response = app.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let first = response.into_body().into_data_stream().next().await.unwrap().unwrap();
    assert!(first.starts_with(b"event: board\ndata: {\"incentive\":\"sprint\""), "{first:?}");
}

#[tokio::test]
async fn an_endpoint_keeps_its_secret_and_shows_it_only_when_it_is_put() {
    let app = TestApp::new();
    let made = app.put("/v1/endpoints/wall", &json!({"url": "https://example.com/hook"})).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let secret = made.body["secret"].as_str().unwrap();
    assert!(standardwebhooks::Webhook::new(secret).is_ok());
    assert!(!app.get("/v1/endpoints").await.text.contains("whsec_"));
    let again =
        app.put("/v1/endpoints/wall", &json!({"url": "https://example.com/other", "disabled": true})).await;
    assert_eq!(
        (&again.body["secret"], &again.body["created"]),
        (&made.body["secret"], &made.body["created"])
    );
    for bad in
        [json!({"url": "ftp://example.com"}), json!({"url": "https://example.com", "secret": "whsec_short"})]
    {
        assert_eq!(app.put("/v1/endpoints/wall", &bad).await.body["code"], "bad-endpoint");
    }
    assert_eq!(app.call("DELETE", "/v1/endpoints/wall", "", "").await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_prize_is_put_once_and_its_stock_is_a_total() {
    let app = ready().await;
    let mug = |stock: i64, reason: &str| json!({"title": "Mug", "stock": stock, "reason": reason});
    let reply = app.put("/v1/prizes/mug", &mug(5, "bought")).await;
    assert_eq!((reply.status, &reply.body["left"]), (StatusCode::CREATED, &json!(5)), "{}", reply.text);
    let entries = app.entries();
    assert_eq!(app.put("/v1/prizes/mug", &mug(5, "bought")).await.status, StatusCode::OK);
    assert_eq!(app.entries(), entries, "the same again changes nothing");
    for (document, code) in [
        (json!({"title": "", "stock": 5}), "bad-prize"),
        (json!({"title": "Mug", "stock": -1}), "bad-prize"),
        (json!({"title": "Mug", "stock": 5, "cost": {"currency": "euro-cents", "units": 0}}), "bad-prize"),
        (json!({"title": "Mug", "stock": 5, "cost": {"currency": "Euro", "units": 1}}), "bad-name"),
        (mug(4, " "), "reason-missing"),
    ] {
        let reply = app.put("/v1/prizes/mug", &document).await;
        assert_eq!(reply.body["code"], code, "{}", reply.text);
    }
    assert_eq!(app.entries(), entries);

    let mut document = sprint();
    document["prizes"] = json!({"mug": 3});
    assert_eq!(app.put("/v1/incentives/sprint", &document).await.status, StatusCode::CREATED);
    assert_eq!(app.get("/v1/prizes").await.body[0]["left"], 2);
    let reply = app.put("/v1/prizes/mug", &mug(2, "stolen")).await;
    assert_eq!((reply.status, &reply.body["code"]), (StatusCode::CONFLICT, &json!("stock-set-aside")));
}

#[tokio::test]
async fn an_allotment_may_hold_several_currencies_and_each_is_checked() {
    let app = ready().await;
    app.put("/v1/budgets/gifts", &json!({"currency": "euro-cents", "total": 50})).await;
    let care = |units: i64| json!({"budget": "care", "currency": "points", "units": units});
    let gifts = |units: i64| json!({"budget": "gifts", "currency": "euro-cents", "units": units});
    let mut document = sprint();
    for (allotment, approval, code) in [
        (json!([care(100), care(1)]), json!([]), "bad-allotment"),
        (json!([care(100), gifts(51)]), json!([]), "over-budget"),
        (json!([care(501), gifts(51)]), json!([]), "over-budget"),
        (json!(care(1)), json!({"currency": "points", "above": -1}), "bad-approval"),
        (
            json!(care(1)),
            json!([{"currency": "points", "above": 1}, {"currency": "points", "above": 2}]),
            "bad-approval",
        ),
    ] {
        (document["allotment"], document["approval"]) = (allotment, approval);
        let reply = app.put("/v1/incentives/sprint", &document).await;
        assert_eq!(reply.body["code"], code, "{}", reply.text);
    }
    (document["allotment"], document["approval"]) = (json!([care(500), gifts(50)]), Value::Null);
    let reply = app.put("/v1/incentives/sprint", &document).await;
    assert_eq!(
        (reply.status, &reply.body["approval"]),
        (StatusCode::CREATED, &Value::Null),
        "{}",
        reply.text
    );
    assert_eq!(reply.body["allotment"].as_array().map(Vec::len), Some(2));
    assert!(app.get("/v1/budgets").await.body.as_array().unwrap().iter().all(|b| b["left"] == 0));
    let one = app.put("/v1/incentives/other", &sprint()).await;
    assert_eq!((one.status, &one.body["code"]), (StatusCode::CONFLICT, &json!("over-budget")));
}

#[tokio::test]
async fn lists_and_exports_say_what_they_take() {
    let app = ready().await;
    for (path, code) in [
        ("/v1/awards?status=lost", "bad-status"),
        ("/v1/payroll?from=2026-03-31&to=2026-03-01", "bad-range"),
        ("/v1/payroll?from=2026-03-01&to=2026-03-01&format=xlsx", "bad-format"),
    ] {
        let reply = app.get(path).await;
        assert_eq!(
            (reply.status, &reply.body["code"]),
            (StatusCode::BAD_REQUEST, &json!(code)),
            "{}",
            reply.text
        );
    }
    assert_eq!(app.post("/v1/awards/nothing/approve", &json!({})).await.status, StatusCode::NOT_FOUND);
    let csv = app.get("/v1/payroll?from=2026-03-01&to=2026-03-01").await;
    assert_eq!(csv.text.trim_end(), crate::payroll::COLUMNS.join(","));
}
