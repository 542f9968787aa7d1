//! Means, and rates per hour.

use serde::{Deserialize, Serialize};

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
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, plaudit_sdk_macros::State)]
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

/// A rate per hour worked. Amounts and hours come with different events; a rate that stands on few hours says little.
///
/// ```
/// use plaudit_sdk::helpers::Rate;
/// let mut rate = Rate::default();
/// rate.add(3.0);
/// rate.work(0.5);
/// assert_eq!(rate.per_hour(1.0), None, "half an hour is too little to tell");
/// rate.work(1.5);
/// assert_eq!(rate.per_hour(1.0), Some(1.5));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, plaudit_sdk_macros::State)]
pub struct Rate {
    /// Counted so far.
    pub amount: f64,
    /// Hours worked so far.
    pub hours: f64,
}

impl Rate {
    /// Counts an amount.
    pub fn add(&mut self, amount: f64) {
        self.amount += amount;
    }

    /// Adds hours worked, as the metric `worked-hours` has them.
    pub fn work(&mut self, hours: f64) {
        self.hours += hours;
    }

    /// The amount per hour, from `hours_min` hours on; `None` before, and where nobody worked.
    pub fn per_hour(&self, hours_min: f64) -> Option<f64> {
        (self.hours > 0.0 && self.hours >= hours_min).then(|| self.amount / self.hours)
    }
}
