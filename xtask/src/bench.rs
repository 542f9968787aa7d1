//! The benches live in the tests' room, because they need the whole house; this only starts them.

use crate::{
    plugins,
    run::{cargo, finish},
};

pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    plugins::build()?;
    let mut command = cargo(&["bench", "--package", "plaudit-tests"]);
    if !args.is_empty() {
        command.arg("--").args(args);
    }
    finish(command)
}
