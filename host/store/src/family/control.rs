//! Entries of the journal that are no events, once more, so that a start need not read all blocks.

use std::collections::BTreeMap;

use plaudit_core::{
    journal::{Block, Entry},
    limits::VALUE_BYTES_MAX,
};

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

/// Adds a block's entries that are no events and no mere ticks of the clock. A sealed ticket list that is too long for
/// one value stands here without its tickets: [`is_cut`], and the block has them.
pub fn put_entries(batch: &mut Batch, block: &Block) {
    for (entry, index) in block.entries.iter().zip(0u32..) {
        if matches!(entry, Entry::Event { .. } | Entry::Tick) {
            continue;
        }
        match without_long_list(entry) {
            Some(cut) => put::<Control>(batch, &(block.number, index), &cut),
            None => put::<Control>(batch, &(block.number, index), entry),
        }
    }
}

/// Whether an entry was cut when it was written: no list is sealed without an entrant.
pub fn is_cut(entry: &Entry) -> bool {
    matches!(entry, Entry::TicketsSealed { tickets, .. } if tickets.is_empty())
}

fn without_long_list(entry: &Entry) -> Option<Entry> {
    let Entry::TicketsSealed { incentive, period, draw, list_hash, spec, .. } = entry else { return None };
    let length = postcard::to_stdvec(entry).map_or(0, |bytes| bytes.len());
    (length > VALUE_BYTES_MAX).then(|| Entry::TicketsSealed {
        incentive: incentive.clone(),
        period: period.clone(),
        draw: draw.clone(),
        tickets: BTreeMap::new(),
        list_hash: list_hash.clone(),
        spec: spec.clone(),
    })
}
