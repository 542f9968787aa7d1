//! The rows and steps of an award's life.

use super::{Act, Book, Contribution};
use crate::{
    award::{EffectId, Standing, Status, Step, StepKind, Withheld},
    price::Price,
};

impl Book {
    /// What a row has come to, as a step of its life.
    pub(super) fn step(&self, row: &Standing, before: Option<&Standing>) -> StepKind {
        match row.status {
            Status::Granted if before.is_some_and(|b| b.status == Status::Granted) => {
                StepKind::Changed { why: self.cause }
            }
            Status::Granted => match self.approvals.approver(&row.id) {
                Some(by) if before.is_some_and(|b| b.status == Status::Proposed) => {
                    StepKind::Approved { by: by.clone() }
                }
                _ => StepKind::Granted,
            },
            Status::Proposed => StepKind::Proposed,
            Status::Reversed => StepKind::Reversed { why: self.cause },
            Status::Withheld(why) => {
                let refusal = self.approvals.refusal(&row.id).filter(|_| why == Withheld::Refused);
                let (by, reason) = match refusal {
                    Some((by, reason)) => (Some(by.clone()), reason.to_owned()),
                    None if why == Withheld::Disqualified => {
                        let reason = self.disqualification(&row.id.subject.id);
                        (None, reason.unwrap_or_default().to_owned())
                    }
                    None => (None, String::new()),
                };
                StepKind::Withheld { why, reason, by }
            }
        }
    }
}

/// A row of what is wanted, with the life and the money of the one before.
pub(super) fn fresh(id: &EffectId, wanted: &Contribution, block: u64, before: Option<&Standing>) -> Standing {
    Standing {
        id: id.clone(),
        time: wanted.time,
        content: wanted.content.clone(),
        status: Status::Granted,
        since_block: before.map_or(block, |b| b.since_block),
        paid: before.map(|b| b.paid.clone()).unwrap_or_default(),
        revision: before.map_or(0, |b| b.revision + 1),
        held: Price::default(),
        steps: before.map_or_else(Vec::<Step>::new, |b| b.steps.clone()),
        team: wanted.team.clone(),
    }
}

pub(super) fn waits(row: &Standing) -> bool {
    matches!(row.status, Status::Withheld(why) if why.waits())
}

pub(super) fn act(before: Option<&Standing>, status: &Status) -> Act {
    let had = before.is_some_and(|b| b.status == Status::Granted || !b.paid.is_nothing());
    match status {
        Status::Granted if had => Act::Changed,
        Status::Granted => Act::Granted,
        Status::Proposed => Act::Proposed,
        Status::Withheld(_) | Status::Reversed if had => Act::Reversed,
        Status::Reversed if before.is_some_and(|b| b.status == Status::Proposed) => Act::Withdrawn,
        Status::Withheld(_) | Status::Reversed => Act::Withheld,
    }
}
