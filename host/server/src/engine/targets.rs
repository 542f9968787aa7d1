//! Who is meant by a target.

use plaudit_core::{
    Id, Millis,
    award::EffectId,
    event::{Subject, SubjectKind},
    rule::{QuotaPer, Target},
};

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

    fn team_for(&self, award: &EffectId, time: Millis) -> Option<Id> {
        let is_per_team = |q: &plaudit_core::rule::Quota| *q.award == *award.name && q.per == QuotaPer::Team;
        self.task.plan.quotas.iter().find(|q| is_per_team(q))?;
        match award.subject.kind {
            SubjectKind::Team => Some(award.subject.id.clone()),
            SubjectKind::Agent => self.task.roster.team_at(&award.subject.id, time),
            SubjectKind::Queue => None,
        }
    }
}
