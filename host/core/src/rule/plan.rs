//! What a plugin says of itself and what it asks of the host: documents in JSON, so that fields can come.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a plugin says of itself (`describe`). Unknown fields are ignored, so that newer plugins may say more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Manifest {
    /// Such as `contest`: lower-case letters, digits and dashes.
    pub name: String,
    /// Semantic version of the plugin.
    pub version: String,
    /// The contract it was built for, such as `plaudit:rule@1.0.0`.
    pub contract: String,
    /// JSON Schema of the settings, with `title`, `description`, ranges and defaults. Translations of a title or
    /// help stand in the texts as `settings-<path with dashes>` and `settings-<path>.help`.
    pub settings: serde_json::Value,
    /// Schema number of the state: another number means that states are rebuilt by folding again.
    #[serde(default)]
    pub state_schema: u32,
    /// Fluent resources by locale (`en`, `es`, `lt`, `zh-Hans`, `zh-Hant`).
    #[serde(default)]
    pub texts: BTreeMap<String, String>,
}

/// What a rule keeps state for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyKind {
    /// One state per agent.
    Agent,
    /// One state per team.
    Team,
    /// One state for the whole incentive.
    Incentive,
}

/// How long a key's state lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StateFor {
    /// From the incentive's start to its end.
    #[default]
    Ever,
    /// Each period begins with an empty state and no timers.
    Period,
}

/// What a rule subscribes to and keeps, for given settings (`plan`). Unknown fields are ignored, and absent ones mean what
/// they meant before there were any: whoever adds one that changes an outcome raises the contract's minor version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What states are kept for.
    pub key: KeyKind,
    /// How long they last.
    #[serde(default)]
    pub state: StateFor,
    /// Names of metrics of the catalogue; column i of a batch is metric i. An event with none of them is no step.
    #[serde(default)]
    pub metrics: Vec<String>,
    /// Names of event fields handed in as texts; `type` and `entity` are the event's own.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// Rankings that the host keeps.
    #[serde(default)]
    pub boards: Vec<BoardSpec>,
    /// Draws, held when a period closes.
    #[serde(default)]
    pub draws: Vec<DrawPlan>,
    /// Instant wins: each with a seed of its own per period.
    #[serde(default)]
    pub chances: Vec<ChancePlan>,
    /// At most so many awards of a name: first come, first served.
    #[serde(default)]
    pub quotas: Vec<Quota>,
    /// Whether somebody whose award was told hears of it when it is taken back.
    #[serde(default)]
    pub tell_corrections: bool,
    /// Whether messages wait for the settle delay.
    #[serde(default)]
    pub tell_late: bool,
    /// What everyone of the audience is told when a period opens.
    #[serde(default)]
    pub opening: Option<Opening>,
}

/// A message to everyone of the audience when a period opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// A message of the plugin's texts, by id.
    pub message: String,
    /// Its arguments.
    #[serde(default)]
    pub arguments: BTreeMap<String, Word>,
}

/// An argument of a text in a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Word {
    /// Formatted by the reader's locale.
    Number(f64),
    /// As it is.
    Text(String),
}

/// A ranking: columns that scores add to, and how a row's value follows from them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoardSpec {
    /// Stable name.
    pub name: String,
    /// What scores add to.
    pub columns: Vec<ColumnSpec>,
    /// value = Σ factor × column, divided by `per` (if any; rows where that is 0 are not ranked).
    pub value: Vec<Term>,
    /// Index of the column to divide by.
    #[serde(default)]
    pub per: Option<u32>,
    /// Rows that miss a guard are shown, but not ranked.
    #[serde(default)]
    pub guards: Vec<Guard>,
    /// Tie-breaks, in order.
    #[serde(default)]
    pub ties: Vec<Tie>,
    /// Whether the smallest value is best.
    #[serde(default)]
    pub lowest_first: bool,
}

/// One column of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnSpec {
    /// Stable name, often a metric's.
    pub name: String,
    /// How scores add up.
    pub aggregate: Aggregate,
}

/// How the scores of a column add up within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aggregate {
    /// Σ value.
    Sum,
    /// Σ value / Σ weight.
    Mean,
    /// Largest value.
    Max,
    /// Smallest value.
    Min,
    /// Value of the latest step.
    Last,
}

/// `factor × column`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// Index into the columns.
    pub column: u32,
    /// Weight in the sum.
    pub factor: f64,
}

/// A condition on a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Guard {
    /// Index into the columns.
    pub column: u32,
    /// Inclusive.
    #[serde(default)]
    pub at_least: Option<f64>,
    /// Inclusive.
    #[serde(default)]
    pub at_most: Option<f64>,
    /// Whether it holds, too, where nothing was scored in the column; else it does not.
    #[serde(default)]
    pub or_nothing: bool,
}

impl Guard {
    /// Whether a row holds it that has this in the column; nothing where nothing was scored.
    pub fn holds(&self, value: Option<f64>) -> bool {
        let within = |value: f64| {
            self.at_least.is_none_or(|least| value >= least) && self.at_most.is_none_or(|most| value <= most)
        };
        value.filter(|value| !value.is_nan()).map_or(self.or_nothing, within)
    }
}

/// A tie-break.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tie {
    /// Index into the columns.
    pub column: u32,
    /// Whether the smaller one wins.
    #[serde(default)]
    pub lowest_first: bool,
}

/// A draw that is published when the period opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawPlan {
    /// Stable name.
    pub name: String,
    /// `weighted` or `equal`.
    pub method: DrawMethod,
}

/// Instant wins whose seed's hash is published when the period opens.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChancePlan {
    /// Stable name; no draw of the plan has it.
    pub name: String,
}

/// How tickets count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum DrawMethod {
    /// A chance per ticket.
    Weighted,
    /// Everyone with at least one ticket has the same chance.
    Equal,
}

/// A limit on how often an award may be given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quota {
    /// The award's name.
    pub award: String,
    /// At most so many in a period.
    pub per_period: u32,
    /// Whose so many they are.
    #[serde(default)]
    pub per: QuotaPer,
    /// When it is known who came first.
    #[serde(default)]
    pub decided: Decided,
}

/// Who competes for the places of a quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuotaPer {
    /// Everyone.
    #[default]
    Incentive,
    /// Each team has as many: who is in it at the award's time competes. Those who are in none are together.
    Team,
}

/// When the places of a quota are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decided {
    /// At the end of the block that brings the fact: who gets a place depends on which fact arrived first, and the reward
    /// is there within seconds.
    #[default]
    AtOnce,
    /// When the period closes, by the time of the events: which facts arrived first makes no difference. Until the period
    /// is final, a correction may move a place.
    AtClose,
}
