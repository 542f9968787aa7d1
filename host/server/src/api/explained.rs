//! What the engine knows of why somebody got something or did not: everything but the words.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use plaudit_core::{
    Id, Millis,
    award::{EffectId, Standing},
    event::Subject,
    incentive::{Incentive, Period},
    journal::Position,
    metric::MetricDefinition,
    reason::{MissedGuard, NotCounted},
    rule::{BoardSpec, DrawMethod, Plan, Progress, Reward, Text},
};

use super::views::{DrawState, PeriodState};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Whose: an opaque agent id.
    pub agent: Id,
    /// Of which incentive.
    pub incentive: Id,
    /// Of which period; the one of `at`, or the one that is open or was last, if none.
    pub period: Option<Id>,
    /// An instant of the period, in milliseconds since 1970.
    pub at: Option<Millis>,
    /// Facts to pass over: where the page before ended.
    pub after: usize,
    /// Facts to show at most.
    pub limit: usize,
    /// Whether facts of types that no metric of the incentive looks at are shown too.
    pub all: bool,
}

/// Why there is no explanation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unexplained {
    /// No such incentive.
    #[error("there is no incentive {0:?}")]
    Incentive(Id),
    /// Nobody by this id, and no fact about them.
    #[error("the roster knows no agent {0:?}, and no fact speaks of one")]
    Agent(Id),
    /// No such period, or it has not begun.
    #[error("the incentive has no period {0:?}, or it has not begun")]
    Period(Id),
    /// The incentive is not ready, as just after a start.
    #[error("incentive {0:?} is not ready yet; try again in a moment")]
    NotReady(Id),
    /// The host could not do it; for the log.
    #[error("{0}")]
    Failed(String),
}

/// Why somebody got something or did not, in one period of one incentive.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Whose.
    pub agent: Id,
    /// The incentive as it is in force.
    pub incentive: Incentive,
    /// What its rule plans.
    pub plan: Plan,
    /// Its pinned metrics, in the plan's order.
    pub metrics: Vec<MetricDefinition>,
    /// The period.
    pub period: Period,
    /// How far it is.
    pub state: PeriodState,
    /// Up to here everything is closed that can be.
    pub watermark: Millis,
    /// Block up to which facts are in it.
    pub block: u64,
    /// The agent's zone then.
    pub zone: Tz,
    /// The team at the period's end, or now.
    pub team: Option<Id>,
    /// Whether the agent was in the audience at some time of the period.
    pub in_audience: bool,
    /// Why they take no part, if a manager decided so.
    pub disqualified: Option<String>,
    /// Whether they had chosen not to compete at the end of the period, where others are ranked.
    pub stands_aside: bool,
    /// A page of facts in the order they are folded.
    pub facts: Vec<Fact>,
    /// Facts on all pages.
    pub totals: Totals,
    /// Where the next page begins.
    pub next: Option<usize>,
    /// What happened without a fact.
    pub moments: Vec<Moment>,
    /// Where they stand on each board.
    pub boards: Vec<Place>,
    /// Awards and praise of the period, by time.
    pub awards: Vec<Standing>,
    /// What is within reach.
    pub progress: Option<Progress>,
    /// The period's draws.
    pub draws: Vec<Lot>,
    /// How much is still known of what single facts did.
    pub kept: Kept,
    /// Whether folding again came to what stands; nothing where it was not folded again.
    pub agrees: Option<bool>,
}

/// How many facts there are, by what became of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// That counted.
    pub counted: u64,
    /// That did not, by reason. Facts of types that no metric looks at are not in it.
    pub not_counted: BTreeMap<&'static str, u64>,
    /// Facts of types that no metric of the incentive looks at.
    pub other_types: u64,
}

/// How much is known of what single facts did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All of it: the period was folded again.
    Whole,
    /// The period is final: its states are forgotten; facts, standings and awards are kept.
    Final,
    /// There are too many facts to fold them again for an answer.
    TooMany,
    /// The rule failed when it was folded again.
    Failed,
}

/// A version of a fact about the agent.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Where it stands in the journal.
    pub position: Position,
    /// When it happened.
    pub time: Millis,
    /// Where it comes from.
    pub source: Id,
    /// The business object, or the event's id.
    pub name: Id,
    /// The event's id.
    pub id: Id,
    /// Such as `contact.completed`.
    pub kind: Id,
    /// Version of the business object's fact.
    pub revision: u64,
    /// What it measures: index of the metric, value, weight.
    pub measures: Vec<(usize, f64, f64)>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It counted; what it did, where that is known.
    Counted(Option<Did>),
    /// It did not.
    Not(NotCounted),
}

/// What a step did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Did {
    /// Index of the board and the column, value, weight.
    pub scores: Vec<(usize, usize, f64, f64)>,
    /// Index of the draw, tickets.
    pub tickets: Vec<(usize, u64)>,
    /// Awards and praise that follow from it.
    pub effects: Vec<EffectId>,
    /// What it tried for on the spot.
    pub tries: Vec<Luck>,
    /// What was within reach afterwards, if the rule said so.
    pub progress: Option<Progress>,
    /// Whether the rule remembers something else than before; unknown where several steps were folded at once.
    pub changed: Option<bool>,
}

impl Did {
    /// Whether anything came of it that people can see.
    pub fn is_nothing(&self) -> bool {
        self.scores.is_empty() && self.tickets.is_empty() && self.effects.is_empty() && self.tries.is_empty()
    }
}

/// A try for an instant win.
#[derive(Clone, Debug, PartialEq)]
pub struct Luck {
    /// What it may bring; it was won if it is among the awards.
    pub award: EffectId,
    /// Wins `wins` times in `of`, on average.
    pub wins: u32,
    /// At least 1.
    pub of: u32,
}

/// Something that happened without a fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// When.
    pub at: Millis,
    /// What.
    pub kind: MomentKind,
    /// What it did.
    pub did: Did,
}

/// What happens without a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MomentKind {
    /// The key joined the audience.
    Joined,
    /// It left.
    Left,
    /// A timer of the rule was due.
    Timer,
}

/// Where somebody stands on a board.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The board as planned.
    pub spec: BoardSpec,
    /// Whose row: the agent, or the team.
    pub subject: Subject,
    /// The row; none for who was not in the audience.
    pub row: Option<RowStanding>,
    /// Rows that are ranked.
    pub ranked: usize,
    /// All rows.
    pub rows: usize,
    /// Every guard, with what the row has and whether it holds.
    pub guards: Vec<(MissedGuard, bool)>,
    /// The nearest better place that pays something this row does not get.
    pub next: Option<NextPlace>,
}

/// A row as ranked.
#[derive(Clone, Debug, PartialEq)]
pub struct RowStanding {
    /// 1 is best; 0 is not ranked.
    pub rank: u32,
    /// Whether all guards hold.
    pub qualified: bool,
    /// The ranked value; none where nothing was scored.
    pub value: Option<f64>,
    /// One per column.
    pub columns: Vec<Option<f64>>,
}

/// A better place that pays.
#[derive(Clone, Debug, PartialEq)]
pub struct NextPlace {
    /// Its rank.
    pub rank: u32,
    /// Its value.
    pub value: f64,
    /// How much is missing to it, ≥ 0.
    pub missing: f64,
    /// What it gets more.
    pub rewards: Vec<Reward>,
}

/// An agent in a draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Lot {
    /// Index among the plan's draws.
    pub index: usize,
    /// Its name.
    pub name: Id,
    /// How tickets count.
    pub method: DrawMethod,
    /// How far it is.
    pub state: DrawState,
    /// Own tickets: on the sealed list once there is one.
    pub tickets: u64,
    /// Own tickets as the facts of now would give them, where they are known.
    pub tickets_now: Option<u64>,
    /// Tickets of everyone.
    pub all_tickets: u64,
    /// How many hold tickets.
    pub entrants: u64,
    /// SHA-256 of the seed, lower-case hex.
    pub seed_hash: Id,
    /// SHA-256 of the list, lower-case hex, once sealed.
    pub list_hash: Option<Id>,
    /// Block in which the list was sealed.
    pub sealed_block: Option<u64>,
    /// Whether there is a receipt.
    pub has_receipt: bool,
    /// What was won.
    pub won: Vec<Reward>,
    /// Why the rule left them out.
    pub excluded: Option<Why>,
}

/// Why somebody was left out of a draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The rule's own words.
    Text(Text),
    /// As the receipt has it.
    Plain(String),
}
