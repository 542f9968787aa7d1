//! An incentive's settings as people read them: one line a value, with the labels of the plugin's own form.

use plaudit_core::{incentive::Incentive, rule::Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Locale, Texts, shorten};

/// Lines shown; a document may have more.
const LINES_MAX: usize = 200;

/// A value with its label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ExplainedSetting)]
pub struct Setting {
    /// Where it stands in the form, such as `Prizes › Rank`.
    pub label: String,
    /// The value in words.
    pub value: String,
}

impl Texts {
    /// The settings of an incentive, in the document's order. Labels are the plugin's texts in the reader's language,
    /// else the titles of its schema, else the fields' names.
    pub fn settings(&self, locale: Locale, incentive: &Incentive, schema: Option<&Value>) -> Vec<Setting> {
        let reader = Form { texts: self, locale, incentive };
        let mut lines = Vec::new();
        if let Ok(document) = serde_json::from_str::<Value>(&incentive.settings) {
            reader.walk(&document, &Place::default(), schema, &mut lines);
        }
        lines
    }
}

struct Form<'a> {
    texts: &'a Texts,
    locale: Locale,
    incentive: &'a Incentive,
}

/// Where a value stands: for the plugin's texts, and for people.
#[derive(Clone, Default)]
struct Place {
    message: String,
    labels: Vec<String>,
}

impl Place {
    fn item(&self, number: usize) -> Self {
        let mut labels = self.labels.clone();
        if let Some(last) = labels.last_mut() {
            last.push_str(&format!(" {number}"));
        }
        Self { message: self.message.clone(), labels }
    }
}

impl Form<'_> {
    fn field(&self, place: &Place, name: &str, schema: Option<&Value>) -> Place {
        let message =
            format!("{}-{name}", if place.message.is_empty() { "settings" } else { &place.message });
        let (id, plugin) = (&self.incentive.id, &self.incentive.plugin);
        let title = schema.and_then(|s| s.get("title")).and_then(Value::as_str);
        let label = if self.texts.has(self.locale, id, plugin, &message) {
            let text = Text { message: message.clone(), arguments: Vec::new() };
            self.texts.text(self.locale, id, plugin, &text)
        } else {
            title.map_or_else(|| name.replace(['_', '-'], " "), ToOwned::to_owned)
        };
        Place { message, labels: [&place.labels[..], &[label]].concat() }
    }

    fn walk(&self, value: &Value, place: &Place, schema: Option<&Value>, lines: &mut Vec<Setting>) {
        if lines.len() >= LINES_MAX {
            return;
        }
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let schema = schema.and_then(|s| s.get("properties")?.get(name));
                    self.walk(value, &self.field(place, name, schema), schema, lines);
                }
            }
            Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
                let items: Vec<String> = items.iter().map(|item| self.leaf(item)).collect();
                lines.push(Setting { label: place.labels.join(" › "), value: items.join(", ") });
            }
            Value::Array(items) => {
                let schema = schema.and_then(|s| s.get("items"));
                for (number, item) in items.iter().enumerate() {
                    self.walk(item, &place.item(number + 1), schema, lines);
                }
            }
            leaf => lines.push(Setting { label: place.labels.join(" › "), value: self.leaf(leaf) }),
        }
    }

    fn leaf(&self, value: &Value) -> String {
        match value {
            Value::Bool(true) => self.texts.own(self.locale, "page-yes", &[]),
            Value::Bool(false) => self.texts.own(self.locale, "page-no", &[]),
            Value::Number(number) => {
                number.as_f64().map_or_else(|| number.to_string(), |n| self.locale.number(n, 0, 2, true))
            }
            Value::String(text) => shorten(text, 200),
            Value::Null => "–".to_owned(),
            Value::Array(_) | Value::Object(_) => value.to_string(),
        }
    }
}
