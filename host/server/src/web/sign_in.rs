//! `/sign-in` and `/sign-out`.

use axum::{body::Bytes, http::StatusCode, response::Response};
use plaudit_core::access::Grant;
use plaudit_store::{
    StoreError,
    family::{account::Account, audit::Actor},
};

use super::{
    answer::{Asked, Missing},
    form::{Field, Filled, FormPage, Ready, go, own_path, signed_in, with_next},
    openid,
};
use crate::porter::{
    accounts::{NotIn, by_mail, login_of},
    audit::Entry,
    cookie::{Kept, device},
    sessions,
};

/// To the page to sign in, and back.
pub(super) fn redirect(asked: &Asked, back: Option<&str>) -> Response {
    let next = own_path(back.unwrap_or("/")).to_owned();
    go(&with_next(&asked.say, "/sign-in", &next), vec![])
}

/// `GET /sign-in?next=/path`
pub(super) async fn show(asked: Asked) -> Response {
    if asked.web.state.porter.is_first_start(&*asked.web.state.store).unwrap_or(false) {
        return go(&asked.say.href("/first-start"), vec![]);
    }
    let next = own_path(asked.query.get("next").map_or("/", String::as_str)).to_owned();
    if asked.caller.as_ref().is_some_and(|caller| caller.account().is_some()) {
        return go(&next, vec![]);
    }
    let notice = asked.query.contains_key("out").then(|| asked.say.t("signed-out"));
    asked.page(move |asked| form(asked, &next, "", notice, None)).await
}

fn form(
    asked: &Asked,
    next: &str,
    mail: &str,
    notice: Option<String>,
    problem: Option<String>,
) -> Result<String, Missing> {
    let say = &asked.say;
    let action = with_next(say, "/sign-in", next);
    let mut page = FormPage::new(asked, say.t("sign-in-title"), "/sign-in", say.t("sign-in"));
    page.action = action;
    (page.notice, page.problem) = (notice, problem);
    page.fields = vec![
        Field::new("mail", say.t("mail"), "email", "username").filled(mail),
        Field::new("password", say.t("password"), "password", "current-password"),
    ];
    page.links = vec![(say.href("/forgot"), say.t("forgot-title"))];
    page.lead = Some(say.t("sign-in-lead"));
    page.elsewhere = openid::way(asked, next);
    page.ready = ready(asked);
    page.page(asked)
}

/// Accounts of a demo that are there.
fn ready(asked: &Asked) -> Vec<Ready> {
    let state = &asked.web.state;
    let accounts = state.config.demo.accounts.iter();
    let known = accounts.filter_map(|a| Some((a, by_mail(&*state.store, &a.mail).ok()??)));
    let ready = known.map(|(given, account)| {
        let role = |grant: &Grant| asked.say.t(&format!("role-{}", grant.role.name()));
        let roles = account.grants.iter().map(role).collect::<Vec<_>>().join(" · ");
        Ready { roles, mail: given.mail.clone(), password: given.password.clone() }
    });
    ready.collect()
}

/// `POST /sign-in?next=/path`
pub(super) async fn send(asked: Asked, body: Bytes) -> Response {
    let filled = Filled::read(&body);
    let next = own_path(asked.query.get("next").map_or("/", String::as_str)).to_owned();
    let mail = login_of(filled.get("mail"));
    let (status, problem) = match attempt(&asked, &mail, filled.raw("password")).await {
        Ok(cookies) => return go(&next, cookies),
        Err(refused) => refused,
    };
    asked.page_as(status, move |asked| form(asked, &next, &mail, None, Some(problem))).await
}

/// What the answer to signing in makes a browser keep.
pub(super) type Cookies = Vec<Option<axum::http::HeaderValue>>;

async fn attempt(asked: &Asked, mail: &str, password: &str) -> Result<Cookies, (StatusCode, String)> {
    let (say, state) = (&asked.say, &asked.web.state);
    if !asked.is_from_here() {
        return Err((StatusCode::FORBIDDEN, say.t("form-elsewhere")));
    }
    let known = known(asked, mail);
    let checked = state.porter.check(&*state.store, mail, password, known.as_deref()).await;
    let account = match checked {
        Ok(account) => account,
        Err(error) => return Err(refusal(asked, error)),
    };
    // Whatever this browser had before is over: the session that begins is another one.
    if let Some(label) = openid::instead(state, &account) {
        let label = [("label", label.into())];
        return Err((StatusCode::FORBIDDEN, say.with("openid-only", &label)));
    }
    begin(asked, &account, "sign-in").map_err(|error| match error {
        // The password or the roles were changed while this one was looked at.
        StoreError::Fenced { .. } => refusal(asked, NotIn::Wrong),
        error => refusal(asked, NotIn::Store(error)),
    })
}

/// Begins a session of somebody who has shown who they are, and writes it down as this act.
pub(super) fn begin(asked: &Asked, account: &Account, act: &str) -> Result<Cookies, StoreError> {
    let state = &asked.web.state;
    end_shown(asked)?;
    let session = sessions::begin(&*state.store, &state.porter, account, &device(&asked.headers))?;
    let entry = Entry::new(Actor::Account(account.id.clone()), act, format!("accounts/{}", account.id));
    state.porter.record(&*state.store, entry.asked_by(&asked.request_id()))?;
    Ok(signed_in(asked, &account.id, &session))
}

/// Ends the session that the browser shows, if it shows one.
pub(super) fn end_shown(asked: &Asked) -> Result<(), StoreError> {
    match asked.caller.as_ref().and_then(|caller| caller.account()) {
        Some((_, key)) => sessions::end(&*asked.web.state.store, key),
        None => Ok(()),
    }
}

/// The mark of a browser that has signed in to this address before.
fn known(asked: &Asked, mail: &str) -> Option<String> {
    let shown = Kept::Known.shown(&asked.transport, &asked.headers)?;
    let (id, mark) = shown.split_once('.')?;
    let state = &asked.web.state;
    let account = crate::porter::accounts::get(&*state.store, id).ok()??;
    let chance = state.porter.read_mark(id, mark)?;
    (account.mail == mail).then(|| chance.to_owned())
}

pub(super) fn refusal(asked: &Asked, error: NotIn) -> (StatusCode, String) {
    let say = &asked.say;
    match error {
        NotIn::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, say.t("sign-in-wrong")),
        NotIn::Later(wait_ms) => {
            let minutes = wait_ms / 60_000 + 1;
            (StatusCode::TOO_MANY_REQUESTS, say.n("sign-in-later", minutes))
        }
        NotIn::Crowded => (StatusCode::TOO_MANY_REQUESTS, say.t("sign-in-crowded")),
        NotIn::Store(error) => {
            tracing::error!(%error, "somebody could not sign in");
            (StatusCode::SERVICE_UNAVAILABLE, say.t("missing-page"))
        }
    }
}

/// `POST /sign-out`
pub(super) async fn out(asked: Asked, body: Bytes) -> Response {
    if !asked.is_own_form(&Filled::read(&body)) {
        return super::my::not_own(asked).await;
    }
    if let Err(error) = end_shown(&asked) {
        tracing::error!(%error, "somebody could not sign out");
        return asked.page(|_| Err(Missing::Broken("the session could not be ended".to_owned()))).await;
    }
    go(&asked.say.href("/sign-in?out"), vec![Kept::Session.forget(&asked.transport)])
}
