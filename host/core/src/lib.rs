//! Pure decisions of Plaudit.
//!
//! Nothing here reads a clock, draws a random number, touches a disk or a socket: time and chance are parameters, and
//! the same input gives the same bytes. The rooms around it (`runtime`, `store`, `server`) do the I/O.

pub mod access;
pub mod award;
pub mod board;
pub mod calendar;
pub mod draw;
pub mod event;
pub mod hash;
pub mod incentive;
pub mod journal;
pub mod kudos;
pub mod ledger;
pub mod limits;
pub mod metric;
pub mod order;
pub mod price;
pub mod reason;
pub mod reserve;
pub mod roster;
pub mod rule;
pub mod settle;
pub mod spread;

use std::sync::Arc;

/// Milliseconds since 1970-01-01T00:00:00Z.
pub type Millis = i64;

/// A short, shared, immutable name or id.
pub type Id = Arc<str>;

/// Milliseconds of a day without a DST change.
pub const DAY_MS: Millis = 24 * 60 * 60 * 1000;
