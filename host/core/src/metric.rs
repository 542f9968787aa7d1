//! Metrics: named measures computed from an event by CEL expressions.

use serde::{Deserialize, Serialize};

use crate::Id;

/// A metric of the catalogue, in one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetricDefinition {
    /// Lower-case letters, digits and dashes.
    pub name: Id,
    /// From 1; the catalogue gives it.
    pub version: u32,
    /// Event types it looks at; others never have it.
    pub types: Vec<Id>,
    /// CEL, boolean: events for which it is false do not have it.
    pub filter: Option<String>,
    /// CEL, number: the value, or the numerator of a ratio.
    pub value: String,
    /// CEL, number: the denominator of a ratio.
    pub per: Option<String>,
    /// Shown to people, such as `s`, `calls`, `%`.
    pub unit: String,
    /// Whether less is better.
    pub lower_is_better: bool,
}
