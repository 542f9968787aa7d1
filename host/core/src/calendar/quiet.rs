//! Quiet hours: times of the local day, and days off, at which nobody is disturbed.

use std::{fmt, str::FromStr};

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::local::{day_start, first_instant, local_day};
use crate::Millis;

/// Who has days off without end is disturbed all the same after so many.
const DAYS_MAX: i32 = 31;
const MINUTES_OF_DAY: u16 = 24 * 60;

/// A stretch of each local day, such as `20:00-08:00`; over midnight where it ends earlier than it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    /// First quiet minute of the day, below 1,440.
    from: u16,
    /// First minute after it, below 1,440.
    to: u16,
}

/// Why hours can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{given:?} is no stretch of a day; write two different times, such as \"20:00-08:00\"")]
pub struct QuietHoursError {
    /// As given.
    given: String,
}

impl QuietHours {
    /// From one local time to another one, each as `HH:MM`.
    ///
    /// # Errors
    /// One is no time of a day, or they are equal.
    pub fn between(from: &str, to: &str) -> Result<Self, QuietHoursError> {
        let bad = || QuietHoursError { given: format!("{from}-{to}") };
        let (from, to) = (minute(from).ok_or_else(bad)?, minute(to).ok_or_else(bad)?);
        if from == to { Err(bad()) } else { Ok(Self { from, to }) }
    }

    /// When they begin, as `HH:MM`.
    pub fn from(self) -> String {
        shown(self.from)
    }

    /// When they end, as `HH:MM`.
    pub fn to(self) -> String {
        shown(self.to)
    }

    /// Both ends of the stretch that begins on a local day. A time that the clocks left out is the end of the gap; of one
    /// that happens twice it is the first.
    fn on(self, tz: Tz, day: i32) -> Option<(Millis, Millis)> {
        let end_day = if self.to <= self.from { day.checked_add(1)? } else { day };
        Some((instant(tz, day, self.from)?, instant(tz, end_day, self.to)?))
    }
}

impl FromStr for QuietHours {
    type Err = QuietHoursError;

    fn from_str(text: &str) -> Result<Self, QuietHoursError> {
        let bad = || QuietHoursError { given: text.to_owned() };
        let (from, to) = text.split_once(['-', '–']).ok_or_else(bad)?;
        Self::between(from.trim(), to.trim()).map_err(|_| bad())
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", shown(self.from), shown(self.to))
    }
}

/// When somebody wants to be left alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietTime {
    /// Hours of each day.
    pub hours: Option<QuietHours>,
    /// Days off as well, from midnight to midnight.
    pub days_off: bool,
}

impl QuietTime {
    /// The first instant from `at` on that is not quiet; `None` if `at` is not. `is_off` says whether a local day (since
    /// 1970-01-01) is a day off.
    pub fn until(&self, tz: Tz, at: Millis, is_off: impl Fn(i32) -> bool) -> Option<Millis> {
        let last = local_day(tz, at).saturating_add(DAYS_MAX);
        let mut until = at;
        loop {
            let day = local_day(tz, until);
            let hours = [day.saturating_sub(1), day];
            let hours = hours.into_iter().filter_map(|day| self.hours?.on(tz, day));
            let off = (self.days_off && day < last && is_off(day))
                .then(|| (day_start(tz, day), day_start(tz, day + 1)));
            let later = hours.chain(off).filter(|(from, to)| (*from..*to).contains(&until));
            match later.map(|(_, to)| to).max() {
                Some(end) => until = end,
                None => return (until > at).then_some(until),
            }
        }
    }
}

fn minute(text: &str) -> Option<u16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !digits(hour, 2) || !digits(minute, 2) || minute.len() != 2 {
        return None;
    }
    let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
    (minute < 60).then(|| hour * 60 + minute).filter(|minute| *minute < MINUTES_OF_DAY)
}

fn shown(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

fn instant(tz: Tz, day: i32, minute: u16) -> Option<Millis> {
    let epoch = NaiveDate::default();
    let distance = Days::new(u64::from(day.unsigned_abs()));
    let date = if day < 0 { epoch.checked_sub_days(distance) } else { epoch.checked_add_days(distance) }?;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::from(minute) * 60, 0)?;
    Some(first_instant(tz, date.and_time(time)))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeZone};
    use chrono_tz::Europe::Madrid;

    use super::*;

    fn utc(text: &str) -> Millis {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
    }

    fn local(at: Option<Millis>) -> String {
        let at = at.map(|at| Madrid.timestamp_millis_opt(at).unwrap().format("%m-%d %H:%M%:z").to_string());
        at.unwrap_or_else(|| "not quiet".to_owned())
    }

    /// Until when it is quiet in Madrid, by hours alone.
    fn until(hours: &str, at: &str) -> String {
        let quiet = QuietTime { hours: Some(hours.parse().unwrap()), days_off: false };
        local(quiet.until(Madrid, utc(at), |_| false))
    }

    #[test]
    fn hours_go_over_midnight_and_within_a_day() {
        for (hours, at, wanted) in [
            ("20:00-08:00", "2026-03-03T18:59:59Z", "not quiet"),
            ("20:00-08:00", "2026-03-03T19:00:00Z", "03-04 08:00+01:00"),
            ("20:00-08:00", "2026-03-04T03:00:00Z", "03-04 08:00+01:00"),
            ("20:00-08:00", "2026-03-04T06:59:59Z", "03-04 08:00+01:00"),
            ("20:00-08:00", "2026-03-04T07:00:00Z", "not quiet"),
            ("13:30-15:00", "2026-03-03T12:29:00Z", "not quiet"),
            ("13:30-15:00", "2026-03-03T12:30:00Z", "03-03 15:00+01:00"),
            ("13:30-15:00", "2026-03-03T14:00:00Z", "not quiet"),
            ("00:00-06:00", "2026-03-03T04:00:00Z", "03-03 06:00+01:00"),
            ("22:00-00:00", "2026-03-03T22:30:00Z", "03-04 00:00+01:00"),
        ] {
            assert_eq!(until(hours, at), wanted, "{hours} at {at}");
        }
    }

    #[test]
    fn in_spring_a_time_that_the_clocks_left_out_is_the_end_of_the_gap() {
        // 2026-03-29: 02:00 becomes 03:00 at 01:00 UTC.
        assert_eq!(until("20:00-02:30", "2026-03-29T00:30:00Z"), "03-29 03:00+02:00");
        assert_eq!(until("20:00-02:30", "2026-03-29T01:00:00Z"), "not quiet");
        assert_eq!(until("02:30-08:00", "2026-03-29T00:59:59Z"), "not quiet");
        assert_eq!(until("02:30-08:00", "2026-03-29T01:00:00Z"), "03-29 08:00+02:00");
        assert_eq!(until("20:00-08:00", "2026-03-28T22:00:00Z"), "03-29 08:00+02:00");
        // Both ends in the gap: nothing is left of it.
        assert_eq!(until("02:15-02:45", "2026-03-29T01:00:00Z"), "not quiet");
    }

    #[test]
    fn in_autumn_a_time_that_happens_twice_is_the_first() {
        // 2026-10-25: 03:00 becomes 02:00 at 01:00 UTC.
        assert_eq!(until("20:00-02:30", "2026-10-25T00:00:00Z"), "10-25 02:30+02:00");
        assert_eq!(until("20:00-02:30", "2026-10-25T00:30:00Z"), "not quiet");
        assert_eq!(until("20:00-02:30", "2026-10-25T01:15:00Z"), "not quiet", "02:15 for the second time");
        assert_eq!(until("02:30-08:00", "2026-10-25T00:30:00Z"), "10-25 08:00+01:00");
        assert_eq!(until("02:30-08:00", "2026-10-25T01:15:00Z"), "10-25 08:00+01:00", "it goes on");
        assert_eq!(until("20:00-08:00", "2026-10-24T19:00:00Z"), "10-25 08:00+01:00");
    }

    #[test]
    fn days_off_join_the_nights_around_them() {
        // 2026-03-07 and 08 are a weekend; day 0 was a Thursday.
        let weekend = |day: i32| matches!((day + 3).rem_euclid(7), 5 | 6);
        let quiet = QuietTime { hours: Some("20:00-08:00".parse().unwrap()), days_off: true };
        let until = |at| local(quiet.until(Madrid, utc(at), weekend));
        assert_eq!(until("2026-03-06T20:00:00Z"), "03-09 08:00+01:00", "Friday night to Monday morning");
        assert_eq!(until("2026-03-08T11:00:00Z"), "03-09 08:00+01:00");
        assert_eq!(until("2026-03-09T11:00:00Z"), "not quiet");
        let days = QuietTime { hours: None, days_off: true };
        assert_eq!(local(days.until(Madrid, utc("2026-03-07T10:00:00Z"), weekend)), "03-09 00:00+01:00");
        // Whoever never works is told after a month.
        assert_eq!(local(days.until(Madrid, utc("2026-03-07T10:00:00Z"), |_| true)), "04-07 00:00+02:00");
        assert_eq!(QuietTime::default().until(Madrid, 0, |_| true), None);
    }

    #[test]
    fn hours_are_read_and_shown() {
        for (text, shown) in [("20:00-08:00", "20:00-08:00"), ("7:05 – 9:00", "07:05-09:00")] {
            assert_eq!(text.parse::<QuietHours>().unwrap().to_string(), shown);
        }
        for wrong in [
            "",
            "20:00",
            "20:00-20:00",
            "24:00-08:00",
            "20:60-08:00",
            "8-9",
            "20:00-08:00-09:00",
            "٢٠:00-08:00",
            "020:00-08:00",
        ] {
            let error = wrong.parse::<QuietHours>().unwrap_err().to_string();
            assert!(error.contains("20:00-08:00"), "{wrong}: {error}");
        }
    }
}
