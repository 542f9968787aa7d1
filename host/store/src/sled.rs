//! sled behind its guard.
//!
//! sled 0.34.7 on its own can lose acknowledged commits (its `flush` does not call fsync on Linux) and can open an older
//! state in silence after a flipped bit. So: one tree; one batch per commit, with the number and the chained hash of
//! the commit in it; `sync` adds our own fsync; a head file outside of sled says what was promised, and opening refuses
//! when sled does not keep it.

mod guard;
mod head;
mod open;
#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io,
    panic::AssertUnwindSafe,
    sync::{Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use ::sled::{Db, IVec};

pub use self::open::OpenError;
use self::{
    guard::{chained, head_value},
    head::{Head, HeadFile},
};
use crate::{Batch, CommitNumber, Op, Pairs, Store, StoreError, family::tags};

/// First tag that is not the guard's own.
const FIRST_TAG: u8 = tags::HEAD + 1;

/// A [`Store`] in a folder of its own: `lock`, `head` and `sled/`.
///
/// Lock order: `head` before `durable` before `head_file`.
#[derive(Debug)]
pub struct SledStore {
    db: Db,
    /// sled's data file, for the fsync that sled leaves out.
    data: File,
    /// Last applied commit. Writers hold it alone; scans share it, so that a batch is visible at once.
    head: RwLock<Head>,
    durable: Mutex<Durable>,
    became_durable: Condvar,
    head_file: Mutex<HeadFile>,
    /// Held as long as the store is open.
    _lock: File,
}

/// How far durability has come.
#[derive(Debug)]
struct Durable {
    number: CommitNumber,
    /// Whether a leader is at work.
    syncing: bool,
    /// Why this store takes no more commits. After a failed flush nobody knows what the disk holds.
    failed: Option<String>,
}

impl SledStore {
    /// Number of the last applied commit; 0 for a new store.
    pub fn commit_number(&self) -> CommitNumber {
        self.read_head().number
    }

    /// Bytes on disk, as sled counts them.
    pub fn size_on_disk(&self) -> Result<u64, StoreError> {
        self.db.size_on_disk().map_err(read_failed)
    }

    /// Runs `work` while no batch is applied; reads inside it see one state, which has this number. Don't apply inside it.
    pub fn with_paused_writers<T>(&self, work: impl FnOnce(&dyn Store, CommitNumber) -> T) -> T {
        let head = self.read_head();
        work(&Paused(self.db.clone()), head.number)
    }

    fn read_head(&self) -> RwLockReadGuard<'_, Head> {
        self.head.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_head(&self) -> RwLockWriteGuard<'_, Head> {
        self.head.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn durable(&self) -> MutexGuard<'_, Durable> {
        self.durable.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refuse_if_failed(&self) -> Result<(), StoreError> {
        self.durable().failed.clone().map_or(Ok(()), |why| Err(StoreError::Unknown(why)))
    }

    /// From now on nothing is promised any more.
    fn fail(&self, why: String) -> StoreError {
        tracing::error!(
            why,
            "the store takes no more commits; restart the process to see what the disk holds"
        );
        let mut durable = self.durable();
        durable.failed.get_or_insert_with(|| why.clone());
        durable.syncing = false;
        self.became_durable.notify_all();
        StoreError::Unknown(why)
    }

    /// What the leader does: everything applied until now becomes durable, then the head file says so.
    fn make_durable(&self) -> Result<CommitNumber, String> {
        let head = *self.read_head();
        self.db.flush().map_err(|e| format!("sled could not flush: {e}"))?;
        self.data.sync_data().map_err(|e| format!("fsync of the store's data file failed: {e}"))?;
        self.head_file
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(head)
            .map_err(|e| format!("writing the store's head file failed: {e}"))?;
        Ok(head.number)
    }
}

/// sled panics at some broken states. A writer that dies with a lock in its hand would leave followers waiting.
fn unpanicked<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    std::panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("sled panicked".into()))
}

/// The guard's own keys are not shown.
fn visible(from: &[u8]) -> &[u8] {
    from.max(&[FIRST_TAG])
}

fn get(db: &Db, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
    if key < visible(key) {
        return Ok(None);
    }
    Ok(db.get(key).map_err(read_failed)?.map(|v| v.to_vec()))
}

fn scan(db: &Db, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError> {
    let from = visible(from);
    if from >= to { Ok(Vec::new()) } else { pairs(db.range(from..to), limit) }
}

fn scan_back(db: &Db, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError> {
    let from = visible(from);
    if from >= to { Ok(Vec::new()) } else { pairs(db.range(from..to).rev(), limit) }
}

fn pairs(
    found: impl Iterator<Item = ::sled::Result<(IVec, IVec)>>,
    limit: usize,
) -> Result<Pairs, StoreError> {
    found.take(limit).map(|pair| pair.map(|(k, v)| (k.to_vec(), v.to_vec())).map_err(read_failed)).collect()
}

fn read_failed(error: ::sled::Error) -> StoreError {
    match error {
        ::sled::Error::Io(e) => StoreError::Io(e),
        other => StoreError::Damaged { what: format!("sled says: {other}") },
    }
}

impl Store for SledStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        get(&self.db, key)
    }

    fn scan(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError> {
        let _head = self.read_head();
        scan(&self.db, from, to, limit)
    }

    fn scan_back(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError> {
        let _head = self.read_head();
        scan_back(&self.db, from, to, limit)
    }

    fn apply(&self, batch: Batch) -> Result<CommitNumber, StoreError> {
        batch.check()?;
        let mut head = self.write_head();
        self.refuse_if_failed()?;
        for (key, expected) in &batch.expect {
            if self.get(key)?.as_ref() != expected.as_ref() {
                return Err(StoreError::Fenced { key: crate::family::readable(key) });
            }
        }
        let next = chained(*head, &batch);
        let mut writes = ::sled::Batch::default();
        for op in batch.ops {
            match op {
                Op::Put(key, value) => writes.insert(key, value),
                Op::Delete(key) => writes.remove(key),
            }
        }
        writes.insert(&[tags::HEAD], head_value(next));
        unpanicked(|| self.db.apply_batch(writes).map_err(|e| format!("sled could not apply a batch: {e}")))
            .map_err(|why| self.fail(why))?;
        *head = next;
        Ok(next.number)
    }

    fn sync(&self) -> Result<(), StoreError> {
        let wanted = self.commit_number();
        let mut durable = self.durable();
        loop {
            if let Some(why) = &durable.failed {
                return Err(StoreError::Unknown(why.clone()));
            }
            if durable.number >= wanted {
                return Ok(());
            }
            if !durable.syncing {
                break;
            }
            durable = self.became_durable.wait(durable).unwrap_or_else(PoisonError::into_inner);
        }
        durable.syncing = true;
        drop(durable);
        let number = unpanicked(|| self.make_durable()).map_err(|why| self.fail(why))?;
        let mut durable = self.durable();
        durable.number = number;
        durable.syncing = false;
        self.became_durable.notify_all();
        Ok(())
    }
}

/// The store while its writers wait. The lock that keeps them waiting is held by who made this.
struct Paused(Db);

fn writers_are_paused<T>() -> Result<T, StoreError> {
    Err(StoreError::Io(io::Error::new(io::ErrorKind::ResourceBusy, "the store's writers are paused")))
}

impl Store for Paused {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        get(&self.0, key)
    }

    fn scan(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError> {
        scan(&self.0, from, to, limit)
    }

    fn scan_back(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError> {
        scan_back(&self.0, from, to, limit)
    }

    fn apply(&self, _: Batch) -> Result<CommitNumber, StoreError> {
        writers_are_paused()
    }

    fn sync(&self) -> Result<(), StoreError> {
        writers_are_paused()
    }
}
