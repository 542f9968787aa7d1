//! The virtual environment that a rule is built in: pinned versions, checked by their hashes.

use std::{
    env,
    ffi::OsString,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Voice,
    command::{finish_soon, typed},
    error::BuildError,
};

/// Where Python comes from.
pub(super) const INSTALL: &str = "install Python 3.11 or newer from https://www.python.org";
/// The versions that the SDK is tested with; a rule's own lock goes before it.
const LOCK: &str = include_str!("../../../python/requirements.lock");
/// A rule's own lock.
const OWN_LOCK: &str = "requirements.lock";
/// Says what is in an environment, so that it is made anew when that changes.
const STAMP: &str = "plaudit.stamp";
/// Prints whether a Python will do, and its version.
const VERSION: &str = "import sys; print(int(sys.version_info >= (3, 11)), '%d.%d' % sys.version_info[:2])";
/// Prints where an environment has its packages.
const PACKAGES: &str = "import sysconfig; print(sysconfig.get_path('purelib'))";

/// A rule's environment.
#[derive(Debug)]
pub(super) struct Environment<'a> {
    folder: PathBuf,
    lock: String,
    sdk: &'a Path,
}

impl<'a> Environment<'a> {
    /// That of a rule's folder: `.venv` in it, or the one that `PLAUDIT_VENV` names.
    pub(super) fn of(rule: &Path, sdk: &'a Path) -> Self {
        Self::at(env::var_os("PLAUDIT_VENV").map_or_else(|| rule.join(".venv"), PathBuf::from), rule, sdk)
    }

    /// In this folder, with the versions of a rule.
    pub(super) fn at(folder: PathBuf, rule: &Path, sdk: &'a Path) -> Self {
        let lock = fs::read_to_string(rule.join(OWN_LOCK)).unwrap_or_else(|_| LOCK.to_owned());
        Self { folder, lock, sdk }
    }

    /// Its interpreter. The environment is made first if it is not there, or is another.
    pub(super) fn ready(&self, voice: Voice) -> Result<PathBuf, BuildError> {
        if self.is_ready() {
            return Ok(self.python());
        }
        let python = python()?;
        // Several builds may want the same environment: one makes it, the others wait.
        let _guard = self.locked()?;
        if self.is_ready() {
            return Ok(self.python());
        }
        if voice == Voice::Aloud {
            eprintln!("making the environment {}; this takes a while, once", self.folder.display());
        }
        let mut made = Command::new(python);
        made.args(["-m", "venv"]).arg(&self.folder);
        self.step(made, "on Debian and Ubuntu, `apt install python3-venv` adds what is missing")?;
        self.install()?;
        let stamp = self.folder.join(STAMP);
        fs::write(&stamp, self.stamp()).map_err(|source| BuildError::at(&stamp, source))?;
        Ok(self.python())
    }

    fn is_ready(&self) -> bool {
        fs::read_to_string(self.folder.join(STAMP)).is_ok_and(|text| text == self.stamp())
    }

    fn locked(&self) -> Result<File, BuildError> {
        let file = self.folder.join("plaudit.lock");
        let lock = || -> io::Result<File> {
            fs::create_dir_all(&self.folder)?;
            let lock = File::create(&file)?;
            lock.lock()?;
            Ok(lock)
        };
        lock().map_err(|source| BuildError::at(&file, source))
    }

    fn install(&self) -> Result<(), BuildError> {
        let lock = self.folder.join(OWN_LOCK);
        fs::write(&lock, &self.lock).map_err(|source| BuildError::at(&lock, source))?;
        let mut pip = Command::new(self.python());
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
        pip.args(["--require-hashes", "--requirement"]).arg(&lock);
        let advice = "pip fetches from the index that it is set to: is that within reach?";
        self.step(pip, advice)?;
        self.link()
    }

    /// Puts the SDK into it, as an editable install would do it, but without a build.
    fn link(&self) -> Result<(), BuildError> {
        let mut asked = Command::new(self.python());
        asked.args(["-c", PACKAGES]);
        let output = asked.output().map_err(|source| BuildError::not_started(&asked, INSTALL, source))?;
        let packages = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        let link = packages.join("plaudit-sdk.pth");
        let text = format!("{}\n", self.sdk.join("src").display());
        fs::write(&link, text).map_err(|source| BuildError::at(&link, source))
    }

    fn step(&self, command: Command, advice: &str) -> Result<(), BuildError> {
        let repeat = typed(&command);
        finish_soon(command, INSTALL, Voice::Quiet).map_err(|error| match error {
            BuildError::Failed { said, .. } => BuildError::Environment {
                folder: self.folder.display().to_string(),
                said: format!("`{repeat}` fails:{said}"),
                advice: advice.to_owned(),
            },
            other => other,
        })
    }

    fn python(&self) -> PathBuf {
        self.folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
    }

    fn stamp(&self) -> String {
        format!("sdk {}\n{}", self.sdk.display(), self.lock)
    }
}

/// A Python that will do: `PLAUDIT_PYTHON`, or the one on the path.
fn python() -> Result<OsString, BuildError> {
    let candidates = match env::var_os("PLAUDIT_PYTHON") {
        Some(named) => vec![named],
        None => ["python3", "python"].map(OsString::from).to_vec(),
    };
    let mut seen = Vec::new();
    for candidate in candidates {
        let shown = candidate.to_string_lossy().into_owned();
        match Command::new(&candidate).args(["-c", VERSION]).output() {
            Ok(output) => match String::from_utf8_lossy(&output.stdout).trim().split_once(' ') {
                Some(("1", _)) => return Ok(candidate),
                Some((_, version)) => seen.push(format!("`{shown}` is {version}")),
                None => seen.push(format!("`{shown}` is no Python")),
            },
            Err(error) => seen.push(format!("`{shown}`: {error}")),
        }
    }
    Err(BuildError::NoPython { seen: seen.join(", ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_has_a_hash_for_everything_and_names_no_host() {
        let pinned = LOCK.lines().filter(|line| line.contains("==")).count();
        assert!(pinned >= 4, "componentize-py, mypy, pytest, ruff and what they need, found {pinned}");
        for entry in LOCK.split("\n").filter(|line| line.contains("==")) {
            assert!(entry.ends_with('\\'), "{entry} has no hash");
        }
        assert!(!LOCK.contains("://"), "the lock names a host");
    }

    #[test]
    fn another_lock_is_another_environment() {
        let rule = tempfile::tempdir().expect("a folder");
        let stamp = |sdk: &str| Environment::of(rule.path(), Path::new(sdk)).stamp();
        let theirs = stamp("sdk");
        assert_ne!(theirs, stamp("another"));
        fs::write(rule.path().join(OWN_LOCK), "componentize-py==0.25.1").expect("written");
        assert_ne!(theirs, stamp("sdk"));
    }
}
