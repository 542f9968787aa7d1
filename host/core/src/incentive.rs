//! Incentives: a plugin that a manager has enabled.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis};

/// A manager's wish, as the API and `incentives.toml` say it, with everything resolved and pinned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Incentive {
    /// Chosen by the manager: lower-case letters, digits, dashes. Never used again once it has ended.
    pub id: Id,
    /// Shown to people.
    pub title: String,
    /// SHA-256 of the component, lower-case hex.
    pub plugin: Id,
    /// The settings document, JSON text exactly as the rule sees it.
    pub settings: String,
    /// Whom it is for.
    pub audience: Audience,
    /// First instant.
    pub start: Millis,
    /// First instant after it; open if none.
    pub end: Option<Millis>,
    /// IANA zone of its calendar.
    pub zone: chrono_tz::Tz,
    /// How its time is cut.
    pub periods: Periods,
    /// What it may spend.
    pub allotment: Option<Allotment>,
    /// Pinned metrics of the catalogue, in the plan's order: (name, version).
    pub metrics: Vec<(Id, u32)>,
}

/// Whom an incentive is for: the union of what is named; everyone if nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Site ids.
    #[serde(default)]
    pub sites: Vec<Id>,
    /// Team ids.
    #[serde(default)]
    pub teams: Vec<Id>,
    /// Opaque agent ids.
    #[serde(default)]
    pub agents: Vec<Id>,
}

impl Audience {
    /// Whether nothing is named.
    pub fn is_everyone(&self) -> bool {
        self.sites.is_empty() && self.teams.is_empty() && self.agents.is_empty()
    }
}

/// How an incentive's time is cut. Periods without a calendar are months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Periods {
    /// One period: the whole window (calendar months where the window is open).
    Once,
    /// Local days.
    Daily,
    /// ISO weeks, from Monday.
    Weekly,
    /// Local calendar months.
    Monthly,
    /// A period ends, and the next begins, at each time of a five-field cron expression.
    Cron(String),
}

/// Money set aside for an incentive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allotment {
    /// The budget it comes from.
    pub budget: Id,
    /// Such as `points`.
    pub currency: Id,
    /// Whole units, > 0.
    pub units: i64,
}

/// A period of an incentive: `[start, end)`, with the bounds as opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// By local date: `2026-03-02`, `2026-W10`, `2026-03`, `once`, or `2026-03-02T09:00` for cron.
    pub id: Id,
    /// First instant.
    pub start: Millis,
    /// First instant after it.
    pub end: Millis,
}
