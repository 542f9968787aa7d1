//! Texts: what a rule or the house says, in the reader's language, rendered when it is read and never before.
//!
//! A rule names a message of its plugin's Fluent resources and gives arguments. It is looked for in the reader's
//! language: first in what a manager has put into other words, then in the plugin; then the same in English; what is
//! nowhere is shown by its id in brackets, so that somebody sees and mends it.

mod bundle;
mod locale;
mod measure;
pub(crate) mod messages;
mod names;
mod plural;
mod problem;
mod say;
mod settings;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use fluent_bundle::{FluentArgs, FluentValue};
use plaudit_core::{
    kudos::Giver,
    rule::{Reward, Text, TextValue},
};
use plaudit_store::{
    Store,
    family::{get, text::TextOverrides},
};

use bundle::Bundle;
pub use bundle::{NESTING_MAX, RENDERED_CHARS_MAX, RESOURCE_BYTES_MAX, shorten};
pub use locale::Locale;
pub use names::{Name, Names, called};
pub use problem::problems_in;
pub use say::{Link, Links, Reader, Said};
pub use settings::Setting;

/// Compiled resources that are kept; more than a house has plugins and languages.
const BUNDLES_MAX: usize = 512;

/// Where the texts of plugins are found.
pub trait PluginTexts: Send + Sync + 'static {
    /// The Fluent resources by locale of the plugin with this digest, from its manifest.
    fn texts(&self, digest: &str) -> Option<Arc<BTreeMap<String, String>>>;

    /// The shown title of an incentive.
    fn incentive_title(&self, incentive: &str) -> Option<String> {
        let _ = incentive;
        None
    }
}

/// Renders texts. Share it in an `Arc`.
pub struct Texts {
    store: Arc<dyn Store>,
    plugins: Arc<dyn PluginTexts>,
    names: Names,
    links: Links,
    own: BTreeMap<Locale, Bundle>,
    compiled: Mutex<HashMap<(String, Locale), Compiled>>,
}

/// A compiled resource with the source it was compiled from, if that may change.
#[derive(Clone)]
struct Compiled {
    source: Option<String>,
    bundle: Arc<Bundle>,
}

impl Texts {
    /// Texts of these plugins; overrides and names come from the store.
    pub fn new(store: Arc<dyn Store>, plugins: Arc<dyn PluginTexts>, links: Links) -> Self {
        let own = Locale::ALL
            .into_iter()
            .map(|locale| {
                let (bundle, problems) = Bundle::compile(locale, own_source(locale));
                debug_assert!(problems.is_empty(), "{}: {problems:?}", locale.tag());
                (locale, bundle)
            })
            .collect();
        let names = Names::new(Arc::clone(&store));
        Self { store, plugins, names, links, own, compiled: Mutex::default() }
    }

    /// The directory of names.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Whether the plugin (or a manager) has such a message in English or the reader's language.
    pub fn has(&self, locale: Locale, incentive: &str, plugin: &str, message: &str) -> bool {
        self.find(locale, incentive, plugin, message, &FluentArgs::new()).is_some()
    }

    /// A rule's text. `incentive` finds a manager's own words, `plugin` is the digest.
    pub fn text(&self, locale: Locale, incentive: &str, plugin: &str, text: &Text) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in &text.arguments {
            args.set(name.as_str(), self.value(locale, value));
        }
        self.find(locale, incentive, plugin, &text.message, &args).unwrap_or_else(|| {
            tracing::warn!(
                plugin,
                incentive,
                message = text.message,
                "the plugin has no such text, not in English either"
            );
            metrics::counter!("plaudit_texts_missing_total").increment(1);
            format!("[{}]", text.message)
        })
    }

    /// A text of the house itself.
    pub fn own(&self, locale: Locale, message: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
        self.try_own(locale, message, arguments).unwrap_or_else(|| format!("[{message}]"))
    }

    /// A text of the house itself, if it has one by that name.
    pub fn try_own(
        &self,
        locale: Locale,
        message: &str,
        arguments: &[(&str, FluentValue<'_>)],
    ) -> Option<String> {
        let args: FluentArgs<'_> = arguments.iter().map(|(name, value)| (*name, value.clone())).collect();
        let render = |locale: &Locale| self.own.get(locale)?.render(message, &args);
        locale.chain().iter().find_map(render).map(|(text, _)| text)
    }

    /// A whole number as an argument, with the plural of the language.
    pub fn count(&self, locale: Locale, value: i64) -> FluentValue<'static> {
        integer(locale, value)
    }

    /// Units of a currency in words: "50 points".
    pub fn units(&self, locale: Locale, units: i64, currency: &str) -> String {
        let n = ("n", integer(locale, units));
        if currency == "points" {
            return self.own(locale, "points", &[n]);
        }
        self.own(locale, "units", &[n, ("currency", currency.into())])
    }

    /// A draw's shown name; as the rule named it if the plugin has no text for it.
    pub fn draw(&self, locale: Locale, incentive: &str, plugin: &str, draw: &str) -> String {
        let message = format!("draw-{draw}");
        self.find(locale, incentive, plugin, &message, &FluentArgs::new()).unwrap_or_else(|| draw.to_owned())
    }

    /// A reward in words: "50 points", the badge's name, the prize.
    pub fn reward(&self, locale: Locale, incentive: &str, plugin: &str, reward: &Reward) -> String {
        match reward {
            Reward::Points { currency, units } => self.units(locale, *units, currency),
            Reward::Badge { name, level } => {
                let mut args = FluentArgs::new();
                args.set("level", *level);
                self.find(locale, incentive, plugin, &format!("badge-{name}"), &args)
                    .unwrap_or_else(|| name.clone())
            }
            Reward::Prize(prize) => shorten(prize, 200),
        }
    }

    /// An agent by shown name; "a former colleague" in the reader's language once erased.
    pub fn agent(&self, locale: Locale, agent: &str) -> String {
        match self.names.agent(agent) {
            Name::Known(name) => name,
            Name::Erased => self.own(locale, "former-colleague", &[]),
            Name::Unknown => self.own(locale, "colleague", &[]),
        }
    }

    /// Whoever says thanks, by shown name.
    pub fn giver(&self, locale: Locale, giver: &Giver) -> String {
        match self.names.giver(giver) {
            Name::Known(name) => name,
            Name::Erased => self.own(locale, "former-colleague", &[]),
            Name::Unknown => self.own(locale, "colleague", &[]),
        }
    }

    /// The name of whoever says thanks, if it is known.
    pub fn giver_name(&self, giver: &Giver) -> Option<String> {
        match self.names.giver(giver) {
            Name::Known(name) => Some(name),
            Name::Erased | Name::Unknown => None,
        }
    }

    /// Ready-made thanks in this language.
    pub fn kudos(&self, locale: Locale, words: &str) -> String {
        self.own(locale, &format!("kudos-word-{words}"), &[])
    }

    fn value(&self, locale: Locale, value: &TextValue) -> FluentValue<'static> {
        match value {
            TextValue::Number(number) => bundle::argument(locale, *number),
            TextValue::Text(text) => text.clone().into(),
            TextValue::Agent(agent) => self.agent(locale, agent).into(),
            TextValue::Team(team) => self.names.team(team).into(),
            TextValue::Day(day) => locale.day(*day).into(),
        }
    }

    fn find(
        &self,
        locale: Locale,
        incentive: &str,
        plugin: &str,
        message: &str,
        args: &FluentArgs<'_>,
    ) -> Option<String> {
        let of_plugin = self.plugins.texts(plugin);
        for &locale in locale.chain() {
            let own_words = self.overridden(incentive, locale);
            let theirs = of_plugin.as_ref().and_then(|texts| self.of_plugin(plugin, locale, texts));
            for bundle in own_words.into_iter().chain(theirs) {
                if let Some((text, problems)) = bundle.render(message, args) {
                    if !problems.is_empty() {
                        tracing::warn!(plugin, incentive, message, ?problems, "a text is not whole");
                    }
                    return Some(text);
                }
            }
        }
        None
    }

    fn of_plugin(
        &self,
        plugin: &str,
        locale: Locale,
        texts: &BTreeMap<String, String>,
    ) -> Option<Arc<Bundle>> {
        let key = (plugin.to_owned(), locale);
        if let Some(found) = self.cached(&key) {
            return Some(found.bundle);
        }
        let source = texts.get(locale.tag())?;
        Some(self.compile(key, source, false))
    }

    fn overridden(&self, incentive: &str, locale: Locale) -> Option<Arc<Bundle>> {
        let stored = get::<TextOverrides>(&*self.store, &(incentive.to_owned(), locale.tag().to_owned()));
        let source = stored.unwrap_or_else(|error| {
            tracing::error!(%error, incentive, "can't read the manager's own words");
            None
        })?;
        // A digest is hex, so this name is never one.
        let key = (format!("incentive {incentive}"), locale);
        match self.cached(&key) {
            Some(found) if found.source.as_ref() == Some(&source) => Some(found.bundle),
            _ => Some(self.compile(key, &source, true)),
        }
    }

    fn cached(&self, key: &(String, Locale)) -> Option<Compiled> {
        self.compiled.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn compile(&self, key: (String, Locale), source: &str, may_change: bool) -> Arc<Bundle> {
        let (bundle, problems) = Bundle::compile(key.1, source);
        for problem in problems {
            tracing::warn!(of = key.0, locale = key.1.tag(), problem, "a text can't be read");
        }
        let bundle = Arc::new(bundle);
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        if compiled.len() >= BUNDLES_MAX {
            compiled.clear();
        }
        let source = may_change.then(|| source.to_owned());
        compiled.insert(key, Compiled { source, bundle: Arc::clone(&bundle) });
        bundle
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts").finish_non_exhaustive()
    }
}

#[expect(clippy::cast_precision_loss, reason = "beyond 2^53 a shown number may be rounded")]
fn integer(locale: Locale, value: i64) -> FluentValue<'static> {
    bundle::argument(locale, value as f64)
}

/// What messages say, what pages say, and what explains, as one resource.
fn own_source(locale: Locale) -> &'static str {
    macro_rules! of {
        ($tag:literal) => {
            concat!(
                include_str!(concat!("../texts/", $tag, ".ftl")),
                "\n",
                include_str!(concat!("web/texts/", $tag, ".ftl")),
                "\n",
                include_str!(concat!("web/console/texts/", $tag, ".ftl")),
                "\n",
                include_str!(concat!("web/console/texts/books/", $tag, ".ftl")),
                "\n",
                include_str!(concat!("web/floor/texts/", $tag, ".ftl")),
                "\n",
                include_str!(concat!("../texts/explain/", $tag, ".ftl")),
                "\n",
                include_str!(concat!("../texts/kudos/", $tag, ".ftl"))
            )
        };
    }
    match locale {
        Locale::En => of!("en"),
        Locale::Es => of!("es"),
        Locale::Lt => of!("lt"),
        Locale::ZhHans => of!("zh-Hans"),
        Locale::ZhHant => of!("zh-Hant"),
    }
}

#[cfg(test)]
mod tests;
