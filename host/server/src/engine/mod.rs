//! The engine: follows the journal, runs the incentives' tasks, and shows where they stand.

mod adjust;
mod chances;
mod checkpoint;
mod close;
mod commit;
mod cut;
mod day;
pub(crate) mod draws;
#[doc(hidden)]
pub mod drive;
mod explain;
mod finality;
mod fold;
mod hashes;
mod heard;
mod hold;
mod key;
mod kudos;
mod life;
mod money;
mod opening;
pub mod plugins;
pub mod rehearsal;
pub mod replay;
mod restart;
pub mod stage;
mod steps;
mod targets;
mod task;
#[cfg(test)]
mod tests;
mod treasury;
mod upgrade;
pub(crate) mod views;
pub(crate) use treasury::TREASURY;
mod worker;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use plaudit_core::{
    Id, Millis,
    journal::{Entry, Position},
    ledger::{Books, Row},
    roster::Roster,
};
use plaudit_store::{Store, StoreError, family, history::History};
use tokio::sync::{Notify, broadcast};

use self::{
    plugins::Plugins,
    stage::Stage,
    steps::BlockView,
    task::{Outcome, Task},
    treasury::{Booked, Treasury},
    worker::Loaded,
};
use crate::{
    api::views::News,
    journal::{Follower, House, Journal, Opened, Published},
};

/// Decoded blocks kept for tasks that are a little behind.
const VIEWS_KEPT: usize = 256;
/// Blocks read back for tasks that are further behind, as after a start: somewhat more than the stretch that each task
/// of a thread goes before the next one's turn, so that a block is decoded and measured once for all of them.
const READ_BACK_KEPT: usize = 48;
/// News that a slow listener may be behind.
const NEWS_KEPT: usize = 1024;

/// What the engine needs to know.
#[derive(Clone, Debug)]
pub struct EngineConfig {
    /// Threads that run tasks.
    pub threads: usize,
    /// How long closing waits for stragglers.
    pub settle_ms: Millis,
    /// How long a closed period stays open for corrections.
    pub grace_ms: Millis,
    /// Blocks between two checkpoints of a task.
    pub checkpoint_blocks: u64,
    /// Steps of one call of a rule, at most [`plaudit_core::limits::STEPS_PER_CALL_MAX`]: only time depends on it.
    pub steps_per_call: usize,
    /// Key that draw seeds are derived from: outside the store and its backups.
    pub draw_key: Vec<u8>,
    /// Beacon that draws of new periods use: hash of the chain, and the margin in milliseconds.
    pub beacon: Option<(Id, Millis)>,
}

/// The engine. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
    threads: Arc<Mutex<Vec<std::thread::JoinHandle<()>>>>,
    stage: Arc<Stage>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("head", &self.inner.head()).finish_non_exhaustive()
    }
}

pub(crate) struct Inner {
    store: Arc<dyn Store>,
    history: Arc<History>,
    plugins: Arc<Plugins>,
    config: EngineConfig,
    journal: OnceLock<Journal>,
    house: RwLock<Arc<House>>,
    rosters: RwLock<Vec<(u64, Arc<Roster>)>>,
    blocks: Mutex<VecDeque<Arc<BlockView>>>,
    read_back: Mutex<VecDeque<Arc<BlockView>>>,
    head: AtomicU64,
    slots: RwLock<BTreeMap<Id, Arc<Slot>>>,
    treasury: Mutex<Treasury>,
    treasury_block: AtomicU64,
    books: Mutex<Books>,
    generation: Mutex<u64>,
    changed: Condvar,
    closing: AtomicBool,
    /// Held while something is computed over the past for a manager: one at a time.
    rehearsing: Mutex<()>,
    news: broadcast::Sender<News>,
    outbox: Arc<Notify>,
}

/// A task's place among the threads.
pub(crate) struct Slot {
    id: Id,
    thread: usize,
    state: Mutex<SlotState>,
    block: AtomicU64,
    next_due: AtomicI64,
    final_through: AtomicI64,
}

#[derive(Default)]
pub(crate) struct SlotState {
    loaded: Option<Loaded>,
    /// Block of the house when the rule failed, until the journal says so.
    faulted_at: Option<u64>,
    retry_at: Option<Instant>,
    failures: u32,
    trouble: Option<String>,
}

impl Slot {
    fn lock(&self) -> MutexGuard<'_, SlotState> {
        // A thread that panicked in here leaves a task that can't be trusted: it is loaded anew.
        self.state.lock().unwrap_or_else(|poisoned| {
            let mut state = poisoned.into_inner();
            state.loaded = None;
            self.state.clear_poison();
            state
        })
    }

    fn publish(&self, loaded: &Loaded) {
        let task = &loaded.task;
        self.next_due.store(loaded.next_due().unwrap_or(Millis::MAX), Ordering::SeqCst);
        self.final_through.store(task.closing.final_through, Ordering::SeqCst);
        self.block.store(task.cursor, Ordering::SeqCst);
    }
}

impl Engine {
    /// Prepares the tasks of what a journal held. They run once [`Engine::start`] is called.
    ///
    /// # Errors
    /// The store can't be read.
    pub fn new(opened: &Opened, plugins: Arc<Plugins>, config: EngineConfig) -> Result<Self, StoreError> {
        let treasury = Treasury::load(&*opened.store)?;
        family::awarded::build(&*opened.store)?;
        for enabled in opened.house.incentives.values() {
            plugins.set_title(&enabled.incentive.id, &enabled.incentive.title);
        }
        let threads = config.threads.max(1);
        let slots =
            opened.house.incentives.keys().map(|id| (id.clone(), Arc::new(slot(id, threads)))).collect();
        let inner = Inner {
            store: opened.store.clone(),
            history: opened.history.clone(),
            plugins,
            config,
            journal: OnceLock::new(),
            house: RwLock::new(opened.house.clone()),
            rosters: RwLock::new(opened.rosters.clone()),
            blocks: Mutex::default(),
            read_back: Mutex::default(),
            head: AtomicU64::new(opened.house.block),
            slots: RwLock::new(slots),
            treasury_block: AtomicU64::new(treasury.block()),
            treasury: Mutex::new(treasury),
            books: Mutex::new(read_books(&*opened.store)?),
            generation: Mutex::new(0),
            changed: Condvar::new(),
            closing: AtomicBool::new(false),
            rehearsing: Mutex::default(),
            news: broadcast::Sender::new(NEWS_KEPT),
            outbox: Arc::new(Notify::new()),
        };
        Ok(Self { inner: Arc::new(inner), threads: Arc::default(), stage: Arc::default() })
    }

    /// What the journal tells of its blocks.
    pub fn follower(&self) -> Arc<dyn Follower> {
        self.inner.clone()
    }

    /// Starts the threads.
    ///
    /// # Errors
    /// The operating system gives no thread.
    pub fn start(&self, journal: &Journal) -> std::io::Result<()> {
        drop(self.inner.journal.set(journal.clone()));
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        for index in 0..self.inner.config.threads.max(1) {
            let inner = self.inner.clone();
            let name = format!("engine-{index}");
            threads.push(std::thread::Builder::new().name(name).spawn(move || worker::run(&inner, index))?);
        }
        Ok(())
    }

    /// Ends the threads after the block at hand, with a last checkpoint each. Blocks until they have ended.
    pub fn close(&self) {
        self.inner.closing.store(true, Ordering::SeqCst);
        self.inner.nudge();
        self.stage.close();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            if thread.join().is_err() {
                tracing::error!("a thread of the engine had panicked");
            }
        }
    }

    /// Wakes whoever reads the outbox.
    pub fn outbox(&self) -> Arc<Notify> {
        self.inner.outbox.clone()
    }

    /// Beacons that draws wait for.
    pub(crate) fn awaited(&self) -> Vec<draws::Awaited> {
        let ids: Vec<Id> = self.inner.house().incentives.keys().cloned().collect();
        ids.iter().filter_map(|id| self.inner.with_task(id, Task::awaited)).flatten().collect()
    }

    /// Whether every task has come to the journal's end and nothing is due at `now`.
    pub fn is_idle(&self, now: Millis) -> bool {
        let head = self.inner.head();
        let is_done = self.inner.next_due().is_some_and(|due| due > now);
        // A task proposes before it says that it is at the head, and a proposal moves the head before it is done.
        let is_quiet = self.inner.journal.get().is_none_or(|journal| !journal.has_proposals());
        is_done && is_quiet && self.inner.head() == head
    }
}

/// Balances, from all ledger rows.
fn read_books(store: &dyn Store) -> Result<Books, StoreError> {
    let mut books = Books::default();
    let mut from: Option<(String, u64)> = None;
    loop {
        let rows = family::scan::<family::ledger::Ledger>(store, from.as_ref(), 10_000)?;
        let Some((last, _)) = rows.last() else { return Ok(books) };
        from = Some((last.0.clone(), last.1 + 1));
        for (_, row) in rows {
            books.apply(&row).map_err(|e| StoreError::Damaged {
                what: format!("ledger row {} of {}: {e}", row.number, row.task),
            })?;
        }
    }
}

fn slot(id: &Id, threads: usize) -> Slot {
    let spread = id.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    Slot {
        id: id.clone(),
        thread: spread % threads,
        state: Mutex::default(),
        block: AtomicU64::new(0),
        next_due: AtomicI64::new(Millis::MAX),
        final_through: AtomicI64::new(Millis::MIN),
    }
}

impl Follower for Inner {
    fn follow(&self, published: &[Published]) {
        for one in published {
            self.take_up(one);
        }
        self.nudge();
    }

    fn next_due(&self) -> Option<Millis> {
        let head = self.head();
        let house = self.house();
        let mut due = Millis::MAX;
        if self.treasury_block.load(Ordering::SeqCst) < head {
            return None;
        }
        for slot in self.slots.read().unwrap_or_else(PoisonError::into_inner).values() {
            let is_paused = house.incentives.get(&slot.id).is_none_or(|e| e.paused.is_some());
            if is_paused {
                continue;
            }
            if slot.block.load(Ordering::SeqCst) < head {
                return None;
            }
            due = due.min(slot.next_due.load(Ordering::SeqCst));
        }
        Some(due)
    }
}

impl Inner {
    fn take_up(&self, published: &Published) {
        let view = Arc::new(BlockView::new(published.block.clone(), published.roster.clone()));
        let number = published.block.number;
        let mut rosters = self.rosters.write().unwrap_or_else(PoisonError::into_inner);
        if rosters.last().is_none_or(|(_, last)| !Arc::ptr_eq(last, &published.roster)) {
            rosters.push((number, published.roster.clone()));
        }
        drop(rosters);
        *self.house.write().unwrap_or_else(PoisonError::into_inner) = published.house.clone();
        for entry in &published.block.entries {
            if let Entry::Incentive(incentive) = entry {
                self.plugins.set_title(&incentive.id, &incentive.title);
                let mut slots = self.slots.write().unwrap_or_else(PoisonError::into_inner);
                let fresh = || Arc::new(slot(&incentive.id, self.config.threads.max(1)));
                slots.entry(incentive.id.clone()).or_insert_with(fresh);
            }
        }
        let mut blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        blocks.push_back(view);
        if blocks.len() > VIEWS_KEPT {
            blocks.pop_front();
        }
        drop(blocks);
        self.head.store(number, Ordering::SeqCst);
    }

    fn head(&self) -> u64 {
        self.head.load(Ordering::SeqCst)
    }

    fn house(&self) -> Arc<House> {
        self.house.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A block with the roster as of its end: from memory, or read back.
    fn view(&self, number: u64) -> Result<Arc<BlockView>, StoreError> {
        let blocks = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        let first = blocks.front().map_or(u64::MAX, |v| v.block.number);
        if let Some(view) = number.checked_sub(first).and_then(|i| blocks.get(i as usize)) {
            return Ok(view.clone());
        }
        drop(blocks);
        // The lock is held while reading: another task that wants the same block waits for it.
        let mut read_back = self.read_back.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(view) = read_back.iter().find(|view| view.block.number == number) {
            return Ok(view.clone());
        }
        let block = family::journal::read_block(&*self.store, number)?;
        let block = block
            .ok_or_else(|| StoreError::Damaged { what: format!("journal block {number} is missing") })?;
        let rosters = self.rosters.read().unwrap_or_else(PoisonError::into_inner);
        let after = rosters.partition_point(|(from, _)| *from <= number);
        let roster = after.checked_sub(1).map_or_else(Arc::default, |i| rosters[i].1.clone());
        let view = Arc::new(BlockView::new(Arc::new(block), roster));
        read_back.push_back(view.clone());
        if read_back.len() > READ_BACK_KEPT {
            read_back.pop_front();
        }
        Ok(view)
    }

    fn left_out(&self, incentive: &str) -> BTreeSet<Position> {
        self.house().incentives.get(incentive).map(|e| e.left_out.clone()).unwrap_or_default()
    }

    fn slots_of(&self, thread: usize) -> Vec<Arc<Slot>> {
        let slots = self.slots.read().unwrap_or_else(PoisonError::into_inner);
        slots.values().filter(|slot| slot.thread == thread).cloned().collect()
    }

    fn slot(&self, incentive: &str) -> Option<Arc<Slot>> {
        self.slots.read().unwrap_or_else(PoisonError::into_inner).get(incentive).cloned()
    }

    fn is_closing(&self) -> bool {
        self.closing.load(Ordering::SeqCst)
    }

    fn generation(&self) -> u64 {
        *self.generation.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn nudge(&self) {
        *self.generation.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_all();
    }

    fn wait_for(&self, seen: u64, at_most: Duration) {
        let generation = self.generation.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.changed.wait_timeout_while(generation, at_most, |now| *now == seen));
        if let Some(journal) = self.journal.get()
            && !self.is_closing()
        {
            journal.look(); // A task has said when something is due.
        }
    }

    fn propose(&self, entries: &[Entry]) {
        if let Some(journal) = self.journal.get() {
            journal.propose(entries.to_vec());
        }
    }

    fn run_treasury(&self) -> bool {
        let head = self.head();
        if self.treasury_block.load(Ordering::SeqCst) >= head {
            return false;
        }
        let mut treasury = self.treasury.lock().unwrap_or_else(PoisonError::into_inner);
        match treasury.run(&*self.store, head) {
            Ok(Booked { rows, thanked }) => {
                self.booked(&rows);
                if !thanked.is_empty() {
                    self.outbox.notify_one();
                }
                for to in thanked {
                    drop(self.news.send(News::Kudos { to }));
                }
                self.treasury_block.store(head, Ordering::SeqCst);
            }
            Err(error) => {
                tracing::error!(%error, "the treasury can't book; trying again");
                std::thread::sleep(Duration::from_millis(200));
            }
        }
        true
    }

    /// Ledger rows have been committed.
    fn booked(&self, rows: &[Row]) {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        for row in rows {
            if let Err(error) = books.apply(row) {
                tracing::error!(%error, task = %row.task, number = row.number, "a ledger row does not fit the books");
            }
        }
    }

    /// A commit has been made: whoever waits for it may look.
    fn told(&self, task: &Task, outcome: &Outcome) {
        let adjusted = outcome.adjustments.iter().flat_map(|a| &a.changes).map(|change| &change.standing);
        for standing in outcome.settled.iter().map(|settled| &settled.standing).chain(adjusted) {
            let view = views::award(standing, &task.incentive.plugin);
            drop(self.news.send(News::Award(view)));
        }
        for (period, draw) in &outcome.drawn {
            if let Some(view) = views::draw(task, period, draw) {
                drop(self.news.send(News::Draw(view)));
            }
        }
        self.outbox.notify_one();
    }

    /// Keys of a task changed: its boards may have moved.
    fn moved(&self, task: &Task) {
        let Some(period) = task.period_at(task.at) else { return };
        for board in &task.plan.boards {
            let news = News::Board {
                incentive: task.incentive.id.clone(),
                board: board.name.as_str().into(),
                period: period.id.clone(),
            };
            drop(self.news.send(news));
        }
    }

    fn paused(&self, incentive: &Id, plugin: Option<Id>, block: u64, fault: &str) {
        drop(self.news.send(News::Paused { incentive: incentive.clone(), fault: fault.into() }));
        let stored = match family::get::<family::cursor::Cursor>(&*self.store, &incentive.to_string()) {
            Ok(stored) => stored,
            Err(error) => return tracing::error!(%error, "the pause of an incentive can't be told"),
        };
        let mut head = commit::Head::new(incentive, stored);
        let house = self.house();
        let plugin = plugin.or_else(|| Some(house.incentives.get(incentive)?.incentive.plugin.clone()));
        let batch = commit::paused(
            incentive,
            &plugin.unwrap_or_else(|| "".into()),
            block,
            house.at,
            fault,
            &mut head,
        );
        if let Err(error) = self.store.apply(batch) {
            return tracing::error!(%error, "the pause of an incentive can't be told");
        }
        self.outbox.notify_one();
    }
}
