//! The journal's writer, and the house as the journal has made it.
//!
//! One thread appends: it drops what it has seen, finds the version that an event replaces, stamps the time, writes
//! blocks in group commits and answers when they are durable.

mod appender;
mod facts;
mod house;

use std::sync::{
    Arc, Mutex, PoisonError, RwLock,
    atomic::{AtomicUsize, Ordering},
    mpsc,
};

use plaudit_core::{
    event::Event,
    journal::{Entry, Position},
    limits::{INGEST_QUEUE_EVENTS_MAX, INGEST_QUEUE_MAX},
};
use plaudit_store::{Store, StoreError, history::History};
use tokio::sync::oneshot;

pub(crate) use self::facts::Facts;
pub use self::{
    appender::Published,
    house::{Enabled, House, Paused, Stocked},
};
use crate::clock::Clock;

/// What became of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is in the journal, durably.
    Accepted(Position),
    /// The same message was there before: acknowledged and ignored.
    Duplicate,
    /// The same (source, id) came before with other content.
    Conflict,
    /// Its time is more than [`plaudit_core::limits::EVENT_AHEAD_MS_MAX`] ahead of the clock.
    Ahead,
    /// It is older than the correction window.
    TooOld,
}

/// Why nothing was appended.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    /// The queue is full: come again.
    #[error("the journal's queue is full; try again in {retry_after_s} s")]
    Busy {
        /// When to try again, in seconds.
        retry_after_s: u64,
    },
    /// The entry contradicts what stands.
    #[error("{0}")]
    Refused(String),
    /// The store failed; nothing was acknowledged.
    #[error("the journal can't be written: {0}")]
    Store(String),
    /// The house is closing.
    #[error("the journal is closed")]
    Closed,
}

enum Request {
    Events(Vec<Event>, oneshot::Sender<Result<Vec<Outcome>, AppendError>>),
    Entries(Vec<Entry>, Option<oneshot::Sender<Result<Position, AppendError>>>),
    /// Something may be due: a clock was moved, or a task has said when.
    Look,
    Close,
}

/// Appends to the journal; cheap to clone.
#[derive(Clone)]
pub struct Journal {
    shared: Arc<Shared>,
}

struct Shared {
    sender: mpsc::SyncSender<Request>,
    waiting: AtomicUsize,
    /// Proposals that are neither durable nor dropped yet.
    proposed: AtomicUsize,
    house: RwLock<Arc<House>>,
    history: Arc<History>,
    thread: Mutex<Option<std::thread::JoinHandle<()>>>,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").field("block", &self.house().block).finish_non_exhaustive()
    }
}

/// What the writer asks of the engine.
pub trait Follower: Send + Sync + 'static {
    /// Blocks are durable: take them up. Called on the writer's thread, in order.
    fn follow(&self, published: &[Published]);
    /// The earliest time at which something is due, if every task has come to the journal's end.
    fn next_due(&self) -> Option<plaudit_core::Millis>;
}

impl Journal {
    /// Opens the journal: reads back what the indexes do not hold yet, and starts the writer. `follower` is called
    /// with every block from then on; [`Opened`] tells it what was there before.
    ///
    /// # Errors
    /// The store can't be read, or is damaged.
    pub fn open(
        store: Arc<dyn Store>,
        clock: Clock,
        make_follower: impl FnOnce(&Opened) -> Result<Arc<dyn Follower>, StoreError>,
    ) -> Result<Self, StoreError> {
        appender::open(store, clock, make_follower)
    }

    /// Appends events and answers, one outcome each in the same order, when they are durable.
    ///
    /// # Errors
    /// [`AppendError::Busy`] at once when the queue is full.
    pub async fn append_events(&self, events: Vec<Event>) -> Result<Vec<Outcome>, AppendError> {
        let count = events.len();
        let waiting = self.shared.waiting.fetch_add(count, Ordering::SeqCst);
        let result = if waiting + count > INGEST_QUEUE_EVENTS_MAX && waiting > 0 {
            Err(AppendError::Busy { retry_after_s: 1 })
        } else {
            let (answer, answered) = oneshot::channel();
            match self.send(Request::Events(events, answer)) {
                Ok(()) => answered.await.unwrap_or(Err(AppendError::Closed)),
                Err(error) => Err(error),
            }
        };
        self.shared.waiting.fetch_sub(count, Ordering::SeqCst);
        result
    }

    /// Appends entries that are no events, together, and answers when they are durable.
    ///
    /// # Errors
    /// [`AppendError::Refused`] when one contradicts what stands (a budget that does not suffice, say); then none of
    /// them is appended.
    pub async fn append(&self, entries: Vec<Entry>) -> Result<Position, AppendError> {
        let (answer, answered) = oneshot::channel();
        self.send(Request::Entries(entries, Some(answer)))?;
        answered.await.unwrap_or(Err(AppendError::Closed))
    }

    /// Proposes entries without waiting: those that are there already are dropped.
    pub(crate) fn propose(&self, entries: Vec<Entry>) {
        // From a task's thread, never the writer's: waiting for room is right.
        if entries.is_empty() {
            return;
        }
        self.shared.proposed.fetch_add(1, Ordering::SeqCst);
        if self.shared.sender.send(Request::Entries(entries, None)).is_err() {
            tracing::debug!("the journal is closed: tasks will propose again after the start");
        }
    }

    /// Whether a proposal is on its way.
    pub(crate) fn has_proposals(&self) -> bool {
        self.shared.proposed.load(Ordering::SeqCst) > 0
    }

    /// Says that something may be due.
    pub fn look(&self) {
        // A full queue means that the writer is awake anyway.
        drop(self.shared.sender.try_send(Request::Look));
    }

    /// The house as of the last durable block.
    pub fn house(&self) -> Arc<House> {
        // A house is replaced whole: a panic elsewhere can't leave half of one.
        self.shared.house.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Events by subject.
    pub fn history(&self) -> &Arc<History> {
        &self.shared.history
    }

    /// Events that wait for the writer.
    pub fn waiting(&self) -> usize {
        self.shared.waiting.load(Ordering::SeqCst)
    }

    /// Ends the writer after what it has. Blocks until it has ended.
    pub fn close(&self) {
        drop(self.shared.sender.send(Request::Close));
        let thread = self.shared.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("the journal's writer had panicked");
        }
    }

    fn send(&self, request: Request) -> Result<(), AppendError> {
        self.shared.sender.try_send(request).map_err(|error| match error {
            mpsc::TrySendError::Full(_) => AppendError::Busy { retry_after_s: 1 },
            mpsc::TrySendError::Disconnected(_) => AppendError::Closed,
        })
    }
}

/// What a journal held when it was opened.
pub struct Opened {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The house as of the last block.
    pub house: Arc<House>,
    /// Rosters by the block that made them, rising; the first one is from the beginning.
    pub rosters: Vec<(u64, Arc<plaudit_core::roster::Roster>)>,
    /// Events by subject.
    pub history: Arc<History>,
}

/// Requests that wait at most.
const QUEUE: usize = INGEST_QUEUE_MAX;
