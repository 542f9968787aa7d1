//! `/sign-in/openid` and the way back: signing in by an OpenID Connect provider.
//!
//! Whatever goes wrong is a page that says what to do next; the log has what the provider said, under the request's id.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use plaudit_store::{
    StoreError,
    family::{account::Account, audit::Actor},
};

use super::{
    answer::{Asked, Missing},
    form::{go, message, own_path, with_next},
    sign_in::{self, Cookies},
};
use crate::{
    api::AppState,
    porter::{
        audit::Entry,
        cookie::Kept,
        is_same,
        openid::{Attempt, NotAdmitted, OpenId, Trouble, admit},
    },
};

/// Longest code of a provider's error that is shown, in bytes.
const ERROR_BYTES_MAX: usize = 60;

/// Why somebody who came back is not in.
#[derive(Debug)]
enum NotIn {
    /// This browser is on no such way, or was ten minutes ago, or has come back before.
    Over,
    /// The provider says no, with this word.
    Said(String),
    Provider(Trouble),
    Account(NotAdmitted),
}

impl From<Trouble> for NotIn {
    fn from(trouble: Trouble) -> Self {
        Self::Provider(trouble)
    }
}

/// The button to the provider: its address and what it says; none where no provider is set.
pub(super) fn way(asked: &Asked, next: &str) -> Option<(String, String)> {
    let openid = asked.web.state.porter.openid()?;
    let label = asked.say.with("openid-button", &[("label", openid.label().into())]);
    Some((with_next(&asked.say, "/sign-in/openid", next), label))
}

/// What the provider is called, where an account may use nothing else.
pub(super) fn instead(state: &AppState, account: &Account) -> Option<String> {
    let openid = state.porter.openid().filter(|openid| openid.settings().only)?;
    let is_admin = account.grants.iter().any(|grant| grant.role == plaudit_core::access::Role::Admin);
    (!is_admin).then(|| openid.label())
}

/// `GET /sign-in/openid?next=/path`: off to the provider.
pub(super) async fn set_out(asked: Asked) -> Response {
    let state = asked.web.state.clone();
    let Some(openid) = state.porter.openid() else { return nothing(asked).await };
    let next = own_path(asked.query.get("next").map_or("/", String::as_str)).to_owned();
    if state.porter.is_first_start(&*state.store).unwrap_or(false) {
        return go(&asked.say.href("/first-start"), vec![]);
    }
    if asked.caller.as_ref().is_some_and(|caller| caller.account().is_some()) {
        return go(&next, vec![]);
    }
    let Some(origin) = asked.transport.origin().map(str::to_owned) else { return insecure(asked).await };
    let attempt = state.porter.set_out(&next);
    match openid.address(&state.porter, &attempt, &origin).await {
        Ok(address) => {
            let cookie = Kept::Attempt.keep(&asked.transport, &state.porter.attempt_cookie(&attempt));
            match HeaderValue::from_str(&address) {
                Ok(place) => with_cookies((StatusCode::SEE_OTHER, [(header::LOCATION, place)]), [cookie]),
                Err(error) => not_in(asked, NotIn::Provider(Trouble::Down(error.to_string()))).await,
            }
        }
        Err(trouble) => not_in(asked, trouble.into()).await,
    }
}

/// `GET /sign-in/openid/back?code=…&state=…`
pub(super) async fn back(asked: Asked) -> Response {
    let state = asked.web.state.clone();
    let Some(openid) = state.porter.openid() else { return nothing(asked).await };
    let Some(origin) = asked.transport.origin().map(str::to_owned) else { return insecure(asked).await };
    let forget = Kept::Attempt.forget(&asked.transport);
    let response = match come_in(&asked, openid, &origin).await {
        Ok((next, cookies)) => go(&next, cookies),
        Err(why) => not_in(asked, why).await,
    };
    with_cookies(response, [forget])
}

/// Everything that has to hold, in this order: the way back is this browser's and new, the provider says who it is, and
/// there is an account for them.
async fn come_in(asked: &Asked, openid: &OpenId, origin: &str) -> Result<(String, Cookies), NotIn> {
    let state = &asked.web.state;
    let attempt = attempt(asked).ok_or(NotIn::Over)?;
    if !openid.take(&attempt, state.porter.now()) {
        return Err(NotIn::Over);
    }
    let given = |name: &str| asked.query.get(name).map(String::as_str);
    // Who names itself here has to be the one that we went to (RFC 9207).
    if let Some(issuer) = given("iss").filter(|issuer| *issuer != openid.issuer()) {
        return Err(NotIn::Provider(Trouble::Invalid(format!("the answer is of {issuer:?}"))));
    }
    if let Some(error) = given("error") {
        tracing::info!(error, description = given("error_description"), "the OpenID provider said no");
        return Err(NotIn::Said(error.to_owned()));
    }
    let code = given("code").ok_or_else(|| Trouble::Invalid("there is no code".to_owned()))?;
    let person = openid.who(&state.porter, &attempt, origin, code).await?;
    let admitted = admit(&*state.store, openid, &person, state.porter.now()).map_err(NotIn::Account)?;
    let (account, is_new) = admitted;
    if is_new {
        write_down(asked, Actor::Account(account.id.clone()), "linked to OpenID", &account.id)?;
    }
    let begun = sign_in::begin(asked, &account, "sign-in with OpenID");
    let cookies = begun.map_err(|error| {
        NotIn::Account(match error {
            StoreError::Fenced { .. } => NotAdmitted::Raced,
            error => NotAdmitted::Store(error),
        })
    })?;
    Ok((own_path(&attempt.next).to_owned(), cookies))
}

/// The attempt of this browser, if this is its state.
fn attempt(asked: &Asked) -> Option<Attempt> {
    let porter = &asked.web.state.porter;
    let cookie = Kept::Attempt.shown(&asked.transport, &asked.headers)?;
    let attempt = porter.read_attempt(&cookie)?;
    let state = asked.query.get("state")?;
    is_same(&porter.state_of(&attempt), state).then_some(attempt)
}

fn write_down(asked: &Asked, actor: Actor, act: &str, account: &str) -> Result<(), NotIn> {
    let state = &asked.web.state;
    let entry = Entry::new(actor, act, format!("accounts/{account}")).asked_by(&asked.request_id());
    let written = state.porter.record(&*state.store, entry);
    written.map(drop).map_err(|error| NotIn::Account(NotAdmitted::Store(error)))
}

/// A page with what happened and what to do.
async fn not_in(mut asked: Asked, why: NotIn) -> Response {
    // An account that somebody was kept out of is in the book.
    if let NotIn::Account(NotAdmitted::Other(id) | NotAdmitted::Disabled(id)) = &why
        && let Err(error) = write_down(&asked, Actor::Stranger, "sign-in with OpenID refused", id)
    {
        tracing::error!(?error, "a refusal could not be written into the audit log");
    }
    let (status, text, word) = reason(&why);
    // Its links to other languages begin again, and carry nothing of what came from elsewhere.
    "/sign-in".clone_into(&mut asked.path);
    asked.query.retain(|name, _| name == "next");
    let label = asked.web.state.porter.openid().map(OpenId::label).unwrap_or_default();
    asked
        .page_as(status, move |asked| {
            let say = &asked.say;
            let arguments = [("label", label.into()), ("error", word.into())];
            let paragraphs = vec![say.with(text, &arguments), say.with(&format!("{text}-help"), &arguments)];
            let next = Some((say.href("/sign-in"), say.t("openid-again")));
            message(asked, say.t("openid-failed"), paragraphs, next)
        })
        .await
}

/// Status, text, and the provider's word for it.
fn reason(why: &NotIn) -> (StatusCode, &'static str, String) {
    let none = String::new();
    match why {
        NotIn::Over => (StatusCode::BAD_REQUEST, "openid-over", none),
        NotIn::Said(error) => (StatusCode::FORBIDDEN, "openid-no", plain(error)),
        NotIn::Provider(Trouble::Down(_)) => (StatusCode::SERVICE_UNAVAILABLE, "openid-down", none),
        NotIn::Provider(Trouble::Stale(why)) => {
            tracing::info!(why, "the OpenID provider does not take a code");
            (StatusCode::BAD_REQUEST, "openid-over", none)
        }
        NotIn::Provider(Trouble::Invalid(why)) => {
            tracing::warn!(why, "what the OpenID provider says is not believed");
            (StatusCode::BAD_GATEWAY, "openid-invalid", none)
        }
        NotIn::Account(not) => match not {
            NotAdmitted::Nameless => (StatusCode::FORBIDDEN, "openid-nameless", none),
            NotAdmitted::Unverified => (StatusCode::FORBIDDEN, "openid-unverified", none),
            NotAdmitted::Unknown => (StatusCode::FORBIDDEN, "openid-unknown", none),
            NotAdmitted::Other(_) => (StatusCode::FORBIDDEN, "openid-other", none),
            NotAdmitted::Disabled(_) => (StatusCode::FORBIDDEN, "openid-disabled", none),
            NotAdmitted::Raced => (StatusCode::CONFLICT, "openid-over", none),
            NotAdmitted::Store(error) => {
                tracing::error!(%error, "somebody could not sign in");
                (StatusCode::SERVICE_UNAVAILABLE, "openid-store", none)
            }
        },
    }
}

/// A provider's word as it may be shown: whoever makes the address may have written it.
fn plain(error: &str) -> String {
    let is_word =
        error.len() <= ERROR_BYTES_MAX && error.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if is_word && !error.is_empty() { error.to_owned() } else { "?".to_owned() }
}

fn with_cookies<const N: usize>(answer: impl IntoResponse, cookies: [Option<HeaderValue>; N]) -> Response {
    let mut response = answer.into_response();
    for cookie in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn nothing(asked: Asked) -> Response {
    asked.page(|_| Err(Missing::Nothing("missing-page"))).await
}

async fn insecure(asked: Asked) -> Response {
    asked
        .page_as(StatusCode::FORBIDDEN, |asked| {
            message(asked, asked.say.t("insecure"), vec![asked.say.t("insecure-help")], None)
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_of_a_provider_are_shown() {
        assert_eq!(plain("access_denied"), "access_denied");
        for other in ["", "Call +1 555 for help", "https://evil.example", "<b>", &"a".repeat(61)] {
            assert_eq!(plain(other), "?", "{other}");
        }
    }
}
