//! `GET /v1/awards`, `POST /v1/awards/{id}/approve` and `/refuse`: what waits for somebody, and what they say.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
};
use plaudit_core::{
    Id, Millis,
    award::{Status, Withheld},
    event::{Subject, SubjectKind},
    journal::{Decision, Entry},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    AppState,
    auth::Caller,
    document, pages,
    problem::{Answer, Problem},
    views::{AwardLife, AwardView},
};

/// Awards that are looked through for those of a part of the house.
const LOOKED_AT_MAX: usize = 100_000;
/// Longest reason, in characters.
const REASON_CHARS_MAX: usize = 500;

/// Which awards.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// `proposed`, `granted`, `withheld` or `reversed`.
    pub status: String,
    /// Only of this incentive.
    #[serde(default)]
    pub incentive: Option<String>,
    /// At most so many, 1 to 1000.
    #[serde(default = "pages::hundred")]
    pub limit: usize,
}

/// Why an award is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// Shown to whom it was for.
    pub reason: String,
}

/// What was decided.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AwardDecided)]
pub struct Decided {
    /// The award.
    pub award: Id,
    /// `approved`, `refused`, or `unchanged` if it was so already.
    pub outcome: &'static str,
    /// Journal block of the decision; none if nothing had to be written.
    pub block: Option<u64>,
}

/// `GET /v1/awards?status=proposed`
pub async fn list(
    State(state): State<AppState>,
    Query(which): Query<Which>,
    caller: Caller,
) -> Answer<Json<Vec<AwardView>>> {
    const WORDS: [&str; 4] = ["proposed", "granted", "withheld", "reversed"];
    if !WORDS.contains(&which.status.as_str()) {
        let detail = format!("`status` is {:?}, and must be one of: {}", which.status, WORDS.join(", "));
        return Err(Problem::bad_request("bad-status", detail));
    }
    let limit = which.limit.clamp(1, pages::REACH_MAX);
    let views = state.views.clone();
    let (roster, now) = (state.journal.house().roster, state.clock.now());
    let read = move || {
        if caller.reach.is_everything() {
            return views.awards_with(&which.status, which.incentive.as_deref(), limit);
        }
        let mut awards = views.awards_with(&which.status, which.incentive.as_deref(), LOOKED_AT_MAX);
        awards.retain(|award| caller.reach.covers_subject(&roster, &award.subject, now));
        awards.truncate(limit);
        awards
    };
    let awards = tokio::task::spawn_blocking(read).await;
    awards
        .map(Json)
        .map_err(|_| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the list failed"))
}

/// `POST /v1/awards/{id}/approve`
pub async fn approve(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
) -> Answer<(StatusCode, Json<Decided>)> {
    let life = find(&state, &id)?;
    match life.award.status {
        Status::Proposed | Status::Withheld(Withheld::Refused) => {}
        Status::Granted if was(&life, "approved") => return Ok(unchanged(&life)),
        _ => return Err(not_proposed(&life, "approved")),
    }
    not_own(&state, &caller, &life.award.incentive, &life.award.subject, life.award.time)?;
    let decision = Decision::Approve { award: life.award.id.clone(), up_to: life.worth.clone() };
    decide(&state, &life, caller, decision, "approved").await
}

/// Nobody approves for themselves: neither who gets it, nor who enabled or changed the incentive.
pub(crate) fn not_own(
    state: &AppState,
    caller: &Caller,
    incentive: &Id,
    subject: &Subject,
    time: Millis,
) -> Answer<()> {
    let house = state.journal.house();
    let asked = house.money.get(incentive);
    let is_asker = asked.is_some_and(|m| {
        caller.names().any(|name| m.askers.contains(name))
            || caller.agent.as_ref().is_some_and(|a| m.asking_agents.contains(a))
    });
    if is_asker {
        let detail = format!(
            "{:?} has enabled or changed the incentive {:?}, and nobody approves for themselves; somebody else has to",
            caller.name, incentive
        );
        return Err(Problem::new(StatusCode::FORBIDDEN, "own-incentive", detail));
    }
    let is_own = caller.agent.as_ref().is_some_and(|agent| match subject.kind {
        SubjectKind::Agent => subject.id == *agent,
        SubjectKind::Team => house.roster.members_at(&subject.id, time).contains(agent),
        SubjectKind::Queue => false,
    });
    if is_own {
        let detail = format!(
            "this award is for {:?} and nobody approves for themselves; somebody else has to",
            caller.name
        );
        return Err(Problem::new(StatusCode::FORBIDDEN, "own-award", detail));
    }
    Ok(())
}

/// `POST /v1/awards/{id}/refuse`
pub async fn refuse(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<Decided>)> {
    let Refusal { reason } = document::read(&headers, &body)?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > REASON_CHARS_MAX {
        let detail = format!(
            "a refusal needs a `reason` of 1 to {REASON_CHARS_MAX} characters: the person will read it"
        );
        return Err(Problem::unprocessable("reason-missing", detail));
    }
    let life = find(&state, &id)?;
    match life.award.status {
        Status::Proposed => {}
        Status::Withheld(Withheld::Refused) => return Ok(unchanged(&life)),
        _ => return Err(not_proposed(&life, "refused")),
    }
    let decision = Decision::Refuse { award: life.award.id.clone(), reason: reason.to_owned() };
    decide(&state, &life, caller, decision, "refused").await
}

fn find(state: &AppState, id: &str) -> Answer<AwardLife> {
    state.views.life(id).ok_or_else(|| Problem::not_found("award", id, "/v1/awards?status=proposed"))
}

fn was(life: &AwardLife, what: &str) -> bool {
    life.history.iter().any(|step| step.what == what)
}

fn unchanged(life: &AwardLife) -> (StatusCode, Json<Decided>) {
    (StatusCode::OK, Json(Decided { award: life.award.id.clone(), outcome: "unchanged", block: None }))
}

fn not_proposed(life: &AwardLife, what: &str) -> Problem {
    let status = match &life.award.status {
        Status::Granted => "granted".to_owned(),
        Status::Reversed => "reversed".to_owned(),
        Status::Proposed => "proposed".to_owned(),
        Status::Withheld(why) => format!("withheld ({})", why.word()),
    };
    Problem::conflict(
        "not-proposed",
        format!("the award is {status}; only one that is proposed can be {what}"),
    )
}

async fn decide(
    state: &AppState,
    life: &AwardLife,
    caller: Caller,
    decision: Decision,
    outcome: &'static str,
) -> Answer<(StatusCode, Json<Decided>)> {
    let incentive = life.award.incentive.clone();
    let entry = Entry::Decision { incentive, decision, actor: caller.name };
    let position = state.journal.append(vec![entry]).await?;
    let award = life.award.id.clone();
    Ok((StatusCode::CREATED, Json(Decided { award, outcome, block: Some(position.block) })))
}
