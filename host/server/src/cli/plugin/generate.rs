//! A made-up history for a rule: events that its own metrics look at, over some days, with equal times and corrections.

use std::collections::BTreeSet;

use plaudit_core::{
    DAY_MS, Id, Millis,
    event::{Event, Subject, Value},
    metric::{CompiledMetric, EventContext},
    rule::Plan,
};

/// 2026-03-02, a Monday, 00:00 UTC: the day on which every made-up history begins.
pub(super) const MONDAY: Millis = 1_772_409_600_000;
const MINUTE: Millis = 60_000;
/// Values that a field may have; a metric says which of them it can use.
const NUMBERS: [f64; 10] = [5.0, 4.0, 1.0, 5.0, 3.0, 2.0, 5.0, 30.0, 90.0, 3600.0];
const WORDS: [&str; 6] = ["voice", "chat", "mail", "ready", "busy", "sales"];

/// How much is made up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) agents: usize,
    pub(super) days: i64,
    /// Events of each agent in a day.
    pub(super) events: usize,
    pub(super) seed: u64,
}

/// A random number generator that anybody can repeat: SplitMix64.
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `bound`, which is not 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> Option<T> {
        let index = self.below(items.len() as u64) as usize;
        items.get(index).copied()
    }
}

/// Events in the order of their times; corrections come as they were told.
pub(super) fn history(plan: &Plan, metrics: &[CompiledMetric], size: Size) -> Vec<Event> {
    let mut dice = Dice::new(size.seed);
    let shapes = shapes(plan, metrics);
    let mut events = Vec::new();
    if shapes.is_empty() {
        return events;
    }
    for day in 0..size.days {
        for agent in 0..size.agents {
            let agent: Id = format!("agent-{}", agent + 1).into();
            for _ in 0..size.events {
                let Some(shape) = shapes.get(dice.below(shapes.len() as u64) as usize) else { continue };
                // Whole minutes of a working day: equal times are common.
                let at = MONDAY + day * DAY_MS + (8 * 60 + dice.below(9 * 60) as i64) * MINUTE;
                let number = events.len();
                let event = shape.event(&mut dice, &agent, at, number, metrics);
                if dice.below(12) == 0 {
                    events.push(correction(&mut dice, &event, shape, metrics));
                }
                events.push(event);
            }
        }
    }
    events.sort_by(|a, b| (a.time, &a.id).cmp(&(b.time, &b.id)));
    events
}

/// Another version of a fact: another value, or none.
fn correction(dice: &mut Dice, event: &Event, shape: &Shape, metrics: &[CompiledMetric]) -> Event {
    let subject = event.subject.id.clone();
    let mut other = shape.event(dice, &subject, event.time, 0, metrics);
    other.id = format!("{}-corrected", event.id).into();
    other.entity.clone_from(&event.entity);
    other.revision = 1;
    other.retracted = dice.below(3) == 0;
    other
}

/// An event type with the fields that metrics and plan read of it.
struct Shape {
    kind: Id,
    fields: BTreeSet<Id>,
    attributes: BTreeSet<Id>,
}

fn shapes(plan: &Plan, metrics: &[CompiledMetric]) -> Vec<Shape> {
    let kinds: BTreeSet<Id> = metrics.iter().flat_map(|metric| metric.definition().types.clone()).collect();
    let attributes: BTreeSet<Id> = plan
        .attributes
        .iter()
        .filter(|name| !matches!(name.as_str(), "type" | "entity"))
        .map(|name| Id::from(name.as_str()))
        .collect();
    let shape = |kind: Id| {
        let of_kind = metrics.iter().filter(|metric| metric.definition().types.contains(&kind));
        let fields = of_kind.flat_map(CompiledMetric::fields).collect();
        Shape { fields, attributes: attributes.clone(), kind }
    };
    kinds.into_iter().map(shape).collect()
}

impl Shape {
    /// An event that, if it can be found within some throws, has one of the metrics.
    fn event(
        &self,
        dice: &mut Dice,
        agent: &Id,
        time: Millis,
        number: usize,
        metrics: &[CompiledMetric],
    ) -> Event {
        let mut event = Event {
            source: "/made-up".into(),
            id: format!("event-{number}").into(),
            kind: self.kind.clone(),
            subject: Subject::agent(agent.clone()),
            time,
            entity: Some(format!("entity-{number}").into()),
            revision: 0,
            retracted: false,
            fields: Vec::new(),
        };
        for _ in 0..32 {
            event.fields = self.throw(dice);
            let context = EventContext::new(&event);
            let has = |metric: &CompiledMetric| {
                metric.definition().types.contains(&self.kind)
                    && matches!(metric.evaluate(&context), Ok(Some(_)))
            };
            if metrics.iter().any(has) {
                break;
            }
        }
        event
    }

    fn throw(&self, dice: &mut Dice) -> Vec<(Id, Value)> {
        let mut fields: Vec<(Id, Value)> = Vec::new();
        for name in &self.fields {
            let value = match dice.below(4) {
                0 => Value::Bool(dice.below(2) == 0),
                1 => Value::Text(dice.pick(&WORDS).unwrap_or("voice").into()),
                _ => Value::Number(dice.pick(&NUMBERS).unwrap_or(1.0)),
            };
            fields.push((name.clone(), value));
        }
        for name in self.attributes.iter().filter(|name| !self.fields.contains(*name)) {
            fields.push((name.clone(), Value::Text(dice.pick(&WORDS).unwrap_or("voice").into())));
        }
        fields.sort_by(|a, b| a.0.cmp(&b.0));
        fields
    }
}

#[cfg(test)]
mod tests {
    use plaudit_core::metric::compile;

    use super::*;
    use crate::config::catalogue;

    #[test]
    fn every_metric_of_the_catalogue_is_met_and_a_seed_repeats_itself() {
        let metrics = catalogue::default().expect("the default catalogue").metrics;
        let size = Size { agents: 3, days: 4, events: 10, seed: 1 };
        for definition in metrics.iter().filter(|metric| &*metric.types[0] != "queue.interval") {
            let metric = [compile(definition).expect("a good metric")];
            let plan: Plan = serde_json::from_str(r#"{"key":"agent"}"#).expect("a plan");
            let events = history(&plan, &metric, size);
            let met =
                events.iter().filter(|e| matches!(metric[0].evaluate(&EventContext::new(e)), Ok(Some(_))));
            assert!(met.count() * 2 > events.len(), "{} is seldom met", definition.name);
            assert_eq!(events, history(&plan, &metric, size));
            assert!(events.iter().any(|event| event.revision > 0));
        }
    }
}
