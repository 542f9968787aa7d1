//! A pause between two of a kind.

use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// At least so long between two: messages, tries, bonuses.
///
/// ```
/// use plaudit_sdk::{MINUTE, helpers::Cooldown};
/// let mut pause = Cooldown::default();
/// assert!(pause.take(0, 10 * MINUTE), "the first is always free");
/// assert!(!pause.take(9 * MINUTE, 10 * MINUTE));
/// assert!(pause.take(10 * MINUTE, 10 * MINUTE), "what was refused does not prolong the pause");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, plaudit_sdk_macros::State)]
pub struct Cooldown {
    /// When the last one was, milliseconds since 1970.
    pub last: Option<Millis>,
}

impl Cooldown {
    /// Whether `pause` milliseconds have passed since the last one; if so, this is the last one now.
    pub fn take(&mut self, now: Millis, pause: Millis) -> bool {
        let is_over = self.is_over(now, pause);
        if is_over {
            self.last = Some(now);
        }
        is_over
    }

    /// Whether it is over, without taking it.
    pub fn is_over(&self, now: Millis, pause: Millis) -> bool {
        self.last.is_none_or(|last| now.saturating_sub(last) >= pause)
    }
}
