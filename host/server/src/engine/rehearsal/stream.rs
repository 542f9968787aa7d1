//! The history of many subjects in the order of time, chunk by chunk.

use std::sync::Arc;

use plaudit_core::{
    DAY_MS, Millis,
    event::{Event, Subject},
    journal::Position,
};
use plaudit_store::{StoreError, history::History};

use super::Stop;

/// Events in memory at once: about 64 MiB.
const CHUNK_EVENTS_MAX: usize = 64 * 1024;
/// The longest chunk: history is kept by subject, so that one long read costs less than many short ones.
const CHUNK_MS_MAX: Millis = DAY_MS;
/// The shortest: what is in it is read, however many they are.
const CHUNK_MS_MIN: Millis = 60 * 1000;

/// Facts with their places in the journal.
pub(crate) type Facts = Vec<(Position, Arc<Event>)>;

/// Where facts of the past come from.
pub(crate) trait Past: Sync {
    /// The facts of subjects within `[from, to)` that held at the end of a block, in the order of steps; `None` if there
    /// are more than `at_most` versions of them.
    fn facts_at_most(
        &self,
        subjects: &[Subject],
        from: Millis,
        to: Millis,
        through: u64,
        at_most: usize,
    ) -> Result<Option<Facts>, StoreError>;
}

impl Past for History {
    fn facts_at_most(
        &self,
        subjects: &[Subject],
        from: Millis,
        to: Millis,
        through: u64,
        at_most: usize,
    ) -> Result<Option<Facts>, StoreError> {
        self.read_at_most(subjects, from, to, through, at_most)
    }
}

/// Reads on from chunk to chunk.
pub(super) struct Stream<'a> {
    past: &'a dyn Past,
    subjects: Vec<Subject>,
    next: Millis,
    to: Millis,
    through: u64,
    /// Length of the next chunk.
    stride: Millis,
    events_max: usize,
}

impl<'a> Stream<'a> {
    pub(super) fn new(
        past: &'a dyn Past,
        subjects: Vec<Subject>,
        (from, to): (Millis, Millis),
        through: u64,
    ) -> Self {
        Self { past, subjects, next: from, to, through, stride: CHUNK_MS_MAX, events_max: CHUNK_EVENTS_MAX }
    }

    /// With another number of events in memory at once.
    #[cfg(test)]
    pub(super) fn with_events_max(mut self, events_max: usize) -> Self {
        self.events_max = events_max;
        self
    }

    /// The next facts, in order; `None` at the end. Facts of one instant are never parted.
    pub(super) fn next_chunk(&mut self) -> Result<Option<Facts>, Stop> {
        while self.next < self.to {
            let until = (self.next + self.stride).min(self.to);
            let at_most = if self.stride > CHUNK_MS_MIN { self.events_max } else { usize::MAX };
            let facts = self.past.facts_at_most(&self.subjects, self.next, until, self.through, at_most)?;
            let Some(facts) = facts else {
                self.stride = (self.stride / 2).max(CHUNK_MS_MIN);
                continue;
            };
            self.next = until;
            if facts.len() < self.events_max / 4 {
                self.stride = (self.stride * 2).min(CHUNK_MS_MAX);
            }
            return Ok(Some(facts));
        }
        Ok(None)
    }
}
