//! The audit log: who changed what, when, from what to what. Rows are only ever added, and each holds a digest of all
//! before it, so that a row that is changed or taken out is found.

use plaudit_core::Millis;
use serde::{Deserialize, Serialize};

use super::{Family, tags};
use crate::{Batch, Store, StoreError};

/// By number, from 1, without gaps.
#[derive(Debug)]
pub enum Audit {}

impl Family for Audit {
    const TAG: u8 = tags::AUDIT;
    const NAME: &'static str = "audit";
    type Key = u64;
    type Value = Row;
}

/// A row: the change, chained to those before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What happened.
    pub change: Change,
    /// BLAKE3 of the row before's chain (zeros before the first), the number and the change.
    pub chain: [u8; 32],
}

/// A change. Never a secret, never a name or an address of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When, by the machine's clock.
    pub at: Millis,
    /// Who.
    pub actor: Actor,
    /// What was done: method and route of the API, or a word such as `sign-in`.
    pub act: String,
    /// What it was done to, such as `incentives/sprint`; empty for what has no name.
    pub object: String,
    /// How it stood before, JSON; none if it was not there.
    pub before: Option<String>,
    /// How it stands after, JSON; none if it is gone.
    pub after: Option<String>,
    /// Id of the request, as in the server's log; empty for the command line.
    pub request: String,
}

/// Who did it. Stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// An API token.
    Token {
        /// First 12 digits of its hash.
        id: String,
        /// What it is for.
        name: String,
    },
    /// An account, by id.
    Account(String),
    /// Somebody at the server's command line.
    CommandLine,
    /// Nobody known: the first start, a reset link, a refused sign-in.
    Stranger,
}

/// Rows read at a time.
const CHUNK_ROWS: usize = 256;

fn chained(before: &[u8; 32], number: u64, change: &Change) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key("plaudit 1 audit");
    hasher.update(before);
    hasher.update(&number.to_be_bytes());
    // Nothing in a change is what postcard can't write.
    hasher.update(&postcard::to_stdvec(change).unwrap_or_default());
    *hasher.finalize().as_bytes()
}

/// Adds a row behind the last one to a batch, which fails if somebody else was faster. Returns its number.
///
/// # Errors
/// The store fails.
pub fn append(store: &dyn Store, batch: &mut Batch, change: Change) -> Result<u64, StoreError> {
    let (number, before) = match super::last::<Audit>(store)? {
        Some((number, row)) => (number + 1, row.chain),
        None => (1, [0; 32]),
    };
    batch.expect.push((super::key::<Audit>(&number), None));
    let chain = chained(&before, number, &change);
    super::put::<Audit>(batch, &number, &Row { change, chain });
    Ok(number)
}

/// Up to `limit` rows before a number, newest first; from the newest if none is given.
///
/// # Errors
/// The store fails.
pub fn newest(store: &dyn Store, before: Option<u64>, limit: usize) -> Result<Vec<(u64, Row)>, StoreError> {
    let to = before.map_or_else(super::end::<Audit>, |number| super::key::<Audit>(&number));
    super::decode_pairs::<Audit>(store.scan_back(&[tags::AUDIT], &to, limit)?)
}

/// Follows the chain from the first row to the last.
///
/// # Errors
/// [`StoreError::Damaged`] names the first row that is not what it was; others if the store fails.
pub fn check(store: &dyn Store) -> Result<u64, StoreError> {
    let (mut next, mut chain) = (1, [0; 32]);
    loop {
        let rows = super::scan::<Audit>(store, Some(&next), CHUNK_ROWS)?;
        if rows.is_empty() {
            return Ok(next - 1);
        }
        for (number, row) in rows {
            chain = chained(&chain, next, &row.change);
            if number != next || row.chain != chain {
                let what = format!("row {next} of the audit log is not what was written");
                return Err(StoreError::Damaged { what });
            }
            next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{family, memory::MemoryStore};

    fn change(object: &str) -> Change {
        Change {
            at: 7,
            actor: Actor::Account("u1".into()),
            act: "PUT /v1/budgets/{id}".into(),
            object: object.into(),
            before: None,
            after: Some("{}".into()),
            request: "r1".into(),
        }
    }

    fn with(rows: usize) -> MemoryStore {
        let store = MemoryStore::default();
        for n in 0..rows {
            let mut batch = Batch::default();
            append(&store, &mut batch, change(&format!("budgets/{n}"))).unwrap();
            store.apply(batch).unwrap();
        }
        store
    }

    #[test]
    fn rows_are_numbered_and_read_from_the_newest() {
        let store = with(5);
        let numbers = |before, limit| {
            newest(&store, before, limit).unwrap().into_iter().map(|(n, _)| n).collect::<Vec<_>>()
        };
        assert_eq!(numbers(None, 2), [5, 4]);
        assert_eq!(numbers(Some(4), 9), [3, 2, 1]);
        assert_eq!(numbers(Some(1), 9), [0; 0]);
        assert_eq!(check(&store).unwrap(), 5);
    }

    #[test]
    fn who_is_slower_does_not_write_over_another_s_row() {
        let store = with(1);
        let (mut one, mut other) = (Batch::default(), Batch::default());
        append(&store, &mut one, change("a")).unwrap();
        append(&store, &mut other, change("b")).unwrap();
        store.apply(one).unwrap();
        assert!(matches!(store.apply(other), Err(StoreError::Fenced { .. })));
        assert_eq!(check(&store).unwrap(), 2);
    }

    #[test]
    fn a_row_that_was_changed_or_taken_out_is_found() {
        for damage in 1..=4_u64 {
            let store = with(5);
            let mut batch = Batch::default();
            if damage % 2 == 0 {
                family::delete::<Audit>(&mut batch, &damage);
            } else {
                let (_, mut row) = newest(&store, Some(damage + 1), 1).unwrap().remove(0);
                row.change.actor = Actor::CommandLine;
                family::put::<Audit>(&mut batch, &damage, &row);
            }
            store.apply(batch).unwrap();
            let found = check(&store).unwrap_err().to_string();
            assert!(found.contains(&format!("row {damage} of the audit log")), "{found}");
        }
    }
}
