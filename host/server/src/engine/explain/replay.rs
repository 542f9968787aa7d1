//! A key's steps of a period, folded once more beside the task, to see what each of them did.

use std::collections::HashMap;

use plaudit_core::{
    Id, Millis,
    award::EffectId,
    calendar::Calendar,
    event::Subject,
    incentive::{Incentive, Period},
    journal::Position,
    limits::STEPS_PER_CALL_MAX,
    order::Turn,
    roster::Roster,
    rule::{CallError, Effects, FoldOutput, Guest, Origin, Plan, Progress, Target},
};

use super::super::{
    cut::Cut,
    fold::{self, Setting, Targets, Zones},
    key::{Key, Segment, Step, Sums},
    steps::window,
};
use crate::api::explained::{Did, Luck, Moment, MomentKind};

/// Steps that are folded one by one, so that each shows what it changed and what was within reach after it. More are
/// folded in calls of many: then only what carries its step is known of each.
pub(super) const STEPS_ALONE_MAX: usize = 1_000;
/// Steps that are folded again for an answer.
pub(super) const STEPS_MAX: usize = 20_000;

/// What folding again is done with.
pub(super) struct Ground<'a> {
    pub(super) incentive: &'a Incentive,
    pub(super) plan: &'a Plan,
    pub(super) ratios: Vec<bool>,
    pub(super) calendar: &'a Calendar,
    pub(super) roster: &'a Roster,
    pub(super) shared: &'a [(Millis, Vec<u8>)],
    pub(super) period: &'a Period,
    pub(super) watermark: Millis,
}

/// What a period's steps came to.
#[derive(Debug, Default)]
pub(super) struct Replayed {
    pub(super) did: HashMap<Position, Did>,
    pub(super) moments: Vec<Moment>,
    pub(super) sums: Sums,
    pub(super) progress: Option<Progress>,
    /// What was within reach before each fact.
    pub(super) before: HashMap<Position, Progress>,
}

impl Targets for Ground<'_> {
    fn subjects(&self, target: &Target, time: Millis, itself: Option<Subject>) -> Vec<Subject> {
        fold::subjects_of(target, time, itself, (&self.incentive.audience, self.roster))
    }

    fn period_of(&self, _: Millis) -> Option<Id> {
        Some(self.period.id.clone()) // Nothing is folded here but the period.
    }
}

impl Ground<'_> {
    /// Folds a key's steps, from the state at the start of the period's first span.
    ///
    /// # Errors
    /// The rule or the host failed.
    pub(super) fn replay(
        &self,
        guest: &mut dyn Guest,
        mut key: Key,
        steps: Vec<Step>,
    ) -> Result<Replayed, CallError> {
        let at_once = if steps.len() <= STEPS_ALONE_MAX { 1 } else { STEPS_PER_CALL_MAX };
        let until = self.watermark.min(self.period.end - 1).min(window(self.incentive).1 - 1);
        let agent = Cut::agent_of(self.plan.key, self.roster, &key.id);
        let cut = Cut { calendar: self.calendar, zone: self.incentive.zone, agent, kept: self.plan.state };
        let mut replayed = Replayed { sums: Sums::empty(self.plan), ..Replayed::default() };
        let mut zones = Zones::default();
        key.refill(steps);
        while let Some(segment) = key.next_segment(until, at_once, &cut, self.plan) {
            let (output, caused) = self.call(guest, &mut zones, &key, &segment)?;
            let change = output.changes.into_iter().find(|c| c.slot == 0).map(|c| (c.state, c.wake_at));
            let is_other = change.as_ref().map(|(state, _)| state != key.state());
            let alone = (at_once == 1).then(|| is_other.unwrap_or(false));
            replayed.take_in(&segment, &output.effects, caused, alone);
            key.folded(segment, change);
        }
        Ok(replayed)
    }

    fn call(
        &self,
        guest: &mut dyn Guest,
        zones: &mut Zones,
        key: &Key,
        segment: &Segment,
    ) -> Result<(FoldOutput, Caused), CallError> {
        let from = segment.steps.first().map_or(segment.until, |s| s.order.time);
        let shared = self.shared.iter().rev().find(|(since, _)| *since <= from);
        let setting = Setting {
            kind: self.plan.key,
            zone: self.incentive.zone,
            roster: self.roster,
            shared: shared.map_or(&[], |(_, shared)| shared),
            metrics: self.plan.metrics.len(),
            ratios: &self.ratios,
            attributes: self.plan.attributes.len(),
        };
        let parts = [(key.id.clone(), key.state().to_vec(), segment)];
        let batch = fold::batch(&setting, zones, &parts);
        let output = guest.fold(&self.incentive.settings, &batch)?;
        fold::check(&batch, &output).map_err(CallError::Rule)?;
        let name = |step: u32| {
            segment.steps.get(step as usize).map_or_else(|| "".into(), |step| step.order.name.clone())
        };
        let (incentive, kind) = (&self.incentive.id, self.plan.key);
        let emitted = fold::emitted_by(incentive, kind, &batch, &output.effects, &name, self);
        let emitted = emitted.map_err(CallError::Rule)?;
        let tries = fold::tried_by(incentive, kind, &batch, &output.effects.chances, &name, self);
        let caused = Caused {
            effects: emitted.into_iter().map(|(_, origin, emitted)| (origin, emitted.id)).collect(),
            tries: tries.map_err(CallError::Rule)?,
        };
        Ok((output, caused))
    }
}

/// What a call's steps and timers asked for.
struct Caused {
    effects: Vec<(Origin, EffectId)>,
    tries: Vec<(Origin, Luck)>,
}

impl Replayed {
    /// Sorts what a call said to its steps. `changed` says whether its only step changed the state.
    fn take_in(&mut self, segment: &Segment, effects: &Effects, caused: Caused, changed: Option<bool>) {
        let mut did: Vec<Did> = vec![Did { changed, ..Did::default() }; segment.steps.len()];
        for score in &effects.scores {
            let (board, column) = (score.board as usize, score.column as usize);
            if let Some(cell) = self.sums.boards.get_mut(board).and_then(|cells| cells.get_mut(column)) {
                cell.add(score.value, score.weight);
            }
            if let Some(did) = did.get_mut(score.step as usize) {
                did.scores.push((board, column, score.value, score.weight));
            }
        }
        for tickets in &effects.tickets {
            let (draw, count) = (tickets.draw as usize, u64::from(tickets.count));
            if let Some(sum) = self.sums.tickets.get_mut(draw) {
                *sum += count;
            }
            if let Some(did) = did.get_mut(tickets.step as usize) {
                did.tickets.push((draw, count));
            }
        }
        for (origin, effect) in caused.effects {
            if let Some(did) = self.did_of(&mut did, origin) {
                did.effects.push(effect);
            }
        }
        for (origin, luck) in caused.tries {
            if let Some(did) = self.did_of(&mut did, origin) {
                did.tries.push(luck);
            }
        }
        if let [step] = &segment.steps[..]
            && let (Some(position), Some(before)) = (step.position, &self.progress)
        {
            self.before.insert(position, before.clone());
        }
        if let Some(progress) = effects.progress.last() {
            if changed.is_some()
                && let Some(did) = did.last_mut()
            {
                did.progress = Some(progress.clone());
            }
            self.progress = Some(progress.clone());
        }
        for (step, did) in segment.steps.iter().zip(did) {
            let kind = match (step.position, step.order.turn) {
                (Some(position), _) => {
                    self.did.insert(position, did);
                    continue;
                }
                (None, Turn::Left) => MomentKind::Left,
                (None, Turn::Entered | Turn::Event) => MomentKind::Joined,
            };
            self.moments.push(Moment { at: step.order.time, kind, did });
        }
    }

    /// What a step of the call did, or the timer that it called.
    fn did_of<'a>(&'a mut self, did: &'a mut [Did], origin: Origin) -> Option<&'a mut Did> {
        match origin {
            Origin::Step(step) => did.get_mut(step as usize),
            Origin::Timer { at, .. } => Some(self.timer(at)),
            Origin::Close => None, // Refused by the fold.
        }
    }

    fn timer(&mut self, at: Millis) -> &mut Did {
        let known = self.moments.iter().rposition(|m| m.kind == MomentKind::Timer && m.at == at);
        let index = known.unwrap_or_else(|| {
            self.moments.push(Moment { at, kind: MomentKind::Timer, did: Did::default() });
            self.moments.len() - 1
        });
        &mut self.moments[index].did
    }
}
