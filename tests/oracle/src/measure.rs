//! What an event says of a metric, for the catalogue that the histories use: the one that a new house starts with, and
//! `punctuality`, a ratio whose denominator may be 0.

use plaudit_core::event::{Event, Value};

/// Numerator and denominator of a ratio; of any other metric its value and 1. `None`: the event does not have it.
///
/// # Panics
/// If the metric is one that no history has.
pub(crate) fn measure(metric: &str, event: &Event) -> Option<(f64, f64)> {
    let number = |field: &str| match event.field(field) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let yes = |field: &str| matches!(event.field(field), Some(Value::Bool(true)));
    let text = |field: &str| match event.field(field) {
        Some(Value::Text(text)) => text.to_string(),
        _ => String::new(),
    };
    let of = |kind: &str| &*event.kind == kind;
    let one = |holds: bool| holds.then_some((1.0, 1.0));
    match metric {
        "calls" => one(of("contact.completed")),
        "handle-time" if of("contact.completed") => Some((number("handle_s")?, 1.0)),
        "hard-contacts" => one(of("contact.completed") && yes("hard")),
        "csat" if of("survey.answered") => Some((number("csat")?, 1.0)),
        "quality" if of("quality.evaluated") => Some((number("score")?, 1.0)),
        "complaints" => one(of("complaint.filed")),
        "sales-amount" if of("sale.closed") => Some((number("amount")?, 1.0)),
        "worked-hours" if of("agent.state") && ["ready", "busy"].contains(&&*text("state")) => {
            Some((number("seconds")? / 3600.0, 1.0))
        }
        "punctuality" if of("shift.ended") => Some((number("adherent_s")?, number("scheduled_s")?)),
        "absent" => one(of("shift.ended") && yes("absent")),
        "shift" => one(of("shift.ended") && !yes("absent")),
        "service-level" if of("queue.interval") && number("offered")? > 0.0 => {
            Some((number("in_target")?, number("offered")?))
        }
        "handle-time" | "csat" | "quality" | "sales-amount" | "worked-hours" | "punctuality"
        | "service-level" => None,
        other => panic!("no history has the metric {other:?}"),
    }
}

/// The value of a metric: of a ratio the quotient, if the denominator is not 0.
pub(crate) fn value(metric: &str, event: &Event) -> Option<f64> {
    let (value, weight) = measure(metric, event)?;
    (weight != 0.0).then(|| value / weight)
}

/// Adds up in whole billionths, so that ten times 0.1 is 1 and no order matters.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum(i128);

impl Sum {
    /// Adds a value, to the nearest billionth.
    pub(crate) fn add(&mut self, value: f64) {
        self.0 += (value * 1e9).round_ties_even() as i128;
    }

    /// The sum.
    pub(crate) fn get(self) -> f64 {
        self.0 as f64 / 1e9
    }
}
