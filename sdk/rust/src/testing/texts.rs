//! The plugin's texts as a reader meets them, and whether they are all there.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde_json::Value as Json;

use crate::plan::Manifest;
use crate::wit::{Text, Value};

/// The languages of the house.
pub const LOCALES: [&str; 5] = ["en", "es", "lt", "zh-Hans", "zh-Hant"];
/// Digits after the point, unless a text asks for fewer.
const FRACTION_MAX: usize = 3;

/// The texts of a plugin.
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// Those of a manifest.
    pub fn of(manifest: &Manifest) -> Self {
        Self(manifest.texts.clone())
    }

    /// A message in a language, with the numbers as they are written there. Agents and teams are shown by their
    /// ids, days as `2026-03-02`.
    ///
    /// # Panics
    /// If there is no such message, or if it needs an argument that is not there.
    pub fn say(&self, locale: &str, text: &Text) -> String {
        let bundle = self.bundle(locale);
        let message = bundle.get_message(&text.message).and_then(|m| m.value());
        let message = message.unwrap_or_else(|| panic!("{locale} has no text {:?}", text.message));
        let mut args = FluentArgs::new();
        for argument in &text.arguments {
            args.set(argument.name.clone(), value(&argument.value));
        }
        let mut errors = Vec::new();
        let said = bundle.format_pattern(message, Some(&args), &mut errors).into_owned();
        assert!(errors.is_empty(), "{locale}: {}: {said}: {errors:?}", text.message);
        said
    }

    fn bundle(&self, locale: &str) -> FluentBundle<FluentResource> {
        let source = self.0.get(locale).unwrap_or_else(|| panic!("the plugin has no texts in {locale:?}"));
        let resource = FluentResource::try_new(source.clone())
            .unwrap_or_else(|(_, errors)| panic!("{locale}: {errors:?}"));
        let language = locale.parse().unwrap_or_else(|_| panic!("{locale:?} is no language tag"));
        let mut bundle = FluentBundle::new(vec![language]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            "es" => |v, _| number(v, '.', ',', 5),
            "lt" => |v, _| number(v, '\u{a0}', ',', 4),
            _ => |v, _| number(v, ',', '.', 4),
        }));
        bundle.add_builtins().unwrap_or_else(|error| panic!("{error}"));
        bundle.add_resource(resource).unwrap_or_else(|errors| panic!("{locale}: {errors:?}"));
        bundle
    }
}

fn value(value: &Value) -> FluentValue<'static> {
    match value {
        Value::Number(n) => FluentValue::from(*n),
        Value::Text(word) | Value::Agent(word) | Value::Team(word) => {
            FluentValue::String(Cow::Owned(word.clone()))
        }
        Value::Day(day) => FluentValue::String(Cow::Owned(crate::LocalDay(*day).to_string())),
    }
}

/// A number with the separators of a language; groups of three from so many digits on.
fn number(value: &FluentValue<'_>, group: char, point: char, grouped_from: usize) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, options }) = value else { return None };
    let digits = options.maximum_fraction_digits.unwrap_or(FRACTION_MAX).min(FRACTION_MAX);
    let text = format!("{:.digits$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut out = String::new();
    if *value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && whole.len() >= grouped_from && (whole.len() - i).is_multiple_of(3) {
            out.push(group);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    Some(out)
}

/// Checks that the texts can be published: all five languages, each readable, the same messages in each, `name` and
/// `summary` for the gallery, and for every setting a title, a help and its choices (English has those in the schema).
///
/// # Panics
/// If something is missing, with all that is.
pub fn texts_are_whole(manifest: &Manifest) {
    let texts = Texts::of(manifest);
    let mut wanted: BTreeSet<String> = ["name", "summary"].map(String::from).into();
    wanted.extend(
        ids(manifest.texts.get("en").map_or("", String::as_str))
            .into_iter()
            .filter(|id| !id.starts_with("settings-")),
    );
    let mut settings = BTreeSet::new();
    fields("settings", &manifest.settings, &mut settings);
    let mut wrong = Vec::new();
    for locale in LOCALES {
        texts.bundle(locale);
        let own = ids(&manifest.texts[locale]);
        let mut of_locale = wanted.clone();
        if locale != "en" {
            of_locale.extend(settings.iter().cloned());
        }
        let missing = of_locale.difference(&own).map(|id| format!("{locale} lacks {id}"));
        let known = wanted.union(&settings).cloned().collect();
        let more = own
            .difference(&known)
            .map(|id| format!("{locale} has {id}, which is no message of English or setting"));
        wrong.extend(missing.chain(more));
    }
    assert!(wrong.is_empty(), "the texts of {} are not whole:\n  {}", manifest.name, wrong.join("\n  "));
}

/// Ids of messages, and `message.attribute`.
fn ids(source: &str) -> BTreeSet<String> {
    let (mut ids, mut message) = (BTreeSet::new(), "");
    for line in source.lines() {
        let Some((name, _)) = line.split_once(" =") else { continue };
        if let Some(attribute) = name.trim_start().strip_prefix('.') {
            ids.insert(format!("{message}.{attribute}"));
        } else if name.starts_with(|c: char| c.is_ascii_lowercase()) {
            message = name;
            ids.insert(name.into());
        }
    }
    ids
}

/// Ids that translate a settings schema: one per title, help and choice.
fn fields(path: &str, schema: &Json, found: &mut BTreeSet<String>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}-{name}");
        found.insert(path.clone());
        if field["description"].is_string() {
            found.insert(format!("{path}.help"));
        }
        for choice in field["oneOf"].as_array().into_iter().flatten() {
            found.insert(format!("{path}.{}", choice["const"].as_str().unwrap_or_default()));
        }
        // An amount is one field of the form, in the form's own words.
        for inner in [field, &field["items"]].into_iter().filter(|inner| inner["x-plaudit"] != "amount") {
            fields(&path, inner, found);
        }
    }
}
