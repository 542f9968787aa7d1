//! Where each task stands. It is written in the same batch as what the task did until there.

use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By task: an incentive's id, or another task's name.
#[derive(Debug)]
pub enum Cursor {}

impl Family for Cursor {
    const TAG: u8 = tags::CURSOR;
    const NAME: &'static str = "cursor";
    type Key = String;
    type Value = Place;
}

/// A task's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Last block that is settled.
    pub block: u64,
    /// Number of the next ledger row.
    pub ledger_next: u64,
    /// Hash of the last ledger row, zeros while there is none.
    pub ledger_head: [u8; 32],
    /// Number of the next message in the outbox.
    pub outbox_next: u64,
}

impl Default for Place {
    fn default() -> Self {
        Self { block: 0, ledger_next: 1, ledger_head: [0; 32], outbox_next: 1 }
    }
}
