//! `GET /v1/deliveries`, `POST /v1/deliveries/{id}/retry`, `POST /v1/deliveries/retry-dead`.

use axum::{
    Json,
    extract::{Path, Query, State as Shared},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, SecondsFormat};
use plaudit_core::{Millis, access::Right};
use plaudit_store::family::delivery::{Delivery, State};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::api::{
    AppState,
    table::{Object, Table},
};

use super::{Counts, DeliverHandle, Filter, RetryError, webhook};

/// The routes with their rights.
pub fn table(state: &AppState) -> Table<DeliverHandle> {
    Table::new(state)
        .get("/v1/deliveries", Right::SeeDeliveries, Object::House, list)
        .post("/v1/deliveries/{id}/retry", Right::RetryDeliveries, Object::House, retry)
        .post("/v1/deliveries/retry-dead", Right::RetryDeliveries, Object::House, retry_dead)
}

/// The routes with their guard, and nothing behind it.
#[cfg(test)]
pub(crate) fn guarded_for_tests(state: &AppState) -> axum::Router {
    async fn nothing() -> StatusCode {
        StatusCode::NO_CONTENT
    }
    table(state).rows().iter().fold(Table::<()>::new(state), |all, row| all.same(row, nothing)).into_router()
}

/// The routes without their guard.
#[cfg(test)]
pub(super) fn unguarded() -> axum::Router<DeliverHandle> {
    use axum::routing::{get, post};
    axum::Router::new()
        .route("/v1/deliveries", get(list))
        .route("/v1/deliveries/{id}/retry", post(retry))
        .route("/v1/deliveries/retry-dead", post(retry_dead))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    state: Option<State>,
    channel: Option<String>,
    target: Option<String>,
    incentive: Option<String>,
    before: Option<u64>,
    limit: Option<usize>,
}

#[derive(Debug, Serialize)]
struct Page {
    counts: Counts,
    /// Whether nothing waits: neither a delivery nor a row of the outbox that no delivery was made of yet.
    idle: bool,
    deliveries: Vec<Shown>,
    /// Hand it in as `before` for the next page; null on the last.
    next: Option<u64>,
}

/// A delivery without what it says: that is private.
#[derive(Debug, Serialize)]
pub(super) struct Shown {
    id: u64,
    channel: &'static str,
    target: String,
    state: State,
    attempts: u32,
    created: Option<String>,
    next_at: Option<String>,
    first_attempt: Option<String>,
    last_attempt: Option<String>,
    last_error: Option<String>,
    messages: Vec<ShownMessage>,
}

#[derive(Debug, Serialize)]
struct ShownMessage {
    id: String,
    r#type: &'static str,
    incentive: String,
}

async fn list(Shared(handle): Shared<DeliverHandle>, Query(wanted): Query<Wanted>) -> Response {
    let Wanted { state, channel, target, incentive, .. } = wanted;
    let filter = Filter { state, channel, target, incentive };
    let listed = handle.list(filter, wanted.before, wanted.limit.unwrap_or(50)).await;
    match (listed, handle.is_idle().await) {
        (Ok(listed), Ok(idle)) => {
            let deliveries = listed.deliveries.into_iter().map(|(id, d)| shown(id, d)).collect();
            Json(Page { counts: handle.counts(), idle, deliveries, next: listed.next }).into_response()
        }
        (Err(error), _) | (_, Err(error)) => store_problem(&error),
    }
}

async fn retry(Shared(handle): Shared<DeliverHandle>, Path(id): Path<u64>) -> Response {
    match handle.retry(id).await {
        Ok(()) => (StatusCode::ACCEPTED, Json(json!({ "id": id, "state": "pending" }))).into_response(),
        Err(error) => retry_problem(&error),
    }
}

async fn retry_dead(Shared(handle): Shared<DeliverHandle>) -> Response {
    match handle.retry_dead().await {
        Ok(count) => (StatusCode::ACCEPTED, Json(json!({ "retried": count }))).into_response(),
        Err(error) => retry_problem(&error),
    }
}

pub(super) fn shown(id: u64, delivery: Delivery) -> Shown {
    let is_pending = delivery.state == State::Pending;
    Shown {
        id,
        channel: delivery.target.channel(),
        target: delivery.target.id().to_string(),
        state: delivery.state,
        attempts: delivery.attempts,
        created: rfc3339(delivery.created),
        next_at: rfc3339(delivery.next_at).filter(|_| is_pending),
        first_attempt: delivery.first_attempt.and_then(rfc3339),
        last_attempt: delivery.last_attempt.and_then(rfc3339),
        last_error: delivery.last_error,
        messages: delivery
            .messages
            .iter()
            .map(|m| ShownMessage {
                id: m.id.to_string(),
                r#type: webhook::kind(&m.body),
                incentive: m.incentive.to_string(),
            })
            .collect(),
    }
}

fn rfc3339(at: Millis) -> Option<String> {
    DateTime::from_timestamp_millis(at).map(|t| t.to_rfc3339_opts(SecondsFormat::Millis, true))
}

fn retry_problem(error: &RetryError) -> Response {
    match error {
        RetryError::Unknown(_) => problem(StatusCode::NOT_FOUND, "No such delivery", &error.to_string()),
        RetryError::NotNow(..) => {
            problem(StatusCode::CONFLICT, "It can't be sent again now", &error.to_string())
        }
        RetryError::Store(error) => store_problem(error),
    }
}

fn store_problem(error: &plaudit_store::StoreError) -> Response {
    tracing::error!(%error, "deliveries can't be read or written");
    let detail = "The store failed; the server's log says how. Nothing was changed.";
    problem(StatusCode::INTERNAL_SERVER_ERROR, "The store failed", detail)
}

/// RFC 9457.
fn problem(status: StatusCode, title: &str, detail: &str) -> Response {
    let body = json!({ "type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}
