//! A segment: page 0 with what it covers, pages of rows, then pages of its directory.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use plaudit_core::{
    Millis,
    event::{Event, Subject, Value},
    journal::{Block, Entry, Position},
};
use serde::{Deserialize, Serialize};

use super::{Row, Rows, collect};
use crate::{
    Batch, Store, StoreError, block_codec,
    family::{bytes::Bytes, end, get, history::HistoryPage, key, put},
};

/// Pages are cut at about this size, in bytes: sled reads up to sixteen of them at a time. An event may be larger, and
/// has a page of its own then.
const PAGE_BYTES: usize = 12 * 1024;
/// Keys on a page of the directory: with the longest ids they stay under the store's limit.
const DIRECTORY_KEYS: usize = 128;

/// What a segment covers.
#[derive(Debug, Serialize, Deserialize)]
struct Meta {
    through: u64,
    first_time: Millis,
    last_time: Millis,
    pages: u32,
    directory_pages: u32,
}

/// First key of a page.
type FirstKey = (Subject, Millis);

/// A row with the subject and time it is filed under.
type PlacedRow = (Subject, Millis, Row);

pub(super) struct Segment {
    number: u64,
    meta: Meta,
    /// First key of each page, read when first needed.
    directory: OnceLock<Vec<FirstKey>>,
    /// The rows, as long as the store may not have them yet.
    rows: RwLock<Option<Arc<Rows>>>,
}

/// Rows of a page, in order; their events are the entries of a block beside them.
#[derive(Serialize, Deserialize)]
enum PackedRow {
    Event(Position),
    Gone { subject: Subject, time: Millis, dead: Position, by: Position },
    Stale(Position),
}

impl Segment {
    /// All segments of a store, rising.
    pub(super) fn open_all(store: &dyn Store) -> Result<Vec<Self>, StoreError> {
        let mut out = Vec::new();
        let mut next = 0;
        while let Some((found, _)) =
            store.scan(&key::<HistoryPage>(&(next, 0)), &end::<HistoryPage>(), 1)?.pop()
        {
            let number = found.get(1..9).and_then(|bytes| Some(u64::from_be_bytes(bytes.try_into().ok()?)));
            let number = number.ok_or_else(|| damaged(next, "has a key that can't be read"))?;
            let meta = postcard::from_bytes(&page_bytes(store, number, 0)?)
                .map_err(|_| damaged(number, "has an unreadable first page"))?;
            out.push(Self { number, meta, directory: OnceLock::new(), rows: RwLock::new(None) });
            next = number + 1;
        }
        Ok(out)
    }

    /// Adds a segment to a batch. There is at least one row.
    pub(super) fn write(batch: &mut Batch, number: u64, through: u64, rows: Rows) -> Self {
        let mut put_page =
            |page, bytes: Vec<u8>| put::<HistoryPage>(batch, &(number, page), &Bytes::sealed(&bytes));
        let times = rows.keys().map(|(_, time)| *time);
        let (first_time, last_time) = (times.clone().min().unwrap_or(0), times.max().unwrap_or(0));
        let mut directory = Vec::new();
        let mut page = 0;
        let mut writer = PageWriter::default();
        for ((subject, time), row) in rows.iter().flat_map(|(k, rows)| rows.iter().map(move |row| (k, row))) {
            if writer.bytes + row_bytes(row) > PAGE_BYTES && !writer.rows.is_empty() {
                page += 1;
                put_page(page, std::mem::take(&mut writer).finish());
            }
            if writer.rows.is_empty() {
                directory.push((subject.clone(), *time));
            }
            writer.add(subject, *time, row);
        }
        page += 1;
        put_page(page, writer.finish());
        let mut directory_pages = 0;
        for keys in directory.chunks(DIRECTORY_KEYS) {
            directory_pages += 1;
            put_page(page + directory_pages, postcard::to_stdvec(keys).unwrap_or_default());
        }
        let meta = Meta { through, first_time, last_time, pages: page, directory_pages };
        put_page(0, postcard::to_stdvec(&meta).unwrap_or_default());
        Self { number, meta, directory: directory.into(), rows: RwLock::new(Some(Arc::new(rows))) }
    }

    pub(super) fn number(&self) -> u64 {
        self.number
    }

    pub(super) fn through(&self) -> u64 {
        self.meta.through
    }

    pub(super) fn overlaps(&self, from: Millis, to: Millis) -> bool {
        self.meta.first_time < to && from <= self.meta.last_time
    }

    pub(super) fn is_in_memory(&self) -> bool {
        self.rows.read().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    /// The store has them now.
    pub(super) fn forget_rows(&self) {
        *self.rows.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Adds the rows of these subjects (sorted) in a time range.
    pub(super) fn read(
        &self,
        store: &dyn Store,
        subjects: &[&Subject],
        from: Millis,
        to: Millis,
        found: &mut Vec<Row>,
    ) -> Result<(), StoreError> {
        let in_memory = self.rows.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(rows) = in_memory {
            for subject in subjects {
                collect(&rows, subject, from, to, found);
            }
            return Ok(());
        }
        let directory = self.directory(store)?;
        let mut read: Option<(usize, Vec<PlacedRow>)> = None;
        for subject in subjects {
            let starts_before = |(s, t): &FirstKey, time| (s, *t) < (*subject, time);
            // Equal keys may go on over several pages: start one page before the first that begins at or after it.
            let first = directory.partition_point(|k| starts_before(k, from)).saturating_sub(1);
            let after = directory.partition_point(|k| starts_before(k, to));
            for page in first..after {
                if read.as_ref().is_none_or(|(number, _)| *number != page) {
                    read = Some((page, self.read_page(store, page)?));
                }
                let rows = read.iter().flat_map(|(_, rows)| rows);
                let wanted = rows.filter(|(s, t, _)| s == *subject && (from..to).contains(t));
                found.extend(wanted.map(|(_, _, row)| row.clone()));
            }
        }
        Ok(())
    }

    fn directory(&self, store: &dyn Store) -> Result<&[FirstKey], StoreError> {
        if self.directory.get().is_none() {
            let mut keys: Vec<FirstKey> = Vec::new();
            for page in 1..=self.meta.directory_pages {
                let bytes = page_bytes(store, self.number, self.meta.pages + page)?;
                let more: Vec<FirstKey> = postcard::from_bytes(&bytes)
                    .map_err(|_| damaged(self.number, "has an unreadable directory"))?;
                keys.extend(more);
            }
            if keys.len() != self.meta.pages as usize {
                return Err(damaged(self.number, "has a directory of another length"));
            }
            // Another reader may have been faster, with the same.
            let _ = self.directory.set(keys);
        }
        Ok(self.directory.get().map_or(&[], Vec::as_slice))
    }

    /// Reads every page: for `verify`.
    pub(super) fn check(&self, store: &dyn Store) -> Result<(), StoreError> {
        self.directory(store)?;
        (0..self.meta.pages as usize).try_for_each(|page| self.read_page(store, page).map(drop))
    }

    fn read_page(&self, store: &dyn Store, page: usize) -> Result<Vec<PlacedRow>, StoreError> {
        let bytes = page_bytes(store, self.number, page as u32 + 1)?;
        unpack(&bytes).ok_or_else(|| damaged(self.number, &format!("has an unreadable page {}", page + 1)))
    }
}

fn page_bytes(store: &dyn Store, segment: u64, page: u32) -> Result<Vec<u8>, StoreError> {
    let found = get::<HistoryPage>(store, &(segment, page))?;
    let found = found.ok_or_else(|| damaged(segment, &format!("has no page {page}")))?;
    Ok(found.opened().ok_or_else(|| damaged(segment, &format!("has a changed page {page}")))?.to_vec())
}

fn damaged(number: u64, what: &str) -> StoreError {
    StoreError::Damaged { what: format!("segment {number} of the history {what}") }
}

/// About what a row takes, rather more.
fn row_bytes(row: &Row) -> usize {
    let (Row::Event(_, event) | Row::Stale(_, event)) = row else { return 64 };
    let fields = event
        .fields
        .iter()
        .map(|(name, value)| name.len() + if let Value::Text(text) = value { text.len() + 4 } else { 12 });
    let names = event.source.len() + event.id.len() + event.kind.len() + event.subject.id.len();
    64 + names + event.entity.as_ref().map_or(0, |e| e.len()) + fields.sum::<usize>()
}

#[derive(Default)]
struct PageWriter {
    rows: Vec<PackedRow>,
    events: Vec<Entry>,
    bytes: usize,
}

impl PageWriter {
    fn add(&mut self, subject: &Subject, time: Millis, row: &Row) {
        self.bytes += row_bytes(row);
        if let Row::Event(_, event) | Row::Stale(_, event) = row {
            self.events.push(Entry::Event { event: Event::clone(event), replaces: None, stale: false });
        }
        self.rows.push(match row {
            Row::Event(position, _) => PackedRow::Event(*position),
            Row::Stale(position, _) => PackedRow::Stale(*position),
            Row::Gone { dead, by } => {
                PackedRow::Gone { subject: subject.clone(), time, dead: *dead, by: *by }
            }
        });
    }

    fn finish(self) -> Vec<u8> {
        // Times are written as differences: a time from among them keeps them short.
        let at = self
            .events
            .iter()
            .find_map(|e| if let Entry::Event { event, .. } = e { Some(event.time) } else { None });
        let block = Block { number: 0, at: at.unwrap_or(0), entries: self.events };
        // A page is far smaller than the largest block.
        let events = block_codec::encode(&block).unwrap_or_default();
        postcard::to_stdvec(&(self.rows, Bytes(events))).unwrap_or_default()
    }
}

fn next(events: &mut impl Iterator<Item = Entry>) -> Option<Arc<Event>> {
    match events.next()? {
        Entry::Event { event, .. } => Some(Arc::new(event)),
        _ => None,
    }
}

fn unpack(bytes: &[u8]) -> Option<Vec<PlacedRow>> {
    let (rows, events): (Vec<PackedRow>, Bytes) = postcard::from_bytes(bytes).ok()?;
    let mut events = block_codec::decode(&events.0).ok()?.entries.into_iter();
    let rows: Option<Vec<_>> = rows
        .into_iter()
        .map(|row| match row {
            PackedRow::Gone { subject, time, dead, by } => Some((subject, time, Row::Gone { dead, by })),
            PackedRow::Event(position) => {
                let event = next(&mut events)?;
                Some((event.subject.clone(), event.time, Row::Event(position, event)))
            }
            PackedRow::Stale(position) => {
                let event = next(&mut events)?;
                Some((event.subject.clone(), event.time, Row::Stale(position, event)))
            }
        })
        .collect();
    if events.next().is_some() { None } else { rows }
}
