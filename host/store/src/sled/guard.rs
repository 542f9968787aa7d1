//! The chain over all commits: its value is in every batch, under the guard's own key.

use super::head::Head;
use crate::{Batch, Op};

const VERSION: u8 = 1;

/// The head after a batch.
pub(super) fn chained(before: Head, batch: &Batch) -> Head {
    let number = before.number + 1;
    let mut hasher = blake3::Hasher::new_derive_key("plaudit 1 commit");
    hasher.update(&before.hash);
    hasher.update(&number.to_be_bytes());
    for op in &batch.ops {
        let (kind, key, value) = match op {
            Op::Put(key, value) => (0, key, value.as_slice()),
            Op::Delete(key) => (1, key, [].as_slice()),
        };
        hasher.update(&[kind]);
        hasher.update(&(key.len() as u64).to_be_bytes());
        hasher.update(key);
        hasher.update(&(value.len() as u64).to_be_bytes());
        hasher.update(value);
    }
    Head { number, hash: *hasher.finalize().as_bytes() }
}

/// The value under the guard's key.
pub(super) fn head_value(head: Head) -> Vec<u8> {
    let mut out = vec![VERSION];
    out.extend_from_slice(&head.number.to_be_bytes());
    out.extend_from_slice(&head.hash);
    out
}

/// Reads [`head_value`]; `None` for anything else.
pub(super) fn read_head_value(bytes: &[u8]) -> Option<Head> {
    let (version, rest) = bytes.split_first()?;
    let (number, hash) = rest.split_at_checked(8)?;
    let head = Head { number: u64::from_be_bytes(number.try_into().ok()?), hash: hash.try_into().ok()? };
    (*version == VERSION).then_some(head)
}
