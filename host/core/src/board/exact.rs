//! Sums that do not depend on the order of their parts.

use std::ops::Add;

use serde::{Deserialize, Serialize};

/// Steps per unit: a billionth is the smallest difference that counts.
const STEPS: f64 = 1e9;

/// A number in whole billionths, up to ± 1.7e29. Adding is exact, so any cut of the same scores gives the same sum, and
/// ten times 0.1 is 1. Beyond the range it stays at the end of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Exact(i128);

impl Exact {
    /// The nearest billionth; half a step goes to the even one. 0 for NaN.
    pub fn from_f64(value: f64) -> Self {
        // Whole part and rest apart: the product of a large number would lose its last digits to rounding.
        let whole = value.trunc();
        let rest = ((value - whole) * STEPS).round_ties_even();
        Self((whole as i128).saturating_mul(STEPS as i128).saturating_add(rest as i128))
    }

    /// The nearest double.
    pub fn to_f64(self) -> f64 {
        let steps = STEPS as i128;
        if self.0.unsigned_abs() < 1 << 53 {
            // Both numbers are exact here, so the quotient is the double nearest to the decimal number.
            return self.0 as f64 / STEPS;
        }
        (self.0 / steps) as f64 + (self.0 % steps) as f64 / STEPS
    }
}

impl Add for Exact {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
