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

/// Node stops for good at its own end once in a great many runs (<https://github.com/nodejs/node/issues/54918>): what has not
/// ended after ten minutes is started once more, where the system can end it.
const IN_TIME: &str = "in_time() {
    command -v timeout >/dev/null || { \"$@\"; return; }
    timeout 600 \"$@\" || { [ $? = 124 ] && timeout 600 \"$@\"; }
}";

/// Installs what the lock files name, if it is not there; then types, style and tests of each folder.
pub(crate) fn tests() -> Command {
    let steps = FOLDERS.map(|folder| {
        let folder = root().join(folder);
        let folder = folder.display();
        let install = "in_time npm ci --ignore-scripts --no-audit --no-fund --prefer-offline";
        format!("cd '{folder}' && {{ test -d node_modules || {install}; }} && in_time npm run lint && in_time npm test")
    });
    program("sh", &["-c", &format!("{IN_TIME}\n{}", steps.join(" && "))])
}
