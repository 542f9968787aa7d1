//! `POST /v1/incentives/{id}/leave-out` and `/disqualify`: what a manager decides about one event or one person.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use plaudit_core::journal::{Decision, Entry, Position};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AppState,
    auth::Caller,
    document,
    problem::{Answer, Problem},
};

/// An event to leave out for one incentive, so that it can go on after a fault.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveOut {
    /// Journal block of the event.
    pub block: u64,
    /// Its index in the block, from 0.
    pub index: u32,
}

/// Somebody who takes no part in awards and draws from now on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Disqualify {
    /// Opaque agent id, or team id.
    pub subject: String,
    /// Shown to them.
    pub reason: String,
}

/// What was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct Decided {
    /// Journal block of the decision.
    pub block: u64,
}

/// `POST /v1/incentives/{id}/leave-out`
pub async fn leave_out(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<Decided>)> {
    let LeaveOut { block, index } = document::read(&headers, &body)?;
    decide(&state, &id, caller, Decision::LeaveOut(Position { block, index })).await
}

/// `POST /v1/incentives/{id}/disqualify`
pub async fn disqualify(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<Decided>)> {
    let Disqualify { subject, reason } = document::read(&headers, &body)?;
    if reason.trim().is_empty() {
        let detail = "a disqualification needs a `reason`: the person will read it";
        return Err(Problem::unprocessable("reason-missing", detail));
    }
    decide(&state, &id, caller, Decision::Disqualify { subject: subject.into(), reason }).await
}

/// Writes a decision about an incentive.
pub(super) async fn decide(
    state: &AppState,
    id: &str,
    caller: Caller,
    decision: Decision,
) -> Answer<(StatusCode, Json<Decided>)> {
    if !state.journal.house().incentives.contains_key(id) {
        return Err(Problem::not_found("incentive", id, "/v1/incentives"));
    }
    let entry = Entry::Decision { incentive: id.into(), decision, actor: caller.name };
    let position = state.journal.append(vec![entry]).await?;
    Ok((StatusCode::CREATED, Json(Decided { block: position.block })))
}
