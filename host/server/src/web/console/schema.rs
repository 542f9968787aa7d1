//! Settings as a form asks for them: read from what was sent, checked against the plugin's schema. Pure.
//!
//! What can't be read as the schema wants it stays in the document as it was typed, so that the form shows it again
//! with what is wrong.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::sent::Sent;

/// Rows of a list that a form reads; a schema may allow more.
const ROWS_MAX: usize = 100;
/// Longest text of a setting, in bytes.
const TEXT_BYTES_MAX: usize = 2000;

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wrong {
    /// It has to be given.
    Missing,
    /// It is no number.
    Number,
    /// It is no whole number.
    Whole,
    /// It is less than this.
    Least(f64),
    /// It is more than this.
    Most(f64),
    /// It is none of the choices.
    Choice,
    /// The list has fewer rows than this.
    RowsLeast(f64),
    /// The list has more rows than this.
    RowsMost(f64),
}

/// What is wrong, by JSON pointer.
pub(super) type Wrongs = BTreeMap<String, Wrong>;

pub(super) fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of.get(key).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn number(of: &Value, key: &str) -> Option<f64> {
    of.get(key).and_then(Value::as_f64)
}

pub(super) fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

pub(super) fn is_required(schema: &Value, name: &str) -> bool {
    schema["required"].as_array().into_iter().flatten().any(|required| required.as_str() == Some(name))
}

/// Whether a field may be left out as a whole: an object that nothing asks for.
pub(super) fn is_optional_group(of: &Value, required: bool) -> bool {
    text(of, "type") == "object" && !required && of.get("default").is_none()
}

/// Choices with their titles.
pub(super) fn choices(of: &Value) -> Vec<(String, Option<String>)> {
    let titled = of["oneOf"].as_array().into_iter().flatten().filter_map(|choice| {
        let title = choice.get("title").and_then(Value::as_str).map(str::to_owned);
        Some((choice.get("const")?.as_str()?.to_owned(), title))
    });
    let plain = of["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
    titled.chain(plain.map(|choice| (choice.to_owned(), None))).collect()
}

/// Settings that say nothing but what the schema does by itself.
pub(super) fn defaults(schema: &Value) -> Map<String, Value> {
    let mut document = Map::new();
    for (name, of) in properties(schema) {
        let required = is_required(schema, name);
        let value = match (of.get("default"), text(of, "type")) {
            (Some(default), _) if !default.is_null() => default.clone(),
            (_, "object") if required => Value::Object(defaults(of)),
            (_, "array") if required && is_table(of) => {
                let rows = number(of, "minItems").map_or(0, |least| least.clamp(0.0, 10.0) as usize);
                Value::Array(vec![Value::Object(defaults(&of["items"])); rows])
            }
            _ => continue,
        };
        document.insert(name.clone(), value);
    }
    document
}

/// Whether it is a list of objects.
pub(super) fn is_table(of: &Value) -> bool {
    text(of, "type") == "array" && text(&of["items"], "type") == "object"
}

/// What a form says of an object. Field names are `s` and the JSON pointer; a list's `#` says how many rows it has.
pub(super) fn read(schema: &Value, at: &str, sent: &Sent) -> Map<String, Value> {
    let mut document = Map::new();
    for (name, of) in properties(schema) {
        let place = format!("{at}/{name}");
        let required = is_required(schema, name);
        let value = match text(of, "type") {
            "object" => {
                let inner = read(of, &place, sent);
                let is_left_out = is_optional_group(of, required) && is_blank(of, &inner);
                (!is_left_out).then_some(Value::Object(inner))
            }
            "array" if is_table(of) => {
                let rows = sent.get(&format!("s{place}#")).parse::<usize>().unwrap_or(0).min(ROWS_MAX);
                let row = |index: usize| Value::Object(read(&of["items"], &format!("{place}/{index}"), sent));
                Some(Value::Array((0..rows).map(row).collect()))
            }
            "array" => {
                let typed = sent.get(&format!("s{place}"));
                let pieces = typed.split([';', '、', '；', ' ']).map(str::trim).filter(|p| !p.is_empty());
                Some(Value::Array(
                    pieces.take(ROWS_MAX).filter_map(|p| leaf(&of["items"], p, sent)).collect(),
                ))
            }
            "boolean" => Some(Value::Bool(sent.has(&format!("s{place}")))),
            _ => leaf(of, sent.get(&format!("s{place}")), sent),
        };
        if let Some(value) = value {
            document.insert(name.clone(), value);
        }
    }
    document
}

/// A typed value; nothing if nothing was typed.
fn leaf(of: &Value, typed: &str, sent: &Sent) -> Option<Value> {
    if typed.is_empty() {
        return None;
    }
    let typed = &typed[..typed.floor_char_boundary(TEXT_BYTES_MAX)];
    let as_typed = || Value::String(typed.to_owned());
    Some(match text(of, "type") {
        "integer" | "number" => sent.real(typed).and_then(number_of).unwrap_or_else(as_typed),
        _ => as_typed(),
    })
}

fn number_of(value: f64) -> Option<Value> {
    // Beyond this a float does not count every whole number.
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Some(Value::from(value as i64));
    }
    serde_json::Number::from_f64(value).map(Value::Number)
}

/// Whether a group says nothing beyond its defaults.
fn is_blank(schema: &Value, document: &Map<String, Value>) -> bool {
    document.iter().all(|(name, value)| {
        let of = &schema["properties"][name];
        match value {
            _ if of.get("default") == Some(value) => true,
            Value::Object(inner) => is_blank(of, inner),
            Value::Array(rows) => rows.is_empty(),
            Value::Bool(is_on) => !is_on,
            _ => false,
        }
    })
}

/// Checks a document against the schema, as far as a form can: the plugin itself has the last word.
pub(super) fn check(schema: &Value, document: &Map<String, Value>, at: &str, wrongs: &mut Wrongs) {
    for (name, of) in properties(schema) {
        let place = format!("{at}/{name}");
        match document.get(name) {
            Some(value) => value_of(of, value, &place, wrongs),
            None if is_required(schema, name) => {
                wrongs.insert(place, Wrong::Missing);
            }
            None => {}
        }
    }
}

fn value_of(of: &Value, value: &Value, place: &str, wrongs: &mut Wrongs) {
    let wrong = match (text(of, "type"), value) {
        ("object", Value::Object(inner)) => {
            check(of, inner, place, wrongs);
            None
        }
        ("array", Value::Array(rows)) => {
            for (index, row) in rows.iter().enumerate() {
                // A list in one field is wrong as a whole.
                let place = if is_table(of) { format!("{place}/{index}") } else { place.to_owned() };
                value_of(&of["items"], row, &place, wrongs);
            }
            let count = rows.len() as f64;
            bound(of, count, "minItems", "maxItems").map(|least| match least {
                Bound::Least(n) => Wrong::RowsLeast(n),
                Bound::Most(n) => Wrong::RowsMost(n),
            })
        }
        ("integer" | "number", value) => match value.as_f64() {
            None => Some(Wrong::Number),
            Some(n) if text(of, "type") == "integer" && n.fract() != 0.0 => Some(Wrong::Whole),
            Some(n) => bound(of, n, "minimum", "maximum").map(|bound| match bound {
                Bound::Least(n) => Wrong::Least(n),
                Bound::Most(n) => Wrong::Most(n),
            }),
        },
        ("string", Value::String(chosen)) => {
            let choices = choices(of);
            let is_one = choices.is_empty() || choices.iter().any(|(choice, _)| choice == chosen);
            (!is_one).then_some(Wrong::Choice)
        }
        _ => None,
    };
    if let Some(wrong) = wrong {
        wrongs.insert(place.to_owned(), wrong);
    }
}

enum Bound {
    Least(f64),
    Most(f64),
}

fn bound(of: &Value, value: f64, least: &str, most: &str) -> Option<Bound> {
    if let Some(least) = number(of, least).filter(|least| value < *least) {
        return Some(Bound::Least(least));
    }
    number(of, most).filter(|most| value > *most).map(Bound::Most)
}

/// Adds a row of defaults to a list, or takes one away: `add /prizes`, `remove /prizes/1`. Returns the place to look at.
pub(super) fn change_rows(schema: &Value, document: &mut Map<String, Value>, act: &str) -> Option<String> {
    let (verb, place) = act.split_once(' ')?;
    match verb {
        "add" => {
            let of = schema_at(schema, place)?;
            let row = Value::Object(defaults(is_table(of).then_some(&of["items"])?));
            let (parent, name) = place.rsplit_once('/')?;
            let mut whole = Value::Object(std::mem::take(document));
            let parent = whole.pointer_mut(parent);
            let count = parent.and_then(Value::as_object_mut).and_then(|parent| {
                let rows = parent.entry(name).or_insert_with(|| Value::Array(Vec::new())).as_array_mut()?;
                if rows.len() < ROWS_MAX {
                    rows.push(row);
                }
                Some(rows.len())
            });
            *document = into_object(whole);
            Some(format!("{place}/{}", count?.saturating_sub(1)))
        }
        "remove" => {
            let (list, index) = place.rsplit_once('/')?;
            let index: usize = index.parse().ok()?;
            let mut whole = Value::Object(std::mem::take(document));
            if let Some(rows) = whole.pointer_mut(list).and_then(Value::as_array_mut)
                && index < rows.len()
            {
                rows.remove(index);
            }
            *document = into_object(whole);
            Some(list.to_owned())
        }
        _ => None,
    }
}

fn into_object(value: Value) -> Map<String, Value> {
    if let Value::Object(object) = value { object } else { Map::new() }
}

/// The schema of what a pointer names.
fn schema_at<'a>(schema: &'a Value, place: &str) -> Option<&'a Value> {
    let mut of = schema;
    for name in place.split('/').skip(1) {
        of = match text(of, "type") {
            "array" => &of["items"],
            _ => of.get("properties")?.get(name)?,
        };
    }
    Some(of)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::texts::Locale;

    fn contest() -> Value {
        json!({ "type": "object", "required": ["metrics"], "properties": {
            "who": { "type": "string", "default": "agents", "oneOf": [{ "const": "agents" }, { "const": "teams" }] },
            "metrics": { "type": "array", "minItems": 1, "maxItems": 2, "items": { "type": "object",
                "required": ["metric"], "properties": {
                    "metric": { "type": "string", "x-plaudit": "metric" },
                    "weight": { "type": "number", "default": 1, "minimum": -10, "maximum": 10 } } } },
            "bar": { "type": "object", "required": ["value"], "properties": {
                "value": { "type": "number" },
                "reward": { "type": "object", "properties": {
                    "currency": { "type": "string", "default": "points" }, "points": { "type": "integer" } } } } },
            "open": { "type": "boolean", "default": false },
            "at": { "type": "array", "items": { "type": "integer", "maximum": 90 } },
        } })
    }

    fn read_form(pairs: &[(&str, &str)]) -> Map<String, Value> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        read(&contest(), "", &Sent::read(body.as_bytes(), Locale::En))
    }

    fn wrongs(document: &Map<String, Value>) -> Vec<(String, Wrong)> {
        let mut wrongs = Wrongs::new();
        check(&contest(), document, "", &mut wrongs);
        wrongs.into_iter().collect()
    }

    #[test]
    fn a_form_becomes_the_document_that_the_plugin_takes() {
        let document = read_form(&[
            ("s/who", "teams"),
            ("s/metrics#", "2"),
            ("s/metrics/0/metric", "calls"),
            ("s/metrics/0/weight", "1.5"),
            ("s/metrics/1/metric", "sales"),
            ("s/metrics/1/weight", ""),
            ("s/bar/reward/currency", "points"),
            ("s/open", "on"),
            ("s/at", "25; 50"),
        ]);
        let expected = json!({ "who": "teams", "open": true, "at": [25, 50],
            "metrics": [{ "metric": "calls", "weight": 1.5 }, { "metric": "sales" }] });
        assert_eq!(Value::Object(document.clone()), expected, "a group of nothing but defaults is left out");
        assert_eq!(wrongs(&document), []);
    }

    #[test]
    fn what_is_wrong_stays_as_it_was_typed_and_is_named_by_its_place() {
        let document = read_form(&[
            ("s/who", "nobody"),
            ("s/metrics#", "3"),
            ("s/metrics/0/weight", "lots"),
            ("s/metrics/1/metric", "calls"),
            ("s/metrics/1/weight", "11"),
            ("s/metrics/2/metric", "calls"),
            ("s/bar/reward/points", "1.5"),
            ("s/at", "25; 91"),
        ]);
        assert_eq!(document["metrics"][0]["weight"], "lots");
        let expected = [
            ("/at", Wrong::Most(90.0)),
            ("/bar/reward/points", Wrong::Whole),
            ("/bar/value", Wrong::Missing),
            ("/metrics", Wrong::RowsMost(2.0)),
            ("/metrics/0/metric", Wrong::Missing),
            ("/metrics/0/weight", Wrong::Number),
            ("/metrics/1/weight", Wrong::Most(10.0)),
            ("/who", Wrong::Choice),
        ];
        assert_eq!(wrongs(&document), expected.map(|(place, wrong)| (place.to_owned(), wrong)));
    }

    #[test]
    fn rows_come_and_go() {
        let mut document = defaults(&contest());
        assert_eq!(
            Value::Object(document.clone()),
            json!({ "who": "agents", "open": false, "metrics": [{ "weight": 1 }] }),
            "as many rows as there have to be"
        );
        assert_eq!(change_rows(&contest(), &mut document, "add /metrics").as_deref(), Some("/metrics/1"));
        document["metrics"][1]["metric"] = json!("sales");
        assert_eq!(change_rows(&contest(), &mut document, "remove /metrics/0").as_deref(), Some("/metrics"));
        assert_eq!(document["metrics"], json!([{ "weight": 1, "metric": "sales" }]));
        for nonsense in ["add /who", "add /none", "remove /metrics/9", "remove", "burn /metrics"] {
            let before = document.clone();
            change_rows(&contest(), &mut document, nonsense);
            assert_eq!(document, before, "{nonsense}");
        }
    }
}
