//! Webhooks: one message a request, signed as Standard Webhooks 1.0 wants it.
//!
//! The body is `{"type", "timestamp", "data"}`. `timestamp` is when it was settled. In `data`, always: `incentive` (`id`,
//! `title`), `time` (of what it is about), `to` (an agent, a team, or null for everyone) and `text` (`locale`,
//! `sentence`, `fact`, `link`). Then, by type:
//!
//! | type | further |
//! |---|---|
//! | `award.granted` | `effect`, `reward`, `because` |
//! | `award.changed` | `effect`, `reward`, `because`, `units` (difference in points) |
//! | `award.reversed` | `effect`, `reward`, `because` |
//! | `award.withheld` | `effect`, `reward`, `reason` |
//! | `praise.sent` | `effect`, `tone` |
//! | `period.closed` | `period`, `podium`: list of `rank`, `subject`, `value` |
//! | `period.final` | `period` |
//! | `draw.sealed` | `period`, `draw`, `list_hash` |
//! | `draw.held` | `period`, `draw`, `winners`: list of `subject`, `reward` |
//! | `incentive.paused` | `fault` |
//! | `kudos.given` | `kudos`, `from`, `words`; `incentive` is null, and what somebody wrote is not told |
//!
//! `effect` names an award for ever: the latest message about it holds. A reward is `{"kind": "points", "currency",
//! "units"}`, `{"kind": "badge", "name", "level", "title"}` or `{"kind": "prize", "name"}`. Receivers repeat work unless
//! they remember `webhook-id`: delivery is at least once.

use chrono::{DateTime, SecondsFormat};
use plaudit_core::{
    Millis,
    event::{Subject, SubjectKind},
    kudos::Giver,
    rule::{Reward, Text, TextValue},
};
use plaudit_store::family::{
    endpoint::Endpoint,
    outbox::{Body, Message, Recipient},
};
use serde_json::{Value, json};

use super::{
    book::Outcome,
    guard::{Client, NoResponse, Response},
};
use crate::texts::{Locale, Reader, Texts};

/// The `type` of a message.
pub(super) fn kind(body: &Body) -> &'static str {
    match body {
        Body::Granted { .. } => "award.granted",
        Body::Changed { .. } => "award.changed",
        Body::Reversed { .. } => "award.reversed",
        Body::Withheld { .. } => "award.withheld",
        Body::Praise { .. } => "praise.sent",
        Body::Closed { .. } => "period.closed",
        Body::DrawSealed { .. } => "draw.sealed",
        Body::DrawHeld { .. } => "draw.held",
        Body::DrawnAgain { .. } => "draw.redrawn",
        Body::Paused { .. } => "incentive.paused",
        Body::Final { .. } => "period.final",
        Body::Proposed { .. } => "award.proposed",
        Body::Approved { .. } => "award.approved",
        Body::Refused { .. } => "award.refused",
        Body::Kudos { .. } => "kudos.given",
    }
}

/// Posts a message. `now_ms` is the machine's time: receivers refuse a timestamp that is far from theirs.
pub(super) async fn send(
    client: &Client,
    texts: &Texts,
    endpoint: &Endpoint,
    message: &Message,
    now_ms: Millis,
) -> Outcome {
    let body = body(texts, message).to_string();
    let timestamp = now_ms / 1000;
    let signed = standardwebhooks::Webhook::new(&endpoint.secret)
        .and_then(|signer| signer.sign(&message.id, timestamp, body.as_bytes()));
    let Ok(signature) = signed else {
        let error = "the endpoint's secret is not `whsec_` and base64: give it a new one".to_owned();
        return Outcome::Dead { error, disable: false };
    };
    let headers = [
        ("webhook-id", message.id.to_string()),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signature),
    ];
    outcome(client.post(&endpoint.url, &headers, body).await)
}

/// What a receiver's answer means.
pub(super) fn outcome(answer: Result<Response, NoResponse>) -> Outcome {
    let answer = match answer {
        Ok(answer) => answer,
        Err(problem) => return no_answer(problem),
    };
    let error = format!("answered {}", answer.status);
    let after = answer.retry_after_s.map(|s| std::time::Duration::from_secs(s.min(24 * 60 * 60)));
    match answer.status {
        200..=299 => Outcome::Sent,
        300..=399 => Outcome::Dead {
            error: format!("{error}: redirects are not followed; give the address it leads to"),
            disable: false,
        },
        410 => Outcome::Dead { error: format!("{error}: gone"), disable: true },
        // Timeout, conflict, too early, too many: said to be over later.
        408 | 409 | 425 | 429 => Outcome::Retry { error, after, all: false, maybe: false },
        400..=499 => Outcome::Dead { error, disable: false },
        _ => Outcome::Retry { error, after, all: false, maybe: true },
    }
}

pub(super) fn no_answer(problem: NoResponse) -> Outcome {
    match problem {
        NoResponse::Refused(refused) => Outcome::Dead { error: refused.to_string(), disable: false },
        NoResponse::NotConnected(error) => {
            Outcome::Retry { error: format!("can't connect: {error}"), after: None, all: false, maybe: false }
        }
        NoResponse::Lost(error) => {
            Outcome::Retry { error: format!("no answer: {error}"), after: None, all: false, maybe: true }
        }
    }
}

/// The JSON body; names are those of now.
pub(super) fn body(texts: &Texts, message: &Message) -> Value {
    let to = match &message.to {
        Recipient::Subject(subject) => shown(texts, subject),
        Recipient::Room => Value::Null,
    };
    let locale = locale(texts, &message.to);
    let is_private = matches!(message.body, Body::Kudos { .. });
    // What somebody wrote is for one person, and for no machine.
    let said = texts.say(locale, message, if is_private { Reader::Others } else { Reader::Self_ });
    let incentive = (!is_private)
        .then(|| json!({ "id": message.incentive, "title": texts.incentive(&message.incentive) }));
    let mut data = json!({
        "incentive": incentive,
        "time": rfc3339(message.time),
        "to": to,
        "text": {
            "locale": locale.tag(),
            "sentence": said.sentence,
            "fact": said.fact,
            "link": said.link.map(|l| l.url),
        },
    });
    if let (Some(data), Value::Object(further)) = (data.as_object_mut(), further(texts, locale, message)) {
        data.extend(further);
    }
    json!({ "type": kind(&message.body), "timestamp": rfc3339(message.at), "data": data })
}

fn further(texts: &Texts, locale: Locale, message: &Message) -> Value {
    let reward = |r: &Reward| reward(texts, locale, message, r);
    let because = |t: &Text| because(texts, t);
    match &message.body {
        Body::Granted { effect, reward: r, because: b } => {
            json!({ "effect": effect, "reward": reward(r), "because": because(b) })
        }
        Body::Changed { effect, reward: r, because: b, units, .. } => {
            json!({ "effect": effect, "reward": reward(r), "because": because(b), "units": units })
        }
        Body::Reversed { effect, reward: r, because: b, .. } => {
            json!({ "effect": effect, "reward": reward(r), "because": because(b) })
        }
        Body::Withheld { effect, reward: r, reason } => {
            json!({ "effect": effect, "reward": reward(r), "reason": reason })
        }
        Body::Praise { effect, tone, .. } => json!({ "effect": effect, "tone": tone }),
        Body::Closed { period, podium } => {
            let row = |r: &plaudit_store::family::outbox::Row| json!({ "rank": r.rank, "subject": shown(texts, &r.subject), "value": r.value });
            json!({ "period": period, "podium": podium.iter().map(row).collect::<Vec<_>>() })
        }
        Body::DrawSealed { period, draw, list_hash } => {
            json!({ "period": period, "draw": draw, "list_hash": list_hash })
        }
        Body::DrawHeld { period, draw, winners } => {
            let winner =
                |(s, r): &(Subject, Reward)| json!({ "subject": shown(texts, s), "reward": reward(r) });
            json!({ "period": period, "draw": draw, "winners": winners.iter().map(winner).collect::<Vec<_>>() })
        }
        Body::DrawnAgain { period, draw, number, winner } => {
            let winner =
                winner.as_ref().map(|(s, r)| json!({ "subject": shown(texts, s), "reward": reward(r) }));
            json!({ "period": period, "draw": draw, "number": number, "winner": winner })
        }
        Body::Paused { fault } => json!({ "fault": fault }),
        Body::Final { period } => json!({ "period": period }),
        Body::Proposed { effect, reward: r, because: b } => {
            json!({ "effect": effect, "reward": reward(r), "because": because(b) })
        }
        Body::Approved { effect, reward: r, by } => {
            json!({ "effect": effect, "reward": reward(r), "by": by })
        }
        Body::Refused { effect, reward: r, by, reason } => {
            json!({ "effect": effect, "reward": reward(r), "by": by, "reason": reason })
        }
        Body::Kudos { kudos, from, words } => {
            let from = match from {
                Giver::Agent(id) => shown(texts, &Subject::agent(id.clone())),
                Giver::Account(id) => json!({ "kind": "account", "id": id, "external_id": null,
                    "name": texts.giver_name(from) }),
            };
            json!({ "kudos": kudos, "from": from, "words": words })
        }
    }
}

fn reward(texts: &Texts, locale: Locale, message: &Message, reward: &Reward) -> Value {
    match reward {
        Reward::Points { currency, units } => {
            json!({ "kind": "points", "currency": currency, "units": units })
        }
        Reward::Badge { name, level } => {
            let title = texts.reward(locale, &message.incentive, &message.plugin, reward);
            json!({ "kind": "badge", "name": name, "level": level, "title": title })
        }
        Reward::Prize(name) => json!({ "kind": "prize", "name": name }),
    }
}

/// `{"message", "arguments": {…}}`; a person or team as in `to`, a day as `2026-03-02`.
fn because(texts: &Texts, text: &Text) -> Value {
    let argument = |value: &TextValue| match value {
        TextValue::Number(number) => json!(number),
        TextValue::Text(text) => json!(text),
        TextValue::Agent(id) => shown(texts, &Subject::agent(id.clone())),
        TextValue::Team(id) => shown(texts, &Subject::team(id.clone())),
        TextValue::Day(day) => json!(chrono::NaiveDate::from_epoch_days(*day).map(|d| d.to_string())),
    };
    let arguments: serde_json::Map<_, _> =
        text.arguments.iter().map(|(n, v)| (n.clone(), argument(v))).collect();
    json!({ "message": text.message, "arguments": arguments })
}

/// `{"kind", "id", "external_id", "name"}`: `id` is the house's opaque one; the others are null for teams' external ids
/// and for people who were erased.
fn shown(texts: &Texts, subject: &Subject) -> Value {
    match subject.kind {
        SubjectKind::Agent => {
            let person = texts.names().person(&subject.id).filter(|p| !p.erased);
            let filled = |text: String| (!text.is_empty()).then_some(text);
            let (external_id, name) =
                person.map_or((None, None), |p| (filled(p.external_id), filled(p.name)));
            json!({ "kind": "agent", "id": subject.id, "external_id": external_id, "name": name })
        }
        SubjectKind::Team => {
            json!({ "kind": "team", "id": subject.id, "external_id": null, "name": texts.names().team(&subject.id) })
        }
        SubjectKind::Queue => json!({ "kind": "queue", "id": subject.id, "external_id": null, "name": null }),
    }
}

/// The language of the one it is for; English for teams and rooms.
fn locale(texts: &Texts, to: &Recipient) -> Locale {
    match to {
        Recipient::Subject(subject) if subject.kind == SubjectKind::Agent => {
            texts.names().person(&subject.id).map_or(Locale::En, |p| Locale::closest(&p.locale))
        }
        _ => Locale::En,
    }
}

fn rfc3339(at: Millis) -> Option<String> {
    DateTime::from_timestamp_millis(at).map(|t| t.to_rfc3339_opts(SecondsFormat::Millis, true))
}
