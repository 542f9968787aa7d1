//! Sources: a mapping in CEL from any JSON to events. Pure.
//!
//! The document's expressions see `body` (the whole request), `item` (one element of `each`, or the body) and `source`
//! (its name). Each event is then checked like one that came as a CloudEvent.

use std::collections::BTreeMap;

use plaudit_core::{
    Id,
    event::Event,
    metric::{EvaluateError, Expected, Expression, ExpressionError},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};
use utoipa::ToSchema;

use super::parse::{self, Flaw, Known};

/// Items of one request.
pub const ITEMS_MAX: usize = plaudit_core::limits::CEL_LIST_ITEMS_MAX;
/// What expressions may name.
const VARIABLES: [&str; 3] = ["body", "item", "source"];

/// A mapping as people write it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SourceDocument)]
pub struct Document {
    /// Gives a list: one event for each element. Without it the body is the only item; a body that is a list is taken
    /// item by item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Gives yes or no: items for which it is false are skipped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The event's source; the mapping's name by default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Gives the event's id.
    pub id: String,
    /// Gives the event's type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Gives the subject, such as `"agent/" + item.agentId`.
    pub subject: String,
    /// Gives the time: RFC 3339, or milliseconds since 1970.
    pub time: String,
    /// Gives the business object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Gives its version, a whole number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// Gives whether it is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retracted: Option<String>,
    /// Gives each field; one that is missing in an item is left out.
    #[serde(default)]
    pub fields: BTreeMap<Id, String>,
}

/// A mapping that can't be used: which expression, where, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{part}`: {error}")]
pub struct MappingError {
    /// Key in the document.
    pub part: String,
    /// Where and what.
    #[source]
    pub error: ExpressionError,
}

/// A checked mapping.
#[derive(Clone, Debug)]
pub struct Mapping {
    name: Json,
    each: Option<Expression>,
    when: Option<Expression>,
    attributes: Vec<(&'static str, Expression, Presence)>,
    fields: BTreeMap<Id, Expression>,
}

/// Whether an item must have an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    Required,
    Optional,
}

impl Mapping {
    /// Checks a document.
    ///
    /// # Errors
    /// The first expression that is wrong.
    pub fn compile(name: &str, document: &Document) -> Result<Self, MappingError> {
        let compile = |part: &str, text: &str, expected| {
            Expression::compile(text, &VARIABLES, expected)
                .map_err(|error| MappingError { part: part.to_owned(), error })
        };
        let maybe = |part: &str, text: &Option<String>, expected| {
            text.as_ref().map(|text| compile(part, text, expected)).transpose()
        };
        let mut attributes = vec![
            ("id", compile("id", &document.id, Expected::Any)?, Presence::Required),
            ("type", compile("type", &document.kind, Expected::Text)?, Presence::Required),
            ("subject", compile("subject", &document.subject, Expected::Text)?, Presence::Required),
            ("time", compile("time", &document.time, Expected::Any)?, Presence::Required),
        ];
        let optional = [
            ("source", &document.source, Expected::Text),
            ("entity", &document.entity, Expected::Any),
            ("revision", &document.revision, Expected::Any),
            ("retracted", &document.retracted, Expected::Any),
        ];
        for (part, text, expected) in optional {
            if let Some(expression) = maybe(part, text, expected)? {
                attributes.push((part, expression, Presence::Optional));
            }
        }
        let fields = document.fields.iter().map(|(field, text)| {
            Ok((field.clone(), compile(&format!("fields.{field}"), text, Expected::Any)?))
        });
        Ok(Self {
            name: Json::from(name),
            each: maybe("each", &document.each, Expected::Any)?,
            when: maybe("when", &document.when, Expected::Bool)?,
            attributes,
            fields: fields.collect::<Result<_, MappingError>>()?,
        })
    }

    /// What its events come through: `/sources/<name>`.
    pub fn source(&self) -> String {
        format!("/sources/{}", self.name.as_str().unwrap_or_default())
    }

    /// Names of the fields that its events may have.
    pub fn field_names(&self) -> impl Iterator<Item = &Id> {
        self.fields.keys()
    }

    /// The items of a body.
    ///
    /// # Errors
    /// `each` fails or gives no list, or the list is longer than [`ITEMS_MAX`].
    pub fn items(&self, body: Json) -> Result<Vec<Json>, Flaw> {
        let items = match (&self.each, body) {
            (Some(each), body) => match each.evaluate(&self.variables(&body, &Json::Null)) {
                Ok(Json::Array(items)) => items,
                Ok(other) => return Err(Flaw::new("each", "mapping", "gave no list").holding(&other)),
                Err(error) => return Err(failed("each", &error)),
            },
            (None, Json::Array(items)) => items,
            (None, body) => return Ok(vec![body]),
        };
        // CEL sees only the first items of longer lists, so a longer one would lose events in silence.
        let found = items.len();
        if self.each.is_some() && found >= ITEMS_MAX {
            let message =
                format!("the list may hold at most {} items in one request; send fewer", ITEMS_MAX - 1);
            return Err(Flaw::new("each", "too-many", message));
        }
        Ok(items)
    }

    /// The event of an item; `None` where `when` is false.
    ///
    /// # Errors
    /// An expression fails, or what they give is no event.
    pub fn event(&self, body: &Json, item: &Json, known: Known<'_>) -> Result<Option<Event>, Flaw> {
        let variables = self.variables(body, item);
        if let Some(when) = &self.when {
            match when.evaluate(&variables) {
                Ok(Json::Bool(true)) => {}
                Ok(_) => return Ok(None),
                Err(error) => return Err(failed("when", &error)),
            }
        }
        let mut event = Map::from_iter([
            ("specversion".to_owned(), json!("1.0")),
            ("source".to_owned(), json!(self.source())),
        ]);
        for (name, expression, presence) in &self.attributes {
            match expression.evaluate(&variables) {
                Ok(Json::Null) => {}
                Ok(value) => {
                    event.insert((*name).to_owned(), attribute(name, value));
                }
                Err(EvaluateError::Absent { .. }) if *presence == Presence::Optional => {}
                Err(error) => return Err(failed(name, &error)),
            }
        }
        event.insert("data".to_owned(), Json::Object(self.data(&variables)?));
        let event = Json::Object(event);
        parse::event(&event, known).map(Some).map_err(|flaw| flaw.of(parse::id_of(&event)))
    }

    fn data(&self, variables: &[(&str, &Json)]) -> Result<Map<String, Json>, Flaw> {
        let mut data = Map::new();
        for (name, expression) in &self.fields {
            match expression.evaluate(variables) {
                Ok(value) => {
                    data.insert(name.to_string(), value);
                }
                Err(EvaluateError::Absent { .. }) => {}
                Err(error) => return Err(failed(&format!("fields.{name}"), &error)),
            }
        }
        Ok(data)
    }

    fn variables<'a>(&'a self, body: &'a Json, item: &'a Json) -> [(&'static str, &'a Json); 3] {
        [("body", body), ("item", item), ("source", &self.name)]
    }
}

/// Ids that are numbers become texts, and times that are milliseconds become RFC 3339.
fn attribute(name: &str, value: Json) -> Json {
    match (name, &value) {
        ("time", Json::Number(millis)) => millis
            .as_f64()
            .and_then(|millis| chrono::DateTime::from_timestamp_millis(millis as i64))
            .map_or(value, |time| Json::from(time.to_rfc3339())),
        ("id" | "entity", Json::Number(number)) => Json::from(number.to_string()),
        _ => value,
    }
}

fn failed(part: &str, error: &EvaluateError) -> Flaw {
    Flaw::new(part, "mapping", error.to_string())
}

#[cfg(test)]
mod tests;
