//! A new rule in TypeScript works as it is; and what its author does wrong is said in its own files and lines.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use plaudit_tests::script::{missing_for_typescript, told_left_out};

use crate::{
    errors::is_documented,
    tool::{Answer, Tool, read, root},
};

/// A new rule's folder, with its packages; none where Node or the packages are not there, which is said.
fn new_rule(tool: &Tool) -> Option<PathBuf> {
    let sdk = root().join("sdk/js");
    if let Some(why) = missing_for_typescript() {
        told_left_out("a rule in TypeScript", &why);
        return None;
    }
    let made = tool.run(&["new", "my-rule", "--lang", "typescript", "--sdk", sdk.to_str().expect("UTF-8")]);
    assert_eq!(made.code, 0, "{}", made.err);
    Some(tool.path().join("my-rule"))
}

/// `plaudit plugin …` in a folder.
fn plugin(tool: &Tool, folder: &Path, arguments: &[&str]) -> Answer {
    let mut command = tool.command(arguments);
    command.current_dir(folder);
    tool.finish(command)
}

#[test]
fn a_new_rule_in_typescript_builds_tests_checks_and_runs() {
    let tool = Tool::new();
    let Some(folder) = new_rule(&tool) else { return };
    let built = plugin(&tool, &folder, &["build", "--json"]);
    assert_eq!(built.code, 0, "{}", built.err);
    assert_eq!(built.json()["package"], "my-rule");
    for script in [&["test"][..], &["run", "lint"]] {
        let output = Command::new("npm").args(script).current_dir(&folder).output().expect("npm starts");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "npm {script:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    }
    let again = plugin(&tool, &folder, &["build", "--json"]);
    assert_eq!(again.json()["digest"], built.json()["digest"], "nothing changed, so nothing was built");
    for verb in [&["check"][..], &["test", "--agents", "2", "--days", "1", "--events-a-day", "4"]] {
        let answer = plugin(&tool, &folder, verb);
        assert_eq!(answer.code, 0, "{verb:?}: {}{}", answer.out, answer.err);
    }
    let run = plugin(
        &tool,
        &folder,
        &["run", "--events", "events.ndjson", "--settings", "settings.toml", "--json"],
    );
    assert_eq!(run.code, 0, "{}", run.err);
    let run = run.json();
    let awards: Vec<&str> =
        run["awards"].as_array().expect("awards").iter().map(|award| read(&award["to"])).collect();
    assert_eq!(awards, ["E1", "E2"]);
    let shown = plugin(&tool, &folder, &["inspect", "--json"]).json();
    assert_eq!((&shown["language"], &shown["interpreted"]), (&"typescript".into(), &true.into()));
    let imports = shown["imports"].as_array().expect("imports");
    assert!(imports.iter().all(|import| read(import).starts_with("plaudit:rule/")), "{imports:?}");
}

#[test]
fn what_a_rule_in_typescript_does_wrong_is_said_in_its_own_lines() {
    let tool = Tool::new();
    let Some(folder) = new_rule(&tool) else { return };
    let file = folder.join("src/rule.ts");
    let right = fs::read_to_string(&file).expect("the rule");
    let with = |from: &str, to: &str| {
        assert!(right.contains(from), "{from}");
        fs::write(&file, right.replace(from, to)).expect("written");
    };
    // What can't be built is said by file and line.
    with("import { badge", "import { readFileSync } from \"node:fs\";\nimport { badge");
    let refused = plugin(&tool, &folder, &["build", "--json"]);
    assert_eq!(refused.code, 1, "{}", refused.out);
    assert!(
        refused.err.contains("src/rule.ts:2") && refused.err.contains("can't import \"node:fs\""),
        "{}",
        refused.err
    );
    // What throws is said by file and line, too, and what to write instead.
    with("const rating", "if (Date.now() > 0) return;\n\t\tconst rating");
    let ratings = tool.write("ratings.ndjson", crate::tool::ratings(&[5, 5]));
    let failed = plugin(&tool, &folder, &["run", "--events", &ratings, "--json"]);
    assert_eq!(failed.code, 3, "{}{}", failed.out, failed.err);
    let document = failed.json();
    let finding = &document["findings"][0];
    let message = read(&finding["message"]);
    assert_eq!(finding["code"], "refused");
    is_documented("refused", message);
    for words in ["Date is not for rules", "cx.now()", "onEvent (src/rule.ts:13)"] {
        assert!(message.contains(words), "{words:?} is not in {message}");
    }
    // A global that lives on between calls is found.
    let hidden = right
        .replace("export default", "let seen = 0;\nexport default")
        .replace("const rating", "seen += 1;\n\t\tconst rating")
        .replace("state.run + 1 : 0", "seen : 0");
    fs::write(&file, hidden).expect("written");
    let size = ["--agents", "3", "--days", "2", "--events-a-day", "6"];
    let tested = plugin(&tool, &folder, &[&["test", "--json"], &size[..]].concat());
    assert_eq!(tested.code, 3, "{}{}", tested.out, tested.err);
    let found = tested.json();
    let codes: Vec<&str> =
        found["findings"].as_array().expect("findings").iter().map(|of| read(&of["code"])).collect();
    assert!(codes.contains(&"impure-memory"), "{codes:?}");
}
