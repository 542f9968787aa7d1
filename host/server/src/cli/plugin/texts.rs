//! Whether the texts of a plugin are whole: every message in every language, and the form's labels translated.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{ast::Entry, parser};
use plaudit_core::rule::Manifest;

use super::{
    finding::Finding,
    schema::{self, Field},
};
use crate::texts::Locale;

/// What messages of the form's labels begin with. English labels stand in the schema.
const FORM: &str = "settings-";

/// Messages of each language: ids, and `id.attribute`.
pub(super) type Messages = BTreeMap<String, BTreeSet<String>>;

/// Languages that the house speaks, for `--languages`.
pub(super) fn all_languages() -> Vec<String> {
    Locale::ALL.iter().map(|locale| locale.tag().to_owned()).collect()
}

/// Where the SDK's convention has the texts of a language.
pub(super) fn file(language: &str) -> String {
    format!("texts/{language}.ftl")
}

/// What is wrong with the texts, wanted in these languages.
pub(super) fn check(manifest: &Manifest, languages: &[String]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let messages = read(manifest, &mut findings);
    let said: BTreeSet<&String> =
        messages.values().flatten().filter(|message| !message.starts_with(FORM)).collect();
    let fields = schema::fields(&manifest.settings);
    for language in languages {
        let Some(own) = messages.get(language) else {
            if !(said.is_empty() && (fields.is_empty() || language == "en")) {
                findings.push(missing_file(language));
            }
            continue;
        };
        for message in said.iter().filter(|message| !own.contains(**message)) {
            let has =
                messages.iter().find(|(_, theirs)| theirs.contains(*message)).map(|(other, _)| file(other));
            findings.push(missing(language, message, &format!("it is in {}", has.unwrap_or_default())));
        }
        if language != "en" {
            findings.extend(
                labels(&fields)
                    .into_iter()
                    .filter(|label| !own.contains(label))
                    .map(|label| missing(language, &label, "it translates a label of the settings form")),
            );
        }
    }
    findings
}

/// The labels that a translation of a form needs.
fn labels(fields: &[Field]) -> Vec<String> {
    let mut labels = Vec::new();
    for field in fields {
        labels.push(field.message.clone());
        labels.extend(field.has_help.then(|| format!("{}.help", field.message)));
        labels.extend(field.choices.iter().map(|choice| format!("{}.{choice}", field.message)));
    }
    labels
}

fn missing(language: &str, message: &str, hint: &str) -> Finding {
    let text = format!("the text `{message}` is missing in {} ({language}); {hint}", file(language));
    Finding::error("text-missing", text)
}

fn missing_file(language: &str) -> Finding {
    let text = format!(
        "there are no texts in `{language}`: add {} and name it in export!(…), or say with --languages which you want",
        file(language)
    );
    Finding::error("text-missing", text)
}

/// The messages of each language, and what can't be read.
pub(super) fn read(manifest: &Manifest, findings: &mut Vec<Finding>) -> Messages {
    let mut messages = Messages::new();
    for (language, source) in &manifest.texts {
        if !Locale::ALL.iter().any(|locale| locale.tag() == language) {
            let text = format!(
                "there are texts in `{language}`, which the house does not speak: it speaks {}",
                all_languages().join(", ")
            );
            findings.push(Finding::warning("text-broken", text));
            continue;
        }
        let resource = match parser::parse(source.as_str()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                findings.extend(errors.iter().map(|error| {
                    let line = source[..error.pos.start.min(source.len())].matches('\n').count() + 1;
                    let text = format!("{}, line {line}, can't be read: {}", file(language), error.kind);
                    Finding::error("text-broken", text)
                }));
                resource
            }
        };
        let of_language = messages.entry(language.clone()).or_default();
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let id = message.id.name;
                of_language.extend(message.attributes.iter().map(|a| format!("{id}.{}", a.id.name)));
                of_language.insert(id.to_owned());
            }
        }
    }
    messages
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn manifest(texts: &[(&str, &str)]) -> Manifest {
        let by = json!({ "title": "By", "type": "string", "oneOf": [{ "const": "sum", "title": "Sum" }] });
        Manifest {
            name: "n".into(),
            version: "1.0.0".into(),
            contract: plaudit_runtime::CONTRACT.into(),
            settings: json!({ "type": "object", "properties": { "by": by } }),
            state_schema: 0,
            texts: texts
                .iter()
                .map(|(language, text)| ((*language).to_owned(), (*text).to_owned()))
                .collect(),
        }
    }

    fn messages(texts: &[(&str, &str)], languages: &[&str]) -> Vec<String> {
        let languages: Vec<String> = languages.iter().map(ToString::to_string).collect();
        check(&manifest(texts), &languages).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn a_text_that_is_missing_is_named_with_its_file() {
        let texts =
            [("en", "won = Won\nlost = Lost"), ("lt", "won = Laimėta\nsettings-by = Pagal\n    .sum = Suma")];
        let found = messages(&texts, &["en", "lt"]);
        assert_eq!(found, ["the text `lost` is missing in texts/lt.ftl (lt); it is in texts/en.ftl"]);
        let found = messages(&texts, &["en", "lt", "es"]);
        assert!(found.len() == 2 && found[1].contains("no texts in `es`: add texts/es.ftl"), "{found:?}");
    }

    #[test]
    fn labels_of_the_form_are_wanted_in_every_translation() {
        let found =
            messages(&[("en", "won = Won"), ("es", "won = Ganado\nsettings-by = Por")], &["en", "es"]);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("`settings-by.sum` is missing in texts/es.ftl"), "{found:?}");
    }

    #[test]
    fn what_can_not_be_read_is_named_by_line() {
        let found = messages(&[("en", "won = Won\nbroken = { $n\n"), ("tlh", "won = Qapla")], &["en"]);
        assert!(found.iter().any(|m| m.starts_with("texts/en.ftl, line ")), "{found:?}");
        assert!(found.iter().any(|m| m.contains("`tlh`, which the house does not speak")), "{found:?}");
    }
}
