//! `plaudit plugin inspect`: what is in it.

use plaudit_runtime::{CONTRACT, Outline, outline};
use serde_json::{Value, json};

use super::{
    EXIT_NO,
    component::{Component, Which, Workshop},
    finding::{self, Finding},
    paint::{number, table},
    schema, sign, texts,
};
use crate::cli::out;

/// Show what is in a plugin: manifest, sizes, imports, form, languages, signature.
///
/// A component that no server would take is shown as far as it can be read, with exit code 3.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,
    /// Everything as JSON, for machines; the manifest is in it as the rule gives it.
    #[arg(long)]
    json: bool,
}

/// Inspects; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let component = args.which.read()?;
    let outline = match outline(&component.bytes) {
        Ok(outline) => outline,
        Err(error) => {
            finding::tell(&[Finding::of_load(&error)], args.json)?;
            return Ok(EXIT_NO);
        }
    };
    let loaded = Workshop::open(&component)?.load(&component.bytes);
    let signature = sign::beside(&component.path);
    let code = if loaded.is_ok() { 0 } else { EXIT_NO };
    if args.json {
        let (plugin, findings) = match &loaded {
            Ok(plugin) => (json!({ "digest": plugin.digest(), "manifest": **plugin.manifest() }), Vec::new()),
            Err(error) => (Value::Null, vec![Finding::of_load(error)]),
        };
        let document = json!({
            "plugin": plugin,
            "contract_spoken": CONTRACT,
            "bytes": outline.bytes,
            "code_bytes": outline.code_bytes,
            "data_bytes": outline.data_bytes,
            "custom_bytes": outline.custom_bytes,
            "modules": outline.modules,
            "has_names": outline.has_names,
            "language": outline.language,
            "interpreted": outline.is_interpreted(),
            "imports": outline.imports,
            "exports": outline.exports,
            "signature": signature,
            "findings": findings,
        });
        out(&serde_json::to_string_pretty(&document)?)?;
        return Ok(code);
    }
    match &loaded {
        Ok(plugin) => {
            let manifest = plugin.manifest();
            out(&format!("{} {}", manifest.name, manifest.version))?;
            parts(
                &component,
                &outline,
                signature.as_ref(),
                &[
                    ("sha256", plugin.digest().to_owned()),
                    ("contract", format!("{}, spoken here: {CONTRACT}", manifest.contract)),
                    ("state", format!("schema {}", manifest.state_schema)),
                    ("languages", languages(manifest)),
                ],
            )?;
            form(&manifest.settings)?;
        }
        Err(error) => {
            parts(&component, &outline, signature.as_ref(), &[])?;
            finding::tell(&[Finding::of_load(error)], false)?;
        }
    }
    Ok(code)
}

fn parts(
    component: &Component,
    outline: &Outline,
    signature: Option<&sign::Beside>,
    more: &[(&str, String)],
) -> anyhow::Result<()> {
    let sizes = format!(
        "{} bytes: code {}, data {}, names and notes {}, in {} modules",
        number(outline.bytes as i128),
        number(outline.code_bytes as i128),
        number(outline.data_bytes as i128),
        number(outline.custom_bytes as i128),
        outline.modules
    );
    let names = if outline.has_names {
        "yes: a trap says in which function"
    } else {
        "no: a trap can't say in which function"
    };
    let signed = signature.map_or_else(
        || "none beside it".to_owned(),
        |beside| {
            format!("{}, key {}; `plaudit plugin verify` says whether it holds", beside.file, beside.key_id)
        },
    );
    let mut rows = vec![("file", component.path.display().to_string())];
    rows.extend(more.iter().map(|(what, words)| (*what, words.clone())));
    rows.push(("size", sizes));
    rows.push(("class", class(outline)));
    rows.push(("names", names.to_owned()));
    rows.push((
        "imports",
        if outline.imports.is_empty() { "nothing".to_owned() } else { outline.imports.join(", ") },
    ));
    rows.push(("exports", outline.exports.join(", ")));
    rows.push(("signature", signed));
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|(what, words)| vec![format!("  {what}"), words]).collect();
    table(&rows).iter().try_for_each(|line| out(line))
}

/// Which limits it has, and why.
fn class(outline: &Outline) -> String {
    match (&outline.language, outline.is_interpreted()) {
        (Some(language), true) => format!("interpreted: {language}, with its engine within"),
        (None, true) => "interpreted, by its size".to_owned(),
        (_, false) => "compiled".to_owned(),
    }
}

fn languages(manifest: &plaudit_core::rule::Manifest) -> String {
    let messages = texts::read(manifest, &mut Vec::new());
    if messages.is_empty() {
        return "none".to_owned();
    }
    let words =
        messages.iter().map(|(language, messages)| format!("{language} ({} messages)", messages.len()));
    words.collect::<Vec<_>>().join(", ")
}

fn form(settings: &Value) -> anyhow::Result<()> {
    let fields = schema::fields(settings);
    if fields.is_empty() {
        return out("Settings: none");
    }
    out("Settings")?;
    let row = |field: &schema::Field| {
        vec![
            format!("  {}{}", "  ".repeat(field.depth), field.name),
            field.title.clone(),
            field.terms.clone(),
        ]
    };
    let rows: Vec<Vec<String>> = fields.iter().map(row).collect();
    table(&rows).iter().try_for_each(|line| out(line))
}
