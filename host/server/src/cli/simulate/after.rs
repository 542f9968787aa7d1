//! What follows a contact: ratings, evaluations, complaints, orders.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{
    event::{Data, Posted, Second},
    line::Contact,
    random::Chance,
    world::{Purpose, World},
};

/// How much each of a site's evaluators gives more or less than their colleagues, in points of 100.
const SEVERITY: [f64; 3] = [-5.0, 0.0, 4.0];
const PRODUCTS: &[&str] = &["fibre-300", "fibre-1000", "mobile-20", "mobile-unlimited", "home-care"];

/// An event, and when the system that knows it sends it.
pub(crate) struct Fact {
    pub(crate) event: Posted,
    pub(crate) known_at: Second,
}

/// A fact as a builder: what all kinds share.
pub(crate) fn fact(
    kind: &'static str,
    source: String,
    id: String,
    subject: String,
    time: Second,
    known_at: Second,
    fields: &[(&'static str, Value)],
) -> Fact {
    let data: Data = fields.iter().cloned().collect();
    let event =
        Posted { entity: id.clone(), id, source, kind, subject, time, revision: 0, retracted: false, data };
    Fact { event, known_at }
}

/// What customers say and buy after one contact.
pub(crate) fn customer(world: &World, contact: &Contact, facts: &mut Vec<Fact>) {
    let chance = &mut Chance::named(world.seed, &["after", &contact.id]);
    let team = &world.teams[world.agents[contact.agent].team];
    let channel = team.queues[contact.queue].channel;
    let pleased = pleased(world, contact, chance);
    let asked = match channel {
        "voice" => 0.18,
        "chat" => 0.22,
        _ => 0.08,
    };
    if chance.is(asked) {
        facts.push(survey(world, contact, pleased, chance));
    }
    let angry = if contact.hard && !contact.resolved { 0.02 } else { 0.0015 };
    if chance.is(angry) {
        facts.push(complaint(world, contact, chance));
    }
    let willing = match team.purpose {
        Purpose::Sales => 0.14 + 0.03 * world.agents[contact.agent].traits.skill,
        Purpose::Service | Purpose::Support => 0.012,
    };
    if channel != "mail" && chance.is(willing) {
        facts.push(sale(world, contact, chance));
    }
}

/// On a scale of which 1 to 5 are shown.
fn pleased(world: &World, contact: &Contact, chance: &mut Chance) -> f64 {
    let traits = world.agents[contact.agent].traits;
    let patience_lost = (contact.wait_s as f64 / 300.0).min(1.5) * 0.5;
    let unresolved = if contact.resolved { 0.0 } else { 0.7 };
    let hard = if contact.hard { 0.35 } else { 0.0 };
    4.45 + 0.3 * traits.warmth + 0.15 * traits.skill + 0.3 * contact.mood - patience_lost - unresolved - hard
        + 0.75 * chance.normal()
}

fn survey(world: &World, contact: &Contact, pleased: f64, chance: &mut Chance) -> Fact {
    let agent = &world.agents[contact.agent];
    let answered = contact.end() + (chance.log_normal(480.0, 1.0) as Second).clamp(20, 6 * 3600);
    let mut fields = vec![
        ("csat", json!(pleased.round().clamp(1.0, 5.0) as i64)),
        ("queue", json!(world.teams[agent.team].queues[contact.queue].id)),
        ("contact", json!(contact.id)),
    ];
    if chance.is(0.6) {
        let nps = (pleased * 2.1 + 0.8 * chance.normal()).round().clamp(0.0, 10.0) as i64;
        fields.push(("nps", json!(nps)));
    }
    let id = contact.id.replacen('C', "S", 1);
    let subject = format!("agent/{}", agent.id);
    fact("survey.answered", "/survey".into(), id, subject, answered, answered + chance.whole(1, 9), &fields)
}

fn complaint(world: &World, contact: &Contact, chance: &mut Chance) -> Fact {
    let filed = contact.end() + (chance.log_normal(5400.0, 0.8) as Second).clamp(600, 8 * 3600);
    let severity = [1, 1, 1, 2, 2, 3][chance.whole(0, 5) as usize];
    let subject = format!("agent/{}", world.agents[contact.agent].id);
    let id = contact.id.replacen('C', "K", 1);
    let known_at = filed + chance.whole(5, 300);
    fact("complaint.filed", "/crm".into(), id, subject, filed, known_at, &[("severity", json!(severity))])
}

fn sale(world: &World, contact: &Contact, chance: &mut Chance) -> Fact {
    let agent = &world.agents[contact.agent];
    let currency = world.site_of(agent.team).currency;
    let rate = if currency == "CNY" { 7.8 } else { 1.0 };
    let amount = (chance.log_normal(58.0, 0.6) * rate * 100.0).round() / 100.0;
    let closed = contact.start + contact.talk_s;
    let fields =
        [("amount", json!(amount)), ("currency", json!(currency)), ("product", json!(chance.pick(PRODUCTS)))];
    let id = contact.id.replacen('C', "O", 1);
    let subject = format!("agent/{}", agent.id);
    fact("sale.closed", "/crm".into(), id, subject, closed, closed + chance.whole(1, 20), &fields)
}

/// Two shifts in five, a colleague from quality listens to one of the contacts.
pub(crate) fn evaluation(world: &World, agent: usize, day: NaiveDate, contacts: &[&Contact]) -> Option<Fact> {
    let person = &world.agents[agent];
    let chance = &mut Chance::named(world.seed, &["quality", &person.id, &day.to_string()]);
    if contacts.is_empty() || !chance.is(0.4) {
        return None;
    }
    let contact = *chance.pick(contacts);
    let evaluator = chance.whole(0, SEVERITY.len() as i64 - 1) as usize;
    let critical = chance.is(0.025);
    let traits = person.traits;
    let earned = 82.0 + 5.0 * traits.skill + 3.0 * traits.warmth + 3.0 * contact.mood + 4.0 * chance.normal()
        - if contact.hard { 3.0 } else { 0.0 };
    let given = (earned + SEVERITY[evaluator]).round().clamp(0.0, if critical { 50.0 } else { 100.0 });
    let site = world.site_of(person.team).id;
    let done = contact.end() + chance.whole(20 * 60, 4 * 3600);
    let fields = [
        ("score", json!(given as i64)),
        ("evaluator", json!(format!("QA-{site}-{}", evaluator + 1))),
        ("critical", json!(critical)),
    ];
    let id = contact.id.replacen('C', "Q", 1);
    let subject = format!("agent/{}", person.id);
    Some(fact("quality.evaluated", "/quality".into(), id, subject, done, done + chance.whole(2, 60), &fields))
}
