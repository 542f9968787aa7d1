//! `/v1/accounts`: who signs in, with which roles. Made by invitation; nobody but the person knows the password.

use std::collections::BTreeSet;

use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
};
use plaudit_core::{
    Id,
    access::{Grant, Range, Role},
};
use plaudit_store::{
    Batch, StoreError,
    family::{account::Account, link::LinkKind},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    AppState,
    auth::{Caller, Made},
    document, people,
    problem::{Answer, Problem},
};
use crate::porter::{
    accounts::{self, AccountError, Wish},
    openid, sessions,
};

/// A role with where it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleDocument {
    /// `admin`, `manager`, `team-leader`, `agent`, `rule-developer`, `integrator` or `auditor`.
    pub role: String,
    /// Of a manager: the whole house.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub everywhere: bool,
    /// Of a manager: these sites, with all their teams.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<Id>,
    /// Of a manager or team leader: these teams.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Id>,
}

/// What `POST /v1/accounts` and `PUT /v1/accounts/{id}` take: the whole of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountDocument {
    /// Mail address: what they sign in with.
    pub mail: String,
    /// Shown name.
    pub name: String,
    /// `en`, `es`, `lt`, `zh-Hans` or `zh-Hant`; `en` by default.
    #[serde(default)]
    pub locale: Option<String>,
    /// What they are.
    pub roles: Vec<RoleDocument>,
    /// The agent that they are, by external or opaque id.
    #[serde(default)]
    pub agent: Option<String>,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AccountView {
    /// Its id: the actor of what it does.
    pub id: String,
    /// Mail address.
    pub mail: String,
    /// Shown name.
    pub name: String,
    /// Language.
    pub locale: String,
    /// What they are.
    pub roles: Vec<RoleDocument>,
    /// Opaque id of the agent that they are.
    pub agent: Option<String>,
    /// `invited`, `active` or `disabled`.
    pub state: String,
    /// Milliseconds since 1970.
    pub created: i64,
    /// Who made it.
    pub created_by: String,
    /// The link of the invitation, this once, if it could not be sent by mail: hand it over yourself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// How an invitation reaches somebody.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct InviteOptions {
    /// Send no mail: the answer has the link, and whoever asks hands it over.
    #[serde(default)]
    pub hand_over: bool,
}

pub(crate) fn view(account: &Account, link: Option<String>) -> AccountView {
    let state = match (account.disabled, &account.password) {
        (Some(_), _) => "disabled",
        (None, None) => "invited",
        (None, Some(_)) => "active",
    };
    AccountView {
        id: account.id.clone(),
        mail: account.mail.clone(),
        name: account.name.clone(),
        locale: account.locale.clone(),
        roles: roles(&account.grants),
        agent: account.agent.clone(),
        state: state.to_owned(),
        created: account.created,
        created_by: account.created_by.clone(),
        link,
    }
}

/// Roles as documents have them.
pub fn roles(grants: &[Grant]) -> Vec<RoleDocument> {
    let role = |grant: &Grant| {
        let role = grant.role.name().to_owned();
        match &grant.range {
            Range::House => {
                RoleDocument { role, everywhere: grant.role == Role::Manager, ..RoleDocument::default() }
            }
            Range::Places { sites, teams } => RoleDocument {
                role,
                everywhere: false,
                sites: sites.iter().cloned().collect(),
                teams: teams.iter().cloned().collect(),
            },
        }
    };
    grants.iter().map(role).collect()
}

/// Roles as they are kept; sites and teams have to be in the roster.
///
/// # Errors
/// An unknown role, site or team, or a range that says two things.
pub fn grants(state: &AppState, wanted: &[RoleDocument]) -> Answer<Vec<Grant>> {
    let house = state.journal.house();
    let bad = |detail: String| Problem::unprocessable("bad-account", detail);
    let one = |document: &RoleDocument| {
        let role = Role::parse(&document.role).ok_or_else(|| {
            let all = Role::ALL.map(Role::name).join(", ");
            bad(format!("{:?} is no role; there are: {all}", document.role))
        })?;
        let (sites, teams): (BTreeSet<Id>, BTreeSet<Id>) =
            (document.sites.iter().cloned().collect(), document.teams.iter().cloned().collect());
        if let Some(site) = sites.iter().find(|id| house.roster.site(id).is_none()) {
            return Err(bad(format!("there is no site {site:?} in the roster; GET /v1/sites lists them")));
        }
        if let Some(team) = teams.iter().find(|id| house.roster.team(id).is_none()) {
            return Err(bad(format!("there is no team {team:?} in the roster; GET /v1/teams lists them")));
        }
        let is_placed = !sites.is_empty() || !teams.is_empty();
        let needs_places = matches!(role, Role::Manager | Role::TeamLeader);
        let range = match (document.everywhere, is_placed) {
            (true, true) => {
                return Err(bad("a role holds `everywhere` or in `sites` and `teams`, not both".to_owned()));
            }
            (true, false) => Range::House,
            (false, false) if !needs_places => Range::House,
            (false, _) => Range::Places { sites, teams },
        };
        Ok(Grant { role, range })
    };
    wanted.iter().map(one).collect()
}

impl From<AccountError> for Problem {
    fn from(error: AccountError) -> Self {
        let text = error.to_string();
        match error {
            AccountError::Field(..) | AccountError::Grants(_) | AccountError::Weak(_) => {
                Problem::unprocessable("bad-account", text)
            }
            AccountError::Taken => Problem::conflict("mail-taken", text),
            AccountError::LastAdmin => Problem::conflict("last-admin", text),
            AccountError::TooMany => Problem::conflict("too-many-accounts", text),
            AccountError::Raced => Problem::conflict("changed-meanwhile", text),
            AccountError::Crowded => {
                let busy = Problem::new(StatusCode::TOO_MANY_REQUESTS, "busy", text);
                Problem { retry_after_s: Some(5), ..busy }
            }
            AccountError::Store(error) => error.into(),
        }
    }
}

fn wish(state: &AppState, document: AccountDocument) -> Answer<Wish> {
    let agent = match document.agent.as_deref() {
        None => None,
        Some(given) => {
            let id = people::opaque(state, given);
            if state.journal.house().roster.agent(&id).is_none() {
                return Err(Problem::unprocessable(
                    "bad-account",
                    format!("there is no agent {given:?} in the roster; GET /v1/agents lists them"),
                ));
            }
            Some(id.to_string())
        }
    };
    let grants = grants(state, &document.roles)?;
    let locale = document.locale.unwrap_or_else(|| "en".to_owned());
    Ok(Wish { mail: document.mail, name: document.name, locale, grants, agent }.checked()?)
}

fn known(state: &AppState, id: &str) -> Answer<Account> {
    accounts::get(&*state.store, id)?.ok_or_else(|| Problem::not_found("account", id, "/v1/accounts"))
}

/// `GET /v1/accounts`: oldest first.
pub async fn list(State(state): State<AppState>) -> Answer<Json<Vec<AccountView>>> {
    Ok(Json(accounts::list(&*state.store)?.iter().map(|account| view(account, None)).collect()))
}

/// `GET /v1/accounts/{id}`
pub async fn get(State(state): State<AppState>, Path(id): Path<String>) -> Answer<Json<AccountView>> {
    Ok(Json(view(&known(&state, &id)?, None)))
}

/// Makes a link and sends it; it comes back if it was not sent.
async fn send_link(
    state: &AppState,
    account: &Account,
    kind: LinkKind,
    options: InviteOptions,
) -> Answer<Option<String>> {
    let base = state.config.server.base_url();
    let made = match options.hand_over {
        true => state.porter.link(&*state.store, &base, account, kind).map(Some),
        false => state.porter.invite(&*state.store, &base, account, kind).await,
    };
    made.map_err(|error| match error {
        StoreError::Fenced { .. } => AccountError::Raced.into(),
        error => error.into(),
    })
}

/// `POST /v1/accounts`: made, and invited by mail; where no mail can be sent, or with `hand_over`, the answer has the link.
pub async fn post(
    State(state): State<AppState>,
    Query(options): Query<InviteOptions>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<(StatusCode, Extension<Made>, Json<AccountView>)> {
    let wish = wish(&state, document::read(&headers, &body)?)?;
    let account = accounts::create(&*state.store, wish, &caller.name, state.porter.now(), None)?;
    let link = send_link(&state, &account, LinkKind::Invitation, options).await?;
    Ok((StatusCode::CREATED, Extension(Made(account.id.clone())), Json(view(&account, link))))
}

/// `PUT /v1/accounts/{id}`: a change of roles, agent or address ends the account's sessions.
pub async fn put(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Json<AccountView>> {
    let old = known(&state, &id)?;
    let Wish { mail, name, locale, grants, agent } = wish(&state, document::read(&headers, &body)?)?;
    let new = Account { mail, name, locale, grants, agent, ..old.clone() };
    accounts::change(&*state.store, &old, &new, |_| {})?;
    Ok(Json(view(&new, None)))
}

/// `POST /v1/accounts/{id}/disable`: it may not sign in, and its sessions end at once.
pub async fn disable(State(state): State<AppState>, Path(id): Path<String>) -> Answer<Json<AccountView>> {
    set_disabled(&state, &id, true)
}

/// `POST /v1/accounts/{id}/enable`
pub async fn enable(State(state): State<AppState>, Path(id): Path<String>) -> Answer<Json<AccountView>> {
    set_disabled(&state, &id, false)
}

fn set_disabled(state: &AppState, id: &str, is_disabled: bool) -> Answer<Json<AccountView>> {
    let old = known(state, id)?;
    if old.disabled.is_some() == is_disabled {
        return Ok(Json(view(&old, None)));
    }
    let new = Account { disabled: is_disabled.then(|| state.porter.now()), ..old.clone() };
    accounts::change(&*state.store, &old, &new, |_| {})?;
    Ok(Json(view(&new, None)))
}

/// `POST /v1/accounts/{id}/invite`: another link, by mail; earlier ones no longer hold. For somebody who has a password
/// it is a reset.
pub async fn invite(
    State(state): State<AppState>,
    Path(id): Path<String>,
    Query(options): Query<InviteOptions>,
) -> Answer<Json<AccountView>> {
    let account = known(&state, &id)?;
    if account.disabled.is_some() {
        let detail = format!("the account {id} is disabled; POST /v1/accounts/{id}/enable first");
        return Err(Problem::conflict("account-disabled", detail));
    }
    let kind = if account.password.is_some() { LinkKind::Reset } else { LinkKind::Invitation };
    let link = send_link(&state, &account, kind, options).await?;
    Ok(Json(view(&account, link)))
}

/// `DELETE /v1/accounts/{id}/openid`: whom the provider shows next with the account's address is linked anew; sessions end.
pub async fn unlink(State(state): State<AppState>, Path(id): Path<String>) -> Answer<StatusCode> {
    known(&state, &id)?;
    let mut batch = Batch::default();
    if openid::unlink(&*state.store, &mut batch, &id)? {
        sessions::end_all(&*state.store, &mut batch, &id)?;
        state.store.apply(batch)?;
        state.store.sync()?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /v1/accounts/{id}/sessions`: signed out everywhere.
pub async fn sign_out(State(state): State<AppState>, Path(id): Path<String>) -> Answer<StatusCode> {
    known(&state, &id)?;
    let mut batch = Batch::default();
    sessions::end_all(&*state.store, &mut batch, &id)?;
    if !batch.is_empty() {
        state.store.apply(batch)?;
        state.store.sync()?;
    }
    Ok(StatusCode::NO_CONTENT)
}
