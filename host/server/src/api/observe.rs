//! `/healthz`, `/readyz`, `/metrics`, `/v1/status`

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AppState, views::TaskStatus};

/// Where the house stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusView {
    /// Release of the server.
    pub version: String,
    /// Whether the clock is driven by hand.
    pub driven_clock: bool,
    /// The house's time.
    pub now: plaudit_core::Millis,
    /// Whether every task has come to the journal's end and nothing is due now.
    pub idle: bool,
    /// Events of agents that the roster does not know: folded once it does.
    pub parked: u64,
    /// One per incentive.
    pub tasks: Vec<TaskStatus>,
}

/// `GET /healthz`: the process answers.
pub async fn health() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: 200 when it takes requests, 503 while it starts or closes.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    if state.front.is_ready() && !state.closing.is_cancelled() {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "starting or closing\n")
    }
}

/// `GET /metrics`: for Prometheus.
pub async fn metrics(State(state): State<AppState>) -> Response {
    for task in state.views.status() {
        let incentive = task.incentive.to_string();
        metrics::gauge!("plaudit_engine_lag_blocks", "incentive" => incentive.clone())
            .set(task.lag_blocks as f64);
        let paused = f64::from(u8::from(task.fault.is_some()));
        metrics::gauge!("plaudit_engine_faulted", "incentive" => incentive).set(paused);
    }
    let mut response = state.prometheus.render().into_response();
    let text = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, text);
    response
}

/// `GET /v1/status`
pub async fn status(State(state): State<AppState>) -> Json<StatusView> {
    Json(StatusView {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        driven_clock: state.clock.is_driven(),
        now: state.clock.now(),
        idle: state.views.is_idle(state.clock.now()),
        parked: state.journal.parked(),
        tasks: state.views.status(),
    })
}
