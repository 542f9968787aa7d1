//! `plaudit plugin bench`: fuel and time per event, beside the same rule natively.

use std::{
    hint::black_box,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use anyhow::ensure;
use plaudit_build::Voice;
use plaudit_core::{
    DAY_MS,
    rule::{Batch, CallError, ConcludeOutput, Conclusion, FoldOutput, Guest},
};
use serde_json::json;

use super::{
    component::Which,
    finding::{self, Finding},
    generate::{self, Size},
    native::Native,
    paint::{number, table},
    ready::{Ready, ready},
    trial::{Frame, Tried, Ways},
};
use crate::{cli::out, engine::drive::DriveError};

/// Measure fuel and time per event, beside the same rule natively.
///
/// The rule folds a made-up history in calls as large as a server makes them; of each call the fastest of several rounds
/// counts. In the rule's folder the same rule is built natively and given the same calls: the difference is the price of
/// the sandbox. A native loop that only reads the columns stands below. Times of a debug build of plaudit are not worth
/// much.
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

/// What was measured, in nanoseconds of all calls together.
struct Measured {
    steps: usize,
    calls: usize,
    rule: u128,
    /// The same rule, natively; else why not.
    native: Result<u128, String>,
    empty: u128,
    fuel: u64,
    /// Fuel that a rule of this class has for each step.
    allowed: u64,
}

/// Measures; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let ready = match ready(&args.which, &args.frame) {
        Ok(ready) => ready,
        Err(not) => return not.tell(args.json),
    };
    let tried = &ready.tried;
    let batches = match batches(&args.frame, tried)? {
        Ok(batches) => batches,
        Err(finding) => {
            let findings = [finding];
            finding::tell(&findings, args.json)?;
            return Ok(finding::exit_code(&findings));
        }
    };
    let steps: usize = batches.iter().map(Batch::steps).sum();
    ensure!(
        steps > 0,
        "the rule has no metric that an agent's event could have; there is nothing to measure"
    );
    let native = natively(&ready, &batches, args.rounds);
    let mut guest = tried.plugin.guest(&tried.plan);
    let (mut rule, mut fuel) = (0, 0);
    for batch in &batches {
        let mut fastest = u128::MAX;
        let mut used = 0;
        for _ in 0..args.rounds {
            let begun = Instant::now();
            let answer = guest.fold(&tried.settings, batch);
            fastest = fastest.min(begun.elapsed().as_nanos());
            match answer {
                Ok(output) => used = output.fuel,
                Err(error) => {
                    let findings = [Finding::of_call(&error)];
                    finding::tell(&findings, args.json)?;
                    return Ok(finding::exit_code(&findings));
                }
            }
        }
        rule += fastest;
        fuel += used;
    }
    let empty =
        batches.iter().map(|batch| (0..args.rounds).map(|_| empty_loop(batch)).min().unwrap_or(1)).sum();
    let allowed = tried.plugin.fuel(0, 1);
    tell(args, &Measured { steps, calls: batches.len(), rule, native, empty, fuel, allowed })?;
    Ok(0)
}

/// The same calls of the same rule, built natively.
fn natively(ready: &Ready, batches: &[Batch], rounds: u32) -> Result<u128, String> {
    let rule = ready.component.rule.as_ref();
    let rule = rule.ok_or("that needs the rule's folder: run it there without naming a component")?;
    let rule = rule
        .as_crate()
        .ok_or_else(|| format!("a rule in {} is measured as a component only", rule.language()))?;
    let measure = || -> anyhow::Result<u128> {
        let mut native = Native::start(&rule.build_native(Voice::Quiet)?)?;
        native.describe()?;
        let nanos = batches.iter().map(|batch| native.measure(&ready.tried.settings, batch, rounds));
        Ok(u128::from(nanos.sum::<anyhow::Result<u64>>()?))
    };
    measure().map_err(|error| format!("{error:#}"))
}

fn tell(args: &Args, measured: &Measured) -> anyhow::Result<()> {
    let Measured { steps, calls, rule, native, empty, fuel, allowed } = measured;
    let per_step = |nanos: u128| nanos as f64 / *steps as f64;
    let fuel_per_step = fuel / *steps as u64;
    if args.json {
        let document = json!({
            "steps": steps, "calls": calls, "rounds": args.rounds,
            "ns_per_step": per_step(*rule), "fuel_per_step": fuel_per_step,
            "native_ns_per_step": native.as_ref().ok().map(|nanos| per_step(*nanos)),
            "native_left_out": native.as_ref().err(),
            "empty_ns_per_step": per_step(*empty),
            "fuel_allowed_per_step": allowed, "debug_build": cfg!(debug_assertions),
        });
        return out(&serde_json::to_string_pretty(&document)?);
    }
    let all = number(*steps as i128);
    out(&format!("{all} steps in {calls} calls, of each the fastest of {} rounds", args.rounds))?;
    let row = |what: &str, nanos: u128, more: String| {
        vec![format!("  {what}"), format!("{:.0} ns a step", per_step(nanos)), more]
    };
    let mut rows =
        vec![row("the rule, as a component", *rule, format!("{} fuel a step", number(fuel_per_step)))];
    if let Ok(nanos) = native {
        let ratio = *rule as f64 / (*nanos).max(1) as f64;
        rows.push(row(
            "the same rule, natively",
            *nanos,
            format!("the component takes {ratio:.1} times as long"),
        ));
    }
    rows.push(row("an empty native loop", *empty, String::new()));
    table(&rows).iter().try_for_each(|line| out(line))?;
    if let Err(why) = native {
        out(&format!("  natively: left out; {why}"))?;
    }
    if cfg!(debug_assertions) {
        out(
            "This plaudit is a debug build: fuel and the native rule are right, the component's time is not.",
        )?;
    }
    Ok(())
}

/// The calls that a server would make for a made-up history.
fn batches(frame: &Frame, tried: &Tried) -> anyhow::Result<Result<Vec<Batch>, Finding>> {
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
    let mut lived = || -> Result<(), DriveError> {
        house.enable(start - DAY_MS)?;
        if let Some(last) = events.last().map(|event| event.time) {
            house.post(last, events.clone())?;
        }
        Ok(())
    };
    match lived() {
        Ok(()) => {}
        Err(DriveError::Fault { fault, .. }) => return Ok(Err(Finding::of_fault(&fault))),
        Err(DriveError::Infrastructure(what)) => return Ok(Err(Finding::host(&what))),
        Err(error) => return Err(error.into()),
    }
    Ok(Ok(std::mem::take(&mut *kept.lock().unwrap_or_else(PoisonError::into_inner))))
}

/// Reads every column once; gives the nanoseconds.
fn empty_loop(batch: &Batch) -> u128 {
    let begun = Instant::now();
    for step in 0..batch.steps() {
        black_box((batch.time[step], batch.slot_of[step]));
        for metric in &batch.metrics {
            let _ = black_box(metric.values[step]);
        }
    }
    begun.elapsed().as_nanos()
}
