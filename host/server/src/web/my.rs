//! `/account`: language, password and sessions of whoever is signed in.

use askama::Template;
use axum::{body::Bytes, extract::Path, http::StatusCode, response::Response};
use plaudit_core::access::{Grant, Range, Role};
use plaudit_store::{Batch, family::account::Account};

use super::{
    answer::{Asked, Missing},
    form::{Field, Filled, errors, go, signed_in},
    say::{Say, segment},
    shell::{Language, Shell},
    sign_in,
    when::Moment,
};
use crate::{
    api::{me, problem::Problem},
    porter::{
        accounts::{self, NotIn},
        cookie::{Kept, device},
        password, sessions,
    },
    texts::Locale,
};

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    shell: Shell,
    say: Say,
    mail: String,
    roles: Vec<String>,
    form: String,
    languages: Vec<Language>,
    passwords: [Field; 2],
    errors: Vec<(&'static str, String)>,
    problem: Option<String>,
    notice: Option<String>,
    sessions: Vec<Shown>,
}

struct Shown {
    /// Where ending it is sent to.
    href: String,
    device: String,
    is_this: bool,
    seen: Moment,
    seen_text: String,
}

/// `GET /account`
pub(super) async fn show(asked: Asked) -> Response {
    let notice = ["saved", "changed"].into_iter().find(|id| asked.query.contains_key(*id));
    let notice = notice.map(|id| asked.say.t(&format!("account-{id}")));
    asked.page(move |asked| page(asked, notice, None, [None, None])).await
}

/// A form that was not made for this session: it is shown anew.
pub(super) async fn not_own(asked: Asked) -> Response {
    let problem = Some(asked.say.t("form-elsewhere"));
    asked.page_as(StatusCode::FORBIDDEN, move |asked| page(asked, None, problem, [None, None])).await
}

fn own(asked: &Asked) -> Option<(&Account, &sessions::SessionKey)> {
    let (account, key) = asked.caller.as_ref()?.account()?;
    Some((account, key))
}

fn page(
    asked: &Asked,
    notice: Option<String>,
    problem: Option<String>,
    [wrong_current, wrong_new]: [Option<String>; 2],
) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let Some((account, this)) = own(asked) else { return Err(Missing::Nothing("missing-page")) };
    let broken = |error: plaudit_store::StoreError| Missing::Broken(error.to_string());
    let all = sessions::list(&*state.store, &state.porter, &account.id).map_err(broken)?;
    // Sessions count by the machine's clock, which a driven house does not show.
    let machine = say.at(state.porter.now());
    let shown = |(key, session): &(sessions::SessionKey, plaudit_store::family::session::Session)| {
        let seen = machine.moment(session.seen, chrono_tz::Tz::UTC);
        Shown {
            href: say.href(&format!("/account/sessions/{}/end", segment(sessions::short(key)))),
            device: session.device.clone(),
            is_this: key == this,
            seen_text: say.with("session-seen", &[("span", seen.span.clone().into())]),
            seen,
        }
    };
    let shell = Shell::new(asked, say.t("account-title"), None);
    let language = |language: &Language| Language {
        is_current: language.tag == account.locale,
        href: String::new(),
        ..*language
    };
    let passwords = [
        Field::new("current", say.t("password-current"), "password", "current-password").wrong(wrong_current),
        Field::new("password", say.t("password-new"), "password", "new-password")
            .helped(say.t("password-help"))
            .wrong(wrong_new),
    ];
    let page = AccountPage {
        languages: shell.languages.iter().map(language).collect(),
        shell,
        say: say.clone(),
        mail: account.mail.clone(),
        roles: account.grants.iter().map(|grant| role(say, grant)).collect(),
        form: asked.form_token(),
        errors: errors(&passwords),
        passwords,
        problem,
        notice,
        sessions: all.iter().map(shown).collect(),
    };
    Ok(page.render()?)
}

/// A role in words, with where it holds.
fn role(say: &Say, grant: &Grant) -> String {
    let name = say.t(&format!("role-{}", grant.role.name()));
    match &grant.range {
        Range::Places { sites, teams } => {
            let teams = teams.iter().map(|team| say.texts.names().team(team));
            let places: Vec<String> = sites.iter().map(ToString::to_string).chain(teams).collect();
            format!("{name}: {}", places.join(", "))
        }
        Range::House if grant.role == Role::Manager => format!("{name}: {}", say.t("everywhere")),
        Range::House => name,
    }
}

/// `POST /account/language`
pub(super) async fn language(asked: Asked, body: Bytes) -> Response {
    let filled = Filled::read(&body);
    if !asked.is_own_form(&filled) {
        return not_own(asked).await;
    }
    let Some(locale) = Locale::ALL.into_iter().find(|l| l.tag() == filled.get("language")) else {
        return go("/account", vec![]);
    };
    let Some((old, _)) = own(&asked) else { return not_own(asked).await };
    let new = Account { locale: locale.tag().to_owned(), ..old.clone() };
    match accounts::change(&*asked.web.state.store, old, &new, |_| {}) {
        // Without `?lang=`: the account's language holds from now on.
        Ok(()) => go("/account?saved", vec![]),
        Err(error) => broken(asked, error.to_string()).await,
    }
}

async fn broken(asked: Asked, error: String) -> Response {
    asked.page(move |_| Err(Missing::Broken(error))).await
}

/// `POST /account/password`: every session ends, and another one begins here.
pub(super) async fn password(asked: Asked, body: Bytes) -> Response {
    let filled = Filled::read(&body);
    if !asked.is_own_form(&filled) {
        return not_own(asked).await;
    }
    let Some((account, _)) = own(&asked) else { return not_own(asked).await };
    let account = account.clone();
    let (current, new) = (filled.raw("current"), filled.raw("password"));
    if let Err(weak) = password::check(new, &account.mail, &account.name) {
        let weak = Some(asked.weak(weak));
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return asked.page_as(status, move |asked| page(asked, None, None, [None, weak])).await;
    }
    let state = &asked.web.state;
    let account = match me::set_password(state, &account, current, new).await {
        Ok(changed) => changed,
        Err(problem) => return refused(asked, &problem).await,
    };
    match sessions::begin(&*state.store, &state.porter, &account, &device(&asked.headers)) {
        Ok(session) => go(&asked.say.href("/account?changed"), signed_in(&asked, &account.id, &session)),
        Err(error) => broken(asked, error.to_string()).await,
    }
}

async fn refused(asked: Asked, problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let wrong = match (problem.code.as_str(), problem.retry_after_s) {
        ("wrong-password", _) => asked.say.t("wrong-password"),
        ("too-many-failures", Some(seconds)) => {
            let wait_ms = i64::try_from(seconds).unwrap_or(0).saturating_mul(1000);
            sign_in::refusal(&asked, NotIn::Later(wait_ms)).1
        }
        ("busy", _) => asked.say.t("sign-in-crowded"),
        _ => asked.say.t("missing-page"),
    };
    asked.page_as(status, move |asked| page(asked, None, None, [Some(wrong), None])).await
}

/// `POST /account/sessions/{id}/end`
pub(super) async fn end_one(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if !asked.is_own_form(&Filled::read(&body)) {
        return not_own(asked).await;
    }
    let Some((account, _)) = own(&asked) else { return not_own(asked).await };
    let store = &*asked.web.state.store;
    let ended = sessions::of_account(store, &account.id).and_then(|all| {
        let found = all.iter().find(|(key, _)| sessions::short(key) == id);
        found.map_or(Ok(()), |(key, _)| sessions::end(store, key))
    });
    match ended {
        Ok(()) => go(&asked.say.href("/account"), vec![]),
        Err(error) => broken(asked, error.to_string()).await,
    }
}

/// `POST /account/sessions/end`: signed out everywhere, here as well.
pub(super) async fn end_all(asked: Asked, body: Bytes) -> Response {
    if !asked.is_own_form(&Filled::read(&body)) {
        return not_own(asked).await;
    }
    let Some((account, _)) = own(&asked) else { return not_own(asked).await };
    let store = &*asked.web.state.store;
    let mut batch = Batch::default();
    let ended = sessions::end_all(store, &mut batch, &account.id)
        .and_then(|()| store.apply(batch))
        .and_then(|_| store.sync());
    match ended {
        Ok(()) => go(&asked.say.href("/sign-in?out"), vec![Kept::Session.forget(&asked.transport)]),
        Err(error) => broken(asked, error.to_string()).await,
    }
}
