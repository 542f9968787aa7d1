//! The texts: the same messages in all five languages, each whole, in the right number.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use plaudit_plugin_badges::manifest;

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

fn say(locale: &str, message: &str, badge: &str, level: &str, n: f64) -> String {
    let bundle = bundle(locale);
    let message =
        bundle.get_message(message).and_then(|m| m.value()).unwrap_or_else(|| panic!("no {message}"));
    let mut args = FluentArgs::new();
    args.set("badge", badge.to_string());
    args.set("level", level.to_string());
    args.set("n", n);
    args.set("value", 97.5);
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
    assert!(wanted.contains(&"settings-badges-levels-at".to_string()));
    let known = ids("en");
    assert_eq!(wanted.iter().filter(|p| !known.contains(*p)).collect::<Vec<_>>(), Vec::<&String>::new());
}

#[test]
fn every_badge_and_every_message_reads_whole_in_every_language() {
    let badges = [
        "five-stars",
        "resolver",
        "calm",
        "contacts",
        "quality",
        "sales",
        "steady",
        "first-step",
        "personal-best",
        "extra-mile",
    ];
    let messages = [
        "count",
        "streak",
        "workdays",
        "first",
        "record-day",
        "record-value",
        "next-count",
        "next-streak",
        "next-workdays",
        "next-first",
        "next-record-day",
        "all-reached",
        "name",
        "summary",
    ];
    for locale in LOCALES {
        for badge in badges {
            assert!(!say(locale, &format!("badge-{badge}"), badge, "none", 1.0).is_empty());
            for level in ["bronze", "silver", "gold", "platinum", "diamond"] {
                say(locale, &format!("badge-{badge}-{level}"), badge, level, 1.0);
            }
            for message in messages {
                for n in [0.0, 1.0, 2.0, 2.5, 21.0, 1000.0] {
                    let text = say(locale, message, badge, "gold", n);
                    assert!(!text.contains(['!', '！', '¡']), "{locale}: {text}");
                }
            }
        }
    }
}

#[test]
fn lithuanian_counts_as_lithuanians_do() {
    let streak = |n| say("lt", "next-workdays", "steady", "silver", n);
    assert_eq!(streak(1.0), "Iki sidabro liko 1 darbo diena iš eilės.");
    assert_eq!(streak(3.0), "Iki sidabro liko 3 darbo dienos iš eilės.");
    assert_eq!(streak(12.0), "Iki sidabro liko 12 darbo dienų iš eilės.");
    assert_eq!(streak(21.0), "Iki sidabro liko 21 darbo diena iš eilės.");
}

#[test]
fn english_says_what_is_within_reach() {
    assert_eq!(say("en", "next-count", "five-stars", "silver", 2.0), "2 top ratings to go until silver.");
    assert_eq!(say("zh-Hans", "next-count", "five-stars", "silver", 2.0), "再有 2 次满分评价，就到银级。");
}
