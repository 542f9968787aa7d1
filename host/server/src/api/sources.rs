//! `/v1/sources`: mappings from foreign JSON, and the door for it.

use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
};
use plaudit_store::{
    Batch, family,
    family::source::{Source, Sources},
};
use serde_json::Value as JsonValue;

use super::{
    AppState, document,
    events::{self, Parsed},
    problem::{Answer, Problem},
};
use crate::ingest::{
    parse::Known,
    source::{Document, Mapping},
    watch::Sample,
};

/// `GET /v1/sources`
pub async fn list(State(state): State<AppState>) -> Json<Vec<String>> {
    Json(state.front.knowledge().mappings.keys().cloned().collect())
}

/// `GET /v1/sources/{name}`: the document.
pub async fn get(State(state): State<AppState>, Path(name): Path<String>) -> Answer<Json<JsonValue>> {
    let source = family::get::<Sources>(&*state.store, &name)?.ok_or_else(|| unknown(&name))?;
    serde_json::from_str(&source.document).map(Json).map_err(|error| {
        tracing::error!(name, %error, "a stored source can't be read");
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the stored document can't be read; put it again",
        )
    })
}

/// `PUT /v1/sources/{name}`: JSON or TOML; every expression is checked.
pub async fn put(
    State(state): State<AppState>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<Document>)> {
    document::check_name("source name", &name)?;
    let document: Document = document::read(&headers, &body)?;
    Mapping::compile(&name, &document)
        .map_err(|error| Problem::unprocessable("bad-mapping", error.to_string()))?;
    let text =
        serde_json::to_string(&document).map_err(|e| Problem::bad_request("bad-document", e.to_string()))?;
    let known = family::get::<Sources>(&*state.store, &name)?;
    if known.as_ref().is_none_or(|known| known.document != text) {
        let mut batch = Batch::default();
        family::put::<Sources>(&mut batch, &name, &Source { document: text, changed: state.clock.now() });
        store(&state, batch)?;
    }
    Ok((if known.is_some() { StatusCode::OK } else { StatusCode::CREATED }, Json(document)))
}

/// `DELETE /v1/sources/{name}`
pub async fn delete(State(state): State<AppState>, Path(name): Path<String>) -> Answer<StatusCode> {
    family::get::<Sources>(&*state.store, &name)?.ok_or_else(|| unknown(&name))?;
    let mut batch = Batch::default();
    family::delete::<Sources>(&mut batch, &name);
    store(&state, batch)?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /v1/sources/{name}`: any JSON.
pub async fn post(State(state): State<AppState>, Path(name): Path<String>, body: Bytes) -> Answer<Response> {
    let mapping = state.front.knowledge().mappings.get(&name).cloned().ok_or_else(|| unknown(&name))?;
    let of = state.clone();
    let parsed = events::off_the_road(body.len(), move || map_all(&of, &mapping, &body)).await?;
    events::answer(&state, parsed).await
}

fn map_all(state: &AppState, mapping: &Arc<Mapping>, body: &[u8]) -> Answer<Parsed> {
    let body: JsonValue = serde_json::from_slice(body)
        .map_err(|e| Problem::bad_request("not-json", format!("the body is not JSON: {e}")))?;
    let items = mapping.items(body.clone()).map_err(|flaw| {
        let rejected = flaw.at(0);
        let detail = format!("`{}` {}", rejected.field, rejected.message);
        Problem::bad_request("events-rejected", detail).with_errors(&[rejected])
    })?;
    if items.len() > state.config.ingest.events_max {
        let error = crate::ingest::body::BodyError::TooMany {
            found: items.len(),
            max: state.config.ingest.events_max,
        };
        return Err(error.into());
    }
    let knowledge = state.front.knowledge();
    let roster = state.journal.house().roster;
    let known = Known::new(&knowledge.declared, &state.identity).remembering(&roster, &state.front.strangers);
    let source = Some(mapping.source());
    let mut parsed = Parsed { is_single: items.len() == 1, source, ..Parsed::default() };
    for (index, item) in items.iter().enumerate() {
        match mapping.event(&body, item, known) {
            Ok(Some(event)) => {
                if parsed.sample.is_none() {
                    parsed.sample = Some(Sample::new(item, &event));
                }
                parsed.events.push((index, event));
            }
            Ok(None) => parsed.skipped += 1,
            Err(flaw) => parsed.rejected.push(flaw.at(index)),
        }
    }
    Ok(parsed)
}

fn store(state: &AppState, batch: Batch) -> Answer<()> {
    state.store.apply(batch)?;
    state.store.sync()?;
    Ok(state.reload()?)
}

fn unknown(name: &str) -> Problem {
    Problem::not_found("source", name, "/v1/sources")
}
