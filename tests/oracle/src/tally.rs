//! A state of its own in each period: no official rule has one, so the proofs have a rule that does.
//!
//! Facts of a metric are counted within a period; each so many give points. After so many hours without one, if the period
//! is not over by then, a badge says how many there were.

use plaudit_core::{Millis, rule::Reward};
use serde::Deserialize;

use crate::{
    clock::{HOUR, Period},
    wanted::{Award, Id, Said, Wanted},
    world::World,
};

/// As the proofs write it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    metric: String,
    every: usize,
    points: i64,
    rest_hours: i64,
}

impl Settings {
    /// The metrics that are asked for.
    pub(crate) fn asks_for(&self) -> Vec<String> {
        vec![self.metric.clone()]
    }

    /// Counts an agent's facts, period by period.
    pub(crate) fn count(
        &self,
        world: &World,
        agent: &str,
        periods: &[Period],
        until: Millis,
        wanted: &mut Wanted,
    ) {
        let times: Vec<Millis> = world.facts_of_agent(agent).iter().map(|fact| fact.time).collect();
        let horizon = world.horizon(agent, until);
        for period in periods {
            let within = |time: &&Millis| (period.start..period.end).contains(*time);
            let times: Vec<Millis> = times.iter().filter(within).copied().collect();
            for (index, time) in times.iter().enumerate() {
                let count = index + 1;
                let mut award = |name: &str, time, reward| {
                    let id = Id {
                        period: Some(period.id.clone()),
                        name: name.into(),
                        subject: format!("agent/{agent}"),
                        key: count.to_string(),
                    };
                    let because = Said::new(name).with("n", count);
                    wanted.award(id, Award { time, reward, because, team: None });
                };
                if count % self.every == 0 {
                    award("nth", *time, Reward::Points { currency: "points".into(), units: self.points });
                }
                let rested = time + self.rest_hours * HOUR;
                // A rest that ends with the very next fact comes before it.
                let is_rest = times.get(index + 1).is_none_or(|next| rested <= *next);
                if is_rest && rested < period.end && rested <= horizon {
                    award("rest", rested, Reward::Badge { name: "rest".into(), level: 1 });
                }
            }
        }
    }
}
