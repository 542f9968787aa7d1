//! `plaudit plugin test` finds what is no pure function, and nothing else.

use crate::tool::{OFFICIAL, Tool, read};

#[test]
fn the_official_plugins_have_every_property() {
    let tool = Tool::new();
    for (package, settings) in OFFICIAL {
        let component = tool.component(package);
        let settings = tool.settings(settings);
        let size = ["--agents", "3", "--days", "2", "--events-a-day", "8"];
        let test = ["test", &component, "--settings", &settings, "--json"];
        let answer = tool.run(&[&test[..], &size].concat());
        assert_eq!(answer.code, 0, "{package}: {}{}", answer.out, answer.err);
        let document = answer.json();
        let properties = document["properties"].as_array().expect("properties");
        assert_eq!(properties.len(), 4, "{package}");
        assert!(properties.iter().all(|property| property["holds"] == true), "{package}: {document}");
        assert!(document["compared"].as_u64() > Some(3), "{package}: {document}");
        let fuel = &document["limits"]["fuel of a call"];
        assert!(
            fuel["used"].as_u64() > Some(0) && fuel["used"].as_u64() < fuel["allowed"].as_u64(),
            "{package}"
        );
    }
}

/// Sections of docs/errors.md that a test names.
fn sections(fault: &str) -> Vec<String> {
    let tool = Tool::new();
    let component = tool.component("fickle-guest");
    let settings = tool.write("settings.toml", format!("fault = \"{fault}\"\n"));
    let answer = tool.run(&["test", &component, "--settings", &settings, "--languages", "en", "--json"]);
    let document = answer.json();
    let findings = document["findings"].as_array().expect("findings");
    assert_eq!(answer.code, if findings.is_empty() { 0 } else { 3 }, "{document}");
    for finding in findings {
        crate::errors::is_documented(read(&finding["code"]), read(&finding["message"]));
    }
    findings.iter().map(|finding| read(&finding["code"]).to_owned()).collect()
}

#[test]
fn the_same_rule_without_a_fault_has_every_property() {
    assert_eq!(sections("none"), Vec::<String>::new());
}

#[test]
fn a_counter_beside_the_state_is_found() {
    assert!(sections("counter").contains(&"impure-memory".to_owned()));
}

#[test]
fn a_map_without_an_order_is_found() {
    let found = sections("hash-map");
    for section in ["impure-memory", "impure-chunks"] {
        assert!(found.contains(&section.to_owned()), "{section} is not in {found:?}");
    }
}

#[test]
fn a_rule_that_remembers_what_it_gave_is_found() {
    let found = sections("once");
    assert!(found.contains(&"impure-repeated".to_owned()), "{found:?}");
}

#[test]
fn a_rule_that_is_another_one_natively_is_found() {
    let tool = Tool::new();
    let settings = tool.write("settings.toml", "fault = \"width\"\n");
    let test = ["test", "--settings", &settings, "--languages", "en", "--no-scenarios", "--json"];
    let answer = tool.finish(tool.command_in("tests/guests/fickle", &test));
    assert_eq!(answer.code, 3, "{}{}", answer.out, answer.err);
    let document = answer.json();
    let findings = document["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 1, "only natively it is another one: {document}");
    let message = read(&findings[0]["message"]);
    crate::errors::is_documented("impure-native", message);
    assert!(message.contains("units: 32") && message.contains("units: 64"), "{message}");
}

#[test]
fn the_official_plugins_do_the_same_natively() {
    let tool = Tool::new();
    let folders =
        ["plugins/contest", "plugins/lottery", "plugins/badges", "plugins/praise", "examples/first-rule"];
    for ((package, settings), folder) in OFFICIAL.iter().zip(folders) {
        let settings = tool.settings(settings);
        let size = ["--agents", "3", "--days", "2", "--events-a-day", "8"];
        let test = ["test", "--settings", &settings, "--no-scenarios", "--json"];
        let answer = tool.finish(tool.command_in(folder, &[&test[..], &size].concat()));
        assert_eq!(answer.code, 0, "{package}: {}{}", answer.out, answer.err);
        let document = answer.json();
        let properties = document["properties"].as_array().expect("properties");
        let native = properties.iter().find(|property| property["property"] == "natively as in Wasm");
        let native = native.unwrap_or_else(|| panic!("{package}: {document}"));
        assert!(native["holds"] == true && native["plays"].as_u64() > Some(3), "{package}: {document}");
    }
}

#[test]
fn a_rule_that_trusts_the_order_of_arrival_is_found() {
    assert!(sections("arrival").contains(&"impure-arrival".to_owned()));
}
