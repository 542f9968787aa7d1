//! The way from the systems to us: late, twice, corrected, taken back, and not always in order.

use serde_json::json;

use super::{
    after::Fact,
    event::{Posted, Second, Timed},
    random::Chance,
};

/// Nothing is later than this, so that a day comes to an end.
pub(crate) const LATE_S_MAX: Second = 6 * 3600;

/// How often what goes wrong, as probabilities per event.
const LATE: f64 = 0.02;
const REPEATED: f64 = 0.007;
const CORRECTED: f64 = 0.01;
const RETRACTED: f64 = 0.003;

/// Sends one fact off and says what arrives and when.
pub(crate) fn send(seed: u64, fact: Fact, arrivals: &mut Vec<Timed>) {
    let Fact { event, known_at } = fact;
    let chance = &mut Chance::named(seed, &["way", &event.source, &event.id]);
    let way = if chance.is(LATE) { late_s(chance) } else { chance.whole(0, 12) };
    let arrives = known_at + way;
    if chance.is(REPEATED) {
        arrivals.push(Timed { arrives: arrives + chance.whole(1, 600), event: event.clone() });
    }
    if chance.is(CORRECTED)
        && let Some(corrected) = corrected(&event, chance)
    {
        arrivals.push(Timed { arrives: known_at + late_s(chance), event: corrected });
    } else if chance.is(RETRACTED) && may_be_wrong(event.kind) {
        let id = format!("{}-r2", event.id);
        let retracted = Posted { id, revision: 2, retracted: true, ..event.clone() };
        arrivals.push(Timed { arrives: known_at + late_s(chance), event: retracted });
    }
    arrivals.push(Timed { arrives, event });
}

/// Minutes to hours, mostly within the half hour.
fn late_s(chance: &mut Chance) -> Second {
    (chance.log_normal(1500.0, 1.0) as Second).clamp(60, LATE_S_MAX)
}

/// What the phone system and the planners count is right; what people judge and enter may be wrong.
fn may_be_wrong(kind: &str) -> bool {
    matches!(
        kind,
        "contact.completed" | "survey.answered" | "quality.evaluated" | "complaint.filed" | "sale.closed"
    )
}

/// The second revision of what may have been entered wrong.
fn corrected(event: &Posted, chance: &mut Chance) -> Option<Posted> {
    let mut data = event.data.clone();
    match event.kind {
        "contact.completed" => data.insert("resolved", json!(!event.flag("resolved"))),
        "survey.answered" => {
            let csat = event.number("csat") as i64;
            data.insert("csat", json!(if csat == 5 { 4 } else { csat + 1 }))
        }
        "quality.evaluated" => {
            let score = event.number("score") as i64 + chance.whole(3, 8);
            data.insert("score", json!(score.min(100)))
        }
        "sale.closed" => {
            let amount = (event.number("amount") * chance.between(0.5, 0.95) * 100.0).round() / 100.0;
            data.insert("amount", json!(amount))
        }
        _ => return None,
    };
    Some(Posted { id: format!("{}-r2", event.id), revision: 2, data, ..event.clone() })
}
