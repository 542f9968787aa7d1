//! The roster: who was in which team, with which terms, *when*. Names and addresses are elsewhere.

mod audience;
mod validate;

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use audience::Interval;
pub use validate::RosterError;

use crate::{Id, Millis};

/// A structural change. Variants are stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RosterChange {
    /// A site is new or replaced.
    Site(Site),
    /// A team is new or replaced.
    Team(Team),
    /// An agent is new or replaced, with their whole history.
    Agent(Agent),
    /// An agent competes, or does not, from an instant on: their own choice, which an import of the roster leaves alone.
    Competing {
        /// Opaque id.
        agent: Id,
        /// First instant.
        from: Millis,
        /// Whether they are ranked among others from then on.
        competes: bool,
    },
}

/// A place of work with its calendar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Site {
    /// Chosen by the operator.
    pub id: Id,
    /// IANA zone.
    pub zone: chrono_tz::Tz,
    /// Days nobody works, as days since 1970-01-01, rising.
    pub holidays: Vec<i32>,
}

/// A team of a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Team {
    /// Chosen by the operator.
    pub id: Id,
    /// Its site.
    pub site: Id,
    /// Queues whose events reach this team.
    pub queues: Vec<Id>,
}

/// An agent by opaque id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// Opaque id.
    pub id: Id,
    /// Days since 1970-01-01.
    pub hired_day: Option<i32>,
    /// Own zone of somebody who works elsewhere; otherwise the site's.
    pub zone: Option<chrono_tz::Tz>,
    /// Terms with their validity, by `from`, rising. Each holds until the next.
    pub stints: Vec<Stint>,
}

/// Terms of work from an instant on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stint {
    /// First instant.
    pub from: Millis,
    /// `None`: in no team, not working here.
    pub team: Option<Id>,
    /// Share of full time, (0, 1].
    pub share: f32,
    /// Bit 0 is Monday, bit 6 is Sunday.
    pub workdays: u8,
}

/// Everything structural that is known of the people, as of some block. Applying the same changes in the same order
/// gives the same roster.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    sites: BTreeMap<Id, Site>,
    teams: BTreeMap<Id, Team>,
    agents: BTreeMap<Id, Agent>,
    /// Who has ever chosen whether to compete: from when, and how. Rising; each holds until the next.
    competing: BTreeMap<Id, Vec<(Millis, bool)>>,
    /// Teams of a site, as the teams say it now.
    teams_of_site: BTreeMap<Id, BTreeSet<Id>>,
    /// Agents with any stint in a team, past or planned.
    agents_of_team: BTreeMap<Id, BTreeSet<Id>>,
    /// Teams that a queue's events reach.
    teams_of_queue: BTreeMap<Id, BTreeSet<Id>>,
}

impl Roster {
    /// Takes a change in and returns the agents it concerns, by id: the agent whose terms, team or zone changed; for a
    /// team or a site, everyone who was ever in it. A change that changes nothing concerns nobody.
    ///
    /// It does not check the change: see [`Roster::validate`]. A journal holds only valid ones.
    pub fn apply(&mut self, change: &RosterChange) -> Vec<Id> {
        match change {
            RosterChange::Site(site) => self.apply_site(site),
            RosterChange::Team(team) => self.apply_team(team),
            RosterChange::Agent(agent) => self.apply_agent(agent),
            RosterChange::Competing { agent, from, competes } => self.apply_choice(agent, *from, *competes),
        }
    }

    /// What was chosen for later instants is replaced: there is one latest choice.
    fn apply_choice(&mut self, agent: &Id, from: Millis, competes: bool) -> Vec<Id> {
        if self.competes_at(agent, Millis::MAX) == competes && self.competes_at(agent, from) == competes {
            return Vec::new();
        }
        let choices = self.competing.entry(agent.clone()).or_default();
        choices.retain(|(at, _)| *at < from);
        choices.push((from, competes));
        vec![agent.clone()]
    }

    fn apply_site(&mut self, site: &Site) -> Vec<Id> {
        if self.sites.get(&site.id) == Some(site) {
            return Vec::new();
        }
        self.sites.insert(site.id.clone(), site.clone());
        let teams = self.teams_of_site.get(&site.id).into_iter().flatten();
        teams.flat_map(|team| self.ever_in(team)).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn apply_team(&mut self, team: &Team) -> Vec<Id> {
        let old = self.teams.insert(team.id.clone(), team.clone());
        if old.as_ref() == Some(team) {
            return Vec::new();
        }
        if let Some(old) = &old {
            unlink(&mut self.teams_of_site, &old.site, &old.id);
            old.queues.iter().for_each(|queue| unlink(&mut self.teams_of_queue, queue, &old.id));
        }
        link(&mut self.teams_of_site, &team.site, &team.id);
        team.queues.iter().for_each(|queue| link(&mut self.teams_of_queue, queue, &team.id));
        self.ever_in(&team.id).collect()
    }

    fn apply_agent(&mut self, agent: &Agent) -> Vec<Id> {
        let old = self.agents.insert(agent.id.clone(), agent.clone());
        if old.as_ref() == Some(agent) {
            return Vec::new();
        }
        for team in old.iter().flat_map(teams_ever) {
            unlink(&mut self.agents_of_team, team, &agent.id);
        }
        for team in teams_ever(agent) {
            link(&mut self.agents_of_team, team, &agent.id);
        }
        vec![agent.id.clone()]
    }

    /// An agent by opaque id.
    pub fn agent(&self, id: &str) -> Option<&Agent> {
        self.agents.get(id)
    }

    /// A team by id.
    pub fn team(&self, id: &str) -> Option<&Team> {
        self.teams.get(id)
    }

    /// A site by id.
    pub fn site(&self, id: &str) -> Option<&Site> {
        self.sites.get(id)
    }

    /// All agents, by id.
    pub fn agents(&self) -> impl Iterator<Item = &Agent> {
        self.agents.values()
    }

    /// All teams, by id.
    pub fn teams(&self) -> impl Iterator<Item = &Team> {
        self.teams.values()
    }

    /// All sites, by id.
    pub fn sites(&self) -> impl Iterator<Item = &Site> {
        self.sites.values()
    }

    /// The terms that hold for an agent at an instant; none before the first stint.
    pub fn stint_at(agent: &Agent, at: Millis) -> Option<&Stint> {
        agent.stints.iter().rev().find(|stint| stint.from <= at)
    }

    /// The team an agent is in at an instant.
    pub fn team_at(&self, agent: &str, at: Millis) -> Option<Id> {
        Self::stint_at(self.agent(agent)?, at)?.team.clone()
    }

    /// An agent's zone at an instant: their own, else that of the site of their team.
    pub fn zone_of_agent(&self, agent: &str, at: Millis) -> Option<Tz> {
        let own = self.agent(agent)?.zone;
        own.or_else(|| self.zone_of_team(&self.team_at(agent, at)?))
    }

    /// A team's zone: that of its site.
    pub fn zone_of_team(&self, team: &str) -> Option<Tz> {
        Some(self.site_of_team(team)?.zone)
    }

    /// Days nobody works where an agent's team is, as days since 1970-01-01, rising. Somebody who works in a zone of
    /// their own keeps the holidays of the team's site.
    pub fn holidays_of_agent(&self, agent: &str, at: Millis) -> &[i32] {
        self.team_at(agent, at).map_or(&[], |team| self.holidays_of_team(&team))
    }

    /// Days nobody works at a team's site, as days since 1970-01-01, rising.
    pub fn holidays_of_team(&self, team: &str) -> &[i32] {
        self.site_of_team(team).map_or(&[], |site| &site.holidays)
    }

    /// Who is in a team at an instant, by id.
    pub fn members_at(&self, team: &str, at: Millis) -> Vec<Id> {
        let is_member = |id: &Id| self.team_at(id, at).as_deref() == Some(team);
        self.agents_of_team.get(team).into_iter().flatten().filter(|id| is_member(id)).cloned().collect()
    }

    /// Whether an agent is ranked among others at an instant. Everyone is who has not chosen otherwise.
    pub fn competes_at(&self, agent: &str, at: Millis) -> bool {
        let choices = self.competing.get(agent).map_or(&[][..], Vec::as_slice);
        choices.iter().rev().find(|(from, _)| *from <= at).is_none_or(|(_, competes)| *competes)
    }

    /// What an agent has chosen about competing: from when, and how.
    pub fn choices_of(&self, agent: &str) -> &[(Millis, bool)] {
        self.competing.get(agent).map_or(&[], Vec::as_slice)
    }

    /// Teams that a queue's events reach, by id.
    pub fn teams_of_queue(&self, queue: &str) -> Vec<Id> {
        self.teams_of_queue.get(queue).into_iter().flatten().cloned().collect()
    }

    fn site_of_team(&self, team: &str) -> Option<&Site> {
        self.site(&self.team(team)?.site)
    }

    /// Agents with any stint in a team.
    fn ever_in(&self, team: &str) -> impl Iterator<Item = Id> {
        self.agents_of_team.get(team).into_iter().flatten().cloned()
    }
}

fn teams_ever(agent: &Agent) -> impl Iterator<Item = &Id> {
    agent.stints.iter().filter_map(|stint| stint.team.as_ref())
}

fn link(index: &mut BTreeMap<Id, BTreeSet<Id>>, from: &Id, to: &Id) {
    index.entry(from.clone()).or_default().insert(to.clone());
}

fn unlink(index: &mut BTreeMap<Id, BTreeSet<Id>>, from: &Id, to: &Id) {
    if let Some(set) = index.get_mut(from) {
        set.remove(to);
        if set.is_empty() {
            index.remove(from);
        }
    }
}

#[cfg(test)]
mod tests;
