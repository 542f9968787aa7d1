//! What is noticed: small memories that say when a moment has come.

use plaudit_sdk::{LocalDay, State};
use serde::{Deserialize, Serialize};

use crate::settings;

/// A day's count, for the best day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, State)]
pub(crate) struct BestDay {
    day: LocalDay,
    /// Counted on `day`.
    count: f64,
    /// Most on an earlier day.
    best: f64,
    /// Earlier days with at least one.
    days: u32,
    /// Whether `day` is the best already.
    beaten: bool,
}

impl BestDay {
    /// Counts; gives the former best at the moment at which it is beaten.
    pub(crate) fn add(&mut self, day: LocalDay, value: f64, after: u32) -> Option<f64> {
        if self.day != day {
            self.days += u32::from(self.count > 0.0);
            self.best = self.best.max(self.count);
            (self.day, self.count, self.beaten) = (day, 0.0, false);
        }
        self.count += value;
        let beats = !self.beaten && self.days >= after && self.count > self.best;
        self.beaten |= beats;
        beats.then_some(self.best)
    }
}

/// A bad stretch, and the way out of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, State)]
pub(crate) struct Stretch {
    /// The latest values, oldest first.
    latest: Vec<f64>,
    /// Whether the mean fell below the bar and no comeback has been since.
    bad: bool,
    /// Good ones in a row since then.
    good: u32,
    /// Comebacks so far.
    comebacks: u32,
}

impl Stretch {
    /// Takes a value; gives the number of the comeback that it completes.
    pub(crate) fn add(&mut self, value: f64, bar: &settings::Comeback) -> Option<u32> {
        if self.bad {
            self.good = if value >= bar.at_least { self.good + 1 } else { 0 };
            if self.good < bar.good {
                return None;
            }
            // The old values are forgiven: a new stretch needs new ones.
            let comebacks = self.comebacks + 1;
            *self = Self { comebacks, ..Self::default() };
            return Some(comebacks);
        }
        let size = bar.last as usize;
        if self.latest.len() >= size {
            self.latest.remove(0);
        }
        self.latest.push(value);
        // A sum anew each time, so that it does not depend on what was taken off before.
        let mean = self.latest.iter().sum::<f64>() / self.latest.len() as f64;
        self.bad = self.latest.len() == size && mean < bar.below;
        None
    }
}
