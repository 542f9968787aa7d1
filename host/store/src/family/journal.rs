//! The journal: blocks, encoded and cut into parts.

use plaudit_core::{journal::Block, limits::VALUE_BYTES_MAX};

use super::{Family, bytes::Bytes, get, last, put, scan_prefix, tags};
use crate::{Batch, Store, StoreError, block_codec};

/// By block number and part.
#[derive(Debug)]
pub enum Journal {}

impl Family for Journal {
    const TAG: u8 = tags::JOURNAL;
    const NAME: &'static str = "journal";
    type Key = (u64, u16);
    type Value = Bytes;
}

/// Adds a block to a batch. Its number must be the one after the last.
///
/// # Errors
/// [`StoreError::TooLarge`] for a block of more than [`block_codec::BLOCK_BYTES_MAX`]; nothing is added then.
pub fn put_block(batch: &mut Batch, block: &Block) -> Result<(), StoreError> {
    let bytes = block_codec::encode(block).map_err(|bytes| StoreError::TooLarge {
        key: format!("block {}", block.number),
        bytes,
        max: block_codec::BLOCK_BYTES_MAX,
    })?;
    for (part, index) in bytes.chunks(VALUE_BYTES_MAX).zip(0u16..) {
        put::<Journal>(batch, &(block.number, index), &Bytes(part.to_vec()));
    }
    Ok(())
}

/// Reads a block; `None` if there is none of this number.
pub fn read_block(store: &dyn Store, number: u64) -> Result<Option<Block>, StoreError> {
    // Most blocks have one part, and a point read is the quickest.
    let Some(first) = get::<Journal>(store, &(number, 0))? else { return Ok(None) };
    if first.0.len() < VALUE_BYTES_MAX {
        return decode(number, &first.0).map(Some);
    }
    let parts = scan_prefix::<Journal>(store, &number.to_be_bytes(), usize::from(u16::MAX) + 1)?;
    assemble(number, parts).map(Some)
}

/// Reads up to `max_blocks` blocks from a number on, in order.
///
/// # Errors
/// [`StoreError::Damaged`] where a block before the last one is missing.
pub fn read_blocks(store: &dyn Store, from: u64, max_blocks: usize) -> Result<Vec<Block>, StoreError> {
    let from = from.max(1);
    let last = last_block_number(store)?.min(from.saturating_add(max_blocks as u64) - 1);
    let missing = |number| StoreError::Damaged { what: format!("block {number} of the journal is missing") };
    (from..=last).map(|number| read_block(store, number)?.ok_or_else(|| missing(number))).collect()
}

/// Number of the last block; 0 if there is none.
pub fn last_block_number(store: &dyn Store) -> Result<u64, StoreError> {
    Ok(last::<Journal>(store)?.map_or(0, |((number, _), _)| number))
}

fn assemble(number: u64, parts: Vec<((u64, u16), Bytes)>) -> Result<Block, StoreError> {
    let mut bytes = Vec::new();
    for (((_, part), piece), expected) in parts.into_iter().zip(0..) {
        if part != expected {
            return Err(StoreError::Damaged { what: format!("block {number} has no part {expected}") });
        }
        bytes.extend_from_slice(&piece.0);
    }
    decode(number, &bytes)
}

fn decode(number: u64, bytes: &[u8]) -> Result<Block, StoreError> {
    let block = block_codec::decode(bytes)
        .map_err(|why| StoreError::Damaged { what: format!("block {number} can't be read: {why}") })?;
    if block.number != number {
        let what = format!("block {} stands where block {number} should be", block.number);
        return Err(StoreError::Damaged { what });
    }
    Ok(block)
}

#[cfg(test)]
mod tests {
    use plaudit_core::{
        event::{Event, Subject, Value},
        journal::Entry,
    };

    use super::*;
    use crate::{family::delete, memory::MemoryStore};

    fn block(number: u64, events: usize) -> Block {
        let event = |index: usize| Entry::Event {
            event: Event {
                source: "/acd".into(),
                id: format!("{number}-{index}").into(),
                kind: "contact.completed".into(),
                subject: Subject::agent("a1"),
                time: 1_000,
                entity: None,
                revision: 0,
                retracted: false,
                fields: vec![("note".into(), Value::Text(format!("{index:0500}").into()))],
            },
            replaces: None,
            stale: false,
        };
        Block { number, at: 2_000, entries: (0..events).map(event).collect() }
    }

    fn store_with(blocks: &[Block]) -> MemoryStore {
        let store = MemoryStore::default();
        for block in blocks {
            let mut batch = Batch::default();
            put_block(&mut batch, block).unwrap();
            store.apply(batch).unwrap();
        }
        store
    }

    #[test]
    fn blocks_of_one_part_and_of_several_come_back() {
        let blocks = [block(1, 3), block(2, 256), block(3, 0), block(4, 1)];
        let store = store_with(&blocks);
        assert!(
            scan_prefix::<Journal>(&store, &2u64.to_be_bytes(), 9).unwrap().len() > 1,
            "block 2 takes parts"
        );
        assert_eq!(read_block(&store, 2).unwrap().as_ref(), Some(&blocks[1]));
        assert_eq!(read_block(&store, 5).unwrap(), None);
        assert_eq!(read_blocks(&store, 0, 9).unwrap(), blocks);
        assert_eq!(read_blocks(&store, 2, 2).unwrap(), blocks[1..3]);
        assert_eq!(read_blocks(&store, 5, 2).unwrap(), []);
        assert_eq!(last_block_number(&store).unwrap(), 4);
    }

    #[test]
    fn a_missing_block_or_part_is_noticed() {
        for lost in [(2, 0), (2, 1)] {
            let store = store_with(&[block(1, 3), block(2, 256), block(3, 1)]);
            let mut batch = Batch::default();
            delete::<Journal>(&mut batch, &lost);
            store.apply(batch).unwrap();
            assert!(matches!(read_blocks(&store, 1, 9), Err(StoreError::Damaged { .. })), "{lost:?}");
        }
    }
}
