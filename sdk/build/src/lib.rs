//! From a rule's crate to a component: a core module for a target without WASI, wrapped so that it imports nothing but
//! the contract. `plaudit plugin build`, `cargo xtask plugins` and the tests all build with this.

use std::{
    env,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use serde::Deserialize;
use wit_component::{
    ComponentEncoder,
    metadata::{self, Bindgen},
};

mod native;

/// The one target whose modules import no WASI.
pub const TARGET: &str = "wasm32-unknown-unknown";
/// Folder of the target directory in which components are put.
pub const PLUGINS: &str = "plugins";

/// Why there is no component.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A program is not installed, or may not be started.
    #[error("`{program}` can't be started: {source}; install Rust from https://rustup.rs")]
    NotStarted {
        /// Which.
        program: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The target is not there, and rustup can't add it.
    #[error(
        "the target {TARGET} is missing: run `rustup target add {TARGET}`; without rustup, install the Rust standard \
         library for it"
    )]
    NoTarget,
    /// The compiler said no, on standard error.
    #[error("the crate does not build ({status}); to repeat: {command}{said}")]
    Failed {
        /// As a person would type it.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// What it said, if that was not shown as it came.
        said: String,
    },
    /// There is no crate.
    #[error("{folder} is no rule's crate: {why}")]
    NoCrate {
        /// Where.
        folder: String,
        /// What is missing.
        why: String,
    },
    /// A file can't be read or written.
    #[error("{file} can't be read or written: {source}")]
    Io {
        /// Which.
        file: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A module that is no rule.
    #[error("{module} is no rule: {why}; does its crate end with `plaudit_sdk::export!(…)`?")]
    NoRule {
        /// The module.
        module: String,
        /// What the encoder says.
        why: String,
    },
}

/// Where the words of cargo go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// To this process's own output.
    Aloud,
    /// Into the error, if it fails.
    Quiet,
}

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
        let no_crate = |why: String| BuildError::NoCrate {
            folder: folder.display().to_string(),
            why: why.trim().to_owned(),
        };
        let manifest = folder.join("Cargo.toml");
        if !manifest.is_file() {
            return Err(no_crate(
                "it has no Cargo.toml; go to your rule's folder, name a component, or begin with `plaudit plugin new`"
                    .to_owned(),
            ));
        }
        let manifest = fs::canonicalize(&manifest).map_err(|source| at(&manifest, source))?;
        let mut command = cargo();
        command.args(["metadata", "--no-deps", "--format-version", "1", "--manifest-path"]).arg(&manifest);
        let output = command.output().map_err(|source| not_started(&command, source))?;
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

    /// What runs the crate's own tests: `cargo test`, to be started by the caller.
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
        finish(command, self.voice)?;
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
    let sysroot = rustc.output().map_err(|source| not_started(&rustc, source))?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim());
    if sysroot.join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    let mut rustup = Command::new("rustup");
    rustup.args(["target", "add", TARGET]);
    finish(rustup, voice).map_err(|_| BuildError::NoTarget)
}

/// A core module as a component.
///
/// # Errors
/// The module is no rule.
pub fn componentize(name: &str, module: &[u8]) -> Result<Vec<u8>, BuildError> {
    let no_rule = |why: String| BuildError::NoRule { module: name.to_owned(), why };
    // Without the contract's section, an empty component comes out, which only the server would refuse.
    let known = metadata::decode(module).map_err(|error| no_rule(format!("{error:#}")))?;
    let (_, Bindgen { resolve, world, .. }) = known;
    if resolve.worlds[world].exports.is_empty() {
        return Err(no_rule("it does not speak the contract".to_owned()));
    }
    let encode = || ComponentEncoder::default().validate(true).module(module)?.encode();
    encode().map_err(|error| no_rule(format!("{error:#}")))
}

/// Wraps a module's file as a component's, written whole or not at all.
///
/// # Errors
/// The module is no rule, or the disk says no.
pub fn write_component(module: &Path, component: &Path) -> Result<(), BuildError> {
    let bytes = fs::read(module).map_err(|source| at(module, source))?;
    let encoded = componentize(&module.display().to_string(), &bytes)?;
    if let Some(folder) = component.parent() {
        fs::create_dir_all(folder).map_err(|source| at(folder, source))?;
    }
    let part = component.with_extension("part");
    fs::write(&part, encoded).map_err(|source| at(&part, source))?;
    fs::rename(&part, component).map_err(|source| at(component, source))
}

fn at(file: &Path, source: io::Error) -> BuildError {
    BuildError::Io { file: file.display().to_string(), source }
}

fn not_started(command: &Command, source: io::Error) -> BuildError {
    BuildError::NotStarted { program: command.get_program().to_string_lossy().into_owned(), source }
}

/// The cargo that called us, or the one on the path.
fn cargo() -> Command {
    Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")))
}

fn finish(mut command: Command, voice: Voice) -> Result<(), BuildError> {
    let (status, said) = match voice {
        Voice::Aloud => {
            // What a build prints is no result of ours: all of it goes to standard error.
            let status = command.stdout(Stdio::null()).status();
            (status.map_err(|source| not_started(&command, source))?, String::new())
        }
        Voice::Quiet => {
            let output = command.output().map_err(|source| not_started(&command, source))?;
            (output.status, format!("\n{}", String::from_utf8_lossy(&output.stderr).trim_end()))
        }
    };
    if status.success() {
        return Ok(());
    }
    Err(BuildError::Failed { command: typed(&command), status, said })
}

/// How a person would type it.
pub fn typed(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(name).chain(command.get_args()).map(|word| {
        let word = word.to_string_lossy();
        if word.contains([' ', '"', '*']) { format!("'{word}'") } else { word.into_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_crate_says_what_to_do() {
        let folder = tempfile::tempdir().expect("a folder");
        let message = RuleCrate::at(folder.path()).expect_err("no crate").to_string();
        assert!(message.contains("has no Cargo.toml") && message.contains("plaudit plugin new"), "{message}");
    }

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
    fn a_module_without_the_contract_is_no_rule() {
        let message = componentize("m.wasm", b"\0asm\x01\0\0\0").expect_err("empty").to_string();
        assert!(message.starts_with("m.wasm is no rule") && message.contains("export!"), "{message}");
    }

    #[test]
    fn a_missing_target_is_no_mystery() {
        assert!(BuildError::NoTarget.to_string().contains("rustup target add wasm32-unknown-unknown"));
    }
}
