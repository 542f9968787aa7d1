//! What is done around every handler of the API, in this order: how often the caller may ask, whether the request was done
//! before, one change of a thing at a time, whether the thing is as it was read; then pages and tags of what is read.

use std::time::Instant;

use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::{StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::sync::{Mutex, MutexGuard};

use super::{
    AppState,
    auth::{self, Caller},
    etag,
    idempotency::{self, Begun},
    pages,
    problem::Problem,
    table::Row,
};

/// Longest plain text that is taken for a detail.
const DETAIL_BYTES_MAX: usize = 16 * 1024;

/// One change at a time of what is edited by several people: from the look at a tag to the change nothing comes between,
/// whether the change comes from the API or from a page.
#[derive(Debug, Default)]
pub struct Desks([Mutex<()>; 5]);

impl Desks {
    async fn turn(&self, row: &Row) -> Option<MutexGuard<'_, ()>> {
        let at = desk(row)?;
        Some(self.0[at].lock().await)
    }
}

/// Which desk a change is made at. Changes that take long (a proposal is computed, a mail is sent) and change nothing that
/// has a tag wait for nobody.
fn desk(row: &Row) -> Option<usize> {
    if row.is_change() && row.path == "/v1/drafts/{id}" {
        return Some(2); // It has a tag, and changes nothing that is audited.
    }
    if !row.is_audited() {
        return None;
    }
    let plain = row.path.strip_prefix("/v1").unwrap_or(row.path).trim_start_matches('/');
    let mut pieces = plain.split('/');
    match (pieces.next()?, pieces.nth(1)) {
        ("incentives", Some("adjustments" | "draws" | "leave-out" | "disqualify")) => None,
        ("incentives", _) => Some(0),
        ("roster" | "sites" | "teams" | "agents" | "people", _) => Some(1),
        ("metrics" | "fields" | "sources", _) => Some(2),
        ("budgets" | "prizes", _) => Some(3),
        ("accounts", None | Some("enable" | "disable")) if plain != "accounts" => Some(4),
        _ => None,
    }
}

/// Serves a request of somebody who was let in.
pub(super) async fn serve(
    state: AppState,
    row: Row,
    caller: Option<Caller>,
    request: Request,
    next: Next,
) -> Response {
    if !row.path.starts_with("/v1/") {
        return match desk(&row) {
            Some(_) => change(&state, &row, caller, request, next).await,
            None => auth::audited(&state, &row, caller, request, next).await,
        };
    }
    let counted = caller
        .as_ref()
        .map(|caller| state.front.pace.take(&state.config.limits, &row, caller, Instant::now()));
    let left = match counted.transpose() {
        Ok(left) => left.flatten(),
        Err(refused) => {
            let (problem, left) = *refused;
            let mut response = problem.into_response();
            left.tell(&mut response);
            return response;
        }
    };
    let has_key = idempotency::is_for(&row) && request.headers().contains_key(idempotency::KEY);
    let response = match (has_key, row.is_change(), caller) {
        (true, _, Some(caller)) => once(state, row, caller, request, next).await,
        (_, true, caller) => change(&state, &row, caller, request, next).await,
        (_, false, caller) => read(&state, &row, caller, request, next).await,
    };
    let mut response = in_own_words(response).await;
    if let Some(left) = left {
        left.tell(&mut response);
    }
    response
}

/// Does what was not done before. It goes on when whoever asked hangs up: that is what a key is for.
async fn once(state: AppState, row: Row, caller: Caller, request: Request, next: Next) -> Response {
    let (request, body) = match buffered(request).await {
        Ok(whole) => whole,
        Err(refused) => return *refused,
    };
    let (parts, rest) = request.into_parts();
    let ticket = match idempotency::begin(&state, &row, &caller, &parts, &body) {
        Ok(Begun::Now(ticket)) => ticket,
        Ok(Begun::Again(response)) => return response,
        Err(problem) => return problem.into_response(),
    };
    let request = Request::from_parts(parts, rest);
    let work = async move {
        let response = change(&state, &row, Some(caller), request, next).await;
        ticket.end(&*state.store, response).await
    };
    match tokio::spawn(work).await {
        Ok(response) => response,
        // As if it had not been on a task of its own: the layer above tells of it.
        Err(error) if error.is_panic() => std::panic::resume_unwind(error.into_panic()),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn change(
    state: &AppState,
    row: &Row,
    caller: Option<Caller>,
    request: Request,
    next: Next,
) -> Response {
    if desk(row).is_none() {
        return auth::audited(state, row, caller, request, next).await;
    }
    // Before the turn: nobody waits for a slow sender.
    let request = match buffered(request).await {
        Ok((request, _)) => request,
        Err(refused) => return *refused,
    };
    let _turn = state.front.desks.turn(row).await;
    if let Err(problem) = etag::must_match(state, row, &last_piece(&request), request.headers()) {
        return problem.into_response();
    }
    auth::audited(state, row, caller, request, next).await
}

async fn read(
    state: &AppState,
    row: &Row,
    caller: Option<Caller>,
    mut request: Request,
    next: Next,
) -> Response {
    let wanted = match pages::ask(row, &mut request) {
        Ok(wanted) => wanted,
        Err(problem) => return problem.into_response(),
    };
    let is_tagged = etag::is_tagged(row) && request.method() == axum::http::Method::GET;
    let asked = request.headers().clone();
    // Before it is read: a change in between makes a tag that is too old, never one that is too new.
    let edited = match etag::edited(state, row.path, &last_piece(&request)) {
        Ok(edited) => edited,
        Err(problem) => return problem.into_response(),
    };
    let mut response = auth::audited(state, row, caller, request, next).await;
    if let Some(wanted) = wanted {
        response = pages::cut(wanted, response).await;
    }
    if is_tagged { etag::tag(response, edited, &asked).await } else { response }
}

/// What a path ends with, as its handler has it.
fn last_piece(request: &Request) -> String {
    let path = request.uri().path();
    auth::unescaped(path.rsplit('/').next().unwrap_or_default())
}

/// The request with all of its body, and the body.
async fn buffered(request: Request) -> Result<(Request, Bytes), Box<Response>> {
    let (parts, body) = request.into_parts();
    // With the limit of the route, which stands in the extensions.
    let whole = Request::from_parts(parts.clone(), body);
    let body = Bytes::from_request(whole, &()).await.map_err(|refused| Box::new(refused.into_response()))?;
    Ok((Request::from_parts(parts, Body::from(body.clone())), body))
}

/// What axum refuses by itself it says in plain text; here it is a problem like all others.
async fn in_own_words(response: Response) -> Response {
    let status = response.status();
    let media = response.headers().get(header::CONTENT_TYPE).map(|media| media.as_bytes().to_vec());
    let is_plain = media.is_none_or(|media| media.starts_with(b"text/plain"));
    // Bodies that are too large get their words further out.
    if !status.is_client_error() || !is_plain || status == StatusCode::PAYLOAD_TOO_LARGE {
        return response;
    }
    let body = to_bytes(response.into_body(), DETAIL_BYTES_MAX).await.unwrap_or_default();
    let detail = String::from_utf8_lossy(&body).into_owned();
    Problem::new(StatusCode::BAD_REQUEST, "bad-request", detail).into_response()
}

#[cfg(test)]
mod tests {
    use plaudit_core::access::Right;

    use super::*;
    use crate::api::table::Object;

    #[test]
    fn the_api_and_pages_change_a_thing_at_one_desk() {
        let at = |method, path| {
            desk(&Row { method, path, right: Some(Right::EnableIncentives), object: Object::House })
        };
        assert_eq!(at("PUT", "/v1/incentives/{id}"), Some(0));
        assert_eq!(at("POST", "/v1/incentives/{id}/{decision}"), Some(0));
        assert_eq!(at("POST", "/incentives/{id}/enable"), Some(0));
        assert_eq!(at("POST", "/v1/incentives/{id}/adjustments/accept"), None);
        assert_eq!(at("PUT", "/v1/agents/{id}"), at("POST", "/roster"));
        assert_eq!(at("PUT", "/v1/accounts/{id}"), at("POST", "/accounts/{id}"));
        assert_eq!(at("PUT", "/v1/budgets/{id}"), Some(3));
        assert_eq!(
            at("POST", "/budgets/{id}"),
            Some(3),
            "a form sent twice at once is done one after the other"
        );
        assert_eq!(
            (at("POST", "/prizes"), at("POST", "/sites/{id}"), at("POST", "/teams")),
            (Some(3), Some(1), Some(1))
        );
        assert_eq!(at("PUT", "/v1/drafts/{id}"), Some(2));
        assert_eq!(at("POST", "/v1/accounts/{id}/invite"), None, "it sends a mail");
        assert_eq!(at("GET", "/v1/incentives/{id}"), None);
        assert_eq!(at("POST", "/v1/plugins"), None, "compiling takes long");
    }
}
