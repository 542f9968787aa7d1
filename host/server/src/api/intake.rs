//! `/v1/intake`: what comes in from where: how much, how late, what was refused, and whose events wait.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::{Query, State},
};
use plaudit_core::{
    Id, Millis,
    access::{Reach, Right},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::{
    AppState,
    auth::Caller,
    problem::{Answer, Problem},
    recent,
};
use crate::ingest::{answer::Rejected, watch::Door};

/// What came in since the server's start. Times are the machine's.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Intake {
    /// By name; the empty name has what could not be read so far as to name its source.
    pub sources: Vec<SourceView>,
    /// Events that wait for their agent to be in the roster, by opaque id.
    pub parked: BTreeMap<Id, u64>,
    /// What these are called by who has sent something of them since the server's start, as far as that fits in memory; for
    /// those who may put them into the roster, everywhere.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub strangers: BTreeMap<Id, String>,
}

/// A source.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeSource)]
pub struct SourceView {
    /// As its events name it.
    pub source: String,
    /// Taken into the journal.
    pub accepted: u64,
    /// Of the last hour.
    pub last_hour: u64,
    /// Known already.
    pub duplicates: u64,
    /// Filtered out.
    pub skipped: u64,
    /// Refused.
    pub rejected: u64,
    /// When the latest event was taken.
    pub heard: Option<Millis>,
    /// How long after it had happened the latest one arrived, in milliseconds.
    pub lag: Option<Millis>,
    /// The latest refusals, without the values that were refused.
    pub errors: Vec<ErrorView>,
}

/// Something that was refused.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeError)]
pub struct ErrorView {
    /// When.
    pub at: Millis,
    /// The field that is wrong.
    pub field: String,
    /// What is wrong and what is allowed.
    pub message: String,
    /// For machines.
    pub code: String,
}

/// Which source.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// As its events name it.
    pub source: String,
}

/// One item as it came, beside the event that was made of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = IntakeSample)]
pub struct SampleView {
    /// JSON as it came, cut to 8 KiB. It is kept in memory only.
    pub raw: String,
    /// The event's type.
    #[serde(rename = "type")]
    pub kind: Id,
    /// `agent/<opaque id>`, `team/<id>` or `queue/<id>`.
    pub subject: String,
    /// When it happened.
    pub time: Millis,
    /// The fields that are kept.
    pub data: Map<String, Value>,
}

/// `GET /v1/intake`
pub async fn list(State(state): State<AppState>, caller: Caller) -> Json<Intake> {
    let now = state.porter.now();
    let doors = state.front.watch.doors();
    let sources = doors.into_iter().map(|(source, door)| view(source, door, now)).collect();
    let parked = state.journal.parked_by_agent();
    let may_see = caller.access.reach(Right::SetRoster).is_some_and(Reach::is_everything);
    let strangers = if may_see { state.front.strangers.names(&parked) } else { BTreeMap::new() };
    Json(Intake { sources, parked, strangers })
}

fn view(source: String, door: Door, now: Millis) -> SourceView {
    let error = |(at, rejected): &(Millis, Rejected)| ErrorView {
        at: *at,
        field: rejected.field.clone(),
        message: rejected.message.clone(),
        code: rejected.code.clone(),
    };
    SourceView {
        source,
        accepted: door.accepted,
        last_hour: door.last_hour(now),
        duplicates: door.duplicates,
        skipped: door.skipped,
        rejected: door.rejected,
        heard: door.heard,
        lag: door.lag,
        errors: door.errors.iter().map(error).collect(),
    }
}

/// `GET /v1/intake/sample?source=/acd/madrid`
///
/// # Errors
/// Nothing of this source has come since the server's start.
pub async fn sample(State(state): State<AppState>, Query(which): Query<Which>) -> Answer<Json<SampleView>> {
    let sample = state.front.watch.door(&which.source).and_then(|door| door.sample);
    let sample = sample.ok_or_else(|| Problem::not_found("sample of", &which.source, "/v1/intake"))?;
    Ok(Json(SampleView {
        kind: sample.event.kind.clone(),
        subject: sample.event.subject.to_string(),
        time: sample.event.time,
        data: recent::data(&sample.event),
        raw: sample.raw,
    }))
}
