//! The demo: build all, then let the real binary play the day.

use anyhow::Context as _;

use crate::{
    plugins,
    run::{cargo, finish, program, root, target_dir},
};

pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let plugins = plugins::build()?;
    finish(cargo(&["build", "--release", "--package", "plaudit", "--bin", "plaudit"]))
        .context("the host could not be built")?;
    let binary = target_dir().join("release").join(format!("plaudit{}", std::env::consts::EXE_SUFFIX));
    let mut command = program(binary, &["demo"]);
    command.arg("--plugins").arg(plugins).args(defaults(args)).args(args);
    finish(command)
}

/// Where data and the example are, unless the caller says otherwise.
fn defaults(args: &[String]) -> Vec<String> {
    let given = |name: &str| args.iter().any(|arg| arg == name || arg.starts_with(&format!("{name}=")));
    let paths = [("--data", "data/demo"), ("--incentives", "examples/a-day-at-work/incentives.toml")];
    let missing = paths.into_iter().filter(|(name, _)| !given(name));
    missing
        .flat_map(|(name, path)| [name.to_owned(), root().join(path).to_string_lossy().into_owned()])
        .collect()
}
