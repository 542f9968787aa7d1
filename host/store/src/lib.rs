//! Where Plaudit keeps what must not be lost: one [`Store`] trait, `sled/` behind its guard, one file per key family,
//! one conformance suite for every implementation.

pub mod backup;
pub mod block_codec;
pub mod conformance;
pub mod family;
pub mod history;
pub mod memory;
pub mod overlay;
pub mod runs;
pub mod sled;
pub mod verify;

use plaudit_core::Millis;

/// Number of an atomic commit, from 1, without gaps.
pub type CommitNumber = u64;

/// Largest value that the store takes, in bytes: families cut theirs at [`plaudit_core::limits::VALUE_BYTES_MAX`].
pub const STORED_VALUE_BYTES_MAX: usize = 64 * 1024;
/// Largest key, in bytes.
pub const STORED_KEY_BYTES_MAX: usize = 2048;

/// One change of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    /// Set a key.
    Put(Vec<u8>, Vec<u8>),
    /// Remove a key, if there.
    Delete(Vec<u8>),
}

/// Changes that happen together or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Keys that must hold these bytes (or be absent) for the batch to be applied: the fence against a second writer.
    pub expect: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    /// In order; a later one wins.
    pub ops: Vec<Op>,
}

impl Batch {
    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    /// Refuses what no store takes; every implementation asks this first.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        for op in &self.ops {
            let (key, bytes) = match op {
                Op::Put(key, value) => (key, value.len()),
                Op::Delete(key) => (key, 0),
            };
            if key.len() > STORED_KEY_BYTES_MAX {
                let shown = family::readable(&key[..32]);
                return Err(StoreError::TooLarge { key: shown, bytes: key.len(), max: STORED_KEY_BYTES_MAX });
            }
            if bytes > STORED_VALUE_BYTES_MAX {
                let key = family::readable(key);
                return Err(StoreError::TooLarge { key, bytes, max: STORED_VALUE_BYTES_MAX });
            }
            if key.first().is_none_or(|tag| *tag <= family::tags::HEAD) {
                return Err(StoreError::Reserved { key: family::readable(key) });
            }
        }
        Ok(())
    }
}

/// Why the store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else has written in between: read the head, never run again blindly.
    #[error("another writer was faster: {key} does not hold what this batch expects; stop this process")]
    Fenced {
        /// The key, readable.
        key: String,
    },
    /// It is not known whether the commit happened: read the head.
    #[error("the outcome of commit is unknown ({0}); read the head before trying again")]
    Unknown(String),
    /// Stored bytes are not what they should be.
    #[error("the store is damaged: {what}; stop, and restore the last backup with `plaudit store restore`")]
    Damaged {
        /// What was found, where.
        what: String,
    },
    /// The value or key is larger than the store likes.
    #[error("{key} would take {bytes} bytes, and {max} are allowed")]
    TooLarge {
        /// The key, readable.
        key: String,
        /// Its size.
        bytes: usize,
        /// The limit.
        max: usize,
    },
    /// A batch may not touch the guard's own keys.
    #[error("the key {key:?} belongs to the store itself; use a key of a family")]
    Reserved {
        /// The key, readable.
        key: String,
    },
    /// The disk or the operating system said no.
    #[error("the store's disk failed: {0}")]
    Io(#[from] std::io::Error),
}

/// Keys and values, in order of their bytes. A key starts with its family's tag, 2 or larger; the store's own keys are
/// not shown. Batches are atomic and visible at once, also to scans; what was applied before a
/// [`Store::sync`] began is durable when it returns.
pub trait Store: Send + Sync + 'static {
    /// The value of a key.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// Up to `limit` pairs with `from <= key < to`, rising.
    fn scan(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError>;

    /// Up to `limit` pairs with `from <= key < to`, falling.
    fn scan_back(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError>;

    /// Applies a batch: all of it, or nothing.
    ///
    /// # Errors
    /// [`StoreError::Fenced`] when an expectation does not hold; nothing is applied then.
    fn apply(&self, batch: Batch) -> Result<CommitNumber, StoreError>;

    /// Makes everything applied so far durable. Callers at the same time share one flush.
    fn sync(&self) -> Result<(), StoreError>;
}

/// Keys with their values.
pub type Pairs = Vec<(Vec<u8>, Vec<u8>)>;

/// When a backup was taken, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupInfo {
    /// Commit it stands at.
    pub commit: CommitNumber,
    /// By the house's clock.
    pub taken_at: Millis,
    /// Keys in it.
    pub keys: u64,
}
