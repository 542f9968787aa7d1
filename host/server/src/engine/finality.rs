//! Behind the final boundary: what comes too late is listed, and what a manager accepts of it is booked.

use std::collections::BTreeSet;

use plaudit_core::{
    Id, Millis,
    event::{Event, Subject, SubjectKind},
    journal::{Adjusted, Block, Decision, Entry, Position},
    roster::Roster,
};
use plaudit_store::family::{
    adjustment::{Adjustment, Outcome as Booked},
    late::{LateFact, LateKind},
};

use super::task::{Outcome, Task};

/// A decision about a final period, with what is booked for it.
#[derive(Debug)]
pub(crate) struct Accepted {
    pub(crate) decision: Adjustment,
    /// Nothing unless it is booked.
    pub(crate) changes: Vec<Adjusted>,
}

/// Whether a decision is about a period that is final already.
pub(crate) fn is_of_final_period(decision: &Decision) -> bool {
    matches!(decision, Decision::Adjust { .. } | Decision::LeaveAsItIs { .. })
}

impl Task {
    /// A fact that concerns these instants behind the boundary, for the list.
    pub(crate) fn late_fact(&self, event: &Event, is_revision: bool, times: &[Millis]) -> LateFact {
        let what = match (event.retracted, is_revision) {
            (true, _) => LateKind::Retracted,
            (false, true) => LateKind::Revised,
            (false, false) => LateKind::New,
        };
        let periods: BTreeSet<_> =
            times.iter().filter_map(|time| self.calendar.period_at(*time)).map(|p| (p.start, p.id)).collect();
        LateFact {
            what,
            subject: event.subject.clone(),
            kind: event.kind.clone(),
            name: event.fact_name().clone(),
            time: times.iter().copied().min().unwrap_or(event.time),
            periods: periods.into_iter().map(|(_, id)| id).collect(),
            at: self.at,
        }
    }

    /// Lists changes of the roster that reach behind the boundary: who was elsewhere then than was known when it
    /// became final.
    pub(crate) fn roster_is_late(&self, block: &Block, before: &Roster, outcome: &mut Outcome) {
        let boundary = self.closing.final_through;
        if boundary <= self.incentive.start {
            return;
        }
        for (index, entry) in block.entries.iter().enumerate() {
            let Entry::Roster(plaudit_core::roster::RosterChange::Agent(agent)) = entry else { continue };
            let Some(time) = self.differs_from(before, &agent.id).filter(|time| *time < boundary) else {
                continue;
            };
            let late = LateFact {
                what: LateKind::Roster,
                subject: Subject { kind: SubjectKind::Agent, id: agent.id.clone() },
                kind: "".into(),
                name: "".into(),
                time,
                periods: self.periods_within(time, boundary),
                at: self.at,
            };
            outcome.late.push((Position { block: block.number, index: index as u32 }, late));
        }
    }

    /// The earliest instant of the window at which an agent's terms differ from what another roster says, as far as
    /// they matter to this incentive: team or audience.
    fn differs_from(&self, before: &Roster, agent: &Id) -> Option<Millis> {
        let window = (self.incentive.start, self.closing.final_through);
        let then = before.intervals(&self.incentive.audience, agent, window);
        let now = self.roster.intervals(&self.incentive.audience, agent, window);
        let at = |intervals: &[plaudit_core::roster::Interval], time: Millis| {
            intervals.iter().find(|i| i.from <= time && time < i.to).map(|i| i.team.clone())
        };
        let mut instants: Vec<Millis> =
            then.iter().chain(&now).flat_map(|i| [i.from, i.to]).chain([window.0]).collect();
        instants.sort_unstable();
        instants.into_iter().find(|time| *time < window.1 && at(&then, *time) != at(&now, *time))
    }

    /// Ids of the periods from an instant up to the boundary, at most a year of days.
    fn periods_within(&self, from: Millis, boundary: Millis) -> Vec<Id> {
        let mut ids = Vec::new();
        let mut next = self.calendar.period_at(from);
        while let Some(period) = next.filter(|p| p.start < boundary && ids.len() < 366) {
            ids.push(period.id.clone());
            next = self.calendar.next_after(&period);
        }
        ids
    }

    /// Takes in a decision about a final period. Parts of one adjustment become one.
    pub(crate) fn accept(&self, decision: &Decision, actor: &Id, outcome: &mut Outcome) {
        let (period, digest, changes, booked) = match decision {
            Decision::Adjust { period, digest, changes, .. } => {
                (period, digest, changes.clone(), Booked::Booked)
            }
            Decision::LeaveAsItIs { period, digest } => (period, digest, Vec::new(), Booked::Left),
            _ => return,
        };
        let same = |a: &&mut Accepted| a.decision.outcome == booked && a.decision.digest == *digest;
        if let Some(before) = outcome.adjustments.iter_mut().find(same) {
            before.changes.extend(changes);
            return;
        }
        let decision = Adjustment {
            period: period.clone(),
            digest: digest.clone(),
            actor: actor.clone(),
            at: self.at,
            outcome: booked,
            changes: 0,
            units: 0,
        };
        outcome.adjustments.push(Accepted { decision, changes });
    }

    /// Books what was accepted, each adjustment whole or not at all: the allotment may have become too small since the
    /// manager looked.
    pub(crate) fn book_accepted(&mut self, outcome: &mut Outcome) {
        if self.silent {
            outcome.adjustments.clear(); // What it came to stands already.
            return;
        }
        for Accepted { decision, changes } in &mut outcome.adjustments {
            let units = |c: &Adjusted| c.posting.as_ref().map_or(0, |(_, units)| *units);
            decision.units = changes.iter().map(units).sum();
            decision.changes = changes.len() as u32;
            let left = self.book.purse.as_ref().map_or(0, |purse| purse.available);
            if decision.units > 0 && decision.units > left {
                decision.outcome = Booked::Refused { left };
                changes.clear();
                continue;
            }
            for change in changes {
                self.book.adjust(&change.standing, units(change));
            }
        }
    }
}
