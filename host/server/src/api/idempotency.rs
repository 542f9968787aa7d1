//! `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the same request again is answered, and not done again.
//!
//! What came of a request is kept for a day, durably. Answers that tell a secret once, and large ones, are not kept: who
//! asks again hears that it was done. Nothing is kept of what was refused: it changed nothing, so it may be tried again.

use std::{
    collections::BTreeSet,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderName, HeaderValue, Response as HttpResponse, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use plaudit_core::{Millis, hash::hex};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::replay::{Outcome, Replay, Replays},
};

use super::{
    AppState,
    auth::{Caller, Who},
    problem::{Answer, Problem},
    table::Row,
};

/// Longest key, in characters.
pub(super) const KEY_CHARS_MAX: usize = 255;
/// How long an answer is kept, by the machine's clock.
const KEPT_MS: Millis = 24 * 60 * 60 * 1000;
/// How often what has expired is thrown away.
const PRUNED_EACH_MS: Millis = 60 * 60 * 1000;
/// Larger answers are not kept.
const BODY_BYTES_MAX: usize = 64 * 1024;
/// Pairs that are read at a time.
const CHUNK: usize = 1000;
/// Rows whose answers tell a secret.
const TOLD_ONCE: [&str; 3] = ["/v1/accounts", "/v1/accounts/{id}/invite", "/v1/tokens"];
/// The header.
pub(super) const KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What is kept in memory of requests with keys.
#[derive(Debug, Default)]
pub struct Running {
    keys: Arc<Mutex<BTreeSet<String>>>,
    pruned: AtomicI64,
}

impl Running {
    /// As if a request ran.
    #[cfg(test)]
    pub(super) fn hold(&self, name: &str) {
        self.keys.lock().unwrap().insert(name.to_owned());
    }
}

/// Whether a row takes keys: what makes or changes something, and can't be told by its address from another one. Events
/// are known by their own ids; previews change nothing. Drafts change nothing either, and are kept.
pub(super) fn is_for(row: &Row) -> bool {
    row.method == "POST" && (row.is_audited() && row.path.starts_with("/v1/") || row.path == "/v1/drafts")
}

/// A request that is to be done now.
#[derive(Debug)]
pub(super) struct Ticket {
    name: String,
    replay: Replay,
    is_told_once: bool,
    running: Arc<Mutex<BTreeSet<String>>>,
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.name);
    }
}

/// What to do with a request.
#[derive(Debug)]
pub(super) enum Begun {
    /// It was done before: this is the answer.
    Again(Response),
    /// It is to be done.
    Now(Ticket),
}

/// Begins a request with a key.
///
/// # Errors
/// A key that is none, was used for another request, or whose request still runs; the store fails.
pub(super) fn begin(
    state: &AppState,
    row: &Row,
    caller: &Caller,
    parts: &Parts,
    body: &Bytes,
) -> Answer<Begun> {
    let key = key(parts)?;
    let who = match &caller.who {
        Who::Token(token) => format!("token {}", token.id),
        Who::Account { account, .. } => format!("account {}", account.id),
        Who::Everybody => "everybody".to_owned(),
    };
    let now = state.porter.now();
    prune(state, now)?;
    let name = state.porter.fingerprint("idempotency key", &[who.as_bytes(), key.as_bytes()]);
    let name = hex(&name).to_string();
    let media = parts.headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let address = parts.uri.path_and_query().map_or("", |all| all.as_str());
    let request = state
        .porter
        .fingerprint("idempotent request", &[row.method.as_bytes(), address.as_bytes(), media, body]);
    let running = state.front.running.keys.clone();
    if !running.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone()) {
        let detail = "the first request with this key is still running; send this one again in a moment";
        return Err(Problem { retry_after_s: Some(1), ..Problem::conflict("still-running", detail) });
    }
    let replay = Replay { request, until: now + KEPT_MS, outcome: Outcome::Begun };
    // From here on, whatever ends this request lets the key go.
    let ticket = Ticket { name, replay, is_told_once: TOLD_ONCE.contains(&row.path), running };
    let known = family::get::<Replays>(&*state.store, &ticket.name)?.filter(|known| known.until > now);
    match known {
        Some(known) if known.request != request => {
            let detail = "this key was used for another request within the last 24 hours; use a fresh one for each request";
            Err(Problem::unprocessable("key-reused", detail))
        }
        Some(known) => again(known.outcome).map(Begun::Again),
        None => {
            ticket.write(&*state.store)?;
            Ok(Begun::Now(ticket))
        }
    }
}

fn key(parts: &Parts) -> Answer<String> {
    let text = parts.headers.get(KEY).and_then(|key| key.to_str().ok()).unwrap_or_default();
    // The draft's syntax is a quoted string; most clients send it bare.
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    if text.is_empty()
        || text.len() > KEY_CHARS_MAX
        || !text.bytes().all(|b| b.is_ascii_graphic() || b == b' ')
    {
        let detail = format!(
            "`Idempotency-Key` must be 1 to {KEY_CHARS_MAX} visible ASCII characters, such as a UUID of your own"
        );
        return Err(Problem::bad_request("bad-idempotency-key", detail));
    }
    Ok(text.to_owned())
}

/// The answer of the first request.
fn again(outcome: Outcome) -> Answer<Response> {
    let status = |status: u16| StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    match outcome {
        Outcome::Answered { status: first, media, location, body } => {
            let mut response = (status(first), Body::from(body)).into_response();
            let headers = response.headers_mut();
            headers.remove(header::CONTENT_TYPE);
            for (name, value) in [(header::CONTENT_TYPE, media), (header::LOCATION, location)] {
                if let Some(value) = value.and_then(|value| HeaderValue::try_from(value).ok()) {
                    headers.insert(name, value);
                }
            }
            headers.insert(REPLAYED, HeaderValue::from_static("true"));
            Ok(response)
        }
        Outcome::NotKept { status } => {
            let detail = format!(
                "the first request with this key was done and answered {status}; its answer is not kept, because it told a \
                 secret, was large, or spoke of somebody who was erased. Read what it made; for another one use a fresh key"
            );
            Err(Problem::conflict("answer-not-kept", detail))
        }
        Outcome::Begun => {
            let detail = "the first request with this key was begun, and the server ended before it was answered; look whether \
                          it was done, and use a fresh key if it was not";
            Err(Problem::conflict("outcome-unknown", detail))
        }
    }
}

impl Ticket {
    fn write(&self, store: &dyn Store) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        family::put::<Replays>(&mut batch, &self.name, &self.replay);
        store.apply(batch)?;
        store.sync()
    }

    /// Keeps what came of it.
    pub(super) async fn end(mut self, store: &dyn Store, response: Response) -> Response {
        let status = response.status();
        if !status.is_success() {
            // Of a failure of the server nobody knows whether it changed something; all else changed nothing.
            if !status.is_server_error() {
                let mut batch = Batch::default();
                family::delete::<Replays>(&mut batch, &self.name);
                self.note(store.apply(batch).map(drop));
            }
            return response;
        }
        let (parts, body) = response.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let text = |name| parts.headers.get(name)?.to_str().ok().map(str::to_owned);
        let status = status.as_u16();
        self.replay.outcome = match self.is_told_once || body.len() > BODY_BYTES_MAX {
            true => Outcome::NotKept { status },
            false => Outcome::Answered {
                status,
                media: text(header::CONTENT_TYPE),
                location: text(header::LOCATION),
                body: body.to_vec(),
            },
        };
        self.note(self.write(store));
        HttpResponse::from_parts(parts, Body::from(body))
    }

    /// It was done: that it could not be kept is no reason to say otherwise. Asked again, nobody knows what came of it.
    fn note(&self, written: Result<(), StoreError>) {
        if let Err(error) = written {
            tracing::error!(%error, "what came of a request with an Idempotency-Key could not be kept");
        }
    }
}

/// Throws away what has expired, now and then.
fn prune(state: &AppState, now: Millis) -> Result<(), StoreError> {
    let last = &state.front.running.pruned;
    if now - last.load(Ordering::Relaxed) < PRUNED_EACH_MS {
        return Ok(());
    }
    last.store(now, Ordering::Relaxed);
    each(&*state.store, |name, replay, batch| {
        if replay.until <= now {
            family::delete::<Replays>(batch, name);
        }
    })
}

/// Forgets what was answered, and keeps that it was: somebody was erased, of whom an answer may have spoken.
///
/// # Errors
/// The store fails.
pub fn forget_answers(store: &dyn Store) -> Result<(), StoreError> {
    each(store, |name, replay, batch| {
        if let Outcome::Answered { status, .. } = replay.outcome {
            let replay = Replay { outcome: Outcome::NotKept { status }, ..replay };
            family::put::<Replays>(batch, name, &replay);
        }
    })
}

fn each(store: &dyn Store, change: impl Fn(&String, Replay, &mut Batch)) -> Result<(), StoreError> {
    let mut from: Option<String> = None;
    loop {
        let chunk = family::scan::<Replays>(store, from.as_ref(), CHUNK)?;
        let is_last = chunk.len() < CHUNK;
        let mut batch = Batch::default();
        for (name, replay) in chunk {
            change(&name, replay, &mut batch);
            // The first key after this one.
            from = Some(format!("{name}\0"));
        }
        if !batch.is_empty() {
            store.apply(batch)?;
        }
        if is_last {
            return Ok(());
        }
    }
}
