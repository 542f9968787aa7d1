//! What belongs to each row of the route table: words, examples, and the types that its handler takes and gives.

mod books;
mod house;
mod incentives;
mod kudos;

use serde_json::{Value, json};
use utoipa::{
    IntoParams,
    openapi::path::{Parameter, ParameterIn},
};

use super::shapes::Shape;

/// Groups of operations.
pub(super) const TAGS: [(&str, &str); 11] = [
    ("events", "Facts come in."),
    ("catalogue", "Metrics, fields and plugins."),
    ("people", "Sites, teams, agents."),
    ("incentives", "Enabled, previewed, changed, ended."),
    ("awards", "What people got, and why."),
    ("kudos", "Thanks from person to person."),
    ("draws", "Tickets, winners, receipts."),
    ("money", "Budgets, prizes, balances, payroll."),
    ("connections", "Sources, webhooks, deliveries, tokens."),
    ("accounts", "Who signs in, and who changed what."),
    ("house", "How the house itself is."),
];

/// An operation as it is described.
pub(super) struct Operation {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) tag: &'static str,
    pub(super) summary: &'static str,
    pub(super) about: &'static str,
    pub(super) query: Vec<Parameter>,
    pub(super) body: Option<Body>,
    pub(super) gives: Vec<(u16, &'static str, Content)>,
}

/// What a request holds.
pub(super) struct Body {
    pub(super) about: &'static str,
    pub(super) is_required: bool,
    /// Media type, schema, example.
    pub(super) contents: Vec<(&'static str, Shape, Option<Value>)>,
}

/// What an answer holds.
pub(super) enum Content {
    Nothing,
    Json(Shape),
    /// Text of a media type.
    Text(&'static str),
}

impl Operation {
    fn new(method: &'static str, path: &'static str, tag: &'static str, summary: &'static str) -> Self {
        let (query, gives) = (Vec::new(), Vec::new());
        Self { method, path, tag, summary, about: "", query, body: None, gives }
    }

    fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }

    fn query<T: IntoParams>(mut self) -> Self {
        self.query = T::into_params(|| Some(ParameterIn::Query));
        self
    }

    /// A document: JSON, or TOML where people write it by hand.
    fn takes(self, shape: Shape, example: Value) -> Self {
        let about = "JSON; `application/toml` is taken, too.";
        self.body(Body {
            about,
            is_required: true,
            contents: vec![("application/json", shape, Some(example))],
        })
    }

    fn body(mut self, body: Body) -> Self {
        self.body = Some(body);
        self
    }

    fn gives(mut self, status: u16, what: &'static str, content: Content) -> Self {
        self.gives.push((status, what, content));
        self
    }

    fn json(self, what: &'static str, shape: Shape) -> Self {
        self.gives(200, what, Content::Json(shape))
    }

    /// A `PUT` that makes or changes.
    fn puts(self, shape: Shape) -> Self {
        self.gives(200, "As it is now.", Content::Json(shape)).gives(201, "It is new.", Content::Json(shape))
    }

    /// Something that was written into the journal.
    fn made(self, what: &'static str, shape: Shape) -> Self {
        self.gives(201, what, Content::Json(shape))
    }

    fn nothing(self, what: &'static str) -> Self {
        self.gives(204, what, Content::Nothing)
    }
}

fn get(path: &'static str, tag: &'static str, summary: &'static str) -> Operation {
    Operation::new("GET", path, tag, summary)
}

fn post(path: &'static str, tag: &'static str, summary: &'static str) -> Operation {
    Operation::new("POST", path, tag, summary)
}

fn put(path: &'static str, tag: &'static str, summary: &'static str) -> Operation {
    Operation::new("PUT", path, tag, summary)
}

fn delete(path: &'static str, tag: &'static str, summary: &'static str) -> Operation {
    Operation::new("DELETE", path, tag, summary)
}

/// All of them.
pub(super) fn all() -> Vec<Operation> {
    [house::all(), incentives::all(), books::all(), kudos::all()].into_iter().flatten().collect()
}

/// What a piece of a path is.
pub(super) fn path_parameter(path: &str, name: &str) -> (&'static str, Value) {
    let text = json!({ "type": "string" });
    let about = match (name, path) {
        ("decision", _) => {
            let words = json!({ "type": "string", "enum": ["pause", "resume", "end"] });
            return ("What is decided.", words);
        }
        ("id", "/v1/deliveries/{id}/retry") => {
            return ("Its number.", json!({ "type": "integer", "minimum": 0 }));
        }
        ("id", path) if path.starts_with("/v1/agents") || path.starts_with("/v1/people") => {
            "Id of your own systems, or the opaque one."
        }
        ("id", path) if path.starts_with("/v1/awards") => "Digest of the award.",
        ("id", _) => "Its id.",
        ("name", _) => "Its name.",
        ("type", _) => "An event type, such as `survey.answered`.",
        ("plugin", _) => "A digest, `name` (the newest) or `name@version`.",
        ("board", _) => "Name of the board, as the rule has it.",
        ("period", _) => "Id of a period, such as `2026-03-02`.",
        ("draw", _) => "Name of the draw, as the rule has it.",
        ("incentive", _) => "Id of the incentive.",
        _ => "",
    };
    (about, text)
}
