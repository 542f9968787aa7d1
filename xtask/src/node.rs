//! The SDK for TypeScript and its example, by Node's own test runner.

use std::{fs, path::PathBuf, process::Command};

use anyhow::Context as _;
use plaudit_build::{RuleFolder, Voice};

use crate::run::{program, root, target_dir};

/// Names a folder of components that have to pass the conformance suite, too.
pub(crate) const MORE_COMPONENTS: &str = "PLAUDIT_CONFORMANCE_COMPONENTS";

/// Folders with packages, types, style and tests of their own.
const FOLDERS: [&str; 2] = ["sdk/js", "examples/first-rule-ts"];

/// Builds the example; gives the folder that its component is put into.
pub(crate) fn components() -> anyhow::Result<PathBuf> {
    let folder = target_dir().join("interpreted");
    fs::create_dir_all(&folder).with_context(|| format!("{} can't be made", folder.display()))?;
    let rule = RuleFolder::at(&root().join(FOLDERS[1]))?;
    let component = rule.build(Voice::Aloud)?;
    let copy = folder.join(format!("{}.wasm", rule.package()));
    fs::copy(&component, &copy).with_context(|| format!("{} can't be written", copy.display()))?;
    Ok(folder)
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
