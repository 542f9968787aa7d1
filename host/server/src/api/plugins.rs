//! `/v1/plugins`: components of rules, by digest.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use futures_util::future::BoxFuture;
use plaudit_core::{
    Id,
    journal::Entry,
    rule::{Manifest, Plan, Problem as SettingsProblem},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AppState,
    problem::{Answer, Problem},
    signatures,
};

/// What runs rules, as the API needs it.
pub trait PluginHost: Send + Sync + 'static {
    /// Checks and compiles a component and keeps it, durably; the same component again is no mistake.
    fn install(&self, component: Vec<u8>) -> BoxFuture<'_, Result<PluginInfo, PluginError>>;
    /// A kept plugin by digest.
    fn get(&self, digest: &str) -> Option<PluginInfo>;
    /// What a plugin plans with these settings.
    fn plan<'a>(&'a self, digest: &'a str, settings: &'a str) -> BoxFuture<'a, Result<Plan, PlanError>>;
}

/// A kept plugin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PluginInfo {
    /// SHA-256 of the component, lower-case hex.
    pub digest: Id,
    /// Size of the component, in bytes.
    pub bytes: u64,
    /// What it says of itself.
    pub manifest: Manifest,
}

/// Why a component is not kept: for people, with what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PluginError {
    /// The component is not one that this house runs.
    #[error("{0}")]
    Refused(String),
    /// The host failed; the component may be fine.
    #[error("{0}")]
    Infrastructure(String),
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PlanError {
    /// The settings are wrong.
    #[error("the settings have {} problems", .0.len())]
    Problems(Vec<SettingsProblem>),
    /// The plugin failed.
    #[error("{0}")]
    Fault(String),
    /// The host failed.
    #[error("{0}")]
    Infrastructure(String),
}

/// A plugin in lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PluginRow {
    /// SHA-256 of the component, lower-case hex.
    pub digest: Id,
    /// Its name.
    pub name: Id,
    /// Its version.
    pub version: Id,
    /// Who signed it, of those whose keys the house knows.
    #[serde(default)]
    pub signed_by: Option<String>,
}

/// A plugin, as the API shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PluginAnswer {
    /// What was installed.
    #[serde(flatten)]
    pub info: PluginInfo,
    /// Who signed it, of those whose keys the house knows.
    #[serde(default)]
    pub signed_by: Option<String>,
}

impl PluginAnswer {
    fn new(state: &AppState, info: PluginInfo) -> Self {
        let signed_by = signatures::signer(state, &info.digest);
        Self { info, signed_by }
    }
}

/// `POST /v1/plugins`: the component's bytes.
pub async fn install(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<PluginAnswer>)> {
    let signature = signatures::come_along(&state.config.plugins, &headers, &body)?;
    let info = state.plugins.install(body.into()).await.map_err(|error| match error {
        PluginError::Refused(why) => Problem::unprocessable("plugin-refused", why),
        PluginError::Infrastructure(why) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, "plugin-host", why),
    })?;
    if let Some(signature) = &signature {
        signatures::keep(&state, &info.digest, signature)?;
    }
    if state.journal.house().plugin(&info.digest).is_some() {
        return Ok((StatusCode::OK, Json(PluginAnswer::new(&state, info))));
    }
    let (name, version) = (info.manifest.name.as_str().into(), info.manifest.version.as_str().into());
    state.journal.append(vec![Entry::Plugin { digest: info.digest.clone(), name, version }]).await?;
    Ok((StatusCode::CREATED, Json(PluginAnswer::new(&state, info))))
}

/// `GET /v1/plugins`
pub async fn list(State(state): State<AppState>) -> Json<Vec<PluginRow>> {
    let house = state.journal.house();
    let row = |p: &super::house::PluginRecord| PluginRow {
        digest: p.digest.clone(),
        name: p.name.clone(),
        version: p.version.clone(),
        signed_by: signatures::signer(&state, &p.digest),
    };
    Json(house.plugins.iter().map(row).collect())
}

/// `GET /v1/plugins/{digest, name or name@version}`: with its manifest.
pub async fn get(State(state): State<AppState>, Path(wanted): Path<String>) -> Answer<Json<PluginAnswer>> {
    let house = state.journal.house();
    let found = house.plugin(&wanted).and_then(|plugin| state.plugins.get(&plugin.digest));
    found
        .map(|info| Json(PluginAnswer::new(&state, info)))
        .ok_or_else(|| Problem::not_found("plugin", &wanted, "/v1/plugins"))
}
