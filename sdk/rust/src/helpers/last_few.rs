//! n of the last m.

use serde::{Deserialize, Serialize};

/// How many of the last m events were good, m at most [`LastFew::MAX`].
///
/// ```
/// use plaudit_sdk::helpers::LastFew;
/// let mut last = LastFew::default();
/// assert_eq!([true, true, false, true].map(|good| last.add(good, 3)), [1, 2, 2, 2]);
/// assert!(last.is_full(3), "three have been seen");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, plaudit_sdk_macros::State)]
pub struct LastFew {
    /// The latest is bit 0.
    bits: u64,
    seen: u32,
}

impl LastFew {
    /// The largest m.
    pub const MAX: u32 = 64;

    /// Counts an event; returns how many of the last `m` (1..=64) were good.
    pub fn add(&mut self, good: bool, m: u32) -> u32 {
        self.bits = self.bits << 1 | u64::from(good);
        self.seen = self.seen.saturating_add(1).min(Self::MAX);
        self.good(m)
    }

    /// How many of the last `m` were good.
    pub fn good(&self, m: u32) -> u32 {
        let mask = if m >= Self::MAX { u64::MAX } else { (1 << m) - 1 };
        (self.bits & mask).count_ones()
    }

    /// Whether `m` have been seen at all.
    pub fn is_full(&self, m: u32) -> bool {
        self.seen >= m.min(Self::MAX)
    }
}
