//! `GET /v1/audit`: who changed what, newest first.

use axum::{
    Json,
    extract::{Query, State},
};
use plaudit_core::hash::hex;
use plaudit_store::family::audit::{self, Actor, Row};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{AppState, problem::Answer};

/// Rows of a page at most.
const LIMIT_MAX: usize = 500;
/// Rows that are looked at for one page where only some are wanted; then the page ends, with where to go on.
const LOOKED_AT_MAX: usize = 20_000;

/// Which rows.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Only rows before this number: `next` of the page before.
    #[serde(default)]
    pub before: Option<u64>,
    /// At most so many, 1 to 500; 100 by default.
    #[serde(default)]
    pub limit: Option<usize>,
    /// Only of this actor: an account's id, a token's name or id, `command-line` or `stranger`.
    #[serde(default)]
    pub actor: Option<String>,
    /// Only about things whose name begins so, such as `incentives/sprint`.
    #[serde(default)]
    pub object: Option<String>,
}

/// A page of rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AuditPage)]
pub struct Page {
    /// Newest first.
    pub rows: Vec<RowView>,
    /// Hand it in as `before` for the next page; null on the last.
    pub next: Option<u64>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AuditRow)]
pub struct RowView {
    /// Its number, from 1, without gaps.
    pub number: u64,
    /// Milliseconds since 1970, by the machine's clock.
    pub at: i64,
    /// `token`, `account`, `command-line` or `stranger`.
    pub by: String,
    /// A token's name or an account's id; empty for others.
    pub actor: String,
    /// A token's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// What was done: method and route, or a word.
    pub act: String,
    /// To what.
    pub object: String,
    /// How it stood; null if it was not there.
    pub before: Value,
    /// How it stands; null if it is gone.
    pub after: Value,
    /// Id of the request.
    pub request: String,
    /// Digest of this row and all before it, hex.
    pub chain: String,
}

/// `GET /v1/audit`
pub async fn list(State(state): State<AppState>, Query(which): Query<Which>) -> Answer<Json<Page>> {
    let limit = which.limit.unwrap_or(100).clamp(1, LIMIT_MAX);
    let (mut rows, mut before, mut looked_at) = (Vec::new(), which.before, 0);
    loop {
        let chunk = audit::newest(&*state.store, before, LIMIT_MAX)?;
        let is_last = chunk.len() < LIMIT_MAX;
        for (number, row) in chunk {
            before = Some(number);
            looked_at += 1;
            if is_wanted(&which, &row) {
                rows.push(view(number, row));
            }
            if rows.len() == limit || looked_at == LOOKED_AT_MAX {
                let next = before.filter(|number| *number > 1);
                return Ok(Json(Page { rows, next }));
            }
        }
        if is_last {
            return Ok(Json(Page { rows, next: None }));
        }
    }
}

fn is_wanted(which: &Which, row: &Row) -> bool {
    let is_actor = |wanted: &String| match &row.change.actor {
        Actor::Token { id, name } => id == wanted || name == wanted,
        Actor::Account(id) => id == wanted,
        Actor::CommandLine => wanted == "command-line",
        Actor::Stranger => wanted == "stranger",
    };
    which.actor.as_ref().is_none_or(is_actor)
        && which.object.as_ref().is_none_or(|wanted| row.change.object.starts_with(wanted.as_str()))
}

fn view(number: u64, row: Row) -> RowView {
    let Row { change, chain } = row;
    let (by, actor, token) = match change.actor {
        Actor::Token { id, name } => ("token", name, Some(id)),
        Actor::Account(id) => ("account", id, None),
        Actor::CommandLine => ("command-line", String::new(), None),
        Actor::Stranger => ("stranger", String::new(), None),
    };
    let json = |text: Option<String>| text.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or(Value::Null);
    RowView {
        number,
        at: change.at,
        by: by.to_owned(),
        actor,
        token,
        act: change.act,
        object: change.object,
        before: json(change.before),
        after: json(change.after),
        request: change.request,
        chain: hex(&chain).to_string(),
    }
}
