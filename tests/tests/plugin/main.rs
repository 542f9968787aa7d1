//! `plaudit plugin` by its real program, on built rules.

mod dev;
mod errors;
mod new;
mod pages;
mod properties;
mod python;
mod scenarios;
mod signing;
mod tool;
mod typescript;

use serde_json::Value;
use tool::{OFFICIAL, Tool, read};

#[test]
fn every_official_plugin_passes_check() {
    let tool = Tool::new();
    for (package, settings) in OFFICIAL {
        let component = tool.component(package);
        let settings = tool.settings(settings);
        let answer = tool.run(&["check", &component, "--settings", &settings, "--json"]);
        let document = answer.json();
        assert_eq!(document["findings"], serde_json::json!([]), "{package}");
        assert_eq!(answer.code, 0);
        assert!(
            document["plan"]["metrics"].as_array().is_some_and(|metrics| !metrics.is_empty()),
            "{package}"
        );
    }
}

#[test]
fn what_is_in_a_plugin_is_shown() {
    let tool = Tool::new();
    let answer = tool.run(&["inspect", &tool.component("first-rule")]);
    assert_eq!(answer.code, 0);
    // Sizes and the digest follow from the compiler's version.
    let shown: Vec<String> = answer
        .out
        .lines()
        .map(|line| match line.split_whitespace().next() {
            Some(what @ ("file" | "sha256" | "size")) => format!("  {what} …"),
            _ => line.to_owned(),
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
    let document = tool.run(&["inspect", &tool.component("first-rule"), "--json"]).json();
    let imports = document["imports"].as_array().expect("imports");
    assert!(imports.iter().all(|import| read(import).starts_with("plaudit:rule/")), "{imports:?}");
    assert_eq!(document["plugin"]["manifest"]["name"], "first-rule");
    assert_eq!(document["plugin"]["digest"].as_str().map(str::len), Some(64));
}

#[test]
fn what_a_rule_would_award_is_shown() {
    let tool = Tool::new();
    let component = tool.component("first-rule");
    let settings = tool.write("settings.toml", "length = 3\n");
    let events = tool.write("events.ndjson", tool::ratings(&[5, 5, 5, 2, 5]));
    let run = ["run", &component, "--settings", &settings, "--events", &events];
    let answer = tool.run(&run);
    assert_eq!(answer.code, 0, "{}", answer.out);
    let (awards, limits) = answer.out.split_once("\nLimits").expect("limits");
    insta::assert_snapshot!(awards.trim_end());
    assert!(limits.contains("fuel of a call") && limits.contains(" of 16,384"), "{limits}");
    let document = tool.run(&[&run[..], &["--json"]].concat()).json();
    let award = &document["awards"][0];
    assert_eq!(
        (&award["to"], &award["name"], &award["status"]),
        (&"E1".into(), &"streak".into(), &"granted".into())
    );
    assert_eq!(document["events"]["counted"], 5);
}

#[test]
fn what_is_over_the_allotment_is_red_and_says_so() {
    let tool = Tool::new();
    let component = tool.component("fickle-guest");
    let events = tool.write("events.ndjson", tool::ratings(&[5; 9]));
    let run = ["run", &component, "--events", &events, "--allotment", "points=2"];
    let answer = tool.run(&run);
    let withheld: Vec<&str> =
        answer.out.lines().filter(|line| line.contains("withheld: allotment")).collect();
    assert_eq!(withheld.len(), 1, "three awards of a point, and two points:\n{}", answer.out);
    assert!(!answer.out.contains('\u{1b}'), "colour without a terminal");
    let painted = tool.run_painted(&run);
    assert!(
        painted.out.lines().any(|line| line.starts_with("\u{1b}[31m") && line.contains("withheld")),
        "{}",
        painted.out
    );
}

#[test]
fn a_rule_that_fails_says_at_which_event() {
    let tool = Tool::new();
    let component = tool.component("hostile-guest");
    let settings = tool.write("settings.json", r#"{"misbehave":"panic"}"#);
    let metrics = tool.write("metrics.toml", "");
    let events = tool.write("events.ndjson", tool::calls(3));
    let run =
        ["run", &component, "--settings", &settings, "--metrics", &metrics, "--events", &events, "--json"];
    let answer = tool.run(&run);
    assert_eq!(answer.code, 3);
    let document = answer.json();
    let message = read(&document["findings"][0]["message"]);
    assert!(
        message.starts_with("the rule failed at the event c0 (contact.completed of contact-0)"),
        "{message}"
    );
    assert!(message.contains("for \"E1\""), "{message}");
    assert!(message.contains("no rating at") && message.contains("; in "), "no function in {message}");
}

#[test]
fn a_file_that_is_wrong_is_named_with_line_and_field() {
    let tool = Tool::new();
    let component = tool.component("first-rule");
    let good = tool::ratings(&[5]);
    let events =
        tool.write("events.ndjson", format!("{good}{{oops\n{}", good.replace("\"time\"", "\"tim\"")));
    let answer = tool.run(&["run", &component, "--events", &events]);
    assert_eq!(answer.code, 1);
    for words in ["line 2 is not JSON", "line 3: time is missing"] {
        assert!(answer.err.contains(words), "{}", answer.err);
    }
    let roster = tool.write("roster.csv", "agent,name,share\nE1,Ana,7\n");
    let events = tool.write("events.ndjson", &good);
    let answer = tool.run(&["run", &component, "--events", &events, "--roster", &roster]);
    assert!(answer.code == 1 && answer.err.contains("line 2, share"), "{}", answer.err);
}

#[test]
fn a_roster_gives_people_their_names() {
    let tool = Tool::new();
    let component = tool.component("first-rule");
    let settings = tool.write("settings.toml", "length = 2\n");
    let roster = tool.write("roster.csv", "agent,name,team,from\nE1,Ana,blue,2026-01-01\n");
    let events = tool.write("events.ndjson", tool::ratings(&[5, 5]));
    let answer =
        tool.run(&["run", &component, "--settings", &settings, "--events", &events, "--roster", &roster]);
    assert!(
        answer.out.lines().any(|line| line.contains("Ana") && line.contains("granted")),
        "{}",
        answer.out
    );
}

#[test]
fn a_step_is_measured_in_fuel_and_time() {
    let tool = Tool::new();
    let answer = tool.run(&["bench", &tool.component("first-rule"), "--rounds", "2", "--json"]);
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    let document: Value = answer.json();
    let fuel = document["fuel_per_step"].as_u64().expect("fuel");
    assert!(fuel > 0 && fuel < document["fuel_allowed_per_step"].as_u64().expect("fuel"), "{document}");
    assert!(document["ns_per_step"].as_f64() > document["empty_ns_per_step"].as_f64(), "{document}");
    assert!(read(&document["native_left_out"]).contains("folder"), "{document}");
}

#[test]
fn the_same_rule_is_measured_natively_in_its_folder() {
    let tool = Tool::new();
    let answer = tool.finish(tool.command_in("examples/first-rule", &["bench", "--rounds", "2", "--json"]));
    assert_eq!(answer.code, 0, "{}{}", answer.out, answer.err);
    let document: Value = answer.json();
    assert!(document["native_ns_per_step"].as_f64() > Some(0.0), "{document}");
    assert!(document["ns_per_step"].as_f64() > document["native_ns_per_step"].as_f64(), "{document}");
}

#[test]
fn help_says_what_exit_codes_mean() {
    let tool = Tool::new();
    for verb in [
        "new", "build", "check", "inspect", "run", "test", "bench", "dev", "key", "sign", "verify", "install",
    ] {
        let answer = tool.run(&[verb, "--help"]);
        assert!(answer.code == 0 && answer.out.contains("Exit codes:"), "{verb}: {}", answer.out);
    }
}
