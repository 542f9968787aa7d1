//! One incentive without threads, in memory: the journal's judgement of facts, the history, a task, its commits and
//! checkpoints are the house's own; only the loops around them are not. `tests/oracle` drives it, and `plaudit plugin`
//! tries a rule with it.

mod picture;

use std::sync::Arc;

use plaudit_core::{
    Id, Millis,
    calendar::Calendar,
    event::{Event, Subject},
    incentive::Incentive,
    journal::{Block, Entry, Position},
    limits::{BLOCK_EVENTS_MAX, STEPS_PER_CALL_MAX},
    metric::CompiledMetric,
    roster::Roster,
    rule::{Fault, Guest, Plan},
};
use plaudit_store::{
    Batch, Store, StoreError, family, family::control::put_entries, history::History, memory::MemoryStore,
};

pub use self::picture::{Picture, Taken};
use super::{
    checkpoint,
    commit::{self, Head},
    steps::BlockView,
    task::{Delays, Outcome, Task, TaskError, World},
    worker::put_standing,
};
use crate::journal::{Facts, House, Outcome as Judged};

/// What is driven.
pub struct Setup {
    /// Enabled by the first block.
    pub incentive: Incentive,
    /// Its rule's plan.
    pub plan: Plan,
    /// In the plan's order.
    pub metrics: Vec<CompiledMetric>,
    /// Makes its rule, again after each restart.
    pub guest: Box<dyn Fn() -> Box<dyn Guest>>,
    /// How long closing waits for stragglers.
    pub settle_ms: Millis,
    /// How long a closed period stays open for corrections.
    pub grace_ms: Millis,
    /// What seeds are derived from.
    pub draw_key: Vec<u8>,
    /// Steps of one fold call, 1 to 1,024.
    pub steps_per_call: usize,
    /// Whether everything is paid, whatever it costs.
    pub is_boundless: bool,
}

/// Why a house can't go on. Its memory is void then.
#[derive(Debug, thiserror::Error)]
pub enum DriveError {
    /// The rule failed.
    #[error("{fault}")]
    Fault {
        /// The key, if it came down to one.
        key: Option<Id>,
        /// Time of the block that was processed.
        at: Millis,
        /// What happened.
        fault: Fault,
    },
    /// The host failed; the rule may be fine.
    #[error("{0}")]
    Infrastructure(String),
    /// The store in memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A house with one incentive.
pub struct Drive {
    setup: Setup,
    store: Arc<dyn Store>,
    past: Past,
    facts: Facts,
    house: House,
    task: Option<Task>,
    head: Head,
    /// The last checkpoint, and the roster as of it.
    saved: Option<Vec<u8>>,
    blocks: Vec<(Arc<Block>, Arc<Roster>)>,
}

struct Past {
    history: Arc<History>,
    draw_key: Vec<u8>,
}

impl World for Past {
    fn facts(
        &self,
        subjects: &[Subject],
        from: Millis,
        to: Millis,
        through: u64,
    ) -> Result<Vec<(Position, Arc<Event>)>, StoreError> {
        self.history.read(subjects, from, to, through)
    }

    fn seed(&self, incentive: &str, period: &str, draw: &str) -> [u8; 32] {
        plaudit_core::draw::seed_for(&self.draw_key, incentive, period, draw)
    }
}

impl Drive {
    /// An empty house: [`Drive::enter`] what it begins with, then [`Drive::enable`].
    ///
    /// # Errors
    /// Never: an empty store in memory opens.
    pub fn new(setup: Setup) -> Result<Self, DriveError> {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let history = Arc::new(History::open(store.clone())?);
        let head = Head::new(&setup.incentive.id, None);
        Ok(Self {
            past: Past { history, draw_key: setup.draw_key.clone() },
            facts: Facts::open(store.clone())?,
            house: House::default(),
            task: None,
            head,
            saved: None,
            blocks: Vec::new(),
            store,
            setup,
        })
    }

    /// Where everything is kept.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// All blocks so far.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = &Arc<Block>> {
        self.blocks.iter().map(|(block, _)| block)
    }

    /// The history of all facts that were posted.
    pub(crate) fn history(&self) -> &Arc<History> {
        &self.past.history
    }

    /// The number of the last block.
    pub fn last_block(&self) -> u64 {
        self.house.block
    }

    /// The roster as it stands.
    pub fn roster(&self) -> &Arc<Roster> {
        &self.house.roster
    }

    /// Posts events at a time of the house's clock: blocks of at most 256, as the writer cuts them. Says what became of
    /// each.
    ///
    /// # Errors
    /// The rule fails.
    pub fn post(&mut self, now: Millis, events: Vec<Event>) -> Result<Vec<Judged>, DriveError> {
        let now = now.max(self.house.at);
        let mut fresh = Vec::new();
        let mut judged = Vec::with_capacity(events.len());
        self.facts.begin(self.house.block + 1);
        for event in events {
            judged.push(self.facts.take(event, now)?);
            if self.facts.len() >= BLOCK_EVENTS_MAX {
                fresh.push(self.cut(now));
            }
        }
        if self.facts.len() > 0 {
            fresh.push(self.cut(now));
        }
        self.written(fresh, now)?;
        Ok(judged)
    }

    /// Appends entries that are no facts, in a block of their own.
    ///
    /// # Errors
    /// The rule fails.
    pub fn enter(&mut self, now: Millis, entries: Vec<Entry>) -> Result<(), DriveError> {
        let now = now.max(self.house.at);
        self.facts.begin(self.house.block + 1);
        for entry in entries {
            self.facts.push(entry);
        }
        let block = self.cut(now);
        self.written(vec![block], now)
    }

    /// Writes ticks up to `now` whenever something is due, as a house does that sleeps at no time.
    ///
    /// # Errors
    /// The rule fails.
    pub fn pass(&mut self, now: Millis) -> Result<(), DriveError> {
        while let Some(due) = self.task.as_ref().and_then(Task::next_due).filter(|due| *due <= now) {
            self.enter(due, vec![Entry::Tick])?;
        }
        Ok(())
    }

    /// Enables the incentive.
    ///
    /// # Errors
    /// It has no calendar, or the rule fails.
    pub fn enable(&mut self, now: Millis) -> Result<(), DriveError> {
        self.task = Some(self.task_without_a_past()?);
        let incentive = self.setup.incentive.clone();
        self.enter(now, vec![Entry::Incentive(incentive)])
    }

    /// Takes a checkpoint: a restart folds from here.
    ///
    /// # Panics
    /// If nothing was enabled yet.
    pub fn save(&mut self) {
        self.saved = Some(checkpoint::write(self.task.as_ref().expect("the incentive is enabled")));
    }

    /// Forgets everything that is derived, as a killed process does, and begins again from the last checkpoint: the
    /// blocks after it are folded again in silence.
    ///
    /// # Panics
    /// If folding again disagrees with what stands: this is a proof.
    pub fn restart(&mut self) {
        let Some(saved) = &self.saved else { return };
        let mut task = self.task_without_a_past().expect("it was made before");
        // Nobody is disqualified in a history: no decision is entered.
        let _ = checkpoint::restore(&mut task, checkpoint::read(saved).expect("the layout is ours"));
        let (_, roster) = &self.blocks[usize::try_from(task.cursor - 1).expect("few blocks")];
        task.roster = roster.clone();
        put_standing(&mut task, self.standing().expect("a store in memory answers"));
        let past: Vec<(u64, Millis, Entry)> = self
            .blocks()
            .take_while(|block| block.number <= task.cursor)
            .flat_map(|block| block.entries.iter().map(|entry| (block.number, block.at, entry.clone())))
            .collect();
        let through = task.cursor;
        task.recall_money(&past, through);
        let cursor = self.blocks.last().map_or(0, |(block, _)| block.number);
        task.silent = true;
        let from = task.cursor;
        for (block, roster) in self.blocks.iter().filter(|(block, _)| block.number > from) {
            let view = BlockView::new(block.clone(), roster.clone());
            task.process(&view, &self.past).unwrap_or_else(|error| panic!("block {}: {error}", block.number));
        }
        assert_eq!(task.cursor, cursor);
        let differing = task.wake_up();
        assert!(differing.is_empty(), "folding again disagrees with what stands: {differing:?}");
        self.task = Some(task);
    }

    /// The state of each key, and which ids are asked for and not settled: a proof that folding agrees.
    ///
    /// # Panics
    /// If nothing was enabled yet.
    pub fn disagreements(&self) -> Vec<String> {
        let task = self.task.as_ref().expect("the incentive is enabled");
        task.disagreements().iter().map(|id| format!("{id:?}")).collect()
    }

    /// Facts that came behind the final boundary.
    pub fn too_late(&self) -> u64 {
        self.task.as_ref().map_or(0, |task| task.too_late)
    }

    /// A task at its beginning, as the house would make it.
    ///
    /// # Errors
    /// The incentive has no calendar.
    pub(crate) fn task_without_a_past(&self) -> Result<Task, DriveError> {
        let Setup { incentive, plan, metrics, guest, settle_ms, grace_ms, .. } = &self.setup;
        let calendar = Calendar::new(&incentive.periods, incentive.zone, incentive.start, incentive.end)
            .map_err(|error| DriveError::Infrastructure(error.to_string()))?;
        let delays = Delays { settle_ms: *settle_ms, grace_ms: *grace_ms };
        let roster = self.house.roster.clone();
        let mut task =
            Task::new(incentive.clone(), plan.clone(), metrics.clone(), calendar, guest(), delays, roster);
        put_standing(&mut task, Vec::new());
        task.book.is_boundless = self.setup.is_boundless;
        task.steps_per_call = self.setup.steps_per_call.clamp(1, STEPS_PER_CALL_MAX);
        Ok(task)
    }

    fn cut(&mut self, now: Millis) -> Arc<Block> {
        let block = self.facts.end(now);
        for (index, entry) in (0_u32..).zip(&block.entries) {
            self.house.apply(Position { block: block.number, index }, now, entry);
        }
        self.blocks.push((block.clone(), self.house.roster.clone()));
        self.facts.begin(block.number + 1);
        block
    }

    /// Blocks are durable: the task takes them up, and what it proposes is written after them.
    fn written(&mut self, fresh: Vec<Arc<Block>>, now: Millis) -> Result<(), DriveError> {
        let mut batch = Batch::default();
        for block in &fresh {
            family::journal::put_block(&mut batch, block)?;
            put_entries(&mut batch, block);
            self.past.history.add_block(block);
        }
        self.facts.flush_into(&mut batch, now)?;
        if self.past.history.should_flush() {
            self.past.history.flush_into(&mut batch);
        }
        self.store.apply(batch)?;
        let first = self.blocks.len() - fresh.len();
        let mut proposals = Vec::new();
        for (index, block) in fresh.iter().enumerate() {
            let roster = self.blocks[first + index].1.clone();
            proposals.extend(self.take_up(block, roster)?);
        }
        proposals.retain(|entry| !self.house.has(entry));
        if proposals.is_empty() { Ok(()) } else { self.enter(now, proposals) }
    }

    fn take_up(&mut self, block: &Arc<Block>, roster: Arc<Roster>) -> Result<Vec<Entry>, DriveError> {
        let Some(task) = &mut self.task else { return Ok(Vec::new()) };
        let view = BlockView::new(block.clone(), roster);
        let is_first = task.cursor == 0;
        let outcome =
            if is_first { task.rebuild(&view, &self.past) } else { task.process(&view, &self.past) };
        let outcome = outcome.map_err(|error| match error {
            TaskError::Fault { key, fault } => DriveError::Fault { key, at: block.at, fault },
            TaskError::Store(error) => DriveError::Store(error),
            error @ (TaskError::Infrastructure(_) | TaskError::Unwanted) => {
                DriveError::Infrastructure(error.to_string())
            }
        })?;
        self.commit(&outcome)?;
        if is_first {
            self.save();
        }
        Ok(outcome.proposals)
    }

    fn commit(&mut self, outcome: &Outcome) -> Result<(), DriveError> {
        let Some(task) = &self.task else { return Ok(()) };
        let (batch, _) = commit::batch(&*self.store, task, outcome, &mut self.head)
            .map_err(|error| DriveError::Infrastructure(error.to_string()))?;
        self.store.apply(batch)?;
        Ok(())
    }
}
