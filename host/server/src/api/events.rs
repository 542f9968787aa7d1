//! `POST /v1/events`: CloudEvents in every HTTP mode.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use plaudit_core::event::Event;

use super::{
    AppState,
    problem::{Answer, Problem},
};
use crate::ingest::{
    answer::{Rejected, Report},
    body, parse,
};

/// Larger bodies are parsed where they can't hold up other requests.
const INLINE_BYTES_MAX: usize = 64 * 1024;

/// Events of a request as far as they are good, and the others.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// With their index in the request.
    pub(super) events: Vec<(usize, Event)>,
    /// What is wrong with the others.
    pub(super) rejected: Vec<Rejected>,
    /// Filtered out.
    pub(super) skipped: usize,
    /// Whether the request was one event.
    pub(super) is_single: bool,
}

/// Takes events: the good ones are durable when this answers.
///
/// # Errors
/// 400 when nothing was taken; 413, 415, 429.
pub async fn post(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Answer<Response> {
    let size = body.len();
    let of = state.clone();
    let parsed = off_the_road(size, move || parse_all(&of, &headers, &body)).await?;
    answer(&state, parsed).await
}

/// Runs parsing here, or on a thread for blocking work if there is much of it.
pub(super) async fn off_the_road<T: Send + 'static>(
    size: usize,
    work: impl FnOnce() -> Answer<T> + Send + 'static,
) -> Answer<T> {
    if size <= INLINE_BYTES_MAX {
        return work();
    }
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| {
        tracing::error!(%error, "parsing events failed");
        Err(Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the events could not be read; see the server's log",
        ))
    })
}

fn parse_all(state: &AppState, headers: &HeaderMap, body: &[u8]) -> Answer<Parsed> {
    let body = body::read(headers, body, state.config.ingest.events_max)?;
    let knowledge = state.front.knowledge();
    let known = parse::Known { declared: &knowledge.declared, identity: &state.identity };
    let mut parsed = Parsed { is_single: body.is_single, ..Parsed::default() };
    for (index, item) in body.items.into_iter().enumerate() {
        match item.and_then(|json| parse::event(&json, known).map_err(|flaw| flaw.of(parse::id_of(&json)))) {
            Ok(event) => parsed.events.push((index, event)),
            Err(flaw) => parsed.rejected.push(flaw.at(index)),
        }
    }
    Ok(parsed)
}

/// Appends what is good and says what became of everything.
pub(super) async fn answer(state: &AppState, parsed: Parsed) -> Answer<Response> {
    let Parsed { events, rejected, skipped, is_single } = parsed;
    let mut report = Report { rejected, skipped, ..Report::default() };
    if !events.is_empty() {
        let names: Vec<_> =
            events.iter().map(|(index, event)| (*index, event.id.clone(), event.time)).collect();
        let outcomes =
            state.journal.append_events(events.into_iter().map(|(_, event)| event).collect()).await?;
        for ((index, id, time), outcome) in names.into_iter().zip(&outcomes) {
            let time = chrono::DateTime::from_timestamp_millis(time).unwrap_or_default().to_rfc3339();
            report.add(index, &id, &time, outcome);
        }
    }
    report.rejected.sort_by_key(|rejected| rejected.index);
    count(&report);
    if report.is_good() {
        return Ok(Json(report).into_response());
    }
    let detail = match (&*report.rejected, is_single) {
        ([only], true) => format!("{} {}", only.field, only.message),
        (all, _) => format!("none of {} events was taken; `errors` says why of each", all.len()),
    };
    Err(Problem::bad_request("events-rejected", detail).with_errors(&report.rejected))
}

fn count(report: &Report) {
    let counts = [
        ("accepted", report.accepted),
        ("duplicate", report.duplicates),
        ("skipped", report.skipped),
        ("rejected", report.rejected.len()),
    ];
    for (outcome, n) in counts {
        metrics::counter!("plaudit_ingest_events_total", "outcome" => outcome).increment(n as u64);
    }
}
