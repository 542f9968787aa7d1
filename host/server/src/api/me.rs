//! `/v1/me`: one's own account, for whoever is signed in.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use plaudit_store::{Batch, family, family::account::Account};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AppState,
    accounts::{AccountView, view},
    auth::Caller,
    document,
    problem::{Answer, Problem},
};
use crate::porter::{
    About,
    accounts::{self, AccountError, NotIn, letter},
    password as passwords,
    sessions::{self, SessionKey, short},
};

/// Oneself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MeView {
    /// The account.
    #[serde(flatten)]
    pub account: AccountView,
    /// What a script of a page sends in the header `x-plaudit-form` with whatever changes something.
    pub form_token: String,
}

/// What `PUT /v1/me` takes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeDocument {
    /// Language.
    pub locale: String,
}

/// What `POST /v1/me/password` takes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordDocument {
    /// The one that holds.
    pub current: String,
    /// The one that is to hold.
    pub new: String,
}

/// A session of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionView {
    /// For ending it.
    pub id: String,
    /// Browser and system.
    pub device: String,
    /// Milliseconds since 1970.
    pub created: i64,
    /// When it was last used, to within a minute; milliseconds since 1970.
    pub seen: i64,
    /// When it ends at the latest; milliseconds since 1970.
    pub expires: i64,
    /// Whether it is the one of this request.
    pub is_this: bool,
}

fn own(caller: &Caller) -> Answer<(&Account, &SessionKey)> {
    caller.account().map(|(account, session)| (&**account, session)).ok_or_else(|| {
        Problem::new(
            StatusCode::FORBIDDEN,
            "scope",
            "this is about an account; sign in instead of sending a token",
        )
    })
}

/// `GET /v1/me`
pub async fn get(State(state): State<AppState>, caller: Caller) -> Answer<Json<MeView>> {
    let (account, session) = own(&caller)?;
    Ok(Json(MeView { account: view(account, None), form_token: state.porter.form_token(session) }))
}

/// `PUT /v1/me`
pub async fn put(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<Json<AccountView>> {
    let MeDocument { locale } = document::read(&headers, &body)?;
    let (old, _) = own(&caller)?;
    accounts::check_locale(&locale)?;
    let new = Account { locale, ..old.clone() };
    accounts::change(&*state.store, old, &new, |_| {})?;
    Ok(Json(view(&new, None)))
}

/// `POST /v1/me/password`: every session ends, this one included; sign in with the new password.
pub async fn password(
    State(state): State<AppState>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Answer<StatusCode> {
    let PasswordDocument { current, new } = document::read(&headers, &body)?;
    let (account, _) = own(&caller)?;
    set_password(&state, account, &current, &new).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Checks the old password, sets the new one and says so by mail, beside the answer. Returns the account as it is now.
///
/// # Errors
/// The old one is wrong or the new one too easy.
pub async fn set_password(state: &AppState, account: &Account, current: &str, new: &str) -> Answer<Account> {
    state.porter.confirm(account, current).await.map_err(not_in)?;
    passwords::check(new, &account.mail, &account.name)
        .map_err(|weak| Problem::unprocessable("weak-password", weak.to_string()))?;
    let hashed = state.porter.hash(new).await.map_err(AccountError::from)?;
    let changed =
        Account { password: Some(hashed), password_set: Some(state.porter.now()), ..account.clone() };
    accounts::change(&*state.store, account, &changed, |_| {})?;
    let (porter, letter) = (state.porter.clone(), letter(account, About::PasswordChanged));
    tokio::spawn(async move { porter.send(letter).await });
    Ok(changed)
}

/// What somebody is told who did not come in.
pub fn not_in(error: NotIn) -> Problem {
    match error {
        NotIn::Wrong => {
            Problem::unprocessable("wrong-password", "the password that holds now is another one")
        }
        NotIn::Later(wait_ms) => {
            let seconds = u64::try_from(wait_ms / 1000 + 1).unwrap_or(1);
            let detail = format!("too many wrong passwords; try again in {seconds} s");
            let later = Problem::new(StatusCode::TOO_MANY_REQUESTS, "too-many-failures", detail);
            Problem { retry_after_s: Some(seconds), ..later }
        }
        NotIn::Crowded => AccountError::Crowded.into(),
        NotIn::Store(error) => error.into(),
    }
}

/// `GET /v1/me/sessions`: used last first.
pub async fn sessions(State(state): State<AppState>, caller: Caller) -> Answer<Json<Vec<SessionView>>> {
    let (account, this) = own(&caller)?;
    let all = sessions::list(&*state.store, &state.porter, &account.id)?;
    let view = |(key, session): (SessionKey, family::session::Session)| SessionView {
        id: short(&key).to_owned(),
        is_this: key == *this,
        device: session.device,
        created: session.created,
        seen: session.seen,
        expires: session.expires,
    };
    Ok(Json(all.into_iter().map(view).collect()))
}

/// `DELETE /v1/me/sessions`: signed out everywhere, here as well.
pub async fn end_all(State(state): State<AppState>, caller: Caller) -> Answer<StatusCode> {
    let (account, _) = own(&caller)?;
    let mut batch = Batch::default();
    sessions::end_all(&*state.store, &mut batch, &account.id)?;
    state.store.apply(batch)?;
    state.store.sync()?;
    Ok(StatusCode::NO_CONTENT)
}

/// `DELETE /v1/me/sessions/{id}`
pub async fn end_one(
    State(state): State<AppState>,
    caller: Caller,
    Path(id): Path<String>,
) -> Answer<StatusCode> {
    let (account, _) = own(&caller)?;
    let all = sessions::of_account(&*state.store, &account.id)?;
    let (key, _) = all
        .into_iter()
        .find(|(key, _)| short(key) == id)
        .ok_or_else(|| Problem::not_found("session", &id, "/v1/me/sessions"))?;
    sessions::end(&*state.store, &key)?;
    Ok(StatusCode::NO_CONTENT)
}
