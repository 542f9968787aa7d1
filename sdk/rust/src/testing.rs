//! A stage for a rule: agents, events, passing time, closing periods; then see who got what.
//!
//! It runs the very code that runs in Wasm. Times are written as they stand on the wall of the stage's zone:
//!
//! ```
//! # use plaudit_sdk::prelude::*;
//! # struct Calls;
//! # impl Rule for Calls {
//! #     type Settings = ();
//! #     type State = ();
//! #     const NAME: &'static str = "calls";
//! #     fn plan(_: &()) -> Plan { Plan::per_agent().metric("calls").board(Board::new("ranking").sum("calls", 1.0)) }
//! #     fn on_event(_: &mut (), event: &Event, cx: &mut Context<()>) { cx.score(0, 0, event.metric(0).unwrap_or(0.0)) }
//! #     fn conclude(close: &Close<()>, out: &mut Conclude) {
//! #         for row in close.ranked(0).take(1) { out.award_agent(row.id(), Award::prize("first", "Cake")) }
//! #     }
//! # }
//! use plaudit_sdk::testing::Play;
//!
//! let mut play = Play::<Calls>::new("{}");
//! play.agent("ana").team("red");
//! play.agent("ben").hired("2024-03-02").share(0.5);
//! play.at("2026-03-02 09:00").event("ana", &[("calls", 1.0)]);
//! play.at("2026-03-02 09:05").event("ben", &[("calls", 1.0)]).event("ben", &[("calls", 1.0)]);
//! play.close("2026-03-02");
//! assert_eq!(play.awards("ben"), ["first"]);
//! ```

mod board;
mod roster;

use std::collections::{BTreeMap, BTreeSet};

use crate::adapter::{self, Adapter};
use crate::effects::{Effects, Target};
use crate::plan::{Key, Plan};
use crate::rule::Rule;
use crate::time::{LocalDay, MINUTE, Millis, Zone};
use crate::wit::{self, NONE};

pub use roster::{Member, clocks_of_madrid, clocks_of_shanghai, clocks_of_vilnius};

const EVENT: u8 = 0;
const ENTERED: u8 = 1;
const LEFT: u8 = 2;
/// The host's limit of a key's state.
const STATE_BYTES_MAX: usize = 16 * 1024;
/// The key of a rule for the whole incentive.
const INCENTIVE: &str = "incentive";

/// A rule on its stage. Methods that a mistake of the test could break panic and say what is wrong.
pub struct Play<R: Rule> {
    settings: String,
    plan: Plan,
    adapter: Adapter<R>,
    roster: Vec<Member>,
    zones: Vec<wit::Zone>,
    states: BTreeMap<String, Kept>,
    shared: Vec<u8>,
    now: Millis,
    attributes: Vec<(String, String)>,
    entities: u32,
    /// Scores and tickets of the open period: key, and when.
    scores: Vec<(String, wit::Score)>,
    tickets: Vec<(String, wit::Tickets)>,
    progress: BTreeMap<String, (f64, f64)>,
    draws: Vec<wit::DrawSpec>,
    /// Who tried, and the key of the try.
    tries: Vec<(String, String)>,
    lucky: BTreeSet<String>,
    logs: Vec<String>,
    given: Vec<Given>,
    /// What was given already, by (for ever?, praise?, name, subject, key): given again, it is the same.
    told: BTreeSet<(bool, bool, String, String, String)>,
    period_start: Millis,
}

#[derive(Clone, Default)]
struct Kept {
    state: Vec<u8>,
    wake_at: Option<Millis>,
}

/// An award or praise that somebody got.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// When: the time of its step or timer, or of the close.
    pub at: Millis,
    /// The key for [`Target::Itself`], an agent's or team's id; empty for everyone.
    pub to: String,
    /// Its name.
    pub name: String,
    /// Its key, the step's entity in place of an empty one.
    pub key: String,
    /// The reward; none for praise.
    pub reward: Option<wit::Reward>,
    /// What is said.
    pub text: wit::Text,
}

impl Given {
    /// An argument of its text that is a number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.text.arguments.iter().find(|a| a.name == name).and_then(|a| match a.value {
            wit::Value::Number(n) => Some(n),
            _ => None,
        })
    }
}

impl<R: Rule> Play<R> {
    /// A stage in Madrid, on 2026-03-02 at midnight, nobody there yet. `settings` is a JSON document.
    ///
    /// # Panics
    /// If the settings have problems (all are named), as every method here if the test is wrong or the rule fails.
    pub fn new(settings: &str) -> Self {
        let parsed =
            adapter::settings::<R>(settings).unwrap_or_else(|problems| panic!("the settings: {problems:?}"));
        let zones = vec![clocks_of_madrid()];
        let start = Zone::new(&zones[0]).start_of(LocalDay::of(2026, 3, 2));
        Self {
            settings: settings.into(),
            plan: R::plan(&parsed),
            adapter: Adapter::default(),
            roster: Vec::new(),
            now: start,
            period_start: start,
            zones,
            states: BTreeMap::new(),
            shared: Vec::new(),
            attributes: Vec::new(),
            entities: 0,
            scores: Vec::new(),
            tickets: Vec::new(),
            progress: BTreeMap::new(),
            draws: Vec::new(),
            tries: Vec::new(),
            lucky: BTreeSet::new(),
            logs: Vec::new(),
            given: Vec::new(),
            told: BTreeSet::new(),
        }
    }

    /// Problems of a settings document as (field, message); none if it is right.
    pub fn problems(settings: &str) -> Vec<(String, String)> {
        let problems = adapter::settings::<R>(settings).err().unwrap_or_default();
        problems.into_iter().map(|p| (p.field, p.message)).collect()
    }

    /// Days nobody works in the stage's zone, as `2026-04-03`.
    pub fn holidays(&mut self, days: &[&str]) -> &mut Self {
        self.zones[0].holidays = days.iter().map(|d| day(d).0).collect();
        self.zones[0].holidays.sort_unstable();
        self
    }

    /// Adds an agent: full time, Monday to Friday, in the stage's zone, in no team. Describe them by what it returns;
    /// [`Play::enter`] has them join the audience.
    pub fn agent(&mut self, id: &str) -> &mut Member {
        assert!(self.roster.iter().all(|m| m.agent.id != id), "there is an agent {id:?} already");
        self.roster.push(Member::new(id));
        let last = self.roster.len() - 1;
        &mut self.roster[last]
    }

    /// An agent who is there already: what is changed of them holds from now on.
    pub fn terms_of(&mut self, agent: &str) -> &mut Member {
        let member = self.index(agent);
        &mut self.roster[member]
    }

    /// Puts an agent into another zone, such as [`clocks_of_shanghai`].
    pub fn moves_to(&mut self, agent: &str, zone: wit::Zone) -> &mut Self {
        let index = self.zones.iter().position(|z| z.name == zone.name).unwrap_or_else(|| {
            self.zones.push(zone);
            self.zones.len() - 1
        });
        let member = self.index(agent);
        self.roster[member].agent.zone = index as u32;
        self
    }

    /// Moves the clock to a local time of the stage's zone, `2026-03-02 09:00` (or with seconds); timers due before fire.
    pub fn at(&mut self, time: &str) -> &mut Self {
        let at = self.instant(time);
        assert!(at >= self.now, "time does not run backwards: {time} is before what was told already");
        self.pass(at - 1);
        self.now = at;
        self
    }

    /// Lets time pass until then, inclusive: timers due fire.
    pub fn until(&mut self, time: &str) -> &mut Self {
        let at = self.instant(time);
        self.pass(at);
        self.now = self.now.max(at);
        self
    }

    /// Attributes (texts) of the next event; `entity` is numbered (`e1`, `e2`, …) unless given.
    pub fn with(&mut self, attributes: &[(&str, &str)]) -> &mut Self {
        self.attributes.extend(attributes.iter().map(|(k, v)| (k.to_string(), v.to_string())));
        self
    }

    /// From now on, tries of this key win: an entity (`e1`, `e2`, … as events come) unless the rule chose another key.
    /// Without it only those win that always do.
    pub fn lucky(&mut self, key: &str) -> &mut Self {
        self.lucky.insert(key.into());
        self
    }

    /// An event of an agent, now, with its metrics by name.
    pub fn event(&mut self, agent: &str, metrics: &[(&str, f64)]) -> &mut Self {
        let ratios: Vec<_> = metrics.iter().map(|(name, value)| (*name, *value, 1.0)).collect();
        self.ratios(agent, &ratios)
    }

    /// As [`Play::event`], each metric with numerator and denominator.
    pub fn ratios(&mut self, agent: &str, metrics: &[(&str, f64, f64)]) -> &mut Self {
        let agent = self.index(agent) as u32;
        self.step(EVENT, agent, None, metrics)
    }

    /// An event of a team or of a queue that the roster maps to it.
    pub fn team_event(&mut self, team: &str, metrics: &[(&str, f64)]) -> &mut Self {
        let ratios: Vec<_> = metrics.iter().map(|(name, value)| (*name, *value, 1.0)).collect();
        self.step(EVENT, NONE, Some(team), &ratios)
    }

    /// An agent joins the audience.
    pub fn enter(&mut self, agent: &str) -> &mut Self {
        let agent = self.index(agent) as u32;
        self.step(ENTERED, agent, None, &[])
    }

    /// An agent leaves the audience.
    pub fn leave(&mut self, agent: &str) -> &mut Self {
        let agent = self.index(agent) as u32;
        self.step(LEFT, agent, None, &[])
    }

    /// Closes a period of that name, now: ranks the boards, concludes, and begins anew with empty boards.
    pub fn close(&mut self, period: &str) -> &mut Self {
        let entrants = self.entrants();
        let ids: Vec<_> = entrants.iter().map(|e| e.id.as_str()).collect();
        let boards = self.plan.boards.iter().enumerate();
        let standings: Vec<_> = boards.map(|(i, b)| board::rank(b, i as u32, &ids, &self.scores)).collect();
        let period = wit::Period { id: period.into(), start: self.period_start, end: self.now };
        let mut effects = Effects::default();
        self.shared = self
            .adapter
            .conclude(&self.settings, &period, &entrants, &standings, &self.shared, &mut effects)
            .unwrap_or_else(|error| panic!("conclude: {error}"));
        self.record(effects, "", "");
        self.scores.clear();
        self.tickets.clear();
        self.told.retain(|(ever, ..)| *ever);
        self.period_start = self.now;
        self
    }

    /// The board as it stands: (id, rank, value), best first. Rank 0 is not ranked.
    pub fn standings(&self, board: usize) -> Vec<(String, u32, f64)> {
        let entrants = self.entrants();
        let ids: Vec<_> = entrants.iter().map(|e| e.id.as_str()).collect();
        let rows = board::rank(&self.plan.boards[board], board as u32, &ids, &self.scores).rows;
        rows.iter().map(|r| (ids[r.entrant as usize].to_string(), r.rank, r.value)).collect()
    }

    /// Tickets of a draw in the open period.
    pub fn tickets(&self, key: &str, draw: u32) -> u64 {
        let mine = self.tickets.iter().filter(|(k, t)| k == key && t.draw == draw);
        mine.map(|(_, t)| u64::from(t.count)).sum()
    }

    /// Names of the awards of an agent, a team or the key itself, in order. What was given twice by (name, key) is one.
    pub fn awards(&self, to: &str) -> Vec<&str> {
        self.given().iter().filter(|g| g.to == to && g.reward.is_some()).map(|g| g.name.as_str()).collect()
    }

    /// Names of the praise of an agent, a team or the key itself, in order.
    pub fn praise(&self, to: &str) -> Vec<&str> {
        self.given().iter().filter(|g| g.to == to && g.reward.is_none()).map(|g| g.name.as_str()).collect()
    }

    /// Awards and praise in the order in which they were given.
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// The draws that the closes so far asked for.
    pub fn draws(&self) -> &[wit::DrawSpec] {
        &self.draws
    }

    /// Keys of the tries of an agent or a team, in order.
    pub fn tries(&self, key: &str) -> Vec<&str> {
        self.tries.iter().filter(|(who, _)| who == key).map(|(_, key)| key.as_str()).collect()
    }

    /// What is shown to a key as within reach: (value, target).
    pub fn progress(&self, key: &str) -> Option<(f64, f64)> {
        self.progress.get(key).copied()
    }

    /// Lines that the rule logged.
    pub fn logs(&self) -> &[String] {
        &self.logs
    }

    /// When the earliest timer of a key is due.
    pub fn wakes_at(&self, key: &str) -> Option<Millis> {
        self.states.get(key)?.wake_at
    }

    fn index(&self, agent: &str) -> usize {
        let found = self.roster.iter().position(|m| m.agent.id == agent);
        found.unwrap_or_else(|| panic!("there is no agent {agent:?}: add them with play.agent({agent:?})"))
    }

    fn instant(&self, time: &str) -> Millis {
        let (date, clock) =
            time.split_once(' ').unwrap_or_else(|| panic!("{time:?} is no `2026-03-02 09:00`"));
        let mut parts =
            clock.split(':').map(|p| p.parse::<i64>().unwrap_or_else(|_| panic!("{time:?}: no time of day")));
        let mut part = || parts.next().unwrap_or(0);
        let (hours, minutes, seconds) = (part(), part(), part());
        let wall = crate::ClockTime((hours * 60 + minutes) as u16);
        Zone::new(&self.zones[0]).instant(day(date), wall) + seconds * MINUTE / 60
    }

    fn step(&mut self, kind: u8, agent: u32, team: Option<&str>, metrics: &[(&str, f64, f64)]) -> &mut Self {
        self.entities += 1;
        let view = self.roster.get(agent as usize).map(|m| &m.agent);
        let key = match self.plan.key() {
            Key::Agent => {
                view.map(|a| a.id.clone()).unwrap_or_else(|| panic!("a team's event reaches no agent's key"))
            }
            Key::Team => team.map(Into::into).or(view.map(|a| a.team.clone())).unwrap_or_default(),
            Key::Incentive => INCENTIVE.into(),
        };
        let mut attributes = std::mem::take(&mut self.attributes);
        if attributes.iter().all(|(name, _)| name != "entity") {
            attributes.push(("entity".into(), format!("e{}", self.entities)));
        }
        let entity =
            attributes.iter().find(|(name, _)| name == "entity").map(|(_, v)| v.clone()).unwrap_or_default();
        let metrics: Vec<_> = self.plan.metrics.iter().map(|name| metric_column(name, metrics)).collect();
        let columns = self.plan.attributes.iter().map(|name| text_column(name, &attributes)).collect();
        let planned = kind != EVENT || metrics.iter().any(|m| !m.values[0].is_nan());
        if planned {
            let mut batch = self.batch(&key, self.now);
            (batch.kind, batch.slot_of, batch.agent_of, batch.time) =
                (vec![kind], vec![0], vec![agent], vec![self.now]);
            (batch.metrics, batch.attributes) = (metrics, columns);
            self.fold(&key, &batch, &entity);
        }
        self
    }

    /// Fires what is due, key by key in order of time.
    fn pass(&mut self, until: Millis) {
        let due = |kept: &Kept| kept.wake_at.filter(|&at| at <= until);
        while let Some((at, key)) = self.states.iter().filter_map(|(k, s)| Some((due(s)?, k.clone()))).min() {
            let batch = self.batch(&key, at);
            self.fold(&key, &batch, "");
        }
    }

    fn batch(&self, key: &str, until: Millis) -> wit::Batch {
        let agent = self.roster.iter().find(|m| m.agent.id == key);
        let state = self.states.get(key).map(|s| s.state.clone()).unwrap_or_default();
        let slot = wit::Slot { id: key.into(), zone: agent.map_or(0, |m| m.agent.zone), state, until };
        wit::Batch {
            slots: vec![slot],
            agents: self.roster.iter().map(|m| m.agent.clone()).collect(),
            zones: self.zones.clone(),
            shared: self.shared.clone(),
            kind: vec![],
            slot_of: vec![],
            agent_of: vec![],
            time: vec![],
            metrics: self
                .plan
                .metrics
                .iter()
                .map(|_| wit::MetricColumn { values: vec![], weights: vec![] })
                .collect(),
            attributes: self
                .plan
                .attributes
                .iter()
                .map(|_| wit::TextColumn { words: vec![], at: vec![] })
                .collect(),
        }
    }

    fn fold(&mut self, key: &str, batch: &wit::Batch, entity: &str) {
        let mut effects = Effects::default();
        let changes = self.adapter.fold(&self.settings, batch, &mut effects);
        let changes = changes.unwrap_or_else(|error| panic!("fold of {key:?}: {error}"));
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

    fn record(&mut self, effects: Effects, key: &str, entity: &str) {
        for (origin, to, award) in effects.awards {
            let given = self.given_by(origin, award.name, award.key, Some(award.reward), award.because);
            self.give(award.span, &to, key, entity, given);
        }
        for (origin, to, praise) in effects.praise {
            let given = self.given_by(origin, praise.name, praise.key, None, praise.text);
            self.give(praise.span, &to, key, entity, given);
        }
        self.scores.extend(effects.scores.into_iter().map(|s| (key.to_string(), s)));
        self.tickets.extend(effects.tickets.into_iter().map(|t| (key.to_string(), t)));
        self.progress.extend(effects.progress.into_iter().map(|p| (key.to_string(), (p.value, p.target))));
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
            self.give(award.span, &chance.to, key, entity, given);
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
        Given { at, to: String::new(), name, key, reward, text }
    }

    fn give(&mut self, span: wit::Span, to: &Target, key: &str, entity: &str, mut given: Given) {
        let members = |team: Option<&str>| {
            let inside = self.roster.iter().filter(|m| team.is_none_or(|t| m.agent.team == t));
            inside.map(|m| m.agent.id.clone()).collect()
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
        for to in all {
            let ever = span == wit::Span::Ever;
            let praise = given.reward.is_none();
            if self.told.insert((ever, praise, given.name.clone(), to.clone(), given.key.clone())) {
                self.given.push(Given { to, ..given.clone() });
            }
        }
    }

    fn entrants(&self) -> Vec<wit::Entrant> {
        let mut entrants: Vec<_> = match self.plan.key() {
            Key::Agent => self.roster.iter().map(|m| self.entrant(&m.agent)).collect(),
            Key::Team => {
                let teams: BTreeSet<_> =
                    self.roster.iter().map(|m| &m.agent.team).filter(|t| !t.is_empty()).collect();
                teams.into_iter().map(|team| self.plain_entrant(team)).collect()
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

    fn plain_entrant(&self, id: &str) -> wit::Entrant {
        let tickets = (0..self.plan.draws.len()).map(|draw| self.tickets(id, draw as u32)).collect();
        wit::Entrant { id: id.into(), team: String::new(), share: 1.0, hired_day: None, tickets }
    }
}

fn day(date: &str) -> LocalDay {
    let parts: Vec<u32> = date.split('-').filter_map(|p| p.parse().ok()).collect();
    match parts[..] {
        [year, month, day] => LocalDay::of(year as i32, month, day),
        _ => panic!("{date:?} is no date such as 2026-03-02"),
    }
}

/// One step's entry of a planned metric; a ratio if its denominator is not 1.
fn metric_column(name: &str, metrics: &[(&str, f64, f64)]) -> wit::MetricColumn {
    match metrics.iter().find(|(n, ..)| *n == name) {
        Some(&(_, value, weight)) => wit::MetricColumn { values: vec![value], weights: vec![weight] },
        None => wit::MetricColumn { values: vec![f64::NAN], weights: vec![] },
    }
}

fn text_column(name: &str, attributes: &[(String, String)]) -> wit::TextColumn {
    match attributes.iter().find(|(n, _)| n == name) {
        Some((_, word)) => wit::TextColumn { words: vec![word.clone()], at: vec![0] },
        None => wit::TextColumn { words: vec![], at: vec![NONE] },
    }
}
