//! Rules in Python: their SDK and the first rule, tested where a Python is.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use plaudit_build::{BuildError, Voice, python_environment};

use crate::run::{finish, root, target_dir};

/// Folders with a `pyproject.toml` that says how they are tested.
pub(crate) const FOLDERS: [&str; 2] = ["sdk/python", "examples/first-rule-py"];

/// An interpreter with what the tests need; kept between runs.
pub(crate) fn environment() -> Result<PathBuf, BuildError> {
    python_environment(&target_dir().join("python"), &root().join("sdk/python"), Voice::Aloud)
}

/// Builds the example; gives the folder that its component is put into.
pub(crate) fn components(python: &Path) -> anyhow::Result<PathBuf> {
    let folder = target_dir().join("interpreted");
    let component = folder.join("first-rule-py.wasm").display().to_string();
    finish(module(python, FOLDERS[1], &["plaudit.build", ".", "--output", &component]))?;
    Ok(folder)
}

/// Types and style.
pub(crate) fn lint(python: &Path, folder: &str) -> anyhow::Result<()> {
    for arguments in [&["mypy"][..], &["ruff", "check"], &["ruff", "format", "--check"]] {
        finish(module(python, folder, arguments))?;
    }
    Ok(())
}

/// Its own tests.
pub(crate) fn tests(python: &Path, folder: &str) -> Command {
    module(python, folder, &["pytest", "--quiet"])
}

fn module(python: &Path, folder: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(python);
    command.arg("-m").args(arguments).current_dir(root().join(folder));
    command
}
