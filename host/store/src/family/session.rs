//! Sessions: what a signed-in browser shows, hashed. What can be read here can't be used.

use plaudit_core::Millis;
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By account id and SHA-256 of the secret, lower-case hex.
#[derive(Debug)]
pub enum Sessions {}

impl Family for Sessions {
    const TAG: u8 = tags::SESSION;
    const NAME: &'static str = "sessions";
    type Key = (String, String);
    type Value = Session;
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// When it began.
    pub created: Millis,
    /// When it was last used, to within a minute.
    pub seen: Millis,
    /// First instant at which it ends, used or not.
    pub expires: Millis,
    /// Browser and system in words, such as `Firefox, Linux`.
    pub device: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Batch, Store,
        family::{put, scan_prefix},
        memory::MemoryStore,
    };

    #[test]
    fn sessions_of_an_account_stand_together() {
        let store = MemoryStore::default();
        let session = |seen| Session { created: 1, seen, expires: 9, device: "Firefox, Linux".into() };
        let mut batch = Batch::default();
        put::<Sessions>(&mut batch, &("u1".into(), "aa".into()), &session(1));
        put::<Sessions>(&mut batch, &("u1".into(), "bb".into()), &session(2));
        put::<Sessions>(&mut batch, &("u12".into(), "cc".into()), &session(3));
        store.apply(batch).unwrap();
        let found = scan_prefix::<Sessions>(&store, b"u1\0", 10).unwrap();
        let found: Vec<_> = found.into_iter().map(|((_, hash), s)| (hash, s.seen)).collect();
        assert_eq!(found, [("aa".to_owned(), 1), ("bb".to_owned(), 2)]);
    }
}
