//! Replaying: the real engine over a journal that stands already, offline and in another store. Nothing is delivered,
//! nothing is proposed (the journal has the answers), and nothing is written to the store that is replayed.
//!
//! A replay goes in lockstep: a task sees the house as of the block it processes, or as of the decision that let it go
//! on after its rule had failed, as it did when the block was new.

mod compare;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use plaudit_core::{
    Id,
    journal::{Block, Entry, Position},
};
use plaudit_runtime::Runtime;
use plaudit_store::{
    Batch, Store, StoreError,
    family::{self, checkpoint::read_blob, control::put_entries, cursor::Cursor, journal, tags},
    history::History,
    overlay::Overlay,
};

pub use self::compare::{Difference, Findings, Kind};
use super::{
    Engine, EngineConfig, Inner, Slot,
    checkpoint::{self, Checkpoint},
    hashes,
    plugins::Plugins,
    task::TaskError,
    treasury::{TREASURY, Treasury},
    worker,
};
use crate::{
    api::views::Hashes,
    journal::{Follower, House, Opened, Published},
};

/// Blocks taken up before the tasks have their turn.
const BLOCKS_AT_ONCE: usize = 64;
/// Attempts at a block that the host, not the rule, failed at: a busy machine may miss a deadline.
const ATTEMPTS: usize = 5;
/// Families that are read from the store that is replayed; everything else is made anew.
const SHARED: &[u8] = &[tags::JOURNAL, tags::COMPONENT];

/// How a replay goes. What comes out depends on none of the numbers.
#[derive(Clone, Debug)]
pub struct ReplayConfig {
    /// Threads, delays, keys, checkpoints and steps a call.
    pub engine: EngineConfig,
    /// Blocks taken up before the tasks have their turn, > 0.
    pub blocks_at_once: usize,
    /// After so many turns all tasks are lost and begin again at their last checkpoint; 0: never.
    pub restart_every: usize,
}

impl ReplayConfig {
    /// As quick as it goes: no checkpoints, no restarts.
    pub fn quick(engine: EngineConfig) -> Self {
        let engine = EngineConfig { checkpoint_blocks: u64::MAX, ..engine };
        Self { engine, blocks_at_once: BLOCKS_AT_ONCE, restart_every: 0 }
    }
}

/// Why a replay could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// A store can't be read, or the scratch store not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The host could not run a rule.
    #[error("incentive {incentive}, after block {block}: {what}; try again when the machine has room")]
    Infrastructure {
        /// Which one.
        incentive: Id,
        /// The last block that it processed.
        block: u64,
        /// What happened.
        what: String,
    },
    /// The journal's blocks have a gap.
    #[error("block {0} of the journal is missing; restore the store from a backup")]
    Missing(u64),
}

/// A journal that is played again.
pub struct Replay {
    inner: Arc<Inner>,
    source: Arc<dyn Store>,
    house: House,
    last: u64,
    turns: usize,
    config: ReplayConfig,
    /// Where each task of the source stands; `None`: everything goes to the journal's end.
    stands: Option<BTreeMap<Id, Stand>>,
    found: Mutex<Vec<Difference>>,
}

impl std::fmt::Debug for Replay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Replay")
            .field("block", &self.house.block)
            .field("last", &self.last)
            .finish_non_exhaustive()
    }
}

/// Where a task of the source stands: its rows as of its cursor, its states as of its checkpoint.
#[derive(Default)]
struct Stand {
    cursor: u64,
    checkpoint: Option<Checkpoint>,
}

impl Replay {
    /// Prepares to play the journal of `source` into the empty store `scratch`.
    ///
    /// # Errors
    /// A store can't be read.
    pub fn new(
        source: Arc<dyn Store>,
        scratch: Arc<dyn Store>,
        runtime: Runtime,
        config: ReplayConfig,
    ) -> Result<Self, StoreError> {
        let store: Arc<dyn Store> = Arc::new(Overlay::new(source.clone(), scratch, SHARED));
        let house = House::default();
        let opened = Opened {
            store: store.clone(),
            house: Arc::new(house.clone()),
            rosters: vec![(0, house.roster.clone())],
            history: Arc::new(History::open(store.clone())?),
        };
        let plugins = Arc::new(Plugins::new(runtime, store));
        let engine = Engine::new(&opened, plugins, config.engine.clone())?;
        let last = journal::last_block_number(&*source)?;
        let (stands, found) = (None, Mutex::default());
        Ok(Self { inner: engine.inner, source, house, last, turns: 0, config, stands, found })
    }

    /// The journal's last block.
    pub fn last_block(&self) -> u64 {
        self.last
    }

    /// Plays everything, and says after each turn which block it has come to.
    ///
    /// # Errors
    /// What ended the replay before the journal's end.
    pub fn run(&mut self, progress: &mut dyn FnMut(u64)) -> Result<(), ReplayError> {
        while self.house.block < self.last {
            // Never after the last turn: whoever asks for hashes finds every task loaded.
            let every = self.config.restart_every;
            if every > 0 && self.turns > 0 && self.turns.is_multiple_of(every) {
                self.restart()?;
            }
            let published = self.next_turn()?;
            self.inner.follow(&published);
            self.run_treasury()?;
            self.run_tasks()?;
            self.turns += 1;
            progress(self.house.block);
        }
        Ok(())
    }

    /// Digests of what was rebuilt.
    ///
    /// # Errors
    /// The scratch store can't be read.
    pub fn hashes(&self) -> Result<Hashes, StoreError> {
        hashes::hashes(&self.inner)
    }

    /// Plays everything up to where the source's tasks stand, and compares.
    ///
    /// # Errors
    /// What ended the replay before the journal's end. What differs is no error, but a finding.
    pub fn verify(mut self, progress: &mut dyn FnMut(u64)) -> Result<Findings, ReplayError> {
        self.stands = Some(stands(&*self.source)?);
        self.run(progress)?;
        let stands = self.stands.take().unwrap_or_default();
        let mut findings = Findings { blocks: self.last, ..Findings::default() };
        findings.differences = std::mem::take(&mut *lock(&self.found));
        let rebuilt = &*self.inner.store;
        for (id, stand) in &stands {
            findings.tasks.push((id.clone(), stand.cursor));
            if stand.checkpoint.is_none() && **id != *TREASURY {
                findings.without_states.push(id.clone());
            }
            findings.differences.extend(compare::rows(&*self.source, rebuilt, id)?);
        }
        findings.differences.extend(compare::control(&*self.source, rebuilt)?);
        findings.full = self.hashes()?.full;
        Ok(findings)
    }

    /// The next blocks, with the house as of their end. A block that decides about an incentive begins a turn of its
    /// own: whoever has to hear of it has come up to it by then.
    fn next_turn(&mut self) -> Result<Vec<Published>, ReplayError> {
        let first = self.house.block + 1;
        let mut blocks = journal::read_blocks(&*self.source, first, self.config.blocks_at_once.max(1))?;
        let cut = blocks.iter().skip(1).position(|block| block.entries.iter().any(decides));
        blocks.truncate(cut.map_or(blocks.len(), |after| after + 1));
        if blocks.is_empty() {
            return Err(ReplayError::Missing(first));
        }
        let mut batch = Batch::default();
        let mut taken = Vec::with_capacity(blocks.len());
        for block in blocks {
            let block = Arc::new(block);
            put_entries(&mut batch, &block);
            self.inner.history.add_block(&block);
            self.take(&block);
            taken.push((block, self.house.roster.clone()));
        }
        if self.inner.history.should_flush() {
            self.inner.history.flush_into(&mut batch);
        }
        if !batch.is_empty() {
            self.inner.store.apply(batch)?;
        }
        let house = Arc::new(self.house.clone());
        Ok(taken
            .into_iter()
            .map(|(block, roster)| Published { block, roster, house: house.clone() })
            .collect())
    }

    fn take(&mut self, block: &Block) {
        for (entry, index) in block.entries.iter().zip(0u32..) {
            self.house.apply(Position { block: block.number, index }, block.at, entry);
        }
        (self.house.block, self.house.at) = (block.number, block.at);
    }

    fn run_treasury(&self) -> Result<(), StoreError> {
        let through = self.stands.as_ref().map_or(u64::MAX, |all| all.get(TREASURY).map_or(0, |s| s.cursor));
        let mut treasury = self.inner.treasury.lock().unwrap_or_else(PoisonError::into_inner);
        let booked = treasury.run(&*self.inner.store, self.inner.head().min(through))?;
        self.inner.booked(&booked.rows);
        Ok(())
    }

    /// Every thread's tasks, up to the head.
    fn run_tasks(&self) -> Result<(), ReplayError> {
        std::thread::scope(|scope| {
            let of_thread =
                |index| move || self.inner.slots_of(index).iter().try_for_each(|slot| self.catch_up(slot));
            let threads: Vec<_> =
                (0..self.config.engine.threads.max(1)).map(|index| scope.spawn(of_thread(index))).collect();
            threads.into_iter().try_for_each(|thread| match thread.join() {
                Ok(done) => done,
                Err(panic) => std::panic::resume_unwind(panic),
            })
        })
    }

    fn catch_up(&self, slot: &Slot) -> Result<(), ReplayError> {
        let stand = self.stands.as_ref().map(|all| all.get(&slot.id));
        if matches!(stand, Some(None)) {
            return Ok(()); // It has never begun there.
        }
        let stand = stand.flatten();
        let checkpoint = stand.and_then(|stand| stand.checkpoint.as_ref());
        let goal = self.inner.head().min(stand.map_or(u64::MAX, |stand| stand.cursor));
        let halfway = checkpoint.map_or(goal, |checkpoint| checkpoint.block.min(goal));
        let mut failures = 0;
        for stop in [halfway, goal] {
            loop {
                let mut state = slot.lock();
                let before = state.loaded.as_ref().map(|loaded| loaded.task.cursor);
                if before.is_some_and(|cursor| cursor >= stop) {
                    break;
                }
                match worker::step_to(&self.inner, slot, &mut state, stop) {
                    Ok(true) => {}
                    // The first step loads; a paused task stays where it is.
                    Ok(false) if before.is_none() && state.loaded.is_some() => {}
                    Ok(false) => break,
                    Err(error @ TaskError::Fault { .. }) => {
                        worker::failed(&self.inner, slot, &mut state, error)
                    }
                    Err(TaskError::Store(error)) => return Err(error.into()),
                    Err(TaskError::Infrastructure(_)) if failures < ATTEMPTS => {
                        failures += 1;
                        state.loaded = None;
                    }
                    Err(error @ (TaskError::Infrastructure(_) | TaskError::Unwanted)) => {
                        let (incentive, block) = (slot.id.clone(), before.unwrap_or_default());
                        let what = error.to_string();
                        return Err(ReplayError::Infrastructure { incentive, block, what });
                    }
                }
                let cursor = state.loaded.as_ref().map(|loaded| loaded.task.cursor);
                if let (Some(checkpoint), Some(loaded)) = (checkpoint, &state.loaded)
                    && before != cursor
                    && cursor == Some(checkpoint.block)
                {
                    lock(&self.found).extend(compare::states(checkpoint, &loaded.task));
                }
            }
        }
        Ok(())
    }

    /// As a killed process begins again.
    fn restart(&self) -> Result<(), StoreError> {
        for index in 0..self.config.engine.threads.max(1) {
            self.inner.slots_of(index).iter().for_each(|slot| slot.lock().loaded = None);
        }
        *self.inner.treasury.lock().unwrap_or_else(PoisonError::into_inner) =
            Treasury::load(&*self.inner.store)?;
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a task that is behind must not know of an entry yet.
fn decides(entry: &Entry) -> bool {
    matches!(entry, Entry::Decision { .. } | Entry::Fault { .. } | Entry::Incentive(_))
}

fn stands(source: &dyn Store) -> Result<BTreeMap<Id, Stand>, StoreError> {
    let mut stands = BTreeMap::new();
    for (task, place) in family::scan::<Cursor>(source, None, usize::MAX)? {
        let blob = read_blob(source, &task)?;
        let checkpoint = blob.and_then(|blob| checkpoint::read(&blob.bytes));
        stands.insert(task.into(), Stand { cursor: place.block, checkpoint });
    }
    Ok(stands)
}
