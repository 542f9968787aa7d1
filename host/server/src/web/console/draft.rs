//! Drafts as the reader may see them: see [`drafts`].

use plaudit_store::StoreError;

use super::wish::Wish;
use crate::{api::drafts, web::answer::Asked};

pub(super) use crate::api::drafts::Kept;

/// All that the reader may see, the newest first.
pub(super) fn all(asked: &Asked) -> Result<Vec<Kept>, StoreError> {
    let Some(caller) = &asked.caller else { return Ok(Vec::new()) };
    drafts::all(&asked.web.state, caller)
}

/// A draft that the reader may see.
pub(super) fn find(asked: &Asked, id: &str) -> Option<Kept> {
    let found = drafts::find(&asked.web.state, asked.caller.as_ref()?, id);
    found.unwrap_or_else(|error| {
        tracing::error!(%error, id, "a draft can't be read");
        None
    })
}

/// Begins one.
pub(super) fn begin(asked: &Asked, wish: &Wish) -> Result<String, StoreError> {
    let owner = asked.caller.as_ref().map(|caller| caller.name.to_string()).unwrap_or_default();
    drafts::begin(&asked.web.state, &owner, wish.clone()).map(|kept| kept.id)
}

/// Keeps what was filled in.
pub(super) fn keep(asked: &Asked, kept: &Kept) -> Result<(), StoreError> {
    drafts::keep(&asked.web.state, kept).map(drop)
}

/// Throws one away.
pub(super) fn throw_away(asked: &Asked, id: &str) -> Result<(), StoreError> {
    drafts::throw_away(&asked.web.state, id)
}
