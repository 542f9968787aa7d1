//! A store over another one: some families are read from below, all others live above, and nothing is written below.

use std::sync::Arc;

use crate::{Batch, CommitNumber, Op, Pairs, Store, StoreError, family::readable};

/// A [`Store`] for trying something out on what another store holds: a replay, a rehearsal.
pub struct Overlay {
    below: Arc<dyn Store>,
    above: Arc<dyn Store>,
    /// Tags of the families that are read from below.
    shared: &'static [u8],
}

impl std::fmt::Debug for Overlay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Overlay").field("shared", &self.shared).finish_non_exhaustive()
    }
}

impl Overlay {
    /// Reads the families of these tags from `below`; a batch that touches one of them is refused.
    pub fn new(below: Arc<dyn Store>, above: Arc<dyn Store>, shared: &'static [u8]) -> Self {
        Self { below, above, shared }
    }

    /// A range lies in one family, as every scan of this crate does.
    fn of(&self, key: &[u8]) -> &dyn Store {
        if key.first().is_some_and(|tag| self.shared.contains(tag)) { &*self.below } else { &*self.above }
    }
}

impl Store for Overlay {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        self.of(key).get(key)
    }

    fn scan(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError> {
        self.of(from).scan(from, to, limit)
    }

    fn scan_back(&self, from: &[u8], to: &[u8], limit: usize) -> Result<Pairs, StoreError> {
        self.of(from).scan_back(from, to, limit)
    }

    fn apply(&self, batch: Batch) -> Result<CommitNumber, StoreError> {
        for op in &batch.ops {
            let (Op::Put(key, _) | Op::Delete(key)) = op;
            if key.first().is_some_and(|tag| self.shared.contains(tag)) {
                return Err(StoreError::Reserved { key: readable(key) });
            }
        }
        self.above.apply(batch)
    }

    fn sync(&self) -> Result<(), StoreError> {
        self.above.sync()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        family::{self, component, tags, titles::Titles},
        memory::MemoryStore,
    };

    #[test]
    fn what_is_below_is_read_and_never_written() {
        let below: Arc<dyn Store> = Arc::new(MemoryStore::default());
        let mut batch = Batch::default();
        component::put_component(&mut batch, "ab", b"component");
        family::put::<Titles>(&mut batch, &"team/t1".into(), &"Team 1".into());
        below.apply(batch).unwrap();
        let overlay = Overlay::new(below.clone(), Arc::new(MemoryStore::default()), &[tags::COMPONENT]);
        assert_eq!(component::read_component(&overlay, "ab").unwrap().as_deref(), Some(&b"component"[..]));
        assert_eq!(family::get::<Titles>(&overlay, &"team/t1".into()).unwrap(), None, "another family");

        let mut batch = Batch::default();
        family::put::<Titles>(&mut batch, &"team/t2".into(), &"Team 2".into());
        overlay.apply(batch.clone()).unwrap();
        assert_eq!(family::get::<Titles>(&overlay, &"team/t2".into()).unwrap().as_deref(), Some("Team 2"));
        assert_eq!(family::get::<Titles>(&*below, &"team/t2".into()).unwrap(), None);
        component::put_component(&mut batch, "cd", b"another");
        assert!(matches!(overlay.apply(batch), Err(StoreError::Reserved { .. })));
        assert_eq!(component::read_component(&*below, "cd").unwrap(), None);
    }
}
