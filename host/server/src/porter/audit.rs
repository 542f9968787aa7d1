//! The one place where changes are written into the audit log.
//!
//! `api/auth.rs` calls it for every request that changes something, sign-in and sign-out pages call it for what is no
//! route of the API, the command line for what it does. So no handler can forget it.

use std::sync::PoisonError;

use plaudit_store::{
    Batch, Store, StoreError,
    family::audit::{self, Actor, Change},
};
use serde_json::Value;

use super::Porter;

/// Longest state of a thing that is kept, in bytes of JSON; of longer ones the digest is.
const STATE_BYTES_MAX: usize = 16 * 1024;
/// Longest act, object or request id, in bytes.
const WORD_BYTES_MAX: usize = 500;
/// Times that a row is tried when other processes write, too.
const TRIES: usize = 5;

/// Who changes what, before it is known when.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who.
    pub actor: Actor,
    /// What was done.
    pub act: String,
    /// To what.
    pub object: String,
    /// How it stood.
    pub before: Option<Value>,
    /// How it stands.
    pub after: Option<Value>,
    /// Id of the request.
    pub request: String,
}

impl Entry {
    /// An act without states.
    pub fn new(actor: Actor, act: &str, object: String) -> Self {
        Self { actor, act: act.to_owned(), object, before: None, after: None, request: String::new() }
    }

    /// With the request's id.
    #[must_use]
    pub fn asked_by(mut self, request: &str) -> Self {
        request.clone_into(&mut self.request);
        self
    }
}

impl Porter {
    /// Writes a row, durably.
    ///
    /// # Errors
    /// The store fails: what was changed stands, and the log lacks it. The caller says so.
    pub fn record(&self, store: &dyn Store, entry: Entry) -> Result<u64, StoreError> {
        let change = Change {
            at: self.now(),
            actor: entry.actor,
            act: shortened(entry.act),
            object: shortened(entry.object),
            before: entry.before.as_ref().map(text),
            after: entry.after.as_ref().map(text),
            request: shortened(entry.request),
        };
        let _one_at_a_time = self.book.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tries = 1;
        loop {
            let mut batch = Batch::default();
            let number = audit::append(store, &mut batch, change.clone())?;
            match store.apply(batch) {
                Err(StoreError::Fenced { .. }) if tries < TRIES => tries += 1,
                Err(error) => return Err(error),
                Ok(_) => {
                    store.sync()?;
                    return Ok(number);
                }
            }
        }
    }
}

fn text(state: &Value) -> String {
    let text = state.to_string();
    if text.len() <= STATE_BYTES_MAX {
        return text;
    }
    let digest = blake3::hash(text.as_bytes()).to_hex();
    serde_json::json!({ "too_long": true, "bytes": text.len(), "blake3": digest.as_str() }).to_string()
}

fn shortened(mut text: String) -> String {
    let end = (0..=WORD_BYTES_MAX.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.truncate(end);
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plaudit_store::memory::MemoryStore;
    use serde_json::json;

    use super::*;
    use crate::{clock::Clock, porter::NoPostman};

    #[test]
    fn rows_say_who_what_when_and_both_states() {
        let store = MemoryStore::default();
        let porter = Porter::new(Clock::driven(7), &[1; 32], Arc::new(NoPostman));
        let long = json!({ "text": "x".repeat(STATE_BYTES_MAX) });
        let entry = Entry {
            before: Some(json!({ "total": 1 })),
            after: Some(long),
            ..Entry::new(Actor::Account("u1".into()), "PUT /v1/budgets/{id}", "ž".repeat(400))
        };
        assert_eq!(porter.record(&store, entry.asked_by("r1")).unwrap(), 1);
        let (_, row) = audit::newest(&store, None, 1).unwrap().remove(0);
        assert_eq!((row.change.at, row.change.request.as_str()), (7, "r1"));
        assert_eq!(row.change.before.as_deref(), Some(r#"{"total":1}"#));
        let after: Value = serde_json::from_str(row.change.after.as_deref().unwrap()).unwrap();
        assert_eq!(after["bytes"], STATE_BYTES_MAX + 11);
        assert_eq!(row.change.object.chars().count(), 250);
    }
}
