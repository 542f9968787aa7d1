//! What was ever put into the outbox, as digests: a message leaves the outbox when it is planned, and what a replay
//! would tell has to be comparable with what was told.

use plaudit_core::Id;
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By incentive and the message's number in the outbox.
#[derive(Debug)]
pub enum Told {}

impl Family for Told {
    const TAG: u8 = tags::TOLD;
    const NAME: &'static str = "told";
    type Key = (String, u64);
    type Value = Line;
}

/// A message that was put into the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The message's id.
    pub id: Id,
    /// First 16 bytes of the digest of all that it says.
    pub digest: [u8; 16],
}
