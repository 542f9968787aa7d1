//! From types to schemas.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use utoipa::{PartialSchema, ToSchema};

/// Schemas by name, as they are met.
#[derive(Debug, Default)]
pub(super) struct Schemas {
    all: BTreeMap<String, Value>,
    clashes: Vec<String>,
}

impl Schemas {
    fn add(&mut self, name: String, schema: Value) {
        match self.all.get(&name) {
            Some(known) if *known != schema => self.clashes.push(name),
            Some(_) => {}
            None => {
                self.all.insert(name, schema);
            }
        }
    }

    /// Names that two types have.
    #[cfg(test)]
    pub(super) fn clashes(&self) -> &[String] {
        &self.clashes
    }

    pub(super) fn into_map(self) -> Map<String, Value> {
        self.all.into_iter().collect()
    }
}

/// A schema, and what it refers to.
pub(super) type Shape = fn(&mut Schemas) -> Value;

/// A type by its name.
pub(super) fn one<T: ToSchema>(all: &mut Schemas) -> Value {
    let mut found = Vec::new();
    T::schemas(&mut found);
    for (name, schema) in found {
        all.add(name, json!(schema));
    }
    let name = T::name();
    all.add(name.to_string(), json!(T::schema()));
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// A list of it.
pub(super) fn list<T: ToSchema>(all: &mut Schemas) -> Value {
    json!({ "type": "array", "items": one::<T>(all) })
}

/// A type without a name of its own.
pub(super) fn inline<T: PartialSchema>(_: &mut Schemas) -> Value {
    json!(T::schema())
}

/// A thing of the roster with its title.
pub(super) fn titled<T: ToSchema>(all: &mut Schemas) -> Value {
    let title = json!({
        "type": "object",
        "required": ["title"],
        "properties": { "title": { "type": "string", "description": "Shown to people." } },
    });
    json!({ "allOf": [title, one::<T>(all)] })
}

/// A list of these.
pub(super) fn titled_list<T: ToSchema>(all: &mut Schemas) -> Value {
    json!({ "type": "array", "items": titled::<T>(all) })
}

/// Any JSON object.
pub(super) fn object(_: &mut Schemas) -> Value {
    json!({ "type": "object" })
}

/// Any JSON.
pub(super) fn anything(_: &mut Schemas) -> Value {
    json!({})
}

/// Any bytes.
pub(super) fn bytes(_: &mut Schemas) -> Value {
    json!({ "type": "string", "format": "binary" })
}

/// Any text.
pub(super) fn text(_: &mut Schemas) -> Value {
    json!({ "type": "string" })
}

/// An event, as `docs/events.md` says.
pub(super) fn event(all: &mut Schemas) -> Value {
    let schema = json!({
        "type": "object",
        "description": "A CloudEvent 1.0; `docs/events.md` has every field.",
        "required": ["specversion", "id", "source", "type", "subject", "time"],
        "properties": {
            "specversion": { "const": "1.0" },
            "id": { "type": "string", "minLength": 1, "description": "Known once: the same one again is a duplicate." },
            "source": { "type": "string", "minLength": 1 },
            "type": { "type": "string", "minLength": 1 },
            "subject": { "type": "string", "description": "`agent/<external id>`, `team/<id>` or `queue/<id>`." },
            "time": { "type": "string", "format": "date-time" },
            "entity": { "type": ["string", "null"], "description": "The business object, so that it can be corrected." },
            "revision": { "type": ["string", "integer", "null"], "minimum": 0, "description": "Its version: a whole number, best as a text of digits." },
            "retracted": { "type": ["string", "boolean", "null"], "enum": ["true", "false", true, false, null] },
            "data": { "type": ["object", "null"] },
        },
    });
    all.add("CloudEvent".into(), schema);
    json!({ "$ref": "#/components/schemas/CloudEvent" })
}

/// A list of events.
pub(super) fn events(all: &mut Schemas) -> Value {
    json!({ "type": "array", "items": event(all) })
}

/// An incentive's document with the window of a preview.
pub(super) fn preview_document(all: &mut Schemas) -> Value {
    use crate::api::incentives::IncentiveDocument;
    one::<IncentiveDocument>(all);
    // The document knows no further keys, so it is not referred to, but widened.
    let mut schema = json!(IncentiveDocument::schema());
    let text = |about: &str| json!({ "type": "string", "description": about });
    schema["properties"]["id"] = text("Of the incentive that is there, to keep what it has pinned.");
    schema["properties"]["from"] = text("First day, or RFC 3339 instant.");
    schema["properties"]["to"] = text("First day, or RFC 3339 instant, after it.");
    schema
}
