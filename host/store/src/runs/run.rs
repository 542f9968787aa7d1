//! One run: page 0 with what it covers, then entries, fence and filter.

use plaudit_core::journal::Position;
use serde::{Deserialize, Serialize};

use crate::{
    Batch, Store, StoreError,
    family::{Family, bytes::Bytes, delete, end, get, key, put},
};

/// Hash, block, index.
const ENTRY_BYTES: usize = 16 + 8 + 4;
/// 14 KB: a look-up reads one of these.
const PAGE_ENTRIES: usize = 512;
/// Fence and filter are read whole; their pages may be longer.
const INDEX_PAGE_BYTES: usize = 32 * 1024;
/// About one false answer in a hundred.
const FILTER_BITS_PER_ENTRY: usize = 10;
const FILTER_PROBES: u64 = 6;

/// What a run covers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Meta {
    /// Last block whose entries are in it.
    pub(super) through: u64,
    pub(super) first_day: i64,
    pub(super) last_day: i64,
    /// Runs with a larger one are newer.
    pub(super) age: u64,
    pub(super) entries: u64,
    data_pages: u32,
    index_pages: u32,
}

impl Meta {
    pub(super) fn new(through: u64, (first_day, last_day): (i64, i64), age: u64, entries: usize) -> Self {
        Self { through, first_day, last_day, age, entries: entries as u64, data_pages: 0, index_pages: 0 }
    }
}

pub(super) struct Run {
    pub(super) number: u64,
    pub(super) meta: Meta,
    /// First hash of each page of entries.
    fence: Vec<u128>,
    filter: Vec<u64>,
    /// The entries, as long as the store may not have them yet.
    in_memory: Option<Vec<(u128, Position)>>,
}

/// All runs of a family.
pub(super) fn open_all<F: Family<Key = (u64, u32), Value = Bytes>>(
    store: &dyn Store,
) -> Result<Vec<Run>, StoreError> {
    let mut out = Vec::new();
    let mut next = 0;
    while let Some((found, _)) = store.scan(&key::<F>(&(next, 0)), &end::<F>(), 1)?.pop() {
        let number = found.get(1..9).and_then(|bytes| Some(u64::from_be_bytes(bytes.try_into().ok()?)));
        let number = number.ok_or_else(|| damaged::<F>(next, "has a key that can't be read"))?;
        out.push(Run::open::<F>(store, number)?);
        next = number + 1;
    }
    Ok(out)
}

impl Run {
    fn open<F: Family<Key = (u64, u32), Value = Bytes>>(
        store: &dyn Store,
        number: u64,
    ) -> Result<Self, StoreError> {
        let meta: Meta = postcard::from_bytes(&page::<F>(store, number, 0)?)
            .map_err(|_| damaged::<F>(number, "has an unreadable first page"))?;
        let mut index = Vec::new();
        for at in 1..=meta.index_pages {
            index.extend(page::<F>(store, number, meta.data_pages + at)?);
        }
        let fence_bytes = meta.data_pages as usize * 16;
        let filter_bytes = filter_words(meta.entries as usize) * 8;
        if index.len() != fence_bytes + filter_bytes {
            return Err(damaged::<F>(number, "has a damaged index"));
        }
        let (fence, filter) = index.split_at(fence_bytes);
        let fence =
            fence.chunks_exact(16).filter_map(|b| Some(u128::from_be_bytes(b.try_into().ok()?))).collect();
        let filter =
            filter.chunks_exact(8).filter_map(|b| Some(u64::from_be_bytes(b.try_into().ok()?))).collect();
        Ok(Self { number, meta, fence, filter, in_memory: None })
    }

    /// Adds a run of sorted entries, without repetitions, to a batch.
    pub(super) fn write<F: Family<Key = (u64, u32), Value = Bytes>>(
        batch: &mut Batch,
        number: u64,
        mut meta: Meta,
        entries: Vec<(u128, Position)>,
    ) -> Self {
        let mut put_page = |page, bytes: Vec<u8>| put::<F>(batch, &(number, page), &Bytes::sealed(&bytes));
        let mut page = 0;
        let mut fence = Vec::new();
        let mut filter = vec![0; filter_words(entries.len())];
        for chunk in entries.chunks(PAGE_ENTRIES) {
            page += 1;
            fence.push(chunk[0].0);
            put_page(page, chunk.iter().flat_map(entry_bytes).collect());
            chunk.iter().for_each(|(hash, _)| {
                filter_bits(&filter, *hash).for_each(|bit| filter[bit / 64] |= 1 << (bit % 64))
            });
        }
        let mut index: Vec<u8> = fence.iter().flat_map(|hash| hash.to_be_bytes()).collect();
        index.extend(filter.iter().flat_map(|word| word.to_be_bytes()));
        meta.data_pages = page;
        for part in index.chunks(INDEX_PAGE_BYTES) {
            page += 1;
            put_page(page, part.to_vec());
        }
        meta.index_pages = page - meta.data_pages;
        put_page(0, postcard::to_stdvec(&meta).unwrap_or_default());
        Self { number, meta, fence, filter, in_memory: Some(entries) }
    }

    /// Adds the removal of all its pages.
    pub(super) fn delete<F: Family<Key = (u64, u32), Value = Bytes>>(&self, batch: &mut Batch) {
        for page in 0..=self.meta.data_pages + self.meta.index_pages {
            delete::<F>(batch, &(self.number, page));
        }
    }

    /// The store has them now.
    pub(super) fn forget_entries(&mut self) {
        self.in_memory = None;
    }

    pub(super) fn may_hold(&self, hash: u128) -> bool {
        filter_bits(&self.filter, hash).all(|bit| self.filter[bit / 64] & (1 << (bit % 64)) != 0)
    }

    pub(super) fn get<F: Family<Key = (u64, u32), Value = Bytes>>(
        &self,
        store: &dyn Store,
        hash: u128,
    ) -> Result<Option<Position>, StoreError> {
        if !self.may_hold(hash) {
            return Ok(None);
        }
        if let Some(entries) = &self.in_memory {
            return Ok(find(entries, hash));
        }
        match self.fence.partition_point(|first| *first <= hash) {
            0 => Ok(None),
            page => Ok(find(&self.read_page::<F>(store, page as u32)?, hash)),
        }
    }

    /// All entries.
    pub(super) fn entries<F: Family<Key = (u64, u32), Value = Bytes>>(
        &self,
        store: &dyn Store,
    ) -> Result<Vec<(u128, Position)>, StoreError> {
        if let Some(entries) = &self.in_memory {
            return Ok(entries.clone());
        }
        let mut out = Vec::with_capacity(self.meta.entries as usize);
        for page in 1..=self.meta.data_pages {
            out.extend(self.read_page::<F>(store, page)?);
        }
        Ok(out)
    }

    /// Reads everything and compares what has to agree.
    pub(super) fn check<F: Family<Key = (u64, u32), Value = Bytes>>(
        &self,
        store: &dyn Store,
    ) -> Result<(), StoreError> {
        let entries = self.entries::<F>(store)?;
        let is_sorted = entries.is_sorted_by(|(a, _), (b, _)| a < b);
        let is_whole = entries.len() as u64 == self.meta.entries;
        if is_sorted && is_whole && entries.iter().all(|(hash, _)| self.may_hold(*hash)) {
            Ok(())
        } else {
            Err(damaged::<F>(self.number, "holds entries that are not what its index says"))
        }
    }

    fn read_page<F: Family<Key = (u64, u32), Value = Bytes>>(
        &self,
        store: &dyn Store,
        number: u32,
    ) -> Result<Vec<(u128, Position)>, StoreError> {
        let bytes = page::<F>(store, self.number, number)?;
        let entries: Vec<_> = bytes.chunks_exact(ENTRY_BYTES).filter_map(read_entry).collect();
        if entries.len() * ENTRY_BYTES != bytes.len()
            || entries.first().map(|e| e.0) != self.fence.get(number as usize - 1).copied()
        {
            return Err(damaged::<F>(self.number, &format!("has a damaged page {number}")));
        }
        Ok(entries)
    }
}

fn page<F: Family<Key = (u64, u32), Value = Bytes>>(
    store: &dyn Store,
    run: u64,
    page: u32,
) -> Result<Vec<u8>, StoreError> {
    let found = get::<F>(store, &(run, page))?;
    let found = found.ok_or_else(|| damaged::<F>(run, &format!("has no page {page}")))?;
    Ok(found.opened().ok_or_else(|| damaged::<F>(run, &format!("has a changed page {page}")))?.to_vec())
}

fn damaged<F: Family>(run: u64, what: &str) -> StoreError {
    StoreError::Damaged { what: format!("run {run} of {} {what}", F::NAME) }
}

fn find(entries: &[(u128, Position)], hash: u128) -> Option<Position> {
    entries.binary_search_by_key(&hash, |(h, _)| *h).ok().map(|index| entries[index].1)
}

fn entry_bytes((hash, position): &(u128, Position)) -> [u8; ENTRY_BYTES] {
    let mut out = [0; ENTRY_BYTES];
    out[..16].copy_from_slice(&hash.to_be_bytes());
    out[16..24].copy_from_slice(&position.block.to_be_bytes());
    out[24..].copy_from_slice(&position.index.to_be_bytes());
    out
}

fn read_entry(bytes: &[u8]) -> Option<(u128, Position)> {
    let hash = u128::from_be_bytes(bytes.get(..16)?.try_into().ok()?);
    let block = u64::from_be_bytes(bytes.get(16..24)?.try_into().ok()?);
    let index = u32::from_be_bytes(bytes.get(24..28)?.try_into().ok()?);
    Some((hash, Position { block, index }))
}

fn filter_words(entries: usize) -> usize {
    (entries * FILTER_BITS_PER_ENTRY).div_ceil(64).max(1)
}

/// Which bits stand for a hash: it is uniform already, so that its halves serve as two hashes.
fn filter_bits(filter: &[u64], hash: u128) -> impl Iterator<Item = usize> + use<> {
    let bits = filter.len() as u64 * 64;
    let (start, step) = (hash as u64, (hash >> 64) as u64 | 1);
    (0..FILTER_PROBES).map(move |probe| (start.wrapping_add(probe.wrapping_mul(step)) % bits) as usize)
}
