//! `plaudit plugin install`: a component into a server.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::{
    EXIT_NO,
    component::Which,
    paint::Paint,
    sign::beside_path,
    verify::{public, verify},
};
use crate::{
    api::signatures,
    cli::{ServerArgs, apply::Server, out},
};

/// Install a component into a server.
///
/// The server checks and compiles it, and keeps it by its digest; the same component again changes nothing. With
/// --signed-by nothing is sent unless the signature beside the component holds. A signature goes along in any case.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    server: ServerArgs,
    /// A public key (its file or its text) with which the component has to be signed.
    #[arg(long, value_name = "FILE|KEY")]
    signed_by: Option<String>,
    /// The server's answer as JSON, for machines.
    #[arg(long)]
    json: bool,
}

/// Installs; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let component = args.which.read()?;
    if let Some(key) = &args.signed_by
        && let Err(why) = verify(&component.bytes, &beside_path(&component.path), &public(key)?)?
    {
        let text = format!("the signature does not hold: {why}; nothing was sent");
        if args.json {
            out(&serde_json::to_string_pretty(&json!({ "installed": false, "why": text }))?)?;
        } else {
            out(&format!("{}: {text}", Paint::of_output().red("error")))?;
        }
        return Ok(EXIT_NO);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let server = Server::new(args.server.url.clone(), args.server.token.clone());
    // Where there is a signature the server may know whose it is.
    let signature = std::fs::read(beside_path(&component.path)).ok();
    let along: Vec<_> = signature.iter().map(|text| (signatures::HEADER, STANDARD.encode(text))).collect();
    // A refusal of the component is an answer.
    let expected = [StatusCode::UNPROCESSABLE_ENTITY];
    let media = "application/wasm";
    let sent = server.answer_along(Method::POST, "/v1/plugins", media, &along, component.bytes, &expected);
    let (status, answer) = runtime.block_on(sent)?;
    if status == StatusCode::UNPROCESSABLE_ENTITY {
        let why = answer["detail"].as_str().unwrap_or("the server refuses the component");
        if args.json {
            out(&serde_json::to_string_pretty(&json!({ "installed": false, "why": why }))?)?;
        } else {
            out(&format!("{}: {why}", Paint::of_output().red("error")))?;
            out("  `plaudit plugin check` says more")?;
        }
        return Ok(EXIT_NO);
    }
    if args.json {
        out(&serde_json::to_string_pretty(&answer)?)?;
        return Ok(0);
    }
    let manifest = &answer["manifest"];
    let word = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let outcome = if status == StatusCode::CREATED { "installed" } else { "was there already" };
    out(&format!(
        "{} {}, sha256 {}: {outcome}",
        word(&manifest["name"]),
        word(&manifest["version"]),
        word(&answer["digest"])
    ))?;
    if let Some(name) = answer["signed_by"].as_str() {
        out(&format!("signed by {name}"))?;
    } else if !along.is_empty() {
        out("the signature beside it was made with a key that the server does not know (plugins.signers)")?;
    }
    out("next: preview it on real history with `plaudit preview`, then `plaudit apply` an incentive")?;
    Ok(0)
}
