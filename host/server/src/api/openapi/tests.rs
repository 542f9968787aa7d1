//! The document against the route table, the types, and the file in the repository.

use std::collections::BTreeSet;

use super::*;
use crate::api::tests::TestApp;

const KEPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

fn rows_of_the_house() -> Vec<Row> {
    rows(TestApp::new().state())
}

#[test]
fn every_row_is_described_and_nothing_else() {
    let name = |method: &str, path: &str| format!("{method} {path}");
    let rows: BTreeSet<String> = rows_of_the_house().iter().map(|row| name(row.method, row.path)).collect();
    let described: Vec<String> = operations::all().iter().map(|op| name(op.method, op.path)).collect();
    let set: BTreeSet<String> = described.iter().cloned().collect();
    assert_eq!(set.len(), described.len(), "something is described twice");
    assert_eq!(rows, set);
    let document = document(&rows_of_the_house());
    let mut shown = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        shown.extend(item.as_object().unwrap().keys().map(|method| name(&method.to_uppercase(), path)));
    }
    assert_eq!(rows, shown);
}

/// After a change that is meant: `PLAUDIT_WRITE_OPENAPI=1 cargo test -p plaudit openapi`.
#[test]
fn the_document_is_the_one_in_the_repository() {
    let text = text(TestApp::new().state());
    if std::env::var_os("PLAUDIT_WRITE_OPENAPI").is_some() {
        std::fs::write(KEPT, &text).unwrap();
    }
    let kept = std::fs::read_to_string(KEPT).unwrap();
    assert!(
        kept == text,
        "the API is not what docs/openapi.json says; if that is meant, write it anew with PLAUDIT_WRITE_OPENAPI=1"
    );
}

#[test]
fn no_two_types_have_one_name_and_every_reference_leads_somewhere() {
    let mut schemas = Schemas::default();
    for operation in operations::all() {
        for (_, _, content) in operation.gives {
            if let Content::Json(shape) = content {
                shape(&mut schemas);
            }
        }
        for (_, shape, _) in operation.body.into_iter().flat_map(|body| body.contents) {
            shape(&mut schemas);
        }
    }
    assert_eq!(schemas.clashes(), [] as [String; 0]);
    let document = document(&rows_of_the_house());
    let mut missing = BTreeSet::new();
    follow(&document, &mut |reference| {
        if document.pointer(reference.trim_start_matches('#')).is_none() {
            missing.insert(reference.to_owned());
        }
    });
    assert_eq!(missing, BTreeSet::new());
}

fn follow(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            if let Some(reference) = fields.get("$ref").and_then(Value::as_str) {
                found(reference);
            }
            fields.values().for_each(|value| follow(value, found));
        }
        Value::Array(items) => items.iter().for_each(|value| follow(value, found)),
        _ => {}
    }
}

#[test]
fn operations_have_ids_of_their_own() {
    let rows = rows_of_the_house();
    let ids: BTreeSet<String> = rows.iter().map(operation_id).collect();
    assert_eq!(ids.len(), rows.len());
    assert!(ids.contains("putIncentivesById"), "{ids:?}");
}

#[test]
fn codes_are_those_of_the_page() {
    let page = include_str!("../../../../../docs/api.md");
    let errors = page.split("## Errors").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let mut listed = BTreeSet::new();
    for line in
        errors.lines().filter(|line| line.starts_with("| ") && line[2..].starts_with(char::is_numeric))
    {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let codes = cells[2].split('`').skip(1).step_by(2);
        listed.extend(codes.map(|code| (cells[1].parse::<u16>().unwrap(), code)));
    }
    let known: BTreeSet<(u16, &str)> =
        PROBLEMS.iter().flat_map(|(status, _, codes)| codes.iter().map(|code| (*status, *code))).collect();
    assert_eq!(known, listed);
}
