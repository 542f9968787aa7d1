//! `/me/settings`: how I appear to others, and everything that is held about me.

use askama::Template;
use axum::{body::Bytes, http::StatusCode, response::Response};
use plaudit_store::{
    Batch, family,
    family::appearance::{Appearance, Appearances},
};

use super::Own;
use crate::{
    api::veil::initials,
    web::{
        answer::{Asked, Missing},
        form::{Filled, go},
        say::Say,
        shell::Shell,
    },
};

#[derive(Template)]
#[template(path = "floor/settings.html")]
struct SettingsPage {
    shell: Shell,
    say: Say,
    form: String,
    notice: Option<String>,
    problem: Option<String>,
    choices: Vec<Choice>,
    day_href: String,
    account_href: String,
}

struct Choice {
    value: &'static str,
    label: String,
    is_chosen: bool,
}

/// `GET /me/settings`
pub(super) async fn show(asked: Asked) -> Response {
    let notice = asked.query.contains_key("saved").then(|| asked.say.t("account-saved"));
    asked.page(move |asked| page(asked, notice, None)).await
}

fn page(asked: &Asked, notice: Option<String>, problem: Option<String>) -> Result<String, Missing> {
    let say = &asked.say;
    let own = Own::of(asked)?;
    let broken = |error: plaudit_store::StoreError| Missing::Broken(error.to_string());
    let store = &*asked.web.state.store;
    let chosen = family::get::<Appearances>(store, &own.id.to_string()).map_err(broken)?.unwrap_or_default();
    let choice = |appearance: Appearance| Choice {
        value: appearance.name(),
        label: match appearance {
            Appearance::Name => say.with("day-appear-name", &[("name", own.name.clone().into())]),
            Appearance::Initials => say.with("day-appear-initials", &[("name", initials(&own.name).into())]),
        },
        is_chosen: appearance == chosen,
    };
    let page = SettingsPage {
        shell: Shell::new(asked, say.t("day-settings-title"), None),
        say: say.clone(),
        form: asked.form_token(),
        notice,
        problem,
        choices: Appearance::ALL.into_iter().map(choice).collect(),
        day_href: say.href("/me"),
        account_href: say.href("/account"),
    };
    Ok(page.render()?)
}

/// `POST /me/settings/appearance`
pub(super) async fn appear(asked: Asked, body: Bytes) -> Response {
    let filled = Filled::read(&body);
    if !asked.is_own_form(&filled) {
        let problem = Some(asked.say.t("form-elsewhere"));
        return asked.page_as(StatusCode::FORBIDDEN, move |asked| page(asked, None, problem)).await;
    }
    let Some(appearance) = Appearance::parse(filled.get("appearance")) else {
        let problem = Some(asked.say.t("day-appear-none"));
        return asked
            .page_as(StatusCode::UNPROCESSABLE_ENTITY, move |asked| page(asked, None, problem))
            .await;
    };
    let Ok(own) = Own::of(&asked) else {
        return asked.page(|_| Err(Missing::Nothing("day-nobody"))).await;
    };
    let store = asked.web.state.store.clone();
    let kept = tokio::task::spawn_blocking(move || {
        let mut batch = Batch::default();
        family::put::<Appearances>(&mut batch, &own.id.to_string(), &appearance);
        store.apply(batch).and_then(|_| store.sync())
    });
    match kept.await {
        Ok(Ok(())) => go(&asked.say.href("/me/settings?saved"), vec![]),
        Ok(Err(error)) => asked.page(move |_| Err(Missing::Broken(error.to_string()))).await,
        Err(error) => asked.page(move |_| Err(Missing::Broken(error.to_string()))).await,
    }
}
