//! Tags of what was read: not sent again when it is known, not changed when it has changed.
//!
//! A tag is strong: a digest of the whole answer. Before a dot it has, for what managers edit at the same time, a digest of
//! what is *edited*; `If-Match` looks at that alone, so that a budget of which something was spent, or an incentive
//! whose board moved, can still be changed by whoever read it before.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderMap, HeaderValue, Response as HttpResponse, StatusCode, header},
    response::{IntoResponse, Response},
};
use plaudit_store::{
    family,
    family::{draft::Drafts, people::People, source::Sources},
};
use serde_json::json;

use super::{
    AppState, accounts, people,
    problem::{Answer, Problem},
    table::Row,
    veil,
};
use crate::porter::accounts as kept_accounts;

/// What may be changed on the condition that it is as it was read.
const CHECKED: [&str; 8] = [
    "/v1/accounts/{id}",
    "/v1/agents/{id}",
    "/v1/budgets/{id}",
    "/v1/drafts/{id}",
    "/v1/incentives/{id}",
    "/v1/metrics/{name}",
    "/v1/prizes/{id}",
    "/v1/sources/{name}",
];
/// What is read and no document: it goes on for ever, or is written as it is read.
const STREAMED: [&str; 3] = ["/stream", "/feed", "/payroll"];

/// Whether answers of a row have a tag.
pub(super) fn is_tagged(row: &Row) -> bool {
    row.method == "GET"
        && row.path.starts_with("/v1/")
        && row.right.is_some()
        && !STREAMED.iter().any(|end| row.path.ends_with(end))
}

/// Whether a change may ask for a tag.
pub(super) fn is_checked(row: &Row) -> bool {
    matches!(row.method, "PUT" | "DELETE") && CHECKED.contains(&row.path)
}

/// A digest of what is edited at a path, as it stands; `None` if there is no such thing, or it has no such digest.
///
/// # Errors
/// The store fails.
pub(super) fn edited(state: &AppState, path: &str, id: &str) -> Answer<Option<String>> {
    let house = state.journal.house();
    let what = match path {
        "/v1/accounts/{id}" => {
            let account = kept_accounts::get(&*state.store, id)?;
            account.map(|account| json!(accounts::view(&account, None)))
        }
        "/v1/agents/{id}" => {
            let id = people::opaque(state, id);
            let person = family::get::<People>(&*state.store, &id.to_string())?;
            let person = person.map(|person| family::value::<People>(&person));
            house.roster.agent(&id).map(|agent| json!([agent, person]))
        }
        "/v1/budgets/{id}" => house.budgets.get(id).map(|budget| json!([budget.currency, budget.total])),
        "/v1/drafts/{id}" => {
            family::get::<Drafts>(&*state.store, &id.to_owned())?.map(|draft| json!(draft.document))
        }
        "/v1/incentives/{id}" => match house.incentives.get(id) {
            Some(record) => {
                let anonymity = veil::anonymity(&*state.store, id)?;
                Some(json!([record.incentive, record.paused, record.ended, anonymity]))
            }
            None => None,
        },
        "/v1/metrics/{name}" => house.metrics.get(id).map(|metric| json!(metric)),
        "/v1/prizes/{id}" => {
            house.prizes.get(id).map(|of| json!([of.prize.id, of.prize.title, of.prize.cost, of.total]))
        }
        "/v1/sources/{name}" => {
            family::get::<Sources>(&*state.store, &id.to_owned())?.map(|source| json!(source.document))
        }
        _ => None,
    };
    Ok(what.map(|what| digest(what.to_string().as_bytes())))
}

fn digest(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..24].to_owned()
}

/// Gives an answer its tag, or none of it where the tag is known.
pub(super) async fn tag(response: Response, edited: Option<String>, asked: &HeaderMap) -> Response {
    let media = response.headers().get(header::CONTENT_TYPE);
    let is_document = media.is_some_and(|media| media.as_bytes().starts_with(b"application/json"));
    if response.status() != StatusCode::OK || !is_document {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        // It was made in memory: nothing can go wrong on the way.
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let whole = digest(&body);
    let tag = edited.map_or_else(|| format!("\"{whole}\""), |edited| format!("\"{edited}.{whole}\""));
    if let Ok(value) = HeaderValue::try_from(tag.as_str()) {
        parts.headers.insert(header::ETAG, value);
    }
    let is_known = tags(asked, &header::IF_NONE_MATCH)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag);
    if is_known {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return HttpResponse::from_parts(parts, Body::empty());
    }
    HttpResponse::from_parts(parts, Body::from(body))
}

fn tags<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> impl Iterator<Item = &'a str> {
    let lines = headers.get_all(name).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|tag| !tag.is_empty())
}

/// Whether what is to be changed is as it was read, where the request asks for that.
///
/// # Errors
/// 412, or the store fails.
pub(super) fn must_match(state: &AppState, row: &Row, id: &str, asked: &HeaderMap) -> Answer<()> {
    if !is_checked(row) || !asked.contains_key(header::IF_MATCH) {
        return Ok(());
    }
    let now = edited(state, row.path, id)?;
    let is_it = |tag: &str| match &now {
        None => false,
        // A weak tag never matches here (RFC 9110, 13.1.1).
        Some(now) => {
            tag == "*"
                || tag
                    .strip_prefix('"')
                    .and_then(|tag| tag.strip_suffix('"'))
                    .is_some_and(|tag| tag.split('.').next() == Some(now))
        }
    };
    if tags(asked, &header::IF_MATCH).any(is_it) {
        return Ok(());
    }
    let detail = match now {
        Some(_) => {
            "somebody has changed it since you read it; read it again, look at what changed, and send yours anew"
        }
        None => {
            "there is no such thing (any more), so it is not as you read it; leave `If-Match` out to make it"
        }
    };
    Err(Problem::new(StatusCode::PRECONDITION_FAILED, "precondition-failed", detail))
}
