//! One incentive without threads, for proofs: the journal's judgement of facts, the history, a task, its commits and
//! checkpoints are the house's own; only the loops around them are not. `tests/oracle` drives it. It is compiled only
//! with the feature `drive`, which no build of the binary asks for.

use std::sync::Arc;

use plaudit_core::{
    Millis,
    calendar::Calendar,
    event::{Event, Subject},
    incentive::Incentive,
    journal::{Block, Entry, Position},
    limits::BLOCK_EVENTS_MAX,
    metric::CompiledMetric,
    rule::{Guest, Plan},
};
use plaudit_store::{
    Batch, Store, StoreError, family, family::control::put_entries, history::History, memory::MemoryStore,
};

use super::{
    checkpoint,
    commit::{self, Head},
    steps::BlockView,
    task::{Delays, Outcome, Task, World},
    worker::put_standing,
};
use crate::journal::{Facts, House};

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
}

/// A house with one incentive. Its methods panic where the house would log an error.
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
    blocks: Vec<(Arc<Block>, Arc<plaudit_core::roster::Roster>)>,
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
    /// # Panics
    /// Never with a store in memory.
    pub fn new(setup: Setup) -> Self {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let history = Arc::new(History::open(store.clone()).expect("an empty store opens"));
        let head = Head::new(&setup.incentive.id, None);
        Self {
            past: Past { history, draw_key: setup.draw_key.clone() },
            facts: Facts::open(store.clone()).expect("an empty store opens"),
            house: House::default(),
            task: None,
            head,
            saved: None,
            blocks: Vec::new(),
            store,
            setup,
        }
    }

    /// Where everything is kept.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// All blocks so far.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = &Arc<Block>> {
        self.blocks.iter().map(|(block, _)| block)
    }

    /// Posts events at a time of the house's clock: blocks of at most 256, as the writer cuts them.
    ///
    /// # Panics
    /// If the store fails.
    pub fn post(&mut self, now: Millis, events: Vec<Event>) {
        let now = now.max(self.house.at);
        let mut fresh = Vec::new();
        self.facts.begin(self.house.block + 1);
        for event in events {
            self.facts.take(event, now).expect("a store in memory answers");
            if self.facts.len() >= BLOCK_EVENTS_MAX {
                fresh.push(self.cut(now));
            }
        }
        if self.facts.len() > 0 {
            fresh.push(self.cut(now));
        }
        self.written(fresh, now);
    }

    /// Appends entries that are no facts, in a block of their own.
    ///
    /// # Panics
    /// If the store fails.
    pub fn enter(&mut self, now: Millis, entries: Vec<Entry>) {
        let now = now.max(self.house.at);
        self.facts.begin(self.house.block + 1);
        for entry in entries {
            self.facts.push(entry);
        }
        let block = self.cut(now);
        self.written(vec![block], now);
    }

    /// Writes ticks up to `now` whenever something is due, as a house does that sleeps at no time.
    ///
    /// # Panics
    /// If the store fails.
    pub fn pass(&mut self, now: Millis) {
        while let Some(due) = self.task.as_ref().and_then(Task::next_due).filter(|due| *due <= now) {
            self.enter(due, vec![Entry::Tick]);
        }
    }

    /// Enables the incentive.
    ///
    /// # Panics
    /// If it has no calendar, or the store fails.
    pub fn enable(&mut self, now: Millis) {
        self.task = Some(self.task_without_a_past());
        let incentive = self.setup.incentive.clone();
        self.enter(now, vec![Entry::Incentive(incentive)]);
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
    /// If folding again disagrees with what stands.
    pub fn restart(&mut self) {
        let Some(saved) = &self.saved else { return };
        let mut task = self.task_without_a_past();
        // Nobody is disqualified in a history: no decision is entered.
        let _ = checkpoint::restore(&mut task, checkpoint::read(saved).expect("the layout is ours"));
        let (_, roster) = &self.blocks[usize::try_from(task.cursor - 1).expect("few blocks")];
        task.roster = roster.clone();
        put_standing(&mut task, self.standing());
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

    fn standing(&self) -> Vec<plaudit_core::award::Standing> {
        let mut prefix = self.setup.incentive.id.as_bytes().to_vec();
        prefix.push(0);
        let rows = family::scan_prefix::<family::standing::Standing>(&*self.store, &prefix, usize::MAX);
        rows.expect("a store in memory answers").into_iter().map(|(_, row)| row).collect()
    }

    fn task_without_a_past(&self) -> Task {
        let Setup { incentive, plan, metrics, guest, settle_ms, grace_ms, .. } = &self.setup;
        let calendar = Calendar::new(&incentive.periods, incentive.zone, incentive.start, incentive.end)
            .expect("a calendar");
        let delays = Delays { settle_ms: *settle_ms, grace_ms: *grace_ms };
        let roster = self.house.roster.clone();
        let mut task =
            Task::new(incentive.clone(), plan.clone(), metrics.clone(), calendar, guest(), delays, roster);
        put_standing(&mut task, Vec::new());
        task
    }

    fn cut(&mut self, now: Millis) -> Arc<Block> {
        let block = self.facts.end(now);
        for (index, entry) in block.entries.iter().enumerate() {
            let index = u32::try_from(index).expect("a block is small");
            self.house.apply(Position { block: block.number, index }, now, entry);
        }
        self.blocks.push((block.clone(), self.house.roster.clone()));
        self.facts.begin(block.number + 1);
        block
    }

    /// Blocks are durable: the task takes them up, and what it proposes is written after them.
    fn written(&mut self, fresh: Vec<Arc<Block>>, now: Millis) {
        let mut batch = Batch::default();
        for block in &fresh {
            family::journal::put_block(&mut batch, block).expect("a block of a proof fits");
            put_entries(&mut batch, block);
            self.past.history.add_block(block);
        }
        self.facts.flush_into(&mut batch, now).expect("a store in memory answers");
        if self.past.history.should_flush() {
            self.past.history.flush_into(&mut batch);
        }
        self.store.apply(batch).expect("nobody else writes");
        let mut proposals = Vec::new();
        for block in fresh {
            proposals.extend(self.take_up(&block));
        }
        proposals.retain(|entry| !self.house.has(entry));
        if !proposals.is_empty() {
            self.enter(now, proposals);
        }
    }

    fn take_up(&mut self, block: &Arc<Block>) -> Vec<Entry> {
        let Some(task) = &mut self.task else { return Vec::new() };
        let index = usize::try_from(block.number - 1).expect("few blocks");
        let view = BlockView::new(block.clone(), self.blocks[index].1.clone());
        let is_first = task.cursor == 0;
        let outcome =
            if is_first { task.rebuild(&view, &self.past) } else { task.process(&view, &self.past) };
        let outcome = outcome.unwrap_or_else(|error| panic!("block {}: {error}", block.number));
        self.commit(&outcome);
        if is_first {
            self.save();
        }
        outcome.proposals
    }

    fn commit(&mut self, outcome: &Outcome) {
        let Some(task) = &self.task else { return };
        let (batch, _) =
            commit::batch(&*self.store, task, outcome, &mut self.head).expect("the rows balance");
        self.store.apply(batch).expect("nobody else writes");
    }
}
