//! `plaudit plugin build`: a component of the rule in a folder.

use std::path::PathBuf;

use plaudit_build::{RuleFolder, Voice};
use serde_json::json;

use super::{component, paint::number};
use crate::cli::out;

/// Build the rule of this folder as a component.
///
/// Runs cargo for wasm32-unknown-unknown (adding the target through rustup if it is missing) and wraps the module, so
/// that it imports nothing but the contract. The component is put to target/plugins/<package>.wasm.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule's folder.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// Also put the component here.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The result as JSON, for machines.
    #[arg(long)]
    json: bool,
}

/// Builds; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let rule = RuleFolder::at(&args.folder)?;
    let built = rule.build(if args.json { Voice::Quiet } else { Voice::Aloud })?;
    let component = component::read(&built)?;
    let path = match &args.output {
        Some(output) => {
            std::fs::copy(&built, output)?;
            output
        }
        None => &built,
    };
    let digest = sha256(&component.bytes);
    if args.json {
        let bytes = component.bytes.len();
        let document =
            json!({ "component": path, "package": rule.package(), "bytes": bytes, "digest": digest });
        out(&serde_json::to_string_pretty(&document)?)?;
    } else {
        out(&format!(
            "{}: {} bytes, sha256 {digest}",
            path.display(),
            number(component.bytes.len() as i128)
        ))?;
        out(&format!("next: plaudit plugin test {}", path.display()))?;
    }
    Ok(0)
}

/// The digest that a server knows a plugin by.
pub(super) fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    plaudit_core::hash::hex(&Sha256::digest(bytes)).to_string()
}
