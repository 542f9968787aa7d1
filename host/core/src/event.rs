//! Events: facts about one subject at one time.

use serde::{Deserialize, Serialize};

use crate::{Id, Millis};

/// What kind of thing an event speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SubjectKind {
    /// `agent/<id>`; in the journal the id is opaque.
    Agent,
    /// `team/<id>`.
    Team,
    /// `queue/<id>`.
    Queue,
}

/// Whom an event speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// Its kind.
    pub kind: SubjectKind,
    /// Its id without the kind.
    pub id: Id,
}

impl Subject {
    /// An agent by opaque id.
    pub fn agent(id: impl Into<Id>) -> Self {
        Self { kind: SubjectKind::Agent, id: id.into() }
    }

    /// A team.
    pub fn team(id: impl Into<Id>) -> Self {
        Self { kind: SubjectKind::Team, id: id.into() }
    }

    /// A queue.
    pub fn queue(id: impl Into<Id>) -> Self {
        Self { kind: SubjectKind::Queue, id: id.into() }
    }

    /// Reads `agent/<id>`, `team/<id>` or `queue/<id>`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once('/')?;
        let kind = match kind {
            "agent" => SubjectKind::Agent,
            "team" => SubjectKind::Team,
            "queue" => SubjectKind::Queue,
            _ => return None,
        };
        (!id.is_empty()).then(|| Self { kind, id: id.into() })
    }
}

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self.kind {
            SubjectKind::Agent => "agent",
            SubjectKind::Team => "team",
            SubjectKind::Queue => "queue",
        };
        write!(f, "{kind}/{}", self.id)
    }
}

/// A field's value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Finite.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// At most [`crate::limits::EVENT_TEXT_BYTES_MAX`].
    Text(Id),
}

/// A fact, as the journal keeps it: only declared fields, agents by opaque id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Where it comes from; with `id` it names the message.
    pub source: Id,
    /// Unique within the source.
    pub id: Id,
    /// Such as `contact.completed`.
    pub kind: Id,
    /// Whom it speaks of.
    pub subject: Subject,
    /// When it happened.
    pub time: Millis,
    /// The business object it speaks of; with source and kind it names the fact. An event without one is its own.
    pub entity: Option<Id>,
    /// Version of the entity's fact; the larger one holds.
    pub revision: u64,
    /// Whether this version says that the fact never was.
    pub retracted: bool,
    /// Declared fields, by name.
    pub fields: Vec<(Id, Value)>,
}

impl Event {
    /// The name that orders facts of equal time and identifies the fact: the entity, else the event's id.
    pub fn fact_name(&self) -> &Id {
        self.entity.as_ref().unwrap_or(&self.id)
    }

    /// Whether this version replaces `other` of the same fact: larger revision, then larger id.
    pub fn supersedes(&self, other: &Event) -> bool {
        (self.revision, &self.id) > (other.revision, &other.id)
    }

    /// A field's value.
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.fields.iter().find(|(n, _)| &**n == name).map(|(_, v)| v)
    }
}
