//! What a draft says: everything that the steps of enabling ask for, as it was typed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, SecondsFormat};
use chrono_tz::Tz;
use plaudit_core::{
    Id, Millis,
    calendar::{Calendar, day_start, local_day},
    incentive::{Audience, Incentive, Periods},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::api::house::HouseView;

/// How time may be cut, as the form has it.
pub(crate) const RHYTHMS: [&str; 5] = ["daily", "weekly", "monthly", "once", "cron"];

/// A draft's content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Wish {
    /// Shown to people.
    pub(crate) title: String,
    /// The incentive's id.
    pub(crate) id: String,
    /// It is about an incentive that runs: its id, zone, start and rhythm stay.
    pub(crate) is_change: bool,
    /// Digest of the plugin.
    pub(crate) plugin: String,
    pub(crate) settings: Map<String, Value>,
    pub(crate) everyone: bool,
    pub(crate) sites: BTreeSet<String>,
    pub(crate) teams: BTreeSet<String>,
    /// External or opaque ids, as typed.
    pub(crate) agents: Vec<String>,
    pub(crate) zone: String,
    pub(crate) rhythm: String,
    pub(crate) cron: String,
    /// First and last local day; empty for "now" and "open".
    pub(crate) first: String,
    pub(crate) last: String,
    /// An end that is no day's end, as it stands: kept unless somebody names a last day.
    pub(crate) end: Option<Millis>,
    /// The incentive that it comes after, which ends where this one begins; empty for none.
    pub(crate) follows: String,
    /// Where it begins, if it comes after another one.
    pub(crate) begin: Option<Millis>,
    /// What it may spend, by budget, as typed.
    pub(crate) units: BTreeMap<String, String>,
    /// Pieces set aside, by prize, as typed.
    pub(crate) pieces: BTreeMap<String, String>,
    /// Amounts above which somebody approves, by currency, as typed.
    pub(crate) approval: BTreeMap<String, String>,
    pub(crate) anonymity: String,
    /// The window of the preview, in local days.
    pub(crate) from: String,
    pub(crate) to: String,
    /// Steps that were sent and had nothing wrong.
    pub(crate) done: BTreeSet<String>,
}

impl Wish {
    /// Everything of an incentive: to copy it, or to change it.
    pub(crate) fn of(incentive: &Incentive, anonymity: &str, is_change: bool, now: Millis) -> Self {
        let (rhythm, cron) = rhythm_of(&incentive.periods);
        let texts = |ids: &[Id]| ids.iter().map(ToString::to_string).collect();
        let end = incentive.end.filter(|_| is_change);
        let zone = incentive.zone;
        let last = end.filter(|end| day_start(zone, local_day(zone, *end)) == *end);
        let first = if is_change { local_day(zone, incentive.start) } else { local_day(zone, now) + 1 };
        Self {
            title: incentive.title.clone(),
            id: if is_change { incentive.id.to_string() } else { String::new() },
            is_change,
            plugin: incentive.plugin.to_string(),
            settings: serde_json::from_str(&incentive.settings).unwrap_or_default(),
            everyone: incentive.audience.is_everyone(),
            sites: incentive.audience.sites.iter().map(ToString::to_string).collect(),
            teams: incentive.audience.teams.iter().map(ToString::to_string).collect(),
            agents: texts(&incentive.audience.agents),
            zone: zone.name().to_owned(),
            rhythm: rhythm.to_owned(),
            cron,
            first: day_text(first),
            last: last.map(|end| day_text(local_day(zone, end) - 1)).unwrap_or_default(),
            end: end.filter(|_| last.is_none()),
            units: incentive.allotment.iter().map(|a| (a.budget.to_string(), a.units.to_string())).collect(),
            pieces: incentive
                .prizes
                .iter()
                .filter(|(_, terms)| terms.pieces > 0)
                .map(|(id, terms)| (id.to_string(), terms.pieces.to_string()))
                .collect(),
            approval: incentive
                .approval
                .iter()
                .map(|a| (a.currency.to_string(), a.above.to_string()))
                .collect(),
            anonymity: anonymity.to_owned(),
            ..Self::default()
        }
    }

    /// The incentive that it comes after.
    pub(crate) fn follows(&self) -> Option<&str> {
        Some(self.follows.as_str()).filter(|id| !id.is_empty())
    }

    pub(crate) fn tz(&self) -> Tz {
        self.zone.parse().unwrap_or(Tz::UTC)
    }

    pub(crate) fn audience(&self) -> Audience {
        let ids = |all: &BTreeSet<String>| all.iter().map(|id| id.as_str().into()).collect();
        if self.everyone {
            return Audience::default();
        }
        Audience {
            sites: ids(&self.sites),
            teams: ids(&self.teams),
            agents: self.agents.iter().map(|id| id.as_str().into()).collect(),
        }
    }

    /// Whether somebody is meant at all: an audience of nothing would be everyone.
    pub(crate) fn names_somebody(&self) -> bool {
        self.everyone || !(self.sites.is_empty() && self.teams.is_empty() && self.agents.is_empty())
    }

    pub(crate) fn periods(&self) -> Periods {
        match self.rhythm.as_str() {
            "once" => Periods::Once,
            "weekly" => Periods::Weekly,
            "monthly" => Periods::Monthly,
            "cron" => Periods::Cron(self.cron.clone()),
            _ => Periods::Daily,
        }
    }

    /// First instant, and first instant after it.
    pub(crate) fn window(&self, now: Millis) -> (Millis, Option<Millis>) {
        let first = || day_of(&self.first).map_or(now, |day| day_start(self.tz(), day));
        let start = self.begin.unwrap_or_else(first);
        let end = day_of(&self.last).map(|day| day_start(self.tz(), day + 1));
        (start, end.or(self.end))
    }

    pub(crate) fn calendar(&self, now: Millis) -> Option<Calendar> {
        let (start, end) = self.window(now);
        Calendar::new(&self.periods(), self.tz(), start, end).ok()
    }

    /// The document that `PUT /v1/incentives/{id}` takes. What can't be read is left to its checks.
    pub(crate) fn document(&self, house: &HouseView, now: Millis) -> Value {
        let amount = |typed: &str| typed.parse::<i64>().map_or_else(|_| json!(typed), |n| json!(n));
        let asked = |typed: &&String| !typed.is_empty();
        let allotment: Vec<Value> = self
            .units
            .iter()
            .filter(|(_, typed)| asked(typed))
            .map(|(budget, typed)| {
                let currency = house.budgets.get(budget.as_str()).map(|known| known.currency.to_string());
                json!({ "budget": budget, "currency": currency.unwrap_or_default(), "units": amount(typed) })
            })
            .collect();
        let approval: Vec<Value> = self
            .approval
            .iter()
            .filter(|(_, typed)| asked(typed))
            .map(|(currency, typed)| json!({ "currency": currency, "above": amount(typed) }))
            .collect();
        let prizes: Map<String, Value> = self
            .pieces
            .iter()
            .filter(|(_, typed)| asked(typed))
            .map(|(prize, typed)| (prize.clone(), amount(typed)))
            .collect();
        let (start, end) = self.window(now);
        let mut document = json!({
            "title": self.title, "plugin": self.plugin, "settings": self.settings, "audience": self.audience(),
            "zone": self.zone, "periods": self.periods(), "allotment": allotment, "prizes": prizes,
            "approval": approval,
        });
        if self.begin.is_some() || (!self.is_change && !self.first.is_empty()) {
            document["start"] = json!(time_text(start));
        }
        if let Some(end) = end {
            document["end"] = json!(time_text(end));
        }
        if !self.anonymity.is_empty() {
            document["anonymity"] = json!(self.anonymity);
        }
        document
    }
}

/// A rhythm as the form has it, with the expression if it is one of cron.
pub(super) fn rhythm_of(periods: &Periods) -> (&'static str, String) {
    match periods {
        Periods::Once => ("once", String::new()),
        Periods::Daily => ("daily", String::new()),
        Periods::Weekly => ("weekly", String::new()),
        Periods::Monthly => ("monthly", String::new()),
        Periods::Cron(text) => ("cron", text.clone()),
    }
}

/// Days since 1970 of a date such as `2026-03-02`.
pub(crate) fn day_of(text: &str) -> Option<i32> {
    let date: NaiveDate = text.parse().ok()?;
    let days = date.signed_duration_since(NaiveDate::default()).num_days();
    // What calendars take.
    i32::try_from(days).ok().filter(|day| (0..47_480).contains(day))
}

/// The date of a day since 1970.
pub(crate) fn day_text(day: i32) -> String {
    NaiveDate::default()
        .checked_add_signed(chrono::TimeDelta::days(day.into()))
        .unwrap_or_default()
        .to_string()
}

pub(crate) fn time_text(at: Millis) -> String {
    let time = DateTime::from_timestamp_millis(at).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_days_of_the_zone() {
        let wish = Wish {
            zone: "Europe/Vilnius".into(),
            first: "2026-03-02".into(),
            last: "2026-03-02".into(),
            ..Wish::default()
        };
        let (start, end) = wish.window(0);
        assert_eq!(time_text(start), "2026-03-01T22:00:00.000Z");
        assert_eq!(end.map(|end| end - start), Some(86_400_000));
    }

    #[test]
    fn nothing_named_is_not_everyone() {
        let wish = Wish::default();
        assert!(!wish.names_somebody() && wish.audience().is_everyone());
        assert!(Wish { everyone: true, ..wish }.names_somebody());
    }
}
