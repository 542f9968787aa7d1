//! The metrics and fields that a new house starts with, from `metrics.toml`.

use std::collections::BTreeMap;

use plaudit_core::{Id, metric::MetricDefinition};
use serde::Deserialize;

const DEFAULT: &str = include_str!("metrics.toml");

/// What a new house starts with.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalogue {
    /// Metrics in version 1.
    pub metrics: Vec<MetricDefinition>,
    /// Fields to keep, by event type.
    pub fields: BTreeMap<String, Vec<Id>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    metric: Vec<MetricDocument>,
    #[serde(default)]
    fields: BTreeMap<String, Vec<Id>>,
}

/// A metric as people write it: without its version, with what can be left out left out.
#[derive(Clone, Debug, PartialEq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MetricDocument {
    /// Its name; in `PUT /v1/metrics/{name}` the address says it.
    #[serde(default)]
    pub name: Option<Id>,
    /// Event types it looks at.
    pub types: Vec<Id>,
    /// CEL, boolean.
    #[serde(default)]
    pub filter: Option<String>,
    /// CEL, number.
    pub value: String,
    /// CEL, number: makes it a ratio.
    #[serde(default)]
    pub per: Option<String>,
    /// Shown to people.
    #[serde(default)]
    pub unit: String,
    /// Whether less is better.
    #[serde(default)]
    pub lower_is_better: bool,
}

impl MetricDocument {
    /// With name and version.
    pub fn define(self, name: Id, version: u32) -> MetricDefinition {
        let Self { name: _, types, filter, value, per, unit, lower_is_better } = self;
        MetricDefinition { name, version, types, filter, value, per, unit, lower_is_better }
    }
}

/// The catalogue that is compiled in.
///
/// # Errors
/// Never for the file as tested; a changed one may be malformed.
pub fn default() -> Result<Catalogue, toml::de::Error> {
    let document: Document = toml::from_str(DEFAULT)?;
    let metrics = document.metric.into_iter().filter_map(|metric| {
        let name = metric.name.clone()?;
        Some(metric.define(name, 1))
    });
    Ok(Catalogue { metrics: metrics.collect(), fields: document.fields })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_catalogue_has_every_promised_metric_once() {
        let catalogue = default().unwrap();
        let mut names: Vec<&str> = catalogue.metrics.iter().map(|m| &*m.name).collect();
        names.sort_unstable();
        let promised = [
            "abandonment",
            "absent",
            "adherence",
            "calls",
            "complaints",
            "critical-errors",
            "csat",
            "handle-time",
            "hard-contacts",
            "quality",
            "resolved",
            "sales",
            "sales-amount",
            "service-level",
            "shift",
            "top-ratings",
            "worked-hours",
        ];
        assert_eq!(names, promised);
        assert!(catalogue.metrics.iter().all(|m| catalogue.fields.contains_key(&*m.types[0])));
    }
}
