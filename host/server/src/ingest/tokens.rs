//! Bearer tokens. A secret is 256 random bits, so a plain SHA-256 of it is right at rest: nobody can guess through that
//! many, and a slow password hash would only cost every request.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use plaudit_core::{Millis, hash};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::token::{Scope, Token, Tokens},
};
use sha2::{Digest, Sha256};

/// Secrets start with this, so that people and scanners know what they have found.
const PREFIX: &str = "plaudit_";
/// Tokens of a house; more are refused.
pub const TOKENS_MAX: usize = 1000;

/// A new token: the only time its secret is seen.
#[derive(Debug)]
pub struct NewToken {
    /// What is kept.
    pub token: Token,
    /// What is given out, once.
    pub secret: String,
}

/// Makes a token and stores its hash, durably.
///
/// # Errors
/// The store fails.
pub fn create(
    store: &dyn Store,
    name: &str,
    scopes: Vec<Scope>,
    created: Millis,
    expires: Option<Millis>,
) -> Result<NewToken, StoreError> {
    create_for(store, name, scopes, (created, expires), None, None)
}

/// Makes a token, for an agent by opaque id and by somebody, and stores its hash, durably.
///
/// # Errors
/// The store fails.
pub fn create_for(
    store: &dyn Store,
    name: &str,
    scopes: Vec<Scope>,
    (created, expires): (Millis, Option<Millis>),
    agent: Option<&str>,
    made_by: Option<&str>,
) -> Result<NewToken, StoreError> {
    let secret = format!("{PREFIX}{}", BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()));
    let hash = hash_of(&secret);
    let token = Token {
        id: hash[..12].to_owned(),
        name: name.to_owned(),
        scopes,
        created,
        expires,
        revoked: None,
        agent: agent.map(str::to_owned),
        made_by: made_by.map(str::to_owned),
    };
    let mut batch = Batch::default();
    family::put::<Tokens>(&mut batch, &hash, &token);
    store.apply(batch)?;
    store.sync()?;
    Ok(NewToken { token, secret })
}

/// The token of a secret, if it holds now.
///
/// # Errors
/// The store fails.
pub fn find(store: &dyn Store, secret: &str, now: Millis) -> Result<Option<Token>, StoreError> {
    if !secret.starts_with(PREFIX) {
        return Ok(None);
    }
    let token = family::get::<Tokens>(store, &hash_of(secret))?;
    Ok(token.filter(|token| holds(token, now)))
}

fn holds(token: &Token, now: Millis) -> bool {
    token.revoked.is_none() && token.expires.is_none_or(|expires| now < expires)
}

/// The token of an id, if it holds now.
///
/// # Errors
/// The store fails.
pub fn by_id(store: &dyn Store, id: &str, now: Millis) -> Result<Option<Token>, StoreError> {
    let found = family::scan_prefix::<Tokens>(store, id.as_bytes(), 2)?;
    Ok(found.into_iter().map(|(_, token)| token).find(|token| token.id == id && holds(token, now)))
}

/// All tokens, oldest first; no secrets.
///
/// # Errors
/// The store fails.
pub fn list(store: &dyn Store) -> Result<Vec<Token>, StoreError> {
    let mut tokens: Vec<Token> =
        family::scan::<Tokens>(store, None, TOKENS_MAX)?.into_iter().map(|(_, token)| token).collect();
    tokens.sort_by(|a, b| (a.created, &a.id).cmp(&(b.created, &b.id)));
    Ok(tokens)
}

/// Revokes a token by its id, durably; `None` if there is none.
///
/// # Errors
/// The store fails.
pub fn revoke(store: &dyn Store, id: &str, now: Millis) -> Result<Option<Token>, StoreError> {
    let found =
        family::scan::<Tokens>(store, None, TOKENS_MAX)?.into_iter().find(|(_, token)| token.id == id);
    let Some((hash, mut token)) = found else { return Ok(None) };
    if token.revoked.is_none() {
        token.revoked = Some(now);
        let mut batch = Batch::default();
        family::put::<Tokens>(&mut batch, &hash, &token);
        store.apply(batch)?;
        store.sync()?;
    }
    Ok(Some(token))
}

fn hash_of(secret: &str) -> String {
    hash::hex(&Sha256::digest(secret.as_bytes())).to_string()
}

#[cfg(test)]
mod tests {
    use plaudit_store::memory::MemoryStore;

    use super::*;

    #[test]
    fn a_token_holds_until_it_is_revoked_or_expires() {
        let store = MemoryStore::default();
        let new = create(&store, "acd", vec![Scope::Ingest], 10, Some(100)).unwrap();
        assert_eq!(find(&store, &new.secret, 99).unwrap().as_ref(), Some(&new.token));
        assert_eq!(find(&store, &new.secret, 100).unwrap(), None);
        assert_eq!(find(&store, "plaudit_guess", 20).unwrap(), None);
        assert_eq!(by_id(&store, &new.token.id, 99).unwrap().as_ref(), Some(&new.token));
        assert_eq!(by_id(&store, "", 99).unwrap(), None);
        assert!(revoke(&store, &new.token.id, 30).unwrap().is_some());
        assert_eq!(find(&store, &new.secret, 40).unwrap(), None);
        assert_eq!(by_id(&store, &new.token.id, 40).unwrap(), None);
        assert_eq!(revoke(&store, "000000000000", 30).unwrap(), None);
    }

    #[test]
    fn the_secret_is_nowhere_in_the_store() {
        let store = MemoryStore::default();
        let new = create(&store, "acd", vec![Scope::Admin], 10, None).unwrap();
        let bare = new.secret.trim_start_matches(PREFIX).as_bytes();
        let all = store.scan(&[], &[255; 8], 100).unwrap();
        assert_eq!(all.len(), 1);
        assert!(
            all.iter().all(|(k, v)| !k.windows(bare.len()).chain(v.windows(bare.len())).any(|w| w == bare))
        );
    }
}
