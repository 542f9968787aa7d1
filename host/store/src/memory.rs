//! A store in memory: for previews and tests.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::{Batch, CommitNumber, Op, Pairs, Store, StoreError};

type Inner = (BTreeMap<Vec<u8>, Vec<u8>>, CommitNumber);

/// A [`Store`] that forgets.
#[derive(Debug, Default)]
pub struct MemoryStore {
    inner: Mutex<Inner>,
}

impl MemoryStore {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A panicking writer can't leave half a batch: the map is changed after all checks, by infallible calls.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.lock().0.get(key).cloned())
    }

    fn scan(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError> {
        if from >= to {
            return Ok(Vec::new());
        }
        let pair = |(k, v): (&Vec<u8>, &Vec<u8>)| (k.clone(), v.clone());
        Ok(self.lock().0.range(from.to_vec()..to.to_vec()).take(limit).map(pair).collect())
    }

    fn scan_back(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError> {
        if from >= to {
            return Ok(Vec::new());
        }
        let pair = |(k, v): (&Vec<u8>, &Vec<u8>)| (k.clone(), v.clone());
        Ok(self.lock().0.range(from.to_vec()..to.to_vec()).rev().take(limit).map(pair).collect())
    }

    fn apply(&self, batch: Batch) -> Result<CommitNumber, StoreError> {
        batch.check()?;
        let mut inner = self.lock();
        for (key, expected) in &batch.expect {
            if inner.0.get(key) != expected.as_ref() {
                return Err(StoreError::Fenced { key: crate::family::readable(key) });
            }
        }
        for op in batch.ops {
            match op {
                Op::Put(key, value) => inner.0.insert(key, value),
                Op::Delete(key) => inner.0.remove(&key),
            };
        }
        inner.1 += 1;
        Ok(inner.1)
    }

    fn sync(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
