//! Chat: `chat.postMessage` of Slack's Web API to a person, an incoming webhook to a room.
//!
//! <https://docs.slack.dev/reference/methods/chat.postMessage>. A private message is addressed by member id, never by
//! channel.

use plaudit_store::family::delivery::Delivery;
use serde_json::{Value, json};

use super::{
    blocks,
    book::Outcome,
    config::{ChatConfig, RoomConfig},
    guard::Client,
    webhook,
};
use crate::texts::{Locale, Reader, Texts};

/// Errors that go away, by themselves or when the operator mends the token.
const ERRORS_TO_RETRY: [&str; 15] = [
    "ratelimited",
    "rate_limited",
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "team_added_to_org",
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "missing_scope",
    "no_permission",
    "org_login_required",
];

/// Posts to an agent.
pub(super) async fn send(
    client: &Client,
    texts: &Texts,
    config: &ChatConfig,
    agent: &str,
    id: u64,
    delivery: &Delivery,
) -> Outcome {
    let person = texts.names().person(agent).filter(|p| !p.erased);
    let Some((member, locale)) = person.and_then(|p| Some((p.chat?, Locale::closest(&p.locale)))) else {
        return Outcome::NoChannel { error: "no chat address any more".to_owned() };
    };
    let message = blocks::render(texts, locale, &delivery.messages, Reader::Self_);
    let ids: Vec<_> = delivery.messages.iter().map(|m| &m.id).collect();
    let body = json!({
        "channel": member,
        "text": message.text,
        "blocks": message.blocks,
        "unfurl_links": false,
        // Receivers that want to drop repetitions find the ids here.
        "metadata": { "event_type": "plaudit_delivery", "event_payload": { "delivery": id, "messages": ids } },
    });
    let url = format!("{}/chat.postMessage", config.api.trim_end_matches('/'));
    let headers = [("authorization", format!("Bearer {}", config.token))];
    match client.post(&url, &headers, body.to_string()).await {
        Ok(answer) if (200..300).contains(&answer.status) => judge(&answer.body),
        answer => everyone_waits(webhook::outcome(answer)),
    }
}

/// Posts to a room.
pub(super) async fn send_to_room(client: &Client, texts: &Texts, room: &RoomConfig, delivery: &Delivery) -> Outcome {
    let message = blocks::render(texts, room.locale, &delivery.messages, Reader::Others);
    let body = json!({ "text": message.text, "blocks": message.blocks });
    webhook::outcome(client.post(&room.url, &[], body.to_string()).await)
}

/// The API answers 200 to much that went wrong.
fn judge(body: &[u8]) -> Outcome {
    let answer: Value = match serde_json::from_slice(body) {
        Ok(answer) => answer,
        Err(_) => {
            let error = "the chat service's answer is no JSON".to_owned();
            return Outcome::Retry { error, after: None, all: false, maybe: true };
        }
    };
    if answer["ok"] == json!(true) {
        return Outcome::Sent;
    }
    let error: String = answer["error"].as_str().unwrap_or("no `ok` and no `error`").chars().take(100).collect();
    let again = ERRORS_TO_RETRY.contains(&error.as_str());
    let error = format!("the chat service says `{error}`");
    if again {
        Outcome::Retry { error, after: None, all: false, maybe: false }
    } else {
        Outcome::Dead { error, disable: false }
    }
}

/// The limit is the workspace's: when one has to wait, all do.
fn everyone_waits(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Retry { error, after: Some(after), maybe, .. } => {
            Outcome::Retry { error, after: Some(after), all: true, maybe }
        }
        Outcome::Dead { error, .. } => Outcome::Dead { error, disable: false },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_services_errors_are_told_apart() {
        assert_eq!(judge(br#"{"ok":true,"ts":"1.2"}"#), Outcome::Sent);
        assert!(matches!(judge(br#"{"ok":false,"error":"channel_not_found"}"#), Outcome::Dead { disable: false, .. }));
        assert!(matches!(judge(br#"{"ok":false,"error":"ratelimited"}"#), Outcome::Retry { maybe: false, .. }));
        assert!(matches!(judge(br#"{"ok":false,"error":"invalid_auth"}"#), Outcome::Retry { .. }));
        assert!(matches!(judge(b"<html>"), Outcome::Retry { maybe: true, .. }));
        assert!(matches!(judge(b"{}"), Outcome::Dead { .. }));
    }
}
