//! A rehearsal: an incentive run in memory over facts of the past, with nothing touched.
//!
//! A [`Task`] has no I/O: it knows blocks and its [`World`]. So a rehearsal is a task of its own whose blocks are made
//! up from the history as it stands at one block of the journal, in event time, and whose proposals (periods opened,
//! lists sealed, seeds revealed) are answered on the spot. It writes nothing, proposes nothing to the journal, tells
//! nobody, and takes no lock of a running task. Draws are *examples*: their seeds are not those of the house, so that
//! nobody learns from a rehearsal who would win the real one. Only an adjustment, which is of periods whose seeds are
//! revealed, has the real ones: see [`Luck`].
//!
//! The history is read chunk by chunk, for everyone at once ([`stream`]), and each event is measured once: memory is
//! bounded by a chunk, the keys, and what was settled.

mod report;
mod stream;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use plaudit_core::{
    Id, Millis,
    award::EffectId,
    draw::seed_for,
    event::{Event, Subject},
    journal::{Block, Entry, Position},
    limits::EVENT_AHEAD_MS_MAX,
    rule::{CallError, ConcludeOutput, Conclusion, FoldOutput, Guest},
};
use plaudit_store::StoreError;

pub use self::report::{PERIODS_MAX, Report, RuleFault, STANDINGS_MAX};
pub(crate) use self::stream::Past;
use self::stream::Stream;
use super::{
    close::Closing,
    key::Key,
    steps::{BlockView, window},
    task::{Outcome, Task, TaskError, World},
};

/// Events in a made-up block, unless more happened in one millisecond: larger than the journal's, because nobody waits.
const BLOCK_EVENTS: usize = 4096;
/// Length of a made-up block, in milliseconds: first come, first served is decided by event time within it.
const BLOCK_MS: Millis = 60 * 60 * 1000;
/// How often a conclude is tried again that failed through no fault of the rule.
const CONCLUDE_TRIES: u32 = 3;
/// Before the incentive's name when seeds are derived. No incentive's id has a slash in it.
const SEED_DOMAIN: &str = "rehearsal/";

/// What is rehearsed.
pub(crate) struct Script {
    /// A task without a past, with plan, calendar, guest, delays and purse as they are to be.
    pub(crate) task: Task,
    /// Where it begins.
    pub(crate) beginning: Beginning,
    /// When it is settled.
    pub(crate) settling: Settling,
    /// Time of the last made-up block: what is due by then happens.
    pub(crate) ends_at: Millis,
    /// Facts are those that held at the end of this block of the journal.
    pub(crate) through: u64,
    /// How draws and instant wins fall.
    pub(crate) luck: Luck,
    /// Rows kept of each board of a period, best first.
    pub(crate) rows_kept: usize,
}

/// The seed of an incentive's draw in a period.
type Seeds = Box<dyn Fn(&str, &str, &str) -> [u8; 32] + Send>;

/// Seeds, and who may win.
pub(crate) struct Luck {
    seeds: Seeds,
    /// The only instant wins that can be, unless it is none.
    won: Option<BTreeSet<EffectId>>,
}

impl Luck {
    /// Examples: the draw key of the house may be given, seeds have a domain of their own.
    pub(crate) fn of_examples(key: Vec<u8>) -> Self {
        Self {
            seeds: Box::new(move |incentive, period, draw| example_seed(&key, incentive, period, draw)),
            won: None,
        }
    }

    /// The luck of the house as it was, by its draw key, with the instant wins that stand: none comes anew, since the
    /// seeds of final periods are known to everybody.
    pub(crate) fn as_it_was(key: Vec<u8>, won: BTreeSet<EffectId>) -> Self {
        let seeds = Box::new(move |incentive: &str, period: &str, draw: &str| {
            seed_for(&key, incentive, period, draw)
        });
        Self { seeds, won: Some(won) }
    }
}

/// Where a rehearsal begins.
pub(crate) enum Beginning {
    /// At the incentive's start, with empty states.
    Anew,
    /// At a final boundary: periods as they are known (see [`Closing::reopened`]) and keys, whose states at the boundary
    /// are taken and whatever they folded since is folded anew. What stands is in the task's book.
    #[cfg_attr(not(test), expect(dead_code, reason = "for upgrades and late facts; the tests show how"))]
    From { closing: Box<Closing>, keys: BTreeMap<Id, Key> },
}

/// When a rehearsal settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Settling {
    /// At the end of each block, as the house does: money and places go to who comes first.
    AsItGoes,
    /// Once, at the end: what then is settled is the difference to the task's book.
    AtTheEnd,
}

/// How far something long is, and whether it is still wanted. Shared by reference.
#[derive(Debug)]
pub struct Watch {
    begun: AtomicBool,
    cancelled: AtomicBool,
    per_mille: AtomicU64,
    read: AtomicU64,
    /// Of the whole, in thousandths: where the part begins that is under way, and where it ends.
    part: (AtomicU64, AtomicU64),
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            begun: AtomicBool::default(),
            cancelled: AtomicBool::default(),
            per_mille: AtomicU64::default(),
            read: AtomicU64::default(),
            part: (AtomicU64::new(0), AtomicU64::new(1000)),
        }
    }
}

impl Watch {
    /// It has its thread.
    pub(crate) fn begin(&self) {
        self.begun.store(true, Ordering::SeqCst);
    }

    /// Whether it runs, or did.
    pub fn has_begun(&self) -> bool {
        self.begun.load(Ordering::SeqCst)
    }

    /// Asks it to stop; it does at its next block.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::SeqCst);
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    /// How much is done, in thousandths.
    pub fn per_mille(&self) -> u64 {
        self.per_mille.load(Ordering::Relaxed)
    }

    /// What follows is the part of the whole between these thousandths.
    pub(crate) fn enter(&self, from: u64, to: u64) {
        self.part.0.store(from, Ordering::Relaxed);
        self.part.1.store(to.max(from), Ordering::Relaxed);
    }

    /// So much of the part under way is done. What was told of it before is never taken back.
    pub(crate) fn tell(&self, done: u64, of: u64) {
        let (from, to) = (self.part.0.load(Ordering::Relaxed), self.part.1.load(Ordering::Relaxed));
        let within = u128::from(done.min(of)) * u128::from(to - from) / u128::from(of.max(1));
        self.per_mille.fetch_max(from + within as u64, Ordering::Relaxed);
    }

    /// Events read so far.
    pub fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

/// Why a rehearsal came to no end. A fault of the rule is none of these: see [`Report::fault`].
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    /// Nobody wants it any more.
    #[error("it was cancelled")]
    Cancelled,
    /// It can't be rehearsed, or would take more memory than it may.
    #[error("{0}")]
    Refused(String),
    /// The host failed; the rule may be fine.
    #[error("{0}")]
    Infrastructure(String),
    /// The history can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Runs a script to its end. Blocks for as long as that takes; `watch` is looked at between blocks.
///
/// # Errors
/// It was cancelled, grows too large, or the host or the store failed.
pub(crate) fn rehearse(script: Script, past: &dyn Past, watch: &Watch) -> Result<Report, Stop> {
    let facts_to = script.ends_at + EVENT_AHEAD_MS_MAX;
    let mut run = run(script, past, watch, facts_to, true)?;
    watch.tell(1, 1);
    run.report.selected = run.task.selected;
    run.report.audience = run.task.keys.keys().cloned().collect();
    Ok(run.report)
}

/// Lets a task without a past live from its incentive's start to a final boundary, which becomes its own. What is of
/// interest then are its keys, whose states at the boundary are the oldest they have, and the shared states.
///
/// # Errors
/// A fault of the rule, or the host or the store failed.
pub(crate) fn play_to(
    task: Task,
    boundary: Millis,
    through: u64,
    past: &dyn Past,
    watch: &Watch,
) -> Result<Task, TaskError> {
    // Where a period ends, it has to become final; elsewhere (the calendar was another one) no timer after it may fire.
    let is_cut = task.calendar.period_at(boundary - 1).is_some_and(|period| period.end == boundary);
    let after = if is_cut { task.delays.grace_ms } else { -1 };
    let script = Script {
        beginning: Beginning::Anew,
        settling: Settling::AsItGoes,
        ends_at: boundary + task.delays.settle_ms + after,
        task,
        through,
        luck: Luck::of_examples(Vec::new()), // No state follows from it.
        rows_kept: 0,
    };
    let run = run(script, past, watch, boundary, false).map_err(|stop| match stop {
        Stop::Cancelled => TaskError::Unwanted,
        Stop::Store(error) => TaskError::Store(error),
        other => TaskError::Infrastructure(other.to_string()),
    })?;
    if let Some(RuleFault { key, fault, .. }) = run.report.fault {
        return Err(TaskError::Fault { key, fault });
    }
    let mut task = run.task;
    if task.closing.final_through != boundary {
        task.keys.values_mut().for_each(|key| key.begin_here(boundary));
        task.closing.final_through = boundary;
    }
    Ok(task)
}

/// Plays the facts before `facts_to`. Without a report there is no bound on what is settled.
fn run<'a>(
    script: Script,
    past: &dyn Past,
    watch: &'a Watch,
    facts_to: Millis,
    is_reported: bool,
) -> Result<Run<'a>, Stop> {
    let Script { mut task, beginning, settling, ends_at, through, luck, rows_kept } = script;
    task.guest = Box::new(Patient(task.guest));
    task.beacon = None; // Nobody would answer.
    task.plan.opening = None; // Nobody would hear it.
    task.silent = settling == Settling::AtTheEnd;
    let is_anew = matches!(beginning, Beginning::Anew);
    let begins_at = begin(&mut task, beginning);
    let facts_to = facts_to.min(window(&task.incentive).1);
    let mut run = Run {
        world: Offstage { luck },
        ends_at,
        report: Report::new(rows_kept),
        watch,
        span: (begins_at, ends_at.max(begins_at + 1)),
        task,
        is_begun: false,
        is_reported,
        is_anew,
    };
    match run.play(past, begins_at, facts_to, through) {
        Ok(()) => {}
        Err(Halt::Stop(stop)) => return Err(stop),
        Err(Halt::Fault) => {}
    }
    Ok(run)
}

/// Puts a task to where it begins; says when that is.
fn begin(task: &mut Task, beginning: Beginning) -> Millis {
    let Beginning::From { closing, mut keys } = beginning else { return task.incentive.start };
    let mut gone = Vec::new();
    for key in keys.values_mut() {
        key.rewind_all(&mut gone);
    }
    task.keys = keys;
    task.closing = *closing;
    task.gather_desired(); // Draws that were held stay.
    task.closing.final_through.max(task.incentive.start)
}

/// A rehearsal under way.
struct Run<'a> {
    task: Task,
    world: Offstage,
    ends_at: Millis,
    report: Report,
    watch: &'a Watch,
    /// For the progress.
    span: (Millis, Millis),
    is_begun: bool,
    is_reported: bool,
    /// Whether it began without a past.
    is_anew: bool,
}

/// Why playing ends early.
enum Halt {
    Stop(Stop),
    /// The report has it.
    Fault,
}

impl From<Stop> for Halt {
    fn from(stop: Stop) -> Self {
        Self::Stop(stop)
    }
}

impl Run<'_> {
    fn play(&mut self, past: &dyn Past, from: Millis, to: Millis, through: u64) -> Result<(), Halt> {
        self.block(vec![Entry::Tick], from)?;
        let mut stream = Stream::new(past, self.task.selector().all_subjects(), (from, to), through);
        loop {
            self.look()?;
            let Some(mut facts) = stream.next_chunk()? else { break };
            let left_out = self.task.left_out.clone();
            facts.retain(|(position, _)| !left_out.contains(position));
            self.report.read += facts.len() as u64;
            self.watch.read.store(self.report.read, Ordering::Relaxed);
            self.play_facts(facts)?;
        }
        self.tick_until(self.ends_at)?;
        if !self.is_anew {
            self.conclude_again()?;
        }
        if std::mem::take(&mut self.task.silent) {
            self.task.wake_up();
        }
        self.block(vec![Entry::Tick], self.ends_at)
    }

    /// Facts in order, cut into blocks, with ticks where something closes: as if each had come when it happened.
    fn play_facts(&mut self, facts: Vec<(Position, Arc<Event>)>) -> Result<(), Halt> {
        let mut facts = facts.into_iter().peekable();
        while let Some((_, first)) = facts.peek() {
            let first = first.time;
            self.tick_until(first)?;
            let due = self.task.closing_due().filter(|due| *due > first);
            let before = due.unwrap_or(Millis::MAX).min(first + BLOCK_MS);
            let mut entries = Vec::new();
            let mut last = first;
            while let Some((_, event)) = facts.next_if(|(_, event)| {
                event.time < before && (entries.len() < BLOCK_EVENTS || event.time == last)
            }) {
                last = event.time;
                entries.push(Entry::Event {
                    event: Arc::unwrap_or_clone(event),
                    replaces: None,
                    stale: false,
                });
            }
            self.block(entries, last.min(self.ends_at))?;
        }
        Ok(())
    }

    /// Lets everything close that is due by an instant, each at its time.
    fn tick_until(&mut self, until: Millis) -> Result<(), Halt> {
        while let Some(due) = self.task.closing_due().filter(|due| *due <= until.min(self.ends_at)) {
            self.block(vec![Entry::Tick], due)?;
        }
        Ok(())
    }

    /// One block, and those that answer what it proposes.
    fn block(&mut self, entries: Vec<Entry>, at: Millis) -> Result<(), Halt> {
        let mut entries = entries;
        while !entries.is_empty() {
            self.look()?;
            let at = at.max(self.task.at);
            let block = Block { number: self.task.cursor + 1, at, entries };
            let view = BlockView::new(Arc::new(block), self.task.roster.clone());
            let done = if std::mem::replace(&mut self.is_begun, true) {
                self.task.process(&view, &self.world)
            } else {
                self.task.rebuild(&view, &self.world)
            };
            entries = match done {
                Ok(outcome) => self.take(outcome)?,
                Err(error) => return Err(self.failed(error)),
            };
        }
        Ok(())
    }

    /// Periods that were closed before the beginning are not closed by a tick: they are known. Now that all is folded,
    /// they conclude with what there is.
    fn conclude_again(&mut self) -> Result<(), Halt> {
        let mut outcome = Outcome::default();
        if let Err(error) = self.task.close(Some(Millis::MIN), &self.world, &mut outcome) {
            return Err(self.failed(error));
        }
        let proposals = self.take(outcome)?;
        self.block(proposals, self.ends_at)
    }

    fn failed(&mut self, error: TaskError) -> Halt {
        match error {
            TaskError::Fault { key, fault } => {
                self.report.fault = Some(RuleFault { key, at: self.task.at, fault });
                Halt::Fault
            }
            TaskError::Unwanted => Stop::Cancelled.into(),
            TaskError::Infrastructure(what) => Stop::Infrastructure(what).into(),
            TaskError::Store(error) => Stop::Store(error).into(),
        }
    }

    /// Keeps what a block came to; gives what the journal would take up.
    fn take(&mut self, outcome: Outcome) -> Result<Vec<Entry>, Stop> {
        let (from, to) = self.span;
        self.watch.tell((self.task.at - from).max(0) as u64, (to - from) as u64);
        if self.is_reported {
            self.report.take(&self.task, &outcome)?;
        }
        Ok(outcome.proposals)
    }

    fn look(&self) -> Result<(), Stop> {
        if self.watch.is_cancelled() { Err(Stop::Cancelled) } else { Ok(()) }
    }
}

/// The world of a rehearsal: there are no facts beside those that are played.
struct Offstage {
    luck: Luck,
}

impl World for Offstage {
    fn facts(
        &self,
        _: &[Subject],
        _: Millis,
        _: Millis,
        _: u64,
    ) -> Result<Vec<(Position, Arc<Event>)>, StoreError> {
        Ok(Vec::new()) // Facts come in order, so that nothing is ever folded again but what is to be played anyway.
    }

    fn seed(&self, incentive: &str, period: &str, draw: &str) -> [u8; 32] {
        (self.luck.seeds)(incentive, period, draw)
    }

    fn may_win(&self, id: &EffectId) -> bool {
        self.luck.won.as_ref().is_none_or(|won| won.contains(id))
    }
}

/// The seed of an example draw: always the same for the same names, and never that of the real one.
pub(crate) fn example_seed(key: &[u8], incentive: &str, period: &str, draw: &str) -> [u8; 32] {
    seed_for(key, &format!("{SEED_DOMAIN}{incentive}"), period, draw)
}

/// A guest that is asked again when the host was too busy: there is no later block that could try it again. Folds are
/// tried again by whoever isolates the key that fails.
struct Patient(Box<dyn Guest>);

impl Guest for Patient {
    fn fold(&mut self, settings: &str, batch: &plaudit_core::rule::Batch) -> Result<FoldOutput, CallError> {
        self.0.fold(settings, batch)
    }

    fn conclude(&mut self, settings: &str, conclusion: &Conclusion) -> Result<ConcludeOutput, CallError> {
        for _ in 1..CONCLUDE_TRIES {
            match self.0.conclude(settings, conclusion) {
                Err(CallError::Infrastructure(_)) => {}
                result => return result,
            }
        }
        self.0.conclude(settings, conclusion)
    }
}
