//! What stands around every page.

use chrono_tz::Tz;

use super::{
    answer::Asked,
    assets,
    say::{Say, segment},
};
use crate::texts::Locale;

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
        Self {
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
