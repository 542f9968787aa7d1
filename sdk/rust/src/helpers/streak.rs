//! Good events and good working days in a row.

use serde::{Deserialize, Serialize};

use crate::time::LocalDay;

/// Good events in a row.
///
/// ```
/// use plaudit_sdk::helpers::Streak;
/// let mut streak = Streak::default();
/// assert_eq!([true, true, false, true].map(|good| streak.add(good)), [1, 2, 0, 1]);
/// assert_eq!((streak.best, streak.runs), (2, 2));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, plaudit_sdk_macros::State)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, plaudit_sdk_macros::State)]
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

    /// As [`DayStreak::good`], with freezes: each working day missed since the last good one takes a freeze, and the run
    /// goes on if there are enough. `works_on` says which days are working days (`agent.works_on(day)`).
    ///
    /// ```
    /// use plaudit_sdk::{LocalDay, helpers::{DayStreak, Freezes}};
    /// let (monday, weekday) = (LocalDay::of(2026, 3, 2), |day: LocalDay| day.is_workday(0b001_1111, &[]));
    /// let (mut streak, mut freezes) = (DayStreak::default(), Freezes { saved: 1, towards: 0 });
    /// streak.good_or_frozen(monday, weekday, &mut freezes);
    /// assert_eq!(streak.good_or_frozen(monday.plus(2), weekday, &mut freezes), 2, "Tuesday took the freeze");
    /// assert_eq!(streak.good_or_frozen(monday.plus(4), weekday, &mut freezes), 1, "none is left for Thursday");
    /// ```
    pub fn good_or_frozen(
        &mut self,
        day: LocalDay,
        works_on: impl Fn(LocalDay) -> bool,
        freezes: &mut Freezes,
    ) -> u32 {
        let Some(last) = self.last.filter(|&last| last < day) else { return self.good(day, None) };
        // More days than freezes break the run, whatever they are: no need to look at a year of them.
        let between = (1..day.since(last)).map(|n| last.plus(n)).filter(|&d| works_on(d));
        let missed = between.take(freezes.saved as usize + 1).count() as u32;
        let goes_on = missed <= freezes.saved;
        if goes_on {
            freezes.saved -= missed;
        }
        self.good(day, goes_on.then_some(last))
    }

    /// Breaks the run.
    pub fn broken(&mut self) {
        self.length = 0;
        self.last = None;
    }
}

/// Misses that are forgiven: earned by what is good, spent one by one.
///
/// ```
/// use plaudit_sdk::helpers::{Freezes, Streak};
/// let (mut streak, mut freezes) = (Streak::default(), Freezes::default());
/// let lengths = [true, true, true, false, true, false, true].map(|good| {
///     if good {
///         freezes.earn(3, 1);
///     }
///     // A miss that a freeze takes leaves the run as it is.
///     if good || !freezes.spend() { streak.add(good) } else { streak.length }
/// });
/// assert_eq!(lengths, [1, 2, 3, 3, 4, 0, 1]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, plaudit_sdk_macros::State)]
pub struct Freezes {
    /// How many are there to be spent.
    pub saved: u32,
    /// Good ones counted towards the next.
    pub towards: u32,
}

impl Freezes {
    /// Counts something good: each `every` of them (0 counts as 1) earn a freeze, as long as fewer than `at_most` are saved.
    /// Who has them all begins to count again after one is spent.
    pub fn earn(&mut self, every: u32, at_most: u32) {
        if self.saved >= at_most {
            self.towards = 0;
            return;
        }
        self.towards += 1;
        if self.towards >= every {
            (self.saved, self.towards) = (self.saved + 1, 0);
        }
    }

    /// Takes one, if there is one.
    pub fn spend(&mut self) -> bool {
        let is_there = self.saved > 0;
        self.saved -= u32::from(is_there);
        is_there
    }
}
