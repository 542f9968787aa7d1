//! Other people's programs that tests hold ours against, from npm and PyPI, installed under cargo's target folder.
//!
//! Where node, Python or the registries are missing, a test says that it left something out and proves nothing; with
//! `PLAUDIT_INTEROP=required` (as in CI) it fails instead.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::script::told_left_out;

/// The note in a folder of what was installed there; it is written last.
const NOTE: &str = "installed";
/// Node stops for good at its own end once in a great many runs; installing takes a minute at most.
const PATIENCE_S: &str = "300";

/// The scripts that speak to these programs, `tests/interop`.
#[must_use]
pub fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("interop")
}

/// What the command prints, or what it said when it failed. It is ended when it takes too long, where there is `timeout`.
///
/// # Errors
///
/// The command, and what it said.
pub fn run(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("{command:?}: {e}"))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(said);
    }
    Err(format!("{command:?}: {said}\n{}", String::from_utf8_lossy(&output.stderr).trim()))
}

/// The program, in the hands of `timeout` where there is one.
fn in_time(program: &Path) -> Command {
    let has_timeout = Command::new("timeout").arg("--version").output().is_ok_and(|o| o.status.success());
    if !has_timeout {
        return Command::new(program);
    }
    let mut command = Command::new("timeout");
    command.arg(PATIENCE_S).arg(program);
    command
}

/// `folder` with packages of npm in its `node_modules`, such as `axe-core@4.14.1`.
///
/// # Errors
///
/// What could not be installed, and why.
pub fn npm(folder: &Path, packages: &[&str]) -> Result<PathBuf, String> {
    once(folder, packages, || {
        fs::write(folder.join("package.json"), "{\"private\":true}").map_err(|e| e.to_string())?;
        let install = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];
        run(in_time(Path::new("npm")).args(install).args(packages).current_dir(folder)).map(drop)
    })?;
    // Packages without node would be no use.
    run(in_time(Path::new("node")).arg("--version"))?;
    Ok(folder.to_owned())
}

/// The `bin` of an environment of Python in `folder`, with packages of PyPI, such as `aiosmtpd==1.4.6`.
///
/// # Errors
///
/// What could not be installed, and why.
pub fn python(folder: &Path, packages: &[&str]) -> Result<PathBuf, String> {
    let bin = folder.join("bin");
    once(folder, packages, || {
        run(in_time(Path::new("python3")).args(["-m", "venv"]).arg(folder))?;
        let install = ["-m", "pip", "install", "--quiet"];
        run(in_time(&bin.join("python")).args(install).args(packages)).map(drop)
    })?;
    Ok(bin)
}

/// Fills the folder, once for all tests that run at the same time: each may be a process of its own.
fn once(
    folder: &Path,
    packages: &[&str],
    install: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let (note, wanted) = (folder.join(NOTE), packages.join("\n"));
    let prepared = || -> io::Result<File> {
        fs::create_dir_all(folder.parent().unwrap_or(folder))?;
        let lock = File::create(folder.with_extension("lock"))?;
        lock.lock()?;
        Ok(lock)
    };
    let _lock = prepared().map_err(|e| format!("{}: {e}", folder.display()))?;
    if fs::read_to_string(&note).is_ok_and(|has| has == wanted) {
        return Ok(());
    }
    // What is there is older, or was left half way.
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    install()?;
    fs::write(&note, wanted).map_err(|e| format!("{}: {e}", note.display()))
}

/// `None`, and a plain word about it, where something is missing.
///
/// # Panics
///
/// Where it is missing and `PLAUDIT_INTEROP=required`.
pub fn or_left_out<T>(what: &str, result: Result<T, String>) -> Option<T> {
    match result {
        Ok(found) => Some(found),
        Err(why) if std::env::var("PLAUDIT_INTEROP").is_ok_and(|v| v == "required") => {
            panic!("{what} is required here and can't be installed: {why}")
        }
        Err(why) => {
            told_left_out(what, &format!("nothing was proven, it can't be installed: {why}"));
            None
        }
    }
}
