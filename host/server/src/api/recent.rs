//! `GET /v1/events/recent`: the latest events, and what a metric would make of them. It writes nothing.

use axum::{
    Json,
    extract::{Query, State},
};
use plaudit_core::{
    Id, Millis,
    event::{Event, Value},
    journal::Entry,
    metric::{self, CompiledMetric, EventContext, MetricDefinition, Missing},
};
use plaudit_store::{Store, family::journal};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json_};
use utoipa::{IntoParams, ToSchema};

use super::{
    AppState,
    problem::{Answer, Problem},
};

/// Blocks looked through, from the newest back.
const BLOCKS_MAX: u64 = 2000;
/// Events looked at.
const EVENTS_MAX: usize = 20_000;

/// Which events, and what to try on them.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Only of this type.
    #[serde(default, rename = "type")]
    pub kind: Option<String>,
    /// Only of this source.
    #[serde(default)]
    pub source: Option<String>,
    /// CEL, number: what a metric would give.
    #[serde(default)]
    pub value: Option<String>,
    /// CEL, boolean: what it would leave out.
    #[serde(default)]
    pub filter: Option<String>,
    /// CEL, number: what it would divide by.
    #[serde(default)]
    pub per: Option<String>,
    /// At most so many, 1 to 100; 20 if left out.
    #[serde(default)]
    pub limit: Option<usize>,
}

/// Events, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RecentEvents)]
pub struct Recent {
    /// At most as many as were asked for.
    pub events: Vec<RecentEvent>,
    /// How many of them have the metric; none where no expression was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measured: Option<usize>,
}

/// An event, and what the metric makes of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RecentEvent {
    /// Journal block.
    pub block: u64,
    /// Its source.
    pub source: Id,
    /// Its id.
    pub id: Id,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Id,
    /// `agent/<opaque id>`, `team/<id>` or `queue/<id>`.
    pub subject: String,
    /// When it happened.
    pub time: Millis,
    /// Declared fields.
    pub data: Map<String, Json_>,
    /// What the metric gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
}

/// What a metric gives of an event, or why it gives nothing.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub enum Measure {
    /// It has the metric.
    Value {
        /// The value, or the numerator.
        value: f64,
        /// The denominator, or 1.
        weight: f64,
    },
    /// The filter leaves it out.
    LeftOut,
    /// A field is missing, or the value is not finite.
    Nothing,
    /// An expression failed.
    Failed {
        /// How.
        error: String,
    },
}

/// `GET /v1/events/recent?type=survey.answered&value=data.csat&limit=20`
///
/// # Errors
/// An expression can't be read; the store fails.
pub async fn list(State(state): State<AppState>, Query(which): Query<Which>) -> Answer<Json<Recent>> {
    let tried = compiled(&which)?;
    let read = move || read(&*state.store, &which, tried.as_ref());
    let read = tokio::task::spawn_blocking(read).await;
    read.unwrap_or_else(|error| {
        tracing::error!(%error, "recent events can't be read");
        Err(Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "internal", "see the server's log"))
    })
    .map(Json)
}

fn compiled(which: &Which) -> Answer<Option<CompiledMetric>> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let Some(value) = given(&which.value) else { return Ok(None) };
    let definition = MetricDefinition {
        name: "trial".into(),
        version: 1,
        types: vec![which.kind.as_deref().unwrap_or_default().into()],
        filter: given(&which.filter),
        value,
        per: given(&which.per),
        unit: String::new(),
        lower_is_better: false,
    };
    let compiled = metric::compile(&definition);
    compiled.map(Some).map_err(|error| match error {
        metric::MetricError::Expression { part, error, .. } => {
            let problem = Problem::unprocessable("bad-metric", format!("{part}: {error}"));
            problem.with_errors(&[serde_json::json!({ "field": part, "message": error.to_string() })])
        }
        other => Problem::unprocessable("bad-metric", other.to_string()),
    })
}

fn read(store: &dyn Store, which: &Which, tried: Option<&CompiledMetric>) -> Answer<Recent> {
    let limit = which.limit.unwrap_or(20).clamp(1, 100);
    let last = journal::last_block_number(store)?;
    let first = last.saturating_sub(BLOCKS_MAX).max(1);
    let kind = which.kind.as_deref().filter(|kind| !kind.is_empty());
    let (mut events, mut looked_at) = (Vec::new(), 0);
    for number in (first..=last).rev() {
        let Some(block) = journal::read_block(store, number)? else { break };
        for entry in block.entries.iter().rev() {
            let Entry::Event { event, .. } = entry else { continue };
            looked_at += 1;
            let is_wanted = kind.is_none_or(|kind| *event.kind == *kind)
                && which.source.as_ref().is_none_or(|source| *event.source == **source);
            if is_wanted {
                events.push(shown(number, event, tried));
            }
            if events.len() == limit {
                return Ok(recent(events, tried.is_some()));
            }
        }
        if looked_at >= EVENTS_MAX {
            break;
        }
    }
    Ok(recent(events, tried.is_some()))
}

fn recent(events: Vec<RecentEvent>, is_tried: bool) -> Recent {
    let has = |event: &&RecentEvent| matches!(event.measure, Some(Measure::Value { .. }));
    let measured = is_tried.then(|| events.iter().filter(has).count());
    Recent { events, measured }
}

fn shown(block: u64, event: &Event, tried: Option<&CompiledMetric>) -> RecentEvent {
    RecentEvent {
        block,
        source: event.source.clone(),
        id: event.id.clone(),
        kind: event.kind.clone(),
        subject: event.subject.to_string(),
        time: event.time,
        data: data(event),
        measure: tried.map(|metric| measure(metric, event)),
    }
}

/// Declared fields as JSON.
pub(crate) fn data(event: &Event) -> Map<String, Json_> {
    let value = |value: &Value| match value {
        Value::Number(number) => Json_::from(*number),
        Value::Bool(yes) => Json_::from(*yes),
        Value::Text(text) => Json_::from(&**text),
    };
    event.fields.iter().map(|(name, field)| (name.to_string(), value(field))).collect()
}

fn measure(metric: &CompiledMetric, event: &Event) -> Measure {
    match metric.measure(&EventContext::new(event)) {
        Ok(measure) => Measure::Value { value: measure.value, weight: measure.weight },
        Err(Missing::Filter) => Measure::LeftOut,
        Err(Missing::Type | Missing::Value | Missing::Weight) => Measure::Nothing,
        Err(Missing::Failed(error)) => Measure::Failed { error: error.to_string() },
    }
}
