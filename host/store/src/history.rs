//! History: all events once more, sorted by subject, for folding a key again.
//!
//! What comes in waits in memory, by (subject, time); from time to time it becomes a *segment*: pages in that order and
//! a directory of the pages' first keys. Nothing is ever rewritten, so that a reader needs no lock while it reads.
//! A version that was replaced stays where it is; a row `Gone` beside it says by which position it was replaced, so
//! that history can be read as of any block.

mod segment;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, HashSet},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use plaudit_core::{
    Millis,
    event::{Event, Subject},
    journal::{Block, Entry, Position},
    order::StepOrder,
};

use self::segment::Segment;
use crate::{Batch, Store, StoreError};

/// Rows that wait in memory before they become a segment.
pub const FLUSH_ROWS: usize = 16 * 1024;

/// What is known at a subject and time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Row {
    /// A version of a fact.
    Event(Position, Arc<Event>),
    /// The version at `dead`, which spoke of this subject and time, was replaced by the one at `by`.
    Gone { dead: Position, by: Position },
}

/// Rows in order.
pub(crate) type Rows = BTreeMap<(Subject, Millis), Vec<Row>>;

/// All events by subject. One writer, many readers. Shared by reference or [`Arc`].
pub struct History {
    store: Arc<dyn Store>,
    inner: RwLock<Inner>,
}

impl std::fmt::Debug for History {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("History").field("flushed_through", &self.flushed_through()).finish_non_exhaustive()
    }
}

struct Inner {
    waiting: Rows,
    count: usize,
    /// Last block that was added.
    last_block: u64,
    flushed_through: u64,
    segments: Vec<Arc<Segment>>,
    next_segment: u64,
}

impl History {
    /// Opens the history of a store. Blocks after [`History::flushed_through`] have to be added again.
    pub fn open(store: Arc<dyn Store>) -> Result<Self, StoreError> {
        let segments = Segment::open_all(&*store)?;
        let flushed_through = segments.iter().map(|segment| segment.through()).max().unwrap_or(0);
        let next_segment = segments.last().map_or(1, |segment| segment.number() + 1);
        let inner = Inner {
            waiting: Rows::new(),
            count: 0,
            last_block: flushed_through,
            flushed_through,
            segments: segments.into_iter().map(Arc::new).collect(),
            next_segment,
        };
        Ok(Self { store, inner: RwLock::new(inner) })
    }

    /// Last block whose events are all in segments.
    pub fn flushed_through(&self) -> u64 {
        self.read_lock().flushed_through
    }

    /// Takes a block's events that change something. Blocks come in order; one that is known already is left out.
    pub fn add_block(&self, block: &Arc<Block>) {
        let mut inner = self.write_lock();
        if block.number <= inner.last_block {
            return;
        }
        for (entry, index) in block.entries.iter().zip(0u32..) {
            let Entry::Event { event, replaces, stale: false } = entry else { continue };
            let position = Position { block: block.number, index };
            inner.add(event.subject.clone(), event.time, Row::Event(position, Arc::new(event.clone())));
            if let Some(replaced) = replaces {
                let gone = Row::Gone { dead: replaced.position, by: position };
                inner.add(replaced.subject.clone(), replaced.time, gone);
            }
        }
        inner.last_block = block.number;
    }

    /// Whether enough waits to be worth a segment.
    pub fn should_flush(&self) -> bool {
        self.read_lock().count >= FLUSH_ROWS
    }

    /// Writes what waits as a segment. The batch has to be applied, with all blocks so far, before the next call; if it
    /// is not, open the history again.
    pub fn flush_into(&self, batch: &mut Batch) {
        let mut inner = self.write_lock();
        // The segment before is in the store by now: its rows need not stay in memory.
        for segment in inner.segments.iter().rev().take_while(|segment| segment.is_in_memory()) {
            segment.forget_rows();
        }
        if inner.count == 0 {
            return;
        }
        let rows = std::mem::take(&mut inner.waiting);
        let segment = Segment::write(batch, inner.next_segment, inner.last_block, rows);
        inner.segments.push(Arc::new(segment));
        inner.next_segment += 1;
        inner.count = 0;
        inner.flushed_through = inner.last_block;
    }

    /// The facts of these subjects with `from <= time < to` that held at the end of block `through`, in the order of
    /// steps. Replaced and retracted versions are left out.
    pub fn read(
        &self,
        subjects: &[Subject],
        from: Millis,
        to: Millis,
        through: u64,
    ) -> Result<Vec<(Position, Arc<Event>)>, StoreError> {
        Ok(self.read_at_most(subjects, from, to, through, usize::MAX)?.unwrap_or_default())
    }

    /// The same, but `None` as soon as there are more than `at_most` rows: for readers that would rather read less at
    /// once.
    pub fn read_at_most(
        &self,
        subjects: &[Subject],
        from: Millis,
        to: Millis,
        through: u64,
        at_most: usize,
    ) -> Result<Option<Vec<(Position, Arc<Event>)>>, StoreError> {
        let mut wanted: Vec<&Subject> = subjects.iter().collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut found = Vec::new();
        let segments: Vec<_> = {
            let inner = self.read_lock();
            for subject in &wanted {
                collect(&inner.waiting, subject, from, to, &mut found);
            }
            inner.segments.iter().filter(|segment| segment.overlaps(from, to)).cloned().collect()
        };
        for segment in segments {
            if found.len() > at_most {
                return Ok(None);
            }
            segment.read(&*self.store, &wanted, from, to, &mut found)?;
        }
        Ok((found.len() <= at_most).then(|| current(found, through)))
    }

    fn read_lock(&self) -> RwLockReadGuard<'_, Inner> {
        self.inner.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_lock(&self) -> RwLockWriteGuard<'_, Inner> {
        self.inner.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn add(&mut self, subject: Subject, time: Millis, row: Row) {
        self.waiting.entry((subject, time)).or_default().push(row);
        self.count += 1;
    }
}

/// Adds a subject's rows of a time range.
fn collect(rows: &Rows, subject: &Subject, from: Millis, to: Millis, found: &mut Vec<Row>) {
    if from < to {
        let range = (subject.clone(), from)..(subject.clone(), to);
        found.extend(rows.range(range).flat_map(|(_, rows)| rows.iter().cloned()));
    }
}

/// What of these rows held at the end of a block, in the order of steps.
fn current(rows: Vec<Row>, through: u64) -> Vec<(Position, Arc<Event>)> {
    let gone = |row: &Row| match row {
        Row::Gone { dead, by } if by.block <= through => Some(*dead),
        _ => None,
    };
    let gone: HashSet<Position> = rows.iter().filter_map(gone).collect();
    let held = rows.into_iter().filter_map(|row| match row {
        Row::Event(position, event)
            if position.block <= through && !event.retracted && !gone.contains(&position) =>
        {
            Some((StepOrder::of(&event), position, event))
        }
        _ => None,
    });
    let mut held: Vec<_> = held.collect();
    held.sort_unstable_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    held.into_iter().map(|(_, position, event)| (position, event)).collect()
}

/// Reads every page of every segment.
pub(crate) fn check(store: &dyn Store) -> Result<(), StoreError> {
    Segment::open_all(store)?.iter().try_for_each(|segment| segment.check(store))
}
