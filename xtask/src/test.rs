//! Everything that must be green, in stages: the cheap and telling ones first.

use std::{
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use plaudit_build::BuildError;

use crate::{
    book, browser, node, plugins, python,
    run::{cargo, finish, has_subcommand, typed},
};

/// Tests that passed and failed, as the runners say it themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
}

pub(crate) fn run() -> anyhow::Result<()> {
    let mut stages = Stages::default();
    stages.play("format", || finish(cargo(&["fmt", "--all", "--", "--check"])))?;
    let clippy = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    stages.play("clippy", || finish(cargo(&clippy)))?;
    stages.play("guests", || plugins::build().map(drop))?;
    // Stories run the program; a test run by itself builds libraries only.
    stages.play("program", || finish(cargo(&["build", "--workspace", "--bin", "plaudit"])))?;
    let nextest = has_subcommand("nextest");
    let mut tests = if nextest {
        cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "--color", "never"])
    } else {
        cargo(&["test", "--workspace", "--all-targets", "--no-fail-fast"])
    };
    // The conformance suite takes whatever stands there beside the plugins of the workspace.
    if plaudit_build::missing_for_typescript().is_none() {
        tests.env(node::MORE_COMPONENTS, stages.play("typescript", node::components)?);
    }
    let python = python::environment();
    if let Ok(python) = &python {
        tests.env(node::MORE_COMPONENTS, stages.play("python", || python::components(python))?);
    }
    if let Err(why) = browser::ensure() {
        stages.left_out.push(format!("left out: pages in a browser: {why}"));
    }
    stages.count("tests", tests)?;
    stages.count("doc tests", cargo(&["test", "--workspace", "--doc", "--no-fail-fast"]))?;
    stages.typescript()?;
    stages.python(python)?;
    if book::mdbook().is_some() {
        stages.play("book", || book::run(false))?;
    } else {
        eprintln!("── book: left out, mdbook is not here; `tests/tests/book.rs` has checked pages and links");
    }
    stages.tell();
    Ok(())
}

#[derive(Default)]
struct Stages {
    done: Vec<(&'static str, Duration)>,
    counts: Counts,
    /// What was not played, and why.
    left_out: Vec<String>,
}

impl Stages {
    fn play<T>(
        &mut self,
        name: &'static str,
        stage: impl FnOnce() -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        eprintln!("── {name}");
        let start = Instant::now();
        let result = stage();
        self.done.push((name, start.elapsed()));
        if result.is_err() {
            self.tell();
        }
        result.with_context(|| format!("the stage “{name}” failed"))
    }

    fn count(&mut self, name: &'static str, command: Command) -> anyhow::Result<()> {
        let mut counts = Counts::default();
        let result = self.play(name, || {
            let (counted, result) = counted(command)?;
            counts = counted;
            Ok(result)
        })?;
        self.counts.passed += counts.passed;
        self.counts.failed += counts.failed;
        if result.is_err() {
            self.tell();
        }
        result.with_context(|| format!("the stage “{name}” failed"))
    }

    /// The SDK for TypeScript and the first rule in it: types, style and tests of each.
    fn typescript(&mut self) -> anyhow::Result<()> {
        match plaudit_build::missing_for_typescript() {
            None => self.count("typescript", node::tests()),
            Some(why) => {
                self.left_out.push(format!("left out: rules in TypeScript: {why}"));
                Ok(())
            }
        }
    }

    /// The SDK for Python and the first rule in it, each checked, linted and tested in one environment.
    fn python(&mut self, environment: Result<PathBuf, BuildError>) -> anyhow::Result<()> {
        let python = match environment {
            Ok(python) => python,
            Err(why) => {
                self.left_out.push(format!("left out: rules in Python: {why}"));
                return Ok(());
            }
        };
        for folder in python::FOLDERS {
            self.play("python", || python::lint(&python, folder))?;
            self.count("python", python::tests(&python, folder))?;
        }
        Ok(())
    }

    fn tell(&self) {
        eprintln!();
        for (name, took) in &self.done {
            eprintln!("{name:<10} {:>7.1} s", took.as_secs_f64());
        }
        // Without a test runner that spoke, there is nothing honest to say.
        if self.counts != Counts::default() {
            eprintln!("{} passed, {} failed", self.counts.passed, self.counts.failed);
        }
        for line in &self.left_out {
            eprintln!("{line}");
        }
    }
}

/// Runs a test command, shows what it says and reads its own summary lines.
fn counted(mut command: Command) -> anyhow::Result<(Counts, anyhow::Result<()>)> {
    // nextest speaks on the error stream, cargo test on the output.
    let nextest = command.get_args().next().is_some_and(|arg| arg == "nextest");
    let quoted = typed(&command);
    if nextest {
        command.stderr(Stdio::piped())
    } else {
        command.stdout(Stdio::piped())
    };
    let mut child = command.spawn().with_context(|| format!("`{quoted}` can't be started"))?;
    let stream: Option<Box<dyn std::io::Read>> = match (child.stderr.take(), child.stdout.take()) {
        (Some(stream), _) => Some(Box::new(stream)),
        (None, Some(stream)) => Some(Box::new(stream)),
        (None, None) => None,
    };
    let mut counts = Counts::default();
    for line in stream.into_iter().flat_map(|stream| BufReader::new(stream).split(b'\n')) {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        eprintln!("{line}");
        if let Some(more) = summary(&line) {
            counts.passed += more.passed;
            counts.failed += more.failed;
        }
    }
    let status = child.wait()?;
    let result = (|| {
        if !status.success() {
            bail!("failed ({status}); to repeat: {quoted}");
        }
        Ok(())
    })();
    Ok((counts, result))
}

/// Reads `test result: ok. 3 passed; 0 failed; …`, `Summary [ 1.2s] 42 tests run: 40 passed (1 slow), 2 failed, …`,
/// pytest's `1 failed, 3 passed in 0.31s`, or Node's `# pass 19` and `# fail 0`, which newer ones begin with an `ℹ`.
fn summary(line: &str) -> Option<Counts> {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) {
        let (what, number) = rest.split_once(' ')?;
        let number = number.parse().ok()?;
        return match what {
            "pass" => Some(Counts { passed: number, failed: 0 }),
            "fail" => Some(Counts { passed: 0, failed: number }),
            _ => None,
        };
    }
    let counts =
        line.strip_prefix("test result: ").and_then(|rest| rest.split_once(". ")).map(|(_, rest)| rest);
    let counts = counts.or_else(|| {
        line.strip_prefix("Summary ").and_then(|rest| rest.split_once("run: ")).map(|(_, rest)| rest)
    });
    let of_pytest = || {
        let (counts, seconds) = line.trim_matches(['=', ' ']).rsplit_once(" in ")?;
        (seconds.ends_with('s') && counts.starts_with(|c: char| c.is_ascii_digit())).then_some(counts)
    };
    let counts = counts.or_else(of_pytest)?;
    let number = |what: &str| {
        counts.split([',', ';']).find_map(|part| {
            let (number, rest) = part.trim().split_once(' ')?;
            rest.starts_with(what).then(|| number.parse().ok())?
        })
    };
    Some(Counts { passed: number("passed").unwrap_or(0), failed: number("failed").unwrap_or(0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runners_own_summaries_are_understood() {
        let cases = [
            ("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out", Some((3, 0))),
            ("test result: FAILED. 7 passed; 2 failed; 0 ignored", Some((7, 2))),
            ("     Summary [   1.204s] 42 tests run: 40 passed (1 slow), 2 failed, 3 skipped", Some((40, 2))),
            ("     Summary [   0.004s] 0 tests run: 0 passed, 0 skipped", Some((0, 0))),
            ("151 passed in 3.12s", Some((151, 0))),
            ("1 failed, 150 passed, 2 skipped in 3.28s", Some((150, 1))),
            ("built 3 components in 2s", None),
            ("# pass 19", Some((19, 0))),
            ("ℹ fail 2", Some((0, 2))),
            ("# tests 21", None),
            ("        PASS [   0.011s] plaudit cli::simulate::tests::a_day", None),
        ];
        for (line, expected) in cases {
            let expected = expected.map(|(passed, failed)| Counts { passed, failed });
            assert_eq!(summary(line), expected, "{line}");
        }
    }
}
