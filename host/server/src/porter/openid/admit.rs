//! Whose account an identity is. The first time it is found by what the provider says of the person; from then on by issuer
//! and subject alone, whatever happens to their address.

use plaudit_core::{Millis, hash::hex};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::{
        account::{Account, Accounts},
        identity::{Identities, Linked, LinkedAccounts},
    },
};
use sha2::{Digest, Sha256};

use super::{
    super::{accounts, was_faster},
    EMAIL, OpenId, Person,
};

/// Why somebody whom the provider knows does not come in.
#[derive(Debug)]
pub enum NotAdmitted {
    /// The provider does not say what names their account.
    Nameless,
    /// The provider has not verified their mail address.
    Unverified,
    /// Nobody has invited them.
    Unknown,
    /// The account belongs to another identity of the provider; its id.
    Other(String),
    /// The account is switched off; its id.
    Disabled(String),
    /// Somebody else has changed the account at the same time.
    Raced,
    /// The store fails.
    Store(StoreError),
}

impl From<StoreError> for NotAdmitted {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// SHA-256 over both, each with its length.
fn key_of(issuer: &str, subject: &str) -> String {
    let mut hash = Sha256::new();
    for part in [issuer, subject] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex(&hash.finalize()).to_string()
}

/// The account of a person, and whether it was linked to them just now.
///
/// # Errors
/// See [`NotAdmitted`].
pub fn admit(
    store: &dyn Store,
    openid: &OpenId,
    person: &Person,
    now: Millis,
) -> Result<(Account, bool), NotAdmitted> {
    let enabled = |account: Account| match account.disabled {
        Some(_) => Err(NotAdmitted::Disabled(account.id)),
        None => Ok(account),
    };
    let key = key_of(openid.issuer(), &person.subject);
    if let Some(id) = family::get::<Identities>(store, &key)? {
        let account = accounts::get(store, &id)?.ok_or(NotAdmitted::Unknown)?;
        return Ok((enabled(account)?, false));
    }
    let named = person.named.as_deref().ok_or(NotAdmitted::Nameless)?;
    if openid.settings().claim == EMAIL && !person.is_verified {
        return Err(NotAdmitted::Unverified);
    }
    let account = enabled(accounts::by_mail(store, named)?.ok_or(NotAdmitted::Unknown)?)?;
    link(store, openid.issuer(), key, &account, now)?;
    Ok((account, true))
}

fn link(
    store: &dyn Store,
    issuer: &str,
    identity: String,
    account: &Account,
    now: Millis,
) -> Result<(), NotAdmitted> {
    let before = linked(store, &account.id)?;
    let mut batch = Batch::default();
    // An identity of a provider that is no longer set gives way; another one of this provider does not.
    match &before {
        Some(before) if before.issuer == issuer => return Err(NotAdmitted::Other(account.id.clone())),
        Some(before) => family::delete::<Identities>(&mut batch, &before.identity),
        None => {}
    }
    let before = before.as_ref().map(family::value::<LinkedAccounts>);
    batch.expect.push((family::key::<LinkedAccounts>(&account.id), before));
    batch.expect.push((family::key::<Identities>(&identity), None));
    batch.expect.push((family::key::<Accounts>(&account.id), Some(family::value::<Accounts>(account))));
    family::put::<Identities>(&mut batch, &identity, &account.id);
    let linked = Linked { issuer: issuer.to_owned(), identity, linked: now };
    family::put::<LinkedAccounts>(&mut batch, &account.id, &linked);
    let applied = store.apply(batch);
    if was_faster(&applied) {
        return Err(NotAdmitted::Raced);
    }
    applied?;
    Ok(store.sync()?)
}

/// By which identity an account signs in.
///
/// # Errors
/// The store fails.
pub fn linked(store: &dyn Store, account: &str) -> Result<Option<Linked>, StoreError> {
    family::get::<LinkedAccounts>(store, &account.to_owned())
}

/// Adds to a batch that an account has no identity any more; whether it had one.
///
/// # Errors
/// The store fails.
pub fn unlink(store: &dyn Store, batch: &mut Batch, account: &str) -> Result<bool, StoreError> {
    let Some(linked) = linked(store, account)? else { return Ok(false) };
    family::delete::<Identities>(batch, &linked.identity);
    family::delete::<LinkedAccounts>(batch, &account.to_owned());
    Ok(true)
}
