//! What rules often count, as small values to keep in a state.

use serde::{Deserialize, Serialize};

use crate::time::LocalDay;

/// Levels that rise with a value: bronze from 5, silver from 10.
pub mod tiers {
    /// Level (from 1) and tier of the highest threshold that `value` has reached; `tiers` rise by `at`.
    ///
    /// ```
    /// use plaudit_sdk::helpers::tiers;
    /// let tiers = [5.0, 10.0];
    /// assert_eq!(tiers::reached(&tiers, |t| *t, 4.0), None);
    /// assert_eq!(tiers::reached(&tiers, |t| *t, 12.0), Some((2, &10.0)));
    /// ```
    pub fn reached<T>(tiers: &[T], at: impl Fn(&T) -> f64, value: f64) -> Option<(u32, &T)> {
        let level = tiers.partition_point(|t| at(t) <= value);
        tiers.get(level.checked_sub(1)?).map(|t| (level as u32, t))
    }

    /// Levels and tiers that lie in (before, after]: those that this step has reached first.
    ///
    /// ```
    /// use plaudit_sdk::helpers::tiers;
    /// let tiers = [5.0, 10.0, 15.0];
    /// let passed: Vec<_> = tiers::passed(&tiers, |t| *t, 4.0, 11.0).collect();
    /// assert_eq!(passed, [(1, &5.0), (2, &10.0)]);
    /// ```
    pub fn passed<T>(
        tiers: &[T],
        at: impl Fn(&T) -> f64,
        before: f64,
        after: f64,
    ) -> impl Iterator<Item = (u32, &T)> {
        let levels = (1u32..).zip(tiers);
        levels.filter(move |(_, t)| before < at(t) && at(t) <= after)
    }

    /// The first tier above `value`, for progress.
    ///
    /// ```
    /// use plaudit_sdk::helpers::tiers;
    /// assert_eq!(tiers::next(&[5.0, 10.0], |t| *t, 5.0), Some(&10.0));
    /// ```
    pub fn next<T>(tiers: &[T], at: impl Fn(&T) -> f64, value: f64) -> Option<&T> {
        tiers.get(tiers.partition_point(|t| at(t) <= value))
    }

    /// Index of the first tier that is not above the one before it, for [`crate::Rule::check`].
    ///
    /// ```
    /// use plaudit_sdk::helpers::tiers;
    /// assert_eq!(tiers::out_of_order(&[5.0, 5.0, 9.0], |t| *t), Some(1));
    /// ```
    pub fn out_of_order<T>(tiers: &[T], at: impl Fn(&T) -> f64) -> Option<usize> {
        tiers.windows(2).position(|pair| at(&pair[0]) >= at(&pair[1])).map(|i| i + 1)
    }
}

/// Good events in a row.
///
/// ```
/// use plaudit_sdk::helpers::Streak;
/// let mut streak = Streak::default();
/// assert_eq!([true, true, false, true].map(|good| streak.add(good)), [1, 2, 0, 1]);
/// assert_eq!((streak.best, streak.runs), (2, 2));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Streak {
    /// Length of the current run.
    pub length: u32,
    /// Longest so far.
    pub best: u32,
    /// Runs begun so far: an ordinal for awards.
    pub runs: u32,
}

impl Streak {
    /// Counts an event; returns the length of the current run.
    pub fn add(&mut self, good: bool) -> u32 {
        if good {
            self.runs += u32::from(self.length == 0);
            self.length += 1;
            self.best = self.best.max(self.length);
        } else {
            self.length = 0;
        }
        self.length
    }
}

/// Good working days in a row. Days off neither count nor break it: the caller names the working day before.
///
/// ```
/// use plaudit_sdk::{LocalDay, helpers::DayStreak};
/// let (friday, monday) = (LocalDay::of(2026, 3, 6), LocalDay::of(2026, 3, 9));
/// let mut streak = DayStreak::default();
/// streak.good(friday, Some(friday.prev()));
/// assert_eq!(streak.good(monday, Some(friday)), 2);
/// assert_eq!(streak.good(monday, Some(friday)), 2, "a day counts once");
/// assert_eq!(streak.good(LocalDay::of(2026, 3, 12), Some(LocalDay::of(2026, 3, 11))), 1, "a day was missed");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayStreak {
    /// Length of the current run, in working days.
    pub length: u32,
    /// Longest so far.
    pub best: u32,
    /// Runs begun so far: an ordinal for awards.
    pub runs: u32,
    /// The last good day.
    pub last: Option<LocalDay>,
}

impl DayStreak {
    /// Counts a good day, given the working day before it (`cx.previous_workday(day)`); returns the run's length. A
    /// day off on which somebody worked counts, and the next working day goes on from it.
    pub fn good(&mut self, day: LocalDay, previous_workday: Option<LocalDay>) -> u32 {
        if self.last.is_some_and(|last| day <= last) {
            return self.length;
        }
        // Goes on if no working day lies between: the last good day is the working day before, or a day off after it.
        let goes_on =
            matches!((self.last, previous_workday), (Some(last), Some(previous)) if last >= previous);
        self.runs += u32::from(!goes_on);
        self.length = if goes_on { self.length + 1 } else { 1 };
        self.best = self.best.max(self.length);
        self.last = Some(day);
        self.length
    }

    /// Breaks the run.
    pub fn broken(&mut self) {
        self.length = 0;
        self.last = None;
    }
}

/// A count that begins anew each local day, with a cap.
///
/// ```
/// use plaudit_sdk::{LocalDay, helpers::PerDay};
/// let (today, mut taken) = (LocalDay::of(2026, 3, 2), PerDay::default());
/// assert_eq!(taken.take(today, 3, 5), 3);
/// assert_eq!(taken.take(today, 3, 5), 2, "the cap is 5 a day");
/// assert_eq!(taken.take(today.next(), 3, 5), 3);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PerDay {
    /// The day counted.
    pub day: LocalDay,
    /// Counted on that day.
    pub count: u32,
}

impl PerDay {
    /// Takes as many of `wanted` as the day's cap leaves.
    pub fn take(&mut self, day: LocalDay, wanted: u32, cap: u32) -> u32 {
        let taken = wanted.min(cap.saturating_sub(self.on(day)));
        *self = Self { day, count: self.on(day) + taken };
        taken
    }

    /// Counts one without a cap; returns the day's count.
    pub fn add(&mut self, day: LocalDay) -> u32 {
        self.take(day, 1, u32::MAX);
        self.count
    }

    /// The count of that day.
    pub fn on(&self, day: LocalDay) -> u32 {
        if self.day == day { self.count } else { 0 }
    }
}

/// A running mean, Σ value / Σ weight.
///
/// ```
/// use plaudit_sdk::helpers::Mean;
/// let mut mean = Mean::default();
/// assert_eq!(mean.get(), None);
/// mean.add(5.0, 1.0);
/// mean.add(4.0, 1.0);
/// assert_eq!(mean.get(), Some(4.5));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Mean {
    /// Σ value.
    pub sum: f64,
    /// Σ weight.
    pub weight: f64,
}

impl Mean {
    /// Adds numerator and denominator, as `event.ratio(i)` gives them.
    pub fn add(&mut self, value: f64, weight: f64) {
        self.sum += value;
        self.weight += weight;
    }

    /// The mean, if anything weighs.
    pub fn get(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.sum / self.weight)
    }
}

/// A bound that a measure has to keep.
///
/// ```
/// use plaudit_sdk::helpers::Guard;
/// let quality = Guard::at_least(80.0);
/// assert!(quality.holds(Some(80.0)) && !quality.holds(Some(79.9)));
/// assert!(!quality.holds(None), "what was never measured keeps no bound");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guard {
    /// Inclusive.
    pub at_least: f64,
    /// Inclusive.
    pub at_most: f64,
}

impl Guard {
    /// A lower bound.
    pub fn at_least(bound: f64) -> Self {
        Self { at_least: bound, at_most: f64::INFINITY }
    }

    /// An upper bound.
    pub fn at_most(bound: f64) -> Self {
        Self { at_least: f64::NEG_INFINITY, at_most: bound }
    }

    /// Whether the measure keeps it; one that is absent does not.
    pub fn holds(&self, measure: Option<f64>) -> bool {
        measure.is_some_and(|m| self.at_least <= m && m <= self.at_most)
    }
}
