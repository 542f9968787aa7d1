//! Accounts: who signs in, with which roles. No password can be read here, and none is in the journal.

use plaudit_core::{Millis, access::Grant};
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By account id.
#[derive(Debug)]
pub enum Accounts {}

impl Family for Accounts {
    const TAG: u8 = tags::ACCOUNT;
    const NAME: &'static str = "accounts";
    type Key = String;
    type Value = Account;
}

/// By mail address, lower-case: the account's id.
#[derive(Debug)]
pub enum Logins {}

impl Family for Logins {
    const TAG: u8 = tags::LOGIN;
    const NAME: &'static str = "logins";
    type Key = String;
    type Value = String;
}

/// An account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// `u` and 16 characters of base32, by chance: the actor of what it does, in the journal as well.
    pub id: String,
    /// Mail address, lower-case: what people sign in with.
    pub mail: String,
    /// Shown name.
    pub name: String,
    /// `en`, `es`, `lt`, `zh-Hans` or `zh-Hant`.
    pub locale: String,
    /// Argon2id of the password, in PHC's form; none before the invitation was accepted.
    pub password: Option<String>,
    /// Roles, with where they hold.
    pub grants: Vec<Grant>,
    /// Opaque id of the agent that it belongs to.
    pub agent: Option<String>,
    /// When it was made.
    pub created: Millis,
    /// Who made it: an account, a token by name, or the command line.
    pub created_by: String,
    /// When its password was last set.
    pub password_set: Option<Millis>,
    /// Since when it may not sign in.
    pub disabled: Option<Millis>,
}

// Written by hand: a hash is no secret to be printed either.
impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account").field("id", &self.id).field("grants", &self.grants).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use plaudit_core::access::{Range, Role};

    use super::*;
    use crate::{
        Batch, Store,
        family::{get, put},
        memory::MemoryStore,
    };

    #[test]
    fn an_account_comes_back_as_it_was_and_is_not_printed() {
        let teams = ["m1".into()].into();
        let account = Account {
            id: "u1".into(),
            mail: "ana@example.com".into(),
            name: "Ana".into(),
            locale: "es".into(),
            password: Some("$argon2id$secret".into()),
            grants: vec![
                Grant { role: Role::Agent, range: Range::House },
                Grant { role: Role::TeamLeader, range: Range::Places { sites: [].into(), teams } },
            ],
            agent: Some("a1".into()),
            created: 1,
            created_by: "first admin".into(),
            password_set: Some(2),
            disabled: None,
        };
        let store = MemoryStore::default();
        let mut batch = Batch::default();
        put::<Accounts>(&mut batch, &account.id, &account);
        put::<Logins>(&mut batch, &account.mail, &account.id);
        store.apply(batch).unwrap();
        assert_eq!(get::<Accounts>(&store, &"u1".to_owned()).unwrap().as_ref(), Some(&account));
        assert_eq!(get::<Logins>(&store, &account.mail).unwrap().as_deref(), Some("u1"));
        let printed = format!("{account:?}");
        assert!(!printed.contains("secret") && !printed.contains("example.com"), "{printed}");
    }
}
