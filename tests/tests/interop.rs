//! The official CloudEvents clients post in every mode and are understood.
//!
//! The scripts stand in `tests/interop`; their libraries are installed under cargo's target folder. Where node, Python or
//! the registries are missing, a test says that it left them out and proves nothing; with `PLAUDIT_INTEROP=required` (as in
//! CI) it fails instead.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use plaudit_tests::{
    house::House,
    workshop::{self, or_left_out, scripts},
};
use serde_json::{Value, json};

const NPM: &str = "cloudevents@10.0.0";
const PYPI: &str = "cloudevents==2.2.0";

fn workshop(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cloudevents").join(name)
}

/// A node command that finds the npm library.
fn node() -> Result<Command, String> {
    let folder = workshop::npm(&workshop("npm"), &[NPM])?;
    let mut node = Command::new("node");
    node.arg(scripts().join("post.mjs")).arg(folder);
    Ok(node)
}

/// A Python with the PyPI library.
fn python() -> Result<Command, String> {
    let mut python = Command::new(workshop::python(&workshop("venv"), &[PYPI])?.join("python"));
    python.arg(scripts().join("post.py"));
    Ok(python)
}

/// What the script prints for this input.
fn feed(mut command: Command, input: &Value) -> Value {
    let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("it was installed");
    let mut into = child.stdin.take().expect("a pipe");
    into.write_all(input.to_string().as_bytes()).expect("it reads");
    drop(into);
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Every mode is taken, and each event's subject, time, order and amount arrive: the sum on the board names them.
async fn is_understood(client: Command) {
    let contest = json!({ "plugin": "contest", "settings": { "metrics": [{ "metric": "sales-amount" }] } });
    let house = House::plan()
        .site("vno", "Europe/Vilnius")
        .team("blue", "vno")
        .agent("ana")
        .plugin("contest")
        .incentive("sales", contest)
        .open("2026-03-02T06:00:00Z")
        .await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    let input = json!({
        "url": format!("{}/v1/events", house.address()),
        "token": house.token(),
        "at": "2026-03-02T09:00:00Z",
        "agent": "ana",
    });
    let answers = feed(client, &input);
    for (mode, events) in [("binary", 1), ("structured", 1), ("batch", 2)] {
        let taken = json!([200, { "accepted": events, "duplicates": 0, "rejected": [] }]);
        assert_eq!(answers[mode], taken, "{mode}");
    }
    house.settled().await;
    assert_eq!(house.board("sales", "ranking").await.rows, [("Ana".to_owned(), 11_110.0)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_npm_client_is_understood_in_every_mode() {
    let Some(node) = or_left_out(NPM, node()) else { return };
    is_understood(node).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_pypi_client_is_understood_in_every_mode() {
    let Some(python) = or_left_out(PYPI, python()) else { return };
    is_understood(python).await;
}
