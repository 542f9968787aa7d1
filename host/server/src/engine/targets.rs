//! Who is meant by a target, and how a task's time is cut.

use plaudit_core::{
    Id, Millis,
    calendar::{Calendar, day_start, local_day},
    event::Subject,
    rule::Target,
};

use super::{fold::Targets, key::Cuts, task::Task};

/// A task, as what knows who is meant.
pub(super) struct Context<'a> {
    pub(super) task: &'a Task,
}

impl Targets for Context<'_> {
    fn subjects(&self, target: &Target, time: Millis, itself: Option<Subject>) -> Vec<Subject> {
        match target {
            Target::Itself => itself.into_iter().collect(),
            Target::Agent(id) => vec![Subject::agent(id.clone())],
            Target::Team(id) => vec![Subject::team(id.clone())],
            Target::TeamMembers(id) => {
                self.task.roster.members_at(id, time).into_iter().map(Subject::agent).collect()
            }
            Target::Everyone => {
                let (audience, roster) = (&self.task.incentive.audience, &self.task.roster);
                let agents = roster.agents_in_audience(audience, (time, time + 1));
                agents.into_iter().map(Subject::agent).collect()
            }
        }
    }

    fn period_of(&self, time: Millis) -> Option<Id> {
        self.task.period_at(time).map(|p| p.id)
    }
}

/// Spans: local days, cut again at period bounds.
pub(super) struct Cut<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) zone: chrono_tz::Tz,
}

impl Cuts for Cut<'_> {
    fn span_of(&self, at: Millis) -> (Millis, Millis) {
        let day = local_day(self.zone, at);
        let (start, end) = (day_start(self.zone, day), day_start(self.zone, day + 1).max(at + 1));
        match self.calendar.period_at(at) {
            Some(period) => (start.max(period.start), end.min(period.end)),
            None => (start, end),
        }
    }
}
