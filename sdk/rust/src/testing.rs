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
//!
//! // Two more of Ana's come in late, when the day was closed already: it is closed again, and the cake is hers.
//! play.late("2026-03-02 09:01").event("ana", &[("calls", 1.0)]);
//! play.late("2026-03-02 09:02").event("ana", &[("calls", 1.0)]);
//! assert_eq!((play.awards("ana"), play.awards("ben")), (vec!["first"], vec![]));
//! assert_eq!(play.taken_back("ben"), ["first"]);
//! ```
//!
//! Late facts ([`Play::late`]), corrections ([`Play::correct`]) and retractions ([`Play::retract`]) are told at any time:
//! everything is folded again in event time, and what comes out is compared with what stands, as the host does. What
//! the reader sees is [`Play::said`]; [`Play::transcript`] is all of it. [`Play::snapshot`] is every effect, for a
//! snapshot in one line.
//!
//! The same scenario runs against the built component in the server's own runtime, with its limits: `plaudit plugin test`
//! runs the crate's tests that way, too. By hand:
//! `PLAUDIT_ENGINE=component PLAUDIT_COMPONENT=target/plugins/my-rule.wasm cargo test`. What fails there names the event.

mod board;
mod book;
mod engine;
mod facts;
mod roster;
mod snapshot;
mod stage;
mod texts;

use std::rc::Rc;

use crate::plan::{Key, Manifest};
use crate::rule::Rule;
use crate::time::{DAY, HOUR, LocalDay, MINUTE, Millis, Zone};
use crate::wit::{self, NONE};

use book::Book;
pub use book::Given;
use facts::{Act, Fact, Step, World};
pub use roster::{Member, clocks_of_madrid, clocks_of_shanghai, clocks_of_vilnius};
use stage::Stage;
pub use texts::{LOCALES, Texts, texts_are_whole};

const EVENT: u8 = 0;
const ENTERED: u8 = 1;
const LEFT: u8 = 2;
/// The key of a rule for the whole incentive.
const INCENTIVE: &str = "incentive";

/// So many minutes, for [`Play::advance`].
pub fn minutes(n: i64) -> Millis {
    n * MINUTE
}

/// So many hours, for [`Play::advance`].
pub fn hours(n: i64) -> Millis {
    n * HOUR
}

/// So many times 24 hours, for [`Play::advance`]: over a change of clocks the wall shows another time then.
pub fn days(n: i64) -> Millis {
    n * DAY
}

/// A rule on its stage. Methods that a mistake of the test could break panic and say what is wrong.
pub struct Play<R: Rule> {
    stage: Stage<R>,
    book: Book,
    facts: Vec<Fact>,
    roster: Vec<Member>,
    zones: Vec<wit::Zone>,
    now: Millis,
    /// When the next event was, if it comes late.
    late: Option<Millis>,
    attributes: Vec<(String, String)>,
    entities: u32,
    texts: Option<Texts>,
}

impl<R: Rule> Play<R> {
    /// A stage in Madrid, on 2026-03-02 at midnight, nobody there yet. `settings` is a JSON document.
    ///
    /// # Panics
    /// If the settings have problems (all are named), as every method here if the test is wrong or the rule fails.
    pub fn new(settings: &str) -> Self {
        let zones = vec![clocks_of_madrid()];
        let start = Zone::new(&zones[0]).start_of(LocalDay::of(2026, 3, 2));
        Self {
            stage: Stage::new(settings, start),
            book: Book::default(),
            facts: Vec::new(),
            roster: Vec::new(),
            zones,
            now: start,
            late: None,
            attributes: Vec::new(),
            entities: 0,
            texts: None,
        }
    }

    /// Problems of a settings document as (field, message); none if it is right.
    pub fn problems(settings: &str) -> Vec<(String, String)> {
        let problems = engine::Engine::<R>::chosen().problems(settings);
        problems.into_iter().map(|p| (p.field, p.message)).collect()
    }

    /// Gives the stage the plugin's texts, for [`Play::said`] and [`Play::transcript`].
    pub fn speaking(mut self, manifest: &Manifest) -> Self {
        self.texts = Some(Texts::of(manifest));
        self
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

    /// Puts an agent into another team from now on; what was told before stays with the old one.
    pub fn joins(&mut self, agent: &str, team: &str) -> &mut Self {
        let member = self.index(agent);
        self.roster[member].team(team);
        self
    }

    /// Moves the clock to a local time of the stage's zone, `2026-03-02 09:00` (or with seconds); timers due before fire.
    pub fn at(&mut self, time: &str) -> &mut Self {
        let at = self.instant(time);
        assert!(
            at >= self.now,
            "time does not run backwards: {time} is before what was told already; use play.late({time:?})"
        );
        if at > self.now {
            self.tell(at - 1, Act::Pass);
            self.now = at;
        }
        self
    }

    /// Lets time pass until then, inclusive: timers due fire.
    pub fn until(&mut self, time: &str) -> &mut Self {
        let at = self.instant(time);
        self.tell(at, Act::Pass);
        self.now = self.now.max(at);
        self
    }

    /// Lets so much time pass, such as [`days`]`(3)`: timers due fire.
    pub fn advance(&mut self, time: Millis) -> &mut Self {
        assert!(time >= 0, "time does not run backwards: {time} ms");
        self.now += time;
        self.tell(self.now, Act::Pass);
        self
    }

    /// The next event happened at this earlier time and is heard of only now.
    pub fn late(&mut self, time: &str) -> &mut Self {
        let at = self.instant(time);
        assert!(at <= self.now, "{time} is not yet: what comes late has happened before");
        self.late = Some(at);
        self
    }

    /// Attributes (texts) of the next event; `entity` is numbered (`e1`, `e2`, …) unless given.
    pub fn with(&mut self, attributes: &[(&str, &str)]) -> &mut Self {
        self.attributes.extend(attributes.iter().map(|(k, v)| (k.to_string(), v.to_string())));
        self
    }

    /// The entity of the next event, such as a contact's id: what [`Play::correct`] and [`Play::retract`] name.
    pub fn entity(&mut self, id: &str) -> &mut Self {
        self.with(&[("entity", id)])
    }

    /// Tries of this key win: an entity (`e1`, `e2`, … as events come) unless the rule chose another key. Say it before
    /// they try. Without it only those win that always do.
    pub fn lucky(&mut self, key: &str) -> &mut Self {
        self.stage.lucky.insert(key.into());
        self
    }

    /// An event of an agent, now, with its metrics by name.
    pub fn event(&mut self, agent: &str, metrics: &[(&str, f64)]) -> &mut Self {
        self.ratios(agent, &plain(metrics))
    }

    /// So many such events, at the same time.
    pub fn events(&mut self, n: u32, agent: &str, metrics: &[(&str, f64)]) -> &mut Self {
        for _ in 0..n {
            self.event(agent, metrics);
        }
        self
    }

    /// As [`Play::event`], each metric with numerator and denominator.
    pub fn ratios(&mut self, agent: &str, metrics: &[(&str, f64, f64)]) -> &mut Self {
        let agent = self.index(agent) as u32;
        self.step(EVENT, agent, None, metrics)
    }

    /// An event of a team or of a queue that the roster maps to it.
    pub fn team_event(&mut self, team: &str, metrics: &[(&str, f64)]) -> &mut Self {
        self.step(EVENT, NONE, Some(team), &plain(metrics))
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

    /// A newer version of an event, by its entity: these metrics instead of those it had, at the same time.
    pub fn correct(&mut self, entity: &str, metrics: &[(&str, f64)]) -> &mut Self {
        let of = self.fact(entity);
        if let Act::Step(step) = &mut self.facts[of].act {
            step.metrics = plain(metrics).iter().map(|(name, n, d)| (name.to_string(), *n, *d)).collect();
        }
        self.again()
    }

    /// An event turns out never to have been.
    pub fn retract(&mut self, entity: &str) -> &mut Self {
        let of = self.fact(entity);
        self.facts.remove(of);
        self.again()
    }

    /// Closes a period of that name, now: ranks the boards, concludes, and begins anew with empty boards.
    pub fn close(&mut self, period: &str) -> &mut Self {
        self.tell(self.now, Act::Close(period.into()));
        self
    }

    /// The board as it stands: (id, rank, value), best first. Rank 0 is not ranked.
    pub fn standings(&self, board: usize) -> Vec<(String, u32, f64)> {
        self.stage.standings(board, &self.world())
    }

    /// Tickets of a draw in the open period.
    pub fn tickets(&self, key: &str, draw: u32) -> u64 {
        self.stage.tickets_of(key, draw)
    }

    /// Names of the awards of an agent, a team or the key itself, in order. What was given twice by (name, key) is one;
    /// what a quota leaves out is none.
    pub fn awards(&self, to: &str) -> Vec<&str> {
        self.given().iter().filter(|g| g.to == to && g.reward.is_some()).map(|g| g.name.as_str()).collect()
    }

    /// Names of the praise of an agent, a team or the key itself, in order.
    pub fn praise(&self, to: &str) -> Vec<&str> {
        self.given().iter().filter(|g| g.to == to && g.reward.is_none()).map(|g| g.name.as_str()).collect()
    }

    /// Points that stand, of all currencies.
    pub fn points(&self, to: &str) -> i64 {
        self.given().iter().filter(|g| g.to == to).map(Given::points).sum()
    }

    /// Names of the awards that somebody had, until a correction took them.
    pub fn taken_back(&self, to: &str) -> Vec<&str> {
        self.book.taken_back().iter().filter(|g| g.to == to).map(|g| g.name.as_str()).collect()
    }

    /// Awards and praise as they stand, in order of time.
    pub fn given(&self) -> &[Given] {
        self.book.standing()
    }

    /// What somebody reads of their awards and praise, in a language such as `lt`.
    ///
    /// # Panics
    /// Without [`Play::speaking`], or if a text is missing or lacks an argument.
    pub fn said(&self, locale: &str, to: &str) -> Vec<String> {
        let texts = self.spoken();
        self.given().iter().filter(|g| g.to == to).map(|g| texts.say(locale, &g.text)).collect()
    }

    /// What is shown to a key as within reach, in a language; `None` if nothing is.
    pub fn shown(&self, locale: &str, key: &str) -> Option<String> {
        Some(self.spoken().say(locale, &self.stage.progress.get(key)?.text))
    }

    /// All that stands, a line each, in order of time: when, who, what, the reason in that language; then what was taken
    /// back. For a snapshot.
    pub fn transcript(&self, locale: &str) -> String {
        let (texts, zone) = (self.spoken(), Zone::new(&self.zones[0]));
        let line = |given: &Given| {
            let (day, minute) = (zone.day(given.at), zone.clock(given.at).0);
            let said = texts.say(locale, &given.text);
            let Given { to, name, key, .. } = given;
            format!(
                "{day} {:02}:{:02}  {to}  {name}/{key}  {}  {said}\n",
                minute / 60,
                minute % 60,
                given.what()
            )
        };
        let back = self.book.taken_back().iter().map(|given| format!("taken back: {}", line(given)));
        self.given().iter().map(line).chain(back).collect()
    }

    /// The draws that the closes so far asked for.
    pub fn draws(&self) -> &[wit::DrawSpec] {
        &self.stage.draws
    }

    /// Keys of the tries of an agent or a team, in order.
    pub fn tries(&self, key: &str) -> Vec<&str> {
        self.stage.tries.iter().filter(|(who, _)| who == key).map(|(_, key)| key.as_str()).collect()
    }

    /// What is shown to a key as within reach: (value, target).
    pub fn progress(&self, key: &str) -> Option<(f64, f64)> {
        self.stage.progress.get(key).map(|p| (p.value, p.target))
    }

    /// Lines that the rule logged.
    pub fn logs(&self) -> &[String] {
        &self.stage.logs
    }

    /// When the earliest timer of a key is due.
    pub fn wakes_at(&self, key: &str) -> Option<Millis> {
        self.stage.wakes_at(key)
    }

    fn spoken(&self) -> &Texts {
        self.texts.as_ref().expect("the stage has no texts: begin with Play::new(…).speaking(&manifest())")
    }

    fn index(&self, agent: &str) -> usize {
        let found = self.roster.iter().position(|m| m.agent.id == agent);
        found.unwrap_or_else(|| panic!("there is no agent {agent:?}: add them with play.agent({agent:?})"))
    }

    fn fact(&self, entity: &str) -> usize {
        let is_it = |fact: &Fact| matches!(&fact.act, Act::Step(step) if step.entity() == entity);
        let found = self.facts.iter().rposition(is_it);
        found.unwrap_or_else(|| panic!("no event of the entity {entity:?} was told"))
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
        let key = match self.stage.plan.key() {
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
        let metrics = metrics.iter().map(|(name, n, d)| (name.to_string(), *n, *d)).collect();
        let at = self.late.take().unwrap_or(self.now);
        self.tell(at, Act::Step(Step { key, kind, agent, metrics, attributes }));
        self
    }

    fn world(&self) -> World {
        World { agents: self.roster.iter().map(|m| m.agent.clone()).collect(), zones: self.zones.clone() }
    }

    /// Takes a fact down and plays it; what is before another one has everything played again.
    fn tell(&mut self, time: Millis, act: Act) {
        let world = Rc::new(self.world());
        let place = self.facts.partition_point(|f| f.time <= time);
        let is_last = place == self.facts.len();
        self.facts.insert(place, Fact { time, world, act });
        if is_last {
            self.stage.play(&self.facts[place]);
            self.book.settle(&self.stage.asked, self.stage.plan.quotas(), self.stage.period);
        } else {
            self.again();
        }
    }

    fn again(&mut self) -> &mut Self {
        self.stage.begin_again();
        for fact in &self.facts {
            self.stage.play(fact);
        }
        self.book.settle(&self.stage.asked, self.stage.plan.quotas(), self.stage.period);
        self
    }
}

fn plain<'m>(metrics: &[(&'m str, f64)]) -> Vec<(&'m str, f64, f64)> {
    metrics.iter().map(|(name, value)| (*name, *value, 1.0)).collect()
}

fn day(date: &str) -> LocalDay {
    let parts: Vec<u32> = date.split('-').filter_map(|p| p.parse().ok()).collect();
    match parts[..] {
        [year, month, day] => LocalDay::of(year as i32, month, day),
        _ => panic!("{date:?} is no date such as 2026-03-02"),
    }
}
