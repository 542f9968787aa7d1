//! What happens in a contact centre, as events.

use serde_json::{Value, json};

/// A moment at which something happens, such as `2026-03-02T09:00:00Z`.
#[derive(Clone, Debug)]
pub struct At(String);

/// Something that happened: an event before it is posted.
#[derive(Clone, Debug)]
pub struct Fact {
    event: Value,
}

/// At this time, RFC 3339.
pub fn at(time: &str) -> At {
    At(time.to_owned())
}

impl At {
    /// Somebody finished a contact.
    pub fn call(&self, agent: &str) -> Fact {
        self.fact("contact.completed", agent, json!({ "channel": "voice", "handle_s": 240 }))
    }

    /// A customer rated somebody, 1 to 5.
    pub fn rating(&self, agent: &str, csat: u32) -> Fact {
        self.fact("survey.answered", agent, json!({ "csat": csat }))
    }

    /// Somebody sold something.
    pub fn sale(&self, agent: &str, amount: u32) -> Fact {
        self.fact("sale.closed", agent, json!({ "amount": amount, "currency": "EUR", "product": "plan" }))
    }

    /// Anything else.
    pub fn fact(&self, kind: &str, agent: &str, data: Value) -> Fact {
        let name = format!("{kind}/{agent}/{}", self.0);
        Fact {
            event: json!({
                "specversion": "1.0",
                "id": name,
                "source": "/tests/acd",
                "type": kind,
                "subject": format!("agent/{agent}"),
                "time": self.0,
                "entity": name,
                "data": data,
            }),
        }
    }
}

impl Fact {
    /// Of this business object, such as an order; a later word about it has a higher revision.
    #[must_use]
    pub fn of(mut self, entity: &str, revision: u32) -> Self {
        self.event["id"] = json!(format!("{entity}/{revision}"));
        self.event["entity"] = json!(entity);
        self.event["revision"] = json!(revision.to_string());
        self
    }

    /// It never was.
    #[must_use]
    pub fn taken_back(mut self) -> Self {
        self.event["retracted"] = json!("true");
        self
    }

    /// With another field, such as a wrong one.
    #[must_use]
    pub fn with(mut self, field: &str, value: Value) -> Self {
        self.event[field] = value;
        self
    }

    /// The event's id.
    pub fn id(&self) -> &str {
        self.event["id"].as_str().unwrap_or_default()
    }

    /// As a CloudEvent.
    pub fn json(&self) -> &Value {
        &self.event
    }
}
