//! Incentives: a plugin that a manager has enabled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Id, Millis};

/// A manager's wish, as the API and `incentives.toml` say it, with everything resolved and pinned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
    /// What it may spend, at most one line for each budget. In JSON: null, one, or a list.
    #[cfg_attr(feature = "schema", schema(value_type = Option<one_or_many::Form<Allotment>>))]
    #[serde(with = "one_or_many", default)]
    pub allotment: Vec<Allotment>,
    /// Pinned metrics of the catalogue, in the plan's order: (name, version).
    pub metrics: Vec<(Id, u32)>,
    /// Prizes of the catalogue that it may give, with the cost as pinned.
    #[serde(default)]
    pub prizes: BTreeMap<Id, PrizeTerms>,
    /// Awards worth more than this wait for somebody's approval. In JSON: null, one, or a list.
    #[cfg_attr(feature = "schema", schema(value_type = Option<one_or_many::Form<Approval>>))]
    #[serde(with = "one_or_many", default)]
    pub approval: Vec<Approval>,
}

/// Whom an incentive is for: the union of what is named; everyone if nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Allotment {
    /// The budget it comes from.
    pub budget: Id,
    /// Such as `points`.
    pub currency: Id,
    /// Whole units, > 0.
    pub units: i64,
}

/// What an incentive may give of a prize.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PrizeTerms {
    /// Pieces set aside from the stock, >= 0.
    pub pieces: i64,
    /// What a piece costs the allotment.
    pub cost: Option<Cost>,
}

/// What a piece of a prize is worth on the payroll.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Cost {
    /// Such as `euro-cents`.
    pub currency: Id,
    /// Whole units, > 0.
    pub units: i64,
}

/// An amount above which somebody has to approve.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Such as `points`.
    pub currency: Id,
    /// Whole units, >= 0; awards of exactly so many need no approval.
    pub above: i64,
}

/// For people a list of one is that one, and an empty one is null; in the store a list is a list.
mod one_or_many {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// One, or a list.
    #[derive(Deserialize)]
    #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
    #[serde(untagged)]
    pub(super) enum Form<T> {
        Many(Vec<T>),
        One(T),
    }

    pub(super) fn serialize<T: Serialize, S: Serializer>(list: &[T], to: S) -> Result<S::Ok, S::Error> {
        match list {
            [] if to.is_human_readable() => to.serialize_none(),
            [one] if to.is_human_readable() => one.serialize(to),
            many => many.serialize(to),
        }
    }

    pub(super) fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Vec<T>, D::Error> {
        if !from.is_human_readable() {
            return Vec::deserialize(from);
        }
        Ok(match Option::<Form<T>>::deserialize(from)? {
            None => Vec::new(),
            Some(Form::One(one)) => vec![one],
            Some(Form::Many(many)) => many,
        })
    }
}

/// A period of an incentive: `[start, end)`, with the bounds as opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Period {
    /// By local date: `2026-03-02`, `2026-W10`, `2026-03`, `once`, or `2026-03-02T09:00` for cron.
    pub id: Id,
    /// First instant.
    pub start: Millis,
    /// First instant after it.
    pub end: Millis,
}
