//! `/tokens`: what programs come in with: making one, which is shown once, and revoking it.

use askama::Template;
use axum::{
    Extension, Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono_tz::Tz;
use plaudit_core::calendar::day_start;
use plaudit_store::family::token::Scope;
use serde_json::json;

use super::{
    Shell,
    api::{self, Said, caller, document, foreign, refused, said},
    gallery,
    grid::{Cell, Grid},
    pieces::{Input, Kind},
    sent::Sent,
    wish::{day_of, time_text},
};
use crate::{
    api::{
        auth::Made,
        problem::Problem,
        tokens::{self, TokenView},
    },
    web::{
        answer::{Asked, Missing},
        form::go,
        say::{Say, segment},
    },
};

#[derive(Template)]
#[template(path = "console/tokens.html")]
struct TokensPage {
    shell: Shell,
    say: Say,
    form: String,
    notice: Option<String>,
    problem: Option<Said>,
    tokens: Grid,
    action: String,
    fields: Vec<Input>,
    scopes: Vec<Input>,
    scopes_error: Option<String>,
}

#[derive(Template)]
#[template(path = "console/one-token.html")]
struct TokenPage {
    shell: Shell,
    say: Say,
    form: String,
    back: String,
    /// What is shown this once: the token, and the address of the wall if it is for one.
    secret: Option<(String, Option<String>)>,
    details: Vec<(String, String)>,
    /// Where it is revoked, as long as it holds.
    revoke: Option<String>,
    confirm: Input,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Typed {
    name: String,
    expires: String,
    scopes: Vec<String>,
    wrong: Vec<(&'static str, &'static str)>,
    problem: Option<Problem>,
}

/// `GET /tokens`
pub(super) async fn show(asked: Asked) -> Response {
    render(asked, Typed::default(), StatusCode::OK).await
}

async fn render(asked: Asked, typed: Typed, status: StatusCode) -> Response {
    match tokens::list(State(asked.web.state.clone())).await {
        Ok(Json(all)) => asked.page_as(status, move |asked| page(asked, &all, &typed)).await,
        Err(problem) => refused(asked, problem, "/".to_owned()).await,
    }
}

fn page(asked: &Asked, all: &[TokenView], typed: &Typed) -> Result<String, Missing> {
    let say = &asked.say;
    let error =
        |name: &str| typed.wrong.iter().find(|(wrong, _)| *wrong == name).map(|(_, text)| say.t(text));
    let field = |name: &str, kind, value: &str| Input {
        id: name.to_owned(),
        name: name.to_owned(),
        label: say.t(&format!("console-token-{name}")),
        help: say.texts.try_own(say.locale, &format!("page-console-token-{name}.help"), &[]),
        error: error(name),
        kind,
        value: value.to_owned(),
        ..Input::default()
    };
    let scope = |scope: Scope| Input {
        id: format!("scope-{}", scope.name()),
        name: "scope".to_owned(),
        label: scope.name().to_owned(),
        help: Some(say.t(&format!("console-scope-{}", scope.name()))),
        kind: Kind::Check,
        value: scope.name().to_owned(),
        is_checked: typed.scopes.iter().any(|chosen| chosen == scope.name()),
        ..Input::default()
    };
    let page = TokensPage {
        shell: Shell::new(asked, say.t("console-ask-tokens"), None),
        say: say.clone(),
        form: asked.form_token(),
        notice: super::notice(asked).filter(|_| typed.wrong.is_empty() && typed.problem.is_none()),
        problem: typed.problem.as_ref().map(|problem| said(say, problem)),
        tokens: list(asked, all),
        action: say.href("/tokens"),
        fields: vec![field("name", Kind::Text, &typed.name), field("expires", Kind::Date, &typed.expires)],
        scopes: Scope::ALL.into_iter().map(scope).collect(),
        scopes_error: error("scope"),
    };
    Ok(page.render()?)
}

fn list(asked: &Asked, all: &[TokenView]) -> Grid {
    let say = &asked.say;
    let columns =
        ["console-token-name", "console-token-scopes", "console-token-by", "console-token-until", "status"];
    let mut grid = Grid::new(say.t("console-tokens"), &columns, |id| say.t(id));
    // Those that hold first, the newest of them at the top.
    let mut all: Vec<&TokenView> = all.iter().collect();
    all.sort_by_key(|token| (state(say, token) != "holds", std::cmp::Reverse(token.created)));
    for token in all {
        grid.rows.push(vec![
            Cell::to(token.name.clone(), Some(say.href(&format!("/tokens/{}", segment(&token.id))))),
            token.scopes.join(" · ").into(),
            by(asked, token).into(),
            until(say, token).into(),
            say.t(&format!("console-token-{}", state(say, token))).into(),
        ]);
    }
    grid
}

/// `holds`, `expired` or `revoked`.
fn state(say: &Say, token: &TokenView) -> &'static str {
    match token {
        TokenView { revoked: Some(_), .. } => "revoked",
        TokenView { expires: Some(expires), .. } if *expires <= say.now => "expired",
        _ => "holds",
    }
}

fn by(asked: &Asked, token: &TokenView) -> String {
    token.made_by.as_ref().map_or_else(|| "–".to_owned(), |actor| gallery::who(asked, actor))
}

fn until(say: &Say, token: &TokenView) -> String {
    token.expires.map_or_else(|| "–".to_owned(), |at| say.exact(at, Tz::UTC))
}

/// `POST /tokens`: makes one, and shows it this once.
pub(super) async fn make(asked: Asked, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/tokens".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let mut typed = Typed {
        name: sent.get("name").to_owned(),
        expires: sent.get("expires").to_owned(),
        scopes: sent.all("scope").map(str::to_owned).collect(),
        ..Typed::default()
    };
    // Through a day: until the next one begins.
    let last = day_of(&typed.expires);
    let expires = last.map(|day| day_start(Tz::UTC, day + 1));
    if typed.name.is_empty() {
        typed.wrong.push(("name", "console-token-unnamed"));
    }
    if last.is_none() && !typed.expires.is_empty() {
        typed.wrong.push(("expires", "console-wrong-day"));
    } else if expires.is_some_and(|expires| expires <= asked.say.now) {
        typed.wrong.push(("expires", "console-wrong-past"));
    }
    if typed.scopes.is_empty() {
        typed.wrong.push(("scope", "console-token-scopeless"));
    }
    if !typed.wrong.is_empty() {
        return render(asked, typed, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let (headers, body) =
        document(&json!({ "name": typed.name, "scopes": typed.scopes, "expires": expires.map(time_text) }));
    let made = match caller(&asked) {
        Ok(caller) => tokens::post(State(asked.web.state.clone()), caller, headers, body).await,
        Err(problem) => Err(problem),
    };
    match made {
        Ok((status, Extension(Made(id)), Json(view))) => {
            // It is shown here and nowhere else, so it is in no address.
            let mut response = asked.page_as(status, move |asked| token(asked, &view, None)).await;
            response.extensions_mut().insert(Made(id));
            response
        }
        Err(problem) => {
            let status = api::status(&problem);
            typed.problem = Some(problem);
            render(asked, typed, status).await
        }
    }
}

/// `GET /tokens/{id}`
pub(super) async fn one(asked: Asked, Path(id): Path<String>) -> Response {
    show_one(asked, id, None, StatusCode::OK).await
}

async fn show_one(asked: Asked, id: String, wrong: Option<&'static str>, status: StatusCode) -> Response {
    let all = match tokens::list(State(asked.web.state.clone())).await {
        Ok(Json(all)) => all,
        Err(problem) => return refused(asked, problem, "/tokens".to_owned()).await,
    };
    match all.into_iter().find(|token| token.id == id) {
        Some(view) => asked.page_as(status, move |asked| token(asked, &view, wrong)).await,
        None => refused(asked, Problem::not_found("token", &id, "/v1/tokens"), "/tokens".to_owned()).await,
    }
}

fn token(asked: &Asked, view: &TokenView, wrong: Option<&'static str>) -> Result<String, Missing> {
    let say = &asked.say;
    let base = format!("/tokens/{}", segment(&view.id));
    let state = state(say, view);
    let is_wall = view.scopes.iter().any(|scope| scope == Scope::Wall.name());
    let house = asked.web.state.config.server.base_url();
    let wall = |secret: &str| is_wall.then(|| format!("{house}/wall/{}", segment(secret)));
    let details = [
        ("console-token-scopes", view.scopes.join(" · ")),
        ("console-token-created", say.exact(view.created, Tz::UTC)),
        ("console-token-by", by(asked, view)),
        ("console-token-until", until(say, view)),
        ("status", say.t(&format!("console-token-{state}"))),
    ];
    let page = TokenPage {
        shell: Shell::new(asked, view.name.clone(), None),
        say: say.clone(),
        form: asked.form_token(),
        back: say.href("/tokens"),
        secret: view.secret.as_ref().map(|secret| (secret.clone(), wall(secret))),
        details: details.into_iter().map(|(label, text)| (say.t(label), text)).collect(),
        revoke: (state == "holds").then(|| say.href(&format!("{base}/revoke"))),
        confirm: Input {
            id: "confirm".to_owned(),
            name: "confirm".to_owned(),
            label: say.with("console-confirm", &[("id", view.name.clone().into())]),
            error: wrong.map(|text| say.t(text)),
            ..Input::default()
        },
    };
    Ok(page.render()?)
}

/// `POST /tokens/{id}/revoke`: for good, so its name is typed first.
pub(super) async fn revoke(asked: Asked, Path(id): Path<String>, body: Bytes) -> Response {
    if let Some(problem) = foreign(&asked, &body) {
        return refused(asked, problem, "/tokens".to_owned()).await;
    }
    let sent = Sent::read(&body, asked.say.locale);
    let state = || State(asked.web.state.clone());
    let named = match tokens::list(state()).await {
        Ok(Json(all)) => all.into_iter().find(|token| token.id == id).map(|token| token.name),
        Err(problem) => return refused(asked, problem, "/tokens".to_owned()).await,
    };
    if named.is_some_and(|name| name.trim() != sent.get("confirm")) {
        let wrong = Some("console-token-wrong-confirm");
        return show_one(asked, id, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match tokens::revoke(state(), Path(id)).await {
        Ok(_) => go(&asked.say.href("/tokens?done=revoked"), vec![]),
        Err(problem) => refused(asked, problem, "/tokens".to_owned()).await,
    }
}
