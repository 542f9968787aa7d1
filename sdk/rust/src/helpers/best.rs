//! Personal bests.

use serde::{Deserialize, Serialize};

/// The best so far, and whether it was beaten. The first values only set the mark: nobody beats a record on the second
/// day.
///
/// ```
/// use plaudit_sdk::helpers::PersonalBest;
/// let mut best = PersonalBest::default();
/// assert_eq!([4.0, 6.0, 5.0, 9.0].map(|value| best.offer(value, 2)), [None, None, None, Some(6.0)]);
/// assert_eq!((best.mark, best.records), (Some(9.0), 1));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, plaudit_sdk_macros::State)]
pub struct PersonalBest {
    /// The mark to beat.
    pub mark: Option<f64>,
    /// Values seen so far.
    pub seen: u32,
    /// Marks beaten after the warm-up: an ordinal for awards.
    pub records: u32,
}

impl PersonalBest {
    /// Offers a value of which more is better; gives the mark that it beat, once `warm_up` values have been seen before.
    pub fn offer(&mut self, value: f64, warm_up: u32) -> Option<f64> {
        self.take(value, warm_up, |mark| value > mark)
    }

    /// As [`PersonalBest::offer`], where less is better, such as a handle time.
    ///
    /// ```
    /// use plaudit_sdk::helpers::PersonalBest;
    /// let mut best = PersonalBest::default();
    /// assert_eq!([300.0, 280.0, 290.0].map(|value| best.offer_lowest(value, 1)), [None, Some(300.0), None]);
    /// ```
    pub fn offer_lowest(&mut self, value: f64, warm_up: u32) -> Option<f64> {
        self.take(value, warm_up, |mark| value < mark)
    }

    fn take(&mut self, value: f64, warm_up: u32, beats: impl Fn(f64) -> bool) -> Option<f64> {
        let beaten = self.mark.filter(|&mark| beats(mark));
        let counts = self.seen >= warm_up;
        self.seen = self.seen.saturating_add(1);
        if beaten.is_some() || self.mark.is_none() {
            self.mark = Some(value);
        }
        let beaten = beaten.filter(|_| counts)?;
        self.records += 1;
        Some(beaten)
    }
}
