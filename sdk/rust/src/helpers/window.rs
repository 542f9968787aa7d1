//! Windows of days: those of the calendar, and the last so many.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::Mean;
use crate::time::{LocalDay, Millis, Zone};

/// A day, a week or a month of the calendar. It is a choice for settings, too; a manager's form shows its three names.
///
/// ```
/// use plaudit_sdk::{LocalDay, helpers::Calendar};
/// let wednesday = LocalDay::of(2026, 3, 4);
/// assert_eq!(Calendar::Week.start(wednesday), LocalDay::of(2026, 3, 2), "weeks begin on Monday");
/// assert_eq!(Calendar::Month.next(wednesday), LocalDay::of(2026, 4, 1));
/// ```
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    plaudit_sdk_macros::Settings,
    plaudit_sdk_macros::State,
)]
pub enum Calendar {
    /// A day
    Day,
    /// A week
    Week,
    /// A month
    Month,
}

impl Calendar {
    /// The first day of the window that `day` lies in.
    pub fn start(self, day: LocalDay) -> LocalDay {
        match self {
            Self::Day => day,
            Self::Week => day.plus(-(day.weekday() as i32)),
            Self::Month => {
                let (year, month, _) = day.date();
                LocalDay::of(year, month, 1)
            }
        }
    }

    /// The first day of the window after that.
    pub fn next(self, day: LocalDay) -> LocalDay {
        match self {
            Self::Day => day.next(),
            Self::Week => self.start(day).plus(7),
            // A month has at most 31 days, so the 32nd lies in the next.
            Self::Month => self.start(self.start(day).plus(31)),
        }
    }

    /// The instant at which the window of `day` ends in a zone: a time for a timer. Changes of clocks are the zone's.
    pub fn end(self, day: LocalDay, zone: Zone<'_>) -> Millis {
        zone.start_of(self.next(day))
    }
}

/// A value that begins anew with each window: a bingo card of the week, a count of the month.
///
/// ```
/// use plaudit_sdk::{LocalDay, helpers::{Calendar, Current}};
/// let (friday, monday) = (LocalDay::of(2026, 3, 6), LocalDay::of(2026, 3, 9));
/// let mut count = Current::<u32>::default();
/// *count.at(Calendar::Week.start(friday)) += 2;
/// assert_eq!(*count.at(Calendar::Week.start(friday)), 2);
/// assert_eq!(*count.at(Calendar::Week.start(monday)), 0);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, plaudit_sdk_macros::State)]
pub struct Current<T> {
    start: LocalDay,
    value: T,
}

impl<T: Default> Current<T> {
    /// The value of the window that begins on `start`; the default if another one was looked at before.
    pub fn at(&mut self, start: LocalDay) -> &mut T {
        if self.start != start {
            *self = Self { start, value: T::default() };
        }
        &mut self.value
    }

    /// The first day of the window looked at last.
    pub fn start(&self) -> LocalDay {
        self.start
    }
}

/// The last so many days, with a sum and a mean.
///
/// ```
/// use plaudit_sdk::{LocalDay, helpers::Rolling};
/// let (monday, mut week) = (LocalDay::of(2026, 3, 2), Rolling::default());
/// week.add(monday, 7, 4.0, 1.0);
/// week.add(monday.plus(6), 7, 5.0, 1.0);
/// assert_eq!(week.total().get(), Some(4.5));
/// week.add(monday.plus(7), 7, 3.0, 1.0);
/// assert_eq!(week.total().get(), Some(4.0), "Monday has left the window");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, plaudit_sdk_macros::State)]
pub struct Rolling {
    /// By day, rising.
    days: VecDeque<(LocalDay, Mean)>,
}

impl Rolling {
    /// The longest window, in days: each takes up to 20 bytes of the state.
    pub const DAYS_MAX: u32 = 400;

    /// Adds to a day (value and weight, as `event.ratio(i)` gives them) and forgets what is `days` (1..=400) or more days
    /// before it.
    pub fn add(&mut self, day: LocalDay, days: u32, value: f64, weight: f64) {
        self.forget(day, days);
        match self.days.back_mut() {
            Some((last, mean)) if *last == day => mean.add(value, weight),
            _ => {
                let mut mean = Mean::default();
                mean.add(value, weight);
                self.days.push_back((day, mean));
            }
        }
    }

    /// Forgets what is `days` or more days before `day`.
    pub fn forget(&mut self, day: LocalDay, days: u32) {
        let days = days.clamp(1, Self::DAYS_MAX) as i32;
        while self.days.front().is_some_and(|(first, _)| day.since(*first) >= days) {
            self.days.pop_front();
        }
    }

    /// Sum and weight over the window.
    pub fn total(&self) -> Mean {
        let mut total = Mean::default();
        for (_, mean) in &self.days {
            total.add(mean.sum, mean.weight);
        }
        total
    }

    /// On how many days there was something.
    pub fn days(&self) -> usize {
        self.days.len()
    }
}
