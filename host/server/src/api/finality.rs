//! `/v1/incentives/{id}/late`, `/adjustments`: what came after a period was final, and what a manager makes of it.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use plaudit_core::{
    Id, Millis,
    access::Right,
    award::Status,
    event::Subject,
    incentive::{Approval, Incentive},
    journal::{Adjusted, Decision, Entry},
};
use plaudit_store::family::late::LateKind;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    AppState, approvals,
    auth::Caller,
    document, pages, people,
    previews::{
        PreviewView,
        later::{self, Found},
    },
    problem::{Answer, Problem},
    views::{ContentView, subject_text},
};
use crate::{engine::rehearsal::Watch, journal::AppendError};

/// Differences in one entry of the journal: an entry is stored as one value.
const CHANGES_PER_ENTRY: usize = 40;

/// What the engine knows of final periods. Calls that compute may take minutes: never on a thread of the server.
pub trait Finality: Send + Sync + 'static {
    /// Facts that came too late, newest first.
    fn late(&self, _incentive: &str, _period: Option<&str>, _limit: usize) -> Vec<LateView> {
        Vec::new()
    }

    /// What was decided about final periods, newest first.
    fn adjustments(&self, _incentive: &str) -> Vec<AdjustmentView> {
        Vec::new()
    }

    /// What a final period would have settled with everything that is known now, against what stands. `watch` hears how
    /// far it is, and may end it.
    ///
    /// # Errors
    /// It can't be computed, or not now; or it is not wanted any more.
    fn propose(&self, incentive: &str, _period: &str, _watch: &Watch) -> Result<Proposal, NoProposal> {
        Err(NoProposal::Unknown(format!("there is no incentive {incentive:?}")))
    }
}

/// A fact that came too late to count by itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct LateView {
    /// `new`, `revised`, `retracted` or `roster`.
    pub what: LateKind,
    /// Whom it speaks of.
    #[serde(with = "subject_text")]
    pub subject: Subject,
    /// Type of the event; empty for a change of the roster.
    pub kind: Id,
    /// Entity or id of the event; empty for a change of the roster.
    pub name: Id,
    /// Earliest instant that it concerns.
    pub time: Millis,
    /// Final periods that it concerns.
    pub periods: Vec<Id>,
    /// When it was received.
    pub received: Millis,
    /// Journal block that holds it.
    pub block: u64,
    /// Index in the block.
    pub index: u32,
}

/// A decision about a final period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AdjustmentView {
    /// Which period.
    pub period: Id,
    /// Digest of the difference that was decided on.
    pub digest: Id,
    /// Who decided.
    pub actor: Id,
    /// When.
    pub at: Millis,
    /// Journal block of the decision.
    pub block: u64,
    /// `booked`, `refused` (the allotment had become too small) or `left`.
    pub outcome: String,
    /// How many awards it changes.
    pub changes: u32,
    /// What it costs in whole units of the allotment's first currency; negative: what comes back.
    pub units: i64,
    /// The same by currency or `prize/<id>`.
    pub moved: BTreeMap<Id, i64>,
}

/// What accepting an adjustment would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Proposal {
    /// The incentive.
    pub incentive: Id,
    /// The final period.
    pub period: Id,
    /// Block up to which facts are in it.
    pub block: u64,
    /// Names exactly these differences: send it with the decision.
    pub digest: Id,
    /// Facts that came too late for this period.
    pub late: u64,
    /// Award by award.
    pub differences: Vec<Difference>,
    /// What it costs in whole units; negative: what comes back.
    pub units: i64,
    /// Whole units left of the allotment.
    pub left: i64,
    /// What it costs, by currency or `prize/<id>`; `units` are those of the allotment's first currency.
    pub moved: BTreeMap<Id, i64>,
    /// What is left of each of these.
    pub left_of: BTreeMap<Id, i64>,
    /// Whether the allotment suffices.
    pub is_affordable: bool,
    /// What it does not do.
    pub note: String,
    /// As it would be journalled.
    #[serde(skip)]
    pub changes: Vec<Adjusted>,
    /// Block of the adjustment before.
    #[serde(skip)]
    pub after: u64,
}

/// An award that would stand otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Difference {
    /// Digest of the effect's id.
    pub award: Id,
    /// Whose.
    #[serde(with = "subject_text")]
    pub subject: Subject,
    /// Shown name, which the API adds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// As the rule named it.
    pub name: Id,
    /// As the rule chose it.
    pub key: Id,
    /// `new`, `changed`, `gone`, or `withheld` (it would be given, but for a quota).
    pub difference: String,
    /// How it stands; none if it was never given.
    pub before: Option<Side>,
    /// How it would stand.
    pub after: Side,
    /// What moves, in whole units of the allotment's first currency.
    pub units: i64,
    /// What moves, by currency or `prize/<id>`.
    pub moved: BTreeMap<Id, i64>,
}

/// How an award stands, before or after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Side {
    /// Granted, withheld or reversed.
    pub status: Status,
    /// What it says.
    pub content: ContentView,
    /// Time of what it follows from.
    pub time: Millis,
    /// Units paid, of the allotment's first currency.
    pub units: i64,
    /// What is paid, by currency or `prize/<id>`.
    pub paid: BTreeMap<Id, i64>,
}

/// Why nothing can be proposed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoProposal {
    /// No such incentive or period.
    #[error("{0}")]
    Unknown(String),
    /// The period is not final: what comes counts by itself.
    #[error("{0}")]
    NotFinal(String),
    /// The task is behind, or another computation runs.
    #[error("{0}")]
    Busy(String),
    /// The rule or the host failed.
    #[error("{0}")]
    Failed(String),
}

impl From<NoProposal> for Problem {
    fn from(error: NoProposal) -> Self {
        let (status, code) = match &error {
            NoProposal::Unknown(_) => (StatusCode::NOT_FOUND, "not-found"),
            NoProposal::NotFinal(_) => (StatusCode::CONFLICT, "not-final"),
            NoProposal::Busy(_) => (StatusCode::TOO_MANY_REQUESTS, "busy"),
            NoProposal::Failed(_) => (StatusCode::UNPROCESSABLE_ENTITY, "rule-failed"),
        };
        let retry_after_s = matches!(error, NoProposal::Busy(_)).then_some(2);
        Self { retry_after_s, ..Self::new(status, code, error.to_string()) }
    }
}

/// Which late facts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct LateQuery {
    /// Of this period only.
    pub period: Option<String>,
    /// At most so many, 1 to 1000.
    #[serde(default = "pages::hundred")]
    pub limit: usize,
}

/// `GET /v1/incentives/{id}/late`
pub async fn late(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<LateQuery>,
) -> Answer<Json<Vec<LateView>>> {
    known(&state, &id)?;
    Ok(Json(state.views.late(&id, query.period.as_deref(), query.limit.clamp(1, pages::REACH_MAX))))
}

/// Which adjustment.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OfPeriod {
    /// The final period to compute; without it, what was decided is listed.
    pub period: Option<String>,
}

/// What `GET /v1/incentives/{id}/adjustments` answers.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Adjustments {
    /// For a period.
    Proposed(Box<Proposal>),
    /// For none.
    Decided(Vec<AdjustmentView>),
}

/// `GET /v1/incentives/{id}/adjustments?period=…`
pub async fn adjustments(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(query): Query<OfPeriod>,
    caller: Caller,
    headers: HeaderMap,
) -> Answer<Response> {
    let incentive = known(&state, &id)?;
    let Some(period) = query.period else {
        return Ok(Json(Adjustments::Decided(state.views.adjustments(&id))).into_response());
    };
    if let Some(wait_s) = later::preferred(&headers)? {
        return later::answer(begin(&state, &caller, incentive, period, wait_s).await?);
    }
    let mut proposal = Box::new(propose(&state, &id, &period).await?);
    if !caller.access.may(Right::SeePeople) {
        proposal.differences.iter_mut().for_each(|difference| difference.who = None);
    }
    Ok(Json(Adjustments::Proposed(proposal)).into_response())
}

/// Begins to compute a difference, and waits for it for some seconds.
///
/// # Errors
/// Too much waits to be computed, or the caller may not see it.
pub(crate) async fn begin(
    state: &AppState,
    caller: &Caller,
    incentive: Incentive,
    period: String,
    wait_s: u64,
) -> Answer<PreviewView> {
    let (views, id) = (state.views.clone(), incentive.id.clone());
    let about = format!("adjustment/{period}");
    let work = move |watch: &Watch| views.propose(&id, &period, watch).map(Box::new).map(Found::Adjustment);
    later::begin(state, caller, (incentive, about), Box::new(work), wait_s).await
}

/// A decision on what `GET …/adjustments?period=…` showed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OnProposal {
    /// The final period.
    pub period: String,
    /// The digest that came with the difference.
    pub digest: String,
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecidedOn {
    /// Journal block of the decision.
    pub block: u64,
    /// What it was about.
    #[serde(flatten)]
    pub proposal: Proposal,
}

/// `POST /v1/incentives/{id}/adjustments/accept`
pub async fn accept(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<DecidedOn>)> {
    let proposal = seen(&state, &id, &headers, &body).await?;
    if proposal.changes.is_empty() {
        let detail = "there is no difference to accept; leave it, or look again when something has come";
        return Err(Problem::conflict("nothing-to-accept", detail));
    }
    if !proposal.is_affordable {
        let left = |unit: &Id| proposal.left_of.get(unit).copied().unwrap_or(0);
        let lacking = proposal.moved.iter().filter(|(unit, units)| **units > left(unit).max(0));
        let each: Vec<_> = lacking
            .map(|(unit, units)| {
                let (has, more) = (left(unit), units - left(unit));
                format!(
                    "the adjustment costs {units} {unit} and the allotment has {has} left; raise it by {more}"
                )
            })
            .collect();
        let detail = format!("{} and accept again", each.join("; "));
        return Err(Problem::conflict("allotment", detail));
    }
    approvable(&state, &caller, &proposal)?;
    let parts = proposal.changes.chunks(CHANGES_PER_ENTRY).zip(0_u32..).map(|(changes, part)| {
        let (period, digest) = (proposal.period.clone(), proposal.digest.clone());
        let decision =
            Decision::Adjust { period, digest, after: proposal.after, part, changes: changes.to_vec() };
        Entry::Decision { incentive: proposal.incentive.clone(), decision, actor: caller.name.clone() }
    });
    let position = state.journal.append(parts.collect()).await.map_err(|error| match error {
        AppendError::Refused(why) => Problem::conflict("difference-changed", why),
        error => error.into(),
    })?;
    Ok((StatusCode::CREATED, Json(DecidedOn { block: position.block, proposal })))
}

/// Accepting is approving: awards of more than the incentive's amounts for approval are not accepted by who gets them or
/// asked for them.
fn approvable(state: &AppState, caller: &Caller, proposal: &Proposal) -> Answer<()> {
    let house = state.journal.house();
    let Some(record) = house.incentives.get(&proposal.incentive) else { return Ok(()) };
    let is_large = |change: &&Adjusted| {
        let price = change.standing.paid.by_unit();
        let above = |rule: &Approval| price.get(&rule.currency).is_some_and(|units| *units > rule.above);
        !change.moved.clone().outgoing().is_nothing() && record.incentive.approval.iter().any(above)
    };
    proposal.changes.iter().filter(is_large).try_for_each(|change| {
        let row = &change.standing;
        approvals::not_own(state, caller, &proposal.incentive, &row.id.subject, row.time)
    })
}

/// `POST /v1/incentives/{id}/adjustments/leave`
pub async fn leave(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<DecidedOn>)> {
    let proposal = seen(&state, &id, &headers, &body).await?;
    let decision = Decision::LeaveAsItIs { period: proposal.period.clone(), digest: proposal.digest.clone() };
    let entry = Entry::Decision { incentive: proposal.incentive.clone(), decision, actor: caller.name };
    let position = state.journal.append(vec![entry]).await?;
    Ok((StatusCode::CREATED, Json(DecidedOn { block: position.block, proposal })))
}

/// The proposal that a manager decides on, if it still is the one they saw; else a problem that holds the new one.
async fn seen(state: &AppState, id: &str, headers: &HeaderMap, body: &Bytes) -> Answer<Proposal> {
    let OnProposal { period, digest } = document::read(headers, body)?;
    known(state, id)?;
    let proposal = propose(state, id, &period).await?;
    if *proposal.digest != *digest {
        let detail = "the difference is another one by now; look at it (it is in `errors`) and decide again";
        return Err(Problem::conflict("difference-changed", detail).with_errors(&[proposal]));
    }
    Ok(proposal)
}

async fn propose(state: &AppState, id: &str, period: &str) -> Answer<Proposal> {
    let (views, id, period) = (state.views.clone(), id.to_owned(), period.to_owned());
    let computed = tokio::task::spawn_blocking(move || views.propose(&id, &period, &Watch::default())).await;
    let mut proposal = computed.map_err(|e| NoProposal::Failed(e.to_string()))??;
    name(state, &mut proposal.differences)?;
    Ok(proposal)
}

/// Adds the names that people know.
pub(super) fn name(state: &AppState, differences: &mut [Difference]) -> Answer<()> {
    let mut names = people::Names::default();
    for difference in differences {
        difference.who = names.of(&*state.store, &difference.subject)?;
    }
    Ok(())
}

/// An incentive of the house.
///
/// # Errors
/// There is none of this id.
pub(crate) fn known(state: &AppState, id: &str) -> Answer<Incentive> {
    let record = state.journal.house().incentives.get(id).map(|record| record.incentive.clone());
    record.ok_or_else(|| Problem::not_found("incentive", id, "/v1/incentives"))
}
