//! Better than before: one's own past windows as the measure.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{Calendar, Mean};
use crate::time::LocalDay;

/// A window's mean next to the mean of one's own windows before.
///
/// The windows are those of a [`Calendar`]; one without any measure (a holiday) is passed over.
///
/// ```
/// use plaudit_sdk::{LocalDay, helpers::{Baseline, Calendar}};
/// let (week, monday, mut handle_time) = (Calendar::Week, LocalDay::of(2026, 3, 2), Baseline::default());
/// for (day, seconds) in [(0, 300.0), (7, 320.0), (14, 279.0)] {
///     handle_time.add(week, monday.plus(day), seconds, 1.0, 4);
/// }
/// let better = handle_time.improvement(2).expect("two weeks stand behind it");
/// assert_eq!((better.before, better.now), (310.0, 279.0));
/// assert_eq!(better.percent_lower(), 10.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, plaudit_sdk_macros::State)]
pub struct Baseline {
    /// First day of the current window.
    start: LocalDay,
    current: Mean,
    /// Windows before it, the oldest first.
    past: VecDeque<Mean>,
}

/// What a [`Baseline`] tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Improvement {
    /// The mean of the windows before.
    pub before: f64,
    /// The mean of the current window.
    pub now: f64,
}

impl Baseline {
    /// Adds value and weight (as `event.ratio(i)` gives them) on a local day; at most `keep` past windows are remembered.
    pub fn add(&mut self, calendar: Calendar, day: LocalDay, value: f64, weight: f64, keep: usize) {
        self.begin(calendar.start(day), keep);
        self.current.add(value, weight);
    }

    fn begin(&mut self, start: LocalDay, keep: usize) {
        if start <= self.start {
            return;
        }
        if self.current.weight > 0.0 {
            self.past.push_back(self.current);
        }
        while self.past.len() > keep {
            self.past.pop_front();
        }
        (self.start, self.current) = (start, Mean::default());
    }

    /// The first day of the current window.
    pub fn start(&self) -> LocalDay {
        self.start
    }

    /// Σ value and Σ weight of the current window.
    pub fn current(&self) -> Mean {
        self.current
    }

    /// The current window next to those before, if at least `windows_min` of them had a measure, and it has one.
    pub fn improvement(&self, windows_min: usize) -> Option<Improvement> {
        let mut before = Mean::default();
        for mean in &self.past {
            before.add(mean.sum, mean.weight);
        }
        let enough = self.past.len() >= windows_min.max(1);
        Some(Improvement { before: before.get().filter(|_| enough)?, now: self.current.get()? })
    }
}

impl Improvement {
    /// By how many percent it is higher than before; negative if lower, 0 where there is nothing to compare with.
    pub fn percent_higher(&self) -> f64 {
        if self.before == 0.0 { 0.0 } else { (self.now - self.before) / self.before.abs() * 100.0 }
    }

    /// By how many percent it is lower than before, for what is better when lower.
    pub fn percent_lower(&self) -> f64 {
        0.0 - self.percent_higher()
    }
}
