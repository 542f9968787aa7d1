//! `/invitation`, `/reset` and `/forgot`: setting a password with a link that came by mail, and asking for one.

use axum::{body::Bytes, http::StatusCode, response::Response};
use plaudit_store::family::{account::Account, audit::Actor, link::LinkKind};

use super::{
    answer::{Asked, Missing},
    form::{Field, Filled, FormPage, go, message, signed_in},
    openid,
    sign_in::{self, end_shown},
};
use crate::porter::{
    About,
    accounts::{self, AccountError, NotIn, letter},
    audit::Entry,
    cookie::device,
    links::{self, Holding},
    password, sessions,
};

/// `GET /invitation?link=…`
pub(super) async fn invitation(asked: Asked) -> Response {
    show(asked, LinkKind::Invitation).await
}

/// `POST /invitation`
pub(super) async fn accept(asked: Asked, body: Bytes) -> Response {
    send(asked, LinkKind::Invitation, &body).await
}

/// `GET /reset?link=…`
pub(super) async fn reset(asked: Asked) -> Response {
    show(asked, LinkKind::Reset).await
}

/// `POST /reset`
pub(super) async fn set(asked: Asked, body: Bytes) -> Response {
    send(asked, LinkKind::Reset, &body).await
}

/// Looking at a link does not use it up: mail programs look at links, too.
async fn show(asked: Asked, kind: LinkKind) -> Response {
    let text = asked.query.get("link").cloned().unwrap_or_default();
    match holding(&asked, kind, &text) {
        None => over(asked).await,
        Some(holding) if openid::instead(&asked.web.state, &holding.account).is_some() => {
            elsewhere(asked).await
        }
        Some(holding) => {
            asked.page(move |asked| form(asked, kind, &text, &holding.account, None, None)).await
        }
    }
}

fn holding(asked: &Asked, kind: LinkKind, text: &str) -> Option<Holding> {
    let state = &asked.web.state;
    links::read(&*state.store, &state.porter, kind, text).unwrap_or_else(|error| {
        tracing::error!(%error, "a link could not be read");
        None
    })
}

async fn over(asked: Asked) -> Response {
    asked
        .page_as(StatusCode::NOT_FOUND, |asked| {
            let say = &asked.say;
            let next = Some((say.href("/forgot"), say.t("forgot-submit")));
            message(asked, say.t("link-over"), vec![say.t("link-over-help")], next)
        })
        .await
}

/// Where passwords are for admins only, an invitation leads to the provider.
async fn elsewhere(asked: Asked) -> Response {
    asked
        .page(|asked| {
            let next = openid::way(asked, "/");
            let label = next.as_ref().map(|(_, label)| label.clone()).unwrap_or_default();
            message(asked, label, vec![asked.say.t("openid-invited")], next)
        })
        .await
}

fn form(
    asked: &Asked,
    kind: LinkKind,
    text: &str,
    account: &Account,
    weak: Option<String>,
    problem: Option<String>,
) -> Result<String, Missing> {
    let say = &asked.say;
    let mail = [("mail", account.mail.clone().into())];
    let called = [("called", crate::texts::called(&account.name).into())];
    let (title, lead) = match kind {
        LinkKind::Invitation => (say.with("invitation-title", &called), say.with("invitation-lead", &mail)),
        LinkKind::Reset => (say.t("reset-title"), say.with("reset-lead", &mail)),
    };
    let mut page = FormPage::new(asked, title, links::page(kind), say.t("set-password"));
    page.lead = Some(lead);
    page.problem = problem;
    page.hidden = vec![("link", text.to_owned()), ("username", account.mail.clone())];
    page.fields = vec![
        Field::new("password", say.t("password-new"), "password", "new-password")
            .helped(say.t("password-help"))
            .wrong(weak),
    ];
    page.page(asked)
}

async fn send(asked: Asked, kind: LinkKind, body: &[u8]) -> Response {
    let filled = Filled::read(body);
    let text = filled.get("link").to_owned();
    let Some(holding) = holding(&asked, kind, &text) else { return over(asked).await };
    if openid::instead(&asked.web.state, &holding.account).is_some() {
        return elsewhere(asked).await;
    }
    let given = filled.raw("password");
    let (name, mail) = (&holding.account.name, &holding.account.mail);
    let (mut status, mut problem) = (StatusCode::UNPROCESSABLE_ENTITY, None);
    let weak = password::check(given, mail, name).err().map(|weak| asked.weak(weak));
    if !asked.is_from_here() {
        (status, problem) = (StatusCode::FORBIDDEN, Some(asked.say.t("form-elsewhere")));
    } else if weak.is_none() {
        match use_up(&asked, kind, &holding, given).await {
            Ok(response) => return response,
            Err(AccountError::Raced) => return over(asked).await,
            Err(AccountError::Crowded) => {
                let (busy, why) = sign_in::refusal(&asked, NotIn::Crowded);
                (status, problem) = (busy, Some(why));
            }
            Err(error) => {
                tracing::error!(%error, "a password could not be set");
                (status, problem) = (StatusCode::SERVICE_UNAVAILABLE, Some(asked.say.t("missing-page")));
            }
        }
    }
    let account = holding.account;
    asked.page_as(status, move |asked| form(asked, kind, &text, &account, weak, problem)).await
}

/// Sets the password and uses the link up, in one batch; every session of the account ends, and a new one begins here.
async fn use_up(
    asked: &Asked,
    kind: LinkKind,
    holding: &Holding,
    given: &str,
) -> Result<Response, AccountError> {
    let state = &asked.web.state;
    let hashed = state.porter.hash(given).await?;
    let old = &holding.account;
    let new = Account { password: Some(hashed), password_set: Some(state.porter.now()), ..old.clone() };
    accounts::change(&*state.store, old, &new, |batch| holding.use_up(batch))?;
    end_shown(asked)?;
    let session = sessions::begin(&*state.store, &state.porter, &new, &device(&asked.headers))?;
    let act = match kind {
        LinkKind::Invitation => "invitation accepted",
        LinkKind::Reset => "password reset",
    };
    let entry = Entry::new(Actor::Account(new.id.clone()), act, format!("accounts/{}", new.id));
    state.porter.record(&*state.store, entry.asked_by(&asked.request_id()))?;
    if kind == LinkKind::Reset {
        let (porter, letter) = (state.porter.clone(), letter(&new, About::PasswordChanged));
        tokio::spawn(async move { porter.send(letter).await });
    }
    Ok(go(&asked.say.href("/"), signed_in(asked, &new.id, &session)))
}

/// `GET /forgot`
pub(super) async fn forgot(asked: Asked) -> Response {
    asked.page(|asked| forgot_form(asked, "", None)).await
}

fn forgot_form(asked: &Asked, mail: &str, problem: Option<String>) -> Result<String, Missing> {
    let say = &asked.say;
    if !asked.web.state.porter.has_mail() {
        let next = Some((say.href("/sign-in"), say.t("sign-in")));
        return message(asked, say.t("forgot-title"), vec![say.t("forgot-no-mail")], next);
    }
    let mut page = FormPage::new(asked, say.t("forgot-title"), "/forgot", say.t("forgot-submit"));
    page.lead = Some(say.t("forgot-lead"));
    page.problem = problem;
    page.fields = vec![Field::new("mail", say.t("mail"), "email", "username").filled(mail)];
    page.links = vec![(say.href("/sign-in"), say.t("sign-in"))];
    page.page(asked)
}

/// `POST /forgot`: the same answer, as quickly, whether there is such an account or not.
pub(super) async fn ask(asked: Asked, body: Bytes) -> Response {
    let filled = Filled::read(&body);
    let mail = filled.get("mail").to_owned();
    if !asked.is_from_here() {
        let problem = Some(asked.say.t("form-elsewhere"));
        return asked.page_as(StatusCode::FORBIDDEN, move |asked| forgot_form(asked, &mail, problem)).await;
    }
    let state = asked.web.state.clone();
    let request = asked.request_id();
    // Beside the answer, so that its time tells nothing.
    tokio::spawn(async move {
        if let Err(error) = write(&state, &mail, &request).await {
            tracing::error!(%error, "a reset link could not be made");
        }
    });
    asked
        .page(|asked| {
            let say = &asked.say;
            let next = Some((say.href("/sign-in"), say.t("sign-in")));
            message(asked, say.t("forgot-sent-title"), vec![say.t("forgot-sent")], next)
        })
        .await
}

async fn write(
    state: &crate::api::AppState,
    mail: &str,
    request: &str,
) -> Result<(), plaudit_store::StoreError> {
    let Some(account) = accounts::by_mail(&*state.store, mail)? else { return Ok(()) };
    let goes_elsewhere = openid::instead(state, &account).is_some();
    if goes_elsewhere
        || account.disabled.is_some()
        || !state.porter.has_mail()
        || !state.porter.may_write(&account.id)
    {
        return Ok(());
    }
    let kind = if account.password.is_some() { LinkKind::Reset } else { LinkKind::Invitation };
    let entry = Entry::new(Actor::Stranger, "reset asked for", format!("accounts/{}", account.id));
    state.porter.record(&*state.store, entry.asked_by(request))?;
    let base = state.config.server.base_url();
    state.porter.remind(&*state.store, &base, &account, kind).await
}
