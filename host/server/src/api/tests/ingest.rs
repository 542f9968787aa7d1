use plaudit_core::event::Value as Field;

use super::*;

#[tokio::test]
async fn an_event_enters_with_declared_fields_and_an_opaque_agent_only() {
    let app = TestApp::new();
    let reply =
        app.call("POST", "/v1/events", "application/cloudevents+json", contact("c1").to_string()).await;
    assert_eq!((reply.status, &reply.body["accepted"]), (StatusCode::OK, &json!(1)), "{}", reply.text);
    let events = app.events();
    assert_eq!(events[0].subject, Subject::agent(identity().opaque("E1")));
    assert_eq!(events[0].fields, [("handle_s".into(), Field::Number(240.0))]);
}

#[tokio::test]
async fn a_batch_keeps_the_good_ones_and_names_the_others() {
    let app = TestApp::new();
    let mut bad = contact("c2");
    bad["time"] = json!("yesterday");
    let mut ahead = contact("c3");
    ahead["time"] = json!("2026-03-02T09:06:00Z");
    let batch = json!([contact("c1"), bad, contact("c1"), ahead]);
    let reply = app.call("POST", "/v1/events", "application/cloudevents-batch+json", batch.to_string()).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert_eq!((&reply.body["accepted"], &reply.body["duplicates"]), (&json!(1), &json!(1)));
    let rejected = reply.body["rejected"].as_array().unwrap();
    assert_eq!(rejected.len(), 2);
    assert_eq!(
        (&rejected[0]["index"], &rejected[0]["id"], &rejected[0]["field"]),
        (&json!(1), &json!("c2"), &json!("time"))
    );
    assert_eq!((&rejected[0]["value"], &rejected[0]["code"]), (&json!("yesterday"), &json!("bad-time")));
    assert_eq!((&rejected[1]["index"], &rejected[1]["code"]), (&json!(3), &json!("time-ahead")));
}

#[tokio::test]
async fn a_single_bad_event_is_a_problem() {
    let app = TestApp::new();
    let mut bad = contact("c1");
    bad["subject"] = json!("boss/E1");
    let reply = app.post("/v1/events", &bad).await;
    assert_eq!(reply.status, StatusCode::BAD_REQUEST);
    assert_eq!(reply.headers["content-type"], "application/problem+json");
    assert_eq!(reply.body["code"], "events-rejected");
    assert_eq!(reply.body["errors"][0]["value"], "boss/E1");
    assert!(reply.body["detail"].as_str().unwrap().starts_with("subject write agent/"), "{}", reply.text);
}

#[tokio::test]
async fn the_same_id_with_other_content_is_refused() {
    let app = TestApp::new();
    app.post("/v1/events", &contact("c1")).await;
    let mut other = contact("c1");
    other["data"]["handle_s"] = json!(1);
    let reply = app.post("/v1/events", &other).await;
    assert_eq!(
        (reply.status, &reply.body["errors"][0]["code"]),
        (StatusCode::BAD_REQUEST, &json!("id-conflict"))
    );
}

#[tokio::test]
async fn limits_have_their_own_answers() {
    let app = TestApp::new();
    let reply = app.call("POST", "/v1/events", "text/xml", "<a/>").await;
    assert_eq!(
        (reply.status, &reply.body["code"]),
        (StatusCode::UNSUPPORTED_MEDIA_TYPE, &json!("media-type"))
    );
    let many = format!("[{}1]", "1,".repeat(10_000));
    let reply = app.call("POST", "/v1/events", "application/json", many).await;
    assert_eq!(
        (reply.status, &reply.body["code"]),
        (StatusCode::PAYLOAD_TOO_LARGE, &json!("too-many-events"))
    );
    let huge = "x".repeat(plaudit_core::limits::REQUEST_BYTES_MAX + 1);
    let reply = app.call("POST", "/v1/events", "application/json", huge).await;
    assert_eq!(
        (reply.status, &reply.body["code"]),
        (StatusCode::PAYLOAD_TOO_LARGE, &json!("body-too-large"))
    );
    app.set_busy();
    let reply = app.post("/v1/events", &contact("c1")).await;
    assert_eq!(
        (reply.status, &reply.headers["retry-after"]),
        (StatusCode::TOO_MANY_REQUESTS, &"3".parse().unwrap())
    );
}

#[tokio::test]
async fn binary_mode_and_lines_are_understood() {
    let app = TestApp::new();
    let mut request = Request::post("/v1/events")
        .header("authorization", format!("Bearer {}", app.token))
        .header("content-type", "application/json; charset=utf-8");
    for (name, value) in contact("c1").as_object().unwrap().iter().filter(|(_, v)| v.is_string()) {
        request = request.header(format!("ce-{name}"), value.as_str().unwrap());
    }
    let reply = app.send(request.body(Body::from(r#"{"handle_s":240}"#)).unwrap()).await;
    assert_eq!(reply.body["accepted"], 1, "{}", reply.text);
    let lines = format!("{}\n{}\n", contact("c1"), contact("c2"));
    let reply = app.call("POST", "/v1/events", "application/x-ndjson", lines).await;
    assert_eq!(
        (&reply.body["duplicates"], &reply.body["accepted"]),
        (&json!(1), &json!(1)),
        "{}",
        reply.text
    );
}

#[tokio::test]
async fn tokens_open_only_their_own_doors() {
    let app = TestApp::new();
    let made = app.post("/v1/tokens", &json!({"name": "acd", "scopes": ["ingest"]})).await;
    assert_eq!(made.status, StatusCode::CREATED);
    let with = |secret: &str, path: &str| {
        let request = Request::post(path).header("authorization", format!("Bearer {secret}"));
        request
            .header("content-type", "application/json")
            .body(Body::from(contact("c1").to_string()))
            .unwrap()
    };
    let secret = made.body["secret"].as_str().unwrap().to_owned();
    assert_eq!(app.send(with(&secret, "/v1/events")).await.status, StatusCode::OK);
    let reply = app.send(with(&secret, "/v1/tokens")).await;
    assert_eq!((reply.status, &reply.body["code"]), (StatusCode::FORBIDDEN, &json!("scope")));
    assert_eq!(app.send(with("plaudit_guess", "/v1/events")).await.status, StatusCode::UNAUTHORIZED);
    let listed = app.get("/v1/tokens").await;
    assert!(!listed.text.contains(&secret));
    let id = made.body["id"].as_str().unwrap();
    assert_eq!(app.call("DELETE", &format!("/v1/tokens/{id}"), "", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(app.send(with(&secret, "/v1/events")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_source_maps_foreign_json() {
    let app = TestApp::new();
    let mapping = include_str!("../../../../../sources/amazon-connect.toml");
    let reply = app.call("PUT", "/v1/sources/amazon-connect", "application/toml", mapping).await;
    assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
    let contact =
        include_str!("../../../tests/fixtures/amazon-connect-disconnected.json").replace("T09:", "T08:");
    let reply = app.call("POST", "/v1/sources/amazon-connect", "application/json", contact.clone()).await;
    assert_eq!(reply.body["accepted"], 1, "{}", reply.text);
    assert_eq!(app.events()[0].field("handle_s"), Some(&Field::Number(240.5)));
    let other = contact.replace("DISCONNECTED", "INITIATED");
    let reply = app.call("POST", "/v1/sources/amazon-connect", "application/json", other).await;
    assert_eq!((reply.status, &reply.body["skipped"]), (StatusCode::OK, &json!(1)));
    let broken = mapping.replace("time = \"item.disconnectTimestamp\"", "time = \"item.\"");
    let reply = app.call("PUT", "/v1/sources/amazon-connect", "application/toml", broken).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.body["detail"].as_str().unwrap().contains("`time`"), "{}", reply.text);
    assert_eq!(app.call("DELETE", "/v1/sources/amazon-connect", "", "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(
        app.call("POST", "/v1/sources/amazon-connect", "application/json", "{}").await.status,
        StatusCode::NOT_FOUND
    );
}
