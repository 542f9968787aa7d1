//! `POST /v1/events`: CloudEvents in every HTTP mode.

use std::collections::BTreeMap;

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
    watch::{Heard, Sample},
};
use crate::journal::Outcome;

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
    /// The source that it came through; each event's own where there is none.
    pub(super) source: Option<String>,
    /// One of the good ones, as it came.
    pub(super) sample: Option<Sample>,
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
    let roster = state.journal.house().roster;
    let known =
        parse::Known::new(&knowledge.declared, &state.identity).remembering(&roster, &state.front.strangers);
    let mut parsed = Parsed { is_single: body.is_single, ..Parsed::default() };
    for (index, item) in body.items.into_iter().enumerate() {
        let read = item.and_then(|json| match parse::event(&json, known) {
            Ok(event) => Ok((event, json)),
            Err(flaw) => Err(flaw.of(parse::id_of(&json))),
        });
        match read {
            Ok((event, json)) => {
                if parsed.sample.is_none() {
                    parsed.sample = Some(Sample::new(&json, &event));
                }
                parsed.events.push((index, event));
            }
            Err(flaw) => parsed.rejected.push(flaw.at(index)),
        }
    }
    Ok(parsed)
}

/// Appends what is good and says what became of everything.
pub(super) async fn answer(state: &AppState, parsed: Parsed) -> Answer<Response> {
    let Parsed { events, rejected, skipped, is_single, source, sample } = parsed;
    let mut heard: BTreeMap<String, Heard> = BTreeMap::new();
    let of = |event: &Event| source.clone().unwrap_or_else(|| event.source.to_string());
    let now = state.clock.now();
    let mut report = Report { rejected, skipped, ..Report::default() };
    // What can't be read names no source.
    let unread = Heard { rejected: report.rejected.clone(), skipped: skipped as u64, ..Heard::default() };
    if skipped > 0 || !unread.rejected.is_empty() {
        heard.insert(source.clone().unwrap_or_default(), unread);
    }
    if let Some(sample) = sample {
        let source = of(&sample.event);
        heard.entry(source).or_default().sample = Some(sample);
    }
    if !events.is_empty() {
        let names: Vec<_> =
            events.iter().map(|(i, event)| (*i, event.id.clone(), event.time, of(event))).collect();
        let outcomes =
            state.journal.append_events(events.into_iter().map(|(_, event)| event).collect()).await?;
        for ((index, id, time, source), outcome) in names.into_iter().zip(&outcomes) {
            let heard = heard.entry(source).or_default();
            match outcome {
                Outcome::Accepted(_) => {
                    heard.accepted += 1;
                    heard.lag = Some(now.saturating_sub(time));
                }
                Outcome::Duplicate => heard.duplicates += 1,
                Outcome::Conflict | Outcome::Ahead | Outcome::TooOld => {}
            }
            let before = report.rejected.len();
            let time = chrono::DateTime::from_timestamp_millis(time).unwrap_or_default().to_rfc3339();
            report.add(index, &id, &time, outcome);
            heard.rejected.extend(report.rejected.get(before..).unwrap_or_default().iter().cloned());
        }
    }
    for (source, heard) in heard {
        state.front.watch.note(state.porter.now(), &source, heard);
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
