//! Reading and rendering the plugin's texts.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use plaudit_sdk::wit::{Text, Value};

/// Ids of messages and `message.attribute`s, sorted.
pub(crate) fn ids(source: &str) -> Vec<String> {
    let (mut ids, mut message) = (Vec::new(), "");
    for line in source.lines() {
        let Some((name, _)) = line.split_once(" =") else { continue };
        if let Some(attribute) = name.trim_start().strip_prefix('.') {
            ids.push(format!("{message}.{attribute}"));
        } else if !name.starts_with([' ', '#']) {
            message = name;
            ids.push(name.into());
        }
    }
    ids.sort();
    ids
}

/// Ids that the texts of a settings schema have: one per title, help and choice.
pub(crate) fn fields(path: &str, schema: &serde_json::Value, found: &mut Vec<String>) {
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}-{name}");
        found.push(path.clone());
        if field["description"].is_string() {
            found.push(format!("{path}.help"));
        }
        for choice in field["oneOf"].as_array().into_iter().flatten() {
            found.push(format!("{path}.{}", choice["const"].as_str().unwrap_or_default()));
        }
        fields(&path, field, found);
        fields(&path, &field["items"], found);
    }
}

/// A text in that language, and what could not be resolved in it.
pub(crate) fn render(locale: &str, source: &str, text: &Text) -> (String, Vec<String>) {
    let resource = FluentResource::try_new(source.into()).unwrap_or_else(|(_, e)| panic!("{locale}: {e:?}"));
    let mut bundle = FluentBundle::new(vec![locale.parse().expect("a language tag")]);
    bundle.set_use_isolating(false);
    bundle.add_builtins().expect("no function is there yet");
    bundle.add_resource(resource).unwrap_or_else(|e| panic!("{locale}: {e:?}"));
    let mut args = FluentArgs::new();
    for argument in &text.arguments {
        let value = match &argument.value {
            Value::Number(n) => FluentValue::from(*n),
            Value::Text(word) | Value::Agent(word) | Value::Team(word) => FluentValue::from(word.clone()),
            Value::Day(day) => FluentValue::from(*day),
        };
        args.set(argument.name.clone(), value);
    }
    let message =
        bundle.get_message(&text.message).unwrap_or_else(|| panic!("{locale}: no {}", text.message));
    let pattern = message.value().unwrap_or_else(|| panic!("{locale}: {} is empty", text.message));
    let mut errors = Vec::new();
    let said = bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
    (said, errors.iter().map(ToString::to_string).collect())
}
