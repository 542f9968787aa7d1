//! What the house costs, each number beside a baseline of the same run: `cargo xtask bench`.
//!
//! Some parts, all of them or those that are named: `fold` (a rule as a component against the same rule in native
//! Rust), `ingest` (durable events over HTTP, with ten incentives settling them, against a bare file with fdatasync),
//! `memory` (what a server needs after a million events, and how it comes up again), `late` (an event that comes a month
//! late against one on time), `scale` (what an event costs after ten million others), `preview` (an incentive over 30
//! days of the past against the native rule), `languages` (the same rule in each language) and `pages` (what pages cost
//! the server with 5,000 agents, against a small file). Nothing here fails because something is slow: numbers are printed,
//! people judge.

mod centre;
mod fold;
mod ingest;
mod languages;
mod late;
mod memory;
mod pages;
mod preview;
mod scale;
mod server;
mod table;

use std::{io::Write as _, process::ExitCode};

use anyhow::{Context as _, bail};

const HELP: &str = "\
cargo xtask bench -- [fold] [ingest] [memory] [late] [scale] [preview] [languages] [pages] [--quick] [--agents N] [--events N]

  fold       a rule as a component against the same rule in native Rust
  ingest     durable ingest over HTTP with ten incentives against append + fdatasync
  memory     resident memory, size on disk and start-up time after many events
  late       one late event in a month of 500 agents, until its difference is settled, against one on time
  scale      cost of an event after ten million others, against after 100 000
  preview    an incentive over 30 days of 500 agents against the native rule
  languages  the same rule natively and as a component in each language
  pages      server time and weight of pages with 5000 agents, against a small file
             (without a name: all)
  --quick    fewer rounds and a tenth of the events
  --agents   people in the simulated centre (ingest: 120, memory: 1200, late: 500, scale: 5000, preview: 500,
             pages: 5000)
  --events   how many events `memory` (1000000) and `scale` (10000000) post";

/// What was asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    parts: Vec<String>,
    /// A short run.
    pub(crate) quick: bool,
    /// People in the simulated centre, if not each part's own number.
    pub(crate) agents: Option<u32>,
    /// Events that `memory` and `scale` post, if not their own numbers.
    pub(crate) events: Option<usize>,
}

impl Asked {
    fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|p| p == part)
    }
}

/// `None`: not a run of the benches at all, or only for the help.
fn asked(args: impl Iterator<Item = String>) -> anyhow::Result<Option<Asked>> {
    let mut asked = Asked::default();
    let mut is_bench = false;
    let mut args = args.peekable();
    while let Some(arg) = args.next() {
        let mut number = || {
            let value = args.next().with_context(|| format!("{arg} needs a number"))?;
            value.parse::<u32>().with_context(|| format!("{arg} needs a number, not `{value}`"))
        };
        match arg.as_str() {
            "--bench" => is_bench = true,
            "--quick" => asked.quick = true,
            "--agents" => asked.agents = Some(number()?.clamp(3, 5000)),
            "--events" => asked.events = Some(number()? as usize),
            "fold" | "ingest" | "memory" | "late" | "scale" | "preview" | "languages" | "pages" => {
                asked.parts.push(arg);
            }
            "--help" | "-h" => {
                table::say(HELP);
                return Ok(None);
            }
            other => bail!("`{other}` is unknown\n{HELP}"),
        }
    }
    // `cargo test --all-targets` and nextest start benches, too, to see whether they start.
    Ok(is_bench.then_some(asked))
}

fn run() -> anyhow::Result<()> {
    let is_listing = std::env::args().any(|arg| arg == "--list");
    if is_listing {
        return Ok(());
    }
    let Some(asked) = asked(std::env::args().skip(1))? else { return Ok(()) };
    if asked.wants("fold") {
        fold::run(&asked)?;
    }
    if asked.wants("ingest") {
        ingest::run(&asked)?;
    }
    if asked.wants("memory") {
        memory::run(&asked)?;
    }
    if asked.wants("late") {
        late::run(&asked)?;
    }
    if asked.wants("scale") {
        scale::run(&asked)?;
    }
    if asked.wants("preview") {
        preview::run(&asked)?;
    }
    if asked.wants("languages") {
        languages::run(&asked)?;
    }
    if asked.wants("pages") {
        pages::run(&asked)?;
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to hear it when standard error is closed.
            let _ = writeln!(std::io::stderr(), "bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
