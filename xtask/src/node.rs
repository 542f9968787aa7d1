//! The SDK for TypeScript and its example, by Node's own test runner.

use std::process::Command;

use crate::run::{program, root};

/// Folders with packages, types, style and tests of their own.
const FOLDERS: [&str; 2] = ["sdk/js", "examples/first-rule-ts"];

/// What is missing on this machine, if anything is.
pub(crate) fn missing() -> Option<String> {
    let starts =
        |name: &str| Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success());
    let gone = ["node", "npm"].into_iter().find(|name| !starts(name))?;
    Some(format!("`{gone}` is not installed (https://nodejs.org, 20 or newer)"))
}

/// Installs what the lock files name, if it is not there; then types, style and tests of each folder.
pub(crate) fn tests() -> Command {
    let steps = FOLDERS.map(|folder| {
        let folder = root().join(folder);
        let folder = folder.display();
        let install = "npm ci --ignore-scripts --no-audit --no-fund --prefer-offline";
        format!("cd '{folder}' && {{ test -d node_modules || {install}; }} && npm run lint && npm test")
    });
    program("sh", &["-c", &steps.join(" && ")])
}
