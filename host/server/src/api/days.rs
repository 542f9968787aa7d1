//! What an agent's own pages show of the engine: what is within reach now, and what was booked.

use plaudit_core::{Id, Millis, event::Subject, incentive::Period, rule::Progress};

use super::views::DrawState;

/// What an agent has before them in one incentive, as it stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct DayView {
    /// The incentive.
    pub incentive: Id,
    /// Digest of its rule, for texts.
    pub plugin: Id,
    /// The period that is open.
    pub period: Period,
    /// Whose it is: the agent's, or that of the team they are in; the whole incentive's is nobody's own.
    pub subject: Option<Subject>,
    /// What is within reach, as the rule said it last.
    pub progress: Option<Progress>,
    /// Tickets in draws that are not held yet, the open period's first.
    pub tickets: Vec<TicketsView>,
}

/// Tickets in a draw that is not held yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketsView {
    /// Period id.
    pub period: Id,
    /// First instant after the period.
    pub ends: Millis,
    /// The draw's name.
    pub draw: Id,
    /// How far it is.
    pub state: DrawState,
    /// Own tickets.
    pub own: u64,
}

/// Something that was booked to somebody's account, or taken from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookedView {
    /// When it was booked.
    pub at: Millis,
    /// Such as `points`; `prize/<id>` counts pieces.
    pub currency: Id,
    /// Whole units: above zero into the account.
    pub units: i64,
    /// `awarded`, `corrected`, `reversed` or `adjusted`.
    pub why: &'static str,
    /// The award that it was booked for.
    pub award: Id,
    /// Its incentive.
    pub incentive: Id,
}
