//! Manifests and plans as rules of a released contract write them: their fields mean what they meant, for ever.

use std::fs;

use plaudit_core::rule::{Manifest, Plan};
use serde_json::Value;

use crate::{folder, name_of, within};

/// Where a document that was read is not what it has to be: fields may have come, none may be another or gone.
fn missing(wanted: &Value, got: &Value, at: &str, found: &mut Vec<String>) {
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(got)) => {
            for (name, value) in wanted {
                missing(value, got.get(name).unwrap_or(&Value::Null), &format!("{at}/{name}"), found);
            }
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
            for (index, (value, got)) in wanted.iter().zip(got).enumerate() {
                missing(value, got, &format!("{at}/{index}"), found);
            }
        }
        _ if wanted != got => found.push(format!("{at} was {wanted}, is {got}")),
        _ => {}
    }
}

fn read(name: &str, text: &str) -> Value {
    let value = if name.starts_with("plan") {
        serde_json::from_str::<Plan>(text).map(|plan| serde_json::to_value(plan).expect("a plan"))
    } else {
        serde_json::from_str::<Manifest>(text)
            .map(|manifest| serde_json::to_value(manifest).expect("a manifest"))
    };
    value.unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn documents_of_released_contracts_are_read_as_they_were() {
    let mut count = 0;
    for version in within(&folder().join("documents")) {
        for path in within(&version).into_iter().filter(|path| !name_of(path).ends_with(".read")) {
            let text = fs::read_to_string(&path).expect("a document");
            // Without another file the host reads what stands there; with one, it knows what was left out.
            let meant = path.with_file_name(format!("{}.read.json", name_of(&path)));
            let meant = fs::read_to_string(meant).unwrap_or_else(|_| text.clone());
            let meant: Value = serde_json::from_str(&meant).expect("JSON");
            let mut found = Vec::new();
            missing(&meant, &read(name_of(&path), &text), "", &mut found);
            assert_eq!(found, Vec::<String>::new(), "{}", path.display());
            count += 1;
        }
    }
    assert!(count >= 4, "the documents of 1.0.0 are gone");
}

#[test]
fn a_field_that_changes_or_goes_is_found() {
    let wanted = serde_json::json!({ "a": [1, { "b": 2 }], "c": null });
    let mut found = Vec::new();
    missing(&wanted, &serde_json::json!({ "a": [1, { "b": 3 }], "d": 1 }), "", &mut found);
    assert_eq!(found, ["/a/1/b was 2, is 3"], "what is null may be absent, and more may come");
}
