//! Delivery: from the outbox to people and machines, at least once, with an id that never changes.
//!
//! Three parts, each a file. The *planner* turns outbox rows into delivery rows, in one batch. The *book* keeps those
//! rows and knows what is due; both decide under one lock, so that a message is either taken back or sent, never both.
//! The *sender* takes what is due and tries. A nudge wakes the planner; the tables decide.
//!
//! Two times: the age of a message counts by the house's [`Clock`], which may be driven; waiting and the timestamps that
//! receivers check against their own clocks are the machine's. Quiet hours are the house's time, too: it is people's.

pub mod beacon;
mod blocks;
mod book;
mod chat;
mod config;
mod error;
mod guard;
mod handle;
pub mod http;
mod mail;
pub mod one;
mod outlet;
mod planner;
pub(crate) mod quiet;
mod sender;
#[cfg(test)]
mod tests;
mod wait;
mod webhook;

use std::sync::Arc;

use plaudit_store::Store;
use tokio_util::sync::CancellationToken;

pub use beacon::BeaconSource;
pub use book::{Counts, Filter, Listed, RetryError};
pub use config::{ChatConfig, DeliverConfig, MailConfig, MailEncryption, MailWhen, RoomConfig};
pub use error::DeliverError;
pub use guard::{Guard, Refused};
pub use handle::{AccountMail, DeliverHandle};
pub use outlet::{NoAnswer, Outlet};
pub use quiet::RosterNow;

use crate::{clock::Clock, texts::Texts};

/// What delivery needs of the house.
pub struct Deps {
    /// Outbox, deliveries, endpoints, people.
    pub store: Arc<dyn Store>,
    /// The house's time: the age of messages.
    pub clock: Clock,
    /// Renders messages.
    pub texts: Arc<Texts>,
    /// Who works where: zones and days off, for quiet hours.
    pub roster: RosterNow,
    /// Jitter.
    pub rng: Box<dyn rand::Rng + Send>,
}

/// Starts delivery on the current tokio runtime; it ends when `stop` is cancelled, after the attempts under way.
/// Await the second value for that end.
///
/// # Errors
/// When the store can't be read, or the configuration can't work; see [`DeliverError`].
pub fn start(
    deps: Deps,
    config: DeliverConfig,
    stop: CancellationToken,
) -> Result<(DeliverHandle, tokio::task::JoinHandle<()>), DeliverError> {
    sender::start(deps, config, stop)
}

impl std::fmt::Debug for Deps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Deps").field("clock", &self.clock).finish_non_exhaustive()
    }
}
