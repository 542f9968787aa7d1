//! Who signs in by OpenID Connect: an identity of a provider belongs to an account, and an account to one identity.

use plaudit_core::Millis;
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By SHA-256 of issuer and subject, lower-case hex: the account's id. The subject itself is not kept.
#[derive(Debug)]
pub enum Identities {}

impl Family for Identities {
    const TAG: u8 = tags::IDENTITY;
    const NAME: &'static str = "identities";
    type Key = String;
    type Value = String;
}

/// By account id: the way back.
#[derive(Debug)]
pub enum LinkedAccounts {}

impl Family for LinkedAccounts {
    const TAG: u8 = tags::LINKED;
    const NAME: &'static str = "linked accounts";
    type Key = String;
    type Value = Linked;
}

/// By which identity an account signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// The provider.
    pub issuer: String,
    /// The key in [`Identities`].
    pub identity: String,
    /// Since when.
    pub linked: Millis,
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
    fn an_identity_and_its_account_lead_to_each_other() {
        let linked = Linked { issuer: "https://id.example.com".into(), identity: "00ff".into(), linked: 7 };
        let store = MemoryStore::default();
        let mut batch = Batch::default();
        put::<Identities>(&mut batch, &linked.identity, &"u1".to_owned());
        put::<LinkedAccounts>(&mut batch, &"u1".to_owned(), &linked);
        store.apply(batch).unwrap();
        assert_eq!(get::<Identities>(&store, &"00ff".to_owned()).unwrap().as_deref(), Some("u1"));
        assert_eq!(get::<LinkedAccounts>(&store, &"u1".to_owned()).unwrap(), Some(linked));
    }
}
