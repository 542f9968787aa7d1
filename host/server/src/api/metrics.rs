//! `/v1/metrics`: the catalogue.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use plaudit_core::{
    journal::Entry,
    metric::{self, MetricDefinition},
};

use super::{
    AppState, document,
    problem::{Answer, Problem},
};
use crate::config::catalogue::MetricDocument;

/// `GET /v1/metrics`: the latest version of each.
pub async fn list(State(state): State<AppState>) -> Json<Vec<MetricDefinition>> {
    Json(state.journal.house().metrics.values().cloned().collect())
}

/// `GET /v1/metrics/{name}`
pub async fn get(State(state): State<AppState>, Path(name): Path<String>) -> Answer<Json<MetricDefinition>> {
    let house = state.journal.house();
    let found = house.metrics.get(&*name).cloned();
    found.map(Json).ok_or_else(|| Problem::not_found("metric", &name, "/v1/metrics"))
}

/// `PUT /v1/metrics/{name}`: a new version, unless nothing changes. Incentives keep the version they pinned.
pub async fn put(
    State(state): State<AppState>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<MetricDefinition>)> {
    let wanted: MetricDocument = document::read(&headers, &body)?;
    if wanted.name.as_ref().is_some_and(|given| **given != *name) {
        let detail = format!(
            "the document's name {:?} is not that of the address, {name:?}",
            wanted.name.unwrap_or_default()
        );
        return Err(Problem::unprocessable("bad-name", detail));
    }
    let house = state.journal.house();
    let known = house.metrics.get(&*name);
    let mut wanted = wanted.define(name.into(), known.map_or(1, |metric| metric.version));
    metric::compile(&wanted).map_err(|error| Problem::unprocessable("bad-metric", error.to_string()))?;
    match known {
        Some(known) if *known == wanted => return Ok((StatusCode::OK, Json(wanted))),
        Some(known) => wanted.version = known.version.saturating_add(1),
        None => {}
    }
    state.journal.append(vec![Entry::Metric(wanted.clone())]).await?;
    state.reload()?;
    Ok((if known.is_some() { StatusCode::OK } else { StatusCode::CREATED }, Json(wanted)))
}
