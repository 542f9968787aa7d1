//! `/v1/fields`: what is kept of events beyond what metrics and sources name.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::HeaderMap,
};
use plaudit_core::{Id, limits};
use plaudit_store::{
    Batch, family,
    family::field::{DeclaredFields, Fields},
};

use super::{
    AppState, document,
    problem::{Answer, Problem},
};

/// More event types than anybody declares.
const TYPES_MAX: usize = 10_000;

/// `GET /v1/fields`: names by event type.
pub async fn list(State(state): State<AppState>) -> Answer<Json<BTreeMap<String, Vec<Id>>>> {
    let all = family::scan::<Fields>(&*state.store, None, TYPES_MAX)?;
    Ok(Json(all.into_iter().map(|(kind, fields)| (kind, fields.names)).collect()))
}

/// `PUT /v1/fields/{type}`: the whole list of names. Fields that were not declared are not in earlier events.
pub async fn put(
    State(state): State<AppState>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Json<BTreeSet<Id>>> {
    let names: BTreeSet<Id> = document::read_any(&headers, &body)?;
    let is_bad = |text: &str| {
        text.is_empty() || text.len() > limits::ID_BYTES_MAX || text.chars().any(char::is_control)
    };
    if let Some(bad) = names.iter().map(|n| &**n).chain([&*kind]).find(|text| is_bad(text)) {
        let detail =
            format!("{bad:?} must be 1 to {} bytes without control characters", limits::ID_BYTES_MAX);
        return Err(Problem::unprocessable("bad-name", detail));
    }
    if names.len() > limits::EVENT_FIELDS_MAX {
        let detail =
            format!("{} fields of one type, and {} are allowed", names.len(), limits::EVENT_FIELDS_MAX);
        return Err(Problem::unprocessable("too-many-fields", detail));
    }
    let mut batch = Batch::default();
    let declared = DeclaredFields { names: names.iter().cloned().collect(), changed: state.clock.now() };
    family::put::<Fields>(&mut batch, &kind, &declared);
    state.store.apply(batch)?;
    state.store.sync()?;
    state.reload()?;
    Ok(Json(names))
}
