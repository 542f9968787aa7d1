//! `GET /v1/payroll?from=2026-03-01&to=2026-03-31`: what was booked in a range of days, as CSV.

use std::io;

use axum::{
    body::{Body, Bytes},
    extract::{Query, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use chrono::NaiveDate;
use plaudit_core::{Id, calendar::day_start};
use plaudit_store::family::{self, people::People};
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

use super::{
    AppState,
    problem::{Answer, Problem},
};
use crate::payroll::{self, Source};

/// Bytes that are sent at once.
const PART_BYTES: usize = 32 * 1024;
/// Parts that wait for a slow reader; then the ledger waits.
const PARTS_WAITING: usize = 4;

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// First day of booking.
    pub from: NaiveDate,
    /// Last day of booking.
    pub to: NaiveDate,
    /// Whose days: an IANA zone, UTC if left out.
    #[serde(default)]
    pub zone: Option<chrono_tz::Tz>,
    /// `csv`, and nothing else.
    #[serde(default)]
    pub format: Option<String>,
}

/// `GET /v1/payroll`
pub async fn get(State(state): State<AppState>, Query(asked): Query<Asked>) -> Answer<Response> {
    if let Some(format) = asked.format.as_deref().filter(|format| *format != "csv") {
        return Err(Problem::bad_request("bad-format", format!("`format` is {format:?}; there is: csv")));
    }
    if asked.to < asked.from {
        let detail = format!("`to` is {}, before `from`, {}", asked.to, asked.from);
        return Err(Problem::bad_request("bad-range", detail));
    }
    let zone = asked.zone.unwrap_or(chrono_tz::UTC);
    let range = (day_start(zone, asked.from.to_epoch_days()), day_start(zone, asked.to.to_epoch_days() + 1));
    let seen = state.views.incentives();
    let house = state.journal.house();
    let sources = house.incentives.values().map(|record| Source {
        incentive: record.incentive.id.clone(),
        zone: record.incentive.zone,
        final_through: seen
            .iter()
            .find(|v| v.id == record.incentive.id)
            .map_or(i64::MIN, |v| v.final_through),
    });
    let sources: Vec<Source> = sources.collect();
    let (sender, parts) = mpsc::channel(PARTS_WAITING);
    let store = state.store.clone();
    tokio::task::spawn_blocking(move || {
        let name = |id: &Id| {
            let person = family::get::<People>(&*store, &id.to_string())?;
            // Who was erased, or never had a name here, is known by the opaque id.
            let external = person.map(|p| p.external_id).filter(|external| !external.is_empty());
            Ok(external.unwrap_or_else(|| id.to_string()))
        };
        let out = io::BufWriter::with_capacity(PART_BYTES, Parts(sender.clone()));
        if let Err(error) = payroll::export(&*store, &sources, range, &name, out) {
            tracing::warn!(%error, "a payroll export ended before its end");
            // The connection breaks, so that nobody takes half an export for a whole one.
            drop(sender.blocking_send(Err(io::Error::other("the export failed"))));
        }
    });
    let name = format!("attachment; filename=\"payroll-{}-{}.csv\"", asked.from, asked.to);
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, Body::from_stream(ReceiverStream::new(parts))).into_response())
}

/// What is written goes to the response, and waits when the response does.
struct Parts(mpsc::Sender<io::Result<Bytes>>);

impl io::Write for Parts {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads it any more");
        self.0.blocking_send(Ok(Bytes::copy_from_slice(part))).map_err(gone)?;
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
