//! Whether a settings schema makes a form: fields with titles, ranges that are some, defaults that fit.

use serde_json::{Map, Value};

use super::finding::Finding;

/// Lists that a form can offer for a field.
const PICKERS: [&str; 5] = ["metric", "team", "currency", "queue", AMOUNT];
/// A field for units of a currency: an object for the document, one field with the form's own words for people.
const AMOUNT: &str = "amount";
/// Kinds that a form can ask for.
const KINDS: [&str; 6] = ["object", "array", "string", "number", "integer", "boolean"];

/// A field of the form, by its path in the texts: `settings-tiers-at`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Message of its title in translations.
    pub(super) message: String,
    /// As the document has it.
    pub(super) name: String,
    /// In English, from the schema; empty if there is none.
    pub(super) title: String,
    /// Whether the schema has a help text.
    pub(super) has_help: bool,
    /// Names of its choices that have titles.
    pub(super) choices: Vec<String>,
    /// Depth in the form, from 0.
    pub(super) depth: usize,
    /// Kind, range, unit, default, in words.
    pub(super) terms: String,
}

/// All fields of a form, parents before children.
pub(super) fn fields(schema: &Value) -> Vec<Field> {
    let mut found = Vec::new();
    collect(schema, "settings", 0, &mut found);
    found
}

fn collect(schema: &Value, path: &str, depth: usize, found: &mut Vec<Field>) {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (name, of) in properties {
        let message = format!("{path}-{name}");
        let inner = of.get("items").unwrap_or(of);
        let choices = inner["oneOf"].as_array().into_iter().flatten();
        let choices = choices.filter(|choice| !text(choice, "title").is_empty());
        found.push(Field {
            message: message.clone(),
            name: name.clone(),
            title: text(of, "title").to_owned(),
            has_help: !text(of, "description").is_empty(),
            choices: choices.map(|choice| text(choice, "const").to_owned()).collect(),
            depth,
            terms: terms(of, required.contains(&name.as_str())),
        });
        if !is_amount(inner) {
            collect(inner, &message, depth + 1, found);
        }
    }
}

fn is_amount(of: &Value) -> bool {
    text(of, "x-plaudit") == AMOUNT
}

fn terms(of: &Value, is_required: bool) -> String {
    let inner = of.get("items").unwrap_or(of);
    let mut parts = Vec::new();
    let kind = text(inner, "type");
    let kind = match inner.get("x-plaudit").or(of.get("x-plaudit")).and_then(Value::as_str) {
        None => kind.to_owned(),
        Some(AMOUNT) => "an amount of a currency".to_owned(),
        Some(picker) => format!("a {picker}"),
    };
    parts.push(if of.get("items").is_some() { format!("list of {kind}") } else { kind });
    let choices = inner["oneOf"].as_array().into_iter().flatten().map(|choice| text(choice, "const"));
    let choices: Vec<&str> =
        choices.chain(inner["enum"].as_array().into_iter().flatten().filter_map(Value::as_str)).collect();
    if !choices.is_empty() {
        parts.push(choices.join(" | "));
    }
    let ranged = if is_amount(inner) { &inner["properties"]["units"] } else { of };
    match (ranged.get("minimum"), ranged.get("maximum")) {
        (Some(least), Some(most)) => parts.push(format!("{least} to {most}")),
        (Some(least), None) => parts.push(format!("at least {least}")),
        (None, Some(most)) => parts.push(format!("at most {most}")),
        (None, None) => {}
    }
    if let Some(unit) = of.get("x-plaudit-unit").and_then(Value::as_str) {
        parts.push(unit.to_owned());
    }
    match of.get("default") {
        Some(default) if is_amount(of) => {
            parts.push(format!("default {} {}", default["units"], text(default, "currency")));
        }
        Some(default) => parts.push(format!("default {default}")),
        None if is_required => parts.push("required".to_owned()),
        None => parts.push("optional".to_owned()),
    }
    parts.join(", ")
}

/// Fields at the top that have to be given.
pub(super) fn required(schema: &Value) -> Vec<String> {
    let names = schema["required"].as_array().into_iter().flatten();
    names.filter_map(Value::as_str).map(|name| format!("/{name}")).collect()
}

/// What is wrong with a schema.
pub(super) fn check(schema: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    object(schema, "", &mut findings);
    findings
}

fn object(schema: &Value, at: &str, findings: &mut Vec<Finding>) {
    let place = if at.is_empty() { "the settings" } else { at };
    if schema.get("type").and_then(Value::as_str) != Some("object") {
        findings.push(wrong(place, "have to be of \"type\": \"object\", so that a form has fields"));
        return;
    }
    let nothing = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&nothing);
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !properties.contains_key(name) {
            findings.push(wrong(place, &format!("require `{name}`, which is no field of theirs")));
        }
    }
    for (name, of) in properties {
        field(of, &format!("{at}/{name}"), findings);
    }
}

fn field(of: &Value, at: &str, findings: &mut Vec<Finding>) {
    if text(of, "title").is_empty() {
        let message =
            format!("{at} has no title, so the form shows the field's name: write a doc comment over it");
        findings.push(Finding::warning("schema", message));
    }
    let kind = text(of, "type");
    if !KINDS.contains(&kind) {
        let shown = of.get("type").map_or_else(|| "nothing".to_owned(), Value::to_string);
        findings.push(wrong(at, &format!("is of type {shown}; a form knows {}", KINDS.join(", "))));
        return;
    }
    if let Some(picker) = of.get("x-plaudit")
        && !picker.as_str().is_some_and(|name| PICKERS.contains(&name))
    {
        findings.push(wrong(at, &format!("picks from {picker}; a form knows {}", PICKERS.join(", "))));
    }
    for (least, most) in [("minimum", "maximum"), ("minItems", "maxItems")] {
        if let (Some(low), Some(high)) = (number(of, least), number(of, most))
            && low > high
        {
            findings.push(wrong(at, &format!("has to be at least {low} and at most {high}: nothing is")));
        }
    }
    if let Some(default) = of.get("default").filter(|default| !default.is_null())
        && let Err(problem) = fits(of, default)
    {
        findings.push(wrong(at, &format!("has a default that it would refuse: it {problem}")));
    }
    match kind {
        "object" => object(of, at, findings),
        "array" => match of.get("items") {
            Some(items) if text(items, "type") == "object" => object(items, at, findings),
            Some(_) => {}
            None => findings.push(wrong(at, "is a list of nothing: say its `items`")),
        },
        _ => {}
    }
}

/// Whether a value is one that the field takes; else why not.
fn fits(of: &Value, value: &Value) -> Result<(), String> {
    let is_kind = match text(of, "type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.as_f64().is_some_and(|n| n.fract() == 0.0),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => true,
    };
    if !is_kind {
        return Err(format!("is {value}, which is no {}", text(of, "type")));
    }
    let size = value.as_f64().or_else(|| value.as_array().map(|items| items.len() as f64));
    let (least, most) = if value.is_array() { ("minItems", "maxItems") } else { ("minimum", "maximum") };
    if let Some(size) = size {
        if let Some(least) = number(of, least).filter(|least| size < *least) {
            return Err(format!("is {size}, less than {least}"));
        }
        if let Some(most) = number(of, most).filter(|most| size > *most) {
            return Err(format!("is {size}, more than {most}"));
        }
    }
    if is_amount(of) {
        let units = value.get("units").ok_or("has no units")?;
        return fits(&of["properties"]["units"], units).map_err(|problem| format!("has units: it {problem}"));
    }
    let choices = of["oneOf"].as_array().into_iter().flatten().filter_map(|choice| choice.get("const"));
    let choices: Vec<&Value> = choices.chain(of["enum"].as_array().into_iter().flatten()).collect();
    if !choices.is_empty() && !choices.contains(&value) {
        return Err(format!("is {value}, none of its choices"));
    }
    Ok(())
}

fn wrong(at: &str, what: &str) -> Finding {
    Finding::error("schema", format!("the settings schema: {at} {what}"))
}

fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn number(of: &Value, key: &str) -> Option<f64> {
    of.get(key).and_then(Value::as_f64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn messages(schema: &Value) -> Vec<String> {
        check(schema).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn each_mistake_is_found_with_its_field() {
        let with = |field: Value| json!({ "type": "object", "properties": { "at": field } });
        for (field, words) in [
            (json!({ "type": "integer" }), "/at has no title"),
            (json!({ "title": "t", "type": "date" }), "/at is of type \"date\"; a form knows object"),
            (json!({ "title": "t" }), "/at is of type nothing"),
            (json!({ "title": "t", "type": "string", "x-plaudit": "agent" }), "/at picks from \"agent\""),
            (json!({ "title": "t", "type": "number", "minimum": 5, "maximum": 1 }), "nothing is"),
            (json!({ "title": "t", "type": "integer", "minimum": 2, "default": 1 }), "less than 2"),
            (json!({ "title": "t", "type": "integer", "maximum": 2, "default": 3 }), "more than 2"),
            (json!({ "title": "t", "type": "integer", "default": "3" }), "no integer"),
            (
                json!({ "title": "t", "type": "string", "oneOf": [{ "const": "a" }], "default": "b" }),
                "none of its",
            ),
            (json!({ "title": "t", "type": "array" }), "list of nothing"),
        ] {
            let found = messages(&with(field.clone()));
            assert!(found.len() == 1 && found[0].contains(words), "{field}: {found:?}");
        }
        assert!(messages(&json!({ "type": "array" }))[0].contains("\"object\""));
        let required = json!({ "type": "object", "properties": {}, "required": ["b"] });
        assert!(messages(&required)[0].contains("require `b`"));
    }

    #[test]
    fn a_good_schema_has_no_findings_and_its_fields_have_paths() {
        let tier = json!({ "type": "object", "properties": { "at": { "title": "At", "type": "integer" } } });
        let schema = json!({ "type": "object", "properties": {
            "tiers": { "title": "Tiers", "description": "Rising.", "type": "array", "items": tier, "minItems": 1 },
            "by": { "title": "By", "type": "string", "oneOf": [{ "const": "a", "title": "A" }], "default": "a" },
        }, "required": ["tiers"] });
        assert_eq!(check(&schema), Vec::new());
        let mut fields = fields(&schema);
        fields.sort_by(|a, b| a.message.cmp(&b.message));
        let paths: Vec<_> = fields.iter().map(|field| (field.message.as_str(), field.depth)).collect();
        assert_eq!(paths, [("settings-by", 0), ("settings-tiers", 0), ("settings-tiers-at", 1)]);
        assert_eq!(fields[0].choices, ["a"]);
        assert_eq!(fields[0].terms, "string, a, default \"a\"");
        assert!(fields[1].has_help && fields[1].terms.contains("list of object, required"));
        assert_eq!(required(&schema), ["/tiers"]);
    }

    #[test]
    fn an_amount_is_one_field_of_the_form() {
        let units = json!({ "title": "Units", "type": "integer", "minimum": 1, "maximum": 500 });
        let currency = json!({ "title": "Currency", "type": "string", "x-plaudit": "currency" });
        let amount = |default: Value| {
            let prize = json!({ "title": "Prize", "type": "object", "x-plaudit": "amount",
                "properties": { "currency": currency.clone(), "units": units.clone() },
                "required": ["currency", "units"], "default": default });
            json!({ "type": "object", "properties": { "prize": prize } })
        };
        let schema = amount(json!({ "currency": "points", "units": 50 }));
        assert_eq!(check(&schema), Vec::new());
        let fields = fields(&schema);
        assert_eq!(fields.len(), 1, "{fields:?}");
        assert_eq!(fields[0].terms, "an amount of a currency, 1 to 500, default 50 points");
        let wrong = messages(&amount(json!({ "currency": "points", "units": 501 })));
        assert!(wrong.len() == 1 && wrong[0].contains("/prize has a default"), "{wrong:?}");
    }
}
