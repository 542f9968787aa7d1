//! How far a right reaches, and whether something lies within.

use std::collections::BTreeSet;

use crate::{
    Id, Millis,
    event::{Subject, SubjectKind},
    incentive::Audience,
    roster::{Agent, Roster, Stint},
};

/// The part of the house that a right holds for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    everything: bool,
    sites: BTreeSet<Id>,
    teams: BTreeSet<Id>,
    agents: BTreeSet<Id>,
}

impl Reach {
    /// The whole house.
    pub fn everything() -> Self {
        Self { everything: true, ..Self::default() }
    }

    /// Nothing at all.
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Sites with their teams, and teams.
    pub fn places(sites: BTreeSet<Id>, teams: BTreeSet<Id>) -> Self {
        Self { sites, teams, ..Self::default() }
    }

    /// One agent, by opaque id.
    pub fn own(agent: Id) -> Self {
        Self { agents: BTreeSet::from([agent]), ..Self::default() }
    }

    /// Takes in another reach.
    pub fn join(&mut self, other: Self) {
        self.everything |= other.everything;
        self.sites.extend(other.sites);
        self.teams.extend(other.teams);
        self.agents.extend(other.agents);
    }

    /// Whether it is the whole house.
    pub fn is_everything(&self) -> bool {
        self.everything
    }

    /// Whether nothing lies within.
    pub fn is_nothing(&self) -> bool {
        !self.everything && self.sites.is_empty() && self.teams.is_empty() && self.agents.is_empty()
    }

    /// Whether nothing lies within but oneself: somebody who sees others only as an incentive's anonymity allows.
    pub fn is_own(&self) -> bool {
        !self.everything && self.sites.is_empty() && self.teams.is_empty()
    }

    /// Whether a site lies within, with all that is in it.
    pub fn covers_site(&self, site: &str) -> bool {
        self.everything || self.sites.contains(site)
    }

    /// Whether a team lies within. Unknown teams only lie in the whole house.
    pub fn covers_team(&self, roster: &Roster, team: &str) -> bool {
        self.everything
            || roster
                .team(team)
                .is_some_and(|team| self.teams.contains(&team.id) || self.sites.contains(&team.site))
    }

    /// Whether an agent lies within: by themselves, or by the team they are in at this time.
    pub fn covers_agent(&self, roster: &Roster, agent: &str, at: Millis) -> bool {
        self.everything
            || self.agents.contains(agent)
            || roster.team_at(agent, at).is_some_and(|team| self.covers_team(roster, &team))
    }

    /// Whether what a subject got may be seen: of agents and teams within, and of the team that an agent within is in.
    pub fn covers_subject(&self, roster: &Roster, subject: &Subject, at: Millis) -> bool {
        match subject.kind {
            _ if self.everything => true,
            SubjectKind::Agent => self.covers_agent(roster, &subject.id, at),
            SubjectKind::Team => {
                self.covers_team(roster, &subject.id)
                    || self.agents.iter().any(|agent| roster.team_at(agent, at).as_ref() == Some(&subject.id))
            }
            SubjectKind::Queue => false,
        }
    }

    /// Whether an audience lies wholly within, so that deciding about it touches nobody else. An audience of everyone
    /// only lies in the whole house, and nobody decides about themselves.
    pub fn holds(&self, roster: &Roster, audience: &Audience, at: Millis) -> bool {
        if self.everything {
            return true;
        }
        // The same reach without oneself.
        let places = Self::places(self.sites.clone(), self.teams.clone());
        !audience.is_everyone()
            && audience.sites.iter().all(|site| places.covers_site(site))
            && audience.teams.iter().all(|team| places.covers_team(roster, team))
            && audience.agents.iter().all(|agent| places.covers_agent(roster, agent, at))
    }

    /// Whether an audience and this have somebody in common.
    pub fn touches(&self, roster: &Roster, audience: &Audience, at: Millis) -> bool {
        if self.everything {
            return true;
        }
        let window = (Millis::MIN, Millis::MAX);
        self.agents.iter().any(|agent| !roster.intervals(audience, agent, window).is_empty())
            || roster
                .teams()
                .filter(|team| self.covers_team(roster, &team.id))
                .any(|team| !roster.team_intervals(audience, &team.id, window).is_empty())
            || audience.agents.iter().any(|agent| self.covers_agent(roster, agent, at))
    }

    /// Whether an agent may be changed from one state to another: they lie within before and after, and nothing of
    /// their terms elsewhere becomes another. Nobody changes themselves.
    pub fn may_change(&self, roster: &Roster, old: Option<&Agent>, new: &Agent, at: Millis) -> bool {
        if self.everything {
            return true;
        }
        let places = Self::places(self.sites.clone(), self.teams.clone());
        let is_elsewhere =
            |stint: &&Stint| stint.team.as_ref().is_none_or(|team| !places.covers_team(roster, team));
        let elsewhere = |agent: &Agent| agent.stints.iter().filter(is_elsewhere).cloned().collect::<Vec<_>>();
        let leaves = |agent: &Agent| agent.stints.iter().any(|stint| !is_elsewhere(&stint));
        match old {
            // Somebody new: all of their terms lie within.
            None => leaves(new) && elsewhere(new).iter().all(|stint| stint.team.is_none()),
            Some(old) => {
                let named = |agent: &Agent| {
                    elsewhere(agent).into_iter().filter(|s| s.team.is_some()).collect::<Vec<_>>()
                };
                places.covers_agent(roster, &old.id, at) && leaves(new) && named(old) == named(new)
            }
        }
    }
}
