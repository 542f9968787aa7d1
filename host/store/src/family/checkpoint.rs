//! Checkpoints of tasks, in pages.

use super::{Family, bytes::Bytes, pages, tags};
use crate::{Batch, Store, StoreError};

/// By task and page.
#[derive(Debug)]
pub enum Checkpoint {}

impl Family for Checkpoint {
    const TAG: u8 = tags::CHECKPOINT;
    const NAME: &'static str = "checkpoint";
    type Key = (String, u32);
    type Value = Bytes;
}

/// A checkpoint as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Block at whose end it was taken.
    pub block: u64,
    /// What the task wrote.
    pub bytes: Vec<u8>,
    /// For the next [`write_blob`].
    pub pages: u32,
}

/// Adds a checkpoint to a batch, in place of the one before, and returns how many pages it takes. `previous_pages` is
/// what the one before took (0 if there was none), so that its longer tail goes.
pub fn write_blob(batch: &mut Batch, task: &str, block: u64, bytes: &[u8], previous_pages: u32) -> u32 {
    pages::put_pages::<Checkpoint>(batch, block, bytes, previous_pages, |page| (task.to_owned(), page))
}

/// Reads a task's checkpoint; `None` if there is none.
pub fn read_blob(store: &dyn Store, task: &str) -> Result<Option<Blob>, StoreError> {
    let read = pages::read_pages::<Checkpoint>(store, |page| (task.to_owned(), page))?;
    Ok(read.map(|paged| Blob { block: paged.mark, bytes: paged.bytes, pages: paged.pages }))
}

#[cfg(test)]
mod tests {
    use plaudit_core::limits::VALUE_BYTES_MAX;

    use super::*;
    use crate::{family::scan, memory::MemoryStore};

    #[test]
    fn a_shorter_checkpoint_leaves_nothing_of_a_longer_one() {
        let store = MemoryStore::default();
        let mut pages = 0;
        for (block, length) in [(1, 3 * VALUE_BYTES_MAX + 1), (2, 10), (3, VALUE_BYTES_MAX), (4, 0)] {
            let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            let mut batch = Batch::default();
            pages = write_blob(&mut batch, "spring", block, &bytes, pages);
            store.apply(batch).unwrap();
            assert_eq!(read_blob(&store, "spring").unwrap(), Some(Blob { block, bytes, pages }));
            assert_eq!(scan::<Checkpoint>(&store, None, 99).unwrap().len(), pages as usize + 1);
        }
        assert_eq!(read_blob(&store, "summer").unwrap(), None);
    }

    #[test]
    fn a_page_that_is_gone_or_changed_is_noticed() {
        for change in [None, Some(Bytes(vec![1; 5]))] {
            let store = MemoryStore::default();
            let mut batch = Batch::default();
            write_blob(&mut batch, "spring", 1, &vec![7; VALUE_BYTES_MAX + 5], 0);
            let key = ("spring".to_owned(), 2);
            match change {
                None => super::super::delete::<Checkpoint>(&mut batch, &key),
                Some(bytes) => super::super::put::<Checkpoint>(&mut batch, &key, &bytes),
            }
            store.apply(batch).unwrap();
            assert!(matches!(read_blob(&store, "spring"), Err(StoreError::Damaged { .. })));
        }
    }
}
