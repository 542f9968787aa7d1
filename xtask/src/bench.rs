//! The benches live in the tests' room, because they need the whole house; this builds what they start and starts them.

use crate::{
    plugins,
    run::{cargo, finish},
};

pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let has = |name: &str| args.iter().any(|arg| arg == name);
    if !has("--help") && !has("-h") {
        eprintln!("{}", how_long(has("--quick")));
    }
    plugins::build()?;
    // Of the whole workspace and with the bench both times: another selection has other features, and builds wasmtime again.
    finish(cargo(&["build", "--release", "--workspace", "--bin", "plaudit", "--bench", "house"]))?;
    let mut command = cargo(&["bench", "--workspace", "--bench", "house"]);
    if !args.is_empty() {
        command.arg("--").args(args);
    }
    finish(command)
}

/// What to expect: as measured on two cores.
fn how_long(quick: bool) -> &'static str {
    if quick {
        "building in release first; then a few minutes"
    } else {
        "building in release first; then about forty minutes, half of them for ten million events (--quick: a few)"
    }
}
