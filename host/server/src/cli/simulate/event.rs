//! An event as it is posted: CloudEvents 1.0 in JSON.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, TimeZone as _, Utc};
use serde::Serialize;
use serde_json::Value;

/// A moment in whole seconds since 1970-01-01T00:00:00Z. A contact centre's systems seldom know more.
pub type Second = i64;

/// An event and when it reaches us.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// When it is posted.
    pub arrives: Second,
    /// What is posted.
    pub event: Posted,
}

/// The fields of an event, sorted by name.
pub type Data = BTreeMap<&'static str, Value>;

/// A CloudEvent of the simulated systems.
#[derive(Clone, Debug, PartialEq)]
pub struct Posted {
    /// Unique within the source.
    pub id: String,
    /// The system that sends it, such as `/acd/madrid`.
    pub source: String,
    /// Such as `contact.completed`.
    pub kind: &'static str,
    /// `agent/<id>` or `queue/<id>`.
    pub subject: String,
    /// When it happened.
    pub time: Second,
    /// The business object it speaks of.
    pub entity: String,
    /// 0 is the first version and is not written.
    pub revision: u64,
    /// Whether this version says that it never was.
    pub retracted: bool,
    /// Its fields.
    pub data: Data,
}

impl Posted {
    /// The structured form as one line of JSON, members in a fixed order.
    pub fn to_json(&self) -> String {
        let wire = Wire {
            specversion: "1.0",
            id: &self.id,
            source: &self.source,
            kind: self.kind,
            subject: &self.subject,
            time: rfc3339(self.time),
            entity: &self.entity,
            revision: (self.revision > 0).then(|| self.revision.to_string()),
            retracted: self.retracted.then_some("true"),
            data: &self.data,
        };
        // Strings, numbers and booleans under string keys: there is nothing that JSON could refuse.
        serde_json::to_string(&wire).unwrap_or_default()
    }

    /// A number of the data, or 0.
    pub fn number(&self, field: &str) -> f64 {
        self.data.get(field).and_then(Value::as_f64).unwrap_or_default()
    }

    /// A yes or no of the data, or no.
    pub fn flag(&self, field: &str) -> bool {
        self.data.get(field).and_then(Value::as_bool).unwrap_or_default()
    }

    /// A text of the data, or the empty one.
    pub fn text(&self, field: &str) -> &str {
        self.data.get(field).and_then(Value::as_str).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct Wire<'a> {
    specversion: &'static str,
    id: &'a str,
    source: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    subject: &'a str,
    time: String,
    entity: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    retracted: Option<&'static str>,
    data: &'a Data,
}

/// `2026-03-02T09:12:03Z`.
pub fn rfc3339(at: Second) -> String {
    at_utc(at).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The moment as a date and time; far outside of the calendar it is the epoch.
pub(crate) fn at_utc(at: Second) -> DateTime<Utc> {
    Utc.timestamp_opt(at, 0).single().unwrap_or_default()
}
