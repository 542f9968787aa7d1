//! Every section of docs/errors.md is provoked by a test of this folder.

use std::fs;

use crate::tool::root;

#[test]
fn every_section_of_the_page_is_provoked() {
    let page = fs::read_to_string(root().join("docs/errors.md")).expect("docs/errors.md");
    let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert!(sections.len() > 30, "{sections:?}");
    let folder = root().join("tests/tests/plugin");
    let mut tests = String::new();
    for file in ["errors.rs", "properties.rs", "scenarios.rs"] {
        tests.push_str(&fs::read_to_string(folder.join(file)).expect("a file of tests"));
    }
    let missing: Vec<&&str> =
        sections.iter().filter(|section| !tests.contains(&format!("\"{section}\""))).collect();
    assert!(missing.is_empty(), "no test provokes {missing:?} of docs/errors.md: add a case that does");
}
