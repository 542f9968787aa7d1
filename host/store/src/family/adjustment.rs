//! What managers decided about periods that were final already, as the books have it.

use plaudit_core::{Id, Millis};
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// Decisions by incentive and the block that holds them.
#[derive(Debug)]
pub enum Adjustments {}

impl Family for Adjustments {
    const TAG: u8 = tags::ADJUSTMENT;
    const NAME: &'static str = "adjustment";
    type Key = (String, u64);
    type Value = Adjustment;
}

/// A decision about a final period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    /// Which period.
    pub period: Id,
    /// Digest of the difference that the manager saw.
    pub digest: Id,
    /// Who decided.
    pub actor: Id,
    /// When it was decided.
    pub at: Millis,
    /// What became of it.
    pub outcome: Outcome,
    /// How many awards it changes.
    pub changes: u32,
    /// What it costs in whole units; negative: what comes back.
    pub units: i64,
}

/// What became of a decision. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Everything is booked.
    Booked,
    /// The allotment does not suffice any more: nothing is booked.
    Refused {
        /// Units that were left.
        left: i64,
    },
    /// It stays as it was.
    Left,
}

/// The last adjustment of an award, by incentive and digest of the effect's id.
#[derive(Debug)]
pub enum Adjusted {}

impl Family for Adjusted {
    const TAG: u8 = tags::ADJUSTED;
    const NAME: &'static str = "adjusted";
    type Key = (String, String);
    type Value = AdjustedBy;
}

/// Who adjusted an award, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdjustedBy {
    /// Token name or account.
    pub actor: Id,
    /// Time of the decision.
    pub at: Millis,
    /// Block of the decision.
    pub block: u64,
}
