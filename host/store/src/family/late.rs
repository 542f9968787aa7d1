//! Facts that came behind a final boundary: listed, and counted by nobody until a manager accepts what follows.

use plaudit_core::{Id, Millis, event::Subject};
use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By incentive, then block and index of the entry in the journal.
#[derive(Debug)]
pub enum Late {}

impl Family for Late {
    const TAG: u8 = tags::LATE;
    const NAME: &'static str = "late";
    type Key = (String, (u64, u32));
    type Value = LateFact;
}

/// Something that was learned too late to count by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateFact {
    /// What it is.
    pub what: LateKind,
    /// Whom it speaks of now.
    pub subject: Subject,
    /// Type of the event; empty for a change of the roster.
    pub kind: Id,
    /// Entity or id of the event; empty for a change of the roster.
    pub name: Id,
    /// Earliest instant that it concerns.
    pub time: Millis,
    /// Ids of the final periods that it concerns: one, or two for a fact that was moved.
    pub periods: Vec<Id>,
    /// When it was received.
    pub at: Millis,
}

/// What came late. Stored by number: add at the end, never reorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LateKind {
    /// A fact that nobody knew of.
    New,
    /// Another version of a fact.
    Revised,
    /// A fact that never was.
    Retracted,
    /// Somebody was in another team, or worked otherwise.
    Roster,
}
