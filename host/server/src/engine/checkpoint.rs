//! Checkpoints: what is derived, written behind, so that a restart folds little again.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{Id, Millis, incentive::Incentive, journal::Position};
use serde::{Deserialize, Serialize};

use super::{close::Closing, key::Key, task::Task};

/// Layout of a checkpoint: another one is not read, and the task folds from the beginning of its open periods.
const VERSION: u8 = 2;

/// A task's derived state at the end of a block.
#[derive(Serialize, Deserialize)]
pub(crate) struct Checkpoint {
    /// The incentive as it was in force.
    pub(crate) incentive: Incentive,
    /// Block at whose end it was taken, and its time.
    pub(crate) block: u64,
    at: Millis,
    keys: BTreeMap<Id, Key>,
    closing: Closing,
    too_late: u64,
    left_out: BTreeSet<Position>,
}

/// A task's checkpoint in bytes.
pub(crate) fn write(task: &Task) -> Vec<u8> {
    let parts =
        (&task.incentive, task.cursor, task.at, &task.keys, &task.closing, task.too_late, &task.left_out);
    postcard::to_extend(&parts, vec![VERSION]).unwrap_or_default()
}

/// Reads a checkpoint; `None` for another layout.
pub(crate) fn read(bytes: &[u8]) -> Option<Checkpoint> {
    let (version, rest) = bytes.split_first()?;
    (*version == VERSION).then(|| postcard::from_bytes(rest).ok()).flatten()
}

/// Puts a checkpoint into a fresh task.
pub(crate) fn restore(task: &mut Task, checkpoint: Checkpoint) {
    task.cursor = checkpoint.block;
    task.at = checkpoint.at;
    task.keys = checkpoint.keys;
    task.closing = checkpoint.closing;
    task.too_late = checkpoint.too_late;
    task.left_out = checkpoint.left_out;
    task.gather_desired();
    task.rewake();
}
