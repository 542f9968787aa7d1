//! Badges: see `plugins/badges/README.md`.
//!
//! For each agent and each badge by itself, go through the facts in order and note the levels that are reached.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use plaudit_core::{Millis, event::Event, rule::Reward as Given};
use serde::Deserialize;

use crate::{
    clock::{date, day, is_workday, number, start},
    measure::value,
    wanted::{Award, Id, Said, Wanted},
    world::{What, World},
};

/// As the manager writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    badges: Vec<Badge>,
    absence: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Badge {
    name: String,
    kind: String,
    metric: String,
    at_least: Option<f64>,
    after: Option<u32>,
    levels: Vec<Level>,
}

#[derive(Clone, Debug, Deserialize)]
struct Level {
    name: Option<String>,
    at: Option<u32>,
    points: Option<i64>,
    currency: Option<String>,
}

impl Level {
    fn at(&self) -> f64 {
        self.at.unwrap_or(1).into()
    }
}

/// A level that was reached: when, which, the how-manieth (none: once for ever), and the numbers of its reason.
struct Reached {
    time: Millis,
    level: usize,
    ordinal: Option<u32>,
    n: f64,
    value: Option<f64>,
}

/// A fact of an agent with its local day and the badge's value.
struct Counted {
    time: Millis,
    day: NaiveDate,
    value: f64,
}

impl Badge {
    /// Whether a value counts at all.
    fn counts(&self, value: f64) -> bool {
        self.at_least.map_or(value > 0.0, |bound| value >= bound)
    }

    /// What a value adds: with a bound it counts or not, without one it is added up.
    fn amount(&self, value: f64) -> f64 {
        if self.at_least.is_some() { f64::from(u8::from(self.counts(value))) } else { value }
    }

    /// Levels in (before, after].
    fn passed(&self, before: f64, after: f64) -> impl Iterator<Item = (usize, f64)> {
        let passed = move |(_, level): &(usize, &Level)| before < level.at() && level.at() <= after;
        self.levels.iter().enumerate().filter(passed).map(|(index, level)| (index, level.at()))
    }

    fn reached(&self, facts: &[Counted], life: &Life<'_>) -> Vec<Reached> {
        match &*self.kind {
            "count" => self.count(facts),
            "streak" => self.streak(facts),
            "workdays" => self.workdays(facts, life),
            "first" => self.first(facts),
            "record-day" => self.record_day(facts),
            "record-value" => self.record_value(facts),
            other => panic!("no history has badges of the kind {other:?}"),
        }
    }

    fn count(&self, facts: &[Counted]) -> Vec<Reached> {
        let mut total = 0.0;
        let mut reached = Vec::new();
        for fact in facts {
            let before = total;
            total += self.amount(fact.value);
            let of = |(level, n)| Reached { time: fact.time, level, ordinal: None, n, value: None };
            reached.extend(self.passed(before, total).map(of));
        }
        reached
    }

    fn streak(&self, facts: &[Counted]) -> Vec<Reached> {
        let (mut length, mut streaks) = (0_u32, 0);
        let mut reached = Vec::new();
        for fact in facts {
            if !self.counts(fact.value) {
                length = 0;
                continue;
            }
            streaks += u32::from(length == 0);
            length += 1;
            let of = |(level, n)| Reached { time: fact.time, level, ordinal: Some(streaks), n, value: None };
            reached.extend(self.passed(f64::from(length) - 1.0, length.into()).map(of));
        }
        reached
    }

    fn first(&self, facts: &[Counted]) -> Vec<Reached> {
        let first = facts.iter().find(|f| self.counts(f.value));
        first
            .map(|f| Reached { time: f.time, level: 0, ordinal: None, n: 1.0, value: None })
            .into_iter()
            .collect()
    }

    /// Working days in a row with a fact that counts. A working day without one ends the row at its local end, unless
    /// the agent was absent on it, or not in the audience all day.
    fn workdays(&self, facts: &[Counted], life: &Life<'_>) -> Vec<Reached> {
        let (mut length, mut rows) = (0_u32, 0);
        let mut last: Option<NaiveDate> = None;
        let mut reached = Vec::new();
        let mut days = life.days_on_duty().into_iter().peekable();
        for fact in facts.iter().filter(|f| self.counts(f.value)) {
            while let Some((day, _)) = days.next_if(|(_, end)| *end <= fact.time) {
                if last.is_none_or(|last| last < day) {
                    length = 0;
                }
            }
            if last.is_some_and(|last| fact.day <= last) {
                continue;
            }
            rows += u32::from(length == 0);
            length += 1;
            last = Some(fact.day);
            let of = |(level, n)| Reached { time: fact.time, level, ordinal: Some(rows), n, value: None };
            reached.extend(self.passed(f64::from(length) - 1.0, length.into()).map(of));
        }
        reached
    }

    /// The level of the n-th record.
    fn level_of_record(&self, n: u32) -> Option<usize> {
        self.levels.iter().rposition(|level| level.at() <= f64::from(n))
    }

    fn record_day(&self, facts: &[Counted]) -> Vec<Reached> {
        let after = self.after.unwrap_or(10);
        let mut today: Option<NaiveDate> = None;
        let (mut count, mut best, mut days, mut records, mut beaten) = (0.0_f64, 0.0_f64, 0, 0, false);
        let mut reached = Vec::new();
        for fact in facts {
            if today != Some(fact.day) {
                days += u32::from(count > 0.0);
                best = best.max(count);
                (today, count, beaten) = (Some(fact.day), 0.0, false);
            }
            count += self.amount(fact.value);
            if beaten || days < after || count <= best {
                continue;
            }
            (beaten, records) = (true, records + 1);
            if let Some(level) = self.level_of_record(records) {
                reached.push(Reached {
                    time: fact.time,
                    level,
                    ordinal: Some(records),
                    n: best,
                    value: None,
                });
            }
        }
        reached
    }

    fn record_value(&self, facts: &[Counted]) -> Vec<Reached> {
        let after = self.after.unwrap_or(10);
        let (mut records, mut seen) = (0, Vec::<f64>::new());
        let mut reached = Vec::new();
        for fact in facts.iter().filter(|f| self.counts(f.value)) {
            let best = seen.iter().copied().reduce(f64::max);
            if let Some(best) = best.filter(|best| fact.value > *best && seen.len() as u32 >= after) {
                records += 1;
                if let Some(level) = self.level_of_record(records) {
                    let (n, value) = (best, Some(fact.value));
                    reached.push(Reached { time: fact.time, level, ordinal: Some(records), n, value });
                }
            }
            seen.push(fact.value);
        }
        reached
    }

    fn title(&self, level: &Level) -> String {
        level.name.as_ref().map_or_else(|| self.name.clone(), |name| format!("{}-{name}", self.name))
    }

    fn give(&self, agent: &str, reached: &Reached, wanted: &mut Wanted) {
        let level = &self.levels[reached.level];
        let title = self.title(level);
        let mut because = Said::new(&self.kind).with("badge", &self.name).with("n", reached.n);
        if let Some(value) = reached.value {
            because = because.with("value", value);
        }
        let key = reached.ordinal.map_or_else(|| "once".to_owned(), |n| n.to_string());
        let mut award = |name: String, reward| {
            let id = Id { period: None, name, subject: format!("agent/{agent}"), key: key.clone() };
            wanted.award(id, Award { time: reached.time, reward, because: because.clone(), team: None });
        };
        award(title.clone(), Given::Badge { name: title.clone(), level: reached.level as u32 + 1 });
        if let Some(units) = level.points.filter(|units| *units > 0) {
            let currency = level.currency.clone().unwrap_or_else(|| "points".into());
            award(format!("{title}-points"), Given::Points { currency, units });
        }
    }
}

/// What the rows of working days need to know of an agent.
struct Life<'a> {
    world: &'a World,
    agent: &'a str,
    /// How far time has come.
    until: Millis,
    /// When they joined and left.
    turns: Vec<Millis>,
    /// Facts of absence: when, and on which day.
    absent: Vec<(Millis, NaiveDate)>,
}

impl Life<'_> {
    /// Working days that break a row if nothing is done on them, each with its end. The agent was there from beginning
    /// to end and was not absent. Whether it is a working day is decided by the terms with which it began; it is over as
    /// soon as it is another day where they are.
    fn days_on_duty(&self) -> Vec<(NaiveDate, Millis)> {
        let start = self.world.incentive.start;
        let mut today = day(self.world.view(self.agent, start).zone, start);
        let (mut works, mut is_whole) = (false, false);
        let mut days = Vec::new();
        for at in self.instants().into_iter().filter(|at| (start..=self.until).contains(at)) {
            let view = self.world.view(self.agent, at);
            let here = day(view.zone, at);
            if here > today {
                if works && is_whole && !self.absent.iter().any(|(t, day)| *t < at && *day == today) {
                    days.push((today, at));
                }
                today = here;
                works = is_workday(here, view.weekdays, &view.holidays);
                is_whole = self.world.is_in(self.agent, at - 1);
            }
            is_whole &= !self.turns.contains(&at);
        }
        days
    }

    /// Every instant at which it may become another day: midnights wherever they were, and changes of their terms.
    fn instants(&self) -> BTreeSet<Millis> {
        let mut instants = self.world.edges(self.agent);
        let mut zones: Vec<_> = instants.iter().map(|at| self.world.view(self.agent, *at).zone).collect();
        zones.dedup();
        for zone in zones {
            let (first, last) = (day(zone, self.world.incentive.start), day(zone, self.until));
            instants.extend((number(first)..=number(last)).map(|n| start(zone, date(n))));
        }
        instants
    }
}

impl Settings {
    /// The metrics that are asked for.
    pub(crate) fn asks_for(&self) -> Vec<String> {
        let counts_days = self.badges.iter().any(|b| b.kind == "workdays");
        let absence = counts_days.then(|| self.absence());
        self.badges.iter().map(|b| b.metric.clone()).chain(absence).collect()
    }

    fn absence(&self) -> String {
        self.absence.clone().unwrap_or_else(|| "absent".into())
    }

    /// Everything an agent has earned.
    pub(crate) fn earn(&self, world: &World, agent: &str, until: Millis, wanted: &mut Wanted) {
        let lived = world.life(agent, until);
        let turns = lived.iter().filter_map(|(at, what)| match what {
            What::Entered | What::Left => Some(*at),
            What::Fact(_) => None,
        });
        let facts: Vec<&Event> =
            lived.iter().filter_map(|(_, w)| if let What::Fact(e) = w { Some(e) } else { None }).collect();
        let local = |fact: &Event| day(world.view(agent, fact.time).zone, fact.time);
        let absence = self.absence();
        let counts_days = self.badges.iter().any(|b| b.kind == "workdays");
        let is_absent = |f: &&&Event| counts_days && value(&absence, f).is_some_and(|v| v > 0.0);
        let absent = facts.iter().filter(is_absent).map(|f| (f.time, local(f))).collect();
        let until = world.horizon(agent, until);
        let life = Life { world, agent, until, turns: turns.collect(), absent };
        for badge in &self.badges {
            let counted =
                |f: &&Event| Some(Counted { time: f.time, day: local(f), value: value(&badge.metric, f)? });
            let counted: Vec<Counted> = facts.iter().filter_map(counted).collect();
            for reached in badge.reached(&counted, &life) {
                badge.give(agent, &reached, wanted);
            }
        }
    }
}
