//! `/v1/incentives/{id}/draws`

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use plaudit_core::{access::Right, draw::Receipt, journal::Decision};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    AppState,
    auth::Caller,
    decisions::{Decided, Disqualify, decide},
    document,
    people::Names,
    problem::{Answer, Problem},
    veil::Veil,
    views::{ChanceView, DrawView},
};

/// `GET /v1/incentives/{id}/draws`: newest first.
pub async fn list(
    State(state): State<AppState>,
    Path(incentive): Path<String>,
    caller: Caller,
) -> Answer<Json<Vec<DrawView>>> {
    let mut draws = state.views.draws(&incentive);
    name(&state, &caller, &mut draws)?;
    Ok(Json(draws))
}

/// Adds names of winners, as far as the caller sees awards.
pub(super) fn name(state: &AppState, caller: &Caller, draws: &mut [DrawView]) -> Answer<()> {
    let Some(reach) = caller.access.reach(Right::SeeAwards) else { return Ok(()) };
    let mut names = Names::default();
    for draw in draws {
        for winner in &mut draw.winners {
            winner.name = names.of(&*state.store, &winner.subject)?;
        }
        if let Some(veil) = Veil::of(state, reach, &draw.incentive)? {
            veil.draw(draw, |_| None);
        }
    }
    Ok(())
}

/// `GET /v1/incentives/{id}/chances`: instant wins, newest period first.
pub async fn chances(State(state): State<AppState>, Path(incentive): Path<String>) -> Json<Vec<ChanceView>> {
    Json(state.views.chances(&incentive))
}

/// `GET /v1/incentives/{id}/draws/{period}/{draw}/receipt`, also with the name of a chance: for `plaudit draw verify`, byte for byte as it was written;
/// without names, so that it can be published.
pub async fn receipt(
    State(state): State<AppState>,
    Path((incentive, period, draw)): Path<(String, String, String)>,
) -> Answer<Response> {
    let list = format!("/v1/incentives/{incentive}/draws");
    let found = state.views.receipt(&incentive, &period, &draw);
    let text =
        found.ok_or_else(|| Problem::not_found("receipt of a held draw or revealed chance", &draw, &list))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// `POST /v1/incentives/{id}/draws/{period}/{draw}/disqualify`: somebody takes no part in this draw. Once it was held,
/// their place goes to the next in the same order, and the receipt's appendix says so.
pub async fn disqualify(
    State(state): State<AppState>,
    Path((incentive, period, draw)): Path<(String, String, String)>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<Decided>)> {
    let Disqualify { subject, reason } = document::read(&headers, &body)?;
    if reason.trim().is_empty() {
        let detail =
            "a disqualification needs a `reason`: the person will read it, and so does who reads the receipt";
        return Err(Problem::unprocessable("reason-missing", detail));
    }
    let list = format!("/v1/incentives/{incentive}/draws");
    let draws = state.views.draws(&incentive);
    let found = draws.iter().find(|d| *d.period == *period && *d.draw == *draw);
    let found = found.ok_or_else(|| Problem::not_found("draw", &draw, &list))?;
    if found.is_final {
        let detail = format!(
            "period {period} is final: its draw {draw:?} is not drawn again any more; leave the prize where it is, or settle it outside of the draw"
        );
        return Err(Problem::conflict("draw-final", detail));
    }
    let receipt = state.views.receipt(&incentive, &period, &draw);
    if receipt.and_then(|text| Receipt::read(&text).ok()).is_some_and(|r| !r.list.holds(&subject)) {
        let detail = format!(
            "{subject:?} is not on the list of draw {draw:?}; the receipt has all entrants by their ids"
        );
        return Err(Problem::unprocessable("no-entrant", detail));
    }
    let decision = Decision::DisqualifyFromDraw {
        period: period.into(),
        draw: draw.into(),
        subject: subject.into(),
        reason,
    };
    decide(&state, &incentive, caller, decision).await
}

/// Why a draw goes on without its beacon.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithoutBeacon {
    /// Shown on the receipt.
    pub reason: String,
}

/// `POST /v1/incentives/{id}/draws/{period}/{draw}/without-beacon`: the draw waits no longer; the receipt says who decided
/// that, and why.
pub async fn without_beacon(
    State(state): State<AppState>,
    Path((incentive, period, draw)): Path<(String, String, String)>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<Decided>)> {
    let WithoutBeacon { reason } = document::read(&headers, &body)?;
    if reason.trim().is_empty() {
        let detail = "a draw without the beacon that was promised needs a `reason`: the receipt shows it";
        return Err(Problem::unprocessable("reason-missing", detail));
    }
    let draws = state.views.draws(&incentive);
    let found = draws.iter().find(|d| *d.period == *period && *d.draw == *draw);
    if found.and_then(|d| d.waits_for_round).is_none() {
        let detail = format!(
            "draw {draw:?} of {period} does not wait for a beacon; GET /v1/incentives/{incentive}/draws says how far it is"
        );
        return Err(Problem::conflict("no-beacon-awaited", detail));
    }
    let decision = Decision::DrawWithoutBeacon { period: period.into(), draw: draw.into(), reason };
    decide(&state, &incentive, caller, decision).await
}
