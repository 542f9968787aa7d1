//! Messages of incentives that ask for it (`tell_late`) wait until their time is behind the watermark. What is reversed
//! meanwhile is reversed beside them, and the planner of delivery lets both cancel each other.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{Id, Millis};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::{
        held::{Held, HeldMessage},
        outbox::{Body, Message},
    },
};

use super::{
    commit::{Head, post},
    task::Task,
};

/// What waits, by the number it has in the outbox. Small: a settle delay's worth of messages.
pub(crate) type Waiting = BTreeMap<u64, HeldMessage>;

/// Reads back what waits.
pub(super) fn read(store: &dyn Store, incentive: &str) -> Result<Waiting, StoreError> {
    let mut prefix = incentive.as_bytes().to_vec();
    prefix.push(0);
    let rows = family::scan_prefix::<Held>(store, &prefix, usize::MAX)?;
    Ok(rows.into_iter().map(|((_, number), held)| (number, held)).collect())
}

impl Head {
    /// The watermark at which something may go that waits.
    pub(super) fn next_release(&self) -> Option<Millis> {
        self.held.values().map(|held| held.from).min()
    }

    /// Puts a message into the outbox, or lets it wait.
    pub(super) fn tell(&mut self, task: &Task, message: Message, batch: &mut Batch) {
        let key = (task.incentive.id.to_string(), self.outbox_next);
        let about = effect(&message.body);
        let follows = about.is_some() && self.held.values().any(|h| effect(&h.message.body) == about);
        let is_early = message.time > task.watermark() && about.is_some();
        if task.plan.tell_late && (is_early || follows) {
            let held = HeldMessage { from: message.time, message };
            family::put::<Held>(batch, &key, &held);
            self.held.insert(self.outbox_next, held);
        } else {
            post(batch, &key, &message);
        }
        self.outbox_next += 1;
    }

    /// Puts what has waited long enough into the outbox, in the order in which it was settled. What is about the same
    /// effect goes together: the later word never before the earlier one.
    pub(super) fn release(&mut self, incentive: &str, task: &Task, batch: &mut Batch) {
        if self.next_release().is_none_or(|from| from > task.watermark()) {
            return;
        }
        let mut early = BTreeSet::new();
        for held in self.held.values().filter(|held| held.from > task.watermark()) {
            early.extend(effect(&held.message.body).cloned());
        }
        self.held.retain(|number, held| {
            if effect(&held.message.body).is_some_and(|effect| early.contains(effect)) {
                return true;
            }
            let key = (incentive.to_owned(), *number);
            family::delete::<Held>(batch, &key);
            post(batch, &key, &held.message);
            false
        });
    }
}

/// The effect that a message is about.
fn effect(body: &Body) -> Option<&Id> {
    match body {
        Body::Granted { effect, .. }
        | Body::Changed { effect, .. }
        | Body::Reversed { effect, .. }
        | Body::Withheld { effect, .. }
        | Body::Praise { effect, .. } => Some(effect),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
