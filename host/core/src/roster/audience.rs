//! Who is meant by an audience, and when.

use super::Roster;
use crate::{Id, Millis, incentive::Audience};

/// A stretch of time `[from, to)` that somebody spends in an audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// First instant.
    pub from: Millis,
    /// First instant after it; larger than `from`.
    pub to: Millis,
    /// The team they are in meanwhile; empty for none. For a team's own intervals, the team.
    pub team: Id,
}

impl Roster {
    /// When an agent is in an audience within the window `[from, to)`: one interval per team, in time order, adjacent
    /// ones of the same team merged.
    ///
    /// Somebody who is named in person is in it throughout, in a team or not; anybody else only while in a team that
    /// the audience covers. Agents nobody knows are never in it.
    pub fn intervals(&self, audience: &Audience, agent_id: &str, window: (Millis, Millis)) -> Vec<Interval> {
        let Some(agent) = self.agent(agent_id) else { return Vec::new() };
        let named = audience.agents.contains(&agent.id);
        let no_team: Id = "".into();
        let mut intervals = Vec::new();

        let first_from = agent.stints.first().map_or(window.1, |stint| stint.from);
        if named {
            push(&mut intervals, window, window.0, first_from, &no_team);
        }
        for (index, stint) in agent.stints.iter().enumerate() {
            let to = agent.stints.get(index + 1).map_or(window.1, |next| next.from);
            let covered = stint.team.as_ref().is_some_and(|team| self.covers_team(audience, team));
            if named || covered {
                push(&mut intervals, window, stint.from, to, stint.team.as_ref().unwrap_or(&no_team));
            }
        }
        intervals
    }

    /// When a team is in an audience within the window: throughout, if the team, its site or everyone is meant. An
    /// audience of named agents only has no teams.
    pub fn team_intervals(
        &self,
        audience: &Audience,
        team_id: &str,
        window: (Millis, Millis),
    ) -> Vec<Interval> {
        let team =
            self.team(team_id).filter(|team| self.covers_team(audience, &team.id) && window.0 < window.1);
        team.map(|team| Interval { from: window.0, to: window.1, team: team.id.clone() })
            .into_iter()
            .collect()
    }

    /// Agents that are in an audience at some time within the window, by id.
    pub fn agents_in_audience(&self, audience: &Audience, window: (Millis, Millis)) -> Vec<Id> {
        let is_in = |id: &&Id| !self.intervals(audience, id, window).is_empty();
        self.agents.keys().filter(is_in).cloned().collect()
    }

    /// Teams that are in an audience at some time within the window, by id.
    pub fn teams_in_audience(&self, audience: &Audience, window: (Millis, Millis)) -> Vec<Id> {
        let is_in = |id: &&Id| !self.team_intervals(audience, id, window).is_empty();
        self.teams.keys().filter(is_in).cloned().collect()
    }

    fn covers_team(&self, audience: &Audience, team: &Id) -> bool {
        audience.is_everyone()
            || audience.teams.contains(team)
            || self.team(team).is_some_and(|team| audience.sites.contains(&team.site))
    }
}

/// Adds `[from, to)` as far as it lies in the window, to the last interval if it goes on there.
fn push(intervals: &mut Vec<Interval>, window: (Millis, Millis), from: Millis, to: Millis, team: &Id) {
    let (from, to) = (from.max(window.0), to.min(window.1));
    if from >= to {
        return;
    }
    match intervals.last_mut() {
        Some(last) if last.to == from && last.team == *team => last.to = to,
        _ => intervals.push(Interval { from, to, team: team.clone() }),
    }
}
