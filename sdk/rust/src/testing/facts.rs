//! What a test has told, kept so that it can be played again in another order.

use std::rc::Rc;

use crate::plan::Plan;
use crate::time::Millis;
use crate::wit::{self, NONE};

/// Something that was told, with when it happened.
pub(super) struct Fact {
    pub(super) time: Millis,
    /// Who was there when it was told, in which team and zone.
    pub(super) world: Rc<World>,
    pub(super) act: Act,
}

/// What can be told.
pub(super) enum Act {
    /// Time passes, up to the fact's time, inclusive.
    Pass,
    /// An event, or somebody joins or leaves.
    Step(Step),
    /// A period of this name closes.
    Close(String),
}

/// Agents and zones at one time.
pub(super) struct World {
    pub(super) agents: Vec<wit::Agent>,
    pub(super) zones: Vec<wit::Zone>,
}

/// A step of a batch before it is one.
pub(super) struct Step {
    pub(super) key: String,
    pub(super) kind: u8,
    pub(super) agent: u32,
    /// Name, numerator, denominator.
    pub(super) metrics: Vec<(String, f64, f64)>,
    pub(super) attributes: Vec<(String, String)>,
}

impl Step {
    pub(super) fn entity(&self) -> &str {
        self.attributes.iter().find(|(name, _)| name == "entity").map_or("", |(_, entity)| entity)
    }

    /// Puts the step into an empty batch; gives whether the rule hears of it at all.
    pub(super) fn fill(&self, plan: &Plan, time: Millis, batch: &mut wit::Batch) -> bool {
        let metrics: Vec<_> = plan.metrics().iter().map(|name| self.metric(name)).collect();
        let is_planned = self.kind != super::EVENT || metrics.iter().any(|m| !m.values[0].is_nan());
        (batch.kind, batch.slot_of) = (vec![self.kind], vec![0]);
        (batch.agent_of, batch.time) = (vec![self.agent], vec![time]);
        batch.metrics = metrics;
        batch.attributes = plan.attributes().iter().map(|name| self.text(name)).collect();
        is_planned
    }

    /// The step's entry of a planned metric.
    fn metric(&self, name: &str) -> wit::MetricColumn {
        match self.metrics.iter().find(|(n, ..)| n == name) {
            Some((_, value, weight)) => wit::MetricColumn { values: vec![*value], weights: vec![*weight] },
            None => wit::MetricColumn { values: vec![f64::NAN], weights: vec![] },
        }
    }

    fn text(&self, name: &str) -> wit::TextColumn {
        match self.attributes.iter().find(|(n, _)| n == name) {
            Some((_, word)) => wit::TextColumn { words: vec![word.clone()], at: vec![0] },
            None => wit::TextColumn { words: vec![], at: vec![NONE] },
        }
    }
}
