//! Entries of the journal that are no events, once more, so that a start need not read all blocks.

use plaudit_core::journal::{Block, Entry};

use super::{Family, put, tags};
use crate::Batch;

/// By block and index in it.
#[derive(Debug)]
pub enum Control {}

impl Family for Control {
    const TAG: u8 = tags::CONTROL;
    const NAME: &'static str = "control";
    const VERSION: u8 = 2;
    type Key = (u64, u32);
    type Value = Entry;
}

/// Adds a block's entries that are no events and no mere ticks of the clock.
pub fn put_entries(batch: &mut Batch, block: &Block) {
    for (entry, index) in block.entries.iter().zip(0u32..) {
        if !matches!(entry, Entry::Event { .. } | Entry::Tick) {
            put::<Control>(batch, &(block.number, index), entry);
        }
    }
}
