//! An incentive's settings as people read them: one line a value, with the labels of the plugin's own form.

use plaudit_core::rule::Text;
use serde_json::Value;

use super::say::Say;
use crate::{api::house::IncentiveRecord, texts::shorten};

/// Lines shown; a document may have more.
const LINES_MAX: usize = 200;

/// A value with its label.
pub(super) struct Setting {
    pub(super) label: String,
    pub(super) value: String,
}

/// The settings of an incentive, in the document's order.
pub(super) fn of(say: &Say, record: &IncentiveRecord) -> Vec<Setting> {
    let mut lines = Vec::new();
    if let Ok(document) = serde_json::from_str::<Value>(&record.incentive.settings) {
        walk(say, record, &document, &Place::default(), &mut lines);
    }
    lines
}

/// Where a value stands: for the plugin's texts, and for people.
#[derive(Clone, Default)]
struct Place {
    message: String,
    labels: Vec<String>,
}

impl Place {
    fn field(&self, say: &Say, record: &IncentiveRecord, name: &str) -> Self {
        let message = format!("{}-{name}", if self.message.is_empty() { "settings" } else { &self.message });
        let (id, plugin) = (&record.incentive.id, &record.incentive.plugin);
        let label = if say.texts.has(say.locale, id, plugin, &message) {
            say.texts.text(say.locale, id, plugin, &Text { message: message.clone(), arguments: Vec::new() })
        } else {
            name.replace(['_', '-'], " ")
        };
        Self { message, labels: [&self.labels[..], &[label]].concat() }
    }

    fn item(&self, number: usize) -> Self {
        let mut labels = self.labels.clone();
        if let Some(last) = labels.last_mut() {
            last.push_str(&format!(" {number}"));
        }
        Self { message: self.message.clone(), labels }
    }
}

fn walk(say: &Say, record: &IncentiveRecord, value: &Value, place: &Place, lines: &mut Vec<Setting>) {
    if lines.len() >= LINES_MAX {
        return;
    }
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                walk(say, record, value, &place.field(say, record, name), lines);
            }
        }
        Value::Array(items) if items.iter().all(|item| !item.is_object() && !item.is_array()) => {
            let items: Vec<String> = items.iter().map(|item| leaf(say, item)).collect();
            lines.push(Setting { label: place.labels.join(" › "), value: items.join(", ") });
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                walk(say, record, item, &place.item(number + 1), lines);
            }
        }
        leaf_value => {
            lines.push(Setting { label: place.labels.join(" › "), value: leaf(say, leaf_value) });
        }
    }
}

fn leaf(say: &Say, value: &Value) -> String {
    match value {
        Value::Bool(true) => say.t("yes"),
        Value::Bool(false) => say.t("no"),
        Value::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |n| say.number(n)),
        Value::String(text) => shorten(text, 200),
        Value::Null => "–".to_owned(),
        Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}
