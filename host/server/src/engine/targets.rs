//! Who is meant by a target.

use plaudit_core::{Id, Millis, event::Subject, rule::Target};

use super::{
    fold::{self, Targets},
    task::Task,
};

/// A task, as what knows who is meant.
pub(super) struct Context<'a> {
    pub(super) task: &'a Task,
}

impl Targets for Context<'_> {
    fn subjects(&self, target: &Target, time: Millis, itself: Option<Subject>) -> Vec<Subject> {
        fold::subjects_of(target, time, itself, (&self.task.incentive.audience, &self.task.roster))
    }

    fn period_of(&self, time: Millis) -> Option<Id> {
        self.task.period_at(time).map(|p| p.id)
    }
}
