//! Local days and times of day, straight from the tz database.

use chrono::{
    DateTime, Datelike, Days, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone,
};
use chrono_tz::Tz;
use plaudit_core::{
    Millis,
    incentive::{Incentive, Periods},
};

/// A minute in milliseconds.
pub(crate) const MINUTE: Millis = 60_000;
/// An hour in milliseconds.
pub(crate) const HOUR: Millis = 60 * MINUTE;

/// What the wall clock shows.
pub(crate) fn wall(zone: Tz, at: Millis) -> NaiveDateTime {
    DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone).naive_local()
}

/// The local day.
pub(crate) fn day(zone: Tz, at: Millis) -> NaiveDate {
    wall(zone, at).date()
}

/// Days since 1970-01-01.
pub(crate) fn number(day: NaiveDate) -> i32 {
    i32::try_from((day - NaiveDate::default()).num_days()).unwrap_or_default()
}

/// The day so many days after 1970-01-01.
pub(crate) fn date(number: i32) -> NaiveDate {
    NaiveDate::default() + TimeDelta::days(number.into())
}

/// When the wall shows that time: in a gap the gap's end, in an overlap the first of both.
pub(crate) fn instant(zone: Tz, local: NaiveDateTime) -> Millis {
    let mut wanted = local;
    loop {
        match zone.from_local_datetime(&wanted) {
            MappedLocalTime::Single(at) => return at.timestamp_millis(),
            MappedLocalTime::Ambiguous(first, _) => return first.timestamp_millis(),
            // The gap's end is the first minute that exists again.
            MappedLocalTime::None => wanted += TimeDelta::minutes(1),
        }
    }
}

/// The first instant of a local day.
pub(crate) fn start(zone: Tz, day: NaiveDate) -> Millis {
    instant(zone, day.into())
}

/// The next instant after `at` at which the wall shows that time of day.
pub(crate) fn next(zone: Tz, at: Millis, time: NaiveTime) -> Millis {
    let today = day(zone, at);
    let first = instant(zone, today.and_time(time));
    if first > at { first } else { instant(zone, today.succ_opt().unwrap_or(today).and_time(time)) }
}

/// Whether somebody works on a day: by weekday (bit 0 is Monday), and unless nobody does.
pub(crate) fn is_workday(day: NaiveDate, weekdays: u8, holidays: &[i32]) -> bool {
    weekdays & (1 << day.weekday().num_days_from_monday()) != 0 && !holidays.contains(&number(day))
}

/// A period: `[start, end)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// By the local time at which the whole one begins.
    pub(crate) id: String,
    /// First instant.
    pub(crate) start: Millis,
    /// First instant after it.
    pub(crate) end: Millis,
}

/// All periods of an incentive that begin up to `until`. Of the calendars of cron expressions it knows those that name
/// one time of every day.
///
/// # Panics
/// If the calendar is one that no history has.
pub(crate) fn periods(incentive: &Incentive, until: Millis) -> Vec<Period> {
    let zone = incentive.zone;
    let last = incentive.end.unwrap_or(Millis::MAX);
    if incentive.periods == Periods::Once && incentive.end.is_some() {
        return vec![Period { id: "once".into(), start: incentive.start, end: last }];
    }
    let (first, step, format) = match &incentive.periods {
        Periods::Daily => (NaiveTime::default(), 1, "%Y-%m-%d"),
        Periods::Weekly => (NaiveTime::default(), 7, "%G-W%V"),
        Periods::Cron(expression) => (time_of(expression), 1, "%Y-%m-%dT%H:%M"),
        other => panic!("no history has the periods {other:?}"),
    };
    let mut begins = day(zone, incentive.start) - Days::new(8);
    while step == 7 && begins.weekday().num_days_from_monday() != 0 {
        begins = begins.succ_opt().unwrap_or(begins);
    }
    let mut found = Vec::new();
    loop {
        let local = begins.and_time(first);
        let (from, to) = (instant(zone, local), instant(zone, local + TimeDelta::days(step)));
        let (start, end) = (from.max(incentive.start), to.min(last));
        if start > until || start >= last {
            return found;
        }
        if start < end {
            found.push(Period { id: local.format(format).to_string(), start, end });
        }
        begins += TimeDelta::days(step);
    }
}

fn time_of(expression: &str) -> NaiveTime {
    let fields: Vec<u32> = expression.split(' ').take(2).filter_map(|f| f.parse().ok()).collect();
    assert!(fields.len() == 2 && expression.ends_with(" * * *"), "no history has the periods {expression:?}");
    NaiveTime::from_hms_opt(fields[1], fields[0], 0).unwrap_or_default()
}
