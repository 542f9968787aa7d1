//! A new rule in Python, from its folder to the sandbox. Where there is no Python, it says so and does nothing.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use plaudit_build::{BuildError, Voice, python_environment};
use serde_json::Value;

use crate::tool::{Answer, Tool, read, root};

/// A line that stops the rule at half ratings.
const CRASH: &str =
    "        if event.metric(\"csat\") == 1.5:\n            raise ValueError(\"no half ratings\")\n";

fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// An interpreter with the SDK, kept between runs; none where there is no Python.
fn interpreter() -> Option<PathBuf> {
    match python_environment(&target().join("python"), &root().join("sdk/python"), Voice::Quiet) {
        Ok(python) => Some(python),
        Err(missing @ (BuildError::NoPython { .. } | BuildError::Environment { .. })) => {
            eprintln!("skipped: {missing}");
            None
        }
        Err(error) => panic!("{error}"),
    }
}

fn new(tool: &Tool) -> PathBuf {
    let sdk = root().join("sdk/python");
    let made = tool.run(&["new", "my-rule", "--lang", "python", "--sdk", sdk.to_str().expect("UTF-8")]);
    assert_eq!(made.code, 0, "{}", made.err);
    tool.path().join("my-rule")
}

/// `plaudit plugin …` in the rule's folder, with what is kept between runs.
fn plugin(tool: &Tool, folder: &Path, arguments: &[&str]) -> Answer {
    let mut command = tool.command(arguments);
    command.current_dir(folder);
    command.env("PLAUDIT_VENV", target().join("python")).env("PLAUDIT_CACHE", target().join("plaudit-cache"));
    tool.finish(command)
}

#[test]
fn a_new_rule_in_python_tests_builds_checks_and_runs() {
    let Some(python) = interpreter() else { return };
    let tool = Tool::new();
    let folder = new(&tool);
    for arguments in [&["pytest", "-q"][..], &["mypy"], &["ruff", "check"], &["ruff", "format", "--check"]] {
        let mut command = Command::new(&python);
        let output = command.arg("-m").args(arguments).current_dir(&folder).output().expect("Python starts");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    }
    let line = crash(&folder);
    let built = plugin(&tool, &folder, &["build", "--json"]);
    assert_eq!(built.code, 0, "{}", built.err);
    let component = read(&built.json()["component"]).to_owned();
    assert!(component.ends_with("target/plugins/my-rule.wasm"), "{component}");
    let checked = plugin(&tool, &folder, &["check", &component, "--json"]);
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    let errors = |answer: &Answer| -> Vec<Value> {
        let findings = answer.json()["findings"].as_array().expect("findings").clone();
        findings.into_iter().filter(|finding| finding["severity"] == "error").collect()
    };
    assert_eq!(errors(&checked), Vec::<Value>::new());
    let tested = plugin(&tool, &folder, &["test", &component, "--agents", "3", "--days", "2"]);
    assert_eq!(tested.code, 0, "{}{}", tested.out, tested.err);
    let run = ["run", &component, "--events", "events.ndjson", "--settings", "settings.toml", "--json"];
    let awards: Vec<String> = plugin(&tool, &folder, &run).json()["awards"]
        .as_array()
        .expect("awards")
        .iter()
        .map(|award| read(&award["to"]).to_owned())
        .collect();
    assert_eq!(awards, ["E1", "E2"]);
    let events = fs::read_to_string(folder.join("events.ndjson")).expect("events");
    fs::write(folder.join("events.ndjson"), events.replace("\"csat\": 1}", "\"csat\": 1.5}"))
        .expect("written");
    let failed = plugin(&tool, &folder, &run);
    assert_eq!(failed.code, 3, "{}", failed.out);
    let message = read(&failed.json()["findings"][0]["message"]).to_owned();
    let told = format!("rule.py, line {line}, in on_event: ValueError: no half ratings");
    assert!(message.contains(&told), "{message}");
    assert!(message.contains("raise ValueError(\"no half ratings\")"), "the source of the line: {message}");
}

/// Has the rule fail at half ratings; gives the line at which it does.
fn crash(folder: &Path) -> usize {
    let file = folder.join("rule.py");
    let rule = fs::read_to_string(&file).expect("the rule");
    let place = rule.find("        is_good =").expect("the handler's first line");
    let crashing = format!("{}{CRASH}{}", &rule[..place], &rule[place..]);
    fs::write(&file, &crashing).expect("written");
    crashing.lines().position(|line| line.contains("raise ValueError")).expect("there") + 1
}

#[test]
fn what_a_rule_in_python_must_not_look_at_is_told_before_anything_is_built() {
    if interpreter().is_none() {
        return;
    }
    let tool = Tool::new();
    let folder = new(&tool);
    let file = folder.join("rule.py");
    let rule = fs::read_to_string(&file).expect("the rule");
    let cases = [
        ("import random\n", "line 1: imports random: a rule has no randomness"),
        (
            "from time import time\n",
            "line 1: imports time: a rule has no clock: the time of the step is cx.now",
        ),
        ("x = 1 / 0\n", "rule.py, line 1, in <module>: ZeroDivisionError: division by zero"),
        ("def broken(:\n", "rule.py, line 1: can't be read"),
    ];
    for (line, words) in cases {
        fs::write(&file, format!("{line}{rule}")).expect("written");
        let answer = plugin(&tool, &folder, &["build"]);
        assert_eq!(answer.code, 1, "{line}: {}", answer.out);
        assert!(answer.err.contains(words), "{line}: {}", answer.err);
    }
}

#[test]
fn without_python_it_says_where_to_get_it() {
    let tool = Tool::new();
    let folder = new(&tool);
    let mut command = tool.command(&["build"]);
    command.current_dir(&folder).env("PLAUDIT_PYTHON", "no-python-here").env_remove("PLAUDIT_VENV");
    let answer = tool.finish(command);
    assert_eq!(answer.code, 1);
    for words in ["there is no Python 3.11 or newer (`no-python-here`", "python.org", "PLAUDIT_PYTHON"] {
        assert!(answer.err.contains(words), "{}", answer.err);
    }
}
