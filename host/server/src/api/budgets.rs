//! `/v1/budgets`: where points come from.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use plaudit_core::{Id, journal::Entry};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AppState,
    auth::Caller,
    document,
    house::BudgetRecord,
    problem::{Answer, Problem},
};

/// What `PUT` takes. The total, not the difference: sending it twice changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetDocument {
    /// Such as `points`.
    pub currency: Id,
    /// All units ever put in; may only rise.
    pub total: i64,
}

/// A budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BudgetView {
    /// Its id.
    pub id: Id,
    /// Such as `points`.
    pub currency: Id,
    /// All units ever put in.
    pub total: i64,
    /// Units that no incentive has reserved.
    pub left: i64,
}

/// `GET /v1/budgets`
pub async fn list(State(state): State<AppState>) -> Json<Vec<BudgetView>> {
    let house = state.journal.house();
    Json(house.budgets.iter().map(|(id, budget)| view(id, budget)).collect())
}

/// `GET /v1/budgets/{id}`
pub async fn get(State(state): State<AppState>, Path(id): Path<String>) -> Answer<Json<BudgetView>> {
    let house = state.journal.house();
    let found = house.budgets.get_key_value(&*id).map(|(id, budget)| Json(view(id, budget)));
    found.ok_or_else(|| Problem::not_found("budget", &id, "/v1/budgets"))
}

fn view(id: &Id, budget: &BudgetRecord) -> BudgetView {
    BudgetView { id: id.clone(), currency: budget.currency.clone(), total: budget.total, left: budget.left }
}

/// `PUT /v1/budgets/{id}`: tops it up to a total.
pub async fn put(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<BudgetView>)> {
    document::check_name("budget id", &id)?;
    let wanted: BudgetDocument = document::read(&headers, &body)?;
    document::check_name("currency", &wanted.currency)?;
    let id: Id = id.into();
    let house = state.journal.house();
    let known = house.budgets.get(&id);
    let before = known.map_or(0, |budget| budget.total);
    if let Some(known) = known.filter(|budget| budget.currency != wanted.currency) {
        let detail = format!(
            "the budget {id:?} holds {}, not {}; use another budget",
            known.currency, wanted.currency
        );
        return Err(Problem::conflict("currency", detail));
    }
    if wanted.total < before || wanted.total <= 0 {
        let detail = format!(
            "`total` is {}, and must be positive and at least what was ever put in: {before}",
            wanted.total
        );
        return Err(Problem::conflict("budget-shrinks", detail));
    }
    if wanted.total > before {
        let units = wanted.total - before;
        let entry = Entry::Budget {
            budget: id.clone(),
            currency: wanted.currency.clone(),
            units,
            actor: caller.name,
        };
        state.journal.append(vec![entry]).await?;
    }
    let left = known.map_or(0, |budget| budget.left) + (wanted.total - before);
    let record = BudgetRecord { currency: wanted.currency, total: wanted.total, left };
    let status = if known.is_some() { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(view(&id, &record))))
}
