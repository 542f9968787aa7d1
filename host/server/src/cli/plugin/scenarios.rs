//! The rule's own tests, run once more with the built component on their stages.

use std::{env, fs, path::Path};

use anyhow::Context;
use plaudit_build::{RuleFolder, Voice, typed};
use serde::Serialize;

use super::component::{COMPILED, Component, Workshop};

/// Lines of the tests' output that are shown when they fail.
const LINES_SHOWN: usize = 60;

/// What came of them.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Scenarios {
    /// Tests that passed.
    pub(super) passed: u64,
    /// Tests that failed.
    pub(super) failed: u64,
    /// Whether one of them had the component on its stage.
    pub(super) on_stage: bool,
    /// How the tests end, if they fail.
    #[serde(skip)]
    pub(super) said: Option<String>,
    /// What to type to run them alone.
    pub(super) command: String,
}

/// Runs the crate's tests against the component.
pub(super) fn run(
    rule: &RuleFolder,
    component: &Component,
    workshop: &Workshop,
) -> anyhow::Result<Scenarios> {
    let signs = tempfile::tempdir().context("there is no folder for signs")?;
    let played = signs.path().join("played");
    let path =
        fs::canonicalize(&component.path).with_context(|| format!("{} is gone", component.path.display()))?;
    let mut command = rule.tests(false, Voice::Quiet)?;
    command.env("PLAUDIT_ENGINE", "component").env("PLAUDIT_COMPONENT", &path);
    command.env("PLAUDIT_TOOL", env::current_exe().context("the program can't find itself")?);
    command.env(COMPILED, workshop.compiled()).env("PLAUDIT_PLAYED", &played);
    let output = command.output().with_context(|| format!("{} can't be started", typed(&command)))?;
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    let (passed, failed) = counted(&text);
    Ok(Scenarios {
        passed,
        failed,
        on_stage: played.exists(),
        said: (!output.status.success()).then(|| last_lines(&text)),
        command: format!("PLAUDIT_ENGINE=component PLAUDIT_COMPONENT={} {}", shown(&path), typed(&command)),
    })
}

/// Tests that passed and failed, by what the test programs say.
fn counted(text: &str) -> (u64, u64) {
    let mut sums = (0, 0);
    for line in text.lines().filter(|line| line.starts_with("test result: ")) {
        let count = |word: &str| {
            let before = line.split(word).next().filter(|before| before.len() < line.len())?;
            before.trim_end().rsplit([' ', ';']).next()?.parse::<u64>().ok()
        };
        sums.0 += count(" passed").unwrap_or(0);
        sums.1 += count(" failed").unwrap_or(0);
    }
    sums
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(LINES_SHOWN)..].join("\n")
}

fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if text.contains(' ') { format!("'{text}'") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_counted_over_all_programs() {
        let text = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 0 ignored; finished in 0.01s\n\
                    test result: FAILED. 1 passed; 12 failed; 0 ignored; finished in 0.01s\nother 5 passed\n";
        assert_eq!(counted(text), (4, 12));
        assert_eq!(counted(""), (0, 0));
    }
}
