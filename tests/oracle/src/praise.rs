//! Praise: see `plugins/praise/README.md`.
//!
//! For each agent, go through the facts in order. Note every occasion; say the weightiest word of a fact, unless it is
//! quiet, too soon, or every text was among the latest.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, NaiveTime};
use plaudit_core::{Millis, event::Event};
use serde::Deserialize;
use serde_json::Value as Json;

use crate::{
    clock::{HOUR, MINUTE, date, day, instant, next, wall},
    measure::value,
    wanted::{Id, Said, Wanted},
    world::{What, World},
};

/// As the manager writes it; everything has a default.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Settings {
    #[serde(flatten)]
    given: BTreeMap<String, Json>,
}

/// Occasions, the weightiest first.
const OCCASIONS: [&str; 7] =
    ["anniversary", "comeback", "personal_best", "hard_contact", "quality", "top_rating", "nth_today"];
const ANNIVERSARY: usize = 0;
const COMEBACK: usize = 1;
const PERSONAL_BEST: usize = 2;
const HARD_CONTACT: usize = 3;
const QUALITY: usize = 4;
const TOP_RATING: usize = 5;
const NTH_TODAY: usize = 6;

impl Settings {
    fn field(&self, part: &str, field: &str) -> Option<&Json> {
        self.given.get(part)?.get(field)
    }

    fn is_on(&self, part: &str) -> bool {
        self.field(part, "on").and_then(Json::as_bool).unwrap_or(true)
    }

    fn number(&self, part: &str, field: &str, default: f64) -> f64 {
        self.field(part, field).and_then(Json::as_f64).unwrap_or(default)
    }

    fn top(&self, field: &str, default: f64) -> f64 {
        self.given.get(field).and_then(Json::as_f64).unwrap_or(default)
    }

    fn metric(&self, part: &str) -> String {
        let default = match part {
            "top_rating" | "comeback" => "csat",
            "quality" => "quality",
            "hard_contact" => "hard-contacts",
            _ => "calls",
        };
        self.field(part, "metric").and_then(Json::as_str).unwrap_or(default).into()
    }

    fn time(&self, field: &str, default: &str) -> NaiveTime {
        let text = self.field("quiet", field).and_then(Json::as_str).unwrap_or(default);
        NaiveTime::parse_from_str(text, "%H:%M").unwrap_or_default()
    }

    /// The metrics that are asked for.
    pub(crate) fn asks_for(&self) -> Vec<String> {
        OCCASIONS[1..].iter().filter(|o| self.is_on(o)).map(|o| self.metric(o)).collect()
    }

    /// Everything that is to be said to an agent.
    pub(crate) fn say(&self, world: &World, agent: &str, until: Millis, wanted: &mut Wanted) {
        let mut mind = Mind { settings: self, world, agent, wanted, memory: Memory::default() };
        for (at, what) in world.life(agent, until) {
            mind.wait(at);
            match what {
                What::Left => {
                    (mind.memory.waiting, mind.memory.quiet_end, mind.memory.anniversary) =
                        (None, None, None);
                }
                What::Entered => mind.expect_anniversary(at),
                What::Fact(fact) => {
                    mind.expect_anniversary(at);
                    let words = mind.notice(&fact);
                    mind.offer(words, at);
                }
            }
        }
        mind.wait(world.horizon(agent, until));
    }
}

/// Something to say: the occasion, what makes it unique, and the text's number.
type Word = (usize, String, f64);

struct Mind<'a> {
    settings: &'a Settings,
    world: &'a World,
    agent: &'a str,
    wanted: &'a mut Wanted,
    memory: Memory,
}

/// What is remembered of an agent.
#[derive(Default)]
struct Memory {
    /// When something was last said.
    last: Option<Millis>,
    /// Occasions and texts, the latest at the end.
    said: Vec<(usize, usize)>,
    /// Texts that each occasion has gone through.
    turn: [usize; 7],
    waiting: Option<Word>,
    quiet_end: Option<Millis>,
    anniversary: Option<Millis>,
    hired: Option<i32>,
    today: Option<NaiveDate>,
    nth: u32,
    best: DayBest,
    latest: Vec<f64>,
    is_bad: bool,
    good: u32,
    comebacks: u32,
}

#[derive(Default)]
struct DayBest {
    today: Option<NaiveDate>,
    count: f64,
    best: f64,
    days: u32,
    is_beaten: bool,
}

impl Mind<'_> {
    fn zone(&self, at: Millis) -> chrono_tz::Tz {
        self.world.view(self.agent, at).zone
    }

    /// Lets time pass: what was set for a time up to `at` happens.
    fn wait(&mut self, at: Millis) {
        loop {
            let (anniversary, quiet) = (self.memory.anniversary, self.memory.quiet_end);
            match (anniversary.filter(|t| *t <= at), quiet.filter(|t| *t <= at)) {
                (Some(morning), other) if other.is_none_or(|end| morning <= end) => self.celebrate(morning),
                (_, Some(end)) => {
                    self.memory.quiet_end = None;
                    if let Some(word) = self.memory.waiting.take() {
                        self.tell(word, end);
                    }
                }
                _ => return,
            }
        }
    }

    /// At 09:00 on the anniversary of hire.
    fn celebrate(&mut self, at: Millis) {
        let zone = self.zone(at);
        let hired = date(self.memory.hired.unwrap_or_default());
        let next = next_anniversary(zone, hired, at);
        if day(zone, next) == day(zone, at) {
            // They have moved west: it is not nine o'clock yet where they are now.
            self.memory.anniversary = Some(next);
            return;
        }
        let years = day(zone, at).year() - hired.year();
        self.memory.anniversary = None;
        self.offer(vec![(ANNIVERSARY, years.to_string(), years.into())], at);
        self.memory.anniversary = Some(next);
    }

    fn expect_anniversary(&mut self, at: Millis) {
        let hired = self.world.view(self.agent, at).hired;
        let is_known = self.memory.hired == hired && self.memory.anniversary.is_some();
        if !self.settings.is_on("anniversary") || is_known {
            return;
        }
        self.memory.hired = hired;
        self.memory.anniversary = hired.map(|hired| next_anniversary(self.zone(at), date(hired), at));
    }

    /// Every occasion that a fact is.
    fn notice(&mut self, fact: &Event) -> Vec<Word> {
        let settings = self.settings;
        let of = |part: &str| settings.is_on(part).then(|| value(&settings.metric(part), fact)).flatten();
        let today = day(self.zone(fact.time), fact.time);
        let entity = fact.entity.clone().unwrap_or_else(|| fact.id.clone()).to_string();
        let mut words: Vec<Word> = Vec::new();
        if let Some(n) = of("top_rating").filter(|n| *n >= settings.number("top_rating", "at_least", 5.0)) {
            words.push((TOP_RATING, entity.clone(), n));
        }
        if let Some(n) = of("quality").filter(|n| *n >= settings.number("quality", "at_least", 90.0)) {
            words.push((QUALITY, entity.clone(), n));
        }
        if of("nth_today").is_some_and(|n| n > 0.0) {
            self.memory.nth = if self.memory.today == Some(today) { self.memory.nth + 1 } else { 1 };
            self.memory.today = Some(today);
            let n = self.memory.nth;
            let at = settings.field("nth_today", "at").and_then(Json::as_array).cloned();
            let at = at.unwrap_or_else(|| vec![25.into(), 50.into()]);
            if at.iter().any(|at| at.as_u64() == Some(n.into())) {
                words.push((NTH_TODAY, format!("{today}-{n}"), n.into()));
            }
        }
        if let Some(before) = of("personal_best").and_then(|n| self.best(today, n)) {
            words.push((PERSONAL_BEST, today.to_string(), before));
        }
        if let Some(times) = of("comeback").and_then(|n| self.comeback(n)) {
            words.push((COMEBACK, times.to_string(), settings.number("comeback", "good", 3.0)));
        }
        if of("hard_contact").is_some_and(|n| n > 0.0) {
            words.push((HARD_CONTACT, entity, 1.0));
        }
        words
    }

    /// More in a day than ever before, once a day, after so many days with something; gives the best until then.
    fn best(&mut self, today: NaiveDate, n: f64) -> Option<f64> {
        let best = &mut self.memory.best;
        if best.today != Some(today) {
            best.days += u32::from(best.count > 0.0);
            best.best = best.best.max(best.count);
            (best.today, best.count, best.is_beaten) = (Some(today), 0.0, false);
        }
        best.count += n;
        let after = self.settings.number("personal_best", "after", 5.0);
        if best.is_beaten || f64::from(best.days) < after || best.count <= best.best {
            return None;
        }
        best.is_beaten = true;
        Some(best.best)
    }

    /// Good ones in a row after the mean of the latest was bad; all begins anew then.
    fn comeback(&mut self, n: f64) -> Option<u32> {
        let number = |field: &str, default| self.settings.number("comeback", field, default);
        let (last, below) = (number("last", 5.0) as usize, number("below", 3.5));
        let (good, at_least) = (number("good", 3.0), number("at_least", 4.0));
        let memory = &mut self.memory;
        if memory.is_bad {
            memory.good = if n >= at_least { memory.good + 1 } else { 0 };
            if f64::from(memory.good) < good {
                return None;
            }
            (memory.latest, memory.is_bad, memory.good) = (Vec::new(), false, 0);
            memory.comebacks += 1;
            return Some(memory.comebacks);
        }
        memory.latest.push(n);
        let latest = &memory.latest[memory.latest.len().saturating_sub(last)..];
        memory.is_bad = latest.len() == last && latest.iter().sum::<f64>() / (last as f64) < below;
        None
    }

    /// The weightiest word, now or after the quiet hours.
    fn offer(&mut self, words: Vec<Word>, at: Millis) {
        let Some(word) = words.into_iter().min_by_key(|word| word.0) else { return };
        let zone = self.zone(at);
        let clock = wall(zone, at).time();
        let (from, to) = (self.settings.time("from", "20:00"), self.settings.time("to", "08:00"));
        let within = if from <= to { from <= clock && clock < to } else { from <= clock || clock < to };
        if !(self.settings.is_on("quiet") && within) {
            return self.tell(word, at);
        }
        let end = next(zone, at, to);
        let defer = self.settings.field("quiet", "defer").and_then(Json::as_bool).unwrap_or(true);
        if defer && end - at <= 2 * HOUR {
            if self.memory.waiting.as_ref().is_none_or(|waiting| word.0 < waiting.0) {
                self.memory.waiting = Some(word);
            }
            self.memory.quiet_end = Some(end);
        }
    }

    /// Says a word, unless it is too soon or every text was among the latest.
    fn tell(&mut self, (occasion, key, n): Word, at: Millis) {
        let pause = self.settings.top("cooldown_minutes", 60.0) as Millis * MINUTE;
        let is_soon = self.memory.last.is_some_and(|last| at - last < pause);
        if is_soon && occasion != ANNIVERSARY {
            return;
        }
        let first: usize = self.agent.bytes().map(usize::from).sum::<usize>() + self.memory.turn[occasion];
        let no_repeat = self.settings.top("no_repeat", 3.0) as usize;
        let latest = &self.memory.said[self.memory.said.len().saturating_sub(no_repeat)..];
        let fresh = (first..first + 4).find(|text| !latest.contains(&(occasion, text % 4)));
        let Some(text) = fresh else { return };
        self.memory.turn[occasion] += text - first + 1;
        self.memory.said.push((occasion, text % 4));
        self.memory.last = Some(at);
        let name = OCCASIONS[occasion].replace('_', "-");
        let said = Said::new(format!("{name}-{}", text % 4 + 1)).with("n", n);
        let id = Id { period: None, name, subject: format!("agent/{}", self.agent), key };
        if self.wanted.praise.get(&id).is_none_or(|(before, _)| at < *before) {
            self.wanted.praise.insert(id, (at, said));
        }
    }
}

/// The first 09:00 after `at` on an anniversary of hire. Who was hired on 29 February celebrates on the 28th in other
/// years.
fn next_anniversary(zone: chrono_tz::Tz, hired: NaiveDate, at: Millis) -> Millis {
    let morning = |year: i32| {
        let same = NaiveDate::from_ymd_opt(year, hired.month(), hired.day());
        let day = same.or(NaiveDate::from_ymd_opt(year, 2, 28)).unwrap_or(hired);
        instant(zone, day.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default()))
    };
    let first = day(zone, at).year().max(hired.year() + 1);
    (first..).map(morning).find(|morning| *morning > at).unwrap_or(Millis::MAX)
}
