//! Pictures of the main pages: a demo's day, and a real browser that looks at it.

use std::path::PathBuf;

use anyhow::anyhow;

use crate::{
    browser, plugins,
    run::{cargo, finish, program, root, target_dir},
};

/// Takes them into `out`, or `target/screenshots`.
pub(crate) fn run(out: Option<PathBuf>) -> anyhow::Result<()> {
    browser::ensure().map_err(|why| anyhow!(why))?;
    plugins::build()?;
    // With the tests, so that features and with them what is built already are theirs.
    finish(cargo(&["build", "--workspace", "--bin", "plaudit", "--bin", "screenshots", "--tests"]))?;
    let built = target_dir().join("debug");
    let mut command = program(built.join("screenshots"), &[]);
    command.arg(built.join("plaudit")).arg(target_dir().join("plugins"));
    command.arg(root().join("examples/a-day-at-work/incentives.toml"));
    command.arg(out.unwrap_or_else(|| target_dir().join("screenshots")));
    finish(command)
}
