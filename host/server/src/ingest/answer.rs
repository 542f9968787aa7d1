//! What a sender hears of its events.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::journal::Outcome;

/// Values in answers are cut to so many characters.
const VALUE_CHARS_MAX: usize = 80;

/// An event that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = RejectedEvent)]
pub struct Rejected {
    /// Place in the request, from 0.
    pub index: usize,
    /// The event's id, if it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The field that is wrong, such as `time` or `data.csat`.
    pub field: String,
    /// What it holds, cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is wrong and what is allowed.
    pub message: String,
    /// For machines; never changes.
    pub code: String,
}

/// What became of a request's events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = EventsReport)]
pub struct Report {
    /// Durably in the journal.
    pub accepted: usize,
    /// Known already: acknowledged and ignored.
    pub duplicates: usize,
    /// Filtered out by a source's `when`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub skipped: usize,
    /// Not taken.
    pub rejected: Vec<Rejected>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

impl Report {
    /// Counts the journal's outcome of the event at `index`.
    pub fn add(&mut self, index: usize, id: &str, time: &str, outcome: &Outcome) {
        let (field, value, code, message) = match outcome {
            Outcome::Accepted(_) => return self.accepted += 1,
            Outcome::Duplicate => return self.duplicates += 1,
            Outcome::Conflict => {
                let message = "this source has sent another event under this id; give each event an id of its own, and \
                               corrections the same `entity` with a higher `revision`";
                ("id", id, "id-conflict", message)
            }
            Outcome::Ahead => {
                let message = "more than 5 minutes ahead of the server's clock; send events when they have happened, and \
                               check the sender's clock and offset";
                ("time", time, "time-ahead", message)
            }
            Outcome::TooOld => {
                let message = "older than the correction window of 35 days; it can't be recognised as new";
                ("time", time, "time-too-old", message)
            }
        };
        self.rejected.push(Rejected {
            index,
            id: Some(cut(id)),
            field: field.into(),
            value: Some(cut(value)),
            message: message.into(),
            code: code.into(),
        });
    }

    /// Whether at least one event was taken, or known, or left out on purpose, or there was none.
    pub fn is_good(&self) -> bool {
        self.rejected.is_empty() || self.accepted + self.duplicates + self.skipped > 0
    }
}

/// The first characters of a value.
pub fn cut(value: &str) -> String {
    let mut chars = value.chars();
    let mut out: String = chars.by_ref().take(VALUE_CHARS_MAX).collect();
    if chars.next().is_some() {
        out.push('…');
    }
    out
}
