//! `/v1/clock`: reading the house's time, and driving it where that is allowed.

use axum::{Json, body::Bytes, extract::State, http::HeaderMap};
use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AppState, document,
    problem::{Answer, Problem},
};

/// The time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClockView {
    /// RFC 3339, UTC.
    pub now: String,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub millis: i64,
    /// Whether it is driven by hand.
    pub driven: bool,
}

/// Where to drive the clock.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Drive {
    /// RFC 3339. An earlier time than now changes nothing.
    pub to: DateTime<FixedOffset>,
}

/// `GET /v1/clock`
pub async fn get(State(state): State<AppState>) -> Json<ClockView> {
    Json(view(&state, state.clock.now()))
}

/// `POST /v1/clock`: only with `clock.mode = "driven"`.
pub async fn post(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Answer<Json<ClockView>> {
    let drive: Drive = document::read(&headers, &body)?;
    let now = state.clock.drive(drive.to.timestamp_millis()).map_err(|_| {
        let detail = "this house lives by the system's time; set `clock.mode = \"driven\"` in plaudit.toml for a simulation";
        Problem::conflict("clock-not-driven", detail)
    })?;
    Ok(Json(view(&state, now)))
}

fn view(state: &AppState, now: i64) -> ClockView {
    let text =
        DateTime::from_timestamp_millis(now).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Millis, true);
    ClockView { now: text, millis: now, driven: state.clock.is_driven() }
}
