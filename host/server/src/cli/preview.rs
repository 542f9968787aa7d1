//! `plaudit preview`: who would have won? Runs an incentive over a stretch of the past, on a server, without touching
//! anything.

mod show;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use indicatif::{ProgressBar, ProgressStyle};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Map, Value};

use super::{ServerArgs, figures::number, out};
use crate::api::previews::{PreviewState, PreviewView};

/// Run an incentive over a stretch of the past: who would have won, what it would have cost, how it is spread.
///
/// Nothing is touched: no award, no message, no entry of the journal. Draws are examples, with seeds of their own.
///
/// Exit codes: 0 there is a result; 1 it could not be made (the server refused or failed, or the file is wrong); 2 the
/// command line is wrong; 3 there is a result, but the rule failed on the way; 130 cancelled by Ctrl-C, on the server too.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The format of `plaudit apply`; of its tables only [[incentive]] counts.
    file: PathBuf,
    /// Which incentive of the file, if it has several.
    #[arg(long)]
    incentive: Option<String>,
    /// First day or time: 2026-03-02 (in the incentive's zone) or 2026-03-02T06:00:00Z.
    #[arg(long)]
    from: String,
    /// First day or time after the window.
    #[arg(long)]
    to: String,
    /// Whether the allotment of the file holds; without it everything is paid, to see what it costs.
    #[arg(long)]
    within_allotment: bool,
    #[command(flatten)]
    server: ServerArgs,
    /// Take the newest plugin and metric versions instead of those that the incentive has pinned.
    #[arg(long)]
    repin: bool,
    /// The whole result as JSON, for machines.
    #[arg(long)]
    json: bool,
}

/// There is a result, but the rule failed.
pub const EXIT_FAULT: u8 = 3;
/// Cancelled by Ctrl-C.
pub const EXIT_CANCELLED: u8 = 130;
/// Seconds that one request waits for the result: after each the bar moves.
const WAIT_S: u64 = 1;
/// How long a busy server is left alone before it is asked again.
const BUSY: Duration = Duration::from_secs(5);
/// How often a busy server is asked.
const ATTEMPTS: u32 = 12;

/// Previews; gives the exit code.
///
/// # Errors
/// What the file lacks, or what the server says.
pub fn run(args: &Args) -> anyhow::Result<u8> {
    let document = document(args)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(preview(args, document))
}

/// The incentive of the file, with the window.
fn document(args: &Args) -> anyhow::Result<Map<String, Value>> {
    let name = args.file.display();
    let text = std::fs::read_to_string(&args.file).with_context(|| format!("{name} can't be read"))?;
    let file: Map<String, Value> =
        toml::from_str(&text).with_context(|| format!("{name} is not TOML as it should be"))?;
    let incentives = incentives(&file, &args.file)?;
    let ids: Vec<&str> = incentives.iter().map(|i| i["id"].as_str().unwrap_or("?")).collect();
    let list = ids.join(", ");
    let at = match &args.incentive {
        Some(wanted) => ids.iter().position(|id| id == wanted),
        None if ids.len() == 1 => Some(0),
        None => bail!("{name} has {} incentives; say which with --incentive: {list}", ids.len()),
    };
    let at = at.with_context(|| {
        format!("{name} has no incentive {:?}; it has: {list}", args.incentive.as_deref().unwrap_or_default())
    })?;
    let mut document = incentives[at].clone();
    for field in ["start", "end"] {
        document.remove(field); // The window stands for them.
    }
    if !args.within_allotment {
        document.remove("allotment");
        document.remove("prizes");
    }
    document.insert("from".to_owned(), args.from.clone().into());
    document.insert("to".to_owned(), args.to.clone().into());
    Ok(document)
}

fn incentives(file: &Map<String, Value>, path: &Path) -> anyhow::Result<Vec<Map<String, Value>>> {
    let tables = file.get("incentive").cloned().unwrap_or_default();
    let found: Option<Vec<Map<String, Value>>> = serde_json::from_value(tables).unwrap_or_default();
    match found {
        Some(found) if !found.is_empty() => Ok(found),
        _ => bail!("{} has no [[incentive]]; write one as for `plaudit apply`", path.display()),
    }
}

async fn preview(args: &Args, document: Map<String, Value>) -> anyhow::Result<u8> {
    let server = Server { client: Client::new(), args };
    let mut view = server.begin(&document).await?;
    let bar = bar();
    let mut stop = Box::pin(tokio::signal::ctrl_c());
    while matches!(view.state, PreviewState::Waiting | PreviewState::Running) {
        bar.set_position(view.progress.per_mille);
        bar.set_message(match view.state {
            PreviewState::Waiting => "waiting for another preview".to_owned(),
            _ => format!("{} events", number(view.progress.events)),
        });
        tokio::select! {
            next = server.read(&view.id) => view = next?,
            _ = &mut stop => {
                bar.finish_and_clear();
                server.cancel(&view.id).await?;
                note("plaudit: cancelled; the server has stopped it, and nothing was touched");
                return Ok(EXIT_CANCELLED);
            }
        }
    }
    bar.finish_and_clear();
    let Some(result) = &view.result else {
        let why = view.problem.clone().unwrap_or_else(|| "somebody cancelled it".to_owned());
        bail!("the preview has no result: {why}");
    };
    if let Some(obstacle) = &view.obstacle {
        note(&format!("plaudit: it could not be enabled now: {obstacle}"));
    }
    if args.json {
        out(&serde_json::to_string_pretty(&view)?)?;
    } else {
        out(show::text(&view, result).trim_end())?;
    }
    Ok(if result.fault.is_some() { EXIT_FAULT } else { 0 })
}

/// A bar on standard error, where there is a terminal.
fn bar() -> ProgressBar {
    let bar = ProgressBar::new(1000);
    let style = ProgressStyle::with_template("{bar:40} {percent:>3} %  {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Says something that is no result.
fn note(text: &str) {
    use std::io::Write as _;
    // Nobody is left to hear it when standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
}

struct Server<'a> {
    client: Client,
    args: &'a Args,
}

impl Server<'_> {
    async fn begin(&self, document: &Map<String, Value>) -> anyhow::Result<PreviewView> {
        let path = format!("/v1/incentives/preview?repin={}", self.args.repin);
        let body = Value::Object(document.clone()).to_string();
        for _ in 1..ATTEMPTS {
            let (status, answer) = self.send(Method::POST, &path, body.clone()).await?;
            if status != StatusCode::TOO_MANY_REQUESTS {
                return view(status, answer);
            }
            note("plaudit: the server has enough previews at the moment; trying again in 5 s");
            tokio::time::sleep(BUSY).await;
        }
        let (status, answer) = self.send(Method::POST, &path, body).await?;
        view(status, answer)
    }

    async fn read(&self, id: &str) -> anyhow::Result<PreviewView> {
        let path = format!("/v1/previews/{id}?wait={WAIT_S}");
        let (status, answer) = self.send(Method::GET, &path, String::new()).await?;
        view(status, answer)
    }

    async fn cancel(&self, id: &str) -> anyhow::Result<()> {
        let (status, answer) =
            self.send(Method::DELETE, &format!("/v1/previews/{id}"), String::new()).await?;
        // It may be gone already.
        if status.is_success() || status == StatusCode::NOT_FOUND {
            Ok(())
        } else {
            bail!("{}", why(status, &answer))
        }
    }

    async fn send(&self, method: Method, path: &str, body: String) -> anyhow::Result<(StatusCode, Value)> {
        let url = self.args.server.url.join(path)?;
        let request = self.client.request(method, url).bearer_auth(&self.args.server.token);
        let request = match body.is_empty() {
            true => request,
            false => request.header("content-type", "application/json").body(body),
        };
        let response = request.send().await.with_context(|| {
            format!("{} does not answer; is the server running? --url says where it is", self.args.server.url)
        })?;
        let status = response.status();
        Ok((status, response.json().await.unwrap_or_default()))
    }
}

fn view(status: StatusCode, answer: Value) -> anyhow::Result<PreviewView> {
    if !status.is_success() {
        bail!("{}", why(status, &answer));
    }
    serde_json::from_value(answer).context("the server's answer is not understood; is it of another version?")
}

/// What a problem says.
fn why(status: StatusCode, answer: &Value) -> String {
    let errors: String =
        answer["errors"].as_array().into_iter().flatten().map(|error| format!("\n  {error}")).collect();
    let detail = answer["detail"].as_str().unwrap_or("without a word");
    format!("the server refused the preview ({status}): {detail}{errors}")
}
