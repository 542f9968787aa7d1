//! An index from 128-bit hashes to positions: sorted runs with filters. Newer entries win.
//!
//! What comes in waits in memory; from time to time it becomes a *run*: pages of sorted entries, and pages with the
//! first hash of each page (the fence) and with a Bloom filter, so that opening reads little. Neighbouring runs are
//! merged, smallest first, until no more than [`FILTERS_MAX`] filters have to be asked. Runs whose last day is older
//! than the correction window are dropped whole.

mod run;

use std::{collections::HashMap, marker::PhantomData, sync::Arc};

use plaudit_core::journal::Position;

use self::run::Run;
use crate::{
    Batch, Store, StoreError,
    family::{Family, bytes::Bytes},
};

/// Filters that a look-up asks at most, as long as runs can be merged.
pub const FILTERS_MAX: usize = 12;
/// Entries that wait in memory before they become a run.
pub const FLUSH_ENTRIES: usize = 64 * 1024;
/// Entries of a merged run: merging happens within one batch, and this is 28 MB. A window of more than twelve times as
/// many has more filters.
pub const MERGED_ENTRIES_MAX: u64 = 1024 * 1024;

/// An index over a family of runs. One thread's.
pub struct Runs<F> {
    store: Arc<dyn Store>,
    waiting: HashMap<u128, Position>,
    /// Day of the oldest and the newest that wait.
    waiting_days: Option<(i64, i64)>,
    last_block: u64,
    flushed_through: u64,
    /// Oldest first.
    runs: Vec<Run>,
    next_run: u64,
    family: PhantomData<fn() -> F>,
}

impl<F> std::fmt::Debug for Runs<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runs")
            .field("runs", &self.runs.len())
            .field("waiting", &self.waiting.len())
            .finish_non_exhaustive()
    }
}

impl<F: Family<Key = (u64, u32), Value = Bytes>> Runs<F> {
    /// Opens the runs of a family. What belongs to blocks after [`Runs::flushed_through`] has to be inserted again.
    pub fn open(store: Arc<dyn Store>) -> Result<Self, StoreError> {
        let mut runs = run::open_all::<F>(&*store)?;
        let next_run = runs.iter().map(|run| run.number).max().map_or(1, |number| number + 1);
        let flushed_through = runs.iter().map(|run| run.meta.through).max().unwrap_or(0);
        runs.sort_by_key(|run| run.meta.age);
        Ok(Self {
            store,
            waiting: HashMap::new(),
            waiting_days: None,
            last_block: flushed_through,
            flushed_through,
            runs,
            next_run,
            family: PhantomData,
        })
    }

    /// The newest position of a hash.
    pub fn get(&self, hash: u128) -> Result<Option<Position>, StoreError> {
        if let Some(position) = self.waiting.get(&hash) {
            return Ok(Some(*position));
        }
        for run in self.runs.iter().rev() {
            if let Some(position) = run.get::<F>(&*self.store, hash)? {
                return Ok(Some(position));
            }
        }
        Ok(None)
    }

    /// Sets the position of a hash that arrived on this day (days since 1970).
    pub fn insert(&mut self, hash: u128, position: Position, day: i64) {
        self.waiting.insert(hash, position);
        let (first, last) = self.waiting_days.unwrap_or((day, day));
        self.waiting_days = Some((first.min(day), last.max(day)));
        self.last_block = self.last_block.max(position.block);
    }

    /// Whether enough waits to be worth a run.
    pub fn should_flush(&self) -> bool {
        self.waiting.len() >= FLUSH_ENTRIES
    }

    /// Entries that wait in memory.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Last block whose entries are all in runs.
    pub fn flushed_through(&self) -> u64 {
        self.flushed_through
    }

    /// Runs, each with a filter.
    pub fn run_count(&self) -> usize {
        self.runs.len()
    }

    /// Writes what waits as a run, and merges runs if there are too many. Call it between blocks. The batch has to be
    /// applied before the next call; if it is not, open the runs again.
    pub fn flush_into(&mut self, batch: &mut Batch) -> Result<(), StoreError> {
        // The batch before is applied by now.
        self.runs.iter_mut().for_each(Run::forget_entries);
        if let Some((first_day, last_day)) = self.waiting_days.take() {
            let mut entries: Vec<_> = self.waiting.drain().collect();
            entries.sort_unstable_by_key(|(hash, _)| *hash);
            let meta = run::Meta::new(self.last_block, (first_day, last_day), self.next_run, entries.len());
            self.push(batch, self.runs.len(), meta, entries);
            self.flushed_through = self.last_block;
        }
        while self.runs.len() > FILTERS_MAX && self.merge_smallest(batch)? {}
        Ok(())
    }

    /// Removes the runs whose entries all arrived before a day.
    pub fn drop_before(&mut self, day: i64, batch: &mut Batch) {
        let (old, kept) = self.runs.drain(..).partition(|run| run.meta.last_day < day);
        self.runs = kept;
        for run in old {
            run.delete::<F>(batch);
        }
    }

    fn push(&mut self, batch: &mut Batch, at: usize, meta: run::Meta, entries: Vec<(u128, Position)>) {
        let run = Run::write::<F>(batch, self.next_run, meta, entries);
        self.next_run += 1;
        self.runs.insert(at, run);
    }

    /// Merges the two neighbours that are smallest together; `false` if all are too large.
    fn merge_smallest(&mut self, batch: &mut Batch) -> Result<bool, StoreError> {
        let size = |pair: &[Run]| pair[0].meta.entries + pair[1].meta.entries;
        let pairs = self.runs.windows(2).enumerate().map(|(index, pair)| (size(pair), index));
        let Some((_, older)) = pairs.min().filter(|(size, _)| *size <= MERGED_ENTRIES_MAX) else {
            return Ok(false);
        };
        let first = self.runs[older].entries::<F>(&*self.store)?;
        let second = self.runs[older + 1].entries::<F>(&*self.store)?;
        let (one, other) = (&self.runs[older].meta, &self.runs[older + 1].meta);
        let days = (one.first_day.min(other.first_day), one.last_day.max(other.last_day));
        let entries = merged(first, second);
        let meta = run::Meta::new(one.through.max(other.through), days, other.age, entries.len());
        for run in self.runs.drain(older..older + 2) {
            run.delete::<F>(batch);
        }
        self.push(batch, older, meta, entries);
        Ok(true)
    }
}

/// Both, sorted; of equal hashes the newer.
fn merged(older: Vec<(u128, Position)>, newer: Vec<(u128, Position)>) -> Vec<(u128, Position)> {
    let mut out = Vec::with_capacity(older.len() + newer.len());
    let (mut older, mut newer) = (older.into_iter().peekable(), newer.into_iter().peekable());
    while let Some((hash, _)) = newer.peek().copied() {
        while let Some(entry) = older.next_if(|(h, _)| *h < hash) {
            out.push(entry);
        }
        older.next_if(|(h, _)| *h == hash);
        out.extend(newer.next());
    }
    out.extend(older);
    out
}

/// Reads every page of every run of a family.
pub(crate) fn check<F: Family<Key = (u64, u32), Value = Bytes>>(store: &dyn Store) -> Result<(), StoreError> {
    run::open_all::<F>(store)?.iter().try_for_each(|run| run.check::<F>(store))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::{
        family::{scan, seen_run::SeenRun},
        memory::MemoryStore,
    };

    fn position(block: u64) -> Position {
        Position { block, index: (block % 7) as u32 }
    }

    /// Spread over all bits, as hashes are.
    fn hash(number: u16) -> u128 {
        let digest = blake3::hash(&number.to_be_bytes());
        u128::from_be_bytes(digest.as_bytes()[..16].try_into().unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn runs_say_what_a_map_says(
            steps in vec((vec(0u16..600, 0..60), any::<bool>(), prop::bool::weighted(0.1)), 1..60),
        ) {
            let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
            let mut runs = Runs::<SeenRun>::open(store.clone()).unwrap();
            let mut model = HashMap::new();
            let mut log: Vec<(u16, u64)> = Vec::new();
            for (block, (hashes, flush, reopen)) in steps.into_iter().enumerate() {
                let block = block as u64 + 1;
                for number in hashes {
                    runs.insert(hash(number), position(block), 5);
                    model.insert(number, position(block));
                    log.push((number, block));
                }
                if flush {
                    let mut batch = Batch::default();
                    runs.flush_into(&mut batch).unwrap();
                    prop_assert_eq!(runs.get(hash(3)).unwrap(), model.get(&3).copied());
                    store.apply(batch).unwrap();
                    prop_assert!(runs.run_count() <= FILTERS_MAX);
                }
                if reopen {
                    runs = Runs::open(store.clone()).unwrap();
                    for (number, block) in log.iter().filter(|(_, block)| *block > runs.flushed_through()).copied().collect::<Vec<_>>() {
                        runs.insert(hash(number), position(block), 5);
                    }
                }
            }
            for number in 0..700 {
                prop_assert_eq!(runs.get(hash(number)).unwrap(), model.get(&number).copied());
            }
            check::<SeenRun>(&*store).unwrap();
        }
    }

    #[test]
    fn old_runs_go_and_leave_nothing() {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let mut runs = Runs::<SeenRun>::open(store.clone()).unwrap();
        for day in 1..=3u16 {
            let mut batch = Batch::default();
            for number in 0..2000 {
                runs.insert(hash(day * 2000 + number), position(day.into()), day.into());
            }
            runs.flush_into(&mut batch).unwrap();
            store.apply(batch).unwrap();
        }
        let mut batch = Batch::default();
        runs.drop_before(3, &mut batch);
        store.apply(batch).unwrap();
        assert_eq!((runs.get(hash(2000)).unwrap(), runs.get(hash(6000)).unwrap()), (None, Some(position(3))));
        let mut batch = Batch::default();
        runs.drop_before(4, &mut batch);
        store.apply(batch).unwrap();
        assert!(scan::<SeenRun>(&*store, None, 9).unwrap().is_empty());
    }

    #[test]
    fn filters_answer_most_look_ups_of_unknown_hashes() {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let mut runs = Runs::<SeenRun>::open(store.clone()).unwrap();
        for number in 0..20_000 {
            runs.insert(hash(number), position(1), 1);
        }
        let mut batch = Batch::default();
        runs.flush_into(&mut batch).unwrap();
        store.apply(batch).unwrap();
        let wrong = (20_000..40_000).filter(|number| runs.runs[0].may_hold(hash(*number))).count();
        assert!(wrong < 400, "{wrong} of 20000");
    }
}
