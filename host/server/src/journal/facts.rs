//! What the journal remembers of messages and facts: seen ids, current versions, the past by subject.

use std::{collections::VecDeque, sync::Arc};

use plaudit_core::{
    DAY_MS, Id, Millis,
    event::Event,
    hash::digest,
    journal::{Block, Entry, Position, Replaced},
    limits::{CORRECTION_WINDOW_DAYS, EVENT_AHEAD_MS_MAX},
};
use plaudit_store::{
    Batch, Store, StoreError,
    family::{self, entity_run::EntityRun, seen_run::SeenRun},
    runs::Runs,
};

use super::Outcome;

/// Blocks kept decoded: corrections and repetitions mostly come soon.
const BLOCKS_KEPT: usize = 512;

/// Seen ids and current versions.
pub(crate) struct Facts {
    store: Arc<dyn Store>,
    seen: Runs<SeenRun>,
    current: Runs<EntityRun>,
    recent: VecDeque<Arc<Block>>,
    /// Entries of the block that is being written.
    open: Vec<Entry>,
    open_number: u64,
}

impl Facts {
    /// Loads the indexes.
    pub(crate) fn open(store: Arc<dyn Store>) -> Result<Self, StoreError> {
        let seen = Runs::open(store.clone())?;
        let current = Runs::open(store.clone())?;
        Ok(Self { store, seen, current, recent: VecDeque::new(), open: Vec::new(), open_number: 0 })
    }

    /// First block whose events the indexes do not hold yet.
    pub(crate) fn first_missing(&self) -> u64 {
        self.seen.flushed_through().min(self.current.flushed_through()) + 1
    }

    /// Takes in a block that was read back after a start.
    pub(crate) fn read_back(&mut self, block: &Arc<Block>) {
        let day = block.at.div_euclid(DAY_MS);
        for (index, entry) in block.entries.iter().enumerate() {
            let Entry::Event { event, stale, .. } = entry else { continue };
            let position = Position { block: block.number, index: index as u32 };
            self.seen.insert(message_hash(event), position, day);
            if !stale && event.entity.is_some() {
                self.current.insert(fact_hash(event), position, day);
            }
        }
        self.keep(block.clone());
    }

    /// Begins the next block.
    pub(crate) fn begin(&mut self, number: u64) {
        self.open_number = number;
        self.open.clear();
    }

    /// Adds an entry that is no event to the open block.
    pub(crate) fn push(&mut self, entry: Entry) -> Position {
        self.open.push(entry);
        Position { block: self.open_number, index: self.open.len() as u32 - 1 }
    }

    /// Entries of the open block so far.
    pub(crate) fn len(&self) -> usize {
        self.open.len()
    }

    /// Ends the open block.
    pub(crate) fn end(&mut self, at: Millis) -> Arc<Block> {
        let entries = std::mem::take(&mut self.open);
        let block = Arc::new(Block { number: self.open_number, at, entries });
        self.keep(block.clone());
        block
    }

    /// Judges an event and, if it is new, adds it to the open block.
    pub(crate) fn take(&mut self, event: Event, now: Millis) -> Result<Outcome, StoreError> {
        if event.time > now + EVENT_AHEAD_MS_MAX {
            return Ok(Outcome::Ahead);
        }
        let message = message_hash(&event);
        if let Some(before) = self.find(self.seen.get(message)?)? {
            // A hash may collide: only the message itself tells.
            if (&before.source, &before.id) == (&event.source, &event.id) {
                return Ok(if is_repetition(&before, &event) {
                    Outcome::Duplicate
                } else {
                    Outcome::Conflict
                });
            }
        }
        if event.time < now - CORRECTION_WINDOW_DAYS * DAY_MS {
            return Ok(Outcome::TooOld);
        }
        let (replaces, stale) = self.resolve(&event)?;
        let day = now.div_euclid(DAY_MS);
        let fact = (!stale && event.entity.is_some()).then(|| fact_hash(&event));
        let position = self.push(Entry::Event { event, replaces, stale });
        self.seen.insert(message, position, day);
        if let Some(fact) = fact {
            self.current.insert(fact, position, day);
        }
        Ok(Outcome::Accepted(position))
    }

    /// Which version an event replaces, and whether a later one has already come.
    fn resolve(&self, event: &Event) -> Result<(Option<Replaced>, bool), StoreError> {
        if event.entity.is_none() {
            return Ok((None, false));
        }
        let Some(position) = self.current.get(fact_hash(event))? else { return Ok((None, false)) };
        let Some(before) = self.find(Some(position))? else { return Ok((None, false)) };
        if (&before.source, &before.kind, &before.entity) != (&event.source, &event.kind, &event.entity) {
            return Ok((None, false));
        }
        if !event.supersedes(&before) {
            return Ok((None, true));
        }
        Ok((Some(Replaced { position, subject: before.subject.clone(), time: before.time }), false))
    }

    fn find(&self, position: Option<Position>) -> Result<Option<Event>, StoreError> {
        let Some(position) = position else { return Ok(None) };
        let event = |entries: &[Entry]| match entries.get(position.index as usize) {
            Some(Entry::Event { event, .. }) => Some(event.clone()),
            _ => None,
        };
        if position.block == self.open_number && !self.open.is_empty() {
            return Ok(event(&self.open));
        }
        let first = self.recent.front().map_or(u64::MAX, |b| b.number);
        if let Some(block) = position.block.checked_sub(first).and_then(|i| self.recent.get(i as usize)) {
            return Ok(event(&block.entries));
        }
        let block = family::journal::read_block(&*self.store, position.block)?;
        Ok(block.and_then(|b| event(&b.entries)))
    }

    fn keep(&mut self, block: Arc<Block>) {
        self.recent.push_back(block);
        if self.recent.len() > BLOCKS_KEPT {
            self.recent.pop_front();
        }
    }

    /// Adds what the indexes want written to a batch that also holds the blocks.
    pub(crate) fn flush_into(&mut self, batch: &mut Batch, now: Millis) -> Result<(), StoreError> {
        let oldest = now.div_euclid(DAY_MS) - CORRECTION_WINDOW_DAYS - 1;
        if self.seen.should_flush() {
            self.seen.flush_into(batch)?;
            self.seen.drop_before(oldest, batch);
        }
        if self.current.should_flush() {
            self.current.flush_into(batch)?;
            self.current.drop_before(oldest, batch);
        }
        Ok(())
    }
}

fn message_hash(event: &Event) -> u128 {
    short(digest("message id", &(&event.source, &event.id)))
}

fn fact_hash(event: &Event) -> u128 {
    short(digest("fact", &(&event.source, &event.kind, event.fact_name())))
}

fn short(digest: [u8; 32]) -> u128 {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    u128::from_be_bytes(bytes)
}

/// Whether two events of one id say the same. The catalogue may keep other fields by now: those that only one has
/// don't count.
fn is_repetition(before: &Event, event: &Event) -> bool {
    let head = |e: &Event| Event { fields: Vec::new(), ..e.clone() };
    let agrees = |name: &Id, value| before.field(name).is_none_or(|other| other == value);
    head(before) == head(event) && event.fields.iter().all(|(name, value)| agrees(name, value))
}
