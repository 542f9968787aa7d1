//! Rules in Rust: a crate that makes a `cdylib`.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde::Deserialize;

use crate::{PLUGINS, Voice, command::finish, component::write_component, error::BuildError};

/// The one target whose modules import no WASI.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// Where cargo, rustc and rustup come from.
pub(crate) const INSTALL: &str = "install Rust from https://rustup.rs";

/// A crate that is a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCrate {
    /// Its package.
    pub package: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Where cargo builds it.
    pub target_dir: PathBuf,
    /// The folder of its workspace, where `Cargo.lock` is.
    pub workspace: PathBuf,
    /// Whether other crates, such as its tests, can use it.
    pub makes_library: bool,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
    workspace_root: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    crate_types: Vec<String>,
}

impl RuleCrate {
    /// The crate in a folder.
    ///
    /// # Errors
    /// There is none, or it makes no `cdylib`.
    pub fn at(folder: &Path) -> Result<Self, BuildError> {
        let no_crate = |why: String| BuildError::no_rule_folder(folder, why);
        let manifest = folder.join("Cargo.toml");
        let manifest = fs::canonicalize(&manifest).map_err(|source| BuildError::at(&manifest, source))?;
        let mut command = cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]).arg(&manifest);
        let output = command.output().map_err(|source| BuildError::not_started(&command, INSTALL, source))?;
        if !output.status.success() {
            return Err(no_crate(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        let metadata: Metadata =
            serde_json::from_slice(&output.stdout).map_err(|error| no_crate(error.to_string()))?;
        let package = metadata
            .packages
            .into_iter()
            .find(|package| fs::canonicalize(&package.manifest_path).is_ok_and(|path| path == manifest));
        let package = package.ok_or_else(|| no_crate("its Cargo.toml describes no package".to_owned()))?;
        let makes_module = |target: &Target| target.crate_types.iter().any(|kind| kind == "cdylib");
        if !package.targets.iter().any(makes_module) {
            return Err(no_crate(format!(
                "the package {} makes no `cdylib`: write crate-type = [\"cdylib\", \"rlib\"] under [lib] in its Cargo.toml",
                package.name
            )));
        }
        let folder = manifest.parent().unwrap_or(folder).to_owned();
        let is_library = |kind: &String| matches!(kind.as_str(), "rlib" | "lib");
        Ok(Self {
            makes_library: package.targets.iter().any(|target| target.crate_types.iter().any(is_library)),
            package: package.name,
            folder,
            target_dir: metadata.target_directory,
            workspace: metadata.workspace_root,
        })
    }

    /// What runs the crate's own tests, to be started by the caller: `cargo test`.
    pub fn tests(&self) -> Command {
        let mut command = cargo();
        command.current_dir(&self.folder).args(["test", "--no-fail-fast", "--package", &self.package]);
        command.arg("--target-dir").arg(&self.target_dir);
        command
    }

    /// Builds it and puts the component to `<target dir>/plugins/<package>.wasm`; gives that path.
    ///
    /// # Errors
    /// The target is missing, the crate does not build, or is no rule.
    pub fn build(&self, voice: Voice) -> Result<PathBuf, BuildError> {
        ensure_target(voice)?;
        let modules = Modules { workspace: &self.folder, target_dir: &self.target_dir, voice };
        let module = modules.build(&[&self.package])?.remove(0);
        let component = self.target_dir.join(PLUGINS).join(format!("{}.wasm", self.package));
        write_component(&module, &component)?;
        Ok(component)
    }
}

/// Builds packages as core modules.
#[derive(Clone, Copy, Debug)]
pub struct Modules<'a> {
    /// Cargo is started here.
    pub workspace: &'a Path,
    /// Cargo builds here.
    pub target_dir: &'a Path,
    /// Where its words go.
    pub voice: Voice,
}

impl Modules<'_> {
    /// One module per package, in their order.
    ///
    /// # Errors
    /// Cargo fails.
    pub fn build(&self, packages: &[&str]) -> Result<Vec<PathBuf>, BuildError> {
        let mut command = cargo();
        command.current_dir(self.workspace).args(["build", "--release", "--lib", "--target", TARGET]);
        command.arg("--target-dir").arg(self.target_dir);
        command.args(packages.iter().flat_map(|package| ["--package", package]));
        finish(command, INSTALL, self.voice)?;
        let folder = self.target_dir.join(TARGET).join("release");
        Ok(packages
            .iter()
            .map(|package| folder.join(format!("{}.wasm", package.replace('-', "_"))))
            .collect())
    }
}

/// Adds the target through rustup if it is missing.
///
/// # Errors
/// It is missing and can't be added.
pub fn ensure_target(voice: Voice) -> Result<(), BuildError> {
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.args(["--print", "sysroot"]);
    let sysroot = rustc.output().map_err(|source| BuildError::not_started(&rustc, INSTALL, source))?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim());
    if sysroot.join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]);
    finish(rustup, INSTALL, voice).map_err(|_| BuildError::NoTarget)
}

/// The cargo that called us, or the one on the path.
pub(crate) fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_that_makes_no_module_says_what_to_write() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("src")).expect("src");
        fs::write(folder.path().join("src/lib.rs"), "").expect("lib.rs");
        let manifest = "[package]\nname = \"plain\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n";
        fs::write(folder.path().join("Cargo.toml"), manifest).expect("Cargo.toml");
        let message = RuleCrate::at(folder.path()).expect_err("no cdylib").to_string();
        assert!(message.contains("plain makes no `cdylib`") && message.contains("crate-type"), "{message}");
    }

    #[test]
    fn a_missing_target_is_no_mystery() {
        assert!(BuildError::NoTarget.to_string().contains("rustup target add wasm32-unknown-unknown"));
    }
}
