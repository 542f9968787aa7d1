//! Sessions: a secret in a cookie, its hash in the store.

use plaudit_core::Millis;
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::{
        account::{Account, Accounts},
        session::{Session, Sessions},
    },
};

use super::{Porter, fresh_secret, hash_of, is_same};

/// A session ends after so long without being used.
pub const IDLE_MS: Millis = 12 * 60 * 60 * 1000;
/// A session ends after so long, used or not.
pub const LIFE_MS: Millis = 7 * 24 * 60 * 60 * 1000;
/// Using is written down at most so often.
const SEEN_EVERY_MS: Millis = 60 * 1000;
/// Sessions of an account; a further one ends the one that was used longest ago.
pub const SESSIONS_MAX: usize = 20;
/// Longest cookie that is looked at, in bytes.
const COOKIE_BYTES_MAX: usize = 200;

/// Names a session: account and hash of the secret.
pub type SessionKey = (String, String);

/// Whoever shows a cookie that holds.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who.
    pub account: Account,
    /// By which session.
    pub key: SessionKey,
}

/// Begins a session, durably; the value for the cookie is seen only here.
///
/// # Errors
/// The account is no longer as it was when its owner showed who they are ([`StoreError::Fenced`]): a session of before a
/// change of password or roles must not outlive it. Others if the store fails.
pub fn begin(
    store: &dyn Store,
    porter: &Porter,
    account: &Account,
    device: &str,
) -> Result<String, StoreError> {
    let now = porter.now();
    let secret = fresh_secret();
    let mut batch = Batch::default();
    batch.expect.push((family::key::<Accounts>(&account.id), Some(family::value::<Accounts>(account))));
    let account = account.id.as_str();
    let mut all = of_account(store, account)?;
    all.sort_by_key(|(_, session)| session.seen);
    let ended = all.iter().filter(|(_, session)| !holds(session, now)).count();
    let surplus = (all.len() + 1).saturating_sub(SESSIONS_MAX).max(ended);
    let is_dead = |(_, session): &&(SessionKey, Session)| !holds(session, now);
    let live = all.iter().filter(|entry| !is_dead(entry)).take(surplus - ended);
    for (key, _) in all.iter().filter(is_dead).chain(live) {
        family::delete::<Sessions>(&mut batch, key);
    }
    let session = Session { created: now, seen: now, expires: now + LIFE_MS, device: device.to_owned() };
    family::put::<Sessions>(&mut batch, &(account.to_owned(), hash_of(&secret)), &session);
    store.apply(batch)?;
    store.sync()?;
    Ok(format!("{account}.{secret}"))
}

fn holds(session: &Session, now: Millis) -> bool {
    now < session.expires && now - session.seen < IDLE_MS
}

/// Who shows this cookie, if it holds now. The session counts as used.
///
/// # Errors
/// The store fails.
pub fn find(store: &dyn Store, porter: &Porter, cookie: &str) -> Result<Option<Visitor>, StoreError> {
    let Some((account, secret)) = cookie.split_once('.').filter(|_| cookie.len() <= COOKIE_BYTES_MAX) else {
        return Ok(None);
    };
    // A name holds no zero byte, so nobody gets out of their account's part of the family.
    if !super::accounts::is_id(account) {
        return Ok(None);
    }
    visitor(store, porter, (account.to_owned(), hash_of(secret)))
}

/// The session of a key, if it holds now.
///
/// # Errors
/// The store fails.
pub fn visitor(store: &dyn Store, porter: &Porter, key: SessionKey) -> Result<Option<Visitor>, StoreError> {
    let now = porter.now();
    let Some(mut session) = family::get::<Sessions>(store, &key)?.filter(|s| holds(s, now)) else {
        return Ok(None);
    };
    let account = family::get::<Accounts>(store, &key.0)?;
    let Some(account) = account.filter(|a| a.disabled.is_none()) else { return Ok(None) };
    if now - session.seen >= SEEN_EVERY_MS {
        let before = family::value::<Sessions>(&session);
        session.seen = now;
        let mut batch = Batch::default();
        // Only if it is as it was read: one that was ended in between stays so.
        batch.expect.push((family::key::<Sessions>(&key), Some(before)));
        family::put::<Sessions>(&mut batch, &key, &session);
        match store.apply(batch) {
            Err(StoreError::Fenced { .. }) => {
                return Ok(family::get::<Sessions>(store, &key)?.map(|_| Visitor { account, key }));
            }
            other => other?,
        };
    }
    Ok(Some(Visitor { account, key }))
}

/// All sessions of an account.
///
/// # Errors
/// The store fails.
pub fn of_account(store: &dyn Store, account: &str) -> Result<Vec<(SessionKey, Session)>, StoreError> {
    let prefix = [account.as_bytes(), &[0]].concat();
    family::scan_prefix::<Sessions>(store, &prefix, 10 * SESSIONS_MAX)
}

/// Those that hold now, used last first.
///
/// # Errors
/// The store fails.
pub fn list(
    store: &dyn Store,
    porter: &Porter,
    account: &str,
) -> Result<Vec<(SessionKey, Session)>, StoreError> {
    let now = porter.now();
    let mut all = of_account(store, account)?;
    all.retain(|(_, session)| holds(session, now));
    all.sort_by_key(|(_, session)| std::cmp::Reverse(session.seen));
    Ok(all)
}

/// Ends one session, durably.
///
/// # Errors
/// The store fails.
pub fn end(store: &dyn Store, key: &SessionKey) -> Result<(), StoreError> {
    let mut batch = Batch::default();
    family::delete::<Sessions>(&mut batch, key);
    store.apply(batch)?;
    store.sync()
}

/// Adds the end of all sessions of an account to a batch.
///
/// # Errors
/// The store fails.
pub fn end_all(store: &dyn Store, batch: &mut Batch, account: &str) -> Result<(), StoreError> {
    for (key, _) in of_account(store, account)? {
        family::delete::<Sessions>(batch, &key);
    }
    Ok(())
}

/// What lists and addresses call a session: the first digits of its hash.
pub fn short(key: &SessionKey) -> &str {
    key.1.get(..12).unwrap_or_default()
}

impl Porter {
    /// What forms of a session carry, so that no other site can send them.
    pub fn form_token(&self, key: &SessionKey) -> String {
        use hmac::Mac;
        let mac = self.sign("form", &[key.0.as_bytes(), key.1.as_bytes()]);
        plaudit_core::hash::hex(&mac.finalize().into_bytes()).to_string()
    }

    /// Whether a form was made for this session.
    pub fn is_form_token(&self, key: &SessionKey, given: &str) -> bool {
        is_same(&self.form_token(key), given)
    }
}
