//! Rules of this workspace as components, built when a test first asks for one.

use std::{
    env, fs,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use anyhow::Context;
use plaudit_build::{Modules, Voice, componentize};

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
    let modules = Modules { workspace: &workspace, target_dir: &target, voice: Voice::Quiet };
    let module = modules.build(&[package])?.remove(0);
    let bytes = fs::read(&module).with_context(|| format!("no {}", module.display()))?;
    Ok(componentize(package, &bytes)?)
}
