//! `/accounts`: who signs in, with which roles; inviting, changing, switching off.

use askama::Template;
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use plaudit_core::{access::Role, event::Subject};
use serde_json::{Value, json};

use super::{
    Shell,
    api::{self, Said, caller, document, foreign, refused, said},
    pieces::{Choice, Input, Kind},
    sent::Sent,
};
use crate::{
    api::{
        accounts::{self, AccountView, InviteOptions, RoleDocument},
        auth::Made,
        problem::Problem,
    },
    porter::openid,
    texts::Locale,
    web::{
        answer::{Asked, Missing},
        form::go,
        say::{Say, segment},
    },
};

#[derive(Template)]
#[template(path = "console/accounts.html")]
struct AccountsPage {
    shell: Shell,
    say: Say,
    form: String,
    notice: Option<String>,
    accounts: Vec<Line>,
    wish: Form,
    audit: Option<String>,
}

#[derive(Template)]
#[template(path = "console/one-account.html")]
struct AccountPage {
    shell: Shell,
    say: Say,
    form: String,
    back: String,
    notice: Option<String>,
    /// A link to hand over, shown this once.
    link: Option<String>,
    state: String,
    is_disabled: bool,
    /// To an identity of an OpenID provider.
    is_linked: bool,
    base: String,
    wish: Form,
}

impl AccountPage {
    /// Where something is sent to.
    fn to(&self, what: &str) -> String {
        self.say.href(&format!("{}/{what}", self.base))
    }
}

struct Line {
    href: String,
    name: String,
    mail: String,
    roles: String,
    state: String,
}

/// What is asked for of an account.
struct Form {
    action: String,
    problem: Option<Said>,
    fields: Vec<Input>,
    roles: Vec<Input>,
    everywhere: Input,
    sites: Vec<Input>,
    teams: Vec<Input>,
    agent: Input,
    submit: String,
}

/// What was filled in.
#[derive(Clone, Default)]
struct Filled {
    name: String,
    mail: String,
    locale: String,
    roles: Vec<RoleDocument>,
    agent: String,
}

impl Filled {
    fn of(view: &AccountView) -> Self {
        Self {
            name: view.name.clone(),
            mail: view.mail.clone(),
            locale: view.locale.clone(),
            roles: view.roles.clone(),
            agent: view.agent.clone().unwrap_or_default(),
        }
    }

    fn read(sent: &Sent) -> Self {
        let ids = |name: &str| sent.all(name).map(plaudit_core::Id::from).collect::<Vec<_>>();
        let role = |role: &str| {
            let document = RoleDocument { role: role.to_owned(), ..RoleDocument::default() };
            match Role::parse(role) {
                Some(Role::Manager) if sent.has("everywhere") => {
                    RoleDocument { everywhere: true, ..document }
                }
                Some(Role::Manager) => RoleDocument { sites: ids("site"), teams: ids("team"), ..document },
                Some(Role::TeamLeader) => RoleDocument { teams: ids("team"), ..document },
                _ => document,
            }
        };
        Self {
            name: sent.get("name").to_owned(),
            mail: sent.get("mail").to_owned(),
            locale: sent.get("locale").to_owned(),
            roles: sent.all("role").map(role).collect(),
            agent: sent.get("agent").to_owned(),
        }
    }

    fn document(&self) -> Value {
        json!({ "mail": self.mail, "name": self.name, "locale": self.locale, "roles": self.roles,
            "agent": Some(&self.agent).filter(|agent| !agent.is_empty()) })
    }
}

/// `GET /accounts`
pub(super) async fn show(asked: Asked) -> Response {
    asked.page(|asked| page(asked, &Filled::default(), None)).await
}

fn page(asked: &Asked, filled: &Filled, problem: Option<&Problem>) -> Result<String, Missing> {
    let (say, state) = (&asked.say, &asked.web.state);
    let broken = |error: plaudit_store::StoreError| Missing::Broken(error.to_string());
    let all = crate::porter::accounts::list(&*state.store).map_err(broken)?;
    let line = |account: &plaudit_store::family::account::Account| {
        let view = accounts::view(account, None);
        let roles: Vec<String> = view.roles.iter().map(|role| called(say, role)).collect();
        Line {
            href: say.href(&format!("/accounts/{}", segment(&view.id))),
            name: view.name,
            mail: view.mail,
            roles: roles.join(" · "),
            state: say.t(&format!("console-account-{}", view.state)),
        }
    };
    let page = AccountsPage {
        shell: Shell::new(asked, say.t("console-ask-accounts"), None),
        say: say.clone(),
        form: asked.form_token(),
        notice: super::notice(asked).filter(|_| problem.is_none()),
        accounts: all.iter().map(line).collect(),
        wish: form(asked, "/accounts", "console-account-invite", filled, problem),
        audit: asked.may(plaudit_core::access::Right::ReadAudit).then(|| say.href("/audit")),
    };
    Ok(page.render()?)
}

/// A role in words, with where it holds.
fn called(say: &Say, role: &RoleDocument) -> String {
    let name = say.t(&format!("role-{}", role.role));
    let teams = role.teams.iter().map(|team| say.texts.names().team(team));
    let places: Vec<String> = role.sites.iter().map(ToString::to_string).chain(teams).collect();
    match (role.everywhere, places.is_empty()) {
        (true, _) => format!("{name}: {}", say.t("everywhere")),
        (_, true) => name,
        _ => format!("{name}: {}", places.join(", ")),
    }
}

fn form(asked: &Asked, action: &str, submit: &str, filled: &Filled, problem: Option<&Problem>) -> Form {
    let say = &asked.say;
    let roster = asked.web.state.journal.house().roster;
    let field = |id: &str, label: &str, value: &str| Input {
        id: id.to_owned(),
        name: id.to_owned(),
        label: say.t(label),
        value: value.to_owned(),
        ..Input::default()
    };
    let tick = |name: &str, value: &str, label: String, is_checked: bool| Input {
        id: format!("{name}-{value}"),
        name: name.to_owned(),
        label,
        kind: Kind::Check,
        value: value.to_owned(),
        is_checked,
        ..Input::default()
    };
    let has = |role: Role| filled.roles.iter().any(|given| given.role == role.name());
    let is_site = |id: &str| filled.roles.iter().any(|role| role.sites.iter().any(|site| **site == *id));
    let is_team = |id: &str| filled.roles.iter().any(|role| role.teams.iter().any(|team| **team == *id));
    let names = ["English", "Español", "Lietuvių", "简体中文", "繁體中文"];
    let language = |(locale, name): (Locale, &str)| Choice {
        value: locale.tag().to_owned(),
        label: name.to_owned(),
        is_chosen: filled.locale == locale.tag(),
    };
    let languages = Input {
        kind: Kind::Select,
        choices: Locale::ALL.into_iter().zip(names).map(language).collect(),
        ..field("locale", "account-language", &filled.locale)
    };
    let everywhere = filled.roles.iter().any(|role| role.everywhere);
    let team = |team: &plaudit_core::roster::Team| {
        tick("team", &team.id, say.name(&Subject::team(team.id.clone())), is_team(&team.id))
    };
    Form {
        action: say.href(action),
        problem: problem.map(|problem| said(say, problem)),
        fields: vec![
            field("name", "shown-name", &filled.name),
            field("mail", "mail", &filled.mail),
            languages,
        ],
        roles: Role::ALL
            .into_iter()
            .map(|role| Input {
                help: Some(say.t(&format!("console-role-{}", role.name()))),
                ..tick("role", role.name(), say.t(&format!("role-{}", role.name())), has(role))
            })
            .collect(),
        everywhere: tick("everywhere", "on", say.t("everywhere"), everywhere),
        sites: roster
            .sites()
            .map(|site| tick("site", &site.id, super::site_name(asked, &site.id), is_site(&site.id)))
            .collect(),
        teams: roster.teams().map(team).collect(),
        agent: Input {
            help: Some(say.t("console-account-agent-help")),
            ..field("agent", "console-account-agent", &filled.agent)
        },
        submit: say.t(submit),
    }
}

/// `POST /accounts`: made, and invited.
pub(super) async fn invite(asked: Asked, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/accounts".to_owned()).await;
    }
    let filled = Filled::read(&Sent::read(&body, asked.say.locale));
    let (headers, body) = document(&filled.document());
    let state = State(asked.web.state.clone());
    let made = match caller(&asked) {
        Ok(caller) => accounts::post(state, by_mail(), caller, headers, body).await,
        Err(problem) => Err(problem),
    };
    match made {
        Ok((_, Extension(Made(id)), Json(view))) => {
            let mut response = match view.link.clone() {
                None => go(&asked.say.href("/accounts?done=invited"), vec![]),
                // The link is shown here and nowhere else, so it is in no address.
                Some(_) => asked.page(move |asked| one(asked, &view, None, None)).await,
            };
            response.extensions_mut().insert(Made(id));
            response
        }
        Err(problem) => {
            let status = api::status(&problem);
            asked.page_as(status, move |asked| page(asked, &filled, Some(&problem))).await
        }
    }
}

/// An invitation goes by mail, if it can.
fn by_mail() -> Query<InviteOptions> {
    Query(InviteOptions::default())
}

/// `GET /accounts/{id}`
pub(super) async fn show_one(asked: Asked, Path(id): Path<String>) -> Response {
    match accounts::get(State(asked.web.state.clone()), Path(id)).await {
        Ok(Json(view)) => asked.page(move |asked| one(asked, &view, None, None)).await,
        Err(problem) => refused(asked, problem, "/accounts".to_owned()).await,
    }
}

fn one(
    asked: &Asked,
    view: &AccountView,
    filled: Option<&Filled>,
    problem: Option<&Problem>,
) -> Result<String, Missing> {
    let say = &asked.say;
    let base = format!("/accounts/{}", segment(&view.id));
    let stands = Filled::of(view);
    let page = AccountPage {
        shell: Shell::new(asked, view.name.clone(), None),
        say: say.clone(),
        form: asked.form_token(),
        back: say.href("/accounts"),
        notice: super::notice(asked).filter(|_| problem.is_none()),
        link: view.link.clone(),
        state: say.t(&format!("console-account-{}", view.state)),
        is_disabled: view.state == "disabled",
        is_linked: openid::linked(&*asked.web.state.store, &view.id)
            .map_err(|error| Missing::Broken(error.to_string()))?
            .is_some(),
        wish: form(asked, &base, "save", filled.unwrap_or(&stands), problem),
        base,
    };
    Ok(page.render()?)
}

/// `POST /accounts/{id}`: changes name, address, language, roles.
pub(super) async fn change(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/accounts".to_owned()).await;
    }
    let filled = Filled::read(&Sent::read(&body, asked.say.locale));
    let (headers, body) = document(&filled.document());
    let state = || State(asked.web.state.clone());
    match accounts::put(state(), Path(id.clone()), headers, body).await {
        Ok(_) => go(&asked.say.href(&format!("/accounts/{}?done=changed", segment(&id))), vec![]),
        Err(problem) => match accounts::get(state(), Path(id)).await {
            Ok(Json(view)) => {
                let status = api::status(&problem);
                asked.page_as(status, move |asked| one(asked, &view, Some(&filled), Some(&problem))).await
            }
            Err(problem) => refused(asked, problem, "/accounts".to_owned()).await,
        },
    }
}

/// `POST /accounts/{id}/{act}`: `disable`, `enable`, `invite`, `unlink` or `sign-out`.
pub(super) async fn act(asked: Asked, Path((id, act)): Path<(String, String)>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/accounts".to_owned()).await;
    }
    let (state, path) = (State(asked.web.state.clone()), Path(id.clone()));
    let done = match act.as_str() {
        "disable" => accounts::disable(state, path).await.map(Some),
        "enable" => accounts::enable(state, path).await.map(Some),
        "invite" => accounts::invite(state, path, by_mail()).await.map(Some),
        "unlink" => accounts::unlink(state, path).await.map(|_: StatusCode| None),
        "sign-out" => accounts::sign_out(state, path).await.map(|_: StatusCode| None),
        _ => Err(Problem::not_found("act", &act, "/accounts")),
    };
    match done {
        Ok(Some(Json(view))) if view.link.is_some() => {
            asked.page(move |asked| one(asked, &view, None, None)).await
        }
        Ok(_) => {
            let place = format!("/accounts/{}?done=account-{act}", segment(&id));
            go(&asked.say.href(&place), vec![])
        }
        Err(problem) => refused(asked, problem, format!("/accounts/{}", segment(&id))).await,
    }
}
