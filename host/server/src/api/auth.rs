//! Who is asking, and whether they may.

use axum::{
    extract::{FromRequestParts, Request, State},
    http::{HeaderMap, StatusCode, header::AUTHORIZATION, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use plaudit_core::Id;
use plaudit_store::family::token::Scope;

use super::{AppState, problem::Problem};
use crate::ingest::tokens;

/// Whoever sent the request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The token's name: the actor of decisions.
    pub name: Id,
    /// What they may do.
    pub scopes: Vec<Scope>,
    /// The agent that they are, by opaque id, if the token says so.
    pub agent: Option<Id>,
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Caller>().cloned().ok_or_else(unauthorized)
    }
}

/// Lets requests through whose token has a scope; for `middleware::from_fn_with_state`.
pub async fn require(
    State((state, scope)): State<(AppState, Scope)>,
    mut request: Request,
    next: Next,
) -> Response {
    match check(&state, request.headers(), scope) {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    }
}

fn check(state: &AppState, headers: &HeaderMap, wanted: Scope) -> Result<Caller, Problem> {
    let secret = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, secret)| secret.trim())
        .ok_or_else(unauthorized)?;
    let token = tokens::find(&*state.store, secret, state.clock.now())?.ok_or_else(unauthorized)?;
    if !token.scopes.iter().any(|scope| scope.allows(wanted)) {
        let has = token.scopes.iter().map(|s| s.name()).collect::<Vec<_>>().join(", ");
        let detail = format!(
            "the token {:?} has the scopes {has}, and this needs `{1}`; make one with `plaudit token create --scope {1}` or \
             POST /v1/tokens",
            token.name,
            wanted.name()
        );
        return Err(Problem::new(StatusCode::FORBIDDEN, "scope", detail));
    }
    Ok(Caller { name: token.name.into(), scopes: token.scopes, agent: token.agent.map(Id::from) })
}

fn unauthorized() -> Problem {
    let detail = "send `Authorization: Bearer <token>` with a token that holds; the first one is in secrets_dir/admin-token, \
                  others come from POST /v1/tokens";
    Problem::new(StatusCode::UNAUTHORIZED, "token", detail)
}
