//! `plaudit plugin check`: would a server take it, and are form and texts whole?

use plaudit_core::{
    limits::{COMPONENT_BYTES_MAX, COMPONENT_INTERPRETED_BYTES_MAX, MANIFEST_BYTES_MAX},
    rule::{Manifest, Plan},
};
use plaudit_runtime::{Outline, Plugin, outline};
use serde_json::json;

use super::{
    component::{Component, Which, Workshop},
    finding::{self, Finding, Level},
    paint::{Paint, number, table},
    schema, texts, trial,
};
use crate::{cli::out, config::catalogue};

/// Say whether a server would take the plugin, and whether its form and texts are whole.
///
/// Looks at imports, exports, sizes, manifest, settings schema and texts, and asks the rule for its plan.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,
    /// Settings to plan with (TOML or JSON), if the defaults are not enough.
    #[arg(long, value_name = "FILE")]
    settings: Option<std::path::PathBuf>,
    /// The languages that texts have to be in.
    #[arg(long, value_delimiter = ',', default_values_t = texts::all_languages())]
    languages: Vec<String>,
    /// The result as JSON, for machines.
    #[arg(long)]
    json: bool,
}

/// What was looked at, as far as it came.
#[derive(Default)]
struct Checked {
    outline: Option<Outline>,
    plugin: Option<std::sync::Arc<Plugin>>,
    plan: Option<Plan>,
    findings: Vec<Finding>,
}

/// Checks; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let component = args.which.read()?;
    let settings = args.settings.as_deref().map(trial::settings).transpose()?;
    let checked = check(&Workshop::open(&component)?, &component, settings.as_deref(), &args.languages);
    if args.json {
        let plugin = checked.plugin.as_ref().map(|plugin| {
            json!({ "name": plugin.manifest().name, "version": plugin.manifest().version, "digest": plugin.digest() })
        });
        let document = json!({ "plugin": plugin, "plan": checked.plan, "findings": checked.findings });
        out(&serde_json::to_string_pretty(&document)?)?;
    } else {
        tell(&checked, &args.languages)?;
    }
    Ok(finding::exit_code(&checked.findings))
}

fn check(
    workshop: &Workshop,
    component: &Component,
    settings: Option<&str>,
    languages: &[String],
) -> Checked {
    let mut checked = Checked::default();
    match outline(&component.bytes) {
        Ok(outline) => {
            checked.findings.extend(outline.problems().iter().map(Finding::of_load));
            checked.outline = Some(outline);
        }
        Err(error) => checked.findings.push(Finding::of_load(&error)),
    }
    if !checked.findings.is_empty() {
        return checked;
    }
    let plugin = match workshop.load(&component.bytes) {
        Ok(plugin) => plugin,
        Err(error) => {
            checked.findings.push(Finding::of_load(&error));
            return checked;
        }
    };
    let manifest = plugin.manifest().clone();
    checked.findings.extend(checked.outline.as_ref().and_then(sizes));
    checked.findings.extend(schema::check(&manifest.settings));
    checked.findings.extend(texts::check(&manifest, languages));
    match plan(&plugin, &manifest, settings) {
        Ok(plan) => checked.plan = plan,
        Err(finding) => checked.findings.push(finding),
    }
    checked.findings.extend(checked.plan.iter().flat_map(strange_metrics));
    checked.plugin = Some(plugin);
    checked
}

fn sizes(outline: &Outline) -> Option<Finding> {
    let bytes = outline.bytes;
    (bytes > COMPONENT_BYTES_MAX && outline.language.is_none()).then(|| {
        let text = format!(
            "the component has {} bytes: from {} on it is taken for an interpreted rule, with other limits",
            number(bytes as i128),
            number(COMPONENT_BYTES_MAX as i128)
        );
        Finding::warning("too-large", text)
    })
}

/// The plan for given settings or the defaults; none if the defaults are not enough and nothing is given.
fn plan(plugin: &Plugin, manifest: &Manifest, settings: Option<&str>) -> Result<Option<Plan>, Finding> {
    let text = match settings {
        Some(text) => text,
        None if schema::required(&manifest.settings).is_empty() => "{}",
        None => return Ok(None),
    };
    plugin.plan(text).map(Some).map_err(|error| Finding::of_plan(&error))
}

/// Metrics that a new house does not have.
fn strange_metrics(plan: &Plan) -> Vec<Finding> {
    let known = catalogue::default().map(|catalogue| catalogue.metrics).unwrap_or_default();
    let is_known = |name: &String| known.iter().any(|metric| *metric.name == **name);
    let strange = plan.metrics.iter().filter(|name| !is_known(name));
    let finding = |name: &String| {
        let text = format!(
            "the plan wants the metric `{name}`, which a new house does not have: whoever enables the rule has to define \
             it (PUT /v1/metrics/{name})"
        );
        Finding::warning("metric-unknown", text)
    };
    strange.map(finding).collect()
}

fn tell(checked: &Checked, languages: &[String]) -> anyhow::Result<()> {
    let paint = Paint::of_output();
    if let Some(plugin) = &checked.plugin {
        let manifest = plugin.manifest();
        out(&format!("{} {}, sha256 {}", manifest.name, manifest.version, plugin.digest()))?;
    }
    let is_wrong = |codes: &[&str]| {
        checked
            .findings
            .iter()
            .any(|f| f.level == Level::Error && codes.iter().any(|code| f.code.starts_with(code)))
    };
    let mut rows = Vec::new();
    let mut row = |codes: &[&str], what: &str, words: String| {
        let verdict = if is_wrong(codes) { "error" } else { "ok" };
        rows.push(vec![verdict.to_owned(), what.to_owned(), words]);
    };
    if let Some(outline) = &checked.outline {
        let imports =
            if outline.imports.is_empty() { "nothing".to_owned() } else { outline.imports.join(", ") };
        row(&["import-", "contract"], "imports", imports);
        row(&["exports"], "exports", outline.exports.join(", "));
        let most =
            if outline.is_interpreted() { COMPONENT_INTERPRETED_BYTES_MAX } else { COMPONENT_BYTES_MAX };
        row(&["too-large"], "size", of(outline.bytes, most, "bytes"));
    }
    if let Some(plugin) = &checked.plugin {
        let manifest = plugin.manifest();
        let bytes = serde_json::to_string(&**manifest)?.len();
        row(
            &["manifest"],
            "manifest",
            format!("{}, {}", manifest.contract, of(bytes, MANIFEST_BYTES_MAX, "bytes")),
        );
        row(&["schema", "settings", "plan"], "settings", about_settings(checked, manifest));
        row(&["text-"], "texts", about_texts(manifest, languages));
    }
    for (line, row) in table(&rows).iter().zip(&rows) {
        let verdict = &row[0];
        let painted = if verdict == "ok" { paint.green(verdict) } else { paint.red(verdict) };
        out(&line.replacen(verdict.as_str(), &painted, 1))?;
    }
    checked.findings.iter().try_for_each(|finding| out(&finding.text(paint)))
}

fn of(used: usize, most: usize, unit: &str) -> String {
    format!("{} of {} {unit}", number(used as i128), number(most as i128))
}

fn about_settings(checked: &Checked, manifest: &Manifest) -> String {
    let count = schema::fields(&manifest.settings).len();
    let required = schema::required(&manifest.settings);
    let plan = match &checked.plan {
        Some(plan) => format!("they make a plan with {} metrics", plan.metrics.len()),
        None if !required.is_empty() => {
            format!("not planned: {} has to be given (--settings)", required.join(", "))
        }
        None => "they make no plan".to_owned(),
    };
    format!("{count} fields; {plan}")
}

fn about_texts(manifest: &Manifest, languages: &[String]) -> String {
    let messages = texts::read(manifest, &mut Vec::new());
    let count = messages.values().map(std::collections::BTreeSet::len).max().unwrap_or(0);
    format!("up to {count} messages, wanted in {}", languages.join(", "))
}
