//! `plaudit incentive`: versions of a running incentive, on a running server.

use chrono::DateTime;
use clap::Subcommand;
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::{apply::Server, out};

/// List an incentive's versions, upgrade it, and go back.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
    /// The server.
    #[arg(long, env = "PLAUDIT_URL", default_value = "http://127.0.0.1:8080", global = true)]
    url: Url,
    /// A token with the scope `manage`.
    #[arg(long, env = "PLAUDIT_TOKEN", hide_env_values = true, global = true)]
    token: Option<String>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List all versions.
    Versions {
        /// The incentive.
        id: String,
    },
    /// Show what another version would do to what stands; with --yes, do it.
    Upgrade {
        /// The incentive.
        id: String,
        /// Digest, name@version or name of the plugin; the newest of the same name if none is given.
        #[arg(long)]
        plugin: Option<String>,
        /// Do it. Without this nothing is changed.
        #[arg(long)]
        yes: bool,
    },
    /// Go back to the version before, or to another one.
    Rollback {
        /// The incentive.
        id: String,
        /// Number of the version, as `versions` shows it.
        #[arg(long)]
        to: Option<u32>,
    },
}

/// Does it.
///
/// # Errors
/// What the server refuses, with its reason.
pub fn run(args: Args) -> anyhow::Result<()> {
    let token = args.token.ok_or_else(|| anyhow::anyhow!("--token or PLAUDIT_TOKEN is needed"))?;
    let server = Server::new(args.url, token);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        match args.what {
            What::Versions { id } => versions(&server, &id).await,
            What::Upgrade { id, plugin, yes } => upgrade(&server, &id, plugin, yes).await,
            What::Rollback { id, to } => {
                let answer =
                    post(&server, &format!("/v1/incentives/{id}/rollback"), &json!({ "to": to })).await?;
                enabled(&answer)
            }
        }
    })
}

async fn versions(server: &Server, id: &str) -> anyhow::Result<()> {
    let path = format!("/v1/incentives/{id}/versions");
    let (_, versions) = server.send(Method::GET, &path, "application/json", Vec::new()).await?;
    versions.as_array().into_iter().flatten().try_for_each(|version| out(&line(version)))
}

async fn upgrade(server: &Server, id: &str, plugin: Option<String>, yes: bool) -> anyhow::Result<()> {
    let wish = json!({ "plugin": plugin });
    let preview = post(server, &format!("/v1/incentives/{id}/upgrade/preview"), &wish).await?;
    for difference in preview["differences"].as_array().into_iter().flatten() {
        let who = difference["who"].as_str().or(difference["subject"].as_str()).unwrap_or("?");
        let units = difference["units"].as_i64().unwrap_or_default();
        out(&format!(
            "{:<9} {units:>8}  {}  {who}",
            word(&difference["difference"]),
            word(&difference["name"])
        ))?;
    }
    let count = preview["differences"].as_array().map_or(0, Vec::len);
    let states = if preview["keeps_states"] == true {
        "states are kept"
    } else {
        "states are made anew from the start"
    };
    out(&format!("{count} awards change, {} units; {} left; {states}", preview["units"], preview["left"]))?;
    if !yes {
        return out("nothing was changed; --yes does it");
    }
    enabled(&post(server, &format!("/v1/incentives/{id}/upgrade"), &wish).await?)
}

async fn post(server: &Server, path: &str, document: &Value) -> anyhow::Result<Value> {
    let body = document.to_string().into_bytes();
    Ok(server.send(Method::POST, path, "application/json", body).await?.1)
}

fn enabled(answer: &Value) -> anyhow::Result<()> {
    out(&format!("{}: {}", word(&answer["outcome"]), line(&answer["version"])))
}

fn line(version: &Value) -> String {
    let at = version["at"].as_i64().and_then(DateTime::from_timestamp_millis).map(|at| at.to_rfc3339());
    let mark = if version["is_current"] == true { "*" } else { " " };
    let back = version["back_to"].as_u64().map(|n| format!("  (back to {n})")).unwrap_or_default();
    format!(
        "{mark}{:>3}  {}  {}  settings {}  {}  {}{back}",
        version["number"].as_u64().unwrap_or_default(),
        word(&version["name"]),
        word(&version["plugin"]).get(..12).unwrap_or_default(),
        word(&version["settings_hash"]),
        at.unwrap_or_default(),
        version["actor"].as_str().unwrap_or("-"),
    )
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}
