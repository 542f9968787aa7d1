//! How a key's time is cut into spans.

use chrono_tz::Tz;
use plaudit_core::{
    Millis,
    calendar::{Calendar, day_start, local_day},
    roster::{Agent, Roster},
    rule::{KeyKind, StateFor},
};

use super::key::Cuts;

/// Local days, cut again at period bounds and where the agent's own terms change: zone, weekdays and holidays are one
/// throughout a span, so that it does not matter for a rule which of its steps come in one call.
pub(crate) struct Cut<'a> {
    pub(crate) calendar: &'a Calendar,
    pub(crate) zone: Tz,
    /// The agent whose key it is; none for keys of teams and of the whole incentive.
    pub(crate) agent: Option<&'a Agent>,
    /// How long states last.
    pub(crate) kept: StateFor,
}

impl<'a> Cut<'a> {
    /// The agent whose key it is.
    pub(crate) fn agent_of(kind: KeyKind, roster: &'a Roster, key: &str) -> Option<&'a Agent> {
        (kind == KeyKind::Agent).then(|| roster.agent(key)).flatten()
    }
}

impl Cuts for Cut<'_> {
    fn span_of(&self, at: Millis) -> (Millis, Millis) {
        let day = local_day(self.zone, at);
        let (mut start, mut end) = (day_start(self.zone, day), day_start(self.zone, day + 1).max(at + 1));
        if let Some(period) = self.calendar.period_at(at) {
            (start, end) = (start.max(period.start), end.min(period.end));
        }
        for stint in self.agent.iter().flat_map(|agent| &agent.stints) {
            if stint.from <= at {
                start = start.max(stint.from);
            } else {
                end = end.min(stint.from);
            }
        }
        (start, end)
    }

    fn state_until(&self, at: Millis) -> Millis {
        let period = (self.kept == StateFor::Period).then(|| self.calendar.period_at(at)).flatten();
        period.map_or(Millis::MAX, |period| period.end)
    }
}
