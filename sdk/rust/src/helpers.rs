//! What rules often count, as small values to keep in a state.
//!
//! None of them knows a clock: the caller hands in the event's time or its local day (`event.time()`, `event.day()`), so
//! that folding the same events again counts the same. All but [`Guard`] can be part of a state.
//!
//! | to count | there is |
//! |---|---|
//! | levels that a value has reached | [`tiers`] |
//! | good events in a row, good working days in a row, and misses that are forgiven | [`Streak`], [`DayStreak`], [`Freezes`] |
//! | what begins anew each day, week or month | [`Calendar`] with [`Current`] |
//! | the last so many days | [`Rolling`] |
//! | at most so many a day | [`PerDay`] |
//! | at least so long between two | [`Cooldown`] |
//! | n of the last m | [`LastFew`] |
//! | a mean, a rate per hour | [`Mean`], [`Rate`] |
//! | a bound that has to be kept | [`Guard`] |
//! | the best so far | [`PersonalBest`] |
//! | better than one's own past weeks | [`Baseline`] |

mod baseline;
mod best;
mod cooldown;
mod guard;
mod last_few;
mod mean;
mod per_day;
mod streak;
pub mod tiers;
mod window;

pub use baseline::{Baseline, Improvement};
pub use best::PersonalBest;
pub use cooldown::Cooldown;
pub use guard::Guard;
pub use last_few::LastFew;
pub use mean::{Mean, Rate};
pub use per_day::PerDay;
pub use streak::{DayStreak, Freezes, Streak};
pub use window::{Calendar, Current, Rolling};
