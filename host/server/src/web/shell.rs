//! What stands around every page.

use chrono_tz::Tz;
use plaudit_core::access::{Right, Role};
use plaudit_store::family::account::Account;

use super::{
    answer::Asked,
    assets, console,
    say::{Say, segment},
};
use crate::{api::auth::Caller, config::Pages, texts::Locale};

/// Head, languages, the mark of a driven clock.
pub(super) struct Shell {
    pub(super) say: Say,
    pub(super) title: String,
    /// Tag of the language.
    pub(super) lang: &'static str,
    /// Where the script listens for changes; none where a page has nothing that changes.
    pub(super) live: Option<String>,
    /// What a driven clock shows.
    pub(super) driven: Option<String>,
    pub(super) languages: Vec<Language>,
    /// What the first page is called, if the reader has one.
    pub(super) home: Option<String>,
    /// What else the reader may open: address and label.
    pub(super) places: Vec<(String, String)>,
    /// The reader's own page, if they are an agent.
    pub(super) own: Option<String>,
    /// The pages of the teams that the reader leads.
    pub(super) team: Option<String>,
    /// The account's page with the shown name; or the page to sign in.
    pub(super) account: Option<(String, String)>,
    pub(super) css: &'static str,
    pub(super) js: &'static str,
}

/// A language to choose.
pub(super) struct Language {
    pub(super) tag: &'static str,
    pub(super) name: &'static str,
    pub(super) href: String,
    pub(super) is_current: bool,
}

impl Shell {
    pub(super) fn new(asked: &Asked, title: impl Into<String>, live: Option<String>) -> Self {
        let say = asked.say.clone();
        let is_driven = asked.web.state.clock.is_driven();
        let driven = is_driven.then(|| say.with("driven", &[("now", say.exact(say.now, Tz::UTC).into())]));
        let account = asked.caller.as_ref().and_then(Caller::account).map(|(account, _)| account);
        let is_agent = account.is_some_and(|account| account.agent.is_some());
        let is_open = asked.web.state.config.server.pages == Pages::Open;
        Self {
            home: asked
                .may(Right::SeeIncentives)
                .then(|| say.t(if console::manages(asked) { "console-today" } else { "home" })),
            places: console::places(asked),
            own: is_agent.then(|| say.href("/me")),
            team: account.is_some_and(|account| leads(account)).then(|| say.href("/teams")),
            account: match account {
                Some(account) => Some((say.href("/account"), account.name.clone())),
                None if is_open => None,
                None => Some((say.href("/sign-in"), say.t("sign-in"))),
            },
            title: title.into(),
            lang: say.locale.tag(),
            live,
            driven,
            languages: languages(asked),
            css: assets::css_url(),
            js: assets::js_url(),
            say,
        }
    }
}

/// Whether an account leads teams: their page is one of its first.
fn leads(account: &Account) -> bool {
    account.grants.iter().any(|grant| grant.role == Role::TeamLeader)
}

fn languages(asked: &Asked) -> Vec<Language> {
    let others = asked.query.iter().filter(|(key, _)| *key != "lang");
    let rest: String = others.map(|(k, v)| format!("{}={}&", segment(k), segment(v))).collect();
    let names = ["English", "Español", "Lietuvių", "简体中文", "繁體中文"];
    let language = |(locale, name): (Locale, &'static str)| Language {
        tag: locale.tag(),
        name,
        href: format!("{}?{rest}lang={}", asked.path, locale.tag()),
        is_current: locale == asked.say.locale,
    };
    Locale::ALL.into_iter().zip(names).map(language).collect()
}
