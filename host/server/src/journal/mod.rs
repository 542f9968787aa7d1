//! The journal's writer, and the house as the journal has made it.
//!
//! One thread appends: it drops what it has seen, finds the version that an event replaces, stamps the time, writes
//! blocks in group commits and answers when they are durable.

use plaudit_core::{
    event::Event,
    journal::{Entry, Position},
};

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

/// Appends to the journal; cheap to clone.
#[derive(Clone, Debug)]
pub struct Journal;

impl Journal {
    /// Appends events and answers, one outcome each in the same order, when they are durable.
    ///
    /// # Errors
    /// [`AppendError::Busy`] at once when the queue is full.
    pub async fn append_events(&self, events: Vec<Event>) -> Result<Vec<Outcome>, AppendError> {
        let _ = events;
        Err(AppendError::Closed)
    }

    /// Appends entries that are no events, together, and answers when they are durable.
    ///
    /// # Errors
    /// [`AppendError::Refused`] when one contradicts what stands (a budget that does not suffice, say).
    pub async fn append(&self, entries: Vec<Entry>) -> Result<Position, AppendError> {
        let _ = entries;
        Err(AppendError::Closed)
    }
}
