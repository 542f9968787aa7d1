//! What is kept of each badge, and what follows from one more event.

use plaudit_sdk::helpers::{Streak, tiers};
use plaudit_sdk::{LocalDay, State};
use serde::{Deserialize, Serialize};

use crate::settings::{Badge, Kind};

/// A level that was reached, to be given.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, State)]
pub(crate) struct Gift {
    /// Index of the badge in the settings.
    pub(crate) badge: u8,
    /// Index of its level.
    pub(crate) level: u8,
    /// Number of the streak or the record; 0 where a level is reached once for ever.
    pub(crate) ordinal: u32,
    /// What was reached: count, length, or the mark that was beaten.
    pub(crate) n: f64,
    /// The value that beat it, of single-value records.
    pub(crate) value: f64,
}

/// A step of a badge: what was reached, before it is known whose badge it is.
type Reached = (usize, u32, f64, f64);

/// The memory of one badge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, State)]
pub(crate) enum Kept {
    /// Counted so far.
    Count(f64),
    /// Good events in a row.
    Streak(Streak),
    /// Working days in a row.
    Workdays(Days),
    /// Whether the first time has been.
    First(bool),
    /// Days and their counts.
    RecordDay(DayRecord),
    /// Events and their best value.
    RecordValue(ValueRecord),
}

/// Working days in a row. Only the end of a working day breaks them, so that days off and absence need no rule here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, State)]
pub(crate) struct Days {
    /// Length of the current run.
    pub(crate) length: u32,
    /// Runs begun so far.
    pub(crate) runs: u32,
    /// The last good day.
    pub(crate) last: Option<LocalDay>,
    /// The last day of absence.
    pub(crate) absent: Option<LocalDay>,
}

/// The most in a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, State)]
pub(crate) struct DayRecord {
    day: LocalDay,
    /// Counted on `day`.
    count: f64,
    /// Most on an earlier day.
    best: f64,
    /// Earlier days with at least one.
    days: u32,
    /// Records so far.
    records: u32,
    /// Whether `day` is one.
    beaten: bool,
}

/// The best single value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, State)]
pub(crate) struct ValueRecord {
    best: f64,
    seen: u32,
    records: u32,
}

/// What an agent is told of the next level.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Next {
    /// Message of the texts.
    pub(crate) message: &'static str,
    /// Index of the level, or none for a record.
    pub(crate) level: Option<usize>,
    /// What is there.
    pub(crate) value: f64,
    /// What it takes.
    pub(crate) target: f64,
}

impl Kept {
    /// The beginning.
    pub(crate) fn new(kind: Kind) -> Self {
        match kind {
            Kind::Count => Self::Count(0.0),
            Kind::Streak => Self::Streak(Streak::default()),
            Kind::Workdays => Self::Workdays(Days::default()),
            Kind::First => Self::First(false),
            Kind::RecordDay => Self::RecordDay(DayRecord::default()),
            Kind::RecordValue => Self::RecordValue(ValueRecord::default()),
        }
    }

    /// One more event of the badge's metric.
    pub(crate) fn add(
        &mut self,
        index: usize,
        badge: &Badge,
        value: f64,
        day: LocalDay,
        gifts: &mut Vec<Gift>,
    ) {
        let reached: Vec<Reached> = match self {
            Self::Count(total) => {
                let before = *total;
                *total += if badge.at_least.is_some() { f64::from(badge.counts(value)) } else { value };
                passed(badge, before, *total, 0)
            }
            Self::Streak(streak) => {
                let length = streak.add(badge.counts(value));
                passed(badge, f64::from(length) - 1.0, f64::from(length), streak.runs)
            }
            Self::RecordDay(record) => record.add(badge, value, day).into_iter().collect(),
            _ if !badge.counts(value) => vec![],
            Self::Workdays(days) => days.add(badge, day),
            Self::First(done) if *done => vec![],
            Self::First(done) => {
                *done = true;
                vec![(0, 0, 1.0, value)]
            }
            Self::RecordValue(record) => record.add(badge, value).into_iter().collect(),
        };
        gifts.extend(reached.into_iter().map(|(level, ordinal, n, value)| Gift {
            badge: index as u8,
            level: level as u8,
            ordinal,
            n,
            value,
        }));
    }

    /// What comes next, if anything does.
    pub(crate) fn next(&self, badge: &Badge) -> Option<Next> {
        let tier = |message, value: f64| {
            let level = badge.levels.iter().position(|l| f64::from(l.at) > value)?;
            Some(Next { message, level: Some(level), value, target: f64::from(badge.levels[level].at) })
        };
        match self {
            Self::Count(total) => tier("next-count", total.max(0.0)),
            Self::Streak(streak) => tier("next-streak", f64::from(streak.length)),
            Self::Workdays(days) => tier("next-workdays", f64::from(days.length)),
            Self::First(done) => tier("next-first", f64::from(*done)),
            Self::RecordDay(record) => record.next(badge),
            // The next event may beat it or not: nothing to count down to.
            Self::RecordValue(_) => None,
        }
    }
}

/// Levels that lie in (before, after].
fn passed(badge: &Badge, before: f64, after: f64, ordinal: u32) -> Vec<Reached> {
    let levels = tiers::passed(&badge.levels, |l| f64::from(l.at), before, after);
    levels.map(|(level, tier)| (level as usize - 1, ordinal, f64::from(tier.at), after)).collect()
}

impl Days {
    /// A good event: the first of a day lets the run grow.
    fn add(&mut self, badge: &Badge, day: LocalDay) -> Vec<Reached> {
        if self.last.is_some_and(|last| day <= last) {
            return vec![];
        }
        self.runs += u32::from(self.length == 0);
        self.length += 1;
        self.last = Some(day);
        let length = f64::from(self.length);
        passed(badge, length - 1.0, length, self.runs)
    }

    /// Absence on a day.
    pub(crate) fn rest(&mut self, day: LocalDay) {
        self.absent = self.absent.max(Some(day)); // Who moves west may see the day before once more.
    }

    /// The end of a working day: breaks the run unless the day was good or one of absence.
    pub(crate) fn close(&mut self, day: LocalDay) {
        if self.last.is_none_or(|last| last < day) && self.absent != Some(day) {
            self.length = 0;
        }
    }
}

impl DayRecord {
    fn add(&mut self, badge: &Badge, value: f64, day: LocalDay) -> Option<Reached> {
        let more = if badge.at_least.is_some() { f64::from(badge.counts(value)) } else { value };
        if self.day != day {
            self.days += u32::from(self.count > 0.0);
            self.best = self.best.max(self.count);
            (self.day, self.count, self.beaten) = (day, 0.0, false);
        }
        self.count += more;
        if self.beaten || self.days < badge.after || self.count <= self.best {
            return None;
        }
        self.beaten = true;
        self.records += 1;
        Some((badge.level_of_record(self.records)?, self.records, self.best, self.count))
    }

    fn next(&self, badge: &Badge) -> Option<Next> {
        let open = !self.beaten && self.days >= badge.after && self.best > 0.0;
        let message = "next-record-day";
        open.then(|| Next {
            message,
            level: None,
            value: self.count.max(0.0),
            target: self.best.floor() + 1.0,
        })
    }
}

impl ValueRecord {
    fn add(&mut self, badge: &Badge, value: f64) -> Option<Reached> {
        let before = self.best;
        let beats = self.seen > 0 && value > before;
        let counts = beats && self.seen >= badge.after;
        self.best = if self.seen == 0 { value } else { before.max(value) };
        self.seen = self.seen.saturating_add(1);
        if !counts {
            return None;
        }
        self.records += 1;
        Some((badge.level_of_record(self.records)?, self.records, before, value))
    }
}
