//! Drafts in the store: begun, found, kept, thrown away.

use plaudit_core::{Millis, access::Right};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::draft::{Draft, Drafts},
};

use super::wish::Wish;
use crate::web::answer::Asked;

/// Drafts that are kept; the one that nobody has touched for longest makes room.
const DRAFTS_MAX: usize = 500;
/// Longest document of a draft, in bytes.
const DOCUMENT_BYTES_MAX: usize = 512 * 1024;

/// A draft with its id.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) id: String,
    pub(super) owner: String,
    pub(super) changed: Millis,
    pub(super) wish: Wish,
}

/// All that the reader may see, the newest first: their own, and those whose whole audience lies within their reach.
pub(super) fn all(asked: &Asked) -> Result<Vec<Kept>, StoreError> {
    let store = &*asked.web.state.store;
    let mut all: Vec<Kept> =
        family::scan::<Drafts>(store, None, DRAFTS_MAX + 1)?.into_iter().map(|(id, d)| read(id, d)).collect();
    all.retain(|kept| is_seen(asked, kept));
    all.sort_by(|a, b| (b.changed, &b.id).cmp(&(a.changed, &a.id)));
    Ok(all)
}

/// A draft that the reader may see.
pub(super) fn find(asked: &Asked, id: &str) -> Option<Kept> {
    let found = family::get::<Drafts>(&*asked.web.state.store, &id.to_owned());
    let found = found.unwrap_or_else(|error| {
        tracing::error!(%error, id, "a draft can't be read");
        None
    })?;
    Some(read(id.to_owned(), found)).filter(|kept| is_seen(asked, kept))
}

fn read(id: String, draft: Draft) -> Kept {
    let wish = serde_json::from_str(&draft.document).unwrap_or_default();
    Kept { id, owner: draft.owner, changed: draft.changed, wish }
}

fn is_seen(asked: &Asked, kept: &Kept) -> bool {
    let Some(caller) = &asked.caller else { return false };
    let roster = asked.web.state.journal.house().roster;
    let reach = asked.reach(Right::Preview);
    *caller.name == *kept.owner
        || reach.is_everything()
        || (kept.wish.names_somebody() && reach.holds(&roster, &kept.wish.audience(), asked.say.now))
}

/// Begins one.
pub(super) fn begin(asked: &Asked, wish: &Wish) -> Result<String, StoreError> {
    let id = format!("d{:016x}", rand::random::<u64>());
    let owner = asked.caller.as_ref().map(|caller| caller.name.to_string()).unwrap_or_default();
    make_room(&*asked.web.state.store)?;
    keep(asked, &id, &owner, wish)?;
    Ok(id)
}

/// Keeps what was filled in.
pub(super) fn keep(asked: &Asked, id: &str, owner: &str, wish: &Wish) -> Result<(), StoreError> {
    let document = serde_json::to_string(wish).unwrap_or_default();
    if document.len() > DOCUMENT_BYTES_MAX {
        let (key, bytes, max) = (format!("draft {id}"), document.len(), DOCUMENT_BYTES_MAX);
        return Err(StoreError::TooLarge { key, bytes, max });
    }
    let draft = Draft { owner: owner.to_owned(), document, changed: asked.say.now };
    let mut batch = Batch::default();
    family::put::<Drafts>(&mut batch, &id.to_owned(), &draft);
    asked.web.state.store.apply(batch)?;
    Ok(())
}

/// Throws one away.
pub(super) fn throw_away(asked: &Asked, id: &str) -> Result<(), StoreError> {
    let mut batch = Batch::default();
    family::delete::<Drafts>(&mut batch, &id.to_owned());
    asked.web.state.store.apply(batch)?;
    Ok(())
}

fn make_room(store: &dyn Store) -> Result<(), StoreError> {
    let all = family::scan::<Drafts>(store, None, DRAFTS_MAX + 1)?;
    if all.len() < DRAFTS_MAX {
        return Ok(());
    }
    let oldest = all.into_iter().min_by_key(|(_, draft)| draft.changed);
    let mut batch = Batch::default();
    if let Some((id, _)) = oldest {
        family::delete::<Drafts>(&mut batch, &id);
    }
    store.apply(batch)?;
    Ok(())
}
