//! The threads that run tasks: each task belongs to one of them, so that its blocks are processed in order.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use plaudit_core::{
    Id, Millis,
    award::{EffectId, Standing, Status},
    calendar::Calendar,
    event::{Event, Subject},
    incentive::Incentive,
    journal::{Entry, Position},
    limits::{STEPS_PER_CALL_MAX, TOLD_BEFORE_ENABLED_MS_MAX},
    metric::compile,
    settle::{Book, Purse},
};
use plaudit_store::{
    StoreError, family,
    family::{
        checkpoint::{read_blob, write_blob},
        control::is_cut,
    },
};

use super::{
    Inner, Slot, SlotState, checkpoint,
    close::plan_fault,
    commit::{self, Head},
    hold,
    rehearsal::Watch,
    task::{Delays, Outcome, Task, TaskError, World},
    upgrade,
};
use crate::journal::Paused;

/// Blocks that a task processes before the thread looks at its next task.
const BLOCKS_AT_ONCE: usize = 16;
/// How long a thread sleeps when nothing wakes it.
const SLEEP: Duration = Duration::from_millis(250);
/// First wait after a failure of the host; doubled up to the last.
const BACKOFF: Duration = Duration::from_millis(200);
const BACKOFF_MAX: Duration = Duration::from_secs(30);

/// A loaded task with where its rows stand.
pub(super) struct Loaded {
    pub(super) task: Task,
    head: Head,
    /// Outcomes up to here stand already: folding again settles nothing.
    silent_through: u64,
    checkpoint_pages: u32,
    checkpoint_block: u64,
}

impl Loaded {
    /// Through which block outcomes stood when it was loaded.
    pub(super) fn silent_through(&self) -> u64 {
        self.silent_through
    }

    /// When something is due although no block comes, by the clock.
    pub(super) fn next_due(&self) -> Option<Millis> {
        let release = self.head.next_release().map(|from| from + self.task.delays.settle_ms);
        [self.task.next_due(), release].into_iter().flatten().min()
    }
}

/// One thread's loop.
pub(super) fn run(inner: &Arc<Inner>, index: usize) {
    while !inner.is_closing() {
        let seen = inner.generation();
        let mut busy = false;
        for slot in inner.slots_of(index) {
            busy |= advance(inner, &slot);
        }
        if index == 0 {
            busy |= inner.run_treasury();
        }
        if !busy {
            inner.wait_for(seen, SLEEP);
        }
    }
    for slot in inner.slots_of(index) {
        let mut state = slot.lock();
        if let Some(loaded) = state.loaded.as_mut()
            && let Err(error) = write_checkpoint(inner, loaded)
        {
            tracing::warn!(incentive = %slot.id, %error, "no last checkpoint: the next start folds more again");
        }
    }
}

/// Processes some blocks of a task; says whether there may be more to do at once.
fn advance(inner: &Arc<Inner>, slot: &Slot) -> bool {
    let mut state = slot.lock();
    if state.retry_at.is_some_and(|at| at > Instant::now()) {
        return false;
    }
    match step(inner, slot, &mut state) {
        Ok(more) => {
            if more {
                state.failures = 0;
                state.retry_at = None;
                state.trouble = None;
            }
            more
        }
        Err(error) => {
            failed(inner, slot, &mut state, error);
            false
        }
    }
}

fn step(inner: &Arc<Inner>, slot: &Slot, state: &mut SlotState) -> Result<bool, TaskError> {
    step_to(inner, slot, state, inner.head())
}

/// Processes some blocks of a task, none after `head`; says whether it did any.
pub(super) fn step_to(
    inner: &Arc<Inner>,
    slot: &Slot,
    state: &mut SlotState,
    head: u64,
) -> Result<bool, TaskError> {
    let is_paused = is_paused(inner, slot, state);
    if state.loaded.is_none() {
        if is_paused && state.failures > 0 {
            return Ok(false); // It failed while loading: a decision has to come first.
        }
        let loaded = load(inner, &slot.id)?;
        state.loaded = Some(loaded);
    }
    let Some(loaded) = state.loaded.as_mut() else { return Ok(false) };
    let goal = if is_paused { loaded.silent_through.min(head) } else { head };
    let mut done = 0;
    while loaded.task.cursor < goal && done < BLOCKS_AT_ONCE && !inner.is_closing() {
        process_next(inner, loaded)?;
        done += 1;
    }
    let more = done > 0;
    slot.publish(loaded);
    Ok(more)
}

fn is_paused(inner: &Inner, slot: &Slot, state: &mut SlotState) -> bool {
    let house = inner.house();
    let Some(enabled) = house.incentives.get(&slot.id) else { return true };
    if state.faulted_at.is_some_and(|block| enabled.fault_block > block) {
        state.faulted_at = None;
    }
    enabled.paused.is_some() || state.faulted_at.is_some()
}

fn process_next(inner: &Arc<Inner>, loaded: &mut Loaded) -> Result<(), TaskError> {
    if let Some(mended) = mended(inner, loaded) {
        let view = inner.view(loaded.task.cursor)?;
        let version = inner.house().incentives.get(&mended.id).map_or(0, |e| e.version_block);
        let outcome = upgrade::replace(inner, &mut loaded.task, &mended, version, &view, &Watch::default())?;
        loaded.silent_through = 0;
        settle(inner, loaded, &outcome)?;
        // The old version can't fold what comes next: a restart has to begin with the new one.
        loaded.checkpoint_block = 0;
        write_checkpoint(inner, loaded)?;
        return Ok(());
    }
    let view = inner.view(loaded.task.cursor + 1)?;
    loaded.task.silent = loaded.task.cursor < loaded.silent_through;
    loaded.task.left_out.clone_from(&inner.left_out(&loaded.task.incentive.id));
    let next_version = view.block.entries.iter().rev().find_map(|entry| match entry {
        Entry::Incentive(incentive) if incentive.id == loaded.task.incentive.id => Some(incentive),
        _ => None,
    });
    let outcome = match next_version {
        Some(incentive) => {
            let version = view.block.number;
            upgrade::replace(inner, &mut loaded.task, incentive, version, &view, &Watch::default())?
        }
        None => loaded.task.process(&view, &**inner)?,
    };
    settle(inner, loaded, &outcome)
}

/// A version that was enabled after the rule failed on the next block: it takes over before that block, so that the
/// block that the old one could not fold is folded by the new one.
fn mended(inner: &Inner, loaded: &Loaded) -> Option<Incentive> {
    let house = inner.house();
    let enabled = house.incentives.get(&loaded.task.incentive.id)?;
    let is_stuck = enabled.fault_block > loaded.task.cursor && enabled.version_block > enabled.fault_block;
    let is_live = loaded.task.cursor >= loaded.silent_through;
    (is_stuck && is_live && loaded.task.incentive != enabled.incentive).then(|| enabled.incentive.clone())
}

fn settle(inner: &Arc<Inner>, loaded: &mut Loaded, outcome: &Outcome) -> Result<(), TaskError> {
    if loaded.task.cursor <= loaded.silent_through {
        if loaded.task.cursor == loaded.silent_through {
            for id in wake(inner, loaded) {
                tracing::error!(incentive = %id.incentive, effect = %id.digest(), name = %id.name, subject = %id.subject,
                    "folding again after the start disagrees with what stands: it is settled anew");
            }
        }
        return Ok(());
    }
    let is_released = loaded.head.next_release().is_some_and(|from| from <= loaded.task.watermark());
    if outcome.has_rows() || is_released {
        let mut head = loaded.head.clone();
        let (batch, rows) = commit::batch(&*inner.store, &loaded.task, outcome, &mut head)
            .map_err(|e| TaskError::Infrastructure(e.to_string()))?;
        inner.store.apply(batch)?;
        loaded.head = head;
        inner.booked(&rows);
        inner.told(&loaded.task, outcome);
    }
    if loaded.task.cursor - loaded.checkpoint_block >= inner.config.checkpoint_blocks {
        write_checkpoint(inner, loaded)?;
    }
    if outcome.moved {
        inner.moved(&loaded.task);
    }
    inner.propose(&outcome.proposals);
    Ok(())
}

fn write_checkpoint(inner: &Inner, loaded: &mut Loaded) -> Result<(), StoreError> {
    let task = &loaded.task;
    if task.cursor <= loaded.checkpoint_block || task.cursor < loaded.silent_through {
        return Ok(());
    }
    let mut batch = plaudit_store::Batch::default();
    let bytes = checkpoint::write(task);
    let pages = write_blob(&mut batch, &task.incentive.id, task.cursor, &bytes, loaded.checkpoint_pages);
    let mut head = loaded.head.clone();
    head.advance(&task.incentive.id, task.cursor, &mut batch);
    inner.store.apply(batch)?;
    loaded.head = head;
    (loaded.checkpoint_pages, loaded.checkpoint_block) = (pages, task.cursor);
    metrics::histogram!("plaudit_checkpoint_bytes").record(bytes.len() as f64);
    Ok(())
}

/// Loads a task: its checkpoint, and what stands. Blocks from the checkpoint to the cursor are folded again after it,
/// by the same steps as any other.
fn load(inner: &Arc<Inner>, id: &Id) -> Result<Loaded, TaskError> {
    let store = &*inner.store;
    let stored = family::get::<family::cursor::Cursor>(store, &id.to_string())?;
    let silent_through = stored.as_ref().map_or(0, |place| place.block);
    let stored_is_none = stored.is_none();
    let mut head = Head::new(id, stored);
    head.held = hold::read(store, id)?;
    let blob = read_blob(store, id)?;
    let pages = blob.as_ref().map_or(0, |b| b.pages);
    let standing = standing(inner, id)?;
    let checkpoint = blob.and_then(|b| checkpoint::read(&b.bytes));
    let house = inner.house();
    let Some(enabled) = house.incentives.get(id) else {
        return Err(TaskError::Infrastructure(format!("incentive {id} is not in the journal")));
    };
    let first = if stored_is_none && enabled.fault_block == 0 {
        first_version(inner, id, enabled.since_block)?
    } else {
        None
    };
    let begin = first.as_ref().map_or(enabled.version_block, |_| enabled.since_block);
    let mut incentive = checkpoint
        .as_ref()
        .map(|c| c.incentive.clone())
        .or(first)
        .unwrap_or_else(|| enabled.incentive.clone());
    let start = silent_through.max(begin);
    if let Some(ended) = enabled.ended
        && checkpoint.is_none()
        && ended <= inner.view(start)?.block.at
    {
        // The block that ended it by hand is not processed again: its window ends where that block said.
        incentive.end = Some(ended.min(incentive.end.unwrap_or(Millis::MAX)).max(incentive.start + 1));
    }
    let mut task = make(inner, incentive, &house)?;
    task.left_out.clone_from(&enabled.left_out);
    task.told_from = inner.view(enabled.since_block)?.block.at - TOLD_BEFORE_ENABLED_MS_MAX;
    let mut loaded = Loaded { task, head, silent_through, checkpoint_pages: pages, checkpoint_block: 0 };
    match checkpoint {
        Some(checkpoint) => {
            let disqualified = checkpoint::restore(&mut loaded.task, checkpoint);
            // The roster as it was then: what later blocks changed is a change against this one.
            loaded.task.roster = inner.view(loaded.task.cursor)?.roster.clone();
            loaded.checkpoint_block = loaded.task.cursor;
            put_standing(&mut loaded.task, standing);
            let through = loaded.task.cursor;
            loaded.task.recall_money(&past_of(inner, id, through)?, through);
            disqualify(&mut loaded.task, &disqualified);
        }
        None => {
            let block = start;
            let view = inner.view(block)?;
            loaded.task.closing.final_through = final_boundary(inner, id, view.block.at, block)?;
            upgrade::begin_anew(inner, &mut loaded.task, &view, &Watch::default())?;
            put_standing(&mut loaded.task, standing);
            let past = past_of(inner, id, block)?;
            loaded.task.recall_money(&past, block);
            loaded.task.silent = block <= silent_through;
            let mut outcome = loaded.task.rebuild(&view, &**inner)?;
            outcome.announcements.clear(); // Nobody wants to hear that last month has closed.
            loaded.task.recall(&past);
            settle(inner, &mut loaded, &outcome)?;
            write_checkpoint(inner, &mut loaded)?;
        }
    }
    if loaded.task.cursor >= silent_through {
        wake(inner, &mut loaded);
    }
    Ok(loaded)
}

/// What stands is folded again. What can go back is proposed now: perhaps no block comes for a long time.
fn wake(inner: &Inner, loaded: &mut Loaded) -> Vec<EffectId> {
    let differing = loaded.task.wake_up();
    let mut outcome = Outcome::default();
    loaded.task.close_purse();
    loaded.task.release(&mut outcome);
    inner.propose(&outcome.proposals);
    differing
}

/// Up to where an incentive was final at the end of a block, for a task that has lost its checkpoint: periods that had
/// been concluded, whose grace was over and whose draws were held.
fn final_boundary(inner: &Inner, id: &Id, at: Millis, block: u64) -> Result<Millis, StoreError> {
    let mut open_draws = std::collections::BTreeSet::new();
    for (_, _, entry) in past_of(inner, id, block)? {
        if let Entry::TicketsSealed { period, draw, .. } = entry {
            open_draws.insert((period, draw));
        } else if let Entry::SeedRevealed { period, draw, .. } = entry {
            open_draws.remove(&(period, draw));
        }
    }
    let mut boundary = 0;
    for start in family::concluded::starts(&*inner.store, id)? {
        let Some(concluded) = family::concluded::read_concluded(&*inner.store, id, start)? else { continue };
        let is_drawn = !open_draws.iter().any(|(period, _)| *period == concluded.period.id);
        if concluded.period.end + inner.config.grace_ms > at || !is_drawn {
            break;
        }
        boundary = concluded.period.end;
    }
    Ok(boundary)
}

/// An incentive as it was enabled first: a task begins with it, however many versions came before its thread looked.
fn first_version(inner: &Inner, id: &Id, since_block: u64) -> Result<Option<Incentive>, StoreError> {
    let view = inner.view(since_block)?;
    Ok(view.block.entries.iter().find_map(|entry| match entry {
        Entry::Incentive(incentive) if incentive.id == *id => Some(incentive.clone()),
        _ => None,
    }))
}

fn disqualify(task: &mut Task, subjects: &BTreeMap<Id, String>) {
    for (subject, reason) in subjects {
        task.book.disqualify(subject.clone(), reason.clone(), &mut task.desired);
    }
}

/// What the journal says of an incentive's periods, draws, disqualifications and money, up to the end of a block.
pub(super) fn past_of(inner: &Inner, id: &Id, through: u64) -> Result<Vec<(u64, Millis, Entry)>, StoreError> {
    let mut found = Vec::new();
    let mut next = (1, 0);
    loop {
        let rows = family::scan::<family::control::Control>(&*inner.store, Some(&next), 1000)?;
        let Some((last, _)) = rows.last() else { return Ok(found) };
        next = (last.0, last.1 + 1);
        let is_mine = |entry: &Entry| match entry {
            Entry::PeriodOpened { incentive, .. }
            | Entry::TicketsSealed { incentive, .. }
            | Entry::SeedRevealed { incentive, .. }
            | Entry::ChancesSealed { incentive, .. }
            | Entry::BeaconPromised { incentive, .. }
            | Entry::BeaconRevealed { incentive, .. }
            | Entry::Decision { incentive, .. }
            | Entry::Released { incentive, .. } => incentive == id,
            Entry::Incentive(incentive) => incentive.id == *id,
            _ => false,
        };
        for ((block, index), entry) in rows.into_iter().filter(|((b, _), e)| *b <= through && is_mine(e)) {
            let mut at = 0;
            let mut entry = entry;
            if matches!(entry, Entry::TicketsSealed { .. }) {
                // When it was sealed decides which round of a beacon it waits for.
                let view = inner.view(block)?;
                at = view.block.at;
                if let Some(whole) = view.block.entries.get(index as usize).filter(|_| is_cut(&entry)) {
                    entry = whole.clone();
                }
            }
            found.push((block, at, entry));
        }
    }
}

pub(super) fn standing(inner: &Inner, id: &Id) -> Result<Vec<Standing>, StoreError> {
    let mut prefix = id.as_bytes().to_vec();
    prefix.push(0);
    let rows = family::scan_prefix::<family::standing::Standing>(&*inner.store, &prefix, usize::MAX)?;
    Ok(rows.into_iter().map(|(_, row)| row).collect())
}

/// What stands, less what is final by now, and what is left to spend.
pub(super) fn put_standing(task: &mut Task, rows: Vec<Standing>) {
    let boundary = task.closing.final_through;
    let is_final = |row: &Standing| row.id.period.is_some() && row.time < boundary;
    let purse = Purse::new(&task.incentive, &rows);
    let open = rows.into_iter().filter(|row| !is_final(row) || row.status == Status::Proposed).collect();
    task.book = Book::new(&task.plan.quotas, open);
    task.book.final_through = boundary;
    task.book.keep_proposed(is_final);
    task.book.purse = purse;
    task.book.approvals.rules.clone_from(&task.incentive.approval);
}

/// A task without a past.
pub(super) fn make(
    inner: &Inner,
    incentive: Incentive,
    house: &crate::journal::House,
) -> Result<Task, TaskError> {
    let plugin = inner.plugins.plugin(&incentive.plugin).map_err(TaskError::Infrastructure)?;
    let plan = plugin.plan(&incentive.settings).map_err(|e| plan_fault(e.to_string()))?;
    let mut metrics = Vec::with_capacity(incentive.metrics.len());
    for (name, version) in &incentive.metrics {
        let definition = house.pinned(name, *version);
        let compiled = definition.map(|d| compile(d));
        match compiled {
            Some(Ok(metric)) => metrics.push(metric),
            Some(Err(error)) => return Err(plan_fault(format!("metric {name} version {version}: {error}"))),
            None => {
                return Err(plan_fault(format!("metric {name} version {version} is not in the catalogue")));
            }
        }
    }
    let calendar = Calendar::new(&incentive.periods, incentive.zone, incentive.start, incentive.end)
        .map_err(|e| plan_fault(e.to_string()))?;
    let delays = Delays { settle_ms: inner.config.settle_ms, grace_ms: inner.config.grace_ms };
    let guest = Box::new(plugin.guest(&plan));
    let mut task = Task::new(incentive, plan, metrics, calendar, guest, delays, house.roster.clone());
    task.beacon.clone_from(&inner.config.beacon);
    task.steps_per_call = inner.config.steps_per_call.clamp(1, STEPS_PER_CALL_MAX);
    Ok(task)
}

pub(super) fn failed(inner: &Arc<Inner>, slot: &Slot, state: &mut SlotState, error: TaskError) {
    let version = state.loaded.as_ref().map(|l| l.task.incentive.plugin.clone());
    let cursor = state.loaded.as_ref().map_or(0, |l| l.task.cursor);
    state.loaded = None; // Its memory is void.
    match error {
        TaskError::Fault { key, fault } => {
            tracing::warn!(incentive = %slot.id, block = cursor, key = key.as_deref(), kind = ?fault.kind, %fault,
                "a rule failed: its incentive is paused, nothing of the block is settled");
            metrics::counter!("plaudit_rule_faults_total", "incentive" => slot.id.to_string()).increment(1);
            state.faulted_at = Some(inner.house().block);
            state.trouble = Some(fault.message.clone());
            inner.paused(&slot.id, version, cursor, &fault.message);
            let at = Position { block: cursor, index: 0 };
            tracing::debug!(?at, "proposing the fault");
            inner.propose(&[Entry::Fault { incentive: slot.id.clone(), key, fault }]);
            back_off(state);
        }
        TaskError::Store(StoreError::Fenced { key }) => {
            tracing::error!(incentive = %slot.id, key, "another process writes this store: this task stops");
            state.retry_at = Some(Instant::now() + BACKOFF_MAX);
            state.trouble = Some(format!("another process writes {key}"));
        }
        TaskError::Store(_) | TaskError::Infrastructure(_) | TaskError::Unwanted => {
            tracing::warn!(incentive = %slot.id, block = cursor, %error, "the host could not process a block; trying again");
            state.trouble = Some(error.to_string());
            back_off(state);
        }
    }
}

fn back_off(state: &mut SlotState) {
    let wait = BACKOFF.saturating_mul(1 << state.failures.min(8)).min(BACKOFF_MAX);
    state.failures += 1;
    state.retry_at = Some(Instant::now() + wait);
}

impl Outcome {
    fn has_rows(&self) -> bool {
        !(self.settled.is_empty()
            && self.announcements.is_empty()
            && self.concluded.is_empty()
            && self.drawn.is_empty()
            && self.published.is_empty()
            && self.late.is_empty()
            && self.adjustments.is_empty())
    }
}

impl World for Inner {
    fn facts(
        &self,
        subjects: &[Subject],
        from: i64,
        to: i64,
        through: u64,
    ) -> Result<Vec<(Position, Arc<Event>)>, StoreError> {
        self.history.read(subjects, from, to, through)
    }

    fn seed(&self, incentive: &str, period: &str, draw: &str) -> [u8; 32] {
        plaudit_core::draw::seed_for(&self.config.draw_key, incentive, period, draw)
    }
}

/// Whether a pause is by a fault, for status.
pub(super) fn fault_of(paused: Option<&Paused>) -> Option<String> {
    match paused {
        Some(Paused::ByFault(_, fault)) => Some(fault.message.clone()),
        Some(Paused::ByHand(_)) | None => None,
    }
}
