//! `/v1/endpoints`: where webhooks are posted.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use plaudit_core::Id;
use plaudit_store::{
    Batch, family,
    family::endpoint::{Endpoint, Endpoints},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AppState, document,
    problem::{Answer, Problem},
};

/// More endpoints than anybody has.
const ENDPOINTS_MAX: usize = 1000;

/// What `PUT /v1/endpoints/{id}` takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EndpointDocument {
    /// Where to post: http or https.
    pub url: String,
    /// `whsec_` and base64 of 24 to 64 bytes; kept, or made, if none is given.
    #[serde(default)]
    pub secret: Option<String>,
    /// Only messages of these incentives; all if empty.
    #[serde(default)]
    pub incentives: Vec<Id>,
    /// Only messages of these kinds; all if empty.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// Whether to send nothing for now.
    #[serde(default)]
    pub disabled: bool,
}

/// An endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EndpointView {
    /// Its id.
    pub id: String,
    /// Where to post.
    pub url: String,
    /// Shown only in answers to `PUT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    /// Only messages of these incentives; all if empty.
    pub incentives: Vec<Id>,
    /// Only messages of these kinds; all if empty.
    pub kinds: Vec<String>,
    /// Milliseconds since 1970.
    pub created: i64,
    /// Whether nothing is sent for now.
    pub disabled: bool,
}

fn view(endpoint: Endpoint, with_secret: bool) -> EndpointView {
    let Endpoint { id, url, secret, incentives, kinds, created, disabled } = endpoint;
    EndpointView { id, url, secret: with_secret.then_some(secret), incentives, kinds, created, disabled }
}

/// `GET /v1/endpoints`: without secrets.
pub async fn list(State(state): State<AppState>) -> Answer<Json<Vec<EndpointView>>> {
    let all = family::scan::<Endpoints>(&*state.store, None, ENDPOINTS_MAX)?;
    Ok(Json(all.into_iter().map(|(_, endpoint)| view(endpoint, false)).collect()))
}

/// `PUT /v1/endpoints/{id}`
pub async fn put(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Json<EndpointView>)> {
    document::check_name("endpoint id", &id)?;
    let EndpointDocument { url, secret, incentives, kinds, disabled } = document::read(&headers, &body)?;
    let is_address =
        url::Url::parse(&url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if !is_address {
        let detail = format!("`url` is {url:?}, and must be an address that starts with https:// or http://");
        return Err(Problem::unprocessable("bad-endpoint", detail));
    }
    let known = family::get::<Endpoints>(&*state.store, &id)?;
    let fresh = || format!("whsec_{}", BASE64_STANDARD.encode(rand::random::<[u8; 32]>()));
    let secret = secret.or_else(|| known.as_ref().map(|k| k.secret.clone())).unwrap_or_else(fresh);
    let key = secret.strip_prefix("whsec_").and_then(|key| BASE64_STANDARD.decode(key).ok());
    if !key.is_some_and(|key| (24..=64).contains(&key.len())) {
        // The value is a secret, so it is not repeated.
        let detail = "`secret` must be whsec_ and base64 of 24 to 64 bytes; leave it out and one is made";
        return Err(Problem::unprocessable("bad-endpoint", detail));
    }
    let created = known.as_ref().map_or(state.clock.now(), |k| k.created);
    let endpoint = Endpoint { id: id.clone(), url, secret, incentives, kinds, created, disabled };
    let mut batch = Batch::default();
    family::put::<Endpoints>(&mut batch, &id, &endpoint);
    state.store.apply(batch)?;
    state.store.sync()?;
    let status = if known.is_some() { StatusCode::OK } else { StatusCode::CREATED };
    Ok((status, Json(view(endpoint, true))))
}

/// `DELETE /v1/endpoints/{id}`: what waits for it is not sent any more.
pub async fn delete(State(state): State<AppState>, Path(id): Path<String>) -> Answer<StatusCode> {
    family::get::<Endpoints>(&*state.store, &id)?
        .ok_or_else(|| Problem::not_found("endpoint", &id, "/v1/endpoints"))?;
    let mut batch = Batch::default();
    family::delete::<Endpoints>(&mut batch, &id);
    state.store.apply(batch)?;
    state.store.sync()?;
    Ok(StatusCode::NO_CONTENT)
}
