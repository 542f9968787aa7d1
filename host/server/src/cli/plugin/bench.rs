//! `plaudit plugin bench`: fuel and time per event.

use std::{
    hint::black_box,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use anyhow::ensure;
use plaudit_core::{
    DAY_MS,
    rule::{Batch, CallError, ConcludeOutput, Conclusion, FoldOutput, Guest},
};
use serde_json::json;

use super::{
    EXIT_NO,
    component::{self, Which, Workshop},
    finding::{self, Finding},
    generate::{self, Size},
    paint::{number, table},
    trial::{Frame, Tried, Untried, Ways},
};
use crate::cli::out;

/// Measure fuel and time per event, beside a native loop that does nothing.
///
/// The rule folds a made-up history in calls as large as a server makes them; the fastest of several rounds counts. The
/// native loop reads the same columns and does nothing with them: what is above it is the price of the sandbox and the
/// rule together. Figures of a debug build of plaudit are not worth much.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    frame: Frame,
    /// Rounds; the fastest counts.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    rounds: u32,
    /// The result as JSON, for machines.
    #[arg(long)]
    json: bool,
}

/// Keeps the batches that a guest is given.
struct Recorder {
    guest: Box<dyn Guest>,
    batches: Arc<Mutex<Vec<Batch>>>,
}

impl Guest for Recorder {
    fn fold(&mut self, settings: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner).push(batch.clone());
        self.guest.fold(settings, batch)
    }

    fn conclude(&mut self, settings: &str, conclusion: &Conclusion) -> Result<ConcludeOutput, CallError> {
        self.guest.conclude(settings, conclusion)
    }
}

/// Measures; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let component = args.which.read()?;
    let workshop = Workshop::open(&component)?;
    let refuse = |finding: Finding| {
        finding::tell(&[finding], args.json)?;
        Ok(EXIT_NO)
    };
    let plugin = match component::loaded(&workshop, &component) {
        Ok(plugin) => plugin,
        Err(finding) => return refuse(finding),
    };
    let tried = match args.frame.tried(plugin) {
        Ok(tried) => tried,
        Err(Untried::Plugin(finding)) => return refuse(finding),
        Err(Untried::File(error)) => return Err(error),
    };
    let batches = batches(&args.frame, &tried)?;
    let steps: usize = batches.iter().map(Batch::steps).sum();
    ensure!(
        steps > 0,
        "the rule has no metric that an agent's event could have; there is nothing to measure"
    );
    let mut guest = tried.plugin.guest(&tried.plan);
    let (mut best, mut fuel) = (u128::MAX, 0);
    for _ in 0..args.rounds {
        let begun = Instant::now();
        fuel = 0;
        for batch in &batches {
            match guest.fold(&tried.settings, batch) {
                Ok(output) => fuel += output.fuel,
                Err(error) => return refuse(Finding::of_call(&error)),
            }
        }
        best = best.min(begun.elapsed().as_nanos());
    }
    let native = (0..args.rounds).map(|_| empty_loop(&batches)).min().unwrap_or(1);
    let per_step = |nanos: u128| nanos as f64 / steps as f64;
    let fuel_per_step = fuel / steps as u64;
    if args.json {
        let document = json!({
            "steps": steps, "calls": batches.len(), "rounds": args.rounds,
            "ns_per_step": per_step(best), "native_ns_per_step": per_step(native), "fuel_per_step": fuel_per_step,
            "fuel_allowed_per_step": tried.plugin.fuel(0, 1), "debug_build": cfg!(debug_assertions),
        });
        out(&serde_json::to_string_pretty(&document)?)?;
        return Ok(0);
    }
    out(&format!(
        "{} steps in {} calls, the fastest of {} rounds",
        number(steps as i128),
        batches.len(),
        args.rounds
    ))?;
    let row = |what: &str, nanos: u128, fuel: String| {
        vec![format!("  {what}"), format!("{:.0} ns a step", per_step(nanos)), fuel]
    };
    let rows = [
        row("the rule", best, format!("{} fuel a step", number(fuel_per_step))),
        row("an empty native loop", native, String::new()),
    ];
    table(&rows).iter().try_for_each(|line| out(line))?;
    if cfg!(debug_assertions) {
        out("This plaudit is a debug build: fuel is right, times are not.")?;
    }
    Ok(0)
}

/// The calls that a server would make for a made-up history.
fn batches(frame: &Frame, tried: &Tried) -> anyhow::Result<Vec<Batch>> {
    let events =
        generate::history(&tried.plan, &tried.metrics, Size { agents: 20, days: 2, events: 100, seed: 1 });
    let people = frame.people(tried, None, &events)?;
    let kept = Arc::new(Mutex::new(Vec::new()));
    let incentive = tried.incentive(tried.window(&events), &[]);
    let start = incentive.start;
    let (plugin, plan, batches) = (tried.plugin.clone(), tried.plan.clone(), kept.clone());
    let guest = Box::new(move || -> Box<dyn Guest> {
        Box::new(Recorder { guest: Box::new(plugin.guest(&plan)), batches: batches.clone() })
    });
    let mut house = tried.house(incentive, &people, Ways::default(), guest)?;
    house.enable(start - DAY_MS)?;
    if let Some(last) = events.last().map(|event| event.time) {
        house.post(last, events)?;
    }
    let batches = std::mem::take(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner));
    Ok(batches)
}

/// Reads every column once; gives the nanoseconds.
fn empty_loop(batches: &[Batch]) -> u128 {
    let begun = Instant::now();
    for batch in batches {
        for step in 0..batch.steps() {
            black_box((batch.time[step], batch.slot_of[step]));
            for metric in &batch.metrics {
                let _ = black_box(metric.values[step]);
            }
        }
    }
    begun.elapsed().as_nanos()
}
