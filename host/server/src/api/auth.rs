//! Who is asking, and whether they may: the one guard before every route.
//!
//! In this order: who is it (a token, a session, nobody); does a request with a cookie come from a page of this house;
//! has the caller the right of the route; does what the route is about lie within the right's reach. What changed
//! something is then written into the audit log.

use std::{collections::HashMap, sync::Arc};

use axum::{
    extract::{FromRequestParts, RawPathParams, Request, State},
    http::{HeaderMap, Method, StatusCode, Uri, header::AUTHORIZATION, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use plaudit_core::{
    Id,
    access::{Access, Reach, Right, Role, of_role},
    event::Subject,
};
use plaudit_store::family::{
    account::Account,
    audit::Actor,
    token::{Scope, Token},
};

use super::{
    AppState, care, people,
    problem::{Answer, Problem},
    table::{Object, Row},
};
use crate::{
    config::Pages,
    ingest::tokens,
    porter::{
        accounts, audit,
        cookie::{Kept, Transport, is_from_here},
        sessions::{self, SessionKey},
        snapshot,
    },
};

/// Header in which a page's script sends what its forms carry.
pub const FORM_TOKEN: &str = "x-plaudit-form";

/// What the guard before a route knows.
#[derive(Clone, Debug)]
pub struct Guarded {
    pub(super) state: AppState,
    pub(super) row: Row,
}

/// Whoever sent the request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The actor of decisions: a token's name, or an account's id.
    pub name: Id,
    /// The agent that they are, by opaque id, if that is known.
    pub agent: Option<Id>,
    /// Everything they may do.
    pub access: Arc<Access>,
    /// How far the right of this route reaches.
    pub reach: Reach,
    /// How they showed who they are.
    pub who: Who,
}

/// How somebody showed who they are.
#[derive(Clone, Debug)]
pub enum Who {
    /// By an API token.
    Token(Arc<Token>),
    /// By a session.
    Account {
        /// The account.
        account: Arc<Account>,
        /// The session.
        session: SessionKey,
    },
    /// Not at all: pages that are open to everybody.
    Everybody,
}

impl Caller {
    /// Who they are for the audit log.
    pub fn actor(&self) -> Actor {
        match &self.who {
            Who::Token(token) => Actor::Token { id: token.id.clone(), name: token.name.clone() },
            Who::Account { account, .. } => Actor::Account(account.id.clone()),
            Who::Everybody => Actor::Stranger,
        }
    }

    /// Their account and session.
    pub fn account(&self) -> Option<(&Arc<Account>, &SessionKey)> {
        match &self.who {
            Who::Account { account, session } => Some((account, session)),
            _ => None,
        }
    }

    /// Every name under which they act: their own, and that of who made their token. Nobody approves for themselves
    /// under another name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let maker = match &self.who {
            Who::Token(token) => token.made_by.as_deref(),
            _ => None,
        };
        std::iter::once(&*self.name).chain(maker)
    }

    /// Whether they still may what they could at the beginning of the request: for streams, which last.
    pub fn still_may(&self, state: &AppState, right: Right) -> bool {
        let access = match &self.who {
            Who::Token(token) => {
                let all = tokens::by_id(&*state.store, &token.id, state.clock.now()).ok().flatten();
                all.map(|token| Access::everywhere(rights_of(&token.scopes)))
            }
            Who::Account { session, .. } => sessions::visitor(&*state.store, &state.porter, session.clone())
                .ok()
                .flatten()
                .map(|visitor| accounts::access(&visitor.account)),
            Who::Everybody => return true,
        };
        access.is_some_and(|access| access.reach(right) == Some(&self.reach))
    }

    fn of_token(token: Token) -> Self {
        Self {
            name: token.name.as_str().into(),
            agent: token.agent.as_deref().map(Id::from),
            access: Arc::new(Access::everywhere(rights_of(&token.scopes))),
            reach: Reach::nothing(),
            who: Who::Token(Arc::new(token)),
        }
    }

    fn of_account(visitor: sessions::Visitor) -> Self {
        let account = visitor.account;
        Self {
            name: account.id.as_str().into(),
            agent: account.agent.as_deref().map(Id::from),
            access: Arc::new(accounts::access(&account)),
            reach: Reach::nothing(),
            who: Who::Account { account: Arc::new(account), session: visitor.key },
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Caller>().cloned().ok_or_else(unauthorized)
    }
}

/// The rights of scopes: what tokens could do before there were rights, and no more.
pub fn rights_of(scopes: &[Scope]) -> Vec<Right> {
    const READ: &[Right] = &[
        Right::SeeHouse,
        Right::SeeCatalogue,
        Right::SeeIncentives,
        Right::SeeBoards,
        Right::SeeAwards,
        Right::SeeBalances,
        Right::SeeBudgets,
        Right::SeePreviews,
    ];
    const MANAGE: &[Right] = &[
        Right::Preview,
        Right::Explain,
        Right::SeePeople,
        Right::SeeBooks,
        Right::SeeDeliveries,
        Right::SeePayroll,
        Right::EnableIncentives,
        Right::DecideAwards,
        Right::Disqualify,
        Right::Adjust,
        Right::SetMoney,
        Right::SetMetrics,
        Right::SetRoster,
        Right::ErasePeople,
        Right::RetryDeliveries,
        Right::SeeKudos,
        Right::DecideKudos,
    ];
    let of = |scope: &Scope| -> Vec<Right> {
        match scope {
            Scope::Ingest => vec![Right::PostEvents],
            // What it shows stands at its own address (`web/floor/wall.rs`).
            Scope::Wall => Vec::new(),
            Scope::Read => READ.to_vec(),
            Scope::Manage => [READ, MANAGE].concat(),
            // A token is nobody's account, and nobody who says thanks.
            Scope::Admin => of_role(Role::Admin)
                .iter()
                .map(|(right, _)| *right)
                .filter(|right| !matches!(right, Right::OwnAccount | Right::GiveKudos))
                .collect(),
        }
    };
    scopes.iter().flat_map(of).collect()
}

/// The guard; for `middleware::from_fn_with_state`.
pub async fn guard(State(guarded): State<Guarded>, request: Request, next: Next) -> Response {
    let Guarded { state, row } = guarded;
    let (mut parts, body) = request.into_parts();
    let caller = match let_in(&state, &row, &mut parts).await {
        Ok(caller) => caller,
        Err(refused) => return refused.into_response(),
    };
    care::serve(state, row, caller, Request::from_parts(parts, body), next).await
}

/// Runs the handler, and writes down what it changed.
pub(super) async fn audited(
    state: &AppState,
    row: &Row,
    caller: Option<Caller>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let subject = caller.as_ref().filter(|_| row.is_audited()).map(|caller| {
        let about = About::of(state, row, &parts);
        let before = about.state(state);
        (about, before, caller.actor(), request_id(&parts.headers))
    });
    if let Some(caller) = caller {
        parts.extensions.insert(caller);
    }
    let response = next.run(Request::from_parts(parts, body)).await;
    match subject {
        Some((about, before, actor, request)) if !response.status().is_client_error() => {
            write_down(state, row, about, before, actor, &request, response)
        }
        _ => response,
    }
}

/// Who may go on; `None` is somebody unknown at an open route.
async fn let_in(state: &AppState, row: &Row, parts: &mut Parts) -> Result<Option<Caller>, Refused> {
    let found = identify(state, &parts.headers, &parts.uri)?;
    let Some(right) = row.right else { return Ok(found) };
    let open = state.config.server.pages == Pages::Open && !row.path.starts_with("/v1/");
    let mut caller = match found {
        // Nobody sees less because they have signed in.
        _ if open && !row.is_change() && right != Right::OwnAccount => everybody(),
        Some(caller) => caller,
        None => return Err(unauthorized().into()),
    };
    if let Some((_, session)) = caller.account()
        && !is_safe(&parts.method)
    {
        let transport = Transport::of(&state.config, &parts.headers, &parts.uri);
        let token = parts.headers.get(FORM_TOKEN).and_then(|token| token.to_str().ok());
        let is_of_api = row.path.starts_with("/v1/");
        // Forms of pages carry the token in their body; the page's handler checks it (`web/form.rs`).
        let has_token = !is_of_api || token.is_some_and(|token| state.porter.is_form_token(session, token));
        if !is_from_here(&transport, &parts.headers) || !has_token {
            return Err(Refused { why: Why::Elsewhere, problem: from_elsewhere(), caller: Some(caller) });
        }
    }
    let Some(reach) = caller.access.reach(right) else {
        let problem = lacking(&caller, right);
        return Err(Refused { why: Why::Right(right), problem, caller: Some(caller) });
    };
    caller.reach = reach.clone();
    if !lies_within(state, row, &caller.reach, &params(parts).await) {
        return Err(Refused { why: Why::Reach(right), problem: beyond(&caller), caller: Some(caller) });
    }
    Ok(Some(caller))
}

/// Why somebody was refused: pages say it in the reader's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// They have not shown who they are.
    NobodyYet,
    /// The request was not sent by a page of this house.
    Elsewhere,
    /// They have no such right.
    Right(Right),
    /// They have it, and not for this.
    Reach(Right),
}

struct Refused {
    why: Why,
    problem: Problem,
    caller: Option<Caller>,
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self { why: Why::NobodyYet, problem, caller: None }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = self.problem.into_response();
        if matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
            response.extensions_mut().insert(self.why);
            if let Some(caller) = self.caller {
                response.extensions_mut().insert(caller);
            }
        }
        response
    }
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

/// Somebody at pages that are open: what `server.pages = "open"` has always shown.
fn everybody() -> Caller {
    let seen = [Right::SeeIncentives, Right::SeeBoards, Right::SeeAwards, Right::SeeBudgets, Right::Explain];
    Caller {
        name: "everybody".into(),
        agent: None,
        access: Arc::new(Access::everywhere(seen)),
        reach: Reach::nothing(),
        who: Who::Everybody,
    }
}

/// Who shows what. A token wins over a cookie: who sends one means it.
fn identify(state: &AppState, headers: &HeaderMap, uri: &Uri) -> Answer<Option<Caller>> {
    if let Some(value) = headers.get(AUTHORIZATION) {
        let secret = value
            .to_str()
            .ok()
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, secret)| secret.trim())
            .ok_or_else(unauthorized)?;
        let token = tokens::find(&*state.store, secret, state.clock.now())?.ok_or_else(unauthorized)?;
        return Ok(Some(Caller::of_token(token)));
    }
    // Where nobody signs in, a session of before is none.
    if state.config.server.pages == Pages::Off {
        return Ok(None);
    }
    let transport = Transport::of(&state.config, headers, uri);
    let Some(cookie) = Kept::Session.shown(&transport, headers) else { return Ok(None) };
    let visitor = sessions::find(&*state.store, &state.porter, &cookie)?;
    Ok(visitor.map(Caller::of_account))
}

async fn params(parts: &mut Parts) -> HashMap<String, String> {
    let params = RawPathParams::from_request_parts(parts, &()).await;
    params.map(|all| all.iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect()).unwrap_or_default()
}

/// Whether what a route is about lies within a reach. What nobody knows lies only in the whole house.
fn lies_within(state: &AppState, row: &Row, reach: &Reach, params: &HashMap<String, String>) -> bool {
    if reach.is_everything() {
        return true;
    }
    let house = state.journal.house();
    let now = state.clock.now();
    let named = |name: &str| params.get(name).map(String::as_str).unwrap_or_default();
    let incentive = |id: &str| {
        let record = house.incentives.get(id)?;
        let audience = &record.incentive.audience;
        Some(match row.is_change() {
            true => reach.holds(&house.roster, audience, now),
            false => reach.touches(&house.roster, audience, now),
        })
    };
    match row.object {
        Object::House => false,
        Object::Handler | Object::Oneself => true,
        Object::Incentive(name) => incentive(named(name)).unwrap_or(false),
        Object::NewIncentive(name) => incentive(named(name)).unwrap_or(true),
        Object::Agent(name) => reach.covers_agent(&house.roster, &people::opaque(state, named(name)), now),
        Object::OpaqueAgent(name) => reach.covers_agent(&house.roster, named(name), now),
        Object::NewAgent(name) => {
            let id = people::opaque(state, named(name));
            house.roster.agent(&id).is_none() || reach.covers_agent(&house.roster, &id, now)
        }
        Object::Team(name) => reach.covers_subject(&house.roster, &Subject::team(named(name)), now),
        Object::NewTeam(name) => {
            house.roster.team(named(name)).is_none() || reach.covers_team(&house.roster, named(name))
        }
        Object::Site(name) => reach.covers_site(named(name)),
        Object::Award(name) => state.views.award(named(name)).is_some_and(|award| match row.is_change() {
            true => incentive(&award.incentive).unwrap_or(false),
            false => reach.covers_subject(&house.roster, &award.subject, now),
        }),
    }
}

/// What a route is about, for the audit log.
struct About {
    /// Such as `incentives/sprint/pause`; agents by opaque id.
    object: String,
    kind: String,
    id: String,
}

/// Put into the extensions of an answer by a handler that made something: its id.
#[derive(Clone, Debug)]
pub struct Made(pub String);

impl About {
    fn of(state: &AppState, row: &Row, parts: &Parts) -> Self {
        let path = parts.uri.path();
        let plain = path.strip_prefix("/v1/").unwrap_or(path.trim_start_matches('/'));
        let template = row.path.strip_prefix("/v1/").unwrap_or(row.path.trim_start_matches('/'));
        let is_agent = |name: &str| matches!(row.object, Object::Agent(n) | Object::NewAgent(n) if format!("{{{n}}}") == name);
        let pairs = template.split('/').zip(plain.split('/'));
        let pieces: Vec<String> = pairs
            .map(|(name, given)| {
                let given = unescaped(given);
                if is_agent(name) { people::opaque(state, &given).to_string() } else { given }
            })
            .collect();
        Self {
            kind: pieces.first().cloned().unwrap_or_default(),
            id: pieces.get(1).cloned().unwrap_or_default(),
            object: pieces.join("/"),
        }
    }

    fn state(&self, state: &AppState) -> Option<serde_json::Value> {
        snapshot::of(state, &self.kind, &self.id)
    }
}

/// A piece of a path without its percent signs.
pub(super) fn unescaped(piece: &str) -> String {
    let pairs = format!("x={}", piece.replace('+', "%2B"));
    url::form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, v)| v.into_owned()).unwrap_or_default()
}

/// The request's id, as the log has it.
pub fn request_id(headers: &HeaderMap) -> String {
    headers.get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default().to_owned()
}

fn write_down(
    state: &AppState,
    row: &Row,
    mut about: About,
    before: Option<serde_json::Value>,
    actor: Actor,
    request: &str,
    response: Response,
) -> Response {
    if let Some(Made(id)) = response.extensions().get::<Made>() {
        about.object = format!("{}/{id}", about.kind);
        about.id.clone_from(id);
    }
    let failed = if response.status().is_server_error() { " (failed)" } else { "" };
    let act = format!("{} {}{failed}", row.method, row.path);
    let after = about.state(state);
    let object = std::mem::take(&mut about.object);
    let entry = audit::Entry { before, after, ..audit::Entry::new(actor, &act, object) }.asked_by(request);
    match state.porter.record(&*state.store, entry) {
        Ok(_) => response,
        Err(error) => {
            tracing::error!(%error, act, "a change could not be written into the audit log");
            let detail =
                "the change was made, and could not be written into the audit log; see the server's log";
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "audit", detail).into_response()
        }
    }
}

fn lacking(caller: &Caller, right: Right) -> Problem {
    match &caller.who {
        Who::Token(token) => {
            let has = token.scopes.iter().map(|s| s.name()).collect::<Vec<_>>().join(", ");
            let least = Scope::ALL.into_iter().find(|scope| rights_of(&[*scope]).contains(&right));
            let Some(least) = least else {
                let detail = "this is about an account, and a token has none; sign in instead";
                return Problem::new(StatusCode::FORBIDDEN, "scope", detail);
            };
            let detail = format!(
                "the token {:?} has the scopes {has}, and this needs `{1}`; make one with `plaudit token create --scope {1}` \
                 or POST /v1/tokens",
                token.name,
                least.name()
            );
            Problem::new(StatusCode::FORBIDDEN, "scope", detail)
        }
        Who::Account { account, .. } => {
            let has = account.grants.iter().map(|g| g.role.name()).collect::<Vec<_>>().join(", ");
            let needed = roles_with(right).map(Role::name).collect::<Vec<_>>().join(", ");
            let detail = format!(
                "the account {} has the roles {has}, and this needs one of: {needed}; an admin can give it",
                account.id
            );
            Problem::new(StatusCode::FORBIDDEN, "role", detail)
        }
        Who::Everybody => unauthorized(),
    }
}

/// Roles that have a right.
pub fn roles_with(right: Right) -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(move |role| of_role(*role).iter().any(|(has, _)| *has == right))
}

/// What somebody who may do this elsewhere is told; the same for what there is and what there is not.
pub fn beyond(caller: &Caller) -> Problem {
    let detail = format!(
        "{} may do this, and not here: their role holds for other sites, teams or people; an admin can widen it",
        caller.name
    );
    Problem::new(StatusCode::FORBIDDEN, "reach", detail)
}

fn from_elsewhere() -> Problem {
    let detail = format!(
        "a request with a session's cookie has to come from a page of this house, with the header {FORM_TOKEN} from \
         GET /v1/me; programs use a token instead"
    );
    Problem::new(StatusCode::FORBIDDEN, "from-elsewhere", detail)
}

fn unauthorized() -> Problem {
    let detail = "send `Authorization: Bearer <token>` with a token that holds; the first one is in secrets_dir/admin-token, \
                  others come from POST /v1/tokens";
    Problem::new(StatusCode::UNAUTHORIZED, "token", detail)
}
