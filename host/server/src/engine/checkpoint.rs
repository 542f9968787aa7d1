//! Checkpoints: what is derived, written behind, so that a restart folds little again.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{Id, Millis, incentive::Incentive, journal::Position};
use serde::{Deserialize, Serialize};

use super::{close::Closing, key::Key, task::Task};

/// Layout of a checkpoint: another one is not read, and the task folds from the beginning of its open periods.
const VERSION: u8 = 4;

/// A task's derived state at the end of a block.
#[derive(Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    /// The incentive as it was in force.
    pub(crate) incentive: Incentive,
    /// Block at whose end it was taken, and its time.
    pub(crate) block: u64,
    at: Millis,
    before: Millis,
    pub(crate) keys: BTreeMap<Id, Key>,
    pub(crate) closing: Closing,
    too_late: u64,
    left_out: BTreeSet<Position>,
    /// Who was disqualified by then: later decisions come with their blocks.
    disqualified: BTreeMap<Id, String>,
}

/// A task's checkpoint in bytes.
pub(crate) fn write(task: &Task) -> Vec<u8> {
    let parts = (
        (&task.incentive, task.cursor, task.at, task.before),
        (&task.keys, &task.closing, task.too_late, &task.left_out, task.book.disqualifications()),
    );
    postcard::to_extend(&parts, vec![VERSION]).unwrap_or_default()
}

/// Reads a checkpoint; `None` for another layout.
pub(crate) fn read(bytes: &[u8]) -> Option<Checkpoint> {
    let (version, rest) = bytes.split_first()?;
    (*version == VERSION).then(|| postcard::from_bytes(rest).ok()).flatten()
}

/// Puts a checkpoint into a fresh task, whose book follows: it gives back who is disqualified.
pub(crate) fn restore(task: &mut Task, checkpoint: Checkpoint) -> BTreeMap<Id, String> {
    task.before = checkpoint.before;
    task.cursor = checkpoint.block;
    task.at = checkpoint.at;
    task.keys = checkpoint.keys;
    task.closing = checkpoint.closing;
    task.too_late = checkpoint.too_late;
    task.left_out = checkpoint.left_out;
    task.gather_desired();
    task.rewake();
    checkpoint.disqualified
}
