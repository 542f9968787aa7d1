//! Building rules: a core module for a target without WASI, then a component that imports nothing but the contract.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use wit_component::ComponentEncoder;

use crate::run::{cargo, finish, program, root, target_dir};

/// The one target whose modules import no WASI.
const TARGET: &str = "wasm32-unknown-unknown";

/// What becomes a component: the package, and the name of its file.
const RULES: &[(&str, &str)] = &[
    ("plaudit-plugin-contest", "contest"),
    ("plaudit-plugin-lottery", "lottery"),
    ("plaudit-plugin-badges", "badges"),
    ("plaudit-plugin-praise", "praise"),
    ("first-rule", "first-rule"),
    ("bingo-card", "bingo-card"),
    ("team-relay", "team-relay"),
    ("head-to-head", "head-to-head"),
    ("power-hour", "power-hour"),
    ("mystery-box", "mystery-box"),
    ("own-baseline", "own-baseline"),
    ("team-goal", "team-goal"),
    ("race-to-n", "race-to-n"),
    ("gated-speed", "gated-speed"),
    ("elimination", "elimination"),
];

/// Adds the target through rustup if it is missing.
pub(crate) fn ensure_target() -> anyhow::Result<()> {
    let sysroot = program("rustc", &["--print", "sysroot"]).output().context("`rustc` can't be started")?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim());
    if sysroot.join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    finish(program("rustup", &["target", "add", TARGET])).with_context(|| {
        format!("the target {TARGET} is missing; without rustup, install the Rust standard library for it")
    })
}

/// Builds all rules; returns the folder with `<name>.wasm`.
pub(crate) fn build() -> anyhow::Result<PathBuf> {
    ensure_target()?;
    let wasm_dir = target_dir().join("wasm");
    let wasm_dir_text = wasm_dir.to_string_lossy();
    let mut args = vec!["build", "--release", "--lib", "--target", TARGET, "--target-dir", &wasm_dir_text];
    args.extend(RULES.iter().flat_map(|(package, _)| ["--package", package]));
    finish(cargo(&args)).context("the rules could not be built")?;
    let out = target_dir().join("plugins");
    fs::create_dir_all(&out).with_context(|| format!("{} can't be made", out.display()))?;
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} components {msg}")?;
    let bar = ProgressBar::new(RULES.len() as u64).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(100));
    for (package, name) in RULES {
        bar.set_message(*name);
        let module =
            wasm_dir.join(TARGET).join("release").join(format!("{}.wasm", package.replace('-', "_")));
        componentize(&module, &out.join(format!("{name}.wasm")))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    let shown = out.strip_prefix(root()).unwrap_or(&out).display();
    eprintln!("{} components in {shown}", RULES.len());
    Ok(out)
}

/// Wraps a core module as a component, written whole or not at all.
pub(crate) fn componentize(module: &Path, component: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(module).with_context(|| format!("{} can't be read", module.display()))?;
    let encode = || ComponentEncoder::default().validate(true).module(&bytes)?.encode();
    let encoded = encode().with_context(|| {
        format!("{} is no rule; does its crate end with plaudit_sdk::export!(…)?", module.display())
    })?;
    let part = component.with_extension("part");
    fs::write(&part, encoded).with_context(|| format!("{} can't be written", part.display()))?;
    fs::rename(&part, component).with_context(|| format!("{} can't be written", component.display()))
}
