//! `/v1/tokens`: made, listed without secrets, revoked.

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use chrono::{DateTime, FixedOffset};
use plaudit_store::family::token::{Scope, Token};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AppState,
    auth::{Caller, Made},
    document, people,
    problem::{Answer, Problem},
};
use crate::ingest::tokens;

/// What `POST` takes.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenDocument {
    /// What it is for.
    pub name: String,
    /// `ingest`, `read`, `manage`, `admin`, `wall`.
    pub scopes: Vec<String>,
    /// First instant at which it no longer holds; never if none.
    #[serde(default)]
    pub expires: Option<DateTime<FixedOffset>>,
    /// The agent who uses it, by external or opaque id: keeps them from approving their own awards.
    #[serde(default)]
    pub agent: Option<String>,
}

/// A token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TokenView {
    /// For revoking.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// Milliseconds since 1970.
    pub created: i64,
    /// Milliseconds since 1970.
    pub expires: Option<i64>,
    /// Milliseconds since 1970.
    pub revoked: Option<i64>,
    /// Opaque id of the agent who uses it.
    #[serde(default)]
    pub agent: Option<String>,
    /// Who made it: an account's id, a token's name, or `command line`.
    #[serde(default)]
    pub made_by: Option<String>,
    /// Shown this once, only by `POST`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

fn view(token: Token, secret: Option<String>) -> TokenView {
    let Token { id, name, scopes, created, expires, revoked, agent, made_by } = token;
    let scopes = scopes.into_iter().map(|scope| scope.name().to_owned()).collect();
    TokenView { id, name, scopes, created, expires, revoked, agent, made_by, secret }
}

/// `GET /v1/tokens`
pub async fn list(State(state): State<AppState>) -> Answer<Json<Vec<TokenView>>> {
    Ok(Json(tokens::list(&*state.store)?.into_iter().map(|token| view(token, None)).collect()))
}

/// `POST /v1/tokens`
pub async fn post(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Extension<Made>, Json<TokenView>)> {
    let wanted: TokenDocument = document::read(&headers, &body)?;
    let scopes =
        check(&wanted.name, &wanted.scopes).map_err(|why| Problem::unprocessable("bad-token", why))?;
    if tokens::list(&*state.store)?.len() >= tokens::TOKENS_MAX {
        let detail = format!("there are {} tokens, and no more are allowed", tokens::TOKENS_MAX);
        return Err(Problem::conflict("too-many-tokens", detail));
    }
    let expires = wanted.expires.map(|at| at.timestamp_millis());
    let agent = wanted.agent.as_deref().map(|given| people::opaque(&state, given));
    let new = tokens::create_for(
        &*state.store,
        &wanted.name,
        scopes,
        (state.clock.now(), expires),
        agent.as_deref(),
        Some(&caller.name),
    )?;
    let made = Made(new.token.id.clone());
    Ok((StatusCode::CREATED, Extension(made), Json(view(new.token, Some(new.secret)))))
}

/// `DELETE /v1/tokens/{id}`
pub async fn revoke(State(state): State<AppState>, Path(id): Path<String>) -> Answer<StatusCode> {
    tokens::revoke(&*state.store, &id, state.clock.now())?
        .ok_or_else(|| Problem::not_found("token", &id, "/v1/tokens"))?;
    Ok(StatusCode::NO_CONTENT)
}

/// The scopes of a new token.
///
/// # Errors
/// What is wrong with its name or scopes.
pub fn check(name: &str, scopes: &[String]) -> Result<Vec<Scope>, String> {
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(format!("the name {name:?} must be 1 to 100 characters: say what the token is for"));
    }
    let all = Scope::ALL.map(Scope::name).join(", ");
    let parse = |scope: &String| {
        Scope::parse(scope).ok_or_else(|| format!("{scope:?} is no scope; there are: {all}"))
    };
    let mut parsed = scopes.iter().map(parse).collect::<Result<Vec<_>, _>>()?;
    parsed.sort_unstable();
    parsed.dedup();
    if parsed.is_empty() { Err(format!("a token needs at least one scope: {all}")) } else { Ok(parsed) }
}
