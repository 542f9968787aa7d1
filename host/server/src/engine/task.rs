//! A task: one incentive, block after block. No I/O of its own: facts of the past come through [`World`], and what it
//! decides goes out as an [`Outcome`] that the worker commits.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use plaudit_core::{
    Id, Millis,
    award::EffectId,
    calendar::Calendar,
    event::{Event, Subject},
    incentive::{Incentive, Period},
    journal::{Block, Entry, Position},
    limits::{KEYS_PER_CALL_MAX, STEPS_PER_CALL_MAX},
    metric::CompiledMetric,
    reserve::Reservation,
    roster::Roster,
    rule::{CallError, Fault, FaultKind, Guest, Plan, Progress},
    settle::{Book, Desired, Settled},
};
use plaudit_store::{
    StoreError,
    family::{late::LateFact, outbox::Body},
};

use super::{
    chances::{self, Thrown},
    close::Closing,
    cut::Cut,
    finality::Accepted,
    fold::{self, FoldFailure, Setting, Targets, Zones},
    key::{Emitted, Key, Refill, Rewound, Segment, Step, Stretch},
    steps::{BlockView, Selector, window},
    targets::Context,
};

/// What a task needs of the world to fold again, and nothing else.
pub(crate) trait World {
    /// The current facts of subjects within `[from, to)`, as of the end of a block, in order.
    fn facts(
        &self,
        subjects: &[Subject],
        from: Millis,
        to: Millis,
        through: u64,
    ) -> Result<Vec<(Position, Arc<Event>)>, StoreError>;
    /// The seed of a draw.
    fn seed(&self, incentive: &str, period: &str, draw: &str) -> [u8; 32];
    /// Whether a try may win if its number says so.
    fn may_win(&self, _: &EffectId) -> bool {
        true
    }
    /// Told how far a task is with its keys; whether it is to go on. What the house works on always is.
    fn goes_on(&self, _: Keys) -> bool {
        true
    }
}

/// How far a task is with what a block asks of its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keys {
    /// The history of some was read again.
    Read { done: usize, of: usize },
    /// Some are folded to where they should be.
    Folded { done: usize, of: usize },
}

/// How long things wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Delays {
    pub(crate) settle_ms: Millis,
    pub(crate) grace_ms: Millis,
}

/// Why a block could not be processed. The task's memory is void then: load its checkpoint.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TaskError {
    #[error("{fault}")]
    Fault { key: Option<Id>, fault: Fault },
    #[error("{0}")]
    Infrastructure(String),
    /// The world said not to go on: see [`World::goes_on`].
    #[error("nobody wants it any more")]
    Unwanted,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a block came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) settled: Vec<Settled>,
    /// Messages beside those that follow from `settled`, with what makes their ids.
    pub(crate) announcements: Vec<(Millis, Body)>,
    /// Entries that the journal should take up.
    pub(crate) proposals: Vec<Entry>,
    /// Periods that were concluded, or concluded again.
    pub(crate) concluded: Vec<Id>,
    /// Draws that were held.
    pub(crate) drawn: Vec<(Id, Id)>,
    /// Whether any key changed.
    pub(crate) moved: bool,
    /// Receipts of instant wins: period, chance and text.
    pub(crate) published: Vec<(Id, Id, String)>,
    /// What came behind the final boundary.
    pub(crate) late: Vec<(Position, LateFact)>,
    /// What managers decided about final periods.
    pub(crate) adjustments: Vec<Accepted>,
}

/// How far the base of a key stays behind, at least. An event often speaks of a start (an agent's state comes when it
/// has ended), and blocks of one time may follow each other: such facts find their base in memory, not in the history.
const TAIL_MS: Millis = 30 * 60 * 1000;

/// One incentive.
pub(crate) struct Task {
    pub(crate) incentive: Incentive,
    pub(crate) plan: Plan,
    pub(crate) metrics: Vec<CompiledMetric>,
    pub(crate) calendar: Calendar,
    pub(crate) guest: Box<dyn Guest>,
    pub(crate) delays: Delays,
    /// Chain and margin of the beacon that draws of new periods use.
    pub(crate) beacon: Option<(Id, Millis)>,
    pub(crate) roster: Arc<Roster>,
    pub(crate) keys: BTreeMap<Id, Key>,
    pub(crate) desired: Desired,
    pub(crate) book: Book,
    pub(crate) closing: Closing,
    /// Last block processed, and its time.
    pub(crate) cursor: u64,
    pub(crate) at: Millis,
    /// Time of the blocks before those of this time: what comes in one go is cut into several blocks of one time.
    pub(crate) before: Millis,
    /// Facts that came behind the final boundary.
    pub(crate) too_late: u64,
    /// Nobody is told of what happened before: the incentive was not there yet.
    pub(crate) told_from: Millis,
    /// Facts that reached a key since this process began.
    pub(crate) selected: u64,
    pub(crate) left_out: BTreeSet<Position>,
    /// Whether blocks are only folded again: what they came to stands already.
    pub(crate) silent: bool,
    /// What budgets and stocks have set aside.
    pub(crate) reserved: Reservation,
    /// Steps of one fold call: what is settled does not depend on it.
    pub(crate) steps_per_call: usize,
    wakes: BTreeSet<(Millis, Id)>,
    wake_of: HashMap<Id, Millis>,
    zones: Zones,
}

/// What a block asks of one key.
#[derive(Default)]
pub(super) struct Pending {
    steps: Vec<Step>,
    removed: Vec<(Millis, Position)>,
    pub(super) everything: bool,
}

impl Task {
    /// A task at the block that enabled its incentive: nothing is folded yet, see [`Task::rebuild`].
    pub(crate) fn new(
        incentive: Incentive,
        plan: Plan,
        metrics: Vec<CompiledMetric>,
        calendar: Calendar,
        guest: Box<dyn Guest>,
        delays: Delays,
        roster: Arc<Roster>,
    ) -> Self {
        Self {
            book: Book::new(&plan.quotas, Vec::new()),
            incentive,
            plan,
            metrics,
            calendar,
            guest,
            delays,
            beacon: None,
            roster,
            keys: BTreeMap::new(),
            desired: Desired::default(),
            closing: Closing::default(),
            cursor: 0,
            at: 0,
            before: 0,
            too_late: 0,
            told_from: Millis::MIN,
            selected: 0,
            left_out: BTreeSet::new(),
            silent: false,
            reserved: Reservation::default(),
            steps_per_call: STEPS_PER_CALL_MAX,
            wakes: BTreeSet::new(),
            wake_of: HashMap::new(),
            zones: Zones::default(),
        }
    }

    /// How far closing has come: the block's time less the settle delay.
    pub(crate) fn watermark(&self) -> Millis {
        self.at - self.delays.settle_ms
    }

    /// Folds everything from the last final boundary on, as of the end of this block.
    pub(crate) fn rebuild(&mut self, view: &BlockView, world: &dyn World) -> Result<Outcome, TaskError> {
        self.enter(view);
        self.ensure_keys();
        let everything = || Pending { everything: true, ..Pending::default() };
        let pending = self.keys.keys().map(|k| (k.clone(), everything())).collect();
        self.run(pending, Some(Millis::MIN), world)
    }

    /// Processes the next block.
    pub(crate) fn process(&mut self, view: &BlockView, world: &dyn World) -> Result<Outcome, TaskError> {
        let before = std::mem::replace(&mut self.roster, view.roster.clone());
        self.enter(view);
        let mut pending = BTreeMap::<Id, Pending>::new();
        let mut held = Outcome::default();
        self.finish_due(&mut held);
        let mut earliest = None;
        if !Arc::ptr_eq(&before, &self.roster) {
            earliest = self.roster_changed(&view.block, &before, &mut pending);
            self.roster_is_late(&view.block, &before, &mut held);
        }
        for entry in &view.block.entries {
            self.control(entry, &mut held, &mut pending);
            if self.leaves_out(entry) {
                earliest = Some(self.closing.final_through);
            }
        }
        earliest = earliest.into_iter().chain(self.take_events(view, &mut pending, &mut held)).min();
        self.book_accepted(&mut held);
        let mut outcome = self.run(pending, earliest, world)?;
        outcome.announcements.splice(0..0, held.announcements);
        outcome.proposals.extend(held.proposals);
        outcome.drawn.extend(held.drawn);
        outcome.published.extend(held.published);
        (outcome.late, outcome.adjustments) = (held.late, held.adjustments);
        Ok(outcome)
    }

    fn enter(&mut self, view: &BlockView) {
        self.roster = view.roster.clone();
        self.cursor = view.block.number;
        if view.block.at > self.at {
            self.before = self.at;
        }
        self.at = view.block.at;
    }

    pub(crate) fn selector(&self) -> Selector<'_> {
        Selector {
            incentive: &self.incentive,
            plan: &self.plan,
            metrics: &self.metrics,
            roster: &self.roster,
            left_out: &self.left_out,
        }
    }

    /// A key for everyone of the audience, with or without events.
    pub(super) fn ensure_keys(&mut self) {
        let start = self.closing.final_through.max(self.incentive.start);
        for id in self.selector().all_keys() {
            if !self.keys.contains_key(&id) {
                self.keys.insert(id.clone(), Key::new(id, start, &self.plan));
            }
        }
        let ids: Vec<Id> = self.keys.keys().cloned().collect();
        for id in ids {
            let membership = self.selector().membership(&id);
            if self.keys.get_mut(&id).is_some_and(|key| key.set_membership(&membership)) {
                self.wake(&id);
            }
        }
    }

    fn roster_changed(
        &mut self,
        block: &Block,
        before: &Roster,
        pending: &mut BTreeMap<Id, Pending>,
    ) -> Option<Millis> {
        let mut again = before.clone();
        let changed: BTreeSet<Id> = block
            .entries
            .iter()
            .filter_map(|e| if let Entry::Roster(change) = e { Some(again.apply(change)) } else { None })
            .flatten()
            .collect();
        let known: BTreeSet<Id> = self.keys.keys().cloned().collect();
        self.ensure_keys();
        let mut concerned: BTreeSet<Id> = self.keys.keys().filter(|k| !known.contains(*k)).cloned().collect();
        for agent in &changed {
            concerned.extend(self.selector().keys_of_change(agent, before));
        }
        for key in concerned {
            if self.keys.contains_key(&key) {
                pending.entry(key).or_default().everything = true;
            }
        }
        Some(self.closing.final_through)
    }

    /// Sorts a block's facts to keys; says the earliest time that is touched.
    fn take_events(
        &mut self,
        view: &BlockView,
        pending: &mut BTreeMap<Id, Pending>,
        held: &mut Outcome,
    ) -> Option<Millis> {
        let boundary = self.closing.final_through;
        let mut steps = self.selector().select(view);
        let mut earliest: Option<Millis> = None;
        let mut selected = 0;
        for (index, entry) in view.block.entries.iter().enumerate() {
            let Entry::Event { event, replaces, stale: false } = entry else { continue };
            let mut late = Vec::new();
            let mut touch = |time: Millis| {
                late.extend((time < boundary).then_some(time));
                let counts = time >= boundary;
                earliest = counts.then(|| earliest.map_or(time, |e| e.min(time))).or(earliest);
                counts
            };
            if let Some(old) = replaces {
                let keys = self.selector().keys_of(&old.subject, old.time);
                if !keys.is_empty() && touch(old.time) {
                    for key in keys {
                        pending.entry(key).or_default().removed.push((old.time, old.position));
                    }
                }
            }
            if let Some(step) = steps[index].take() {
                let keys = self.selector().keys_of(&event.subject, event.time);
                if !keys.is_empty() && touch(event.time) {
                    selected += 1;
                    for key in keys {
                        pending.entry(key).or_default().steps.push(step.clone());
                    }
                }
            }
            if !late.is_empty() {
                self.too_late += 1;
                let position = Position { block: view.block.number, index: index as u32 };
                held.late.push((position, self.late_fact(event, replaces.is_some(), &late)));
            }
        }
        self.selected += selected;
        earliest
    }

    /// Folds what is pending and what is due, closes what is over, and settles.
    fn run(
        &mut self,
        pending: BTreeMap<Id, Pending>,
        earliest: Option<Millis>,
        world: &dyn World,
    ) -> Result<Outcome, TaskError> {
        // What a rule set for later than the incentive's end does not happen.
        let watermark = self.watermark().min(window(&self.incentive).1 - 1);
        let mut due: BTreeSet<Id> =
            self.wakes.iter().take_while(|(at, _)| *at <= watermark).map(|(_, id)| id.clone()).collect();
        due.extend(pending.keys().cloned());
        self.amend(pending, world)?;
        let mut outcome = Outcome { moved: !due.is_empty(), ..Outcome::default() };
        self.fold_all(&due, watermark, world)?;
        self.resume_all(&due, watermark, world)?;
        let calm = self.before - self.delays.settle_ms.max(TAIL_MS);
        for id in &due {
            if let Some(key) = self.keys.get_mut(id) {
                key.settle_base(calm);
            }
            self.wake(id);
        }
        self.close(earliest, world, &mut outcome)?;
        self.close_purse();
        if !self.silent {
            outcome.settled = self.book.settle(&mut self.desired, self.cursor);
            self.release(&mut outcome);
        }
        Ok(outcome)
    }

    fn amend(&mut self, pending: BTreeMap<Id, Pending>, world: &dyn World) -> Result<(), TaskError> {
        let mut gone = Vec::new();
        let mut refills: Vec<Refill> = Vec::new();
        for (id, wish) in pending {
            let Some(key) = self.keys.get_mut(&id) else { continue };
            let stretch = if wish.everything {
                Some(key.rewind_all(&mut gone))
            } else {
                match key.amend(wish.steps, &wish.removed, &mut gone) {
                    Rewound::Ready => None,
                    Rewound::NeedsHistory(stretch) => Some(stretch),
                }
            };
            refills.extend(stretch.map(|stretch| (id, stretch)));
        }
        self.refill(&gone, &refills, world)
    }

    /// Goes on with keys that were wound back: over the spans that hold, or into those that do not.
    fn resume_all(
        &mut self,
        due: &BTreeSet<Id>,
        watermark: Millis,
        world: &dyn World,
    ) -> Result<(), TaskError> {
        let is_parked = |task: &Self, id: &Id| task.keys.get(id).is_some_and(Key::is_parked);
        let mut open: BTreeSet<Id> = due.iter().filter(|id| is_parked(self, id)).cloned().collect();
        while !open.is_empty() {
            let mut gone = Vec::new();
            let mut refills: Vec<Refill> = Vec::new();
            for id in &open {
                let agent = Cut::agent_of(self.plan.key, &self.roster, id);
                let (zone, kept) = (self.incentive.zone, self.plan.state);
                let cut = Cut { calendar: &self.calendar, zone, agent, kept };
                let stretch = self.keys.get_mut(id).and_then(|key| key.resume(&mut gone, &cut));
                refills.extend(stretch.map(|stretch| (id.clone(), stretch)));
            }
            self.refill(&gone, &refills, world)?;
            self.fold_all(&open, watermark, world)?;
            open.retain(|id| is_parked(self, id));
        }
        Ok(())
    }

    /// Takes back what was said of stretches that are folded again, and gives the keys the facts of these.
    fn refill(&mut self, gone: &[Emitted], refills: &[Refill], world: &dyn World) -> Result<(), TaskError> {
        for void in gone {
            self.desired.remove(&void.id, &void.contribution.owner, void.contribution.time);
        }
        for (done, (id, stretch)) in refills.iter().enumerate() {
            if !world.goes_on(Keys::Read { done, of: refills.len() }) {
                return Err(TaskError::Unwanted);
            }
            let steps = self.steps_of(id, *stretch, world)?;
            if let Some(key) = self.keys.get_mut(id) {
                key.refill(steps);
            }
        }
        Ok(())
    }

    fn steps_of(&self, id: &Id, (from, to): Stretch, world: &dyn World) -> Result<Vec<Step>, TaskError> {
        let selector = self.selector();
        let to = to.min(window(&self.incentive).1);
        let facts = world.facts(&selector.subjects(id), from, to, self.cursor)?;
        Ok(selector.select_facts(&facts, id))
    }

    /// Calls the rule until every key is folded up to the watermark.
    fn fold_all(
        &mut self,
        ids: &BTreeSet<Id>,
        watermark: Millis,
        world: &dyn World,
    ) -> Result<(), TaskError> {
        let mut open: Vec<Id> = ids.iter().cloned().collect();
        while !open.is_empty() {
            if !world.goes_on(Keys::Folded { done: ids.len() - open.len(), of: ids.len() }) {
                return Err(TaskError::Unwanted);
            }
            let mut next = Vec::with_capacity(open.len());
            let mut parts: Vec<(Id, Segment)> = Vec::new();
            let mut steps = 0;
            let mut queue = open.into_iter();
            for id in queue.by_ref() {
                let agent = Cut::agent_of(self.plan.key, &self.roster, &id);
                let kept = self.plan.state;
                let cut = Cut { calendar: &self.calendar, zone: self.incentive.zone, agent, kept };
                let Some(key) = self.keys.get_mut(&id) else { continue };
                let room = self.steps_per_call - steps;
                if let Some(segment) = key.next_segment(watermark, room, &cut, &self.plan) {
                    steps += segment.steps.len();
                    parts.push((id.clone(), segment));
                    next.push(id);
                }
                if steps >= self.steps_per_call || parts.len() >= KEYS_PER_CALL_MAX {
                    break;
                }
            }
            next.extend(queue);
            self.fold_parts(parts, world).map_err(|failure| match failure.error {
                CallError::Rule(fault) => TaskError::Fault { key: failure.key, fault },
                CallError::Infrastructure(what) => TaskError::Infrastructure(what),
            })?;
            open = next;
        }
        Ok(())
    }

    fn fold_parts(&mut self, parts: Vec<(Id, Segment)>, world: &dyn World) -> Result<(), FoldFailure> {
        if parts.is_empty() {
            return Ok(());
        }
        let ratios: Vec<bool> = self.metrics.iter().map(|m| m.definition().per.is_some()).collect();
        let from = parts.iter().filter_map(|(_, s)| s.steps.first().map(|s| s.order.time)).min();
        let setting = Setting {
            kind: self.plan.key,
            zone: self.incentive.zone,
            roster: &self.roster,
            shared: self.closing.shared_at(from.unwrap_or(self.at)),
            metrics: self.metrics.len(),
            ratios: &ratios,
            attributes: self.plan.attributes.len(),
        };
        let state = |id: &Id| self.keys.get(id).map(|k| k.state().to_vec()).unwrap_or_default();
        let of_parts: Vec<_> = parts.iter().map(|(id, segment)| (id.clone(), state(id), segment)).collect();
        let batch = fold::batch(&setting, &mut self.zones, &of_parts);
        let output = self.guest.fold(&self.incentive.settings, &batch);
        let output = match output {
            Ok(output) => output,
            Err(_) => {
                plaudit_runtime::fold_isolating(&mut *self.guest, &self.incentive.settings, batch.clone())
                    .map_err(|isolated| FoldFailure {
                        key: batch.slots.get(isolated.slot as usize).map(|s| s.id.clone()),
                        error: isolated.error,
                    })?
            }
        };
        let rule_fault = |fault| FoldFailure { key: None, error: CallError::Rule(fault) };
        fold::check(&batch, &output).map_err(rule_fault)?;
        fold::log(&self.incentive.id, &output.logs);
        let names: Vec<Id> =
            parts.iter().flat_map(|(_, s)| s.steps.iter().map(|s| s.order.name.clone())).collect();
        let context = Context { task: &*self };
        let entity = |step: u32| names.get(step as usize).cloned().unwrap_or_else(|| "".into());
        let emitted =
            fold::emitted(&self.incentive.id, self.plan.key, &batch, &output.effects, &entity, &context)
                .map_err(rule_fault)?;
        let thrown = chances::throw(self, world, &batch, &output.effects.chances, &entity)
            .map_err(|error| FoldFailure { key: None, error })?;
        self.take_in(parts, &batch, output, emitted, thrown);
        Ok(())
    }

    /// Gives the keys what the rule returned.
    fn take_in(
        &mut self,
        parts: Vec<(Id, Segment)>,
        batch: &plaudit_core::rule::Batch,
        output: plaudit_core::rule::FoldOutput,
        mut emitted: Vec<(usize, Emitted)>,
        thrown: Vec<Thrown>,
    ) {
        for score in &output.effects.scores {
            let Some(slot) = batch.slot_of.get(score.step as usize) else { continue };
            let span = self.keys.get_mut(&parts[*slot as usize].0).and_then(|k| k.spans.last_mut());
            let cell = span.and_then(|s| s.sums.boards.get_mut(score.board as usize));
            if let Some(cell) = cell.and_then(|b| b.get_mut(score.column as usize)) {
                cell.add(score.value, score.weight);
            }
        }
        for tickets in &output.effects.tickets {
            let Some(slot) = batch.slot_of.get(tickets.step as usize) else { continue };
            let span = self.keys.get_mut(&parts[*slot as usize].0).and_then(|k| k.spans.last_mut());
            if let Some(count) = span.and_then(|s| s.sums.tickets.get_mut(tickets.draw as usize)) {
                *count += u64::from(tickets.count);
            }
        }
        for Thrown { slot, tried, won } in thrown {
            if let Some(span) = self.keys.get_mut(&parts[slot].0).and_then(|k| k.spans.last_mut()) {
                span.tries.push(tried);
            }
            emitted.extend(won.map(|won| (slot, won)));
        }
        for (slot, emitted) in emitted {
            self.desired.add(emitted.id.clone(), emitted.contribution.clone());
            if let Some(span) = self.keys.get_mut(&parts[slot].0).and_then(|k| k.spans.last_mut()) {
                span.effects.push(emitted);
            }
        }
        let mut progress: HashMap<u32, Progress> =
            output.effects.progress.into_iter().map(|p| (p.slot, p)).collect();
        let mut changes: HashMap<u32, _> =
            output.changes.into_iter().map(|c| (c.slot, (c.state, c.wake_at))).collect();
        for (slot, (id, segment)) in parts.into_iter().enumerate() {
            let Some(key) = self.keys.get_mut(&id) else { continue };
            key.folded(segment, changes.remove(&(slot as u32)));
            if let Some(progress) = progress.remove(&(slot as u32)) {
                key.progress = Some(progress);
            }
        }
    }

    fn wake(&mut self, id: &Id) {
        if let Some(at) = self.wake_of.remove(id) {
            self.wakes.remove(&(at, id.clone()));
        }
        let end = window(&self.incentive).1;
        if let Some(at) = self.keys.get(id).and_then(Key::wake_at).filter(|at| *at < end) {
            self.wakes.insert((at, id.clone()));
            self.wake_of.insert(id.clone(), at);
        }
    }

    /// All keys' timers again, after a checkpoint was loaded.
    pub(crate) fn rewake(&mut self) {
        let ids: Vec<Id> = self.keys.keys().cloned().collect();
        ids.iter().for_each(|id| self.wake(id));
    }

    /// When something is due although no block comes, by the clock.
    pub(crate) fn next_due(&self) -> Option<Millis> {
        let timer = self.wakes.first().map(|(at, _)| at + self.delays.settle_ms);
        [timer, self.closing_due()].into_iter().flatten().min()
    }

    /// What turns targets into subjects.
    pub(crate) fn context(&self) -> impl Targets + '_ {
        Context { task: self }
    }

    /// The period that an instant lies in: as opened, if it was.
    pub(crate) fn period_at(&self, time: Millis) -> Option<Period> {
        self.closing.opened_at(time).or_else(|| self.calendar.period_at(time))
    }
}

/// A fault that the host found in what a rule said.
pub(crate) fn output_fault(message: String) -> TaskError {
    TaskError::Fault { key: None, fault: Fault { kind: FaultKind::Output, message } }
}
