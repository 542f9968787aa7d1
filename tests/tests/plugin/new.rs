//! A new rule's folder works as it is, outside the workspace.

use std::{env, process::Command};

use crate::tool::{Tool, read, root, target};

#[test]
fn a_new_rule_builds_tests_checks_and_runs() {
    let tool = Tool::new();
    let sdk = root().join("sdk/rust");
    let made = tool.run(&["new", "my-rule", "--sdk", sdk.to_str().expect("UTF-8")]);
    assert_eq!(made.code, 0, "{}", made.err);
    let folder = tool.path().join("my-rule");
    let cargo = |arguments: &[&str]| {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.current_dir(&folder).args(arguments).env("CARGO_TARGET_DIR", target("new-rules"));
        let output = command.output().expect("cargo starts");
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    cargo(&["test", "--offline"]);
    cargo(&["fmt", "--check"]);
    cargo(&["clippy", "--offline", "--all-targets", "--", "-D", "warnings"]);
    let plugin = |arguments: &[&str]| {
        let mut command = tool.command(arguments);
        command
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", target("new-rules"))
            .env("CARGO_NET_OFFLINE", "true");
        tool.finish(command)
    };
    let built = plugin(&["build", "--json"]);
    assert_eq!(built.code, 0, "{}", built.err);
    assert_eq!(built.json()["package"], "my-rule");
    for verb in [&["check"][..], &["test", "--agents", "3", "--days", "2"]] {
        let answer = plugin(verb);
        assert_eq!(answer.code, 0, "{verb:?}: {}{}", answer.out, answer.err);
    }
    let run = plugin(&["run", "--events", "events.ndjson", "--settings", "settings.toml", "--json"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let run = run.json();
    let awards: Vec<&str> =
        run["awards"].as_array().expect("awards").iter().map(|a| read(&a["to"])).collect();
    assert_eq!(awards, ["E1", "E2"]);
}

#[test]
fn what_can_not_be_made_says_why() {
    let tool = Tool::new();
    let cases: [(&[&str], &str); 5] = [
        (&["new", "My Rule"], "no name for a rule"),
        (&["new", "my-rule", "--lang", "python"], "is in no registry yet"),
        (&["new", "my-rule", "--lang", "typescript"], "is in no registry yet"),
        (&["new", "my-rule", "--sdk", "nowhere"], "is not the SDK's folder"),
        (&["build"], "no rule's folder"),
    ];
    for (arguments, words) in cases {
        let answer = tool.run(arguments);
        assert!(answer.code == 1 && answer.err.contains(words), "{arguments:?}: {}", answer.err);
    }
    assert!(!tool.path().join("my-rule").exists(), "half a rule was left");
    assert_eq!(tool.run(&["new", "my-rule", "--lang", "cobol"]).code, 2);
}
