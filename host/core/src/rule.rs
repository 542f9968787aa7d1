//! The contract in the host's own words: what goes into a rule and what comes out.
//!
//! These types mirror `sdk/wit/rule.wit`; `host/runtime` moves them across the wall. The engine and its tests know
//! only [`Guest`], so a rule may as well be native Rust. Fields and cases stand in the order of the contract: `plaudit
//! plugin` exchanges them with natively built rules, which have them from there.

mod plan;

use serde::{Deserialize, Serialize};

pub use self::plan::{
    Aggregate, BoardSpec, ChancePlan, ColumnSpec, Decided, DrawMethod, DrawPlan, Guard, KeyKind, Manifest,
    Opening, Plan, Quota, QuotaPer, StateFor, Term, Tie, Word,
};
use crate::{Id, Millis};

/// `agent_of` and `text-column.at` where there is nothing.
pub const NONE: u32 = u32::MAX;

/// A settings field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// JSON pointer into the settings, such as `/tiers/0/at`.
    pub field: String,
    /// What is wrong and what is allowed: a message of the plugin's texts, by id, or else a sentence in English.
    pub message: String,
    /// Arguments of the message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<(String, TextValue)>,
}

/// From `at` on, local time is UTC + `offset_minutes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transition {
    /// First instant of the offset.
    pub at: Millis,
    /// East is positive.
    pub offset_minutes: i16,
}

/// A time zone around the batch, with the days nobody works there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Zone {
    /// IANA name.
    pub name: String,
    /// Rising.
    pub transitions: Vec<Transition>,
    /// Days since 1970-01-01, rising.
    pub holidays: Vec<i32>,
}

/// An agent at the time of some steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgentView {
    /// Opaque id.
    pub id: Id,
    /// Empty when in no team.
    pub team: Id,
    /// Index into [`Batch::zones`].
    pub zone: u32,
    /// Days since 1970-01-01.
    pub hired_day: Option<i32>,
    /// Share of full time, (0, 1].
    pub share: f32,
    /// Bit 0 is Monday.
    pub workdays: u8,
}

/// A key with its state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// Agent id, team id, or the incentive's.
    pub id: Id,
    /// Index into [`Batch::zones`].
    pub zone: u32,
    /// Empty at the very beginning.
    pub state: Vec<u8>,
    /// Timers due up to here, inclusive, have to fire.
    pub until: Millis,
}

/// Texts of a batch, each word once.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TextColumn {
    /// Distinct words.
    pub words: Vec<String>,
    /// Index into `words` per step, or [`NONE`].
    pub at: Vec<u32>,
}

/// A metric's values, one per step.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MetricColumn {
    /// NaN where absent.
    pub values: Vec<f64>,
    /// Denominators of a ratio, or empty.
    pub weights: Vec<f64>,
}

/// Step kinds as they cross the wall.
pub mod step_kind {
    /// An event of the journal.
    pub const EVENT: u8 = 0;
    /// The key joined the audience.
    pub const ENTERED: u8 = 1;
    /// The key left the audience.
    pub const LEFT: u8 = 2;
}

/// Steps of one or several keys, as columns. Steps of one key stand in event time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    /// The keys.
    pub slots: Vec<Slot>,
    /// Agents that steps speak of.
    pub agents: Vec<AgentView>,
    /// Zones of slots and agents.
    pub zones: Vec<Zone>,
    /// What the last final conclude returned.
    pub shared: Vec<u8>,
    /// [`step_kind`] per step.
    pub kind: Vec<u8>,
    /// Index into `slots` per step.
    pub slot_of: Vec<u32>,
    /// Index into `agents` per step, or [`NONE`].
    pub agent_of: Vec<u32>,
    /// Event time per step.
    pub time: Vec<Millis>,
    /// One per planned metric.
    pub metrics: Vec<MetricColumn>,
    /// One per planned attribute.
    pub attributes: Vec<TextColumn>,
}

impl Batch {
    /// Number of steps.
    pub fn steps(&self) -> usize {
        self.time.len()
    }
}

/// A slot's new state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Index into [`Batch::slots`].
    pub slot: u32,
    /// At most [`crate::limits::STATE_BYTES_MAX`].
    pub state: Vec<u8>,
    /// When the earliest timer in the state is due.
    pub wake_at: Option<Millis>,
}

/// What an effect follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// Index of a step of the batch.
    Step(u32),
    /// A timer of a slot that was due at this time.
    Timer {
        /// Index into the slots.
        slot: u32,
        /// When it was due.
        at: Millis,
    },
    /// The close of a period (in `conclude`).
    Close,
}

/// Who gets something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// The key of the origin.
    Itself,
    /// One agent.
    Agent(Id),
    /// A team as such.
    Team(Id),
    /// Each member of a team at that time.
    TeamMembers(Id),
    /// Each one of the audience at that time.
    Everyone,
}

/// An argument of a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum TextValue {
    /// Formatted by the reader's locale.
    Number(f64),
    /// As it is.
    Text(String),
    /// Shown by name, rendered at delivery.
    Agent(Id),
    /// Shown by name, rendered at delivery.
    Team(Id),
    /// A date, as days since 1970-01-01.
    Day(i32),
}

/// A message of the plugin's texts with its arguments.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Text {
    /// Message id in the plugin's Fluent resources.
    pub message: String,
    /// In the order given.
    pub arguments: Vec<(String, TextValue)>,
}

/// What somebody gets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Reward {
    /// Whole units of a currency, > 0.
    Points {
        /// Such as `points`.
        currency: String,
        /// Whole units.
        units: i64,
    },
    /// A badge of the plugin's texts (`badge-<name>`).
    Badge {
        /// Stable name.
        name: String,
        /// 1 is the lowest.
        level: u32,
    },
    /// A thing by its name in the settings.
    Prize(String),
}

/// How long a key is unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Span {
    /// Within the period of its origin.
    Period,
    /// For ever.
    Ever,
}

/// An award as a rule gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Award {
    /// Stable name of what is awarded.
    pub name: String,
    /// How long its key is unique.
    pub span: Span,
    /// `once`, an ordinal or an entity.
    pub key: String,
    /// What is given.
    pub reward: Reward,
    /// Why.
    pub because: Text,
}

/// The tone of praise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// "Thank you".
    Thanks,
    /// "Well done".
    Congratulation,
    /// "It gets better".
    Encouragement,
    /// Neither good nor bad: that something begins, or who is met next.
    Notice,
}

/// A message of recognition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Praise {
    /// Stable name.
    pub name: String,
    /// How long its key is unique.
    pub span: Span,
    /// Told once per (name, key).
    pub key: String,
    /// Its tone.
    pub tone: Tone,
    /// What is said.
    pub text: Text,
}

/// Something added to a board's column for the slot of a step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Index of the step.
    pub step: u32,
    /// Index into the plan's boards.
    pub board: u32,
    /// Index into the board's columns.
    pub column: u32,
    /// Finite.
    pub value: f64,
    /// Finite, ≥ 0.
    pub weight: f64,
}

/// Tickets for the slot of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tickets {
    /// Index of the step.
    pub step: u32,
    /// Index into the plan's draws.
    pub draw: u32,
    /// > 0.
    pub count: u32,
}

/// An award that is given with some chance: `wins` in `of`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// What it follows from.
    pub at: Origin,
    /// Who tries.
    pub to: Target,
    /// Index into the plan's chances.
    pub chance: u32,
    /// At most `of`.
    pub wins: u32,
    /// At least 1.
    pub of: u32,
    /// What is won. Its name, subject and key are what is thrown for; it is unique within its period.
    pub award: Award,
}

/// What is within reach of a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Index into the slots.
    pub slot: u32,
    /// What it is.
    pub text: Text,
    /// How far.
    pub value: f64,
    /// Of how much.
    pub target: f64,
}

/// A prize of a draw, won by `winners` entrants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawPrize {
    /// How many of it.
    pub winners: u32,
    /// What each winner gets.
    pub award: Award,
}

/// How a planned draw is to be drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawSpec {
    /// Index into the plan's draws.
    pub draw: u32,
    /// As planned.
    pub method: DrawMethod,
    /// In the order in which they are drawn.
    pub prizes: Vec<DrawPrize>,
    /// Entrants left out, with the reason.
    pub excluded: Vec<(Id, Text)>,
}

/// Everything a call asked for, in order. A closed enum of data would do; kinds are kept apart because the frequent
/// ones come as columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effects {
    /// Awards.
    pub awards: Vec<(Origin, Target, Award)>,
    /// Praise.
    pub praise: Vec<(Origin, Target, Praise)>,
    /// Scores, in step order per slot.
    pub scores: Vec<Score>,
    /// Tickets.
    pub tickets: Vec<Tickets>,
    /// The latest per slot counts.
    pub progress: Vec<Progress>,
    /// From `conclude`.
    pub draws: Vec<DrawSpec>,
    /// Instant wins, to be thrown for.
    pub chances: Vec<Chance>,
}

/// A line that a rule logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// `debug`, `info` or `warn`.
    pub level: &'static str,
    /// At most [`crate::limits::LOG_LINE_BYTES_MAX`].
    pub line: String,
}

/// What a fold returned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoldOutput {
    /// New states.
    pub changes: Vec<Change>,
    /// Recorded effects.
    pub effects: Effects,
    /// Recorded log lines.
    pub logs: Vec<LogLine>,
    /// Fuel used; 0 for native rules.
    pub fuel: u64,
}

/// What a conclude returned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConcludeOutput {
    /// The new shared state.
    pub shared: Vec<u8>,
    /// Recorded effects.
    pub effects: Effects,
    /// Recorded log lines.
    pub logs: Vec<LogLine>,
    /// Fuel used; 0 for native rules.
    pub fuel: u64,
}

/// A key of the audience when a period closes, as the roster knew it at the period's last instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entrant {
    /// Agent or team id.
    pub id: Id,
    /// Empty for teams and for agents in no team.
    pub team: Id,
    /// Share of full time; of a team the sum of its members' shares.
    pub share: f32,
    /// Agents in it: 1 for an agent.
    pub members: u32,
    /// Days since 1970-01-01.
    pub hired_day: Option<i32>,
    /// Tickets per planned draw.
    pub tickets: Vec<u64>,
}

/// A row of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Index into the entrants.
    pub entrant: u32,
    /// 1 is best; 0 is not ranked.
    pub rank: u32,
    /// Whether all guards hold.
    pub qualified: bool,
    /// The ranked value.
    pub value: f64,
    /// The columns, aggregated; NaN where nothing was scored.
    pub columns: Vec<f64>,
}

/// What a period is called and when it is: `[start, end)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PeriodView {
    /// Such as `2026-03-02`.
    pub id: Id,
    /// First instant.
    pub start: Millis,
    /// First instant after it.
    pub end: Millis,
}

/// Everything `conclude` is told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Conclusion {
    /// The period that closes.
    pub period: PeriodView,
    /// The incentive's own zone.
    pub zone: Zone,
    /// The whole audience, by id.
    pub entrants: Vec<Entrant>,
    /// One per planned board.
    pub standings: Vec<Vec<Standing>>,
    /// What the previous conclude returned.
    pub shared: Vec<u8>,
}

/// Why a call left no trace.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The rule's own fault: the same call fails again.
    #[error("{0}")]
    Rule(Fault),
    /// Not the rule's fault: a new Store, a smaller batch or a later time may do.
    #[error("the host could not run the rule: {0}")]
    Infrastructure(String),
}

/// What a rule did wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// For machines.
    pub kind: FaultKind,
    /// For people: what happened, with which value, and what to do.
    pub message: String,
}

/// Kinds of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// `unreachable`, a panic, a bad memory access, a full stack.
    Trap,
    /// Out of fuel.
    Fuel,
    /// More guest memory than allowed.
    Memory,
    /// Too many, too large or malformed effects or states.
    Output,
    /// The rule itself returned an error.
    Refused,
}

/// A rule that can be called. One instance is used by one task at a time; calls are pure: the same input gives the
/// same output, on this instance or on a fresh one.
pub trait Guest: Send {
    /// Applies steps to states.
    fn fold(&mut self, settings: &str, batch: &Batch) -> Result<FoldOutput, CallError>;
    /// What happens when a period closes.
    fn conclude(&mut self, settings: &str, conclusion: &Conclusion) -> Result<ConcludeOutput, CallError>;
}
