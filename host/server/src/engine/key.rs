//! A key: its state at the watermark, its steps after it, and what its folds said.
//!
//! Time is cut into *spans* (local days, cut again at period bounds). A key keeps the state at the start of each span
//! that had steps, back to the last final boundary. Within the open span it keeps two snapshots and the steps after
//! the older one, so that jitter folds only a few steps again; what is older is folded again from the start of its
//! span, with facts read from the history.

mod parked;

use std::collections::VecDeque;

use plaudit_core::{
    Id, Millis,
    award::EffectId,
    board::Cell,
    draw::Try,
    journal::Position,
    order::{StepOrder, Turn},
    rule::{Plan, Progress},
    settle::Contribution,
};
use serde::{Deserialize, Serialize};

use self::parked::Parked;
pub(crate) use self::parked::{Refill, Stretch};

/// One step of a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Step {
    /// Where it stands among the key's steps.
    pub(crate) order: StepOrder,
    /// Where its event stands in the journal; `None` for joining and leaving.
    pub(crate) position: Option<Position>,
    /// The agent it speaks of.
    pub(crate) agent: Option<Id>,
    /// Value and weight per planned metric, NaN where absent.
    pub(crate) measures: Vec<(f64, f64)>,
    /// Per planned attribute.
    pub(crate) attributes: Vec<Option<Id>>,
}

/// What a span's steps added up to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sums {
    /// Cells per board and column.
    pub(crate) boards: Vec<Vec<Cell>>,
    /// Tickets per draw.
    pub(crate) tickets: Vec<u64>,
}

impl Sums {
    pub(crate) fn empty(plan: &Plan) -> Self {
        let boards = plan.boards.iter().map(|b| vec![Cell::default(); b.columns.len()]).collect();
        Self { boards, tickets: vec![0; plan.draws.len()] }
    }

    pub(crate) fn merge(&mut self, later: &Self) {
        for (mine, theirs) in self.boards.iter_mut().zip(&later.boards) {
            for (cell, other) in mine.iter_mut().zip(theirs) {
                cell.merge(other);
            }
        }
        for (mine, theirs) in self.tickets.iter_mut().zip(&later.tickets) {
            *mine += theirs;
        }
    }
}

/// An effect that a fold said, with where it came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Emitted {
    pub(crate) id: EffectId,
    pub(crate) contribution: Contribution,
}

/// A try for an instant win, won or not: what the receipt of a period lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tried {
    /// Index into the plan's chances.
    pub(crate) chance: u32,
    pub(crate) what: Try,
}

/// A stretch of time `[start, end)` with the state at its start and what its steps said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Span {
    pub(crate) start: Millis,
    pub(crate) end: Millis,
    /// What the span before it left, also where the key begins anew: whoever goes back to here stands where that ended.
    pub(crate) state: Vec<u8>,
    pub(crate) wake_at: Option<Millis>,
    /// Whether the key begins anew with it.
    pub(crate) is_anew: bool,
    pub(crate) sums: Sums,
    pub(crate) effects: Vec<Emitted>,
    pub(crate) tries: Vec<Tried>,
}

impl Span {
    /// Whether nothing was scored, earned or caused in it.
    pub(crate) fn is_silent(&self) -> bool {
        let is_empty = self.sums.boards.iter().flatten().all(|cell| *cell == Cell::default());
        self.effects.is_empty() && is_empty && self.sums.tickets.iter().all(|count| *count == 0)
    }
}

/// The state after some steps of the open span.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) state: Vec<u8>,
    pub(crate) wake_at: Option<Millis>,
    /// Everything up to here, inclusive, is folded, timers too.
    pub(crate) until: Millis,
    /// The last step folded in this span.
    pub(crate) last: Option<StepOrder>,
    sums: Sums,
    effects: usize,
    tries: usize,
    tail: usize,
}

impl Snapshot {
    /// Whether a step at `order` comes after everything folded so far.
    fn precedes(&self, order: &StepOrder) -> bool {
        self.until < order.time
            || (self.until == order.time && self.last.as_ref().is_none_or(|last| last < order))
    }
}

/// Steps to fold in one call, with nothing of this key in between.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) steps: Vec<Step>,
    pub(crate) until: Millis,
    /// When the state that comes out of it ends, and its timers with it.
    state_until: Millis,
}

/// How time is cut, as a key needs to know it.
pub(crate) trait Cuts {
    /// The span that an instant lies in.
    fn span_of(&self, at: Millis) -> (Millis, Millis);
    /// The first instant at which a state of this time is no more: the key begins anew there.
    fn state_until(&self, at: Millis) -> Millis;
}

/// A key with everything that is derived for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Key {
    pub(crate) id: Id,
    /// State at the last final boundary, or at the very beginning.
    origin: Vec<u8>,
    origin_wake_at: Option<Millis>,
    origin_at: Millis,
    /// An instant of the state at the boundary: where states end with their period, it tells which period's it is.
    origin_of: Millis,
    pub(crate) spans: Vec<Span>,
    now: Snapshot,
    base: Option<Snapshot>,
    mid: Option<Snapshot>,
    tail: Vec<Step>,
    todo: VecDeque<Step>,
    /// When the key joins and leaves the audience.
    pub(crate) membership: Vec<(Millis, Turn)>,
    joined: usize,
    pub(crate) progress: Option<Progress>,
    /// Only while a block is processed.
    #[serde(skip)]
    parked: Option<Box<Parked>>,
}

/// What became of a wish to insert or remove steps.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rewound {
    /// The steps needed are at hand.
    Ready,
    /// The facts of this stretch have to be read from the history and given to [`Key::refill`].
    NeedsHistory(Stretch),
}

impl Key {
    /// A key without a past, for an incentive whose window starts at `start`.
    pub(crate) fn new(id: Id, start: Millis, plan: &Plan) -> Self {
        let now = Snapshot {
            state: Vec::new(),
            wake_at: None,
            until: start - 1,
            last: None,
            sums: Sums::empty(plan),
            effects: 0,
            tries: 0,
            tail: 0,
        };
        Self {
            id,
            origin: Vec::new(),
            origin_wake_at: None,
            origin_at: start,
            origin_of: start,
            spans: Vec::new(),
            now,
            base: None,
            mid: None,
            tail: Vec::new(),
            todo: VecDeque::new(),
            membership: Vec::new(),
            joined: 0,
            progress: None,
            parked: None,
        }
    }

    /// A key as it stood at the start of one of its spans, to fold from there again beside the one that is in use.
    pub(crate) fn resumed(id: Id, span: &Span, membership: Vec<(Millis, Turn)>, plan: &Plan) -> Self {
        let mut key = Self::new(id, span.start, plan);
        if !span.is_anew {
            (key.origin, key.origin_wake_at) = (span.state.clone(), span.wake_at);
            (key.now.state, key.now.wake_at) = (span.state.clone(), span.wake_at);
        }
        key.joined = membership.partition_point(|(time, _)| *time < span.start);
        key.membership = membership;
        key
    }

    /// The state as it is now.
    pub(crate) fn state(&self) -> &[u8] {
        &self.now.state
    }

    /// Up to when the base has folded, and the times of the steps after it.
    #[cfg(test)]
    pub(crate) fn shape(&self) -> (Option<Millis>, Vec<Millis>) {
        (self.base.as_ref().map(|base| base.until), self.tail.iter().map(|step| step.order.time).collect())
    }

    /// When something has to be folded although no event came: a timer, or joining or leaving.
    pub(crate) fn wake_at(&self) -> Option<Millis> {
        let next = self.membership.get(self.joined).map(|(at, _)| *at);
        [self.now.wake_at, next].into_iter().flatten().min()
    }

    /// Takes steps in and versions out. `gone` receives the effects that are void until folded again.
    pub(crate) fn amend(
        &mut self,
        mut steps: Vec<Step>,
        removed: &[(Millis, Position)],
        gone: &mut Vec<Emitted>,
    ) -> Rewound {
        let is_removed = |s: &Step| removed.iter().any(|(_, p)| s.position == Some(*p));
        steps.retain(|s| !is_removed(s)); // A version may come and go within one block.
        let mut removed_orders = Vec::new();
        for (time, position) in removed {
            match self.tail.iter().find(|s| s.position == Some(*position)) {
                Some(step) => removed_orders.push(step.order.clone()),
                None if self.base.as_ref().is_some_and(|base| base.until < *time) => {} // It never was a step.
                None if self.base.is_none() && self.now.until < *time => {}
                // What the history gives holds all of this block.
                None => return Rewound::NeedsHistory(self.rewind(steps, removed, gone)),
            }
        }
        let earliest = steps.iter().map(|s| &s.order).chain(&removed_orders).min().cloned();
        let Some(earliest) = earliest else { return Rewound::Ready };
        if self.spans.last().is_some_and(|open| earliest.time < open.start) {
            // Snapshots are of the open span: its base would take a step of the very last instant before it.
            return Rewound::NeedsHistory(self.rewind(steps, removed, gone));
        }
        if removed_orders.is_empty() && self.now.precedes(&earliest) {
            self.queue(steps);
            return Rewound::Ready;
        }
        let mid =
            self.mid.take_if(|mid| !mid.precedes(&earliest)).is_none().then(|| self.mid.clone()).flatten();
        let Some(snapshot) = mid.or_else(|| self.base.clone().filter(|base| base.precedes(&earliest))) else {
            return Rewound::NeedsHistory(self.rewind(steps, removed, gone));
        };
        self.restore(snapshot, gone);
        let again = self.tail.split_off(self.now.tail);
        self.queue(again.into_iter().filter(|s| !is_removed(s)).collect());
        self.queue(steps);
        Rewound::Ready
    }

    /// Gives the facts that a rewound key needs.
    pub(crate) fn refill(&mut self, steps: Vec<Step>) {
        self.queue(steps);
    }

    /// The next steps to fold, or `None` when all is folded up to the watermark. Opens a span where needed.
    pub(crate) fn next_segment(
        &mut self,
        watermark: Millis,
        steps_max: usize,
        cuts: &impl Cuts,
        plan: &Plan,
    ) -> Option<Segment> {
        let goal = self.todo.back().map_or(watermark, |s| s.order.time.max(watermark)).min(self.limit() - 1);
        self.join_until(goal);
        let timer = self.now.wake_at.filter(|at| *at <= goal);
        let due = [self.todo.front().map(|s| s.order.time), timer].into_iter().flatten().min()?;
        let (start, end) = cuts.span_of(due);
        if self.spans.last().is_none_or(|span| span.start != start) {
            let is_anew = cuts.state_until(self.state_of()) <= start;
            self.open_span(start, end, is_anew, plan);
        }
        let in_span = self.todo.iter().take(steps_max).take_while(|s| s.order.time < end).count();
        let steps: Vec<Step> = self.todo.drain(..in_span).collect();
        let last = steps.last().map(|s| s.order.time);
        let until = match self.todo.front() {
            Some(next) if next.order.time < end => last.unwrap_or(due),
            Some(_) => end - 1,
            None => watermark.max(last.unwrap_or(due)).min(end - 1),
        };
        Some(Segment { steps, until, state_until: cuts.state_until(start) })
    }

    /// An instant at which the state is that of now.
    fn state_of(&self) -> Millis {
        self.spans.last().map_or(self.origin_of, |span| span.start)
    }

    /// Takes in what a segment's fold returned.
    pub(crate) fn folded(&mut self, segment: Segment, state: Option<(Vec<u8>, Option<Millis>)>) {
        if let Some((state, wake_at)) = state {
            self.now.state = state;
            // A timer of a state that is no more then does not fire.
            self.now.wake_at = wake_at.filter(|at| *at < segment.state_until);
        }
        self.now.until = segment.until;
        if let Some(last) = segment.steps.last() {
            self.now.last = Some(last.order.clone());
        }
        self.tail.extend(segment.steps);
        self.now.tail = self.tail.len();
        self.now.effects = self.spans.last().map_or(0, |s| s.effects.len());
        self.now.tries = self.spans.last().map_or(0, |s| s.tries.len());
        if let Some(span) = self.spans.last() {
            self.now.sums.clone_from(&span.sums);
        }
    }

    /// After all is folded: moves the base up to the watermark, so that the tail stays short.
    pub(crate) fn settle_base(&mut self, watermark: Millis) {
        if self.mid.as_ref().is_some_and(|mid| mid.until <= watermark) {
            self.base = self.mid.take();
            let folded = self.base.as_ref().map_or(0, |b| b.tail);
            self.tail.drain(..folded);
            self.now.tail -= folded;
            if let Some(base) = &mut self.base {
                base.tail = 0;
            }
        }
        if self.mid.is_none() {
            self.mid = Some(self.now.clone());
        }
    }

    /// Makes a final boundary the oldest point to fold from.
    pub(crate) fn finish(&mut self, boundary: Millis) {
        let done = self.spans.partition_point(|span| span.end <= boundary);
        if let Some(last) = done.checked_sub(1).and_then(|last| self.spans.get(last)) {
            self.origin_of = last.start;
        }
        match self.spans.get(done) {
            Some(next) => (self.origin, self.origin_wake_at) = (next.state.clone(), next.wake_at),
            None => (self.origin, self.origin_wake_at) = (self.now.state.clone(), self.now.wake_at),
        }
        self.origin_at = self.origin_at.max(boundary);
        if done == self.spans.len() {
            self.tail.clear();
            (self.base, self.mid) = (None, None);
            self.now.tail = 0;
            self.now.last = None;
            self.now.until = self.now.until.max(boundary - 1);
        }
        self.spans.drain(..done);
    }

    /// Makes everything folded so far the state at a boundary, the oldest point to fold from.
    pub(crate) fn begin_here(&mut self, boundary: Millis) {
        self.origin_of = self.state_of();
        self.spans.clear();
        self.finish(boundary);
    }

    /// The sums of the spans within a period.
    pub(crate) fn sums_within(&self, start: Millis, end: Millis, plan: &Plan) -> Sums {
        let mut sums = Sums::empty(plan);
        for span in self.spans.iter().filter(|s| s.start >= start && s.start < end) {
            sums.merge(&span.sums);
        }
        sums
    }

    /// The tries within a period.
    pub(crate) fn tries_within(&self, start: Millis, end: Millis) -> impl Iterator<Item = &Tried> {
        self.spans.iter().filter(move |s| s.start >= start && s.start < end).flat_map(|s| &s.tries)
    }

    /// Another membership, and whether it makes a difference; which of it is folded already is found from what is
    /// folded. Behind the last final boundary it stays as it was folded: who is known only now to have joined or left
    /// there does so at the boundary.
    pub(crate) fn set_membership(&mut self, membership: &[(Millis, Turn)]) -> bool {
        let boundary = self.origin_at;
        let is_in = |turns: &[(Millis, Turn)]| turns.last().is_some_and(|(_, turn)| *turn == Turn::Entered);
        let final_turns = self.membership.partition_point(|(time, _)| *time < boundary);
        let mut turns = self.membership[..final_turns].to_vec();
        let (before, now) = membership.split_at(membership.partition_point(|(time, _)| *time <= boundary));
        match (is_in(&turns), is_in(before)) {
            (false, true) => turns.push((boundary, Turn::Entered)),
            (true, false) => turns.push((boundary, Turn::Left)),
            _ => {}
        }
        turns.extend_from_slice(now);
        let differs = self.membership != turns;
        self.membership = turns;
        let until = self.now.until;
        self.joined = self.membership.partition_point(|(time, _)| *time <= until);
        differs
    }

    fn queue(&mut self, mut steps: Vec<Step>) {
        if steps.is_empty() {
            return;
        }
        steps.extend(self.todo.drain(..));
        steps.sort_by(|a, b| a.order.cmp(&b.order));
        self.todo = steps.into();
    }

    fn join_until(&mut self, goal: Millis) {
        let mut joining = Vec::new();
        while let Some((at, turn)) = self.membership.get(self.joined).filter(|(at, _)| *at <= goal) {
            joining.push(Step {
                order: StepOrder::membership(*at, *turn, self.id.clone()),
                position: None,
                agent: None,
                measures: Vec::new(),
                attributes: Vec::new(),
            });
            self.joined += 1;
        }
        self.queue(joining);
    }

    fn open_span(&mut self, start: Millis, end: Millis, is_anew: bool, plan: &Plan) {
        let sums = Sums::empty(plan);
        self.spans.push(Span {
            start,
            end,
            state: self.now.state.clone(),
            wake_at: self.now.wake_at,
            is_anew,
            sums: sums.clone(),
            effects: Vec::new(),
            tries: Vec::new(),
        });
        if is_anew {
            (self.now.state, self.now.wake_at, self.progress) = (Vec::new(), None, None);
        }
        self.now.until = self.now.until.max(start - 1);
        self.now.last = None;
        self.now.sums = sums;
        (self.now.effects, self.now.tries) = (0, 0);
        self.now.tail = 0;
        self.tail.clear();
        self.base = Some(Snapshot { until: start - 1, ..self.now.clone() });
        self.mid = None;
    }

    fn restore(&mut self, snapshot: Snapshot, gone: &mut Vec<Emitted>) {
        if let Some(span) = self.spans.last_mut() {
            gone.extend(span.effects.drain(snapshot.effects.min(span.effects.len())..));
            span.tries.truncate(snapshot.tries);
            span.sums.clone_from(&snapshot.sums);
        }
        self.now = snapshot;
    }
}
