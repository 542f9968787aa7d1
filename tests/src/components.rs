//! Rules of this workspace as components, built when a test first asks for one.

use std::{
    env, fs,
    path::PathBuf,
    process::Command,
    sync::{Mutex, PoisonError},
};

use anyhow::{Context, bail};
use wit_component::ComponentEncoder;

/// What rules are compiled for: with no WASI there is nothing but the contract to import.
const TARGET: &str = "wasm32-unknown-unknown";

/// Builds a package of this workspace for Wasm and makes a component of it. The first build takes a minute, later ones
/// are cargo's cache.
///
/// # Errors
/// When the package does not build, as when the target is not installed (`rustup target add wasm32-unknown-unknown`),
/// or does not keep to the contract.
pub fn build_component(package: &str) -> anyhow::Result<Vec<u8>> {
    // Several tests at once would only wait for cargo's lock, and print about it.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    // A folder of its own: the outer cargo may hold the lock of the usual one.
    let target = env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| workspace.join("target"), PathBuf::from)
        .join("guests");
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .current_dir(&workspace)
        .args(["build", "--release", "--target", TARGET, "--package", package, "--target-dir"])
        .arg(&target)
        .output()
        .context("cargo did not start")?;
    if !output.status.success() {
        bail!("{package} does not build for {TARGET}:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    let module = target.join(TARGET).join("release").join(format!("{}.wasm", package.replace('-', "_")));
    let module = fs::read(&module).with_context(|| format!("no {}", module.display()))?;
    ComponentEncoder::default()
        .validate(true)
        .module(&module)
        .and_then(|encoder| encoder.encode())
        .with_context(|| format!("{package} does not become a component"))
}
