//! What has arrived, counted.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use super::show::{People, Printer};

/// Distinct webhook ids that are kept: some hundred megabytes at most. Beyond, webhooks are refused with 503.
const IDS_MAX: usize = 1_000_000;
/// Types that are counted apart.
const KINDS_MAX: usize = 64;

/// Counts of everything that arrived, as `GET /summary` says them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// At the webhook endpoint.
    pub webhooks: Webhooks,
    /// In the chat workspace.
    pub chat: Chat,
    /// Mails, one per recipient.
    pub mail: u64,
}

/// Counts of the webhook endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhooks {
    /// Requests with a good signature.
    pub received: u64,
    /// Different `webhook-id`s among them; the others are repetitions.
    pub distinct: u64,
    /// Requests that were refused: signature, timestamp or headers are wrong.
    pub bad_signature: u64,
    /// Distinct ones by their `type`; at most 64 types.
    pub kinds: BTreeMap<String, u64>,
}

/// Counts of the chat workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chat {
    /// Messages to one person.
    pub direct: u64,
    /// Messages to the room.
    pub room: u64,
}

impl Summary {
    /// Different messages over all channels.
    pub fn distinct(&self) -> u64 {
        self.webhooks.distinct + self.chat.direct + self.chat.room + self.mail
    }
}

/// The receiver's memory.
pub(super) struct Ledger {
    pub(super) people: People,
    pub(super) printer: Printer,
    counts: Mutex<(Summary, BTreeSet<String>)>,
}

impl Ledger {
    pub(super) fn new(people: People, printer: Printer) -> Self {
        Self { people, printer, counts: Mutex::default() }
    }

    pub(super) fn summary(&self) -> Summary {
        self.locked().0.clone()
    }

    pub(super) fn count(&self, change: impl FnOnce(&mut Summary)) {
        change(&mut self.locked().0);
    }

    /// Counts a verified webhook: `Some(true)` the first time, `Some(false)` for a repetition, `None` when no more ids
    /// can be kept.
    pub(super) fn webhook(&self, id: &str, kind: &str) -> Option<bool> {
        let (summary, ids) = &mut *self.locked();
        let known = ids.contains(id);
        if !known && ids.len() >= IDS_MAX {
            return None;
        }
        if !known {
            ids.insert(id.to_owned());
            let kinds = &mut summary.webhooks.kinds;
            if kinds.contains_key(kind) || kinds.len() < KINDS_MAX {
                *kinds.entry(kind.to_owned()).or_default() += 1;
            }
        }
        summary.webhooks.received += 1;
        summary.webhooks.distinct = ids.len() as u64;
        Some(!known)
    }

    fn locked(&self) -> MutexGuard<'_, (Summary, BTreeSet<String>)> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
