//! Metrics: named measures computed from an event by CEL expressions.
//!
//! An expression may use `data.<field>` and `event.<type|subject|source|entity|time>`, the operators of CEL, at most
//! one level of `has`, `all`, `exists`, `exists_one`, `map`, `filter`, and the functions in [`FUNCTIONS`]. All numbers
//! are doubles: `5` and `5.0` are the same. A metric is absent where a field it needs is missing (guard an optional one
//! with `has(data.field)`) and where its value is not finite.

mod check;
mod context;
mod expression;
mod functions;
mod problem;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use context::EventContext;
pub use expression::{EvaluateError, Expected, Expression};
pub use functions::FUNCTIONS;
pub use problem::ExpressionError;

use crate::Id;

/// A metric of the catalogue, in one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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

/// Why a metric is not stored.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum MetricError {
    /// The name is not one.
    #[error("the metric name {name:?} is not valid; use 1 to 64 lower-case letters, digits and dashes")]
    Name {
        /// As given.
        name: Id,
    },
    /// It looks at nothing.
    #[error("metric {name:?} names no event types, so it would never have a value; name at least one")]
    NoTypes {
        /// The metric.
        name: Id,
    },
    /// One of its expressions is wrong.
    #[error("metric {name:?}, {part}: {error}")]
    Expression {
        /// The metric.
        name: Id,
        /// `filter`, `value` or `per`.
        part: &'static str,
        /// Where and what.
        #[source]
        error: ExpressionError,
    },
}

/// What a metric says of an event. A ratio keeps both parts, so that means over many events are right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// The value, or the numerator of a ratio; finite.
    pub value: f64,
    /// The denominator of a ratio, or 1; finite.
    pub weight: f64,
}

/// A metric that can be evaluated.
#[derive(Clone, Debug)]
pub struct CompiledMetric {
    definition: MetricDefinition,
    filter: Option<Expression>,
    value: Expression,
    per: Option<Expression>,
}

/// Names that a metric's expression may use.
const VARIABLES: [&str; 2] = ["data", "event"];

/// Checks a metric and makes it ready to be evaluated.
///
/// # Errors
/// Says which expression is wrong, where, and what to write instead.
pub fn compile(definition: &MetricDefinition) -> Result<CompiledMetric, MetricError> {
    let name = &definition.name;
    if !is_name(name) {
        return Err(MetricError::Name { name: name.clone() });
    }
    if definition.types.is_empty() {
        return Err(MetricError::NoTypes { name: name.clone() });
    }
    let expression =
        |part: &'static str, text: &str, expected| {
            Expression::compile_for_events(text, &VARIABLES, expected)
                .map_err(|error| MetricError::Expression { name: name.clone(), part, error })
        };
    let filter = definition.filter.as_deref().map(|text| expression("filter", text, Expected::Bool));
    let per = definition.per.as_deref().map(|text| expression("per", text, Expected::Number));
    Ok(CompiledMetric {
        filter: filter.transpose()?,
        value: expression("value", &definition.value, Expected::Number)?,
        per: per.transpose()?,
        definition: definition.clone(),
    })
}

fn is_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&name.len()) && name.bytes().all(is_allowed)
}

impl CompiledMetric {
    /// What it was compiled from.
    pub fn definition(&self) -> &MetricDefinition {
        &self.definition
    }

    /// Fields of an event's data that its expressions read: what ingest has to keep.
    pub fn fields(&self) -> BTreeSet<Id> {
        let expressions = [self.filter.as_ref(), Some(&self.value), self.per.as_ref()];
        expressions.into_iter().flatten().flat_map(Expression::fields).cloned().collect()
    }

    /// What an event says, or `None` if it does not have this metric: another type, filtered out, a field missing, or
    /// not finite. A yes or no as a value counts as 1 or 0.
    ///
    /// # Errors
    /// An expression failed for another reason, such as a text where a number belongs. The caller treats the metric as
    /// absent and counts it.
    pub fn evaluate(&self, context: &EventContext<'_>) -> Result<Option<Measure>, EvaluateError> {
        match self.measure(context) {
            Ok(measure) => Ok(Some(measure)),
            Err(Missing::Failed(error)) => Err(error),
            Err(Missing::Type | Missing::Filter | Missing::Value | Missing::Weight) => Ok(None),
        }
    }

    /// What an event says, or why it does not have this metric. [`CompiledMetric::evaluate`] says the same in short.
    ///
    /// # Errors
    /// The event does not have it; see [`Missing`].
    pub fn measure(&self, context: &EventContext<'_>) -> Result<Measure, Missing> {
        if !self.definition.types.contains(&context.event().kind) {
            return Err(Missing::Type);
        }
        if let Some(filter) = &self.filter
            && !context.truth(filter)?.unwrap_or(false)
        {
            return Err(Missing::Filter);
        }
        let value = context.number(&self.value)?.ok_or(Missing::Value)?;
        let weight = match &self.per {
            Some(per) => context.number(per)?.ok_or(Missing::Weight)?,
            None => 1.0,
        };
        Ok(Measure { value, weight })
    }
}

/// Why an event does not have a metric.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Missing {
    /// The metric does not look at events of this type.
    #[error("the metric does not look at events of this type")]
    Type,
    /// Its filter is not true of it.
    #[error("the metric's filter leaves it out")]
    Filter,
    /// A field of the value is missing, or the value is not finite.
    #[error("the metric's value needs a field that the event does not have")]
    Value,
    /// A field of the denominator is missing, or it is not finite.
    #[error("the metric's denominator needs a field that the event does not have")]
    Weight,
    /// An expression failed.
    #[error(transparent)]
    Failed(#[from] EvaluateError),
}

#[cfg(test)]
mod tests;
