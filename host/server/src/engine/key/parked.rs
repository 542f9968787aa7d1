//! Going back behind the base without folding everything after it again.
//!
//! A rule is a pure function: if a span that was folded again ends in the state that the next one started from, that
//! next span would say what it said before. So the spans after the first one that changed are only *parked*. They are
//! taken back as they are when the states meet; where they do not meet, the fold goes on into them.

use std::collections::VecDeque;

use plaudit_core::{Id, Millis, journal::Position};

use super::{Cuts, Emitted, Key, Snapshot, Span, Step};

/// A stretch of time `[from, to)` whose facts a key needs.
pub(crate) type Stretch = (Millis, Millis);

/// What comes after the stretch that is folded again: never empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Parked {
    spans: VecDeque<Span>,
    /// Instants of the facts that came or went.
    touched: Vec<Millis>,
    /// Steps that sort behind everything: they are at hand, should the states meet.
    ahead: Vec<Step>,
    now: Snapshot,
    base: Option<Snapshot>,
    mid: Option<Snapshot>,
    tail: Vec<Step>,
    joined: usize,
    progress: Option<plaudit_core::rule::Progress>,
    /// How many spans to read at once when the states go on to differ; doubled each time.
    stride: usize,
}

impl Parked {
    /// Start of the first span that is parked: up to here the key is folded meanwhile.
    pub(super) fn start(&self) -> Millis {
        self.spans.front().map_or(Millis::MAX, |span| span.start)
    }

    /// Whether a fact came or went in the first span, or between it and the next.
    fn is_touched(&self) -> bool {
        let (from, to) = (self.start(), self.spans.get(1).map_or(Millis::MAX, |next| next.start));
        self.touched.iter().any(|at| from <= *at && *at < to)
    }
}

impl Key {
    /// Forgets what follows from the earliest of some facts that came or went, and says for which stretch facts are
    /// needed. The facts themselves are among what the history gives, so they are not kept.
    pub(super) fn rewind(
        &mut self,
        steps: Vec<Step>,
        removed: &[(Millis, Position)],
        gone: &mut Vec<Emitted>,
    ) -> Stretch {
        let (ahead, steps): (Vec<_>, Vec<_>) =
            steps.into_iter().partition(|step| self.now.precedes(&step.order));
        let of_steps = steps.iter().map(|step| step.order.time);
        let touched: Vec<_> = of_steps.chain(removed.iter().map(|(time, _)| *time)).collect();
        let from = touched.iter().min().copied().unwrap_or(self.origin_at);
        let keep = self.spans.partition_point(|span| span.start <= from).saturating_sub(1);
        let mut later: VecDeque<_> = self.spans.drain(keep..).collect();
        let first =
            if later.front().is_some_and(|span| span.start <= from) { later.pop_front() } else { None };
        let parked = (!later.is_empty()).then(|| {
            Box::new(Parked {
                spans: later,
                touched,
                ahead,
                now: self.now.clone(),
                base: self.base.take(),
                mid: self.mid.take(),
                tail: std::mem::take(&mut self.tail),
                joined: self.joined,
                progress: self.progress.clone(),
                stride: 1,
            })
        });
        let start = match first {
            Some(first) => {
                self.stand_at(first.start, first.state, first.wake_at);
                gone.extend(first.effects);
                first.start
            }
            None => {
                self.stand_at(self.origin_at, self.origin.clone(), self.origin_wake_at);
                self.origin_at
            }
        };
        self.parked = parked;
        (start, self.limit())
    }

    /// Everything from the last final boundary on.
    pub(crate) fn rewind_all(&mut self, gone: &mut Vec<Emitted>) -> Stretch {
        gone.extend(self.spans.drain(..).flat_map(|span| span.effects));
        self.parked = None;
        self.stand_at(self.origin_at, self.origin.clone(), self.origin_wake_at);
        (self.origin_at, Millis::MAX)
    }

    /// Whether spans are parked: [`Key::resume`] has to be asked once everything before them is folded.
    pub(crate) fn is_parked(&self) -> bool {
        self.parked.is_some()
    }

    /// First instant that must not be folded yet.
    pub(super) fn limit(&self) -> Millis {
        self.parked.as_ref().map_or(Millis::MAX, |parked| parked.start())
    }

    /// All before the parked spans is folded: takes back those that hold, and says for which stretch facts are needed
    /// to go on. `None`: the key is where it was, or has only what is ahead to fold.
    pub(crate) fn resume(&mut self, gone: &mut Vec<Emitted>, cuts: &impl Cuts) -> Option<Stretch> {
        let mut parked = self.parked.take()?;
        let mut take = 1;
        let state_until = cuts.state_until(self.state_of());
        let meets = |next: &Span| {
            // What it starts from now, and what it started from: nothing, where the key begins anew with it.
            let now = (state_until > next.start).then_some((&self.now.state, self.now.wake_at));
            let before = (!next.is_anew).then_some((&next.state, next.wake_at));
            let nothing = (&Vec::new(), None);
            now.unwrap_or(nothing) == before.unwrap_or(nothing)
        };
        match parked.spans.front_mut() {
            Some(next) if meets(next) => {
                (next.state, next.wake_at) = (self.now.state.clone(), self.now.wake_at);
                next.is_anew = state_until <= next.start;
                while !parked.is_touched() {
                    match parked.spans.pop_front() {
                        Some(span) => self.spans.push(span),
                        None => {
                            self.take_back(*parked);
                            return None;
                        }
                    }
                }
                let next = parked.spans.front()?;
                self.stand_at(next.start, next.state.clone(), next.wake_at);
            }
            _ => {
                take = parked.stride;
                parked.stride *= 2;
            }
        }
        let from = parked.start();
        let void = take.min(parked.spans.len());
        gone.extend(parked.spans.drain(..void).flat_map(|span| span.effects));
        self.parked = (!parked.spans.is_empty()).then_some(parked);
        Some((from, self.limit()))
    }

    fn take_back(&mut self, parked: Parked) {
        let Parked { now, base, mid, tail, joined, progress, ahead, .. } = parked;
        (self.now, self.base, self.mid, self.tail) = (now, base, mid, tail);
        (self.joined, self.progress) = (joined, progress);
        self.queue(ahead);
    }

    /// Nothing from an instant on is folded.
    fn stand_at(&mut self, at: Millis, state: Vec<u8>, wake_at: Option<Millis>) {
        (self.now.state, self.now.wake_at) = (state, wake_at);
        (self.now.until, self.now.last) = (at - 1, None);
        if let Some(last) = self.spans.last() {
            self.now.sums.clone_from(&last.sums);
            self.now.effects = last.effects.len();
            self.now.tries = last.tries.len();
        }
        self.now.tail = 0;
        self.tail.clear();
        self.todo.clear();
        (self.base, self.mid) = (None, None);
        self.joined = self.membership.partition_point(|(time, _)| *time < at);
    }
}

/// What a key that was wound back needs.
pub(crate) type Refill = (Id, Stretch);
