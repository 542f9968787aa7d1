//! Drafts of incentives: what somebody has filled in so far. They change nothing, so they are no matter of the journal.

use plaudit_core::Millis;
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By id.
#[derive(Debug)]
pub enum Drafts {}

impl Family for Drafts {
    const TAG: u8 = tags::DRAFT;
    const NAME: &'static str = "drafts";
    type Key = String;
    type Value = Draft;
}

/// A draft. What is filled in is kept as JSON text, so that the form can grow without a new layout here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Name of whoever made it: an account's id.
    pub owner: String,
    /// What is filled in, JSON.
    pub document: String,
    /// When it was last changed.
    pub changed: Millis,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Batch, Store,
        family::{delete, get, put, scan},
        memory::MemoryStore,
    };

    #[test]
    fn a_draft_comes_back_until_it_is_deleted() {
        let store = MemoryStore::default();
        let draft = Draft { owner: "ana".into(), document: r#"{"title":"Sprint"}"#.into(), changed: 3 };
        let mut batch = Batch::default();
        put::<Drafts>(&mut batch, &"d1".to_owned(), &draft);
        store.apply(batch).unwrap();
        assert_eq!(get::<Drafts>(&store, &"d1".to_owned()).unwrap(), Some(draft));
        let mut batch = Batch::default();
        delete::<Drafts>(&mut batch, &"d1".to_owned());
        store.apply(batch).unwrap();
        assert_eq!(scan::<Drafts>(&store, None, 10).unwrap(), []);
    }
}
