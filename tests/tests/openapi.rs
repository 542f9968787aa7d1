//! The API's document against programs that others wrote: a validator of OpenAPI, and `schemathesis`, which asks a real
//! server whatever the document allows, and much that it does not.
//!
//! Both are installed from PyPI under cargo's target folder. Where Python or the registry is missing, a test says that it left
//! them out and proves nothing; with `PLAUDIT_INTEROP=required` (as in CI) it fails instead.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use plaudit_tests::{
    house::{House, at},
    workshop::{self, or_left_out, run, scripts},
};
use serde_json::json;

const PYPI: [&str; 2] = ["openapi-spec-validator==0.9.0", "schemathesis==4.32.5"];
/// Cases of an operation at most, beside those that cover each bound of each parameter.
const EXAMPLES: &str = "6";
/// The same cases in every run.
const SEED: &str = "5";
/// What is checked: no mistake of the server, and nothing that the document does not say.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
                      response_headers_conformance,response_schema_conformance,negative_data_rejection,\
                      ignored_auth,unsupported_method";
/// What a request that the document does not allow may be answered: 412 comes before a look at what was sent.
const SETTINGS: &str = "[checks]\nnegative_data_rejection.expected-statuses = [\"4xx\"]\n";
/// Streams never end, and a clock that is driven to any day of any century closes every period until then.
const LEFT_OUT: &str = "/(stream|feed)$|^/v1/clock$";

fn tools() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("openapi");
    or_left_out("the check of the API by its document", workshop::python(&folder, &PYPI))
}

#[test]
fn the_document_is_openapi_3_1() {
    let Some(bin) = tools() else { return };
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let valid = run(Command::new(bin.join("python"))
        .args(["-m", "openapi_spec_validator", "--schema", "3.1"])
        .arg(document));
    if let Err(why) = valid {
        panic!("{why}");
    }
}

/// A house with people, money, an incentive and facts, so that answers are not all empty.
async fn house() -> House {
    let settings = json!({ "metrics": [{ "metric": "sales-amount" }] });
    let house = House::plan()
        .site("vilnius", "Europe/Vilnius")
        .team("vilnius-uzupis", "vilnius")
        .agent("ana")
        .agent("ona")
        .budget("spring", 100_000)
        .plugin("contest")
        .incentive("sales", json!({ "plugin": "contest", "settings": settings }))
        .open("2026-03-02T06:00:00Z")
        .await;
    house.drive_to("2026-03-02T12:00:00Z").await;
    house.post(&[at("2026-03-02T09:00:00Z").call("ana"), at("2026-03-02T09:05:00Z").call("ona")]).await;
    house.settled().await;
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn schemathesis_finds_no_mistake_and_nothing_undocumented() {
    let Some(bin) = tools() else { return };
    let house = house().await;
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("schemathesis.toml"), SETTINGS).expect("written");
    let mut command = Command::new(bin.join("schemathesis"));
    command
        .current_dir(folder.path())
        .env("SCHEMATHESIS_HOOKS", scripts().join("schemathesis_hooks.py"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .args(["run", &format!("{}/v1/openapi.json", house.address())])
        .args(["--url", house.address(), "--checks", CHECKS])
        .args(["--header", &format!("Authorization: Bearer {}", house.token())])
        .args(["--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES, "--seed", SEED])
        .args(["--generation-database", "none", "--suppress-health-check", "all", "--workers", "2"])
        .args(["--exclude-path-regex", LEFT_OUT, "--warnings", "off", "--no-color"]);
    let found = tokio::task::spawn_blocking(move || run(&mut command)).await.expect("a thread");
    if let Err(found) = found {
        panic!("{found}");
    }
}
