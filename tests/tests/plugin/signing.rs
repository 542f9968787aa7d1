//! Keys, signatures, and installing what is signed.

use std::{fs, process::Command};

use plaudit_tests::house::House;

use crate::tool::Tool;

/// A signed component: its path, and the public key as text.
fn signed(tool: &Tool) -> (String, String) {
    let component = tool.component("first-rule");
    let made = tool.run(&["key", "me", "--no-password"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let answer = tool.run(&["sign", &component, "--key", "me.key", "--json"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    let key = answer.json()["public_key"].as_str().expect("a key").to_owned();
    (component, key)
}

#[test]
fn what_was_signed_holds_until_a_byte_differs() {
    let tool = Tool::new();
    let (component, key) = signed(&tool);
    for public in ["me.pub", &key] {
        let answer = tool.run(&["verify", &component, "--key", public]);
        assert!(
            answer.code == 0 && answer.out.contains("file:first-rule.wasm"),
            "{}{}",
            answer.out,
            answer.err
        );
    }
    let shown = tool.run(&["inspect", &component, "--json"]).json();
    assert!(shown["signature"]["key_id"].as_str().is_some_and(|id| id.len() == 16), "{shown}");
    let mut bytes = fs::read(&component).expect("the component");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&component, &bytes).expect("written");
    let answer = tool.run(&["verify", &component, "--key", "me.pub"]);
    assert!(answer.code == 3 && answer.out.contains("does not hold"), "{}", answer.out);
}

#[test]
fn another_key_s_signature_does_not_hold_and_keys_are_not_overwritten() {
    let tool = Tool::new();
    let (component, _) = signed(&tool);
    assert_eq!(tool.run(&["key", "you", "--no-password"]).code, 0);
    let answer = tool.run(&["verify", &component, "--key", "you.pub", "--json"]);
    assert_eq!((answer.code, &answer.json()["holds"]), (3, &false.into()));
    let again = tool.run(&["key", "you", "--no-password"]);
    assert!(again.code == 1 && again.err.contains("never overwritten"), "{}", again.err);
    let mut unsigned = tool.command(&["verify", &component, "--key", "me.pub", "--signature", "no.minisig"]);
    unsigned.env("LC_ALL", "C");
    let answer = tool.finish(unsigned);
    assert!(answer.code == 1 && answer.err.contains("plaudit plugin sign"), "{}", answer.err);
}

#[test]
fn a_key_with_a_password_signs_only_with_it() {
    let tool = Tool::new();
    let component = tool.component("first-rule");
    let with = |password: &str, arguments: &[&str]| {
        let mut command = tool.command(arguments);
        command.env("PLAUDIT_KEY_PASSWORD", password);
        tool.finish(command)
    };
    assert_eq!(with("sesame", &["key", "safe"]).code, 0);
    assert_eq!(with("sesame", &["sign", &component, "--key", "safe.key"]).code, 0);
    let answer = with("simsim", &["sign", &component, "--key", "safe.key"]);
    assert!(answer.code == 1 && answer.err.contains("password"), "{}", answer.err);
}

/// Debian's own program agrees, where it is installed.
#[test]
fn minisign_agrees() {
    if Command::new("minisign").arg("-v").output().is_err() {
        eprintln!("LEFT OUT: the program minisign is not installed, so nobody else has verified a signature");
        return;
    }
    let tool = Tool::new();
    let (component, key) = signed(&tool);
    let minisign = |arguments: &[&str]| {
        let output = Command::new("minisign").current_dir(tool.path()).args(arguments).output();
        output.expect("minisign starts").status.success()
    };
    assert!(minisign(&["-V", "-m", &component, "-P", &key]));
    assert!(minisign(&["-V", "-m", &component, "-p", "me.pub"]));
    let mut bytes = fs::read(&component).expect("the component");
    bytes[8] ^= 1;
    fs::write(&component, &bytes).expect("written");
    assert!(!minisign(&["-V", "-m", &component, "-P", &key]), "minisign took a changed file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_plugin_is_installed_and_a_changed_one_is_not_sent() {
    let house = House::plan().open("2026-03-02T06:00:00Z").await;
    let tool = Tool::new();
    let (component, _) = signed(&tool);
    let install = |component: &str| {
        let install = ["install", component, "--signed-by", "me.pub", "--url", house.address()];
        let mut command = tool.command(&install);
        command.env("PLAUDIT_TOKEN", house.token());
        tool.finish(command)
    };
    let answer = install(&component);
    assert!(answer.code == 0 && answer.out.contains("first-rule 0.1.0"), "{}{}", answer.out, answer.err);
    assert!(answer.out.contains(": installed"), "{}", answer.out);
    assert!(install(&component).out.contains("was there already"));
    let mut bytes = fs::read(&component).expect("the component");
    bytes[8] ^= 1;
    fs::write(&component, &bytes).expect("written");
    let answer = install(&component);
    assert!(answer.code == 3 && answer.out.contains("nothing was sent"), "{}{}", answer.out, answer.err);
    let bad = tool.write("bad.wasm", b"\0asm\x01\0\0\0");
    let mut command = tool.command(&["install", &bad, "--url", house.address()]);
    command.env("PLAUDIT_TOKEN", house.token());
    let answer = tool.finish(command);
    assert!(
        answer.code == 3 && answer.out.contains("core WebAssembly module"),
        "{}{}",
        answer.out,
        answer.err
    );
}
