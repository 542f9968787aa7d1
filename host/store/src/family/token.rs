//! API tokens, hashed: what can be read here can't be used.

use plaudit_core::Millis;
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By SHA-256 of the secret, lower-case hex.
#[derive(Debug)]
pub enum Tokens {}

impl Family for Tokens {
    const TAG: u8 = tags::TOKEN;
    const NAME: &'static str = "tokens";
    const VERSION: u8 = 3;
    type Key = String;
    type Value = Token;

    fn decode(version: u8, bytes: &[u8]) -> Option<Token> {
        match version {
            2 => match postcard::take_from_bytes::<TokenV2>(bytes) {
                Ok((token, [])) => Some(token.into()),
                _ => None,
            },
            3 => match postcard::take_from_bytes(bytes) {
                Ok((token, [])) => Some(token),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Before it was known who had made it.
#[derive(Serialize, Deserialize)]
struct TokenV2 {
    id: String,
    name: String,
    scopes: Vec<Scope>,
    created: Millis,
    expires: Option<Millis>,
    revoked: Option<Millis>,
    agent: Option<String>,
}

impl From<TokenV2> for Token {
    fn from(old: TokenV2) -> Self {
        let TokenV2 { id, name, scopes, created, expires, revoked, agent } = old;
        Self { id, name, scopes, created, expires, revoked, agent, made_by: None }
    }
}

/// A token without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Names it in lists and for revoking: the first 12 digits of its hash.
    pub id: String,
    /// What it is for, chosen by whoever made it; the actor of what is done with it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created: Millis,
    /// First instant at which it no longer holds; never if none.
    pub expires: Option<Millis>,
    /// When it was revoked.
    pub revoked: Option<Millis>,
    /// Opaque id of the agent who uses it, if it is known.
    pub agent: Option<String>,
    /// Who made it: an account's id, a token's name, or `command line`; not known of old ones.
    pub made_by: Option<String>,
}

/// What a token may do. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Post events.
    Ingest,
    /// Read boards, awards, balances, status.
    Read,
    /// Change incentives, budgets, metrics, the roster; includes reading.
    Manage,
    /// Everything, tokens, plugins, sources and the clock included.
    Admin,
    /// Show a wall board, and nothing else.
    Wall,
}

impl Scope {
    /// All of them.
    pub const ALL: [Scope; 5] = [Scope::Ingest, Scope::Read, Scope::Manage, Scope::Admin, Scope::Wall];

    /// `ingest`, `read`, `manage`, `admin` or `wall`.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Ingest => "ingest",
            Scope::Read => "read",
            Scope::Manage => "manage",
            Scope::Admin => "admin",
            Scope::Wall => "wall",
        }
    }

    /// The scope of this name.
    pub fn parse(name: &str) -> Option<Scope> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// Whether holding this scope is enough where `wanted` is asked for.
    pub fn allows(self, wanted: Scope) -> bool {
        self == wanted || self == Scope::Admin || (self == Scope::Manage && wanted == Scope::Read)
    }
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
    fn a_token_comes_back_as_it_was() {
        let token = Token {
            id: "0123456789ab".into(),
            name: "acd".into(),
            scopes: Scope::ALL.to_vec(),
            created: 7,
            expires: Some(9),
            revoked: None,
            agent: Some("a1".into()),
            made_by: Some("u1".into()),
        };
        let store = MemoryStore::default();
        let mut batch = Batch::default();
        put::<Tokens>(&mut batch, &"00ff".to_owned(), &token);
        store.apply(batch).unwrap();
        assert_eq!(get::<Tokens>(&store, &"00ff".to_owned()).unwrap(), Some(token));
    }

    #[test]
    fn a_token_of_an_older_release_is_read() {
        let old = TokenV2 {
            id: "0123456789ab".into(),
            name: "acd".into(),
            scopes: vec![Scope::Ingest],
            created: 7,
            expires: None,
            revoked: None,
            agent: None,
        };
        let bytes = postcard::to_stdvec(&old).unwrap();
        let read = Tokens::decode(2, &bytes).unwrap();
        assert_eq!((read.name.as_str(), read.made_by), ("acd", None));
        assert_eq!(Tokens::decode(1, &bytes), None);
        assert_eq!(Tokens::decode(3, &bytes[..bytes.len() - 1]), None);
    }

    #[test]
    fn scopes_include_what_they_should_and_no_more() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.name()), Some(scope));
            assert!(Scope::Admin.allows(scope));
        }
        assert!(Scope::Manage.allows(Scope::Read));
        assert!(!Scope::Manage.allows(Scope::Ingest));
        assert!(!Scope::Ingest.allows(Scope::Read));
        assert!(!Scope::Read.allows(Scope::Manage));
        assert!(Scope::ALL.iter().all(|other| *other == Scope::Wall || !Scope::Wall.allows(*other)));
    }
}
