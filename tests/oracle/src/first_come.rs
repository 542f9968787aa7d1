//! First come: no official rule plans a quota, so the proofs have one that does.
//!
//! Each fact of a metric gives points, to so many in a period, or to so many of each team.

use std::collections::BTreeMap;

use plaudit_core::rule::Reward;
use serde::Deserialize;

use crate::{
    clock::Period,
    wanted::{Award, Id, Said, Wanted},
    world::World,
};

/// As the proofs write it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    metric: String,
    points: i64,
    places: usize,
    /// Whether places are given at the close.
    #[serde(default)]
    pub(crate) at_close: bool,
    /// Whether each team has as many.
    #[serde(default)]
    per_team: bool,
}

impl Settings {
    /// The metrics that are asked for.
    pub(crate) fn asks_for(&self) -> Vec<String> {
        vec![self.metric.clone()]
    }

    /// How many there are in a period.
    pub(crate) fn places(&self) -> BTreeMap<String, usize> {
        [("early".to_owned(), self.places)].into()
    }

    /// Gives each fact its award, once per entity and period.
    pub(crate) fn give(&self, world: &World, periods: &[Period], wanted: &mut Wanted) {
        for agent in world.everyone() {
            for fact in world.facts_of_agent(&agent) {
                let period = periods.iter().find(|p| (p.start..p.end).contains(&fact.time));
                let id = Id {
                    period: period.map(|p| p.id.clone()),
                    name: "early".into(),
                    subject: format!("agent/{agent}"),
                    key: fact.entity.clone().unwrap_or_else(|| fact.id.clone()).to_string(),
                };
                let reward = Reward::Points { currency: "points".into(), units: self.points };
                let team = world.team_of(&agent, fact.time).filter(|_| self.per_team);
                wanted.award(id, Award { time: fact.time, reward, because: Said::new("early"), team });
            }
        }
    }
}
