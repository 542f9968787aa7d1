//! What the journal says to a task besides facts: decisions of people, and what the house published.

use std::collections::BTreeMap;

use plaudit_core::{
    Id, Millis,
    calendar::Calendar,
    journal::{Decision, Entry},
};

use super::{
    finality::is_of_final_period,
    money,
    task::{Outcome, Pending, Task},
};

impl Task {
    /// Entries of the journal that concern this incentive, other than facts.
    pub(super) fn control(&mut self, entry: &Entry, held: &mut Outcome, pending: &mut BTreeMap<Id, Pending>) {
        let mine = self.incentive.id.clone();
        match entry {
            Entry::Decision { incentive, decision, actor }
                if *incentive == mine && is_of_final_period(decision) =>
            {
                self.accept(decision, actor, held);
            }
            Entry::Decision { incentive, decision, actor } if *incentive == mine => {
                self.decided(decision, actor, held, pending)
            }
            Entry::Released { incentive, .. } if *incentive == mine => {
                self.reserved.apply(self.cursor, entry);
            }
            Entry::BeaconPromised { incentive, period, chain, margin_ms } if *incentive == mine => {
                self.closing.promise(period, chain, *margin_ms);
            }
            Entry::BeaconRevealed { incentive, period, draw, beacon } if *incentive == mine => {
                self.beacon_revealed(period, draw, beacon);
            }
            Entry::PeriodOpened { incentive, period, seed_hashes } if *incentive == mine => {
                if !self.closing.is_opened(period.start) {
                    self.announce(period);
                }
                self.closing.opened(period, seed_hashes, self.cursor);
            }
            Entry::TicketsSealed { incentive, period, draw, tickets, list_hash, spec }
                if *incentive == mine =>
            {
                self.sealed(period, draw, tickets, list_hash, spec, held);
            }
            Entry::SeedRevealed { incentive, period, draw, seed } if *incentive == mine => {
                let is_of_tries = self.chances_revealed(period, draw, seed, held);
                if !is_of_tries {
                    self.revealed(period, draw, seed, held);
                }
            }
            Entry::ChancesSealed { incentive, period, chance, .. } if *incentive == mine => {
                self.chances_sealed(period, chance);
            }
            _ => {}
        }
    }

    pub(super) fn leaves_out(&self, entry: &Entry) -> bool {
        matches!(entry, Entry::Decision { incentive, decision: Decision::LeaveOut(_), .. }
            if *incentive == self.incentive.id)
    }

    fn decided(
        &mut self,
        decision: &Decision,
        actor: &Id,
        held: &mut Outcome,
        pending: &mut BTreeMap<Id, Pending>,
    ) {
        match decision {
            Decision::End => {
                let end =
                    self.at.min(self.incentive.end.unwrap_or(Millis::MAX)).max(self.incentive.start + 1);
                let zone = self.incentive.zone;
                if let Ok(calendar) =
                    Calendar::new(&self.incentive.periods, zone, self.incentive.start, Some(end))
                {
                    self.calendar = calendar;
                    self.incentive.end = Some(end);
                    self.ensure_keys();
                    let all = self.keys.keys().cloned().collect::<Vec<_>>();
                    all.into_iter().for_each(|key| pending.entry(key).or_default().everything = true);
                }
            }
            Decision::Disqualify { subject, reason } => self.disqualified(subject, reason, held),
            Decision::DisqualifyFromDraw { period, draw, subject, reason } => {
                self.barred(period, draw, subject, reason, held);
            }
            Decision::DrawWithoutBeacon { period, draw, reason } => {
                self.beacon_left_out(period, draw, actor, reason);
            }
            Decision::LeaveOut(position) => {
                // It may be folded already, by whichever key.
                self.left_out.insert(*position);
                let all = self.keys.keys().cloned().collect::<Vec<_>>();
                all.into_iter().for_each(|key| pending.entry(key).or_default().everything = true);
            }
            Decision::Approve { .. } | Decision::Refuse { .. } => {
                if let Some((award, verdict)) = money::verdict(decision, actor) {
                    self.book.decide(&award, verdict, &mut self.desired);
                }
            }
            Decision::Pause | Decision::Resume | Decision::Enable { .. } => {} // The worker's business.
            Decision::Adjust { .. } | Decision::LeaveAsItIs { .. } => {}       // See `accept`.
        }
    }

    /// Takes in what the journal said of periods, draws and disqualifications up to now, after everything was folded
    /// anew without a checkpoint.
    pub(crate) fn recall(&mut self, entries: &[(u64, Millis, Entry)]) {
        let now = (self.cursor, self.at);
        for (block, at, entry) in entries.iter().filter(|(_, _, entry)| is_recalled(entry)) {
            (self.cursor, self.at) = (*block, *at);
            self.control(entry, &mut Outcome::default(), &mut BTreeMap::new());
        }
        (self.cursor, self.at) = now;
    }
}

/// Whether an entry of the past says something that folding anew does not bring back.
fn is_recalled(entry: &Entry) -> bool {
    match entry {
        Entry::PeriodOpened { .. }
        | Entry::TicketsSealed { .. }
        | Entry::SeedRevealed { .. }
        | Entry::ChancesSealed { .. }
        | Entry::BeaconPromised { .. }
        | Entry::BeaconRevealed { .. } => true,
        Entry::Decision { decision, .. } => matches!(
            decision,
            Decision::Disqualify { .. }
                | Decision::DisqualifyFromDraw { .. }
                | Decision::DrawWithoutBeacon { .. }
        ),
        _ => false,
    }
}
