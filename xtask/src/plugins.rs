//! Building the rules of this workspace.

use std::{path::PathBuf, time::Duration};

use anyhow::Context as _;
use indicatif::{ProgressBar, ProgressStyle};
use plaudit_build::{Modules, PLUGINS, Voice, ensure_target, write_component};

use crate::run::{root, target_dir};

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

/// Builds all rules; returns the folder with `<name>.wasm`.
pub(crate) fn build() -> anyhow::Result<PathBuf> {
    ensure_target(Voice::Aloud)?;
    let wasm_dir = target_dir().join("wasm");
    let modules = Modules { workspace: root(), target_dir: &wasm_dir, voice: Voice::Aloud };
    let packages: Vec<&str> = RULES.iter().map(|(package, _)| *package).collect();
    let modules = modules.build(&packages).context("the rules could not be built")?;
    let out = target_dir().join(PLUGINS);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} components {msg}")?;
    let bar = ProgressBar::new(RULES.len() as u64).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(100));
    for ((_, name), module) in RULES.iter().zip(modules) {
        bar.set_message(*name);
        write_component(&module, &out.join(format!("{name}.wasm")))?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    let shown = out.strip_prefix(root()).unwrap_or(&out).display();
    eprintln!("{} components in {shown}", RULES.len());
    Ok(out)
}
