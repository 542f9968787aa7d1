//! The texts: the same messages in all five languages, each whole, in the right number.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use plaudit_plugin_praise::manifest;

const LOCALES: [&str; 5] = ["en", "es", "lt", "zh-Hans", "zh-Hant"];

fn bundle(locale: &str) -> FluentBundle<FluentResource> {
    let resource = FluentResource::try_new(manifest().texts[locale].clone())
        .unwrap_or_else(|(_, errors)| panic!("{locale}: {errors:?}"));
    let mut bundle = FluentBundle::new(vec![locale.parse().expect("a language tag")]);
    bundle.set_use_isolating(false);
    bundle.add_builtins().expect("NUMBER is new");
    bundle.add_resource(resource).unwrap_or_else(|errors| panic!("{locale}: {errors:?}"));
    bundle
}

fn say(locale: &str, message: &str, n: f64) -> String {
    let bundle = bundle(locale);
    let message =
        bundle.get_message(message).and_then(|m| m.value()).unwrap_or_else(|| panic!("no {message}"));
    let mut args = FluentArgs::new();
    args.set("n", n);
    let mut errors = vec![];
    let text = bundle.format_pattern(message, Some(&args), &mut errors).into_owned();
    assert!(errors.is_empty(), "{locale}: {text}: {errors:?}");
    text
}

fn ids(locale: &str) -> BTreeSet<String> {
    let text = &manifest().texts[locale];
    let own = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
    let mut under = String::new();
    let mut ids = BTreeSet::new();
    for line in text.lines() {
        if own(&line) {
            under = line.split(" =").next().unwrap_or_default().into();
            ids.insert(under.clone());
        } else if let Some(attribute) = line.strip_prefix("    .") {
            ids.insert(format!("{under}.{}", attribute.split(" =").next().unwrap_or_default()));
        }
    }
    ids
}

#[test]
fn every_language_has_every_message() {
    for locale in LOCALES {
        assert_eq!(ids(locale), ids("en"), "{locale}");
    }
}

#[test]
fn every_setting_has_a_title() {
    fn paths(schema: &serde_json::Value, at: &str, into: &mut Vec<String>) {
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            let path = format!("{at}-{name}");
            paths(field, &path, into);
            paths(&field["items"], &path, into);
            into.push(path);
        }
    }
    let mut wanted = vec![];
    paths(&manifest().settings, "settings", &mut wanted);
    assert!(wanted.contains(&"settings-quiet-defer".to_string()));
    let known = ids("en");
    assert_eq!(wanted.iter().filter(|p| !known.contains(*p)).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_text_reads_whole_in_every_language() {
    let occasions =
        ["top-rating", "quality", "nth-today", "personal-best", "comeback", "hard-contact", "anniversary"];
    for locale in LOCALES {
        let mut seen = BTreeSet::new();
        for (occasion, variant) in occasions.iter().flat_map(|o| (1..=4).map(move |v| (o, v))) {
            for n in [1.0, 2.0, 5.0, 10.0, 21.0, 92.5] {
                let text = say(locale, &format!("{occasion}-{variant}"), n);
                assert!(!text.contains(['!', '！', '¡']), "{locale}: {text}");
                seen.insert(text);
            }
        }
        assert!(seen.len() > 28, "{locale}: texts differ");
        say(locale, "name", 1.0);
        say(locale, "summary", 1.0);
    }
}

#[test]
fn years_are_counted_as_the_language_counts() {
    assert_eq!(say("en", "years", 1.0), "one year");
    assert_eq!(say("en", "years", 5.0), "5 years");
    assert_eq!(say("es", "years", 1.0), "un año");
    assert_eq!(
        [1.0, 2.0, 10.0, 21.0].map(|n| say("lt", "years", n)),
        ["1 metai", "2 metai", "10 metų", "21 metai"]
    );
    assert_eq!(say("zh-Hant", "years", 3.0), "3 年");
}
