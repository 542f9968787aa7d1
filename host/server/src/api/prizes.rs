//! `/v1/prizes`: the catalogue, with stock and cost.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use plaudit_core::{
    incentive::Cost,
    journal::{Entry, Prize},
    ledger::POSTING_UNITS_MAX,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AppState,
    auth::Caller,
    document,
    problem::{Answer, Problem},
};
use crate::journal::Stocked;

/// Prizes of a house.
const PRIZES_MAX: usize = 1000;
/// Longest title or reason, in characters.
const TEXT_CHARS_MAX: usize = 200;

/// What `PUT` takes. The stock is a total, not a difference: sending it twice changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PrizeDocument {
    /// Shown to people.
    pub title: String,
    /// Value of a piece on the payroll; awards take it out of the allotment.
    #[serde(default)]
    pub cost: Option<Cost>,
    /// All pieces ever put in, less those that left other than by awards.
    pub stock: i64,
    /// Why the stock is another; needed when it shrinks.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A prize.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrizeView {
    /// Its id: what rules call it.
    pub id: plaudit_core::Id,
    /// Shown to people.
    pub title: String,
    /// Value of a piece.
    pub cost: Option<Cost>,
    /// All pieces ever put in, less those that left other than by awards.
    pub stock: i64,
    /// Pieces that no incentive has set aside.
    pub left: i64,
}

fn view(of: &Stocked) -> PrizeView {
    let Prize { id, title, cost } = of.prize.clone();
    PrizeView { id, title, cost, stock: of.total, left: of.left }
}

/// `GET /v1/prizes`
pub async fn list(State(state): State<AppState>) -> Json<Vec<PrizeView>> {
    Json(state.journal.house().prizes.values().map(view).collect())
}

/// `GET /v1/prizes/{id}`
pub async fn get(State(state): State<AppState>, Path(id): Path<String>) -> Answer<Json<PrizeView>> {
    let found = state.journal.house().prizes.get(&*id).map(view);
    found.map(Json).ok_or_else(|| Problem::not_found("prize", &id, "/v1/prizes"))
}

/// `PUT /v1/prizes/{id}`
pub async fn put(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<PrizeView>)> {
    document::check_name("prize id", &id)?;
    let wanted: PrizeDocument = document::read(&headers, &body)?;
    check(&wanted)?;
    let house = state.journal.house();
    let known = house.prizes.get(&*id);
    if known.is_none() && house.prizes.len() >= PRIZES_MAX {
        let detail = format!("there are {PRIZES_MAX} prizes, and no more are allowed");
        return Err(Problem::conflict("too-many-prizes", detail));
    }
    let pieces = wanted.stock - known.map_or(0, |known| known.total);
    let reason = wanted.reason.as_deref().unwrap_or_default().trim().to_owned();
    if pieces < 0 && reason.is_empty() {
        let detail = format!("the stock of {id:?} shrinks by {}; say why in `reason`", -pieces);
        return Err(Problem::unprocessable("reason-missing", detail));
    }
    if let Some(known) = known.filter(|known| known.left + pieces < 0) {
        let detail = format!(
            "{} pieces of {id:?} should leave the stock, and only {} are not set aside for incentives",
            -pieces, known.left
        );
        return Err(Problem::conflict("stock-set-aside", detail));
    }
    let prize = Prize { id: id.into(), title: wanted.title, cost: wanted.cost };
    let left = known.map_or(0, |known| known.left) + pieces;
    let status = if known.is_some() { StatusCode::OK } else { StatusCode::CREATED };
    if known.is_none_or(|known| known.prize != prize || pieces != 0) {
        let entry = Entry::Prize { prize: prize.clone(), pieces, actor: caller.name, reason };
        state.journal.append(vec![entry]).await?;
    }
    Ok((status, Json(view(&Stocked { prize, total: wanted.stock, left }))))
}

fn check(wanted: &PrizeDocument) -> Answer<()> {
    let bad = |detail: String| Err(Problem::unprocessable("bad-prize", detail));
    let is_text = |text: &str| text.chars().count() <= TEXT_CHARS_MAX && !text.chars().any(char::is_control);
    if wanted.title.trim().is_empty() || !is_text(&wanted.title) {
        return bad(format!("`title` is {:?}, and must be 1 to {TEXT_CHARS_MAX} characters", wanted.title));
    }
    if !wanted.reason.as_deref().is_none_or(is_text) {
        return bad(format!("`reason` may have at most {TEXT_CHARS_MAX} characters"));
    }
    if !(0..=POSTING_UNITS_MAX).contains(&wanted.stock) {
        return bad(format!("`stock` is {}, and must be from 0 to {POSTING_UNITS_MAX}", wanted.stock));
    }
    if let Some(cost) = &wanted.cost {
        document::check_name("currency", &cost.currency)?;
        if !(1..=POSTING_UNITS_MAX).contains(&cost.units) {
            return bad(format!("`cost.units` is {}, and must be from 1 to {POSTING_UNITS_MAX}", cost.units));
        }
    }
    Ok(())
}
