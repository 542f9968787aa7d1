//! Plays facts in order and collects what the rule asks for.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::book::{Asked, Given};
use super::engine::Engine;
use super::facts::{Act, Fact, Step, World};
use super::{INCENTIVE, board, snapshot};
use crate::adapter;
use crate::effects::{Effects, Target};
use crate::plan::{Key, Plan};
use crate::rule::Rule;
use crate::time::{Millis, Zone};
use crate::wit;

/// The host's limit of a key's state.
const STATE_BYTES_MAX: usize = 16 * 1024;

/// All that follows from the facts played so far.
pub(super) struct Stage<R: Rule> {
    settings: String,
    pub(super) plan: Plan,
    engine: Engine<R>,
    start: Millis,
    pub(super) lucky: BTreeSet<String>,
    now: Millis,
    period_start: Millis,
    /// Periods closed so far.
    pub(super) period: u32,
    world: Rc<World>,
    states: BTreeMap<String, Kept>,
    shared: Vec<u8>,
    /// Scores and tickets of the open period, with their key.
    scores: Vec<(String, wit::Score)>,
    tickets: Vec<(String, wit::Tickets)>,
    pub(super) progress: BTreeMap<String, wit::Progress>,
    pub(super) draws: Vec<wit::DrawSpec>,
    /// Who tried, and the key of the try.
    pub(super) tries: Vec<(String, String)>,
    pub(super) logs: Vec<String>,
    pub(super) asked: Asked,
}

#[derive(Clone, Default)]
struct Kept {
    state: Vec<u8>,
    wake_at: Option<Millis>,
}

impl<R: Rule> Stage<R> {
    pub(super) fn new(settings: &str, start: Millis) -> Self {
        let parsed =
            adapter::settings::<R>(settings).unwrap_or_else(|problems| panic!("the settings: {problems:?}"));
        let engine = Engine::chosen();
        let problems = engine.problems(settings);
        assert!(problems.is_empty(), "the settings: {problems:?}");
        Self::empty(settings.into(), R::plan(&parsed), engine, start)
    }

    fn empty(settings: String, plan: Plan, engine: Engine<R>, start: Millis) -> Self {
        Self {
            settings,
            plan,
            engine,
            start,
            lucky: BTreeSet::new(),
            now: start,
            period_start: start,
            period: 0,
            world: Rc::new(World { agents: vec![], zones: vec![] }),
            states: BTreeMap::new(),
            shared: Vec::new(),
            scores: Vec::new(),
            tickets: Vec::new(),
            progress: BTreeMap::new(),
            draws: Vec::new(),
            tries: Vec::new(),
            logs: Vec::new(),
            asked: Asked::default(),
        }
    }

    /// Forgets all but settings and luck.
    pub(super) fn begin_again(&mut self) {
        let lucky = std::mem::take(&mut self.lucky);
        let (settings, plan) = (std::mem::take(&mut self.settings), self.plan.clone());
        *self = Self { lucky, ..Self::empty(settings, plan, Engine::chosen(), self.start) };
    }

    pub(super) fn play(&mut self, fact: &Fact) {
        self.world = Rc::clone(&fact.world);
        match &fact.act {
            Act::Pass => self.pass(fact.time),
            Act::Step(step) => {
                self.pass(fact.time - 1);
                self.now = fact.time;
                self.step(step);
            }
            Act::Close(period) => {
                self.now = fact.time;
                self.close(period);
            }
        }
        self.now = fact.time;
    }

    fn step(&mut self, step: &Step) {
        let mut batch = self.batch(&step.key, self.now);
        if step.fill(&self.plan, self.now, &mut batch) {
            self.fold(&step.key, &batch, step.entity());
        }
    }

    /// Fires what is due, key by key in order of time.
    fn pass(&mut self, until: Millis) {
        let due = |kept: &Kept| kept.wake_at.filter(|&at| at <= until);
        while let Some((at, key)) = self.states.iter().filter_map(|(k, s)| Some((due(s)?, k.clone()))).min() {
            let batch = self.batch(&key, at);
            self.fold(&key, &batch, "");
        }
    }

    fn close(&mut self, period: &str) {
        let entrants = self.entrants(&self.world);
        let ids: Vec<_> = entrants.iter().map(|e| e.id.as_str()).collect();
        let boards = self.plan.boards.iter().enumerate();
        let standings: Vec<_> = boards.map(|(i, b)| board::rank(b, i as u32, &ids, &self.scores)).collect();
        let zone = self.world.zones[0].clone();
        let period = wit::Period { id: period.into(), start: self.period_start, end: self.now, zone };
        let mut effects = Effects::default();
        self.shared = self
            .engine
            .conclude(&self.settings, &period, &entrants, &standings, &self.shared, &mut effects)
            .unwrap_or_else(|error| panic!("the rule failed at the close of {}: {error}", period.id));
        self.record(effects, "", "");
        if self.plan.is_anew_each_period() {
            self.states.clear();
            self.progress.clear();
        }
        self.scores.clear();
        self.tickets.clear();
        self.period += 1;
        self.period_start = self.now;
    }

    pub(super) fn standings(&self, board: usize, world: &World) -> Vec<(String, u32, f64)> {
        let entrants = self.entrants(world);
        let ids: Vec<_> = entrants.iter().map(|e| e.id.as_str()).collect();
        let rows = board::rank(&self.plan.boards[board], board as u32, &ids, &self.scores).rows;
        rows.iter().map(|r| (ids[r.entrant as usize].to_string(), r.rank, r.value)).collect()
    }

    pub(super) fn tickets_of(&self, key: &str, draw: u32) -> u64 {
        let mine = self.tickets.iter().filter(|(k, t)| k == key && t.draw == draw);
        mine.map(|(_, t)| u64::from(t.count)).sum()
    }

    /// Who has tickets of a draw, and how many.
    pub(super) fn ticket_holders(&self, draw: u32) -> BTreeMap<&str, u64> {
        let mut holders = BTreeMap::new();
        for (key, tickets) in self.tickets.iter().filter(|(_, tickets)| tickets.draw == draw) {
            *holders.entry(key.as_str()).or_default() += u64::from(tickets.count);
        }
        holders
    }

    /// The earliest timer of each key that has one.
    pub(super) fn timers(&self) -> impl Iterator<Item = (&str, Millis)> {
        self.states.iter().filter_map(|(key, kept)| Some((key.as_str(), kept.wake_at?)))
    }

    pub(super) fn wakes_at(&self, key: &str) -> Option<Millis> {
        self.states.get(key)?.wake_at
    }

    fn batch(&self, key: &str, until: Millis) -> wit::Batch {
        let World { agents, zones } = &*self.world;
        let zone = agents.iter().find(|a| a.id == key).map_or(0, |a| a.zone);
        let state = self.states.get(key).map(|s| s.state.clone()).unwrap_or_default();
        let no_values = || wit::MetricColumn { values: vec![], weights: vec![] };
        let no_words = || wit::TextColumn { words: vec![], at: vec![] };
        wit::Batch {
            slots: vec![wit::Slot { id: key.into(), zone, state, until }],
            agents: agents.clone(),
            zones: zones.clone(),
            shared: self.shared.clone(),
            kind: vec![],
            slot_of: vec![],
            agent_of: vec![],
            time: vec![],
            metrics: self.plan.metrics.iter().map(|_| no_values()).collect(),
            attributes: self.plan.attributes.iter().map(|_| no_words()).collect(),
        }
    }

    fn fold(&mut self, key: &str, batch: &wit::Batch, entity: &str) {
        let mut effects = Effects::default();
        let changes = self.engine.fold(&self.settings, batch, &mut effects);
        let changes = changes.unwrap_or_else(|error| {
            panic!("the rule failed at {} of {key:?}: {error}", self.place(batch, entity))
        });
        let kept = self.states.entry(key.into()).or_default();
        for change in changes {
            assert!(
                change.state.len() <= STATE_BYTES_MAX,
                "the state of {key:?} has {} bytes",
                change.state.len()
            );
            *kept = Kept { state: change.state, wake_at: change.wake_at };
        }
        self.record(effects, key, entity);
    }

    /// What a batch of one step or of timers is, for those who look for it in a test.
    fn place(&self, batch: &wit::Batch, entity: &str) -> String {
        let what = match batch.kind.first() {
            None => "a timer".to_owned(),
            Some(1) => "the joining".to_owned(),
            Some(2) => "the leaving".to_owned(),
            Some(_) => format!("the event {entity}"),
        };
        let at = batch.time.first().unwrap_or(&batch.slots[0].until);
        let zone = self
            .world
            .zones
            .first()
            .map_or_else(String::new, |zone| format!(", {}", snapshot::of_time(&Zone::new(zone), *at)));
        format!("{what}{zone},")
    }

    fn record(&mut self, effects: Effects, key: &str, entity: &str) {
        for (origin, to, award) in effects.awards {
            let given = self.given_by(origin, award.name, award.key, Some(award.reward), award.because);
            self.ask(award.span, &to, key, entity, given);
        }
        for (origin, to, praise) in effects.praise {
            let given = self.given_by(origin, praise.name, praise.key, None, praise.text);
            self.ask(praise.span, &to, key, entity, given);
        }
        self.scores.extend(effects.scores.into_iter().map(|s| (key.to_string(), s)));
        self.tickets.extend(effects.tickets.into_iter().map(|t| (key.to_string(), t)));
        self.progress.extend(effects.progress.into_iter().map(|p| (key.to_string(), p)));
        self.draws.extend(effects.draws);
        for chance in effects.chances {
            self.throw(chance, key, entity);
        }
        self.logs.extend(effects.logs.into_iter().map(|(_, line)| line));
    }

    fn throw(&mut self, chance: wit::Chance, key: &str, entity: &str) {
        let planned = self.plan.chances.len();
        assert!((chance.chance as usize) < planned, "chance {} of {planned} in the plan", chance.chance);
        assert!(chance.award.span == wit::Span::Period, "an instant win belongs to its period");
        let award = chance.award;
        let thrown_for = if award.key.is_empty() { entity } else { &award.key }.to_owned();
        let is_won = chance.wins == chance.of || self.lucky.contains(&thrown_for);
        self.tries.push((key.into(), thrown_for));
        if is_won {
            let given = self.given_by(chance.at, award.name, award.key, Some(award.reward), award.because);
            self.ask(award.span, &chance.to, key, entity, given);
        }
    }

    fn given_by(
        &self,
        origin: wit::Origin,
        name: String,
        key: String,
        reward: Option<wit::Reward>,
        text: wit::Text,
    ) -> Given {
        let at = if let wit::Origin::Timer(timer) = origin { timer.at } else { self.now };
        Given { at, to: String::new(), name, key, reward, text, team: None }
    }

    fn ask(&mut self, span: wit::Span, to: &Target, key: &str, entity: &str, mut given: Given) {
        let members = |team: Option<&str>| {
            let inside = self.world.agents.iter().filter(|a| team.is_none_or(|t| a.team == t));
            inside.map(|a| a.id.clone()).collect()
        };
        let all: Vec<String> = match to {
            Target::Itself => vec![key.into()],
            Target::Agent(id) | Target::Team(id) => vec![id.clone()],
            Target::TeamMembers(team) => members(Some(team)),
            Target::Everyone => members(None),
        };
        if given.key.is_empty() {
            given.key = entity.into();
        }
        let to_team =
            matches!(to, Target::Team(_)) || matches!(to, Target::Itself) && self.plan.key() == Key::Team;
        for to in all {
            let period = (span == wit::Span::Period).then_some(self.period);
            let id = (period, given.reward.is_none(), given.name.clone(), to.clone(), given.key.clone());
            let of_agent = || self.world.agents.iter().find(|a| a.id == to).map(|a| a.team.clone());
            let team = if to_team { Some(to.clone()) } else { of_agent() };
            let team = team.filter(|team| !team.is_empty());
            self.asked.add(id, self.period, Given { to, team, ..given.clone() });
        }
    }

    fn entrants(&self, world: &World) -> Vec<wit::Entrant> {
        let agents = &world.agents;
        let mut entrants: Vec<_> = match self.plan.key() {
            Key::Agent => agents.iter().map(|agent| self.entrant(agent)).collect(),
            Key::Team => {
                let teams: BTreeSet<_> = agents.iter().map(|a| &a.team).filter(|t| !t.is_empty()).collect();
                teams.into_iter().map(|team| self.team_entrant(team, agents)).collect()
            }
            Key::Incentive => vec![self.plain_entrant(INCENTIVE)],
        };
        entrants.sort_by(|a, b| a.id.cmp(&b.id));
        entrants
    }

    fn entrant(&self, agent: &wit::Agent) -> wit::Entrant {
        let wit::Agent { team, share, hired_day, .. } = agent.clone();
        wit::Entrant { team, share, hired_day, ..self.plain_entrant(&agent.id) }
    }

    fn team_entrant(&self, team: &str, agents: &[wit::Agent]) -> wit::Entrant {
        let shares: Vec<_> = agents.iter().filter(|a| a.team == *team).map(|a| a.share).collect();
        let (members, share) = (shares.len() as u32, shares.iter().sum());
        wit::Entrant { members, share, ..self.plain_entrant(team) }
    }

    fn plain_entrant(&self, id: &str) -> wit::Entrant {
        let tickets = (0..self.plan.draws.len()).map(|draw| self.tickets_of(id, draw as u32)).collect();
        wit::Entrant { id: id.into(), team: String::new(), share: 1.0, members: 1, hired_day: None, tickets }
    }
}
