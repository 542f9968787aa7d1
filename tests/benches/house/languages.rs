//! One rule in each language, in one run: what a step costs, what a fresh instance costs, what compiling costs.

use std::{
    fs,
    hint::black_box,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use first_rule::Streak;
use plaudit_build::{Language, RuleFolder, Voice};
use plaudit_core::rule::{self, Guest as _};
use plaudit_runtime::{Compiler, Plugin, Runtime, RuntimeConfig};
use plaudit_sdk::{Adapter, Effects};

use crate::{
    Asked, fold,
    table::{self, mebibytes, median, row, time, times, whole},
};

/// The same rule in each language, by folder of the examples.
const FOLDERS: [&str; 3] = ["first-rule", "first-rule-ts", "first-rule-py"];
/// Steps in a call.
const STEPS: usize = 256;
const SETTINGS: &str = "{}";

/// A rule that was built and loaded.
struct Candidate {
    language: Language,
    bytes: usize,
    compiled_in: Duration,
    plugin: std::sync::Arc<Plugin>,
}

/// Measures all that are there; says which are not, and why.
pub(crate) fn run(asked: &Asked) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let runtime = Runtime::new(RuntimeConfig {
        cache_dir: folder.path().join("cache"),
        mac_key: [7; 32],
        compiler: Compiler::InProcess,
    })?;
    let mut candidates = Vec::new();
    for name in FOLDERS {
        match candidate(&runtime, &examples().join(name)) {
            Ok(candidate) => candidates.push(candidate),
            Err(error) => table::say(&format!("  left out: {name}: {error:#}")),
        }
    }
    let metrics = ["csat".to_owned()];
    let rounds = if asked.quick { 5 } else { 25 };
    let native = native(&mut fold::batch(&metrics, STEPS), rounds)?;
    let mut rows = vec![row([
        "rule",
        "ns a step",
        "× native",
        "fuel a step",
        "fresh, µs",
        "memory",
        "size",
        "compiling",
    ])];
    rows.push(vec!["native Rust".to_owned(), whole(native), times(1.0)]);
    for candidate in &candidates {
        rows.push(measured(candidate, &mut fold::batch(&metrics, STEPS), rounds, native)?);
    }
    table::print("languages: the same rule (`first-rule`) in each language", &rows);
    table::say(&format!(
        "  {STEPS} steps of 16 keys a call; medians of {rounds} rounds; fresh: an instance and its first call of one step"
    ));
    Ok(())
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}

fn candidate(runtime: &Runtime, folder: &Path) -> anyhow::Result<Candidate> {
    let rule = RuleFolder::at(folder)?;
    let component = rule.build(Voice::Quiet)?;
    let wasm = fs::read(&component).with_context(|| format!("no {}", component.display()))?;
    let start = Instant::now();
    let plugin = runtime.load(&wasm)?;
    Ok(Candidate { language: rule.language(), bytes: wasm.len(), compiled_in: start.elapsed(), plugin })
}

fn measured(
    candidate: &Candidate,
    batch: &mut rule::Batch,
    rounds: usize,
    native: f64,
) -> anyhow::Result<Vec<String>> {
    let plugin = &candidate.plugin;
    let plan = plugin.plan(SETTINGS)?;
    let mut guest = plugin.guest(&plan);
    for change in guest.fold(SETTINGS, batch)?.changes {
        batch.slots[change.slot as usize].state = change.state;
    }
    let (mut steps, mut fuel) = (Vec::new(), 0);
    for _ in 0..rounds {
        let start = Instant::now();
        let output = black_box(guest.fold(SETTINGS, black_box(batch))?);
        steps.push(start.elapsed().as_nanos() as f64 / STEPS as f64);
        fuel = output.fuel / STEPS as u64;
    }
    let one = fold::batch(&plan.metrics, 1);
    let mut fresh = Vec::new();
    for _ in 0..rounds {
        let start = Instant::now();
        black_box(plugin.guest(&plan).fold(SETTINGS, &one)?);
        fresh.push(start.elapsed().as_nanos() as f64 / 1000.0);
    }
    let a_step = median(&steps);
    Ok(vec![
        candidate.language.to_string(),
        whole(a_step),
        times(a_step / native),
        whole(fuel as f64),
        whole(median(&fresh)),
        mebibytes(guest.memory_bytes() as u64),
        mebibytes(candidate.bytes as u64),
        time(candidate.compiled_in),
    ])
}

/// The same calls without a sandbox; nanoseconds a step.
fn native(batch: &mut rule::Batch, rounds: usize) -> anyhow::Result<f64> {
    let mut adapter = Adapter::<Streak>::default();
    let lent = fold::contract(batch);
    let changes = adapter.fold(SETTINGS, &lent, &mut Effects::default()).map_err(anyhow::Error::msg)?;
    ensure!(!changes.is_empty(), "the events change nothing: there is nothing to measure");
    for change in changes {
        batch.slots[change.slot as usize].state = change.state;
    }
    let lent = fold::contract(batch);
    let mut steps = Vec::new();
    for _ in 0..rounds {
        let start = Instant::now();
        let mut effects = Effects::default();
        let changes = adapter.fold(SETTINGS, black_box(&lent), &mut effects);
        black_box((changes.map_err(anyhow::Error::msg)?, effects));
        steps.push(start.elapsed().as_nanos() as f64 / STEPS as f64);
    }
    Ok(median(&steps))
}
