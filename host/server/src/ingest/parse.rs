//! One event: from CloudEvents JSON to the journal's form. Pure, but for what strangers are called.

use chrono::{DateTime, FixedOffset};
use plaudit_core::{
    Id, Millis,
    event::{Event, Subject, SubjectKind, Value},
    limits,
    roster::Roster,
};
use serde_json::{Map, Value as Json};

use super::{
    answer::{Rejected, cut},
    declared::Declared,
    identity::Identity,
    watch::Strangers,
};

/// What is known to the parser.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Which fields are kept.
    pub declared: &'a Declared,
    /// Makes opaque ids.
    pub identity: &'a Identity,
    /// Who is known, and where it is kept what others are called.
    strangers: Option<(&'a Roster, &'a Strangers)>,
}

impl<'a> Known<'a> {
    /// What is needed to read events.
    pub fn new(declared: &'a Declared, identity: &'a Identity) -> Self {
        Self { declared, identity, strangers: None }
    }

    /// With a memory for agents whom the roster does not know.
    #[must_use]
    pub fn remembering(self, roster: &'a Roster, strangers: &'a Strangers) -> Self {
        Self { strangers: Some((roster, strangers)), ..self }
    }

    /// The opaque id of an agent.
    fn opaque(&self, external: &str) -> Id {
        let id = self.identity.opaque(external);
        if let Some((roster, strangers)) = self.strangers
            && roster.agent(&id).is_none()
        {
            strangers.meet(&id, external);
        }
        id
    }
}

/// A field and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    id: Option<String>,
    field: String,
    value: Option<String>,
    message: String,
    code: &'static str,
}

impl Flaw {
    /// A flaw without a value.
    pub fn new(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { id: None, field: field.into(), value: None, message: message.into(), code }
    }

    /// With what the field holds.
    #[must_use]
    pub fn holding(mut self, value: &Json) -> Self {
        self.value = Some(match value {
            Json::String(text) => cut(text),
            other => cut(&other.to_string()),
        });
        self
    }

    /// Of the event with this id.
    #[must_use]
    pub fn of(mut self, id: Option<&str>) -> Self {
        self.id = id.map(cut);
        self
    }

    /// At this place of a request.
    pub fn at(self, index: usize) -> Rejected {
        let Self { id, field, value, message, code } = self;
        Rejected { index, id, field, value, message, code: code.into() }
    }
}

/// Reads an event.
///
/// # Errors
/// The first field that is wrong.
pub fn event(json: &Json, known: Known<'_>) -> Result<Event, Flaw> {
    let Json::Object(attributes) = json else {
        return Err(Flaw::new("event", "not-an-object", "an event is a JSON object").holding(json));
    };
    match attributes.get("specversion") {
        Some(Json::String(version)) if version == "1.0" => {}
        Some(other) => {
            return Err(Flaw::new("specversion", "specversion", "only CloudEvents \"1.0\" is understood")
                .holding(other));
        }
        None => return Err(missing("specversion", "write \"1.0\"")),
    }
    let source = required(attributes, "source", "name the system it comes from, such as \"/acd/madrid\"")?;
    let id = required(attributes, "id", "give each event an id that is unique within its source")?;
    let kind = required(attributes, "type", "such as \"contact.completed\"")?;
    let subject = subject(attributes, known)?;
    let time = time(attributes)?;
    let entity = optional(attributes, "entity")?;
    let revision = revision(attributes)?;
    let retracted = retracted(attributes)?;
    if entity.is_none() && (revision > 0 || retracted) {
        let message =
            "revision and retracted speak of an entity: name it, so that the earlier version can be found";
        return Err(Flaw::new("entity", "missing", message));
    }
    let fields = fields(attributes, &kind, known.declared)?;
    Ok(Event { source, id, kind, subject, time, entity, revision, retracted, fields })
}

/// The id of something that may be an event, for answers.
pub fn id_of(json: &Json) -> Option<&str> {
    json.get("id").and_then(Json::as_str)
}

fn missing(field: &str, hint: &str) -> Flaw {
    Flaw::new(field, "missing", format!("is missing: {hint}"))
}

fn required(attributes: &Map<String, Json>, name: &str, hint: &str) -> Result<Id, Flaw> {
    optional(attributes, name)?.ok_or_else(|| missing(name, hint))
}

/// A text attribute; `null` counts as absent.
fn optional(attributes: &Map<String, Json>, name: &str) -> Result<Option<Id>, Flaw> {
    match attributes.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(value @ Json::String(text)) => {
            if text.is_empty() || text.len() > limits::ID_BYTES_MAX || text.chars().any(char::is_control) {
                let message =
                    format!("must be 1 to {} bytes without control characters", limits::ID_BYTES_MAX);
                return Err(Flaw::new(name, "bad-text", message).holding(value));
            }
            Ok(Some(text.as_str().into()))
        }
        Some(other) => Err(Flaw::new(name, "bad-type", "must be a text").holding(other)),
    }
}

fn subject(attributes: &Map<String, Json>, known: Known<'_>) -> Result<Subject, Flaw> {
    let hint = "write agent/<id>, team/<id> or queue/<id>";
    let text = required(attributes, "subject", hint)?;
    let bad = || Flaw::new("subject", "bad-subject", hint).holding(&Json::from(&*text));
    let mut subject = Subject::parse(&text).ok_or_else(bad)?;
    if subject.kind == SubjectKind::Agent {
        subject.id = known.opaque(&subject.id);
    }
    Ok(subject)
}

fn time(attributes: &Map<String, Json>) -> Result<Millis, Flaw> {
    let hint = "a date and time with its offset (RFC 3339), such as \"2026-03-02T09:12:03Z\" or \"2026-03-02T11:12:03+02:00\"";
    let text = required(attributes, "time", hint)?;
    let read: Result<DateTime<FixedOffset>, _> = DateTime::parse_from_rfc3339(&text);
    match read.map(|time| time.timestamp_millis()) {
        Ok(millis) if millis >= 0 => Ok(millis),
        Ok(_) => Err(Flaw::new("time", "bad-time", "must not be before 1970").holding(&Json::from(&*text))),
        Err(_) => Err(Flaw::new("time", "bad-time", format!("must be {hint}")).holding(&Json::from(&*text))),
    }
}

fn revision(attributes: &Map<String, Json>) -> Result<u64, Flaw> {
    let bad = |value: &Json| {
        let message = "must be a whole number from 0 to 18446744073709551615, written as a text of digits";
        Flaw::new("revision", "bad-revision", message).holding(value)
    };
    match attributes.get("revision") {
        None | Some(Json::Null) => Ok(0),
        Some(value @ Json::String(text)) if text.bytes().all(|b| b.is_ascii_digit()) => {
            text.parse().map_err(|_| bad(value))
        }
        // CloudEvents has an Integer type; SDKs write it as a JSON number.
        Some(value @ Json::Number(number)) => number.as_u64().ok_or_else(|| bad(value)),
        Some(other) => Err(bad(other)),
    }
}

fn retracted(attributes: &Map<String, Json>) -> Result<bool, Flaw> {
    match attributes.get("retracted") {
        None | Some(Json::Null) => Ok(false),
        Some(Json::Bool(yes)) => Ok(*yes),
        Some(Json::String(text)) if text == "true" || text == "false" => Ok(text == "true"),
        Some(other) => {
            Err(Flaw::new("retracted", "bad-type", "must be \"true\" or \"false\"").holding(other))
        }
    }
}

fn fields(attributes: &Map<String, Json>, kind: &str, declared: &Declared) -> Result<Vec<(Id, Value)>, Flaw> {
    let data = match attributes.get("data") {
        Some(Json::Object(data)) => data,
        None | Some(Json::Null) if !attributes.contains_key("data_base64") => return Ok(Vec::new()),
        None | Some(Json::Null) => {
            let message = "data must be JSON in `data`; binary data is not understood";
            return Err(Flaw::new("data_base64", "bad-type", message));
        }
        Some(other) => return Err(Flaw::new("data", "bad-type", "must be a JSON object").holding(other)),
    };
    let mut fields = Vec::with_capacity(data.len());
    for (name, value) in data {
        if !declared.keeps(kind, name) {
            continue;
        }
        if let Some(value) = field(name, value)? {
            fields.push((Id::from(name.as_str()), value));
        }
    }
    if fields.len() > limits::EVENT_FIELDS_MAX {
        let message = format!(
            "holds {} declared fields, and at most {} are kept",
            fields.len(),
            limits::EVENT_FIELDS_MAX
        );
        return Err(Flaw::new("data", "too-many-fields", message));
    }
    // By name, so that the same content gives the same bytes whatever order it was written in.
    fields.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(fields)
}

fn field(name: &str, value: &Json) -> Result<Option<Value>, Flaw> {
    let flaw = |code, message: String| Flaw::new(format!("data.{name}"), code, message).holding(value);
    match value {
        Json::Null => Ok(None),
        Json::Bool(yes) => Ok(Some(Value::Bool(*yes))),
        Json::Number(number) => match number.as_f64().filter(|n| n.is_finite()) {
            Some(number) => Ok(Some(Value::Number(number))),
            None => Err(flaw("bad-number", "must be a finite number".into())),
        },
        Json::String(text) if text.len() <= limits::EVENT_TEXT_BYTES_MAX => {
            Ok(Some(Value::Text(text.as_str().into())))
        }
        Json::String(text) => {
            let max = limits::EVENT_TEXT_BYTES_MAX;
            Err(flaw("too-long", format!("takes {} bytes, and at most {max} are kept", text.len())))
        }
        Json::Array(_) | Json::Object(_) => Err(flaw(
            "bad-type",
            "must be a number, a text, true or false: lists and objects are not kept".into(),
        )),
    }
}

#[cfg(test)]
mod tests;
