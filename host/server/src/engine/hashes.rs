//! Digests of what is settled: the *settled hash* is equal for the same set of events however posted; the *full hash*
//! for the same journal, whatever the chunks of folding, the blocks in a commit, checkpoints and restarts.
//!
//! The full hash holds only what the journal determines: not how far the base of a key lags, nor commit numbers, nor
//! what became of a delivery.

use std::{collections::BTreeMap, sync::PoisonError};

use plaudit_core::{
    Id,
    award::{EffectKind, Status},
    hash::{digest, hex},
    ledger::Account,
};
use plaudit_store::{
    Store, StoreError,
    family::{self, Family, concluded::read_concluded, cursor::Cursor},
};

use super::{
    Inner,
    close::Closing,
    key::{Key, Span},
    task::Task,
    treasury::TREASURY,
};
use crate::api::views::{Hashes, TaskHashes};

/// Pairs read at a time.
const PAGE: usize = 256;

/// A piece of what is derived: its name for people, and its digest.
pub(super) type Line = (String, [u8; 32]);

/// Digests over everything.
pub(super) fn hashes(inner: &Inner) -> Result<Hashes, StoreError> {
    let store = &*inner.store;
    let mut settled = Vec::new();
    let mut tasks = Vec::new();
    let slots: Vec<_> =
        inner.slots.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
    for slot in slots {
        let state = slot.lock();
        let mut hashes = of_rows(store, &slot.id)?;
        if let Some(loaded) = &state.loaded {
            let task = &loaded.task;
            hashes.states = hex(&digest("lines", &lines(&task.keys, &task.closing)));
            settled.push((
                slot.id.clone(),
                of_states(task),
                of_awards(store, &slot.id)?,
                of_boards(store, task)?,
            ));
        }
        tasks.push(hashes);
    }
    tasks.push(of_rows(store, &TREASURY.into())?);
    let settled = digest("settled", &(&settled, balances(inner)));
    Ok(Hashes { full: hex(&digest("full", &tasks)), settled: hex(&settled), tasks })
}

/// Everything that a task has written; its states are not in it.
fn of_rows(store: &dyn Store, task: &Id) -> Result<TaskHashes, StoreError> {
    let place = family::get::<Cursor>(store, &task.to_string())?.unwrap_or_default();
    let periods = (
        pairs::<family::concluded::Concluded>(store, task)?,
        pairs::<family::receipt::Receipt>(store, task)?,
    );
    Ok(TaskHashes {
        task: task.clone(),
        states: "".into(),
        standings: hex(&pairs::<family::standing::Standing>(store, task)?),
        ledger: hex(&digest("ledger", &(place.ledger_next, place.ledger_head))),
        outbox: hex(&pairs::<family::told::Told>(store, task)?),
        periods: hex(&digest("periods", &periods)),
    })
}

/// The bytes of keys that begin with a task's name.
pub(super) fn prefix<F: Family>(task: &str) -> Vec<u8> {
    [&[F::TAG], task.as_bytes(), &[0]].concat()
}

/// A chained digest of a task's pairs in a family, as they are stored.
fn pairs<F: Family>(store: &dyn Store, task: &str) -> Result<[u8; 32], StoreError> {
    let mut from = prefix::<F>(task);
    let to = family::after_prefix(&from);
    let mut all = [0; 32];
    loop {
        let page = store.scan(&from, &to, PAGE)?;
        let Some((last, _)) = page.last() else { return Ok(all) };
        from = [last, &[0][..]].concat();
        all = page.iter().fold(all, |before, (key, value)| digest("pair", &(before, key, value)));
    }
}

/// Everything that is derived of a task, piece by piece.
pub(super) fn lines(keys: &BTreeMap<Id, Key>, closing: &Closing) -> Vec<Line> {
    let mut lines = Vec::new();
    for (id, key) in keys {
        let whole = (key.state(), key.wake_at(), &key.membership, &key.progress);
        lines.push((format!("key {id}"), digest("key", &whole)));
        let spans =
            told_spans(key).map(|span| (format!("key {id}, span from {}", span.start), of_span(span)));
        lines.extend(spans);
    }
    for concluded in closing.concluded() {
        lines.push((format!("period {}", concluded.period.id), digest("concluded", concluded)));
    }
    lines.push(("periods, final boundary and shared state".into(), digest("closing", closing)));
    lines
}

/// A span without the order in which its effects were said: a call says its awards before its praise, so that it
/// depends on where calls are cut.
fn of_span(span: &Span) -> [u8; 32] {
    let mut effects: Vec<_> = span.effects.iter().collect();
    effects.sort_by(|a, b| (a.contribution.time, &a.id).cmp(&(b.contribution.time, &b.id)));
    digest("span", &((span.start, span.end, &span.state, span.wake_at), &span.sums, effects))
}

/// Spans in which something was said. One that was opened for a fact that has gone since may still be there or not.
fn told_spans(key: &Key) -> impl Iterator<Item = &Span> {
    key.spans.iter().filter(|span| !span.is_silent())
}

/// States, boards and tickets since the last final boundary.
fn of_states(task: &Task) -> [u8; 32] {
    let sums = |key: &Key| told_spans(key).map(|s| digest("sums", &(s.start, &s.sums))).collect::<Vec<_>>();
    let keys: Vec<_> =
        task.keys.iter().map(|(id, key)| (id.clone(), key.state().to_vec(), sums(key))).collect();
    digest("states", &(task.closing.final_through, keys))
}

/// Net awards, with what was paid. Reversed ones are as if they had never been; praise is told once and stays told, so
/// that what was said depends on what was known when.
fn of_awards(store: &dyn Store, incentive: &Id) -> Result<[u8; 32], StoreError> {
    let prefix = [incentive.as_bytes(), &[0]].concat();
    let rows = family::scan_prefix::<family::standing::Standing>(store, &prefix, usize::MAX)?;
    let net: Vec<_> = rows
        .into_iter()
        .filter(|(_, row)| row.status != Status::Reversed && row.id.kind == EffectKind::Award)
        .map(|((_, id), row)| (id, row.time, row.content, row.status, row.paid))
        .collect();
    Ok(digest("awards", &net))
}

/// Boards of closed periods, however often they were concluded.
fn of_boards(store: &dyn Store, task: &Task) -> Result<[u8; 32], StoreError> {
    let id = &task.incentive.id;
    let mut boards = Vec::new();
    let mut next = task.calendar.period_at(task.incentive.start);
    while let Some(period) = next.filter(|period| period.start <= task.at) {
        if let Some(concluded) = read_concluded(store, id, period.start)? {
            boards.push((concluded.period, concluded.boards));
        }
        next = task.calendar.next_after(&period);
    }
    Ok(digest("boards", &boards))
}

fn balances(inner: &Inner) -> Vec<(Account, Id, i64)> {
    let books = inner.books.lock().unwrap_or_else(PoisonError::into_inner);
    books
        .balances()
        .filter(|(_, _, units)| *units != 0)
        .map(|(a, c, units)| (a.clone(), c.clone(), units))
        .collect()
}
