//! The book of deliveries: the rows, what is due when, and what has been told about each effect. Planner and sender
//! change it under one lock.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use plaudit_core::{DAY_MS, Id, Millis, limits::PRAISE_AGE_MS_MAX};
use plaudit_store::{
    Batch, Store, StoreError,
    family::{
        self,
        delivery::{Deliveries, Delivery, State, Target},
        endpoint::Endpoints,
        outbox::{Body, Message, Outbox},
    },
};
use serde::Serialize;
use tokio::time::Instant;

use super::{planner::is_removed, quiet::QuietTimes};
use crate::clock::Clock;

/// Deliveries that wait for one target; more are dead at once, so that one deaf receiver can't fill the house.
pub(super) const TARGET_QUEUE_MAX: usize = 10_000;
/// Rows read at a time.
const PAGE: usize = 512;
/// Rows looked at for one page of a list.
const LIST_SCAN_MAX: usize = 5_000;
/// Rows of one page of a list.
pub(super) const LIST_MAX: usize = 200;

/// How many deliveries stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = DeliveryCounts)]
pub struct Counts {
    /// Wait for an attempt or are being tried.
    pub pending: u64,
    /// Wait for the end of somebody's quiet hours.
    pub waiting: u64,
    /// Arrived, of those kept.
    pub sent: u64,
    /// Taken back before they were told, of those kept.
    pub cancelled: u64,
    /// Given up.
    pub dead: u64,
    /// For agents without any channel, of those kept.
    pub no_channel: u64,
    /// Messages of praise that were too old to be told, since the start.
    pub stale_praise: u64,
    /// Messages that a correction made unnecessary before they were told, since the start.
    pub messages_cancelled: u64,
}

impl Counts {
    fn of(&mut self, state: State) -> &mut u64 {
        match state {
            State::Pending => &mut self.pending,
            State::Waiting => &mut self.waiting,
            State::Sent => &mut self.sent,
            State::Cancelled => &mut self.cancelled,
            State::Dead => &mut self.dead,
            State::NoChannel => &mut self.no_channel,
        }
    }

    pub(super) fn moved(&mut self, from: Option<State>, to: Option<State>) {
        if let Some(from) = from {
            let count = self.of(from);
            *count = count.saturating_sub(1);
        }
        if let Some(to) = to {
            *self.of(to) += 1;
        }
    }
}

/// What a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those that stand here.
    pub state: Option<State>,
    /// Only `webhook`, `chat`, `room`, `mail` or `nowhere`.
    pub channel: Option<String>,
    /// Only to this endpoint, agent or room.
    pub target: Option<String>,
    /// Only what speaks of this incentive.
    pub incentive: Option<String>,
}

/// A page of a list, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Numbers and rows.
    pub deliveries: Vec<(u64, Delivery)>,
    /// Hand it in for the next page.
    pub next: Option<u64>,
}

/// Why a delivery is not sent again.
#[derive(Debug, thiserror::Error)]
pub enum RetryError {
    /// There is none with this number.
    #[error("there is no delivery {0}; it may have been deleted after its time")]
    Unknown(u64),
    /// It is being tried, or stands where nothing can be sent.
    #[error("delivery {0} {1}")]
    NotNow(u64, &'static str),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Sent,
    /// Try again. `after`: not before; `all`: nor anything else of this channel; `maybe`: it may have arrived.
    Retry {
        error: String,
        after: Option<Duration>,
        all: bool,
        maybe: bool,
    },
    /// No use trying again; `disable`: nor anything else to this endpoint.
    Dead {
        error: String,
        disable: bool,
    },
    /// Nobody is there any more.
    NoChannel {
        error: String,
    },
}

/// What the sender shall do next.
#[derive(Debug)]
pub(super) enum Next {
    Attempt(u64, Box<Delivery>),
    /// Nothing is due before; `None`: nothing at all.
    Wait(Option<Instant>),
}

pub(super) struct Book {
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Clock,
    /// The machine's time.
    pub(super) wall: Clock,
    pub(super) quiet: QuietTimes,
    attempts_max: u32,
    inner: Mutex<Inner>,
}

pub(super) struct Inner {
    /// Number of the next delivery.
    pub(super) next: u64,
    /// Numbers below stood here at the start: an attempt may have been under way when the house fell.
    pub(super) first_new: u64,
    pub(super) queues: BTreeMap<Target, Queue>,
    pub(super) due: BTreeSet<(Instant, Target)>,
    /// Targets that wait for quiet hours to end, by when that is in the house's time; none of them is due.
    pub(super) held: BTreeSet<(Millis, Target)>,
    /// When it is asked next whether they still have to: people change what they prefer.
    pub(super) ask_again: Instant,
    paused: BTreeMap<&'static str, Instant>,
    /// Deliveries that speak of an effect.
    effects: HashMap<Id, BTreeSet<u64>>,
    pub(super) counts: Counts,
    /// Planned and written, but not known to be durable: nobody may be told yet.
    pub(super) limbo: Vec<(u64, Delivery)>,
    rng: Box<dyn rand::Rng + Send>,
    delays: Delays,
}

pub(super) struct Queue {
    pub(super) ids: VecDeque<u64>,
    pub(super) due: Instant,
    pub(super) flying: bool,
    /// Until when it is held, in the house's time.
    pub(super) held: Option<Millis>,
}

/// Delays between attempts, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Delays {
    pub(super) first_ms: u64,
    pub(super) ms_max: u64,
}

impl Delays {
    /// After so many attempts (from 1), with jitter of a fifth up or down; `chance` in [0, 1).
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "hours"
    )]
    pub(super) fn after(self, attempts: u32, chance: f64) -> Duration {
        let factor = 3_u64.saturating_pow(attempts.saturating_sub(1));
        let plain = self.first_ms.saturating_mul(factor).min(self.ms_max);
        Duration::from_millis((plain as f64 * (0.8 + 0.4 * chance)) as u64)
    }
}

impl Book {
    /// Reads all rows.
    pub(super) fn open(
        store: Arc<dyn Store>,
        clock: Clock,
        quiet: QuietTimes,
        attempts_max: u32,
        delays: Delays,
        rng: Box<dyn rand::Rng + Send>,
    ) -> Result<Self, StoreError> {
        let last = family::last::<Deliveries>(&*store)?.map_or(0, |(id, _)| id);
        let mut inner = Inner {
            next: last + 1,
            first_new: last + 1,
            queues: BTreeMap::new(),
            due: BTreeSet::new(),
            held: BTreeSet::new(),
            ask_again: Instant::now(),
            paused: BTreeMap::new(),
            effects: HashMap::new(),
            counts: Counts::default(),
            limbo: Vec::new(),
            rng,
            delays,
        };
        let wall = Clock::system();
        let (now, wall_now) = (Instant::now(), wall.now());
        let mut from = 0;
        loop {
            let rows = family::scan::<Deliveries>(&*store, Some(&from), PAGE)?;
            let Some((end, _)) = rows.last() else { break };
            from = end + 1;
            for (id, row) in &rows {
                inner.enter(*id, row, now, wall_now);
            }
        }
        Ok(Self { store, clock, wall, quiet, attempts_max, inner: Mutex::new(inner) })
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn row(&self, id: u64) -> Result<Option<Delivery>, StoreError> {
        family::get::<Deliveries>(&*self.store, &id)
    }

    fn write(&self, id: u64, row: &Delivery) -> Result<(), StoreError> {
        let mut batch = Batch::default();
        family::put::<Deliveries>(&mut batch, &id, row);
        self.store.apply(batch).map(|_| ())
    }

    /// The next delivery to try, marked as being tried.
    pub(super) fn take(&self, now: Instant) -> Result<Next, StoreError> {
        let mut inner = self.lock();
        self.end_waits(&mut inner, now)?;
        while let Some((due, target)) = inner.due.first().cloned() {
            let due = inner.paused.get(target.channel()).map_or(due, |until| due.max(*until));
            if due > now {
                // A pause may have moved it behind others: it is put there, and the first one looked at again.
                if inner.set_due(&target, due) {
                    continue;
                }
                return Ok(self.next_look(&inner, Some(due), now));
            }
            let Some(id) = inner.queues.get(&target).and_then(|q| q.ids.front().copied()) else {
                inner.drop_queue(&target);
                continue;
            };
            match self.row(id)? {
                Some(row)
                    if row.state == State::Waiting
                        || row.state == State::Pending && self.is_quiet(&target)?.is_some() =>
                {
                    self.wait_or_go_on(&mut inner, &[target], now)?;
                }
                Some(row) if row.state == State::Pending => {
                    let Some(row) = self.worth_saying(&mut inner, id, row)? else { continue };
                    inner.take_off(&target);
                    return Ok(Next::Attempt(id, Box::new(row)));
                }
                _ => inner.pop(&target, now),
            }
        }
        Ok(self.next_look(&inner, None, now))
    }

    /// Leaves out praise that has become too old while waiting, and thanks that were removed; `None` if nothing remains.
    fn worth_saying(
        &self,
        inner: &mut Inner,
        id: u64,
        mut row: Delivery,
    ) -> Result<Option<Delivery>, StoreError> {
        let now = self.clock.now();
        let before = row.messages.len();
        let (stale, mut kept): (Vec<Message>, Vec<Message>) =
            row.messages.iter().cloned().partition(|m| is_stale(m, row.waited_until, now));
        let mut removed = false;
        for message in std::mem::take(&mut kept) {
            match is_removed(self, &message)? {
                true => removed = true,
                false => kept.push(message),
            }
        }
        if kept.len() == before {
            return Ok(Some(row));
        }
        inner.counts.stale_praise += stale.len() as u64;
        if kept.is_empty() {
            row.state = State::Cancelled;
            row.last_error = Some(match removed {
                true => "these thanks were removed before they could be told".to_owned(),
                false => "this praise became too old before it could be told".to_owned(),
            });
            self.write(id, &row)?;
            inner.counts.moved(Some(State::Pending), Some(State::Cancelled));
            inner.pop(&row.target, Instant::now());
            return Ok(None);
        }
        row.messages = kept;
        self.write(id, &row)?;
        Ok(Some(row))
    }

    /// Writes down what became of an attempt.
    pub(super) fn finish(&self, id: u64, outcome: &Outcome) -> Result<(), StoreError> {
        let mut inner = self.lock();
        let (now, wall_now) = (Instant::now(), self.wall.now());
        let Some(mut row) = self.row(id)? else { return Ok(()) };
        row.attempts += 1;
        row.first_attempt.get_or_insert(wall_now);
        row.last_attempt = Some(wall_now);
        let mut batch = Batch::default();
        let mut again = None;
        (row.state, row.last_error) = match outcome {
            Outcome::Sent => (State::Sent, None),
            Outcome::NoChannel { error } => (State::NoChannel, Some(error.clone())),
            Outcome::Dead { error, disable } => {
                if let (true, Target::Webhook(endpoint)) = (disable, &row.target) {
                    self.disable(&mut batch, endpoint)?;
                }
                (State::Dead, Some(error.clone()))
            }
            Outcome::Retry { error, after, all, maybe } => {
                row.maybe_told |= maybe;
                if let (true, Some(after)) = (all, after) {
                    inner.paused.insert(row.target.channel(), now + *after);
                }
                if row.attempts >= self.attempts_max {
                    (State::Dead, Some(error.clone()))
                } else {
                    let delay = inner.delay(row.attempts).max(after.unwrap_or_default());
                    row.next_at =
                        wall_now.saturating_add(i64::try_from(delay.as_millis()).unwrap_or(i64::MAX));
                    again = Some(now + delay);
                    (State::Pending, Some(error.clone()))
                }
            }
        };
        family::put::<Deliveries>(&mut batch, &id, &row);
        let applied = self.store.apply(batch);
        if applied.is_ok() {
            inner.counts.moved(Some(State::Pending), Some(row.state));
        }
        // What could not be written down is tried again: at least once.
        let again = if applied.is_ok() { again } else { Some(now + Duration::from_secs(1)) };
        inner.land(&row.target, again, now);
        applied.map(|_| ())
    }

    fn disable(&self, batch: &mut Batch, endpoint: &str) -> Result<(), StoreError> {
        let key = endpoint.to_owned();
        if let Some(mut found) = family::get::<Endpoints>(&*self.store, &key)? {
            found.disabled = true;
            family::put::<Endpoints>(batch, &key, &found);
            tracing::warn!(endpoint, "the receiver says it is gone: this endpoint is disabled");
        }
        Ok(())
    }

    /// Sends a delivery (again).
    pub(super) fn retry(&self, id: u64) -> Result<(), RetryError> {
        let mut inner = self.lock();
        let mut row = self.row(id)?.ok_or(RetryError::Unknown(id))?;
        match row.state {
            State::Pending if inner.is_flying(&row.target, id) => {
                return Err(RetryError::NotNow(id, "is being tried right now"));
            }
            State::Cancelled => {
                return Err(RetryError::NotNow(id, "was taken back: what it says is no longer true"));
            }
            State::NoChannel => return Err(RetryError::NotNow(id, "has no channel to go to")),
            State::Waiting => {
                return Err(RetryError::NotNow(id, "waits for somebody's quiet hours to end, and goes then"));
            }
            State::Pending | State::Sent | State::Dead => {}
        }
        let before = row.state;
        (row.state, row.attempts, row.next_at) = (State::Pending, 0, self.wall.now());
        self.write(id, &row)?;
        inner.counts.moved(Some(before), Some(State::Pending));
        let now = Instant::now();
        if before == State::Pending {
            inner.set_due(&row.target, now);
        } else {
            inner.push(&row.target, id, now);
        }
        Ok(())
    }

    /// Newest first, from below `cursor`.
    pub(super) fn list(
        &self,
        filter: &Filter,
        cursor: Option<u64>,
        limit: usize,
    ) -> Result<Listed, StoreError> {
        let limit = limit.clamp(1, LIST_MAX);
        let from = family::key::<Deliveries>(&0);
        let to = cursor.map_or_else(family::end::<Deliveries>, |c| family::key::<Deliveries>(&c));
        let rows = family::decode_pairs::<Deliveries>(self.store.scan_back(&from, &to, LIST_SCAN_MAX)?)?;
        let (scanned, mut next) = (rows.len(), None);
        let mut deliveries = Vec::new();
        for (id, row) in rows {
            next = Some(id);
            if filter.wants(&row) {
                deliveries.push((id, row));
                if deliveries.len() == limit {
                    return Ok(Listed { deliveries, next });
                }
            }
        }
        Ok(Listed { deliveries, next: next.filter(|_| scanned == LIST_SCAN_MAX) })
    }

    /// Deletes finished rows that are older than their time; returns how many.
    pub(super) fn purge(&self, keep_days: u32, keep_dead_days: u32) -> Result<usize, StoreError> {
        let wall_now = self.wall.now();
        let cutoff = |days: u32| wall_now - i64::from(days) * DAY_MS;
        let (keep, keep_dead) = (cutoff(keep_days), cutoff(keep_dead_days));
        let (mut from, mut deleted) = (0, 0);
        loop {
            // Per page: the sender need not wait for all of it.
            let mut inner = self.lock();
            let rows = family::scan::<Deliveries>(&*self.store, Some(&from), PAGE)?;
            let Some((end, newest)) = rows.last() else { return Ok(deleted) };
            let is_last = newest.created >= keep;
            from = end + 1;
            let gone: Vec<_> = rows
                .into_iter()
                .filter(|(_, row)| match row.state {
                    State::Pending | State::Waiting => false,
                    State::Dead => row.created < keep_dead,
                    _ => row.created < keep,
                })
                .collect();
            let mut batch = Batch::default();
            gone.iter().for_each(|(id, _)| family::delete::<Deliveries>(&mut batch, id));
            if !batch.is_empty() {
                self.store.apply(batch)?;
            }
            for (id, row) in &gone {
                inner.forget(*id, row);
            }
            deleted += gone.len();
            if is_last {
                return Ok(deleted);
            }
        }
    }

    /// Whether nothing waits, neither here nor in the outbox, but for the end of quiet hours.
    pub(super) fn is_idle(&self) -> Result<bool, StoreError> {
        let inner = self.lock();
        Ok(inner.queues.values().all(|queue| queue.held.is_some())
            && inner.limbo.is_empty()
            && family::scan::<Outbox>(&*self.store, None, 1)?.is_empty())
    }
}

impl Filter {
    fn wants(&self, row: &Delivery) -> bool {
        self.state.is_none_or(|s| s == row.state)
            && self.channel.as_ref().is_none_or(|c| c == row.target.channel())
            && self.target.as_ref().is_none_or(|t| **t == **row.target.id())
            && self.incentive.as_ref().is_none_or(|i| row.messages.iter().any(|m| *m.incentive == **i))
    }
}

impl Inner {
    /// Deliveries that speak of an effect, newest first.
    pub(super) fn about(&self, effect: &Id) -> Vec<u64> {
        self.effects.get(effect).map(|ids| ids.iter().rev().copied().collect()).unwrap_or_default()
    }

    /// Whether an attempt for this delivery is under way.
    pub(super) fn is_flying(&self, target: &Target, id: u64) -> bool {
        self.queues.get(target).is_some_and(|q| q.flying && q.ids.front() == Some(&id))
    }

    /// Whether it may have been told without our knowing.
    pub(super) fn maybe_told(&self, id: u64, row: &Delivery) -> bool {
        row.maybe_told || id < self.first_new
    }

    /// How many wait for a target.
    pub(super) fn waiting(&self, target: &Target) -> usize {
        self.queues.get(target).map_or(0, |q| q.ids.len())
    }

    /// Makes what was planned durable, and due. The caller holds the lock meanwhile, so nothing can leave the house
    /// before.
    pub(super) fn leave_limbo(&mut self, book: &Book) -> Result<(), StoreError> {
        if self.limbo.is_empty() {
            return Ok(());
        }
        book.store.sync()?;
        let (now, wall_now) = (Instant::now(), book.wall.now());
        for (id, row) in std::mem::take(&mut self.limbo) {
            metrics::counter!("plaudit_deliveries_planned_total", "channel" => row.target.channel())
                .increment(1);
            self.enter(id, &row, now, wall_now);
        }
        Ok(())
    }

    /// A row that is new to the book.
    pub(super) fn enter(&mut self, id: u64, row: &Delivery, now: Instant, wall_now: Millis) {
        self.counts.moved(None, Some(row.state));
        if row.state != State::Cancelled {
            for effect in row.messages.iter().filter_map(|m| effect(&m.body)) {
                self.effects.entry(effect.clone()).or_default().insert(id);
            }
        }
        if row.state == State::Waiting {
            self.push(&row.target, id, now);
            self.hold(&row.target, row.waited_until.unwrap_or_default());
        }
        if row.state == State::Pending {
            // A machine's clock that was set back must not keep a delivery waiting longer than the longest delay.
            let wait = u64::try_from(row.next_at.saturating_sub(wall_now)).unwrap_or(0);
            self.push(&row.target, id, now + Duration::from_millis(wait.min(self.delays.ms_max)));
        }
    }

    /// Rows speak of effects that they did not speak of before.
    pub(super) fn speak_of(&mut self, said: Vec<(u64, Id)>) {
        for (id, effect) in said {
            self.effects.entry(effect).or_default().insert(id);
        }
    }

    fn forget(&mut self, id: u64, row: &Delivery) {
        self.counts.moved(Some(row.state), None);
        for effect in row.messages.iter().filter_map(|m| effect(&m.body)) {
            if let Some(ids) = self.effects.get_mut(effect) {
                ids.remove(&id);
                if ids.is_empty() {
                    self.effects.remove(effect);
                }
            }
        }
    }

    fn delay(&mut self, attempts: u32) -> Duration {
        use rand::RngExt;
        let chance: f64 = self.rng.random();
        self.delays.after(attempts, chance)
    }

    fn push(&mut self, target: &Target, id: u64, due: Instant) {
        if let Some(queue) = self.queues.get_mut(target) {
            queue.ids.push_back(id);
        } else {
            let queue = Queue { ids: VecDeque::from([id]), due, flying: false, held: None };
            self.queues.insert(target.clone(), queue);
            self.due.insert((due, target.clone()));
        }
    }

    /// Whether it moved.
    fn set_due(&mut self, target: &Target, due: Instant) -> bool {
        let Some(queue) = self.queues.get_mut(target) else { return false };
        if queue.flying || queue.held.is_some() || queue.due == due {
            return false;
        }
        self.due.remove(&(queue.due, target.clone()));
        queue.due = due;
        self.due.insert((due, target.clone()));
        true
    }

    fn take_off(&mut self, target: &Target) {
        if let Some(queue) = self.queues.get_mut(target) {
            queue.flying = true;
            self.due.remove(&(queue.due, target.clone()));
        }
    }

    /// An attempt is over: the same again at `again`, or the next at once.
    fn land(&mut self, target: &Target, again: Option<Instant>, now: Instant) {
        if let Some(queue) = self.queues.get_mut(target) {
            queue.flying = false;
            queue.due = again.unwrap_or(now);
            self.due.insert((queue.due, target.clone()));
        }
        if again.is_none() {
            self.pop(target, now);
        }
    }

    fn pop(&mut self, target: &Target, now: Instant) {
        let Some(queue) = self.queues.get_mut(target) else { return };
        queue.ids.pop_front();
        if queue.ids.is_empty() {
            self.drop_queue(target);
        } else {
            self.set_due(target, now);
        }
    }

    fn drop_queue(&mut self, target: &Target) {
        if let Some(queue) = self.queues.remove(target) {
            self.due.remove(&(queue.due, target.clone()));
            if let Some(until) = queue.held {
                self.held.remove(&(until, target.clone()));
            }
        }
    }
}

/// The effect a message speaks of.
pub(super) fn effect(body: &Body) -> Option<&Id> {
    match body {
        Body::Granted { effect, .. }
        | Body::Changed { effect, .. }
        | Body::Reversed { effect, .. }
        | Body::Withheld { effect, .. }
        | Body::Proposed { effect, .. }
        | Body::Approved { effect, .. }
        | Body::Refused { effect, .. }
        | Body::Praise { effect, .. } => Some(effect),
        Body::Closed { .. }
        | Body::DrawSealed { .. }
        | Body::DrawHeld { .. }
        | Body::DrawnAgain { .. }
        | Body::Paused { .. }
        | Body::Kudos { .. }
        | Body::Final { .. } => None,
    }
}

/// Praise for what is long past would puzzle more than please. Time for which it had to wait for quiet hours does not
/// count: it was made in time, and people expect it when those end.
pub(super) fn is_stale(message: &Message, waited_until: Option<Millis>, now: Millis) -> bool {
    let since = message.time.max(waited_until.unwrap_or(message.time));
    matches!(message.body, Body::Praise { .. }) && now.saturating_sub(since) > PRAISE_AGE_MS_MAX
}
