//! Waiting for the end of quiet hours: a target that is left alone is taken out of what is due, and its rows say so.
//!
//! A row that waits was told to nobody, also if the house falls: before the first attempt it is made pending again, and
//! that is durable. So whatever is reversed meanwhile is taken back in silence.

use std::time::Duration;

use plaudit_core::Millis;
use plaudit_store::{
    Batch, StoreError,
    family::{
        self,
        delivery::{Deliveries, Delivery, State, Target},
    },
};
use tokio::time::Instant;

use super::book::{Book, Inner, Next};

/// How often it is asked whether those who wait still have to.
const ASK_EVERY: Duration = Duration::from_secs(60);
/// Targets that are woken with one write.
const TARGETS: usize = 256;
/// Rows of one target that are woken at a time.
const ROWS: usize = 512;

impl Book {
    /// Until when a target is left alone, in the house's time.
    pub(super) fn is_quiet(&self, target: &Target) -> Result<Option<Millis>, StoreError> {
        self.quiet.until(target, self.clock.now())
    }

    /// Targets whose quiet hours are over are due again.
    pub(super) fn end_waits(&self, inner: &mut Inner, now: Instant) -> Result<(), StoreError> {
        let house_now = self.clock.now();
        let ask_all = inner.ask_again <= now;
        if ask_all {
            inner.ask_again = now + ASK_EVERY;
        }
        let mut over = Vec::new();
        for (until, target) in &inner.held {
            if *until > house_now && !ask_all {
                break;
            }
            if self.is_quiet(target)? != Some(*until) {
                over.push(target.clone());
            }
        }
        over.chunks(TARGETS).try_for_each(|targets| self.wait_or_go_on(inner, targets, now))
    }

    /// Rows of targets wait from now on, or are pending again, as their quiet hours say.
    pub(super) fn wait_or_go_on(
        &self,
        inner: &mut Inner,
        targets: &[Target],
        now: Instant,
    ) -> Result<(), StoreError> {
        let (mut batch, mut moved, mut held) = (Batch::default(), Vec::new(), Vec::new());
        let mut goes_on = false;
        for target in targets {
            let until = self.is_quiet(target)?;
            held.push(until);
            goes_on |= until.is_none();
            let ids = inner
                .queues
                .get(target)
                .map(|queue| queue.ids.iter().take(ROWS).copied().collect::<Vec<_>>());
            for id in ids.unwrap_or_default() {
                let Some(before) = self.row(id)? else { continue };
                let Some(row) = self.turned(inner, id, &before, until) else { continue };
                family::put::<Deliveries>(&mut batch, &id, &row);
                moved.push((before.state, row.state));
            }
        }
        if !batch.is_empty() {
            self.store.apply(batch)?;
            if goes_on {
                self.store.sync()?;
            }
        }
        for (from, to) in moved {
            inner.counts.moved(Some(from), Some(to));
        }
        for (target, until) in targets.iter().zip(held) {
            match until {
                Some(until) => inner.hold(target, until),
                None => inner.let_go(target, now),
            }
        }
        Ok(())
    }

    /// A row as it stands while its target is left alone until then, or is not; `None` if it does not change.
    fn turned(&self, inner: &Inner, id: u64, row: &Delivery, until: Option<Millis>) -> Option<Delivery> {
        match (row.state, until) {
            (State::Pending | State::Waiting, Some(_)) => {
                let is_known = row.state == State::Waiting;
                let maybe_told = row.maybe_told || (!is_known && inner.maybe_told(id, row));
                let waits =
                    Delivery { state: State::Waiting, waited_until: until, maybe_told, ..row.clone() };
                (waits != *row).then_some(waits)
            }
            (State::Waiting, None) => Some(Delivery {
                state: State::Pending,
                waited_until: Some(self.clock.now()),
                next_at: self.wall.now(),
                ..row.clone()
            }),
            _ => None,
        }
    }

    /// What the sender does if nothing is due before: it looks again then, or when somebody's quiet hours end.
    pub(super) fn next_look(&self, inner: &Inner, due: Option<Instant>, now: Instant) -> Next {
        let ends = inner.held.first().map(|(until, _)| {
            let wait = u64::try_from(until.saturating_sub(self.clock.now())).unwrap_or(0);
            now + Duration::from_millis(wait.max(1)).min(ASK_EVERY)
        });
        Next::Wait(due.into_iter().chain(ends).min())
    }
}

impl Inner {
    /// Takes a target out of what is due. One that is just being told lands first.
    pub(super) fn hold(&mut self, target: &Target, until: Millis) {
        let Some(queue) = self.queues.get_mut(target).filter(|queue| !queue.flying) else { return };
        self.due.remove(&(queue.due, target.clone()));
        if let Some(before) = queue.held.replace(until) {
            self.held.remove(&(before, target.clone()));
        }
        self.held.insert((until, target.clone()));
    }

    /// Puts it back.
    fn let_go(&mut self, target: &Target, now: Instant) {
        let Some(queue) = self.queues.get_mut(target) else { return };
        if let Some(until) = queue.held.take() {
            self.held.remove(&(until, target.clone()));
            queue.due = now;
            self.due.insert((now, target.clone()));
        }
    }

    /// The last delivery of a target that is held, if it was told to nobody: more can be said in it.
    pub(super) fn last_held(&self, target: &Target) -> Option<u64> {
        self.queues.get(target).filter(|queue| queue.held.is_some())?.ids.back().copied()
    }
}
