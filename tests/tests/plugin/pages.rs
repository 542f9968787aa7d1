//! Every section of docs/errors.md is provoked by a test of this folder.

use std::fs;

use crate::tool::root;

/// What only a machine that is too slow comes to: whether a call takes too long is a matter of that day's load, and no test's.
/// The tests of `cli/plugin/teach.rs` hold its name and its section together.
const OF_THE_MACHINE: &str = "host";

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
    let missing: Vec<&&str> = sections
        .iter()
        .filter(|section| **section != OF_THE_MACHINE && !tests.contains(&format!("\"{section}\"")))
        .collect();
    assert!(missing.is_empty(), "no test provokes {missing:?} of docs/errors.md: add a case that does");
}
