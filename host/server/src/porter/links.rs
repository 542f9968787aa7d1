//! Links of invitations and resets: signed, with an end, good once.
//!
//! A link holds 128 bits by chance and a signature over them, the account, what it is for and when it ends. The store
//! has only the hash of the chance. So a copy of the store opens no account, and a store that somebody has written into
//! opens none either without the key, which is elsewhere.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::Mac;
use plaudit_core::{Millis, hash::hex};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::{
        account::{Account, Accounts},
        link::{Link, LinkKind, Links},
    },
};
use sha2::{Digest, Sha256};

use super::Porter;

/// An invitation holds so long.
pub const INVITATION_MS: Millis = 7 * 24 * 60 * 60 * 1000;
/// A reset holds so long.
pub const RESET_MS: Millis = 60 * 60 * 1000;
/// Bytes by chance.
const CHANCE_BYTES: usize = 16;
/// Links of an account and kind that hold at a time, of those that a stranger may ask for; more than they get within a
/// link's life by asking as often as they may, for resets.
const HOLDING_MAX: usize = 20;

/// How long a link of a kind holds.
pub fn life_ms(kind: LinkKind) -> Millis {
    match kind {
        LinkKind::Invitation => INVITATION_MS,
        LinkKind::Reset => RESET_MS,
    }
}

/// The page that a link of a kind leads to.
pub fn page(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Invitation => "/invitation",
        LinkKind::Reset => "/reset",
    }
}

impl Porter {
    fn signature(&self, chance: &[u8], link: &Link) -> hmac::Hmac<Sha256> {
        let kind = match link.kind {
            LinkKind::Invitation => b"invitation".as_slice(),
            LinkKind::Reset => b"reset",
        };
        self.sign("link", &[chance, link.account.as_bytes(), kind, &link.expires.to_be_bytes()])
    }
}

/// The whole address of a link.
pub fn address(base_url: &str, kind: LinkKind, text: &str) -> String {
    format!("{base_url}{}?link={text}", page(kind))
}

/// Makes a link, durably; what it holds is seen only here. Earlier ones of the same account and kind no longer hold.
///
/// # Errors
/// The account is no longer as it was read ([`StoreError::Fenced`]): a link to a former address must not outlive the
/// change. Others if the store fails.
pub fn make(
    store: &dyn Store,
    porter: &Porter,
    account: &Account,
    kind: LinkKind,
) -> Result<String, StoreError> {
    write(store, porter, account, kind, true)
}

/// Makes a link beside those that hold; `None` where there are many already.
///
/// # Errors
/// As for [`make`].
pub fn add(
    store: &dyn Store,
    porter: &Porter,
    account: &Account,
    kind: LinkKind,
) -> Result<Option<String>, StoreError> {
    let now = porter.now();
    let holds = |link: &Link| link.account == account.id && link.kind == kind && link.expires > now;
    if all(store)?.iter().filter(|(_, link)| holds(link)).count() >= HOLDING_MAX {
        return Ok(None);
    }
    write(store, porter, account, kind, false).map(Some)
}

fn write(
    store: &dyn Store,
    porter: &Porter,
    account: &Account,
    kind: LinkKind,
    ends_others: bool,
) -> Result<String, StoreError> {
    let now = porter.now();
    let chance = rand::random::<[u8; CHANCE_BYTES]>();
    let link = Link { account: account.id.clone(), kind, expires: now + life_ms(kind) };
    let signature = porter.signature(&chance, &link).finalize().into_bytes();
    let mut batch = Batch::default();
    batch.expect.push((family::key::<Accounts>(&account.id), Some(family::value::<Accounts>(account))));
    for (key, old) in all(store)? {
        if old.expires <= now || (ends_others && old.account == link.account && old.kind == kind) {
            family::delete::<Links>(&mut batch, &key);
        }
    }
    family::put::<Links>(&mut batch, &key_of(&chance), &link);
    store.apply(batch)?;
    store.sync()?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode([&chance[..], &signature[..]].concat()))
}

/// All that are kept: some for each account at most, and ended ones go whenever another is made.
fn all(store: &dyn Store) -> Result<Vec<(String, Link)>, StoreError> {
    family::scan::<Links>(store, None, usize::MAX)
}

/// Adds the end of all links of an account to a batch.
///
/// # Errors
/// The store fails.
pub fn end_all(store: &dyn Store, batch: &mut Batch, account: &str) -> Result<(), StoreError> {
    for (key, link) in all(store)? {
        if link.account == account {
            family::delete::<Links>(batch, &key);
        }
    }
    Ok(())
}

fn key_of(chance: &[u8]) -> String {
    hex(&Sha256::digest(chance)).to_string()
}

/// A link that holds: whose, and what uses it up.
#[derive(Debug)]
pub struct Holding {
    /// Whose account.
    pub account: Account,
    key: String,
    link: Link,
}

/// What a link is good for, if it holds now for this kind. It is not used up: mail programs like to look at links.
///
/// # Errors
/// The store fails.
pub fn read(
    store: &dyn Store,
    porter: &Porter,
    kind: LinkKind,
    text: &str,
) -> Result<Option<Holding>, StoreError> {
    let Some(bytes) = BASE64_URL_SAFE_NO_PAD.decode(text).ok().filter(|b| b.len() == CHANCE_BYTES + 32)
    else {
        return Ok(None);
    };
    let (chance, signature) = bytes.split_at(CHANCE_BYTES);
    let key = key_of(chance);
    let Some(link) = family::get::<Links>(store, &key)? else { return Ok(None) };
    // Compares in constant time.
    let is_signed = porter.signature(chance, &link).verify_slice(signature).is_ok();
    if !is_signed || link.kind != kind || porter.now() >= link.expires {
        return Ok(None);
    }
    let account = family::get::<Accounts>(store, &link.account)?.filter(|a| a.disabled.is_none());
    Ok(account.map(|account| Holding { account, key, link }))
}

impl Holding {
    /// Uses the link up in a batch, which fails if somebody else has used it before.
    pub fn use_up(&self, batch: &mut Batch) {
        batch.expect.push((family::key::<Links>(&self.key), Some(family::value::<Links>(&self.link))));
        family::delete::<Links>(batch, &self.key);
    }
}
