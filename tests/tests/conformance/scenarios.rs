//! Scenarios without a language: facts, settings and people in, awards and boards out, whatever the rule is written in.

use std::{env, fs, path::Path};

use serde_json::{Value, json};

use crate::{
    folder, name_of, plugin,
    plugins::{Component, components, is_of},
    within,
};

/// Writes what came out into `expected.json` instead of comparing, for new scenarios: read what it has written.
const WRITE: &str = "PLAUDIT_CONFORMANCE_WRITE";

/// Folders of a rule, each with `events.ndjson`.
pub(super) fn of_rule(rule: &Path) -> Vec<std::path::PathBuf> {
    within(rule).into_iter().filter(|scenario| scenario.join("events.ndjson").exists()).collect()
}

/// What a component makes of a scenario.
fn played(component: &Component, scenario: &Path, verb: &str) -> (i32, Value) {
    let file = |name: &str| scenario.join(name).display().to_string();
    let mut arguments = vec![verb.to_owned(), component.path.display().to_string()];
    for (flag, name) in
        [("--events", "events.ndjson"), ("--settings", "settings.toml"), ("--roster", "roster.csv")]
    {
        if scenario.join(name).exists() {
            arguments.extend([flag.to_owned(), file(name)]);
        }
    }
    let frame = fs::read_to_string(scenario.join("frame.toml")).unwrap_or_default();
    let frame: toml::Table = frame.parse().expect("TOML");
    for (name, value) in &frame {
        arguments.extend([format!("--{name}"), value.as_str().expect("a text").to_owned()]);
    }
    plugin(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Awards and boards of a run, without what differs from language to language.
fn outcome(document: &Value) -> Value {
    let number = |value: &Value| value.as_f64().map_or(value.clone(), |n| json!((n * 1e6).round() / 1e6));
    let award = |row: &Value| {
        json!({ "time": row["time"], "kind": row["kind"], "name": row["name"], "to": row["to"], "key": row["key"],
            "period": row["period"], "what": row["what"], "why": row["why"], "status": row["status"] })
    };
    let row = |row: &Value| json!({ "rank": row["rank"], "who": row["who"], "value": number(&row["value"]), "qualified": row["qualified"] });
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let board = |of: &Value| json!({ "board": of["board"], "rows": list(&of["rows"]).iter().map(row).collect::<Vec<_>>() });
    let period = |of: &Value| json!({ "period": of["period"], "boards": list(&of["boards"]).iter().map(board).collect::<Vec<_>>() });
    json!({
        "counted": document["events"]["counted"],
        "awards": list(&document["awards"]).iter().map(award).collect::<Vec<_>>(),
        "periods": list(&document["periods"]).iter().map(period).collect::<Vec<_>>(),
    })
}

/// Plays all scenarios of a rule; says how many.
pub(super) fn play(component: &Component, rule: &Path) -> usize {
    let scenarios = of_rule(rule);
    for scenario in &scenarios {
        let place = format!("{} in {}", component.path.display(), scenario.display());
        let (code, document) = played(component, scenario, "run");
        assert_eq!(code, 0, "{place}: {document}");
        let got = outcome(&document);
        let path = scenario.join("expected.json");
        if env::var_os(WRITE).is_some() {
            fs::write(&path, serde_json::to_string_pretty(&got).expect("JSON") + "\n").expect("written");
        }
        let expected =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let expected: Value = serde_json::from_str(&expected).expect("JSON");
        assert_eq!(got, expected, "{place}: got\n{}", serde_json::to_string_pretty(&got).expect("JSON"));
        // In other orders, cuts and instances it comes to the same.
        let (code, document) = played(component, scenario, "test");
        assert_eq!(code, 0, "{place}: {document}");
    }
    scenarios.len()
}

#[test]
fn a_rule_in_any_language_makes_the_same_of_the_same_facts() {
    let mut rules = 0;
    for rule in within(&folder()).into_iter().filter(|rule| !of_rule(rule).is_empty()) {
        let of_rule: Vec<&Component> = components().iter().filter(|c| is_of(c, name_of(&rule))).collect();
        assert!(!of_rule.is_empty(), "no component of {}", rule.display());
        assert!(of_rule.iter().all(|component| play(component, &rule) > 0));
        rules += 1;
    }
    assert!(rules >= 1, "the scenarios are gone");
}
