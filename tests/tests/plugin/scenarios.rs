//! One scenario, two engines: a rule's own tests also run with the built component on the stage.

use std::fs;

use serde_json::Value;

use crate::{
    errors::is_documented,
    tool::{Answer, Tool, read, root, target},
};

/// A story about the template's rule that proves itself by a snapshot.
const STORY: &str = r#"
use two_engines::InARow;
use plaudit_sdk::testing::Play;

#[test]
fn a_badge_at_the_third_good_one() {
    let mut play = Play::<InARow>::new("{}");
    play.agent("ana");
    for (minute, csat) in [(0, 5.0), (1, 4.5), (2, 4.0), (3, 1.0)] {
        play.at(&format!("2026-03-02 09:0{minute}")).event("ana", &[("csat", csat)]);
    }
    play.correct("e2", &[("csat", 5.0)]);
    assert_eq!(play.snapshot(), "2026-03-02 09:02:00  ana  award in-a-row/once  badge in-a-row 1  in-a-row(n=3)\n");
    assert_eq!(Play::<InARow>::problems("{\"length\":1}").len(), 1);
}
"#;

fn plugin(tool: &Tool, arguments: &[&str]) -> Answer {
    let mut command = tool.command(arguments);
    command.current_dir(tool.path().join("two-engines")).env("CARGO_TARGET_DIR", target("new-rules"));
    tool.finish({
        command.env("CARGO_NET_OFFLINE", "true");
        command
    })
}

#[test]
fn a_scenario_holds_natively_and_as_a_component_and_a_limit_names_the_event() {
    let tool = Tool::new();
    let sdk = root().join("sdk/rust");
    assert_eq!(tool.run(&["new", "two-engines", "--sdk", sdk.to_str().expect("UTF-8")]).code, 0);
    let folder = tool.path().join("two-engines");
    fs::write(folder.join("tests/story.rs"), STORY).expect("a test");
    let test = ["test", "--agents", "2", "--days", "1", "--json"];
    let good = plugin(&tool, &test);
    assert_eq!(good.code, 0, "{}{}", good.out, good.err);
    let ran = &good.json()["scenarios"];
    assert_eq!((&ran["passed"], &ran["failed"]), (&2.into(), &0.into()), "{ran}");
    assert_eq!(ran["on_stage"], true, "the component was on no stage: {ran}");

    // What a machine does in no time is more than a rule may.
    let source = folder.join("src/lib.rs");
    let rule = fs::read_to_string(&source).expect("the rule");
    let greedy = rule.replace(
        "        *run = if",
        "        for n in 0..3_000_000_u32 {\n            std::hint::black_box(n);\n        }\n        *run = if",
    );
    assert_ne!(greedy, rule);
    fs::write(&source, greedy).expect("written");
    let bad = plugin(&tool, &test);
    assert_eq!(bad.code, 3, "{}{}", bad.out, bad.err);
    let document = bad.json();
    let findings = document["findings"].as_array().expect("findings");
    let message = |code: &str| -> &str {
        let found: Option<&Value> = findings.iter().find(|finding| finding["code"] == code);
        read(&found.unwrap_or_else(|| panic!("no {code}: {document}"))["message"])
    };
    is_documented("fuel", message("fuel"));
    let said = message("scenario");
    is_documented("scenario", said);
    for words in [
        "the rule failed at the event e1, 2026-03-02 09:00:00, of \"ana\": `fold` used up its fuel of 2200000",
        "(2000000 for each of 1 keys and 200000 for each of 1 steps)",
    ] {
        assert!(said.contains(words), "{said}");
    }
}
