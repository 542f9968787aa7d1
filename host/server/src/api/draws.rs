//! `/v1/incentives/{id}/draws`

use axum::{
    Json,
    extract::{Path, State},
};

use super::{
    AppState,
    people::Names,
    problem::{Answer, Problem},
    views::DrawView,
};

/// `GET /v1/incentives/{id}/draws`: newest first.
pub async fn list(
    State(state): State<AppState>,
    Path(incentive): Path<String>,
) -> Answer<Json<Vec<DrawView>>> {
    let mut draws = state.views.draws(&incentive);
    let mut names = Names::default();
    for winner in draws.iter_mut().flat_map(|draw| &mut draw.winners) {
        winner.name = names.of(&*state.store, &winner.subject)?;
    }
    Ok(Json(draws))
}

/// `GET /v1/incentives/{id}/draws/{period}/{draw}/receipt`: for `plaudit draw verify`; without names, so that it can be
/// published.
pub async fn receipt(
    State(state): State<AppState>,
    Path((incentive, period, draw)): Path<(String, String, String)>,
) -> Answer<Json<serde_json::Value>> {
    let list = format!("/v1/incentives/{incentive}/draws");
    let found = state.views.receipt(&incentive, &period, &draw);
    found.map(Json).ok_or_else(|| Problem::not_found("receipt of a held draw", &draw, &list))
}
