//! What a rule subscribes to and has kept for it: the plan and the manifest, as the host reads them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::effects::Text;
use crate::wit;
pub use crate::wit::DrawMethod;

/// What a rule keeps state for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Key {
    /// One state per agent.
    Agent,
    /// One state per team.
    Team,
    /// One state for the whole incentive.
    Incentive,
}

/// What a rule asks the host for, given its settings.
///
/// ```
/// use plaudit_sdk::{Board, Plan};
/// let plan = Plan::per_agent()
///     .metric("calls")
///     .metric("csat")
///     .attribute("queue")
///     .board(Board::new("ranking").sum("calls", 1.0).mean("csat", 0.0).at_least("csat", 4.0).tie("csat"));
/// assert_eq!(plan.metric_index("csat"), Some(1));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Plan {
    pub(crate) key: Key,
    pub(crate) state: &'static str,
    pub(crate) metrics: Vec<String>,
    pub(crate) attributes: Vec<String>,
    pub(crate) boards: Vec<Board>,
    pub(crate) draws: Vec<DrawPlan>,
    pub(crate) chances: Vec<ChancePlan>,
    pub(crate) quotas: Vec<Quota>,
    pub(crate) tell_corrections: bool,
    pub(crate) tell_late: bool,
    pub(crate) opening: Option<Opening>,
}

impl Plan {
    /// One state per agent; team and queue events do not reach it.
    pub fn per_agent() -> Self {
        Self::per(Key::Agent)
    }

    /// One state per team.
    pub fn per_team() -> Self {
        Self::per(Key::Team)
    }

    /// One state for all.
    pub fn per_incentive() -> Self {
        Self::per(Key::Incentive)
    }

    /// One state per such key.
    pub fn per(key: Key) -> Self {
        Self {
            key,
            state: "ever",
            metrics: Vec::new(),
            attributes: Vec::new(),
            boards: Vec::new(),
            draws: Vec::new(),
            chances: Vec::new(),
            quotas: Vec::new(),
            tell_corrections: false,
            tell_late: false,
            opening: None,
        }
    }

    /// Each key begins anew with each period of the incentive: its state is the default one again, and timers of the old
    /// period are gone. Nothing says so to the rule: what it counts, it counts within the period.
    ///
    /// ```
    /// # use plaudit_sdk::prelude::*;
    /// # struct Second;
    /// # impl Rule for Second {
    /// #     type Settings = ();
    /// #     type State = u32;
    /// #     const NAME: &'static str = "second";
    /// fn plan(_: &()) -> Plan {
    ///     Plan::per_agent().metric("sales").anew_each_period()
    /// }
    /// fn on_event(sales: &mut u32, _: &Event, cx: &mut Context<()>) {
    ///     *sales += 1;
    ///     if *sales == 2 {
    ///         cx.award(Award::badge("second", 1));
    ///     }
    /// }
    /// # }
    /// let mut play = plaudit_sdk::testing::Play::<Second>::new("{}");
    /// play.agent("ana");
    /// play.at("2026-03-02 09:00").event("ana", &[("sales", 1.0)]);
    /// play.at("2026-03-03 00:00").close("2026-03-02");
    /// play.at("2026-03-03 09:00").event("ana", &[("sales", 1.0)]);
    /// assert!(play.awards("ana").is_empty());
    /// ```
    pub fn anew_each_period(mut self) -> Self {
        self.state = "period";
        self
    }

    /// Everyone of the audience is told this when a period opens, once. Not of a period that began before the incentive
    /// was enabled.
    ///
    /// # Panics
    /// If an argument of the text is no number and no word.
    pub fn opening(mut self, text: impl Into<Text>) -> Self {
        let wit::Text { message, arguments } = text.into().0;
        let word = |argument: wit::Argument| match argument.value {
            wit::Value::Number(number) => (argument.name, Word::Number(number)),
            wit::Value::Text(text) => (argument.name, Word::Text(text)),
            other => panic!(
                "the argument {:?} of an opening is {other:?}: numbers and words are known",
                argument.name
            ),
        };
        self.opening = Some(Opening { message, arguments: arguments.into_iter().map(word).collect() });
        self
    }

    /// Subscribes to a metric of the catalogue: the first is `event.metric(0)`, and so on. One named twice is one.
    pub fn metric(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        if !self.metrics.contains(&name) {
            self.metrics.push(name);
        }
        self
    }

    /// Hands in a text field of the events: the first is `event.attribute(0)`, and so on. `type` and `entity` are the
    /// event's own. One named twice is one.
    pub fn attribute(mut self, name: impl Into<String>) -> Self {
        let name = name.into();
        if !self.attributes.contains(&name) {
            self.attributes.push(name);
        }
        self
    }

    /// Where a metric stands among the planned ones.
    pub fn metric_index(&self, name: &str) -> Option<usize> {
        self.metrics.iter().position(|m| m == name)
    }

    /// Has the host keep a ranking: the first is board 0.
    pub fn board(mut self, board: Board) -> Self {
        self.boards.push(board);
        self
    }

    /// Announces a draw at the period's end: the first is draw 0.
    pub fn draw(mut self, name: impl Into<String>, method: DrawMethod) -> Self {
        let method = if method == DrawMethod::Weighted { "weighted" } else { "equal" };
        self.draws.push(DrawPlan { name: name.into(), method });
        self
    }

    /// Announces instant wins: the first is chance 0 of `cx.try_chance`. The name is no draw's.
    pub fn chance(mut self, name: impl Into<String>) -> Self {
        self.chances.push(ChancePlan { name: name.into() });
        self
    }

    /// At most so many awards of that name in a period: first come, first served, at once. Who comes first depends on
    /// which fact arrives first; see [`Plan::quota_at_close`] where that would be unfair.
    ///
    /// The host gives the award's text the argument `place`: 1 for the first, and so on; 0 for who has no place.
    pub fn quota(self, award: impl Into<String>, per_period: u32) -> Self {
        self.places(award, per_period, "at-once")
    }

    /// At most so many awards of that name in a period: those whose events happened first, given when the period closes.
    /// A fact that arrives late, but happened early, takes the place that is its own; until then everyone who qualifies
    /// is shown to be in the running.
    pub fn quota_at_close(self, award: impl Into<String>, per_period: u32) -> Self {
        self.places(award, per_period, "at-close")
    }

    fn places(mut self, award: impl Into<String>, per_period: u32, decided: &'static str) -> Self {
        self.quotas.push(Quota { award: award.into(), per_period, per: "incentive", decided });
        self
    }

    /// The quota named last is one for each team: so many in each. Who is in which team is decided by the award's time;
    /// those who are in none are together.
    ///
    /// ```
    /// use plaudit_sdk::Plan;
    /// let plan = Plan::per_agent().metric("sales").quota("fastest", 1).each_team();
    /// # let _ = plan;
    /// ```
    ///
    /// # Panics
    /// If no quota is named.
    pub fn each_team(mut self) -> Self {
        let quota = self.quotas.last_mut();
        quota.expect("name a quota first: `.quota(award, per_period).each_team()`").per = "team";
        self
    }

    /// Somebody whose award was told hears of it when it is taken back.
    pub fn tell_corrections(mut self) -> Self {
        self.tell_corrections = true;
        self
    }

    /// Messages wait for the settle delay, so that they need no correction when events come a little late.
    pub fn tell_late(mut self) -> Self {
        self.tell_late = true;
        self
    }

    /// What states are kept for.
    pub fn key(&self) -> Key {
        self.key
    }

    /// Names of the planned metrics, in order.
    pub fn metrics(&self) -> &[String] {
        &self.metrics
    }

    /// Names of the planned attributes, in order.
    pub fn attributes(&self) -> &[String] {
        &self.attributes
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn is_anew_each_period(&self) -> bool {
        self.state == "period"
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn quotas(&self) -> &[Quota] {
        &self.quotas
    }

    /// As the host reads it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a plan has only string keys and finite numbers or null")
    }
}

/// A ranking that the host keeps: columns that scores add to, and how a row's value follows from them.
///
/// Columns are numbered in the order in which they are added; `cx.score(board, column, value)` names them by number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Board {
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) value: Vec<Term>,
    pub(crate) per: Option<u32>,
    pub(crate) guards: Vec<BoardGuard>,
    pub(crate) ties: Vec<Tie>,
    pub(crate) lowest_first: bool,
}

impl Board {
    /// A board without columns.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            columns: Vec::new(),
            value: Vec::new(),
            per: None,
            guards: Vec::new(),
            ties: Vec::new(),
            lowest_first: false,
        }
    }

    /// A column that adds scores up; `factor` is its weight in the row's value, 0 to leave it out.
    pub fn sum(self, name: impl Into<String>, factor: f64) -> Self {
        self.column(name, Aggregate::Sum, factor)
    }

    /// A column of Σ value / Σ weight.
    pub fn mean(self, name: impl Into<String>, factor: f64) -> Self {
        self.column(name, Aggregate::Mean, factor)
    }

    /// A column that keeps the largest score.
    pub fn max(self, name: impl Into<String>, factor: f64) -> Self {
        self.column(name, Aggregate::Max, factor)
    }

    /// A column that keeps the smallest score.
    pub fn min(self, name: impl Into<String>, factor: f64) -> Self {
        self.column(name, Aggregate::Min, factor)
    }

    /// A column that keeps the latest score.
    pub fn last(self, name: impl Into<String>, factor: f64) -> Self {
        self.column(name, Aggregate::Last, factor)
    }

    /// A column of any kind.
    pub fn column(mut self, name: impl Into<String>, aggregate: Aggregate, factor: f64) -> Self {
        let column = self.columns.len() as u32;
        self.columns.push(Column { name: name.into(), aggregate });
        if factor != 0.0 {
            self.value.push(Term { column, factor });
        }
        self
    }

    /// Divides the value by this column, for rates such as calls an hour. Rows where it is 0 are not ranked.
    ///
    /// # Panics
    /// If the board has no such column (as all methods that name a column).
    pub fn per(mut self, column: &str) -> Self {
        self.per = Some(self.index(column));
        self
    }

    /// Ranks only rows whose column is at least this; nothing scored fails.
    pub fn at_least(mut self, column: &str, bound: f64) -> Self {
        let column = self.index(column);
        self.guards.push(BoardGuard { column, at_least: Some(bound), at_most: None, or_nothing: false });
        self
    }

    /// Ranks only rows whose column is at most this; nothing scored fails.
    pub fn at_most(mut self, column: &str, bound: f64) -> Self {
        let column = self.index(column);
        self.guards.push(BoardGuard { column, at_least: None, at_most: Some(bound), or_nothing: false });
        self
    }

    /// The guard named last holds for rows, too, in whose column nothing was scored: "no error" is no error.
    ///
    /// ```
    /// use plaudit_sdk::Board;
    /// let board = Board::new("speed").sum("calls", 1.0).sum("errors", 0.0).at_most("errors", 0.0).or_nothing();
    /// # let _ = board;
    /// ```
    ///
    /// # Panics
    /// If no guard is named.
    pub fn or_nothing(mut self) -> Self {
        let guard = self.guards.last_mut();
        guard.expect("name a guard first: `.at_most(column, bound).or_nothing()`").or_nothing = true;
        self
    }

    /// Among equal values the larger of this column is better; the first such rule that tells rows apart decides.
    pub fn tie(mut self, column: &str) -> Self {
        let column = self.index(column);
        self.ties.push(Tie { column, lowest_first: false });
        self
    }

    /// As [`Board::tie`], the smaller is better.
    pub fn tie_lowest(mut self, column: &str) -> Self {
        let column = self.index(column);
        self.ties.push(Tie { column, lowest_first: true });
        self
    }

    /// The smallest value is best.
    pub fn lowest_first(mut self) -> Self {
        self.lowest_first = true;
        self
    }

    /// The number of a column.
    ///
    /// # Panics
    /// If the board has no such column.
    pub fn index(&self, column: &str) -> u32 {
        let found = self.columns.iter().position(|c| c.name == column);
        found.unwrap_or_else(|| {
            panic!("board {:?} has no column {column:?}: add it before naming it", self.name)
        }) as u32
    }
}

/// How the scores of a column add up within a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
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

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) aggregate: Aggregate,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Term {
    pub(crate) column: u32,
    pub(crate) factor: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct BoardGuard {
    pub(crate) column: u32,
    pub(crate) at_least: Option<f64>,
    pub(crate) at_most: Option<f64>,
    pub(crate) or_nothing: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Tie {
    pub(crate) column: u32,
    pub(crate) lowest_first: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct DrawPlan {
    pub(crate) name: String,
    pub(crate) method: &'static str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct ChancePlan {
    pub(crate) name: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Quota {
    pub(crate) award: String,
    pub(crate) per_period: u32,
    pub(crate) per: &'static str,
    pub(crate) decided: &'static str,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Opening {
    message: String,
    arguments: BTreeMap<String, Word>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Word {
    Number(f64),
    Text(String),
}

#[cfg(not(target_arch = "wasm32"))]
impl Quota {
    pub(crate) fn is_at_close(&self) -> bool {
        self.decided == "at-close"
    }

    pub(crate) fn is_per_team(&self) -> bool {
        self.per == "team"
    }
}

/// What a plugin says of itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Manifest {
    /// Such as `contest`.
    pub name: String,
    /// Semantic version of the plugin.
    pub version: String,
    /// The contract it was built for.
    pub contract: String,
    /// JSON Schema of the settings.
    pub settings: serde_json::Value,
    /// Schema number of the state.
    pub state_schema: u32,
    /// Fluent resources by locale.
    pub texts: BTreeMap<String, String>,
}

impl Manifest {
    /// As the host reads it.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a manifest has only string keys")
    }
}
