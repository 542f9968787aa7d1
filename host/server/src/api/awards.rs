//! `/v1/agents/{id}/awards`, `/v1/teams/{id}/awards`, `/v1/awards/{id}`, `/v1/balances`

use axum::{
    Json,
    extract::{Path, Query, State},
};
use plaudit_core::event::Subject;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    AppState,
    auth::Caller,
    pages, people,
    problem::{Answer, Problem},
    views::{AwardLife, AwardView, BalanceView, Hashes},
};

/// How many.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HowMany {
    /// At most so many, 1 to 1000.
    #[serde(default = "pages::hundred")]
    pub limit: usize,
}

/// `GET /v1/agents/{external or opaque id}/awards`
pub async fn of_agent(
    State(state): State<AppState>,
    Path(given): Path<String>,
    Query(many): Query<HowMany>,
) -> Json<Vec<AwardView>> {
    let subject = Subject::agent(people::opaque(&state, &given));
    Json(state.views.awards(&subject, many.limit.clamp(1, pages::REACH_MAX)))
}

/// `GET /v1/teams/{id}/awards`
pub async fn of_team(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(many): Query<HowMany>,
) -> Json<Vec<AwardView>> {
    Json(state.views.awards(&Subject::team(id), many.limit.clamp(1, pages::REACH_MAX)))
}

/// `GET /v1/awards/{id}`: with every step of its life.
pub async fn get(State(state): State<AppState>, Path(id): Path<String>) -> Answer<Json<AwardLife>> {
    state.views.life(&id).map(Json).ok_or_else(|| Problem::not_found("award", &id, "/v1/agents/{id}/awards"))
}

/// `GET /v1/balances`: of people and teams within the caller's reach; the house's own accounts for those who see all of it.
pub async fn balances(State(state): State<AppState>, caller: Caller) -> Json<Vec<BalanceView>> {
    let mut balances = state.views.balances();
    if !caller.reach.is_everything() {
        let (roster, now) = (state.journal.house().roster, state.clock.now());
        balances.retain(|balance| {
            let subject = Subject::parse(&balance.account);
            subject.is_some_and(|subject| caller.reach.covers_subject(&roster, &subject, now))
        });
    }
    Json(balances)
}

/// `GET /v1/hashes`
pub async fn hashes(State(state): State<AppState>) -> Json<Hashes> {
    Json(state.views.hashes())
}
