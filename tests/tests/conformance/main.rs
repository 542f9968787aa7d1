//! What every rule has to be, whatever it is written in, and what may never change about the contract. See
//! `tests/conformance/README.md`.

mod corpus;
mod documents;
mod frozen;
mod plugins;
mod scenarios;
mod shape;

use std::{
    fs,
    path::{Path, PathBuf},
};

use plaudit_tests::house::plaudit;
use serde_json::Value;

/// The folder of scenarios, settings and the corpus.
fn folder() -> PathBuf {
    root().join("tests/conformance")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// What is in a folder, by name; nothing if it is not there.
fn within(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn name_of(path: &Path) -> &str {
    path.file_stem().and_then(|name| name.to_str()).expect("a name")
}

/// What `plaudit plugin … --json` says, and its exit code.
fn plugin(arguments: &[&str]) -> (i32, Value) {
    let output =
        plaudit(&[&["plugin"], arguments, &["--json"]].concat()).output().expect("the program starts");
    let out = String::from_utf8_lossy(&output.stdout);
    let document = serde_json::from_str(&out).unwrap_or_else(|error| {
        panic!("{arguments:?}: {error}:\n{out}\n{}", String::from_utf8_lossy(&output.stderr))
    });
    (output.status.code().expect("an exit code"), document)
}
