//! `/v1/incentives/{id}/boards/{board}`

use axum::{
    Json,
    extract::{Path, Query, State},
};
use plaudit_core::access::Reach;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    AppState,
    auth::Caller,
    people::Names,
    problem::{Answer, Problem},
    veil::Veil,
    views::BoardView,
};

/// Which period.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Period id; the open or the last one if none.
    #[serde(default)]
    pub period: Option<String>,
}

/// `GET /v1/incentives/{id}/boards/{board}?period=2026-03-02`
pub async fn get(
    State(state): State<AppState>,
    Path((incentive, board)): Path<(String, String)>,
    Query(which): Query<Which>,
    caller: Caller,
) -> Answer<Json<BoardView>> {
    read(&state, &caller.reach, &incentive, &board, which.period.as_deref())?.map(Json).ok_or_else(|| {
        Problem::not_found(
            "board of this incentive and period",
            &board,
            &format!("/v1/incentives/{incentive}"),
        )
    })
}

/// A board with names, as far as a reader with this reach sees it.
pub(super) fn read(
    state: &AppState,
    reach: &Reach,
    incentive: &str,
    board: &str,
    period: Option<&str>,
) -> Answer<Option<BoardView>> {
    let Some(mut view) = state.views.board(incentive, board, period) else { return Ok(None) };
    let mut names = Names::default();
    for row in &mut view.rows {
        row.name = names.of(&*state.store, &row.subject)?;
    }
    if let Some(veil) = Veil::of(state, reach, &view.incentive)? {
        veil.board(&mut view, |_| None);
    }
    Ok(Some(view))
}
