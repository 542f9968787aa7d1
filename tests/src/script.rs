//! What rules in other languages need of the machine, and how a test says that it was left out.

use std::{path::Path, process::Command};

/// The oldest Node that rules in TypeScript are built with.
const NODE_MAJOR_MIN: u32 = 20;

/// What is missing on this machine to build rules in TypeScript, if anything is.
#[must_use]
pub fn missing_for_typescript() -> Option<String> {
    let said = |program: &str| {
        let output = Command::new(program).arg("--version").output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let Some(node) = said("node") else { return Some("Node is not installed".to_owned()) };
    let major = node.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE_MAJOR_MIN) {
        return Some(format!("Node {node} is too old: {NODE_MAJOR_MIN} or newer is needed"));
    }
    if said("npm").is_none() {
        return Some("npm is not installed".to_owned());
    }
    let sdk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sdk/js/package.json");
    (!sdk.is_file()).then(|| "sdk/js is not there".to_owned())
}

/// Says on standard error, where the runner of the tests shows it, that something was left out.
pub fn told_left_out(what: &str, why: &str) {
    eprintln!("LEFT OUT: {what}: {why}");
}
