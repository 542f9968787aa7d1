//! Digests of what is settled: the *settled hash* is equal for the same set of events however posted; the *full hash*
//! for the same journal.

use std::sync::PoisonError;

use plaudit_core::{
    Id,
    award::Status,
    hash::{digest, hex},
    ledger::Account,
};
use plaudit_store::{StoreError, family};

use super::{Inner, task::Task};
use crate::api::views::Hashes;

/// Digests over everything.
pub(super) fn hashes(inner: &Inner) -> Result<Hashes, StoreError> {
    let mut settled = Vec::new();
    let mut full = Vec::new();
    let slots: Vec<_> =
        inner.slots.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
    for slot in slots {
        let state = slot.lock();
        if let Some(loaded) = &state.loaded {
            settled.push((slot.id.clone(), of_states(&loaded.task), of_awards(inner, &slot.id)?));
        }
        let place = family::get::<family::cursor::Cursor>(&*inner.store, &slot.id.to_string())?;
        full.push((slot.id.clone(), place.map(|p| (p.ledger_next, p.ledger_head, p.outbox_next))));
    }
    let settled = digest("settled", &(&settled, balances(inner)));
    let full = digest("full", &(settled, full));
    Ok(Hashes { full: hex(&full), settled: hex(&settled) })
}

/// States, boards and tickets since the last final boundary.
fn of_states(task: &Task) -> [u8; 32] {
    let keys: Vec<_> = task
        .keys
        .iter()
        .map(|(id, key)| {
            (
                id.clone(),
                key.state().to_vec(),
                key.spans.iter().map(|s| (s.start, &s.sums)).collect::<Vec<_>>(),
            )
        })
        .collect();
    digest("states", &(task.closing.final_through, keys))
}

/// Net awards, with what was paid. Reversed ones are as if they had never been.
fn of_awards(inner: &Inner, incentive: &Id) -> Result<[u8; 32], StoreError> {
    let mut prefix = incentive.as_bytes().to_vec();
    prefix.push(0);
    let rows = family::scan_prefix::<family::standing::Standing>(&*inner.store, &prefix, usize::MAX)?;
    let net: Vec<_> = rows
        .into_iter()
        .filter(|(_, row)| row.status != Status::Reversed)
        .map(|((_, id), row)| (id, row.time, row.content, row.status, row.paid))
        .collect();
    Ok(digest("awards", &net))
}

fn balances(inner: &Inner) -> Vec<(Account, Id, i64)> {
    let books = inner.books.lock().unwrap_or_else(PoisonError::into_inner);
    books
        .balances()
        .filter(|(_, _, units)| *units != 0)
        .map(|(a, c, units)| (a.clone(), c.clone(), units))
        .collect()
}
