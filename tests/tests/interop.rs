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

use plaudit_tests::house::House;
use serde_json::{Value, json};

const NPM: &str = "cloudevents@10.0.0";
const PYPI: &str = "cloudevents==2.2.0";

fn scripts() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("interop")
}

/// Apart from those of other tests, which may install at the same time.
fn workshop(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("cloudevents").join(name)
}

/// `None` and a plain word about it when something is missing.
fn installed<T>(what: &str, result: Result<T, String>) -> Option<T> {
    match result {
        Ok(found) => Some(found),
        Err(reason) if std::env::var("PLAUDIT_INTEROP").is_ok_and(|v| v == "required") => {
            panic!("{what} is required here and can't be installed: {reason}")
        }
        Err(reason) => {
            let mut err = std::io::stderr().lock();
            let _ = writeln!(err, "LEFT OUT, nothing was proven: {what} can't be installed: {reason}");
            None
        }
    }
}

fn run(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| format!("{command:?}: {e}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!("{command:?}: {}", String::from_utf8_lossy(&output.stderr).trim()))
    }
}

/// A node command that finds the npm library.
fn node() -> Result<Command, String> {
    let folder = workshop("npm");
    if !folder.join("node_modules/cloudevents").exists() {
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        std::fs::write(folder.join("package.json"), "{\"private\":true}").map_err(|e| e.to_string())?;
        let install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", NPM];
        run(Command::new("npm").args(install).current_dir(&folder))?;
    }
    let mut node = Command::new("node");
    node.arg(scripts().join("post.mjs")).arg(folder);
    Ok(node)
}

/// A Python with the PyPI library.
fn python() -> Result<Command, String> {
    let folder = workshop("venv");
    let python = folder.join("bin/python");
    if run(Command::new(&python).args(["-c", "import cloudevents.core"])).is_err() {
        std::fs::create_dir_all(&folder).map_err(|e| e.to_string())?;
        run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
        run(Command::new(&python).args(["-m", "pip", "install", "--quiet", PYPI]))?;
    }
    let mut python = Command::new(python);
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
    let Some(node) = installed("npm's cloudevents", node()) else { return };
    is_understood(node).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_official_pypi_client_is_understood_in_every_mode() {
    let Some(python) = installed("PyPI's cloudevents", python()) else { return };
    is_understood(python).await;
}
