//! What the engine shows: the JSON of the API.

use std::{collections::BTreeMap, sync::Arc};

use plaudit_core::{
    Id, Millis,
    award::Status,
    event::{Event, Subject},
    rule::{DrawMethod, Reward, Text, Tone},
};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use utoipa::ToSchema;

use super::days::{BookedView, DayView};
use super::explained::{Explained, Question, Unexplained};
use super::{finality::Finality, versions::Versions};

/// The engine's read side. Calls answer from memory or from the store, in milliseconds.
pub trait Views: Finality + Versions {
    /// What the engine knows of each incentive, by id.
    fn incentives(&self) -> Vec<IncentiveView>;
    /// A board; of the period that is open, or the last one, if none is named.
    fn board(&self, incentive: &str, board: &str, period: Option<&str>) -> Option<BoardView>;
    /// What stands for a subject, newest first.
    fn awards(&self, subject: &Subject, limit: usize) -> Vec<AwardView>;
    /// Why somebody got something, or did not: folds a period again, so it may take a while; not for the threads that
    /// serve requests.
    ///
    /// # Errors
    /// Says what is not there.
    fn explain(&self, question: &Question) -> Result<Explained, Unexplained>;
    /// One award.
    fn award(&self, id: &str) -> Option<AwardView>;
    /// One award with every step of its life.
    fn life(&self, id: &str) -> Option<AwardLife>;
    /// Awards that are `proposed`, `granted`, `withheld` or `reversed`, newest first.
    fn awards_with(&self, status: &str, incentive: Option<&str>, limit: usize) -> Vec<AwardView>;
    /// Accounts and what is on them.
    fn balances(&self) -> Vec<BalanceView>;
    /// What is on the account of somebody.
    fn balances_of(&self, subject: &Subject) -> Vec<BalanceView> {
        let account = subject.to_string();
        self.balances().into_iter().filter(|balance| balance.account == account).collect()
    }
    /// Draws of an incentive, newest first.
    fn draws(&self, incentive: &str) -> Vec<DrawView>;
    /// Instant wins of an incentive, newest period first.
    fn chances(&self, _incentive: &str) -> Vec<ChanceView> {
        Vec::new()
    }
    /// The receipt of a draw that was held, or of instant wins that are revealed: the document that `plaudit draw verify` checks, byte for byte.
    fn receipt(&self, incentive: &str, period: &str, draw: &str) -> Option<String>;
    /// What an agent has before them, by incentive.
    fn days(&self, _agent: &str) -> Vec<DayView> {
        Vec::new()
    }
    /// Awards and praise of these subjects since then, newest first.
    fn awards_since(&self, _since: Millis, _of: &dyn Fn(&Subject) -> bool) -> Vec<AwardView> {
        Vec::new()
    }
    /// What was booked to a subject's account since then, newest first.
    fn booked(&self, _subject: &Subject, _since: Millis, _limit: usize) -> Vec<BookedView> {
        Vec::new()
    }
    /// Facts about these subjects that hold, with `from <= time < to`, by time; `None` where there are more than `at_most`.
    fn facts(
        &self,
        _subjects: &[Subject],
        (_from, _to): (Millis, Millis),
        _at_most: usize,
    ) -> Option<Vec<Arc<Event>>> {
        Some(Vec::new())
    }
    /// Digests of what is settled.
    fn hashes(&self) -> Hashes;
    /// Where each task stands.
    fn status(&self) -> Vec<TaskStatus>;
    /// Whether every task has come to the journal's end and nothing is due at `now`.
    fn is_idle(&self, now: Millis) -> bool;
    /// Tells what was committed, as it is committed. A slow listener misses some and is told so.
    fn subscribe(&self) -> broadcast::Receiver<News>;
}

/// An incentive as the engine has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IncentiveView {
    /// Its id.
    pub id: Id,
    /// Names of its boards.
    pub boards: Vec<Id>,
    /// Names of its draws.
    pub draws: Vec<Id>,
    /// Period that is open, if one is.
    pub period: Option<Id>,
    /// Whole units spent of its allotment; of the first one, where it has several.
    pub spent: i64,
    /// Whole units left of that allotment.
    pub left: i64,
    /// Every currency and prize that it may give, or has given.
    #[serde(default)]
    pub purse: Vec<CompartmentView>,
    /// What was earned before this is final.
    #[serde(default)]
    pub final_through: Millis,
}

/// One currency or prize of an allotment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CompartmentView {
    /// A currency, or `prize/<id>`.
    pub unit: Id,
    /// Whole units it may spend in all.
    pub allotted: i64,
    /// Whole units paid.
    pub paid: i64,
    /// Whole units held for awards that wait for approval.
    pub held: i64,
    /// Whole units left.
    pub left: i64,
}

/// A ranking.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct BoardView {
    /// Its incentive.
    pub incentive: Id,
    /// Its name.
    pub board: Id,
    /// Period id.
    pub period: Id,
    /// First instant of the period.
    pub start: Millis,
    /// First instant after it.
    pub end: Millis,
    /// `open`, `closed` (concluded, corrections still count) or `final`.
    pub state: PeriodState,
    /// Block up to which events are in it.
    pub block: u64,
    /// Names of the columns.
    pub columns: Vec<Id>,
    /// Best first; unranked ones at the end.
    pub rows: Vec<RowView>,
}

/// How far a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PeriodState {
    /// Events count.
    Open,
    /// Concluded; corrections still count.
    Closed,
    /// Nothing changes any more.
    Final,
}

/// A row of a board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = BoardRow)]
pub struct RowView {
    /// 1 is best; 0 is not ranked.
    pub rank: u32,
    /// `agent/<opaque id>` or `team/<id>`.
    #[serde(with = "subject_text")]
    pub subject: Subject,
    /// Shown name, which the API adds from the people directory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Whether all guards hold.
    pub qualified: bool,
    /// The ranked value; none where nothing was scored.
    pub value: Option<f64>,
    /// One per column; none where nothing was scored.
    pub columns: Vec<Option<f64>>,
}

/// What somebody got, or did not get.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AwardView {
    /// Digest of the effect's id: never changes.
    pub id: Id,
    /// Its incentive.
    pub incentive: Id,
    /// Its period; none for what is unique for ever.
    pub period: Option<Id>,
    /// Whose.
    #[serde(with = "subject_text")]
    pub subject: Subject,
    /// As the rule named it.
    pub name: Id,
    /// As the rule chose it.
    pub key: Id,
    /// What it says.
    pub content: ContentView,
    /// Where it stands.
    pub status: Status,
    /// Whether nothing changes it by itself any more: its period is final.
    #[serde(default)]
    pub is_final: bool,
    /// Who adjusted it after that, if somebody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjusted_by: Option<Id>,
    /// Time of what it follows from.
    pub time: Millis,
    /// Block at whose end it was first settled.
    pub since_block: u64,
    /// Digest of the rule that decided.
    pub plugin: Id,
}

/// An award with its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AwardLife {
    /// As it stands.
    #[serde(flatten)]
    pub award: AwardView,
    /// What it takes out of the allotment, by currency or `prize/<id>`.
    pub worth: BTreeMap<Id, i64>,
    /// What of that is paid.
    pub paid: BTreeMap<Id, i64>,
    /// What of that is held until somebody approves.
    pub held: BTreeMap<Id, i64>,
    /// Whether its period is final: only decisions change it now.
    pub is_final: bool,
    /// Every step, first to last.
    pub history: Vec<StepView>,
}

/// A step of an award's life.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StepView {
    /// When, in milliseconds.
    pub at: Millis,
    /// Journal block at whose end it happened; none for `final`, which the clock brings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub block: Option<u64>,
    /// `granted`, `proposed`, `approved`, `changed`, `withheld`, `reversed` or `final`.
    pub what: String,
    /// `allotment`, `quota`, `disqualified`, `stock` or `refused` of what is withheld; `corrected` or `version` of what
    /// changed or was reversed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The words of whoever decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Who decided; none where the rule did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Id>,
    /// Digest of the rule in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Id>,
    /// Block of the incentive's version in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u64>,
}

/// What an award says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum ContentView {
    /// Something to have.
    Award {
        /// What.
        reward: Reward,
        /// Why: a message of the plugin's texts.
        because: Text,
    },
    /// Something to hear.
    Praise {
        /// How.
        tone: Tone,
        /// What is said: a message of the plugin's texts.
        text: Text,
    },
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BalanceView {
    /// `agent/<id>`, `team/<id>`, `budget/<id>`, `incentive/<id>`, `stock/<prize>`, `spent/<prize>` or `mint`.
    pub account: String,
    /// Such as `points`; `prize/<id>` counts pieces.
    pub currency: Id,
    /// Whole units.
    pub units: i64,
}

/// A draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DrawView {
    /// Its incentive.
    pub incentive: Id,
    /// Period id.
    pub period: Id,
    /// Its name.
    pub draw: Id,
    /// How tickets count.
    pub method: DrawMethod,
    /// How far it is.
    pub state: DrawState,
    /// Whether its period is final: no place is drawn again any more.
    #[serde(default, rename = "final")]
    pub is_final: bool,
    /// Round of drand that it waits for: sealed, and not yet drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for_round: Option<u64>,
    /// SHA-256 of the seed, lower-case hex; published when the period opens.
    pub seed_hash: Id,
    /// SHA-256 of the ticket list, lower-case hex, once it is sealed.
    pub list_hash: Option<Id>,
    /// Tickets as they stand.
    pub tickets: u64,
    /// Who won what, in the order drawn.
    pub winners: Vec<WinnerView>,
}

/// How far a draw is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum DrawState {
    /// Tickets are being collected.
    Open,
    /// The list is fixed and published, the seed not yet.
    Sealed,
    /// The seed is revealed and the winners are known.
    Held,
}

/// Instant wins of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChanceView {
    /// Its incentive.
    pub incentive: Id,
    /// Period id.
    pub period: Id,
    /// Its name.
    pub chance: Id,
    /// How far it is.
    pub state: ChanceState,
    /// SHA-256 of the seed, lower-case hex; published when the period opens.
    pub seed_hash: Id,
    /// SHA-256 of the list of tries, lower-case hex, once it is sealed.
    pub list_hash: Option<Id>,
    /// How often somebody tried.
    pub tries: u64,
    /// How many of them won, once the seed is revealed.
    pub wins: Option<u64>,
}

/// How far instant wins are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChanceState {
    /// The period is not final: tries may come and go.
    Open,
    /// The list is fixed, the seed not yet revealed.
    Sealed,
    /// Everybody can check the receipt.
    Revealed,
}

/// Who won what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WinnerView {
    /// Who.
    #[serde(with = "subject_text")]
    pub subject: Subject,
    /// Shown name, which the API adds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What.
    pub reward: Reward,
}

/// Digests of what is settled, lower-case hex.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hashes {
    /// Equal for the same journal.
    pub full: Id,
    /// Equal for the same set of events.
    pub settled: Id,
    /// What the full hash is made of.
    #[serde(default)]
    pub tasks: Vec<TaskHashes>,
}

/// Digests of one task, each equal for the same journal, lower-case hex. Commit numbers and attempts of deliveries are
/// in none of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TaskHashes {
    /// Its incentive, or `treasury/`.
    pub task: Id,
    /// States of keys, their boards, tickets and effects, and the periods that are not final; empty while the task is
    /// not loaded.
    pub states: Id,
    /// Awards and praise as they stand.
    pub standings: Id,
    /// All ledger rows.
    pub ledger: Id,
    /// Every message that was put into the outbox, as it was told.
    pub outbox: Id,
    /// Boards of closed periods, and receipts of draws.
    pub periods: Id,
}

/// Where a task stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TaskStatus {
    /// Its incentive.
    pub incentive: Id,
    /// Block up to whose end everything is settled.
    pub block: u64,
    /// Blocks behind the journal.
    pub lag_blocks: u64,
    /// Why it is paused, if a fault did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
    /// Draws that wait for a beacon, in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<String>,
}

/// Something was committed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "news")]
pub enum News {
    /// An award or praise was settled, changed, withheld or reversed.
    Award(AwardView),
    /// Rows of a board changed.
    Board {
        /// Its incentive.
        incentive: Id,
        /// Its name.
        board: Id,
        /// Period id.
        period: Id,
    },
    /// A draw was sealed or held.
    Draw(DrawView),
    /// An incentive was paused by a fault of its rule.
    Paused {
        /// Which one.
        incentive: Id,
        /// What happened.
        fault: String,
    },
    /// Somebody was thanked, or thanks to them were decided on.
    Kudos {
        /// Who got them: opaque agent id.
        to: Id,
    },
}

/// Subjects as `agent/<id>` in JSON.
pub(super) mod subject_text {
    use plaudit_core::event::Subject;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::api) fn serialize<S: Serializer>(subject: &Subject, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(subject)
    }

    pub(in crate::api) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Subject, D::Error> {
        let text = String::deserialize(from)?;
        Subject::parse(&text).ok_or_else(|| D::Error::custom(format!("{text:?} is no subject")))
    }
}
