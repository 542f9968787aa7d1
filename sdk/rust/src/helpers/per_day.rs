//! Caps per day.

use serde::{Deserialize, Serialize};

use crate::time::LocalDay;

/// A count that begins anew each local day, with a cap.
///
/// ```
/// use plaudit_sdk::{LocalDay, helpers::PerDay};
/// let (today, mut taken) = (LocalDay::of(2026, 3, 2), PerDay::default());
/// assert_eq!(taken.take(today, 3, 5), 3);
/// assert_eq!(taken.take(today, 3, 5), 2, "the cap is 5 a day");
/// assert_eq!(taken.take(today.next(), 3, 5), 3);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, plaudit_sdk_macros::State)]
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
