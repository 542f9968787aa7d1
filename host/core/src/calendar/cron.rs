//! Five-field cron, as people write it, translated for the `cron` crate.
//!
//! The crate wants a field for seconds, counts Sunday as 1, and where both days are given asks for both. Here Sunday is
//! 0 or 7, and of two given days either will do, as every crontab has it. The crate only ever sees local times without
//! a zone; what clocks do about them is decided in [`super::local`].

use std::{collections::BTreeSet, str::FromStr};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use cron::Schedule;
use thiserror::Error;

/// Why a cron expression is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CronError {
    /// Not five fields.
    #[error(
        "the cron expression {expression:?} has {found} fields; write five: minute, hour, day of month, month, \
         day of week, such as \"0 9 * * MON\""
    )]
    Fields {
        /// As given.
        expression: String,
        /// How many there are.
        found: usize,
    },
    /// A field says something that is not allowed there.
    #[error("in the cron expression {expression:?}, {field} can't be {text:?}; allowed are {allowed}")]
    Field {
        /// As given.
        expression: String,
        /// Which field.
        field: &'static str,
        /// What it says.
        text: String,
        /// What it may say.
        allowed: &'static str,
    },
    /// No such day exists.
    #[error("the cron expression {expression:?} never comes true; check its day of month against its month")]
    Never {
        /// As given.
        expression: String,
    },
}

/// A field: name, what is allowed, range, and names from the range's start (for weekdays: from 0) on.
struct Field {
    name: &'static str,
    allowed: &'static str,
    min: u32,
    max: u32,
    names: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field {
        name: "the minute",
        allowed: "0 to 59, ranges, lists and steps, such as 0,30 or */10",
        min: 0,
        max: 59,
        names: &[],
    },
    Field {
        name: "the hour",
        allowed: "0 to 23, ranges, lists and steps, such as 9-17 or */2",
        min: 0,
        max: 23,
        names: &[],
    },
    Field {
        name: "the day of the month",
        allowed: "1 to 31, ranges, lists and steps, such as 1,15",
        min: 1,
        max: 31,
        names: &[],
    },
    Field {
        name: "the month",
        allowed: "1 to 12 or JAN to DEC, ranges, lists and steps, such as JAN-MAR",
        min: 1,
        max: 12,
        names: &["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    },
    Field {
        name: "the day of the week",
        allowed: "0 to 7 (0 and 7 are Sunday) or SUN to SAT, ranges, lists and steps, such as MON-FRI",
        min: 0,
        max: 7,
        names: &["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    },
];

/// A parsed expression: times at which any of the schedules comes true.
#[derive(Clone, Debug)]
pub(super) struct Cron {
    any_of: Vec<Schedule>,
}

impl Cron {
    /// Reads five fields.
    pub(super) fn parse(expression: &str) -> Result<Self, CronError> {
        let texts: Vec<&str> = expression.split_whitespace().collect();
        let &[minute, hour, day, month, weekday] = texts.as_slice() else {
            return Err(CronError::Fields { expression: expression.to_owned(), found: texts.len() });
        };
        let values = |index: usize, text: &str| {
            let field = &FIELDS[index];
            field.values(text).ok_or_else(|| CronError::Field {
                expression: expression.to_owned(),
                field: field.name,
                text: text.to_owned(),
                allowed: field.allowed,
            })
        };
        let time = format!("0 {} {}", list(&values(0, minute)?), list(&values(1, hour)?));
        let (days, month) = (list(&values(2, day)?), list(&values(3, month)?));
        let weekdays: BTreeSet<u32> = values(4, weekday)?.into_iter().map(|day| day % 7 + 1).collect();
        let weekdays = list(&weekdays);

        let lines = if day.starts_with('*') || weekday.starts_with('*') {
            vec![format!("{time} {days} {month} {weekdays}")]
        } else {
            vec![format!("{time} {days} {month} *"), format!("{time} * {month} {weekdays}")]
        };
        let never = || CronError::Never { expression: expression.to_owned() };
        let any_of: Result<Vec<_>, _> = lines.iter().map(|line| Schedule::from_str(line)).collect();
        let cron = Self { any_of: any_of.map_err(|_| never())? };
        cron.after(DateTime::UNIX_EPOCH.naive_utc()).ok_or_else(never)?;
        Ok(cron)
    }

    /// The latest occurrence up to a local time, inclusive.
    pub(super) fn at_or_before(&self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        // The crate looks at whole seconds before the given one.
        let from = local.and_utc() + TimeDelta::seconds(1);
        let latest = |s: &Schedule| s.after(&from).rev().find(|at| *at <= local.and_utc());
        self.any_of.iter().filter_map(latest).max().map(naive)
    }

    /// The first occurrence after a local time.
    pub(super) fn after(&self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        let first = |s: &Schedule| s.after(&local.and_utc()).find(|at| *at > local.and_utc());
        self.any_of.iter().filter_map(first).min().map(naive)
    }
}

impl Field {
    /// All values that a field's text means; none if it is wrong.
    fn values(&self, text: &str) -> Option<BTreeSet<u32>> {
        let mut values = BTreeSet::new();
        for item in text.split(',') {
            let (range, step) = match item.split_once('/') {
                Some((range, step)) => (range, Some(number(step).filter(|step| *step > 0)?)),
                None => (item, None),
            };
            let (first, last) = match range.split_once('-') {
                _ if range == "*" => (self.min, self.max),
                Some((first, last)) => (self.value(first)?, self.last(last)?),
                None if step.is_some() => (self.value(range)?, self.max),
                None => (self.value(range)?, self.value(range)?),
            };
            if first > last {
                return None;
            }
            values.extend((first..=last).step_by(step.unwrap_or(1) as usize));
        }
        Some(values)
    }

    fn value(&self, text: &str) -> Option<u32> {
        let named = self.names.iter().position(|name| name.eq_ignore_ascii_case(text));
        let value = named.and_then(|index| u32::try_from(index).ok()).map(|index| index + self.min);
        value.or_else(|| number(text)).filter(|value| (self.min..=self.max).contains(value))
    }

    /// The end of a range; a week that ends on Sunday ends with its 7, not with its 0.
    fn last(&self, text: &str) -> Option<u32> {
        let value = self.value(text)?;
        Some(if self.max == 7 && value == 0 { 7 } else { value })
    }
}

/// At most two digits and nothing else.
fn number(text: &str) -> Option<u32> {
    let is_short = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    is_short.then(|| text.parse().ok()).flatten()
}

fn list(values: &BTreeSet<u32>) -> String {
    values.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

fn naive(at: DateTime<Utc>) -> NaiveDateTime {
    at.naive_utc()
}
