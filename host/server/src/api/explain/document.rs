//! The JSON of an explanation: everything by name and value for machines, and in words for people.

use std::collections::BTreeMap;

use plaudit_core::{
    Id, Millis,
    award::Status,
    reason::NotCounted,
    rule::{DrawMethod, Reward},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    api::views::{DrawState, PeriodState},
    texts::Setting,
};

/// Why somebody got something, or did not, in one period of one incentive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Explanation {
    /// Language of all texts: `en`, `es`, `lt`, `zh-Hans` or `zh-Hant`.
    pub lang: String,
    /// The answer in a few sentences, the most important first.
    pub answer: Vec<String>,
    /// Whether something of the period stands: somebody has earned something.
    pub won: bool,
    /// Whose.
    pub agent: Person,
    /// The team at the period's end, or now.
    pub team: Option<Person>,
    /// Of what.
    pub incentive: About,
    /// Of when.
    pub period: When,
    /// Facts that counted, in the order they are folded: a page of them.
    pub counted: Vec<Counted>,
    /// Facts that did not, in the same order: those of the same page.
    pub not_counted: Vec<NotCountedFact>,
    /// How many facts there are on all pages.
    pub totals: Totals,
    /// `after` of the next page, if there is one.
    pub next: Option<usize>,
    /// What happened without a fact.
    pub moments: Vec<Moment>,
    /// Where they stand on each board.
    pub boards: Vec<Board>,
    /// What they got, or did not get.
    pub awards: Vec<Award>,
    /// What is within reach, as the rule says it.
    pub progress: Option<Reach>,
    /// Their lots in the period's draws.
    pub draws: Vec<Draw>,
    /// What is known of single facts: `whole`, `final`, `too-many` or `failed`.
    pub kept: String,
    /// What is not known of them, and why.
    pub kept_text: Option<String>,
    /// Whether folding again came to what stands; none where it was not folded again.
    pub agrees: Option<bool>,
}

/// An agent or a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedPerson)]
pub struct Person {
    /// Opaque for agents.
    pub id: Id,
    /// As people call them.
    pub name: String,
}

/// An incentive as a manager sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedAbout)]
pub struct About {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// The rule's name and version, such as `contest 1.0.0`.
    pub rule: Option<String>,
    /// SHA-256 of the rule's component, lower-case hex.
    pub digest: Id,
    /// The settings, in words.
    pub settings: Vec<Setting>,
    /// What is measured.
    pub metrics: Vec<Metric>,
}

/// A pinned metric.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedMetric)]
pub struct Metric {
    /// Its name in the catalogue.
    pub name: Id,
    /// In words.
    pub title: String,
    /// Such as `s`, or empty.
    pub unit: String,
    /// As pinned.
    pub version: u32,
}

/// A period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedWhen)]
pub struct When {
    /// Its id.
    pub id: Id,
    /// In words.
    pub title: String,
    /// First instant, in milliseconds since 1970.
    pub start: Millis,
    /// First instant after it.
    pub end: Millis,
    /// Both in words, in the agent's zone.
    pub bounds: String,
    /// The agent's zone.
    pub zone: String,
    /// How far it is.
    pub state: PeriodState,
    /// In words.
    pub state_text: String,
    /// Up to here everything is closed that can be.
    pub watermark: Millis,
    /// In words, in the agent's zone.
    pub watermark_text: String,
    /// Block of the journal up to which facts are in it.
    pub block: u64,
}

/// What every fact has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedFact)]
pub struct Fact {
    /// Block of the journal.
    pub block: u64,
    /// Index in the block.
    pub index: u32,
    /// When it happened, in milliseconds since 1970.
    pub time: Millis,
    /// The same on the agent's wall clock.
    pub local: String,
    /// Where it comes from.
    pub source: Id,
    /// The business object, or the event's id.
    pub name: Id,
    /// The event's id.
    pub id: Id,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Id,
    /// Version of the business object's fact.
    pub revision: u64,
    /// What it measures.
    pub measures: Vec<Measured>,
}

/// A metric's value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedMeasured)]
pub struct Measured {
    /// The metric.
    pub metric: Id,
    /// The value, or the numerator of a ratio.
    pub value: f64,
    /// The denominator of a ratio, or 1.
    pub weight: f64,
    /// In words, such as `customer rating 5`.
    pub text: String,
}

/// A fact that counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedCounted)]
pub struct Counted {
    /// The fact.
    #[serde(flatten)]
    pub fact: Fact,
    /// What it did; nothing where that is not known any more.
    pub did: Option<Did>,
}

/// What a fact did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedDid)]
pub struct Did {
    /// What it added to boards.
    pub scores: Vec<Score>,
    /// Tickets it earned.
    pub tickets: Vec<Tickets>,
    /// Ids of awards and praise that follow from it.
    pub effects: Vec<Id>,
    /// What it tried for on the spot.
    pub tries: Vec<Try>,
    /// What was within reach afterwards, as the rule says it.
    pub progress: Option<String>,
    /// Whether the rule remembers something else than before; unknown where many were folded at once.
    pub changed: Option<bool>,
    /// All of it in words.
    pub text: String,
}

/// A try for an instant win.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedTry)]
pub struct Try {
    /// Wins `wins` times in `of`, on average.
    pub wins: u32,
    /// At least 1.
    pub of: u32,
    /// Id of the award that was won.
    pub award: Option<Id>,
}

/// What was added to a column of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedScore)]
pub struct Score {
    /// The board.
    pub board: Id,
    /// Its column.
    pub column: Id,
    /// What was added.
    pub value: f64,
    /// With which weight.
    pub weight: f64,
}

/// Tickets of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedTickets)]
pub struct Tickets {
    /// The draw.
    pub draw: Id,
    /// How many.
    pub count: u64,
}

/// A fact that did not count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedNotCountedFact)]
pub struct NotCountedFact {
    /// The fact.
    #[serde(flatten)]
    pub fact: Fact,
    /// Why: by `reason`.
    pub why: NotCounted,
    /// In words.
    pub text: String,
}

/// How many facts there are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedTotals)]
pub struct Totals {
    /// That counted.
    pub counted: u64,
    /// That did not, by reason.
    pub not_counted: BTreeMap<String, u64>,
    /// Of types that no metric looks at; they are shown with `all`.
    pub other_types: u64,
    /// In words.
    pub counted_text: String,
    /// In words; empty if there were no facts at all.
    pub not_counted_text: String,
    /// In words, if there are any.
    pub other_types_text: Option<String>,
}

/// What happened without a fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedMoment)]
pub struct Moment {
    /// When, in milliseconds since 1970.
    pub time: Millis,
    /// The same on the agent's wall clock.
    pub local: String,
    /// What it was, and what it did.
    pub text: String,
    /// What it did.
    pub did: Did,
}

/// A row of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedBoard)]
pub struct Board {
    /// The board.
    pub board: Id,
    /// `agent/<opaque id>` or `team/<id>`.
    pub subject: String,
    /// Whose place it is, in words.
    pub title: String,
    /// 1 is best; 0 is not ranked.
    pub rank: u32,
    /// The place in words.
    pub place: String,
    /// How many are ranked.
    pub ranked: usize,
    /// How many rows there are.
    pub rows: usize,
    /// The ranked value.
    pub value: Option<f64>,
    /// What it is called.
    pub value_title: String,
    /// In words.
    pub value_text: String,
    /// Every column.
    pub columns: Vec<Column>,
    /// Every guard.
    pub guards: Vec<Guard>,
    /// Tie-breaks, in words, in order.
    pub ties: Vec<String>,
    /// The nearest better place that pays something.
    pub next: Option<Next>,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedColumn)]
pub struct Column {
    /// The column.
    pub name: Id,
    /// In words.
    pub title: String,
    /// As aggregated; none where nothing was scored.
    pub value: Option<f64>,
    /// In words.
    pub text: String,
}

/// A condition of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedGuard)]
pub struct Guard {
    /// The column.
    pub column: Id,
    /// In words.
    pub title: String,
    /// What the row has.
    pub value: Option<f64>,
    /// Inclusive.
    pub at_least: Option<f64>,
    /// Inclusive.
    pub at_most: Option<f64>,
    /// Whether it holds.
    pub met: bool,
    /// What is asked, in words.
    pub asked: String,
    /// What the row has, in words.
    pub have: String,
}

/// A better place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedNext)]
pub struct Next {
    /// Its rank.
    pub rank: u32,
    /// Its value.
    pub value: f64,
    /// How much is missing to it.
    pub missing: f64,
    /// What it gets more.
    pub rewards: Vec<Reward>,
    /// In words.
    pub text: String,
}

/// An award or praise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedAward)]
pub struct Award {
    /// Digest of the effect's id: `GET /v1/awards/{id}`.
    pub id: Id,
    /// `agent/<opaque id>` or `team/<id>`.
    pub subject: String,
    /// As the rule named it.
    pub name: Id,
    /// Time of what it follows from.
    pub time: Millis,
    /// The same on the agent's wall clock.
    pub local: String,
    /// Where it stands.
    pub status: Status,
    /// In words.
    pub status_text: String,
    /// What, in words.
    pub what: String,
    /// Why, as the rule says it.
    pub because: String,
    /// Whether it stands.
    pub is_standing: bool,
    /// Whether it is a word and nothing to have.
    pub is_praise: bool,
}

/// What is within reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedReach)]
pub struct Reach {
    /// As the rule says it.
    pub text: String,
    /// How far.
    pub value: f64,
    /// Of how much; 0 where there is no mark.
    pub target: f64,
}

/// A lot in a draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = ExplainedDraw)]
pub struct Draw {
    /// The draw.
    pub draw: Id,
    /// In words.
    pub title: String,
    /// How tickets count.
    pub method: DrawMethod,
    /// How far it is.
    pub state: DrawState,
    /// In words.
    pub state_text: String,
    /// Own tickets: on the sealed list once there is one.
    pub tickets: u64,
    /// Own tickets by the facts of now, where they are known.
    pub tickets_now: Option<u64>,
    /// Tickets of everyone.
    pub all_tickets: u64,
    /// How many hold tickets.
    pub entrants: u64,
    /// Own tickets, in words.
    pub tickets_text: String,
    /// Tickets of everyone, in words.
    pub all_tickets_text: String,
    /// How many hold tickets, in words.
    pub entrants_text: String,
    /// SHA-256 of the seed.
    pub seed_hash: Id,
    /// SHA-256 of the list, once sealed.
    pub list_hash: Option<Id>,
    /// Where the receipt is, once drawn.
    pub receipt: Option<String>,
    /// What was won.
    pub won: Vec<Reward>,
    /// Why they were left out, in words.
    pub excluded: Option<String>,
    /// In words.
    pub text: String,
}
