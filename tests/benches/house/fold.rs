//! A rule as a component against the same rule in native Rust: nanoseconds an event.

use std::{hint::black_box, time::Instant};

use anyhow::{Context as _, bail, ensure};
use plaudit_core::rule::{self, Guest as _};
use plaudit_runtime::{Compiler, Runtime, RuntimeConfig, WasmGuest};
use plaudit_sdk::{Adapter, Effects, Rule, wit};

use crate::{
    Asked,
    server::component,
    table::{self, median, row, times, whole},
};

/// 2026-03-02T08:00:00Z.
const MORNING: i64 = 1_772_438_400_000;
/// Steps in a call.
const SIZES: [usize; 4] = [1, 64, 256, 1000];
/// Keys in a call, at most.
const KEYS: usize = 16;
/// What the contest is set to: a ranking per hour with a minimum and a guard, as in the example's day at work.
pub(crate) const CONTEST: &str = r#"{
    "who": "agents", "metrics": [{ "metric": "calls" }], "per_hour_of": "worked-hours", "measure": "calls an hour",
    "minimum": { "metric": "calls", "at_least": 15 }, "guards": [{ "metric": "csat", "at_least": 4 }],
    "prizes": [{ "rank": 1, "reward": { "points": 300 } }], "bar": { "value": 8, "reward": { "points": 20 } }
}"#;

/// Measures both rules.
pub(crate) fn run(asked: &Asked) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let runtime = Runtime::new(RuntimeConfig {
        cache_dir: folder.path().join("cache"),
        mac_key: [7; 32],
        compiler: Compiler::InProcess,
    })?;
    let mut rows =
        vec![row(["rule, steps a call", "component", "native", "ratio", "calls", "ns a call more"])];
    rows.extend(measured::<first_rule::Streak>(&runtime, "first-rule", "{}", asked)?);
    rows.extend(measured::<plaudit_plugin_contest::Contest>(&runtime, "contest", CONTEST, asked)?);
    table::print(
        "fold: a rule as a component (fuel, epoch, checked effects) against the same rule in native Rust, ns an event",
        &rows,
    );
    table::say(&format!(
        "  up to {KEYS} keys a call, most events of one metric; medians of interleaved rounds; both answers compared first"
    ));
    Ok(())
}

fn measured<R: Rule>(
    runtime: &Runtime,
    name: &str,
    settings: &str,
    asked: &Asked,
) -> anyhow::Result<Vec<Vec<String>>> {
    let plugin = runtime.load(&component(name)?).with_context(|| format!("{name} does not load"))?;
    let plan = plugin.plan(settings).with_context(|| format!("{name} does not plan"))?;
    let mut guest = plugin.guest(&plan);
    let mut native = Adapter::<R>::default();
    let mut rows = Vec::new();
    for steps in SIZES {
        let mut batch = batch(&plan.metrics, steps);
        warm::<R>(&mut guest, &mut native, settings, &mut batch)?;
        let lent = contract(&batch);
        let (rounds, events) = if asked.quick { (5, 20_000) } else { (15, 100_000) };
        let calls = (events / steps).clamp(20, 20_000);
        let (mut inside, mut outside) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            let start = Instant::now();
            for _ in 0..calls {
                black_box(folded(&mut guest, settings, black_box(&batch))?);
            }
            inside.push(start.elapsed().as_nanos() as f64 / (calls * steps) as f64);
            let start = Instant::now();
            for _ in 0..calls {
                let mut effects = Effects::default();
                let changes = native.fold(settings, black_box(&lent), &mut effects);
                black_box((changes.map_err(anyhow::Error::msg)?, effects));
            }
            outside.push(start.elapsed().as_nanos() as f64 / (calls * steps) as f64);
        }
        let (inside, outside) = (median(&inside), median(&outside));
        rows.push(vec![
            format!("{name}, {steps}"),
            whole(inside),
            whole(outside),
            times(inside / outside),
            format!("{rounds} × {calls}"),
            whole((inside - outside) * steps as f64),
        ]);
    }
    Ok(rows)
}

/// Folds; once more where the machine was too busy for the deadline of a call.
fn folded(guest: &mut WasmGuest, settings: &str, batch: &rule::Batch) -> anyhow::Result<rule::FoldOutput> {
    match guest.fold(settings, batch) {
        Err(rule::CallError::Infrastructure(_)) => Ok(guest.fold(settings, batch)?),
        result => Ok(result?),
    }
}

/// Folds once from nothing, compares both answers, and puts the states into the batch: from then on calls are alike.
fn warm<R: Rule>(
    guest: &mut WasmGuest,
    native: &mut Adapter<R>,
    settings: &str,
    batch: &mut rule::Batch,
) -> anyhow::Result<()> {
    let inside = folded(guest, settings, batch)?;
    let mut effects = Effects::default();
    let outside = native.fold(settings, &contract(batch), &mut effects).map_err(anyhow::Error::msg)?;
    ensure!(inside.changes.len() == outside.len(), "component and native rule change other keys");
    for (ours, theirs) in inside.changes.iter().zip(&outside) {
        if (ours.slot, &ours.state, ours.wake_at) != (theirs.slot, &theirs.state, theirs.wake_at) {
            bail!("component and native rule come to different states of key {}", ours.slot);
        }
        batch.slots[ours.slot as usize].state.clone_from(&ours.state);
    }
    let scores = inside.effects.scores.iter().map(|s| s.value).sum::<f64>();
    let same = scores == effects.scores.iter().map(|s| s.value).sum::<f64>()
        && inside.effects.awards.len() == effects.awards.len()
        && inside.effects.scores.len() == effects.scores.len();
    ensure!(same, "component and native rule give different effects");
    Ok(())
}

/// Some minutes of some agents; each event has one metric, now and then another one.
pub(crate) fn batch(metrics: &[String], steps: usize) -> rule::Batch {
    let keys = KEYS.min(steps);
    let agent = |index: usize| rule::AgentView {
        id: format!("a{index:016}").into(),
        team: "team".into(),
        zone: 0,
        hired_day: Some(19_000),
        share: 1.0,
        workdays: 0b1_1111,
    };
    let time = |step: usize| MORNING + step as i64 * 1000;
    let metric_of = |step: usize| if step.is_multiple_of(4) { step / 4 % metrics.len() } else { 0 };
    let slot = |index: usize| rule::Slot {
        id: agent(index).id,
        zone: 0,
        state: Vec::new(),
        until: time(steps.saturating_sub(1)),
    };
    let column = |metric: usize| rule::MetricColumn {
        values: (0..steps)
            .map(|step| if metric_of(step) == metric { (step % 5 + 1) as f64 } else { f64::NAN })
            .collect(),
        weights: Vec::new(),
    };
    rule::Batch {
        slots: (0..keys).map(slot).collect(),
        agents: (0..keys).map(agent).collect(),
        zones: vec![rule::Zone {
            name: "Europe/Madrid".into(),
            transitions: vec![
                rule::Transition { at: 1_761_440_400_000, offset_minutes: 60 },
                rule::Transition { at: 1_774_746_000_000, offset_minutes: 120 },
            ],
            holidays: vec![20_454, 20_546],
        }],
        kind: vec![rule::step_kind::EVENT; steps],
        slot_of: (0..steps).map(|step| (step % keys) as u32).collect(),
        agent_of: (0..steps).map(|step| (step % keys) as u32).collect(),
        time: (0..steps).map(time).collect(),
        metrics: (0..metrics.len()).map(column).collect(),
        ..rule::Batch::default()
    }
}

/// The same batch as the SDK has it.
pub(crate) fn contract(batch: &rule::Batch) -> wit::Batch {
    let slots = batch.slots.iter().map(|s| wit::Slot {
        id: s.id.to_string(),
        zone: s.zone,
        state: s.state.clone(),
        until: s.until,
    });
    let agents = batch.agents.iter().map(|a| wit::Agent {
        id: a.id.to_string(),
        team: a.team.to_string(),
        zone: a.zone,
        hired_day: a.hired_day,
        share: a.share,
        workdays: a.workdays,
    });
    let transition = |t: &rule::Transition| wit::Transition { at: t.at, offset_minutes: t.offset_minutes };
    let zones = batch.zones.iter().map(|z| wit::Zone {
        name: z.name.clone(),
        transitions: z.transitions.iter().map(transition).collect(),
        holidays: z.holidays.clone(),
    });
    let column =
        |m: &rule::MetricColumn| wit::MetricColumn { values: m.values.clone(), weights: m.weights.clone() };
    wit::Batch {
        slots: slots.collect(),
        agents: agents.collect(),
        zones: zones.collect(),
        shared: batch.shared.clone(),
        kind: batch.kind.clone(),
        slot_of: batch.slot_of.clone(),
        agent_of: batch.agent_of.clone(),
        time: batch.time.clone(),
        metrics: batch.metrics.iter().map(column).collect(),
        attributes: Vec::new(),
    }
}
