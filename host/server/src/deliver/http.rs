//! `GET /v1/deliveries`, `POST /v1/deliveries/{id}/retry`, `POST /v1/deliveries/retry-dead`.

use axum::{
    Json,
    extract::{Path, Query, State as Shared},
    http::StatusCode,
};
use chrono::{DateTime, SecondsFormat};
use plaudit_core::{Millis, access::Right};
use plaudit_store::family::delivery::{Delivery, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::{
    AppState,
    problem::Problem,
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

/// Which deliveries.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Wanted {
    /// Where they stand.
    state: Option<State>,
    /// `chat`, `mail`, `webhook` or `room`.
    channel: Option<String>,
    /// An agent's opaque id, or an endpoint's.
    target: Option<String>,
    /// Only of this incentive, by its id.
    incentive: Option<String>,
    /// Only those before this number: `next` of the page before.
    before: Option<u64>,
    /// At most so many, 1 to 200; 50 by default.
    limit: Option<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliveriesPage)]
pub(crate) struct Page {
    counts: Counts,
    /// Whether nothing waits: neither a delivery nor a row of the outbox that no delivery was made of yet.
    idle: bool,
    deliveries: Vec<Shown>,
    /// Hand it in as `before` for the next page; null on the last.
    next: Option<u64>,
}

/// A delivery without what it says: that is private.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliveryView)]
pub(crate) struct Shown {
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

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliveryMessage)]
pub(crate) struct ShownMessage {
    id: String,
    r#type: &'static str,
    incentive: String,
}

/// A delivery that is due again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetriedDelivery)]
pub(crate) struct Retried {
    id: u64,
    state: State,
}

/// Deliveries that are due again.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RetriedDeliveries)]
pub(crate) struct RetriedDead {
    /// How many.
    retried: u64,
}

async fn list(
    Shared(handle): Shared<DeliverHandle>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Page>, Problem> {
    let filter = Filter {
        state: wanted.state,
        channel: wanted.channel,
        target: wanted.target,
        incentive: wanted.incentive,
    };
    let listed = handle.list(filter, wanted.before, wanted.limit.unwrap_or(50)).await?;
    let idle = handle.is_idle().await?;
    let deliveries = listed.deliveries.into_iter().map(|(id, d)| shown(id, d)).collect();
    Ok(Json(Page { counts: handle.counts(), idle, deliveries, next: listed.next }))
}

async fn retry(
    Shared(handle): Shared<DeliverHandle>,
    Path(id): Path<u64>,
) -> Result<(StatusCode, Json<Retried>), Problem> {
    handle.retry(id).await.map_err(retry_problem)?;
    Ok((StatusCode::ACCEPTED, Json(Retried { id, state: State::Pending })))
}

async fn retry_dead(
    Shared(handle): Shared<DeliverHandle>,
) -> Result<(StatusCode, Json<RetriedDead>), Problem> {
    let retried = handle.retry_dead().await.map_err(retry_problem)?;
    Ok((StatusCode::ACCEPTED, Json(RetriedDead { retried })))
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

fn retry_problem(error: RetryError) -> Problem {
    let text = error.to_string();
    match error {
        RetryError::Unknown(_) => Problem::new(StatusCode::NOT_FOUND, "not-found", text),
        RetryError::NotNow(..) => Problem::conflict("not-retryable", text),
        RetryError::Store(error) => error.into(),
    }
}
