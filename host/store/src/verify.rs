//! Verification: every key is read as what it should be, and what belongs together agrees.

use std::collections::BTreeMap;

use plaudit_core::{Id, ledger::Chain};

use crate::{
    Store, StoreError,
    family::{
        Family, checkpoint::Checkpoint, component::Component, concluded::Concluded, control::Control,
        cursor::Cursor, decode_pairs, end, entity_run::EntityRun, field::Fields, history::HistoryPage,
        journal, ledger::Ledger, outbox::Outbox, people::People, readable, receipt::Receipt,
        seen_run::SeenRun, standing::Standing, titles::Titles,
    },
    history, runs,
};

/// Pairs read at a time.
const CHUNK_PAIRS: usize = 256;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Keys read, by family.
    pub keys: BTreeMap<&'static str, u64>,
    /// Journal blocks read.
    pub blocks: u64,
    /// Ledger rows followed.
    pub ledger_rows: u64,
    /// Keys of families that this room does not know: their own rooms read them.
    pub others: u64,
    /// What is wrong; empty for a sound store.
    pub faults: Vec<String>,
}

/// Reads everything.
///
/// # Errors
/// Only if the store can't be read; what is wrong with its content is in the report.
pub fn verify(store: &dyn Store) -> Result<VerifyReport, StoreError> {
    let mut report = VerifyReport::default();
    let known: [(u8, fn(&dyn Store, &mut VerifyReport) -> Result<(), StoreError>); 16] = [
        known::<journal::Journal>(),
        known::<Control>(),
        known::<SeenRun>(),
        known::<EntityRun>(),
        known::<HistoryPage>(),
        known::<Component>(),
        known::<People>(),
        known::<Cursor>(),
        known::<Checkpoint>(),
        known::<Standing>(),
        known::<Ledger>(),
        known::<Outbox>(),
        known::<Receipt>(),
        known::<Fields>(),
        known::<Titles>(),
        known::<Concluded>(),
    ];
    for tag in crate::family::tags::HEAD + 1..u8::MAX {
        match known.iter().find(|(known, _)| *known == tag) {
            Some((_, read)) => read(store, &mut report)?,
            None => in_chunks(store, vec![tag], &[tag + 1], |pairs| report.others += pairs.len() as u64)?,
        }
    }
    blocks(store, &mut report)?;
    ledgers(store, &mut report)?;
    for checked in [history::check(store), runs::check::<SeenRun>(store), runs::check::<EntityRun>(store)] {
        report.note(checked)?;
    }
    Ok(report)
}

impl VerifyReport {
    /// Damage is a finding; any other failure ends the verification.
    fn note<T>(&mut self, result: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(StoreError::Damaged { what }) => {
                self.faults.push(what);
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }
}

type Reader = fn(&dyn Store, &mut VerifyReport) -> Result<(), StoreError>;

fn known<F: Family>() -> (u8, Reader) {
    (F::TAG, read_family::<F>)
}

/// Decodes every pair of a family.
fn read_family<F: Family>(store: &dyn Store, report: &mut VerifyReport) -> Result<(), StoreError> {
    let mut keys = 0;
    in_chunks(store, vec![F::TAG], &end::<F>(), |pairs| {
        keys += pairs.len() as u64;
        for pair in pairs {
            let key = readable(&pair.0);
            if let Err(error) = decode_pairs::<F>(vec![pair]) {
                report.faults.push(match error {
                    StoreError::Damaged { what } => what,
                    other => format!("{key}: {other}"),
                });
            }
        }
    })?;
    report.keys.insert(F::NAME, keys);
    Ok(())
}

fn in_chunks(
    store: &dyn Store,
    mut from: Vec<u8>,
    to: &[u8],
    mut read: impl FnMut(crate::Pairs),
) -> Result<(), StoreError> {
    loop {
        let pairs = store.scan(&from, to, CHUNK_PAIRS)?;
        let Some((last, _)) = pairs.last() else { return Ok(()) };
        from = [last.as_slice(), &[0]].concat();
        read(pairs);
    }
}

/// Every block from the first to the last, with its checksum; times never go back.
fn blocks(store: &dyn Store, report: &mut VerifyReport) -> Result<(), StoreError> {
    let last = journal::last_block_number(store);
    let mut before = i64::MIN;
    for number in 1..=report.note(last)?.unwrap_or(0) {
        let read = journal::read_block(store, number);
        match report.note(read)? {
            Some(Some(block)) => {
                report.blocks += 1;
                if block.at < before {
                    report.faults.push(format!("block {number} was received before the one before it"));
                }
                before = block.at;
            }
            Some(None) => report.faults.push(format!("block {number} of the journal is missing")),
            None => {}
        }
    }
    Ok(())
}

/// Every task's chain of rows, each row's balance, and the end that the task's cursor names.
fn ledgers(store: &dyn Store, report: &mut VerifyReport) -> Result<(), StoreError> {
    let mut chains: BTreeMap<String, Chain> = BTreeMap::new();
    let (mut rows, mut faults) = (0, Vec::new());
    in_chunks(store, vec![Ledger::TAG], &end::<Ledger>(), |pairs| {
        // What can't be decoded was found already.
        for ((task, _), row) in
            pairs.into_iter().filter_map(|pair| decode_pairs::<Ledger>(vec![pair]).ok()).flatten()
        {
            rows += 1;
            let chain = chains.entry(task.clone()).or_insert_with(|| Chain::new(Id::from(task)));
            if let Err(error) = chain.follow(&row) {
                faults.push(error.to_string());
            }
        }
    })?;
    in_chunks(store, vec![Cursor::TAG], &end::<Cursor>(), |pairs| {
        for (task, place) in
            pairs.into_iter().filter_map(|pair| decode_pairs::<Cursor>(vec![pair]).ok()).flatten()
        {
            let (next, head) = chains.get(&task).map_or((1, [0; 32]), |chain| (chain.next, chain.head));
            if (place.ledger_next, place.ledger_head) != (next, head) {
                faults.push(format!("the ledger of {task} does not end where its cursor says"));
            }
        }
    })?;
    report.ledger_rows = rows;
    report.faults.extend(faults);
    Ok(())
}
