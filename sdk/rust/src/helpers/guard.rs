//! Bounds that have to be kept: guards and qualifiers.

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

    /// Both bounds.
    ///
    /// ```
    /// use plaudit_sdk::helpers::Guard;
    /// assert!(Guard::between(2.0, 4.0).holds(Some(4.0)) && !Guard::between(2.0, 4.0).holds(Some(4.1)));
    /// ```
    pub fn between(at_least: f64, at_most: f64) -> Self {
        Self { at_least, at_most }
    }

    /// Whether a mean keeps it and stands on at least that weight (a count, for means of single values): two ratings
    /// qualify nobody.
    ///
    /// ```
    /// use plaudit_sdk::helpers::{Guard, Mean};
    /// let (mut csat, four) = (Mean::default(), Guard::at_least(4.0));
    /// csat.add(5.0, 1.0);
    /// assert!(four.holds(csat.get()) && !four.qualifies(&csat, 3.0));
    /// ```
    pub fn qualifies(&self, mean: &super::Mean, weight_min: f64) -> bool {
        mean.weight >= weight_min && self.holds(mean.get())
    }

    /// Whether the measure keeps it; one that is absent does not.
    pub fn holds(&self, measure: Option<f64>) -> bool {
        measure.is_some_and(|m| self.at_least <= m && m <= self.at_most)
    }
}
