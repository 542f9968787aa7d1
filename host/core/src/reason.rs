//! Why a fact does not count: one closed list, for selecting and for explaining.
//!
//! [`Skip`] is what selecting decides, and costs nothing. [`NotCounted`] is what people are told: the same, with the
//! details that only an explanation looks up.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis, metric::Missing};

/// Why a fact is no step of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Skip {
    /// It says that something never was.
    Retracted,
    /// Its time is not in the incentive's window.
    OutsideWindow,
    /// No planned metric has a value for it.
    NoMetric,
    /// A manager leaves it out.
    LeftOut,
    /// The roster does not know its agent (yet).
    UnknownAgent,
    /// Its subject was not in the audience then.
    NotInAudience,
    /// The incentive keeps states for others: a fact of a queue has no agent, an agent without a team no team.
    NoKey,
}

/// Why a fact did not count, for people. In JSON by `reason`, in kebab case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "reason")]
pub enum NotCounted {
    /// No planned metric has a value for it.
    Filter {
        /// The metric that came closest: one that looks at this type, if any does.
        metric: Option<Id>,
        /// What it lacked.
        lacks: Lacks,
    },
    /// The metric failed to evaluate.
    Absent {
        /// Which one.
        metric: Id,
        /// What happened.
        error: String,
    },
    /// It lies before the incentive's first instant or after its last.
    OutsideWindow,
    /// It belongs to another period of the incentive.
    OtherPeriod {
        /// Which one.
        period: Id,
    },
    /// Its subject was not in the audience then.
    NotInAudience,
    /// A later version of the same fact holds.
    Superseded {
        /// Revision of that version.
        revision: u64,
        /// When it came in.
        received: Millis,
        /// Its time, if that is another.
        moved_to: Option<Millis>,
        /// Whether it speaks of somebody else. Of whom, is theirs.
        is_of_another: bool,
    },
    /// It came when a later version had already come.
    Stale,
    /// It was said that this never was.
    Retracted {
        /// When that came in; nothing if no other version of it ever came.
        received: Option<Millis>,
    },
    /// A manager left it out.
    LeftOut {
        /// Who.
        actor: Id,
        /// When.
        at: Millis,
    },
    /// It came after its period was final.
    Late {
        /// When it came in.
        received: Millis,
    },
    /// It counted, but the row misses a guard of its board: nothing can be won with it.
    Guard(MissedGuard),
    /// A cap of the rule was reached: it was seen and added nothing.
    Cap {
        /// How much there was.
        value: f64,
        /// How much there may be.
        target: f64,
    },
    /// The roster does not know its agent (yet).
    UnknownAgent,
    /// The incentive keeps states for others.
    NoKey,
}

/// What an event lacked for a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Lacks {
    /// No metric looks at events of this type.
    Type,
    /// The metric's filter is not true of it.
    Filter,
    /// A field that the metric needs.
    Field,
}

/// A guard that a row does not hold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MissedGuard {
    /// The board.
    pub board: Id,
    /// The column that is asked about.
    pub column: Id,
    /// What the row has in it; nothing where nothing was scored.
    pub value: Option<f64>,
    /// What is asked for, inclusive.
    pub at_least: Option<f64>,
    /// What is asked for, inclusive.
    pub at_most: Option<f64>,
}

impl NotCounted {
    /// Its name, as in JSON.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Filter { .. } => "filter",
            Self::Absent { .. } => "absent",
            Self::OutsideWindow => "outside-window",
            Self::OtherPeriod { .. } => "other-period",
            Self::NotInAudience => "not-in-audience",
            Self::Superseded { .. } => "superseded",
            Self::Stale => "stale",
            Self::Retracted { .. } => "retracted",
            Self::LeftOut { .. } => "left-out",
            Self::Late { .. } => "late",
            Self::Guard(_) => "guard",
            Self::Cap { .. } => "cap",
            Self::UnknownAgent => "unknown-agent",
            Self::NoKey => "no-key",
        }
    }

    /// Why no planned metric has a value: `missing` is what each one lacked. A failure is said before a filter, a
    /// filter before a field, and another type only if that is all.
    pub fn no_metric<'a>(missing: impl IntoIterator<Item = (&'a Id, Missing)>) -> Self {
        let place = |missing: &Missing| match missing {
            Missing::Failed(_) => 0,
            Missing::Filter => 1,
            Missing::Value | Missing::Weight => 2,
            Missing::Type => 3,
        };
        let closest = missing.into_iter().min_by_key(|(_, missing)| place(missing));
        match closest {
            Some((metric, Missing::Failed(error))) => {
                Self::Absent { metric: metric.clone(), error: error.to_string() }
            }
            Some((metric, Missing::Filter)) => {
                Self::Filter { metric: Some(metric.clone()), lacks: Lacks::Filter }
            }
            Some((metric, Missing::Value | Missing::Weight)) => {
                Self::Filter { metric: Some(metric.clone()), lacks: Lacks::Field }
            }
            Some((_, Missing::Type)) | None => Self::Filter { metric: None, lacks: Lacks::Type },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_closest_is_said() {
        let (a, b): (Id, Id) = ("calls".into(), "csat".into());
        let said = NotCounted::no_metric([(&a, Missing::Type), (&b, Missing::Filter)]);
        assert_eq!(said, NotCounted::Filter { metric: Some(b.clone()), lacks: Lacks::Filter });
        let said = NotCounted::no_metric([(&a, Missing::Value), (&b, Missing::Type)]);
        assert_eq!(said, NotCounted::Filter { metric: Some(a.clone()), lacks: Lacks::Field });
        let said = NotCounted::no_metric([(&a, Missing::Type), (&b, Missing::Type)]);
        assert_eq!(said, NotCounted::Filter { metric: None, lacks: Lacks::Type });
    }

    #[test]
    fn the_code_is_the_name_in_json() {
        let late = NotCounted::Late { received: 5 };
        let json = serde_json::to_value(&late).unwrap();
        assert_eq!(json["reason"], late.code());
        let guard = NotCounted::Guard(MissedGuard {
            board: "main".into(),
            column: "csat".into(),
            value: Some(4.1),
            at_least: Some(4.3),
            at_most: None,
        });
        assert_eq!(serde_json::to_value(&guard).unwrap()["reason"], guard.code());
        let no_key = serde_json::to_value(NotCounted::NoKey).unwrap();
        assert_eq!(no_key["reason"], "no-key");
    }
}
