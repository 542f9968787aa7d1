//! The SDK for TypeScript and its example, by Node's own test runner.

use std::process::Command;

use crate::run::{program, root};

/// Folders with packages, types, style and tests of their own.
const FOLDERS: [&str; 2] = ["sdk/js", "examples/first-rule-ts"];

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
