//! Links of invitations and password resets, until they are used or expire.

use plaudit_core::Millis;
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By SHA-256 of what the link holds, lower-case hex.
#[derive(Debug)]
pub enum Links {}

impl Family for Links {
    const TAG: u8 = tags::LINK;
    const NAME: &'static str = "links";
    type Key = String;
    type Value = Link;
}

/// What a link is good for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Whose account.
    pub account: String,
    /// What for.
    pub kind: LinkKind,
    /// First instant at which it no longer holds.
    pub expires: Millis,
}

/// What a link is for. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// Set the first password.
    Invitation,
    /// Set another password.
    Reset,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Batch, Store,
        family::{get, put},
        memory::MemoryStore,
    };

    #[test]
    fn a_link_comes_back_as_it_was() {
        let link = Link { account: "u1".into(), kind: LinkKind::Reset, expires: 7 };
        let store = MemoryStore::default();
        let mut batch = Batch::default();
        put::<Links>(&mut batch, &"00ff".to_owned(), &link);
        store.apply(batch).unwrap();
        assert_eq!(get::<Links>(&store, &"00ff".to_owned()).unwrap(), Some(link));
    }
}
