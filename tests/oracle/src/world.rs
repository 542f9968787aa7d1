//! What is known at a block's end: the current facts, and who was where. What is final keeps the facts and the people
//! that it was final with.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use plaudit_core::{
    Id, Millis,
    event::{Event, SubjectKind},
    incentive::Incentive,
    roster::{Agent, RosterChange, Site, Stint, Team},
};

use crate::measure::measure;

/// People and places, as last said.
#[derive(Clone, Debug, Default)]
pub(crate) struct People {
    sites: BTreeMap<Id, Site>,
    teams: BTreeMap<Id, Team>,
    agents: BTreeMap<Id, Agent>,
    /// Who said from when on whether they compete, in the order in which they said it.
    choices: Vec<(Id, Millis, bool)>,
}

/// An agent at an instant.
#[derive(Clone, Debug)]
pub(crate) struct View {
    /// Where they are.
    pub(crate) zone: Tz,
    /// Days nobody works there, as days since 1970-01-01.
    pub(crate) holidays: Vec<i32>,
    /// Bit 0 is Monday.
    pub(crate) weekdays: u8,
    /// Days since 1970-01-01.
    pub(crate) hired: Option<i32>,
}

impl People {
    /// Each entry replaces what was said before of the same site, team or agent.
    pub(crate) fn change(&mut self, change: &RosterChange) {
        match change {
            RosterChange::Site(site) => drop(self.sites.insert(site.id.clone(), site.clone())),
            RosterChange::Team(team) => drop(self.teams.insert(team.id.clone(), team.clone())),
            RosterChange::Agent(agent) => drop(self.agents.insert(agent.id.clone(), agent.clone())),
            RosterChange::Competing { agent, from, competes } => {
                self.choices.push((agent.clone(), *from, *competes));
            }
        }
    }

    /// What somebody said last, of what holds at an instant. Everyone competes who has said nothing.
    fn competes(&self, agent: &str, at: Millis) -> bool {
        let said = self.choices.iter().rev().find(|(who, from, _)| &**who == agent && *from <= at);
        said.is_none_or(|(_, _, competes)| *competes)
    }

    fn stint(&self, agent: &str, at: Millis) -> Option<&Stint> {
        self.agents.get(agent)?.stints.iter().filter(|s| s.from <= at).max_by_key(|s| s.from)
    }

    fn team(&self, agent: &str, at: Millis) -> Option<&Team> {
        self.teams.get(self.stint(agent, at)?.team.as_ref()?)
    }

    fn covers(&self, incentive: &Incentive, team: &Team) -> bool {
        let audience = &incentive.audience;
        let everyone = audience.sites.is_empty() && audience.teams.is_empty() && audience.agents.is_empty();
        everyone || audience.teams.contains(&team.id) || audience.sites.contains(&team.site)
    }

    /// Whether somebody is in the audience at an instant: named in person, or in a team that is covered.
    fn is_in(&self, incentive: &Incentive, agent: &str, at: Millis) -> bool {
        let named =
            self.agents.contains_key(agent) && incentive.audience.agents.iter().any(|a| &**a == agent);
        let in_window = incentive.start <= at && incentive.end.is_none_or(|end| at < end);
        in_window && (named || self.team(agent, at).is_some_and(|team| self.covers(incentive, team)))
    }

    /// Everyone in a team at an instant, in the audience or not.
    pub(crate) fn members(&self, team: &str, at: Millis) -> Vec<String> {
        let is_member = |agent: &&Id| self.team(agent, at).is_some_and(|t| &*t.id == team);
        self.agents.keys().filter(is_member).map(ToString::to_string).collect()
    }

    fn view(&self, incentive: &Incentive, agent: &str, at: Millis) -> View {
        let site = self.team(agent, at).and_then(|team| self.sites.get(&team.site));
        let person = self.agents.get(agent);
        View {
            zone: person.and_then(|p| p.zone).or(site.map(|s| s.zone)).unwrap_or(incentive.zone),
            holidays: site.map(|s| s.holidays.clone()).unwrap_or_default(),
            weekdays: self.stint(agent, at).map_or(0b1_1111, |s| s.workdays),
            hired: person.and_then(|p| p.hired_day),
        }
    }
}

/// A stretch that is final.
#[derive(Clone, Debug)]
struct Era {
    until: Millis,
    people: People,
    facts: Vec<Event>,
}

/// Everything that is known.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// The incentive.
    pub(crate) incentive: Incentive,
    /// Names of the metrics that the rule asks for.
    pub(crate) metrics: Vec<String>,
    people: People,
    messages: BTreeSet<(Id, Id)>,
    facts: BTreeMap<(Id, Id, Id), Event>,
    eras: Vec<Era>,
}

/// What happens to an agent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// They leave the audience.
    Left,
    /// They join it.
    Entered,
    /// Something is known of them.
    Fact(Event),
}

impl World {
    /// Nothing is known yet.
    pub(crate) fn new(incentive: Incentive, metrics: Vec<String>) -> Self {
        let (people, messages, facts) = (People::default(), BTreeSet::new(), BTreeMap::new());
        Self { incentive, metrics, people, messages, facts, eras: Vec::new() }
    }

    /// Takes a message in. The same message again is nothing new; of the versions of a fact the highest revision
    /// holds, and of equal ones the larger id.
    pub(crate) fn hear(&mut self, event: &Event) {
        if !self.messages.insert((event.source.clone(), event.id.clone())) {
            return;
        }
        let name = event.entity.clone().unwrap_or_else(|| event.id.clone());
        let fact = (event.source.clone(), event.kind.clone(), name);
        let version = |e: &Event| (e.revision, e.id.clone());
        if self.facts.get(&fact).is_none_or(|old| version(old) < version(event)) {
            self.facts.insert(fact, event.clone());
        }
    }

    /// Takes a change of the roster in.
    pub(crate) fn change(&mut self, change: &RosterChange) {
        self.people.change(change);
    }

    /// Nothing before this changes any more.
    pub(crate) fn final_through(&self) -> Millis {
        self.eras.last().map_or(Millis::MIN, |era| era.until)
    }

    /// Everything before `until` is final, as it is known now.
    pub(crate) fn finish(&mut self, until: Millis) {
        let from = self.final_through();
        let facts = self.facts.values().filter(|e| from <= e.time && e.time < until).cloned().collect();
        self.eras.push(Era { until, people: self.people.clone(), facts });
    }

    /// The people as an instant's own stretch knows them.
    pub(crate) fn people(&self, at: Millis) -> &People {
        self.eras.iter().find(|era| at < era.until).map_or(&self.people, |era| &era.people)
    }

    /// Whether an agent is in the audience at an instant.
    pub(crate) fn is_in(&self, agent: &str, at: Millis) -> bool {
        self.people(at).is_in(&self.incentive, agent, at)
    }

    /// Whether an agent is ranked among others in a period with this end.
    pub(crate) fn competes(&self, agent: &str, end: Millis) -> bool {
        self.people(end - 1).competes(agent, end - 1)
    }

    /// The team of an agent at an instant.
    pub(crate) fn team_of(&self, agent: &str, at: Millis) -> Option<String> {
        self.people(at).stint(agent, at)?.team.as_ref().map(ToString::to_string)
    }

    /// An agent at an instant.
    pub(crate) fn view(&self, agent: &str, at: Millis) -> View {
        self.people(at).view(&self.incentive, agent, at)
    }

    /// The facts that hold and count, in order: by time, then source, then entity or id, then type.
    pub(crate) fn facts(&self) -> Vec<&Event> {
        let open = self.facts.values().filter(|e| e.time >= self.final_through());
        let all = self.eras.iter().flat_map(|era| &era.facts).chain(open);
        let window = self.incentive.start..self.incentive.end.unwrap_or(Millis::MAX);
        let says = |e: &Event| self.metrics.iter().any(|m| measure(m, e).is_some());
        let mut facts: Vec<&Event> =
            all.filter(|e| !e.retracted && window.contains(&e.time) && says(e)).collect();
        let name = |e: &Event| e.entity.clone().unwrap_or_else(|| e.id.clone());
        facts.sort_by_key(|e| (e.time, e.source.clone(), name(e), e.kind.clone()));
        facts
    }

    /// The facts of an agent while they were in the audience.
    pub(crate) fn facts_of_agent(&self, agent: &str) -> Vec<&Event> {
        let is_theirs = |e: &&Event| {
            e.subject.kind == SubjectKind::Agent
                && &*e.subject.id == agent
                && self.people(e.time).is_in(&self.incentive, agent, e.time)
        };
        self.facts().into_iter().filter(is_theirs).collect()
    }

    /// The facts that reach a team: of those who were in it, of itself, and of its queues.
    pub(crate) fn facts_of_team(&self, team: &str) -> Vec<&Event> {
        let reaches = |e: &&Event| {
            let people = self.people(e.time);
            match e.subject.kind {
                SubjectKind::Agent => {
                    let agent = &e.subject.id;
                    people.is_in(&self.incentive, agent, e.time)
                        && people.team(agent, e.time).is_some_and(|t| &*t.id == team)
                }
                SubjectKind::Team => &*e.subject.id == team,
                SubjectKind::Queue => {
                    people.teams.get(team).is_some_and(|t| t.queues.contains(&e.subject.id))
                }
            }
        };
        self.facts().into_iter().filter(reaches).collect()
    }

    /// When an agent's terms may change: as told, or where what is final ends. Who was told of too late joins there.
    pub(crate) fn edges(&self, agent: &str) -> BTreeSet<Millis> {
        let everyone = self.eras.iter().map(|era| &era.people).chain([&self.people]);
        let stints = everyone.flat_map(|p| p.agents.get(agent)).flat_map(|a| a.stints.iter().map(|s| s.from));
        stints.chain(self.eras.iter().map(|era| era.until)).chain([self.incentive.start]).collect()
    }

    /// What happens to an agent, in order. At one instant they leave, then join, then do something.
    pub(crate) fn life(&self, agent: &str, until: Millis) -> Vec<(Millis, What)> {
        let facts = self.facts_of_agent(agent);
        let until = facts.last().map_or(until, |e| e.time.max(until));
        let until = until.min(self.incentive.end.unwrap_or(Millis::MAX) - 1);
        let mut life: Vec<(Millis, What)> = Vec::new();
        let mut was_in = false;
        for at in self.edges(agent).into_iter().filter(|at| (self.incentive.start..=until).contains(at)) {
            let is_in = self.people(at).is_in(&self.incentive, agent, at);
            if is_in != was_in {
                life.push((at, if is_in { What::Entered } else { What::Left }));
            }
            was_in = is_in;
        }
        life.extend(facts.into_iter().map(|e| (e.time, What::Fact(e.clone()))));
        // Joining and leaving stand first already, and the order of facts is kept.
        life.sort_by_key(|(at, _)| *at);
        life
    }

    /// How far an agent's timers have come: to `until`, or to their last fact, if that is later.
    pub(crate) fn horizon(&self, agent: &str, until: Millis) -> Millis {
        let last = self.facts_of_agent(agent).last().map_or(Millis::MIN, |e| e.time);
        last.max(until).min(self.incentive.end.unwrap_or(Millis::MAX) - 1)
    }

    /// Agents in the audience at some time of `[start, end)`.
    pub(crate) fn agents(&self, start: Millis, end: Millis) -> Vec<String> {
        let is_in = |people: &People, id: &str| {
            let stints = people.agents.get(id).into_iter().flat_map(|a| a.stints.iter().map(|s| s.from));
            let mut edges =
                stints.chain([start, self.incentive.start]).filter(|at| (start..end).contains(at));
            edges.any(|at| people.is_in(&self.incentive, id, at))
        };
        let people = self.people(start);
        people.agents.keys().filter(|id| is_in(people, id)).map(ToString::to_string).collect()
    }

    /// Everyone who was ever in the audience.
    pub(crate) fn everyone(&self) -> Vec<String> {
        self.people.agents.keys().map(ToString::to_string).collect()
    }

    /// Teams that the audience covers.
    pub(crate) fn teams(&self, at: Millis) -> Vec<String> {
        let people = self.people(at);
        let covered = people.teams.values().filter(|t| people.covers(&self.incentive, t));
        covered.map(|t| t.id.to_string()).collect()
    }
}
