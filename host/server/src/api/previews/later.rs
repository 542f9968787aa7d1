//! What else is computed over the past and may take long: what another version would change, and what a final period would
//! have settled. It is asked for with `Prefer: respond-async` (RFC 7240) and kept as a preview: with its progress, and it
//! can be stopped.

use axum::{
    Json,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use plaudit_core::incentive::Incentive;

use super::{Ending, PREVIEW_WAIT_S_MAX, Preview, PreviewResult, PreviewView, Stop, read, within};
use crate::{
    api::{
        AppState,
        auth::Caller,
        finality::{NoProposal, Proposal},
        problem::{Answer, Problem},
        table::Row,
        versions,
    },
    engine::rehearsal::Watch,
};

const PREFER: HeaderName = HeaderName::from_static("prefer");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");
/// What a client says that does not want to wait on the connection.
const RESPOND_ASYNC: &str = "respond-async";

/// What came of a computation.
pub(crate) enum Found {
    /// Who would have won.
    Past(Box<PreviewResult>),
    /// What another version would change.
    Upgrade(Box<versions::Preview>),
    /// What a final period would have settled.
    Adjustment(Box<Proposal>),
}

/// Why nothing came of it.
pub(super) enum Failure {
    Stop(Stop),
    NoProposal(NoProposal),
    /// It was not wanted any more.
    Cancelled,
}

impl Failure {
    pub(super) fn is_cancelled(&self) -> bool {
        matches!(self, Self::Cancelled | Self::Stop(Stop::Cancelled))
    }

    /// A code, and what went wrong.
    pub(super) fn said(&self) -> (String, String) {
        match self {
            Self::NoProposal(error) => {
                let problem = Problem::from(error.clone());
                (problem.code, problem.detail)
            }
            Self::Cancelled => Self::Stop(Stop::Cancelled).said(),
            Self::Stop(stop) => ("preview-failed".to_owned(), stop.to_string()),
        }
    }
}

/// What computes.
pub(super) type Work = Box<dyn FnOnce(&Watch) -> Result<Found, NoProposal> + Send>;

/// Begins to compute something about an incentive, for somebody within whose reach it is, and waits some seconds for it. What
/// is under way already is not begun once more.
pub(in crate::api) async fn begin(
    state: &AppState,
    caller: &Caller,
    (incentive, about): (Incentive, String),
    work: Work,
    wait_s: u64,
) -> Answer<PreviewView> {
    within(state, caller, &incentive)?;
    if let Some(under_way) = state.previews.under_way(&incentive, &about) {
        return read(state, &under_way, caller, wait_s).await;
    }
    let window = (incentive.start, state.clock.now().max(incentive.start));
    let preview = Preview::new(incentive, about, window);
    let (ending, watch) = (Ending(preview.clone()), preview.watch.clone());
    let job = move || {
        watch.begin();
        let found = work(&watch);
        watch.enter(0, 1000);
        watch.tell(1, 1);
        ending.0.end(found.map_err(|error| match watch.is_cancelled() {
            true => Failure::Cancelled,
            false => Failure::NoProposal(error),
        }));
    };
    let previews = &state.previews;
    previews.keep_begun(&preview, previews.rehearser.stage(preview.watch.clone(), Box::new(job)))?;
    read(state, &preview, caller, wait_s).await
}

/// Whether a row may answer later.
pub(in crate::api) fn is_for(row: &Row) -> bool {
    [("POST", "/v1/incentives/{id}/upgrade/preview"), ("GET", "/v1/incentives/{id}/adjustments")]
        .contains(&(row.method, row.path))
}

/// Whether a client prefers not to wait on the connection, and how many seconds it would, before.
///
/// # Errors
/// `wait` is longer than a request may wait.
pub(in crate::api) fn preferred(headers: &HeaderMap) -> Answer<Option<u64>> {
    let preferences = headers.get_all(PREFER).into_iter().filter_map(|value| value.to_str().ok());
    let preferences: Vec<&str> =
        preferences.flat_map(|value| value.split([',', ';'])).map(str::trim).collect();
    if !preferences.iter().any(|preference| preference.eq_ignore_ascii_case(RESPOND_ASYNC)) {
        return Ok(None);
    }
    let wait = preferences.iter().filter_map(|preference| preference.split_once('='));
    let wait = wait.filter(|(name, _)| name.trim().eq_ignore_ascii_case("wait"));
    // A preference that can't be read is ignored, as the RFC has it.
    let wait = wait.filter_map(|(_, value)| value.trim().trim_matches('"').parse().ok()).next().unwrap_or(0);
    Ok(Some(u64::min(wait, PREVIEW_WAIT_S_MAX)))
}

/// What was found, if it is there by now; else where to ask for it.
pub(in crate::api) fn answer(view: PreviewView) -> Answer<Response> {
    if let Some(problem) = problem(&view) {
        return Err(problem);
    }
    if let Some(upgrade) = view.upgrade {
        return Ok(Json(upgrade).into_response());
    }
    if let Some(adjustment) = view.adjustment {
        return Ok(Json(adjustment).into_response());
    }
    let place = format!("/v1/previews/{}", view.id);
    let mut response = (StatusCode::ACCEPTED, [(LOCATION, place)], Json(view)).into_response();
    response.headers_mut().insert(PREFERENCE_APPLIED, HeaderValue::from_static(RESPOND_ASYNC));
    Ok(response)
}

/// Why nothing came of a computation, if it has failed.
pub(crate) fn problem(view: &PreviewView) -> Option<Problem> {
    let (detail, code) = (view.problem.as_ref()?, view.code.as_ref()?);
    let status = match code.as_str() {
        "not-found" => StatusCode::NOT_FOUND,
        "not-final" => StatusCode::CONFLICT,
        "busy" => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Some(Problem::new(status, code, detail.clone()))
}
