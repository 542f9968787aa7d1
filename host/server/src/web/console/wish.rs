//! What a draft says: everything that the steps of enabling ask for, as it was typed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, SecondsFormat};
use chrono_tz::Tz;
use plaudit_core::{
    Id, Millis,
    calendar::{Calendar, day_start, local_day},
    incentive::{Audience, Incentive, Periods},
    roster::Roster,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::sent::real;
use crate::{
    api::{document::is_name, house::HouseView},
    texts::Locale,
};

/// How time may be cut, as the form has it.
pub(super) const RHYTHMS: [&str; 5] = ["daily", "weekly", "monthly", "once", "cron"];

/// A draft's content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Wish {
    /// Shown to people.
    pub(super) title: String,
    /// The incentive's id.
    pub(super) id: String,
    /// It is about an incentive that runs: its id, zone, start and rhythm stay.
    pub(super) is_change: bool,
    /// Digest of the plugin.
    pub(super) plugin: String,
    pub(super) settings: Map<String, Value>,
    pub(super) everyone: bool,
    pub(super) sites: BTreeSet<String>,
    pub(super) teams: BTreeSet<String>,
    /// External or opaque ids, as typed.
    pub(super) agents: Vec<String>,
    pub(super) zone: String,
    pub(super) rhythm: String,
    pub(super) cron: String,
    /// First and last local day; empty for "now" and "open".
    pub(super) first: String,
    pub(super) last: String,
    /// An end that is no day's end, as it stands: kept unless somebody names a last day.
    pub(super) end: Option<Millis>,
    /// The incentive that it comes after, which ends where this one begins; empty for none.
    pub(super) follows: String,
    /// Where it begins, if it comes after another one.
    pub(super) begin: Option<Millis>,
    /// What it may spend, by budget, as typed.
    pub(super) units: BTreeMap<String, String>,
    /// Pieces set aside, by prize, as typed.
    pub(super) pieces: BTreeMap<String, String>,
    /// Amounts above which somebody approves, by currency, as typed.
    pub(super) approval: BTreeMap<String, String>,
    pub(super) anonymity: String,
    /// The window of the preview, in local days.
    pub(super) from: String,
    pub(super) to: String,
    /// Steps that were sent and had nothing wrong.
    pub(super) done: BTreeSet<String>,
}

/// A field of a step that is wrong: its id, and the text that says so.
pub(super) type Mistake = (&'static str, &'static str);

impl Wish {
    /// Everything of an incentive: to copy it, or to change it.
    pub(super) fn of(incentive: &Incentive, anonymity: &str, is_change: bool, now: Millis) -> Self {
        let (rhythm, cron) = match &incentive.periods {
            Periods::Once => ("once", String::new()),
            Periods::Daily => ("daily", String::new()),
            Periods::Weekly => ("weekly", String::new()),
            Periods::Monthly => ("monthly", String::new()),
            Periods::Cron(text) => ("cron", text.clone()),
        };
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
    pub(super) fn follows(&self) -> Option<&str> {
        Some(self.follows.as_str()).filter(|id| !id.is_empty())
    }

    pub(super) fn tz(&self) -> Tz {
        self.zone.parse().unwrap_or(Tz::UTC)
    }

    pub(super) fn audience(&self) -> Audience {
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
    pub(super) fn names_somebody(&self) -> bool {
        self.everyone || !(self.sites.is_empty() && self.teams.is_empty() && self.agents.is_empty())
    }

    pub(super) fn periods(&self) -> Periods {
        match self.rhythm.as_str() {
            "once" => Periods::Once,
            "weekly" => Periods::Weekly,
            "monthly" => Periods::Monthly,
            "cron" => Periods::Cron(self.cron.clone()),
            _ => Periods::Daily,
        }
    }

    /// First instant, and first instant after it.
    pub(super) fn window(&self, now: Millis) -> (Millis, Option<Millis>) {
        let first = || day_of(&self.first).map_or(now, |day| day_start(self.tz(), day));
        let start = self.begin.unwrap_or_else(first);
        let end = day_of(&self.last).map(|day| day_start(self.tz(), day + 1));
        (start, end.or(self.end))
    }

    pub(super) fn calendar(&self, now: Millis) -> Option<Calendar> {
        let (start, end) = self.window(now);
        Calendar::new(&self.periods(), self.tz(), start, end).ok()
    }

    /// What is wrong with time and periods.
    pub(super) fn time_mistakes(&self, now: Millis) -> Vec<Mistake> {
        let mut wrong = Vec::new();
        if self.zone.parse::<Tz>().is_err() {
            wrong.push(("zone", "console-wrong-choice"));
        }
        if !RHYTHMS.contains(&self.rhythm.as_str()) {
            wrong.push(("rhythm", "console-wrong-choice"));
        }
        let is_day = |text: &str| text.is_empty() || day_of(text).is_some();
        if !is_day(&self.first) {
            wrong.push(("first", "console-wrong-day"));
        }
        if !is_day(&self.last) {
            wrong.push(("last", "console-wrong-day"));
        }
        if !wrong.is_empty() {
            return wrong;
        }
        let (start, end) = self.window(now);
        if end.is_some_and(|end| end <= start) {
            wrong.push(("last", "console-wrong-last"));
        } else if end.is_some_and(|end| end <= now) {
            wrong.push(("last", "console-wrong-past"));
        } else if self.calendar(now).is_none() {
            wrong.push(if self.rhythm == "cron" {
                ("cron", "console-wrong-cron")
            } else {
                ("first", "console-wrong-day")
            });
        }
        wrong
    }

    /// What is wrong with title and id.
    pub(super) fn name_mistakes(&self, house: &HouseView) -> Vec<Mistake> {
        let mut wrong = Vec::new();
        if self.title.is_empty() || self.title.chars().count() > 200 {
            wrong.push(("title", "bad-name"));
        }
        if !is_name(&self.id) {
            wrong.push(("id", "console-wrong-id"));
        } else if !self.is_change && house.incentives.contains_key(self.id.as_str()) {
            wrong.push(("id", "console-wrong-taken"));
        }
        wrong
    }

    /// The document that `PUT /v1/incentives/{id}` takes. What can't be read is left to its checks.
    pub(super) fn document(&self, house: &HouseView, now: Millis, locale: Locale) -> Value {
        let amount = |typed: &str| real(typed, locale).map_or_else(|| json!(typed), whole);
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

/// A whole number where it is one.
fn whole(value: f64) -> Value {
    if value.fract() == 0.0 && value.abs() < 9e15 { json!(value as i64) } else { json!(value) }
}

/// Days since 1970 of a date such as `2026-03-02`.
pub(super) fn day_of(text: &str) -> Option<i32> {
    let date: NaiveDate = text.parse().ok()?;
    let days = date.signed_duration_since(NaiveDate::default()).num_days();
    // What calendars take.
    i32::try_from(days).ok().filter(|day| (0..47_480).contains(day))
}

/// The date of a day since 1970.
pub(super) fn day_text(day: i32) -> String {
    NaiveDate::default()
        .checked_add_signed(chrono::TimeDelta::days(day.into()))
        .unwrap_or_default()
        .to_string()
}

fn time_text(at: Millis) -> String {
    let time = DateTime::from_timestamp_millis(at).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// How many agents an audience has now. Names that the roster does not know count for nothing.
pub(super) fn count(roster: &Roster, audience: &Audience, now: Millis) -> usize {
    roster.agents_in_audience(audience, (now, now.saturating_add(1))).len()
}

/// An id from a title: `Rūtos savaitė!` is `rutos-savaite`; what has no Latin letters is named after the plugin.
pub(super) fn slug(title: &str, plugin: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut slug = String::new();
    for c in title.chars() {
        match plain_letter(c) {
            Some(letters) => slug.push_str(letters),
            None if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            None if !slug.ends_with('-') && !slug.is_empty() => slug.push('-'),
            None => {}
        }
    }
    slug.truncate(48);
    let slug = slug.trim_matches('-');
    let base = if slug.len() < 2 { plugin } else { slug };
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.to_owned()).chain(numbered).find(|id| !is_taken(id)).unwrap_or_default()
}

/// Letters of the house's languages without their marks.
fn plain_letter(c: char) -> Option<&'static str> {
    Some(match c.to_lowercase().next()? {
        'ą' | 'á' | 'à' | 'ä' | 'â' => "a",
        'č' | 'ç' => "c",
        'ę' | 'ė' | 'é' | 'è' | 'ê' | 'ë' => "e",
        'į' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ó' | 'ö' | 'ô' => "o",
        'š' => "s",
        'ų' | 'ū' | 'ú' | 'ü' => "u",
        'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_the_title() {
        let free = |_: &str| false;
        assert_eq!(slug("Rūtos savaitė!", "contest", free), "rutos-savaite");
        assert_eq!(slug("  Quick & kind ", "contest", free), "quick-kind");
        assert_eq!(slug("週賽", "contest", free), "contest");
        assert_eq!(slug("Sprint", "contest", |id| id == "sprint" || id == "sprint-2"), "sprint-3");
        assert!(is_name(&slug(&"é-".repeat(100), "contest", free)));
    }

    #[test]
    fn days_are_days_of_the_zone() {
        let wish = Wish {
            zone: "Europe/Vilnius".into(),
            rhythm: "daily".into(),
            first: "2026-03-02".into(),
            last: "2026-03-02".into(),
            ..Wish::default()
        };
        let (start, end) = wish.window(0);
        assert_eq!(time_text(start), "2026-03-01T22:00:00.000Z");
        assert_eq!(end.map(|end| end - start), Some(86_400_000));
        assert_eq!(wish.time_mistakes(start), []);
        assert_eq!(wish.time_mistakes(start + 86_400_000), [("last", "console-wrong-past")]);
        let wrong = Wish { first: "2026-03-03".into(), ..wish.clone() };
        assert_eq!(wrong.time_mistakes(start), [("last", "console-wrong-last")]);
        let wrong = Wish { rhythm: "cron".into(), cron: "at noon".into(), ..wish };
        assert_eq!(wrong.time_mistakes(start), [("cron", "console-wrong-cron")]);
    }

    #[test]
    fn nothing_named_is_not_everyone() {
        let wish = Wish::default();
        assert!(!wish.names_somebody() && wish.audience().is_everyone());
        assert!(Wish { everyone: true, ..wish }.names_somebody());
    }
}
