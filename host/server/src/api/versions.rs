//! `/v1/incentives/{id}/versions`, `/upgrade`, `/rollback`: another plugin or other settings under a running incentive,
//! and back.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use plaudit_core::{
    Id, Millis,
    access::Right,
    incentive::{Incentive, PrizeTerms},
    journal::{Decision, Entry},
};
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;
use utoipa::ToSchema;

use super::{
    AppState, allotments,
    auth::Caller,
    document,
    finality::{self, Difference, NoProposal},
    house::HouseView,
    incentives,
    previews::{
        PreviewView,
        later::{self, Found},
    },
    problem::{Answer, Problem},
};
use crate::engine::rehearsal::Watch;

/// What the engine knows of versions. [`Versions::preview`] may take minutes: never on a thread of the server.
pub trait Versions: Send + Sync + 'static {
    /// All versions of an incentive, the first one first.
    fn versions(&self, _incentive: &str) -> Vec<Version> {
        Vec::new()
    }

    /// What a version would do to what stands, if it took over now. `watch` hears how far it is, and may end it.
    ///
    /// # Errors
    /// It can't be computed, or not now; or the rule fails on these events; or it is not wanted any more.
    fn preview(&self, wanted: &Incentive, _watch: &Watch) -> Result<Preview, NoProposal> {
        Err(NoProposal::Unknown(format!("there is no incentive {:?}", wanted.id)))
    }
}

/// A version of an incentive, as the journal has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// From 1.
    pub number: u32,
    /// Journal block that enabled it, and its time.
    pub block: u64,
    /// Time of that block.
    pub at: Millis,
    /// Everything pinned.
    pub incentive: Incentive,
    /// Who enabled it; none for what was written before that was kept.
    pub actor: Option<Id>,
    /// The version that it went back to, if it did.
    pub back_to: Option<u32>,
}

/// A version, as the API shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct VersionView {
    /// From 1.
    pub number: u32,
    /// Whether it is the one in force.
    pub is_current: bool,
    /// Journal block that enabled it.
    pub block: u64,
    /// Time of that block.
    pub at: Millis,
    /// Digest of the plugin.
    pub plugin: Id,
    /// `name@version` of the plugin.
    pub name: String,
    /// BLAKE3 of the settings, shortened: equal for equal settings.
    pub settings_hash: Id,
    /// Who enabled it.
    pub actor: Option<Id>,
    /// The version that it went back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back_to: Option<u32>,
}

/// What a version would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = UpgradePreview)]
pub struct Preview {
    /// The incentive.
    pub incentive: Id,
    /// Digest of the plugin that would take over.
    pub plugin: Id,
    /// Block at whose end it was computed.
    pub block: u64,
    /// Whether states at the final boundary are kept, or made anew from the incentive's start.
    pub keeps_states: bool,
    /// Awards that would be given, changed, withheld or taken back.
    pub differences: Vec<Difference>,
    /// What that costs in whole units; negative: what comes back.
    pub units: i64,
    /// Whole units that would be left of the allotment.
    pub left: i64,
    /// What that costs by currency or `prize/<id>`; `units` and `left` are of the allotment's first currency.
    pub moved: BTreeMap<Id, i64>,
}

/// What to change. Nothing: the newest version of the same plugin, with the same settings.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Upgrade {
    /// Digest, `name@version`, or name: the newest.
    #[serde(default)]
    pub plugin: Option<String>,
    /// Other settings: the whole of them.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub settings: Option<serde_json::Map<String, JsonValue>>,
}

/// Where to go back to.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rollback {
    /// Number of a version; the one before the current one if none is named.
    #[serde(default)]
    pub to: Option<u32>,
}

/// What was enabled.
#[derive(Debug, Serialize, ToSchema)]
pub struct Enabled {
    /// `changed`, or `unchanged` where it is what holds already.
    pub outcome: &'static str,
    /// The version in force from now on.
    pub version: VersionView,
}

/// `GET /v1/incentives/{id}/versions`
pub async fn list(State(state): State<AppState>, Path(id): Path<String>) -> Answer<Json<Vec<VersionView>>> {
    known(&state.journal.house(), &id)?;
    Ok(Json(views(&state, &id)))
}

/// `POST /v1/incentives/{id}/upgrade/preview`
pub async fn preview(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Response> {
    let wish = read(&headers, &body)?;
    let wait_s = later::preferred(&headers)?;
    let wanted = wanted(&state, &id, wish).await?;
    if let Some(wait_s) = wait_s {
        return later::answer(begin(&state, &caller, wanted, wait_s).await?);
    }
    let views = state.views.clone();
    let computed = tokio::task::spawn_blocking(move || views.preview(&wanted, &Watch::default())).await;
    let mut preview = computed.map_err(|e| NoProposal::Failed(e.to_string()))??;
    if caller.access.may(Right::SeePeople) {
        finality::name(&state, &mut preview.differences)?;
    }
    Ok(Json(preview).into_response())
}

/// Begins to compute what a version would do, and waits for it for some seconds.
///
/// # Errors
/// Too much waits to be computed, or the caller may not see it.
pub(crate) async fn begin(
    state: &AppState,
    caller: &Caller,
    wanted: Incentive,
    wait_s: u64,
) -> Answer<PreviewView> {
    let (views, incentive) = (state.views.clone(), wanted.clone());
    let work = move |watch: &Watch| views.preview(&wanted, watch).map(Box::new).map(Found::Upgrade);
    later::begin(state, caller, (incentive, "upgrade".to_owned()), Box::new(work), wait_s).await
}

/// `POST /v1/incentives/{id}/upgrade`
pub async fn upgrade(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<Enabled>)> {
    let wanted = wanted(&state, &id, read(&headers, &body)?).await?;
    enable(&state, wanted, None, caller).await
}

/// `POST /v1/incentives/{id}/rollback`
pub async fn rollback(
    State(state): State<AppState>,
    Path(id): Path<String>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<Enabled>)> {
    let Rollback { to } = read(&headers, &body)?;
    let current = known(&state.journal.house(), &id)?;
    let versions = state.views.versions(&id);
    let last = versions.last().map_or(0, |v| v.number);
    let to = to.unwrap_or(last.saturating_sub(1));
    let Some(old) = versions.into_iter().find(|v| v.number == to) else {
        let detail = match last {
            0 | 1 => format!("the incentive {id:?} has one version only; there is nothing to go back to"),
            _ => format!("the incentive {id:?} has no version {to}; it has 1 to {last}"),
        };
        return Err(Problem::conflict("no-such-version", detail));
    };
    if state.plugins.get(&old.incentive.plugin).is_none() {
        let detail = format!(
            "the plugin {} of version {to} is not in the store any more; install it again",
            old.incentive.plugin
        );
        return Err(Problem::conflict("plugin-gone", detail));
    }
    // Money is not turned back: what was spent is spent, and what was added was added.
    let house = state.journal.house();
    let prizes = prizes(&house, &current, &old.incentive.settings)?;
    let (allotment, approval) = (current.allotment, current.approval);
    let wanted = Incentive { allotment, approval, prizes, ..old.incentive };
    enable(&state, wanted, Some(to), caller).await
}

async fn enable(
    state: &AppState,
    wanted: Incentive,
    back_to: Option<u32>,
    caller: Caller,
) -> Answer<(StatusCode, Json<Enabled>)> {
    let id = wanted.id.clone();
    let current = known(&state.journal.house(), &id)?;
    let is_same = current == wanted;
    let number = state.views.versions(&id).last().map_or(0, |v| v.number) + u32::from(!is_same);
    let (mut block, at) = (0, state.clock.now());
    let actor = caller.name.clone();
    if !is_same {
        block = state.journal.append(entries(wanted.clone(), back_to, caller)).await?.block;
    }
    let version = Version { number, block, at, incentive: wanted, actor: Some(actor), back_to };
    let view = view(&state.journal.house(), &version, true);
    let (status, outcome) =
        if is_same { (StatusCode::OK, "unchanged") } else { (StatusCode::CREATED, "changed") };
    Ok((status, Json(Enabled { outcome, version: view })))
}

/// What the journal takes for a new version: the version, and who wants it.
pub(super) fn entries(wanted: Incentive, back_to: Option<u32>, caller: Caller) -> Vec<Entry> {
    let incentive = wanted.id.clone();
    let decision = Decision::Enable { back_to };
    let asked =
        Entry::Enabled { incentive: incentive.clone(), actor: caller.name.clone(), agent: caller.agent };
    vec![Entry::Incentive(wanted), Entry::Decision { incentive, decision, actor: caller.name }, asked]
}

/// The incentive with another plugin or other settings, checked and pinned.
///
/// # Errors
/// There is none, it has ended, or it can't be like that.
pub(crate) async fn wanted(state: &AppState, id: &str, upgrade: Upgrade) -> Answer<Incentive> {
    let house = state.journal.house();
    let current = known(&house, id)?;
    if house.incentives.get(id).is_some_and(|record| record.ended) {
        return Err(Problem::conflict("incentive-ended", format!("the incentive {id:?} has ended for good")));
    }
    let name = house.plugin(&current.plugin).map(|p| p.name.to_string()).unwrap_or_default();
    let plugin = incentives::plugin(&house, &upgrade.plugin.unwrap_or(name), None)?;
    let settings = match upgrade.settings {
        Some(settings) => incentives::settings(JsonValue::Object(settings), Some(&current))?,
        None => current.settings.clone(),
    };
    let metrics = incentives::metrics(state, &house, &plugin, &settings, Some(&current)).await?;
    let prizes = prizes(&house, &current, &settings)?;
    Ok(Incentive { plugin, settings, metrics, prizes, ..current })
}

/// As many pieces of prizes as are set aside now, and the terms of those that these settings name.
fn prizes(house: &HouseView, current: &Incentive, settings: &str) -> Answer<BTreeMap<Id, PrizeTerms>> {
    let pieces = current.prizes.iter().filter(|(_, terms)| terms.pieces > 0);
    let pieces = pieces.map(|(id, terms)| (id.clone(), terms.pieces)).collect();
    allotments::prizes(house, &pieces, settings, Some(current))
}

fn known(house: &HouseView, id: &str) -> Answer<Incentive> {
    let record = house.incentives.get(id);
    record.map(|r| r.incentive.clone()).ok_or_else(|| Problem::not_found("incentive", id, "/v1/incentives"))
}

fn views(state: &AppState, id: &str) -> Vec<VersionView> {
    let house = state.journal.house();
    let versions = state.views.versions(id);
    let last = versions.len();
    let is_current = |index: usize| index + 1 == last;
    versions.iter().enumerate().map(|(index, version)| view(&house, version, is_current(index))).collect()
}

fn view(house: &HouseView, version: &Version, is_current: bool) -> VersionView {
    let Version { number, block, at, incentive, actor, back_to } = version;
    let plugin = house.plugin(&incentive.plugin);
    VersionView {
        number: *number,
        is_current,
        block: *block,
        at: *at,
        plugin: incentive.plugin.clone(),
        name: plugin.map(|p| format!("{}@{}", p.name, p.version)).unwrap_or_default(),
        settings_hash: plaudit_core::hash::short_digest("settings", &incentive.settings),
        actor: actor.clone(),
        back_to: *back_to,
    }
}

/// A document, or the empty one if there is no body.
fn read<T: serde::de::DeserializeOwned + Default>(headers: &HeaderMap, body: &[u8]) -> Answer<T> {
    if body.is_empty() { Ok(T::default()) } else { document::read(headers, body) }
}
