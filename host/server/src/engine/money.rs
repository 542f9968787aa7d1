//! A task's money: what is set aside for it, what was decided about its awards, and what it gives back.

use plaudit_core::{
    Id, Millis,
    journal::{Decision, Entry},
    reserve::Reservation,
    settle::Verdict,
};

use super::task::{Outcome, Task};

/// What somebody said about an award, if that is what was decided.
pub(super) fn verdict(decision: &Decision, actor: &Id) -> Option<(Id, Verdict)> {
    match decision {
        Decision::Approve { award, up_to } => {
            Some((award.clone(), Verdict::Approved { by: actor.clone(), up_to: up_to.clone() }))
        }
        Decision::Refuse { award, reason } => {
            Some((award.clone(), Verdict::Refused { by: actor.clone(), reason: reason.clone() }))
        }
        _ => None,
    }
}

impl Task {
    /// Takes in what the journal said of an incentive's money up to the block at which the task starts.
    pub(super) fn recall_money(&mut self, past: &[(u64, Millis, Entry)], through: u64) {
        self.reserved = Reservation::default();
        for (block, _, entry) in past.iter().filter(|(block, ..)| *block <= through) {
            self.reserved.apply(*block, entry);
            if let Entry::Decision { decision, actor, .. } = entry
                && let Some((award, verdict)) = verdict(decision, actor)
            {
                self.book.approvals.hear(award, verdict);
            }
        }
    }

    /// Another version's terms, which the journal enabled in this block.
    pub(super) fn adopt_money(&mut self, block: u64) {
        self.reserved.apply(block, &Entry::Incentive(self.incentive.clone()));
        self.book.adopt(&self.plan.quotas, &self.incentive);
    }

    /// Closes the purse once the last period is final: from then on only what is held for approvals is paid.
    pub(super) fn close_purse(&mut self) {
        if self.is_over() {
            self.book.purse.close();
        }
    }

    /// Gives back what is neither asked for nor spent. It is gone when the journal has it: until then, and after a
    /// restart, it is proposed again.
    pub(super) fn release(&mut self, outcome: &mut Outcome) {
        let version = (!self.is_over()).then_some(&self.incentive);
        let lines = self.reserved.releasable(version, &self.book.purse.committed());
        if lines.is_empty() {
            return;
        }
        let (incentive, version) = (self.incentive.id.clone(), self.reserved.version);
        let name = format!("release {version} {lines:?}");
        self.closing.propose(name, Entry::Released { incentive, version, lines }, outcome);
    }
}
