//! Sources: mappings from foreign JSON to events, as their documents were given.

use plaudit_core::Millis;
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By name.
#[derive(Debug)]
pub enum Sources {}

impl Family for Sources {
    const TAG: u8 = tags::SOURCE;
    const NAME: &'static str = "sources";
    type Key = String;
    type Value = Source;
}

/// A mapping. The document is kept as JSON text, so that its layout can grow without a new layout here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The mapping document, JSON.
    pub document: String,
    /// When it was last changed.
    pub changed: Millis,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Batch, Store,
        family::{put, scan},
        memory::MemoryStore,
    };

    #[test]
    fn sources_come_back_by_name() {
        let store = MemoryStore::default();
        let mut batch = Batch::default();
        for name in ["zeta", "acd"] {
            put::<Sources>(
                &mut batch,
                &name.to_owned(),
                &Source { document: format!("{{\"n\":\"{name}\"}}"), changed: 3 },
            );
        }
        store.apply(batch).unwrap();
        let names: Vec<_> =
            scan::<Sources>(&store, None, 10).unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["acd", "zeta"]);
    }
}
