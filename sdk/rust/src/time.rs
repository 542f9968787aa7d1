//! Local days, weekdays and clock times, from the zones that a batch hands in.

use std::{fmt, ops::RangeInclusive};

use serde::{Deserialize, Serialize};

use crate::wit;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

/// One minute, in milliseconds.
pub const MINUTE: Millis = 60_000;
/// One hour, in milliseconds.
pub const HOUR: Millis = 60 * MINUTE;
/// 24 hours, in milliseconds. Local days may be shorter or longer: see [`Zone::start_of`].
pub const DAY: Millis = 24 * HOUR;

/// Days from 1970-01-01 that a search for a working day looks at before it gives up.
const SEARCH_DAYS: RangeInclusive<i32> = 1..=366;

/// A day of the calendar, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LocalDay(pub i32);

impl LocalDay {
    /// The day of a date of the Gregorian calendar; days beyond the month's end run over into the next.
    ///
    /// ```
    /// use plaudit_sdk::{LocalDay, Weekday};
    /// let day = LocalDay::of(2026, 3, 2);
    /// assert_eq!((day.weekday(), day.date()), (Weekday::Monday, (2026, 3, 2)));
    /// ```
    pub fn of(year: i32, month: u32, day: u32) -> Self {
        // Days from civil: years begin in March, so that a leap day is a year's last.
        let y = i64::from(year) - i64::from(month <= 2);
        let era = y.div_euclid(400);
        let of_era = y.rem_euclid(400);
        let of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        Self(i32::try_from(days).unwrap_or(i32::MAX))
    }

    /// Year, month (1..=12) and day of month (1..=31).
    pub fn date(self) -> (i32, u32, u32) {
        let z = i64::from(self.0) + 719_468;
        let of_era = z.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = (of_year - (153 * shifted + 2) / 5 + 1) as u32;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 } as u32;
        let year = year_of_era + z.div_euclid(146_097) * 400 + i64::from(month <= 2);
        (year as i32, month, day)
    }

    /// The day after.
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The day before.
    pub fn prev(self) -> Self {
        self.plus(-1)
    }

    /// So many days later (or earlier, if negative).
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Days from `earlier` to this day; negative if it is later.
    pub fn since(self, earlier: Self) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        Weekday::ALL[(i64::from(self.0) + 3).rem_euclid(7) as usize]
    }

    /// Whether one works on this day: its bit is in `mask` (bit 0 is Monday) and it is none of the rising `holidays`.
    pub fn is_workday(self, mask: u8, holidays: &[i32]) -> bool {
        mask & (1 << self.weekday() as u8) != 0 && holidays.binary_search(&self.0).is_err()
    }

    /// Whole years since `hired`, if this day is an anniversary of it (at least 1). Who was hired on 29 February
    /// celebrates on the 28th in other years.
    ///
    /// ```
    /// use plaudit_sdk::LocalDay;
    /// let hired = LocalDay::of(2020, 2, 29);
    /// assert_eq!(LocalDay::of(2026, 2, 28).anniversary_of(hired), Some(6));
    /// assert_eq!(LocalDay::of(2024, 2, 28).anniversary_of(hired), None);
    /// ```
    pub fn anniversary_of(self, hired: Self) -> Option<u32> {
        let (year, _, _) = self.date();
        let (hired_year, month, day) = hired.date();
        let years = u32::try_from(year - hired_year).ok().filter(|&n| n > 0)?;
        (self == anniversary_in(year, month, day)).then_some(years)
    }

    /// The first anniversary of `hired` after this day.
    pub fn next_anniversary_of(self, hired: Self) -> Self {
        let (_, month, day) = hired.date();
        let first = self.max(hired).date().0;
        (first..=first + 1)
            .map(|year| anniversary_in(year, month, day))
            .find(|&d| d > self && d > hired)
            .unwrap_or_else(|| anniversary_in(first + 2, month, day))
    }
}

/// As `2026-03-02`: also the key of an award that there is once a day, or once in the week that begins on that day.
impl fmt::Display for LocalDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

fn anniversary_in(year: i32, month: u32, day: u32) -> LocalDay {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (month, day) == (2, 29) && !leap { LocalDay::of(year, 2, 28) } else { LocalDay::of(year, month, day) }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Weekday {
    /// Bit 0 of a workdays mask.
    Monday,
    /// Bit 1.
    Tuesday,
    /// Bit 2.
    Wednesday,
    /// Bit 3.
    Thursday,
    /// Bit 4.
    Friday,
    /// Bit 5.
    Saturday,
    /// Bit 6.
    Sunday,
}

impl Weekday {
    /// In order, from Monday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];
}

/// A time of day on the wall, in minutes since midnight (0..1440).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClockTime(pub u16);

impl ClockTime {
    /// `hour` in 0..24, `minute` in 0..60.
    pub const fn new(hour: u16, minute: u16) -> Self {
        Self(hour * 60 + minute)
    }

    /// Reads `HH:MM`; `None` if it is no such time.
    ///
    /// ```
    /// use plaudit_sdk::ClockTime;
    /// assert_eq!(ClockTime::parse("21:30"), Some(ClockTime::new(21, 30)));
    /// assert_eq!(ClockTime::parse("24:00"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let two = |s: &str| {
            (s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse().ok()).flatten()
        };
        let (hour, minute): (u16, u16) = (two(hour)?, two(minute)?);
        (hour < 24 && minute < 60).then(|| Self::new(hour, minute))
    }

    /// Whether this lies in the window from `from` (inclusive) to `to` (exclusive), which may pass midnight.
    /// Equal bounds are an empty window.
    ///
    /// ```
    /// use plaudit_sdk::ClockTime;
    /// let (nine_pm, seven_am) = (ClockTime::new(21, 0), ClockTime::new(7, 0));
    /// assert!(ClockTime::new(23, 0).is_within(nine_pm, seven_am));
    /// assert!(!ClockTime::new(12, 0).is_within(nine_pm, seven_am));
    /// ```
    pub fn is_within(self, from: Self, to: Self) -> bool {
        if from <= to { from <= self && self < to } else { from <= self || self < to }
    }
}

/// A time zone around the batch's times, with the days nobody works there.
#[derive(Clone, Copy, Debug)]
pub struct Zone<'a>(&'a wit::Zone);

impl<'a> Zone<'a> {
    /// A view of a zone of the contract.
    pub fn new(zone: &'a wit::Zone) -> Self {
        Self(zone)
    }

    /// Its IANA name, such as `Europe/Madrid`.
    pub fn name(self) -> &'a str {
        &self.0.name
    }

    /// Days nobody works here, rising.
    pub fn holidays(self) -> &'a [i32] {
        &self.0.holidays
    }

    /// Local time minus UTC at that time, in milliseconds.
    pub fn offset(self, at: Millis) -> Millis {
        let list = &self.0.transitions;
        let after = list.partition_point(|t| t.at <= at);
        list.get(after.saturating_sub(1)).map_or(0, |t| Millis::from(t.offset_minutes) * MINUTE)
    }

    /// The local day at that time.
    pub fn day(self, at: Millis) -> LocalDay {
        let days = at.saturating_add(self.offset(at)).div_euclid(DAY);
        LocalDay(i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX }))
    }

    /// The time on the wall at that time.
    pub fn clock(self, at: Millis) -> ClockTime {
        ClockTime((at.saturating_add(self.offset(at)).rem_euclid(DAY) / MINUTE) as u16)
    }

    /// The first instant of a local day.
    pub fn start_of(self, day: LocalDay) -> Millis {
        self.instant(day, ClockTime(0))
    }

    /// When the wall shows that time on that day: the first instant after a gap, the first of an overlap.
    pub fn instant(self, day: LocalDay, time: ClockTime) -> Millis {
        let wall = Millis::from(day.0) * DAY + Millis::from(time.0) * MINUTE;
        // Offsets that hold near this wall time: the instant is right where the offset assumed is the one in force.
        let (before, after) = (self.offset(wall - DAY), self.offset(wall + DAY));
        for candidate in [wall - before.max(after), wall - before.min(after)] {
            if candidate + self.offset(candidate) == wall {
                return candidate;
            }
        }
        // In a gap: the clocks jumped over this time, the day goes on at the transition.
        let list = &self.0.transitions;
        let from = wall - before.max(after);
        list.iter().map(|t| t.at).find(|&at| at >= from).unwrap_or(wall - before)
    }

    /// The next instant after `at` at which the wall shows that time.
    pub fn next(self, at: Millis, time: ClockTime) -> Millis {
        let today = self.day(at);
        let first = self.instant(today, time);
        if first > at { first } else { self.instant(today.next(), time) }
    }

    /// The first day after `day` that is a workday; `None` if there is none within a year.
    pub fn next_workday(self, day: LocalDay, mask: u8) -> Option<LocalDay> {
        SEARCH_DAYS.map(|n| day.plus(n)).find(|d| d.is_workday(mask, self.holidays()))
    }

    /// The last day before `day` that is a workday; `None` if there is none within a year.
    pub fn previous_workday(self, day: LocalDay, mask: u8) -> Option<LocalDay> {
        SEARCH_DAYS.map(|n| day.plus(-n)).find(|d| d.is_workday(mask, self.holidays()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn madrid() -> wit::Zone {
        let at = |day: LocalDay| Millis::from(day.0) * DAY + HOUR;
        wit::Zone {
            name: "Europe/Madrid".into(),
            transitions: vec![
                wit::Transition { at: 0, offset_minutes: 60 },
                wit::Transition { at: at(LocalDay::of(2026, 3, 29)), offset_minutes: 120 },
                wit::Transition { at: at(LocalDay::of(2026, 10, 25)), offset_minutes: 60 },
            ],
            holidays: vec![LocalDay::of(2026, 4, 3).0],
        }
    }

    #[test]
    fn dates_round_trip_over_eight_centuries() {
        for days in (-150_000..150_000).step_by(17) {
            let (y, m, d) = LocalDay(days).date();
            assert_eq!(LocalDay::of(y, m, d), LocalDay(days), "{y}-{m}-{d}");
        }
    }

    #[test]
    fn a_time_in_the_gap_is_the_first_instant_after_it() {
        let zone = madrid();
        let zone = Zone::new(&zone);
        let day = LocalDay::of(2026, 3, 29);
        let jump = Millis::from(day.0) * DAY + HOUR;
        assert_eq!(zone.instant(day, ClockTime::new(2, 30)), jump);
        assert_eq!(zone.instant(day, ClockTime::new(1, 59)), jump - MINUTE);
        assert_eq!(zone.instant(day, ClockTime::new(3, 0)), jump);
    }

    #[test]
    fn a_time_in_the_overlap_is_its_first_instant() {
        let zone = madrid();
        let zone = Zone::new(&zone);
        let day = LocalDay::of(2026, 10, 25);
        assert_eq!(zone.instant(day, ClockTime::new(2, 30)), Millis::from(day.0) * DAY + HOUR / 2);
        assert_eq!(zone.clock(zone.instant(day, ClockTime::new(2, 30))), ClockTime::new(2, 30));
    }

    #[test]
    fn days_around_a_change_of_clocks_have_23_and_25_hours() {
        let zone = madrid();
        let zone = Zone::new(&zone);
        let hours = |day: LocalDay| (zone.start_of(day.next()) - zone.start_of(day)) / HOUR;
        assert_eq!(hours(LocalDay::of(2026, 3, 29)), 23);
        assert_eq!(hours(LocalDay::of(2026, 10, 25)), 25);
        assert_eq!(hours(LocalDay::of(2026, 7, 1)), 24);
    }

    #[test]
    fn working_days_pass_over_weekends_and_holidays() {
        let zone = madrid();
        let zone = Zone::new(&zone);
        let monday_to_friday = 0b001_1111;
        let monday_after_easter = LocalDay::of(2026, 4, 6);
        assert_eq!(
            zone.previous_workday(monday_after_easter, monday_to_friday),
            Some(LocalDay::of(2026, 4, 2)),
            "Friday the 3rd is a holiday"
        );
        assert_eq!(zone.next_workday(LocalDay::of(2026, 4, 2), monday_to_friday), Some(monday_after_easter));
        assert_eq!(zone.next_workday(LocalDay::of(2026, 4, 2), 0), None);
    }

    #[test]
    fn anniversaries_come_round() {
        let hired = LocalDay::of(2024, 3, 2);
        assert_eq!(LocalDay::of(2024, 3, 2).anniversary_of(hired), None);
        assert_eq!(LocalDay::of(2026, 3, 2).anniversary_of(hired), Some(2));
        assert_eq!(LocalDay::of(2026, 3, 2).next_anniversary_of(hired), LocalDay::of(2027, 3, 2));
        assert_eq!(LocalDay::of(2020, 1, 1).next_anniversary_of(hired), LocalDay::of(2025, 3, 2));
    }
}
