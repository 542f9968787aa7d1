//! Every error is provoked, and is as docs/errors.md has it.

use std::fs;

use serde_json::Value;

use crate::tool::{Answer, Tool, calls, ratings, read, root};

/// Whether a message is the one of its section, where `…` stands for anything.
#[track_caller]
pub(crate) fn is_documented(section: &str, message: &str) {
    let page = fs::read_to_string(root().join("docs/errors.md")).expect("docs/errors.md");
    let text = page.split("\n## ").find(|part| part.lines().next() == Some(section));
    let text = text.unwrap_or_else(|| panic!("docs/errors.md has no section {section}"));
    let documented = text.lines().find_map(|line| line.strip_prefix("    ")).expect("a message");
    let mut rest = message;
    for (index, piece) in documented.split('…').enumerate() {
        let at = rest.find(piece).unwrap_or_else(|| panic!("{section}: {piece:?} is not in {message:?}"));
        let prefixes = ["the rule failed at", "the rule could not plan"];
        let may_stand_later = index > 0 || prefixes.iter().any(|prefix| message.starts_with(prefix));
        assert!(may_stand_later || at == 0, "{section}: {message:?} begins otherwise");
        rest = &rest[at + piece.len()..];
    }
}

#[track_caller]
fn provoked(answer: &Answer, section: &str) {
    assert_eq!(answer.code, 3, "{section}: {}{}", answer.out, answer.err);
    let document: Value = answer.json();
    let findings = document["findings"].as_array().expect("findings");
    let found = findings.iter().find(|finding| finding["code"] == section);
    let found = found.unwrap_or_else(|| panic!("no {section} in {document}"));
    is_documented(section, read(&found["message"]));
}

/// A component that imports this and exports nothing.
fn importing(import: &str) -> Vec<u8> {
    wat::parse_str(format!(r#"(component (import "{import}" (instance)))"#)).expect("a component")
}

#[test]
fn imports_that_no_rule_gets() {
    let tool = Tool::new();
    for (import, section) in [
        ("wasi:clocks/wall-clock@0.2.6", "import-clock"),
        ("wasi:random/random@0.2.6", "import-random"),
        ("wasi:filesystem/types@0.2.6", "import-files"),
        ("wasi:sockets/tcp@0.2.6", "import-network"),
        ("wasi:http/outgoing-handler@0.2.6", "import-network"),
        ("wasi:cli/stdout@0.2.6", "import-streams"),
        ("wasi:cli/environment@0.2.6", "import-environment"),
        ("wasi:cli/exit@0.2.6", "import-wasi"),
        ("acme:db/query@1.0.0", "import-unknown"),
        ("plaudit:rule/log@0.2.0", "contract"),
    ] {
        let component = tool.write("importing.wasm", importing(import));
        provoked(&tool.run(&["check", &component, "--json"]), section);
    }
}

#[test]
fn files_that_are_no_plugins() {
    let tool = Tool::new();
    for (bytes, section) in [
        (b"hello".to_vec(), "not-a-component"),
        (b"\0asm\x01\0\0\0".to_vec(), "core-module"),
        (b"\0asm\x0d\0\x01\0".to_vec(), "exports"),
    ] {
        let component = tool.write("file.wasm", bytes);
        provoked(&tool.run(&["check", &component, "--json"]), section);
        assert_eq!(tool.run(&["inspect", &component]).code, 3, "{section}");
    }
    // A part of it that nobody reads, but for its size.
    let mut large = fs::read(tool.component("first-rule")).expect("a component");
    large.extend(custom_section(&vec![0; 32 * 1024 * 1024]));
    let component = tool.write("large.wasm", large);
    provoked(&tool.run(&["check", &component, "--json"]), "too-large");
}

/// A section of a component that means nothing.
fn custom_section(content: &[u8]) -> Vec<u8> {
    let mut size = content.len() + 1;
    let mut section = vec![0];
    while size >= 0x80 {
        section.push((size & 0x7f) as u8 | 0x80);
        size >>= 7;
    }
    section.push(size as u8);
    section.push(0); // the length of its name
    section.extend(content);
    section
}

/// A component that exports all names of the contract, made of one function; its types are not the contract's.
fn exporting(core_function: &str) -> Vec<u8> {
    let exports: String = ["describe", "plan", "fold", "conclude"]
        .map(|name| format!(r#"(export "{name}" (func $f))"#))
        .concat();
    wat::parse_str(format!(
        r#"(component (core module $m {core_function}) (core instance $i (instantiate $m))
            (func $f (canon lift (core func $i "f"))) {exports})"#
    ))
    .expect("a component")
}

#[test]
fn code_that_is_not_valid_or_has_other_types() {
    let tool = Tool::new();
    let invalid = tool.write("invalid.wasm", exporting(r#"(func (export "f") i32.add drop)"#));
    provoked(&tool.run(&["check", &invalid, "--json"]), "compile");
    let other = tool.write("other.wasm", exporting(r#"(func (export "f"))"#));
    provoked(&tool.run(&["check", &other, "--json"]), "link");
}

/// A built rule with some of its bytes replaced.
fn patched(tool: &Tool, package: &str, from: &str, to: &[u8]) -> String {
    let mut bytes = fs::read(tool.component(package)).expect("a component");
    assert_eq!(from.len(), to.len(), "everything else has to stay where it is");
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes());
    let at = at.unwrap_or_else(|| panic!("{from:?} is not in {package}"));
    bytes[at..at + to.len()].copy_from_slice(to);
    tool.write("patched.wasm", bytes)
}

#[test]
fn a_rule_that_describes_itself_wrongly() {
    let tool = Tool::new();
    for (package, from, to, section) in [
        ("hostile-guest", r#""name":"hostile""#, &b"\"name\":\"h\xffstile\""[..], "describe"),
        ("hostile-guest", r#""name":"hostile""#, br#""name":"Hostile""#, "manifest"),
        ("hostile-guest", r#"{"type":"object"}"#, br#"{"type":"abject"}"#, "schema"),
        ("fickle-guest", "mood = A good mood", b"mood = { good mood", "text-broken"),
    ] {
        let component = patched(&tool, package, from, to);
        provoked(&tool.run(&["check", &component, "--languages", "en", "--json"]), section);
    }
}

#[test]
fn settings_that_are_wrong() {
    let tool = Tool::new();
    let first = tool.component("first-rule");
    let wrong = tool.write("wrong.toml", "length = 1\n");
    let answer = tool.run(&["check", &first, "--settings", &wrong, "--json"]);
    provoked(&answer, "settings");
    let message = answer.json();
    let message = read(&message["findings"][0]["message"]);
    assert!(message.contains("/length: is 1, has to be at least 2"), "{message}");
    let large = tool.write("large.json", format!("{{\"x\":\"{}\"}}", "x".repeat(64 * 1024)));
    provoked(&tool.run(&["check", &first, "--settings", &large, "--json"]), "settings-too-large");
    let contest = tool.component("plaudit-plugin-contest");
    provoked(&tool.run(&["test", &contest, "--json"]), "settings-needed");
    let strange = tool.write(
        "strange.toml",
        "who = \"agents\"\nmetrics = [{ metric = \"laughs\" }]\nprizes = [{ rank = 1, reward = { points = 1 } }]\n",
    );
    provoked(&tool.run(&["test", &contest, "--settings", &strange, "--json"]), "metric-unknown");
}

#[test]
fn a_plan_that_does_not_hold_together() {
    let tool = Tool::new();
    let hostile = tool.component("hostile-guest");
    let settings = tool.write("settings.json", r#"{"misbehave":"plan-bad-index"}"#);
    provoked(&tool.run(&["check", &hostile, "--settings", &settings, "--json"]), "plan");
}

#[test]
fn a_text_that_is_missing() {
    let tool = Tool::new();
    let fickle = tool.component("fickle-guest");
    let events = tool.write("events.ndjson", ratings(&[5; 4]));
    let answer = tool.run(&["test", &fickle, "--events", &events, "--languages", "en,lt", "--json"]);
    provoked(&answer, "text-missing");
    let message = answer.json();
    let message = read(&message["findings"][0]["message"]);
    assert!(message.contains("`third` is missing in texts/lt.ftl (lt)"), "{message}");
}

#[test]
fn rules_that_fail() {
    let tool = Tool::new();
    let hostile = tool.component("hostile-guest");
    let events = tool.write("events.ndjson", calls(2));
    for (misbehave, section) in [
        ("panic", "trap"),
        ("loop", "fuel"),
        ("memory", "memory"),
        ("bad-index", "output"),
        ("big-state", "output"),
        ("refuse", "refused"),
    ] {
        let settings = tool.write("settings.json", format!(r#"{{"misbehave":"{misbehave}"}}"#));
        let run = ["run", &hostile, "--settings", &settings, "--events", &events, "--json"];
        provoked(&tool.run(&run), section);
    }
}
