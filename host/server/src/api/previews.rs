//! `/v1/incentives/preview` and `/v1/previews/{id}`: who would have won, over a stretch of the past; what another version
//! would change, or what came late ([`later`]). Nothing is touched.
//!
//! A preview runs on a thread of its own and is kept in memory for a while. It is no business of the journal: after a
//! restart it is gone.

pub(crate) mod later;
mod result;
#[cfg(test)]
mod tests;
mod window;

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header::LOCATION},
    response::{IntoResponse, Response},
};
use plaudit_core::{Id, Millis, access::Right, incentive::Incentive};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as JsonValue};
use tokio::sync::watch;
use utoipa::{IntoParams, ToSchema};

use self::later::{Failure, Found};
pub use self::result::{
    AWARDS_SHOWN_MAX, Cost, DrawExample, FaultView, PeriodRow, PreviewResult, What, Winner,
};
use super::{
    AppState, allotments,
    auth::{self, Caller},
    document,
    finality::Proposal,
    incentives::{self, IncentiveDocument},
    people::Names,
    problem::{Answer, Problem},
    versions,
};
use crate::engine::{
    rehearsal::{Report, Stop, Watch},
    stage::{Done, Full, Job, Wish},
};

/// Previews kept; the oldest finished one makes room.
pub const PREVIEWS_KEPT_MAX: usize = 32;
/// How long a finished preview is kept.
pub const PREVIEW_KEPT_FOR: Duration = Duration::from_secs(60 * 60);
/// The longest window, in days.
pub const PREVIEW_DAYS_MAX: i64 = 400;
/// The longest that a request waits for a preview, in seconds.
pub const PREVIEW_WAIT_S_MAX: u64 = 60;
/// Rows kept of each board of a period.
const ROWS_KEPT: usize = 3;
/// The incentive's id if the document names none: never the id of a real one, since no id may be `preview`.
const NO_ID: &str = "preview";

/// What runs an incentive over the past, as the API needs it.
pub trait Rehearser: Send + Sync + 'static {
    /// Begins, and hands over what came of it on a thread of its own.
    ///
    /// # Errors
    /// Too many wait; nothing was begun.
    fn rehearse(&self, wish: Wish, watch: Arc<Watch>, done: Done) -> Result<(), Full>;

    /// Does something else over the past, on such a thread. `watch` is cancelled when the house closes.
    ///
    /// # Errors
    /// Too many wait; the job is dropped.
    fn stage(&self, watch: Arc<Watch>, job: Job) -> Result<(), Full>;
}

impl Rehearser for crate::engine::Engine {
    fn stage(&self, watch: Arc<Watch>, job: Job) -> Result<(), Full> {
        self.on_stage(watch, job)
    }

    fn rehearse(&self, wish: Wish, watch: Arc<Watch>, done: Done) -> Result<(), Full> {
        crate::engine::Engine::rehearse(self, wish, watch, done)
    }
}

/// A house where nothing is rehearsed; what else there is to do is done at once.
struct Nobody;

impl Rehearser for Nobody {
    fn rehearse(&self, _: Wish, _: Arc<Watch>, _: Done) -> Result<(), Full> {
        Err(Full)
    }

    fn stage(&self, _: Arc<Watch>, job: Job) -> Result<(), Full> {
        job();
        Ok(())
    }
}

/// The previews that are known.
pub struct Previews {
    rehearser: Arc<dyn Rehearser>,
    kept: Mutex<VecDeque<Arc<Preview>>>,
}

impl std::fmt::Debug for Previews {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Previews").field("kept", &self.lock().len()).finish_non_exhaustive()
    }
}

impl Default for Previews {
    fn default() -> Self {
        Self::new(Arc::new(Nobody))
    }
}

/// A preview, from the request to its result.
struct Preview {
    id: Id,
    /// As it is tried.
    incentive: Incentive,
    /// What of it: empty for the past.
    about: String,
    /// What is looked at, to the first instant after it.
    window: (Millis, Millis),
    watch: Arc<Watch>,
    ended: Mutex<Option<Ended>>,
    is_done: watch::Sender<bool>,
}

struct Ended {
    at: Instant,
    outcome: Result<Arc<Found>, Failure>,
}

impl Preview {
    fn new(incentive: Incentive, about: String, window: (Millis, Millis)) -> Arc<Self> {
        Arc::new(Self {
            id: format!("p{:016x}", rand::random::<u64>()).into(),
            incentive,
            about,
            window,
            watch: Arc::new(Watch::default()),
            ended: Mutex::default(),
            is_done: watch::Sender::new(false),
        })
    }

    fn end(&self, outcome: Result<Found, Failure>) {
        let ended = Ended { at: Instant::now(), outcome: outcome.map(Arc::new) };
        *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(ended);
        self.is_done.send_replace(true);
    }

    fn ended(&self) -> MutexGuard<'_, Option<Ended>> {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn view(&self) -> PreviewView {
        let ended = self.ended();
        let mut view = PreviewView {
            id: self.id.clone(),
            state: if self.watch.has_begun() { PreviewState::Running } else { PreviewState::Waiting },
            title: self.incentive.title.clone(),
            plugin: self.incentive.plugin.clone(),
            from: self.window.0,
            to: self.window.1,
            progress: Progress { per_mille: self.watch.per_mille(), events: self.watch.read() },
            problem: None,
            code: None,
            obstacle: None,
            result: None,
            upgrade: None,
            adjustment: None,
        };
        match ended.as_ref().map(|ended| &ended.outcome) {
            None => {}
            Some(Err(failure)) if failure.is_cancelled() => view.state = PreviewState::Cancelled,
            Some(Err(failure)) => {
                let (code, detail) = failure.said();
                (view.state, view.code, view.problem) = (PreviewState::Failed, Some(code), Some(detail));
            }
            Some(Ok(found)) => {
                view.state = PreviewState::Done;
                match &**found {
                    Found::Past(result) => view.result = Some((**result).clone()),
                    Found::Upgrade(upgrade) => view.upgrade = Some((**upgrade).clone()),
                    Found::Adjustment(proposal) => view.adjustment = Some((**proposal).clone()),
                }
            }
        }
        view
    }
}

impl Previews {
    /// None yet; `rehearser` runs them.
    pub fn new(rehearser: Arc<dyn Rehearser>) -> Self {
        Self { rehearser, kept: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Arc<Preview>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what is too old.
    fn tidy(&self) {
        let mut kept = self.lock();
        let age = |preview: &Arc<Preview>| preview.ended().as_ref().map(|ended| ended.at.elapsed());
        kept.retain(|preview| age(preview).is_none_or(|age| age < PREVIEW_KEPT_FOR));
    }

    /// Keeps one more; the oldest finished one makes room.
    fn keep(&self, preview: Arc<Preview>) {
        let mut kept = self.lock();
        kept.push_back(preview);
        if kept.len() > PREVIEWS_KEPT_MAX
            && let Some(oldest) = kept.iter().position(|preview| preview.ended().is_some())
        {
            kept.remove(oldest);
        }
    }

    /// What computes the same of the same incentive, if something does.
    fn under_way(&self, incentive: &Incentive, about: &str) -> Option<Arc<Preview>> {
        let is_it = |kept: &&Arc<Preview>| {
            kept.about == about
                && kept.incentive == *incentive
                && kept.ended().is_none()
                && !kept.watch.is_cancelled()
        };
        self.lock().iter().find(is_it).cloned()
    }

    /// Whether a preview tries an incentive just like this one.
    pub(crate) fn is_of(&self, id: &str, incentive: &Incentive) -> bool {
        self.lock().iter().any(|kept| *kept.id == *id && kept.incentive == *incentive)
    }

    fn find(&self, id: &str) -> Answer<Arc<Preview>> {
        self.tidy();
        self.lock().iter().find(|preview| &*preview.id == id).cloned().ok_or_else(|| {
            let detail = format!(
                "there is no preview {id:?}; previews are forgotten after an hour and at a restart, POST \
                 /v1/incentives/preview makes a new one"
            );
            Problem::new(StatusCode::NOT_FOUND, "not-found", detail)
        })
    }

    fn begin(&self, state: &AppState, incentive: Incentive) -> Answer<Arc<Preview>> {
        let window = (incentive.start, incentive.end.unwrap_or(incentive.start));
        let preview = Preview::new(incentive.clone(), String::new(), window);
        let roster = state.journal.house().roster;
        let is_boundless =
            incentive.allotment.is_empty() && incentive.prizes.values().all(|terms| terms.pieces == 0);
        let wish = Wish { incentive: incentive.clone(), is_boundless, rows_kept: ROWS_KEPT };
        let ending = Ending(preview.clone());
        let done = move |report: Result<Report, Stop>| {
            let found =
                report.map(|report| Found::Past(Box::new(result::result(&incentive, &roster, &report))));
            ending.0.end(found.map_err(Failure::Stop));
        };
        self.keep_begun(&preview, self.rehearser.rehearse(wish, preview.watch.clone(), Box::new(done)))?;
        Ok(preview)
    }

    /// Keeps what was begun.
    fn keep_begun(&self, preview: &Arc<Preview>, begun: Result<(), Full>) -> Answer<()> {
        begun.map_err(|full| {
            let mut problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "previews-busy", full.to_string());
            problem.retry_after_s = Some(5);
            problem
        })?;
        self.tidy();
        self.keep(preview.clone());
        Ok(())
    }
}

/// Ends a preview whose job is dropped without an answer, as by a panic.
struct Ending(Arc<Preview>);

impl Drop for Ending {
    fn drop(&mut self) {
        if self.0.ended().is_none() {
            let stop = match self.0.watch.is_cancelled() {
                true => Stop::Cancelled,
                false => Stop::Infrastructure("the preview broke off; the server's log says why".to_owned()),
            };
            self.0.end(Err(Failure::Stop(stop)));
        }
    }
}

/// How to make or read one.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PreviewOptions {
    /// Seconds to wait for the result, at most 60.
    #[serde(default)]
    #[param(maximum = 60)]
    pub wait: u64,
    /// Take the newest versions of plugin and metrics instead of those that the incentive has pinned.
    #[serde(default)]
    pub repin: bool,
}

/// A preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PreviewView {
    /// Its id.
    pub id: Id,
    /// How far it is.
    pub state: PreviewState,
    /// The incentive's title.
    pub title: String,
    /// Digest of the plugin.
    pub plugin: Id,
    /// First instant of what is looked at, in milliseconds since 1970.
    pub from: Millis,
    /// First instant after it.
    pub to: Millis,
    /// How much is done.
    pub progress: Progress,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// The code of a problem that has this as its detail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Why it could not be enabled as it is: what its budgets lack.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<String>,
    /// Who would have won, once it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<PreviewResult>,
    /// What another version would change, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upgrade: Option<versions::Preview>,
    /// What a final period would have settled, where it was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjustment: Option<Proposal>,
}

impl PreviewView {
    /// Whether there is more to come.
    pub fn is_under_way(&self) -> bool {
        matches!(self.state, PreviewState::Waiting | PreviewState::Running)
    }
}

/// How far a preview is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PreviewState {
    /// Others are before it.
    Waiting,
    /// It runs.
    Running,
    /// There is a result; see its `fault`, too.
    Done,
    /// It could not be brought to an end: see `problem`.
    Failed,
    /// Nobody wanted it any more.
    Cancelled,
}

/// How much of a preview is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PreviewProgress)]
pub struct Progress {
    /// Thousandths of the whole.
    pub per_mille: u64,
    /// Events read.
    pub events: u64,
}

/// `POST /v1/incentives/preview`: the document of `PUT /v1/incentives/{id}` with `from` and `to`.
pub async fn post(
    State(state): State<AppState>,
    Query(options): Query<PreviewOptions>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Response> {
    let mut fields: Map<String, JsonValue> = document::read(&headers, &body)?;
    let (from, to) = (fields.remove("from"), fields.remove("to"));
    let id = match fields.remove("id") {
        None => NO_ID.to_owned(),
        Some(id) => {
            let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            document::check_name("incentive id", &id)?;
            id
        }
    };
    let wanted: IncentiveDocument = serde_json::from_value(JsonValue::Object(fields))
        .map_err(|e| Problem::bad_request("bad-document", format!("the document can't be read: {e}")))?;
    let window = window::window(from.as_ref(), to.as_ref(), wanted.zone, state.clock.now())?;
    let house = state.journal.house();
    let known = house.incentives.get(&*id).map(|record| &record.incentive);
    let mut incentive = incentives::resolve(&state, &house, &id, wanted, known, options.repin).await?;
    within(&state, &caller, &incentive)?;
    (incentive.start, incentive.end) = (window.0, Some(window.1));
    incentives::calendar(&incentive)
        .map_err(|error| Problem::unprocessable("bad-periods", error.to_string()))?;
    let preview = state.previews.begin(&state, incentive)?;
    let view = read(&state, &preview, &caller, options.wait).await?;
    let status = if view.result.is_some() { StatusCode::OK } else { StatusCode::ACCEPTED };
    Ok((status, [(LOCATION, format!("/v1/previews/{}", view.id))], Json(view)).into_response())
}

/// `GET /v1/previews/{id}`
pub async fn get(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(options): Query<PreviewOptions>,
    caller: Caller,
) -> Answer<Json<PreviewView>> {
    let preview = state.previews.find(&id)?;
    within(&state, &caller, &preview.incentive)?;
    Ok(Json(read(&state, &preview, &caller, options.wait).await?))
}

/// `DELETE /v1/previews/{id}`: it stops, and is forgotten.
pub async fn delete(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Answer<StatusCode> {
    let preview = state.previews.find(&id)?;
    within(&state, &caller, &preview.incentive)?;
    preview.watch.cancel();
    state.previews.lock().retain(|kept| kept.id != preview.id);
    Ok(StatusCode::NO_CONTENT)
}

/// A preview is for those who could enable what it tries.
fn within(state: &AppState, caller: &Caller, incentive: &Incentive) -> Answer<()> {
    let house = state.journal.house();
    match caller.reach.holds(&house.roster, &incentive.audience, state.clock.now()) {
        true => Ok(()),
        false => Err(auth::beyond(caller)),
    }
}

/// A preview as it is after some seconds at most, with names for those who may see them.
async fn read(state: &AppState, preview: &Preview, caller: &Caller, wait_s: u64) -> Answer<PreviewView> {
    if wait_s > PREVIEW_WAIT_S_MAX {
        let detail = format!("`wait` is {wait_s}, and may be {PREVIEW_WAIT_S_MAX} seconds at most");
        return Err(Problem::bad_request("bad-range", detail));
    }
    if wait_s > 0 {
        let patience = Duration::from_secs(wait_s);
        let mut done = preview.is_done.subscribe();
        tokio::select! {
            // The preview outlives this call, and with it the sender.
            _ = tokio::time::timeout(patience, done.wait_for(|done| *done)) => {}
            () = state.closing.cancelled() => {}
        }
    }
    let mut view = preview.view();
    if view.upgrade.is_none() && view.adjustment.is_none() {
        view.obstacle =
            allotments::over_budget(&state.journal.house(), &preview.incentive).err().map(|p| p.detail);
    }
    if !caller.access.may(Right::SeePeople) {
        return Ok(view);
    }
    let mut names = Names::default();
    let differences = (view.upgrade.iter_mut().map(|upgrade| &mut upgrade.differences))
        .chain(view.adjustment.iter_mut().map(|proposal| &mut proposal.differences))
        .flatten()
        .map(|difference| (&difference.subject, &mut difference.who));
    for (subject, name) in view.result.iter_mut().flat_map(PreviewResult::people).chain(differences) {
        *name = names.of(&*state.store, subject)?;
    }
    Ok(view)
}
