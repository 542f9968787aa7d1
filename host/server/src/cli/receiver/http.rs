//! The chat workspace and the webhook endpoint.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    routing::{get, post},
};
use serde_json::{Value, json};
use standardwebhooks::{HEADER_WEBHOOK_ID, Webhook};

use super::ledger::{Ledger, Summary};

/// Largest request, in bytes.
const BODY_BYTES_MAX: usize = 1024 * 1024;

#[derive(Clone)]
struct Desk {
    ledger: Arc<Ledger>,
    verifier: Option<Arc<Webhook>>,
    show_webhooks: bool,
}

pub(super) fn router(ledger: Arc<Ledger>, verifier: Option<Arc<Webhook>>, show_webhooks: bool) -> Router {
    Router::new()
        .route("/api/chat.postMessage", post(post_message))
        .route("/hooks/room", post(room))
        .route("/webhook", post(webhook))
        .route("/summary", get(summary))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(Desk { ledger, verifier, show_webhooks })
}

async fn summary(State(desk): State<Desk>) -> Json<Summary> {
    Json(desk.ledger.summary())
}

/// As Slack's method: errors are answered with 200 and `ok: false`.
async fn post_message(State(desk): State<Desk>, body: Bytes) -> Json<Value> {
    let Ok(message) = serde_json::from_slice::<Value>(&body) else {
        return Json(json!({ "ok": false, "error": "invalid_json" }));
    };
    let Some(channel) = message["channel"].as_str().filter(|channel| !channel.is_empty()) else {
        return Json(json!({ "ok": false, "error": "channel_not_found" }));
    };
    let Some(text) = said(&message) else {
        return Json(json!({ "ok": false, "error": "no_text" }));
    };
    let ledger = &desk.ledger;
    ledger.printer.message("chat", &ledger.people.shown(channel), &text);
    let mut nth = 0;
    ledger.count(|summary| {
        summary.chat.direct += 1;
        nth = summary.chat.direct;
    });
    // A message's name in a channel is its time; a count does as well.
    Json(json!({ "ok": true, "channel": channel, "ts": format!("{nth}.000000") }))
}

/// As Slack's incoming webhooks: plain `ok`, or what is wrong.
async fn room(State(desk): State<Desk>, body: Bytes) -> (StatusCode, &'static str) {
    let Ok(message) = serde_json::from_slice::<Value>(&body) else {
        return (StatusCode::BAD_REQUEST, "invalid_payload");
    };
    let Some(text) = said(&message) else {
        return (StatusCode::BAD_REQUEST, "no_text");
    };
    desk.ledger.printer.message("room", "everyone", &text);
    desk.ledger.count(|summary| summary.chat.room += 1);
    (StatusCode::OK, "ok")
}

async fn webhook(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let ledger = &desk.ledger;
    let genuine = desk.verifier.as_ref().is_some_and(|verifier| verifier.verify(&body, &headers).is_ok());
    let id = headers.get(HEADER_WEBHOOK_ID).and_then(|id| id.to_str().ok());
    let (true, Some(id)) = (genuine, id) else {
        ledger.count(|summary| summary.webhooks.bad_signature += 1);
        ledger.printer.message("hook", "refused", "the signature or the timestamp of a webhook is wrong");
        return StatusCode::UNAUTHORIZED;
    };
    let message: Value = serde_json::from_slice(&body).unwrap_or_default();
    let kind = message["type"].as_str().unwrap_or("(no type)");
    match ledger.webhook(id, kind) {
        None => StatusCode::SERVICE_UNAVAILABLE,
        Some(is_new) => {
            if is_new && desk.show_webhooks {
                let data = message.get("data").unwrap_or(&message);
                ledger.printer.message("hook", kind, &data.to_string());
            }
            StatusCode::NO_CONTENT
        }
    }
}

/// What a person reads: the text, else the texts of the blocks.
fn said(message: &Value) -> Option<String> {
    let plain = message["text"].as_str().filter(|text| !text.trim().is_empty());
    let blocks = || {
        let blocks = message["blocks"].as_array()?;
        let texts: Vec<&str> = blocks.iter().filter_map(|block| block["text"]["text"].as_str()).collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    };
    plain.map(ToOwned::to_owned).or_else(blocks)
}
