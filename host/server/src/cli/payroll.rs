//! `plaudit payroll`: what was booked in a range of days, as CSV, from a server that runs.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use anyhow::{Context, bail};
use chrono::NaiveDate;
use reqwest::Client;

use super::ServerArgs;

/// Print what was booked in a range of days, as CSV.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// First day of booking, such as 2026-03-01.
    #[arg(long)]
    from: NaiveDate,
    /// Last day of booking.
    #[arg(long)]
    to: NaiveDate,
    /// Whose days.
    #[arg(long, default_value = "UTC")]
    zone: chrono_tz::Tz,
    /// A new file; standard output if left out.
    #[arg(long)]
    output: Option<PathBuf>,
    #[command(flatten)]
    server: ServerArgs,
}

/// Fetches and writes.
///
/// # Errors
/// What the server says, or that the export broke off.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    match &args.output {
        None => runtime.block_on(fetch(args, &mut io::stdout().lock())),
        Some(path) => {
            let file = File::create_new(path)
                .with_context(|| format!("{} can't be made; name a new file", path.display()))?;
            let mut out = BufWriter::new(file);
            let done = runtime.block_on(fetch(args, &mut out)).and_then(|()| Ok(out.flush()?));
            if done.is_err() {
                // Half an export must not look like one.
                std::fs::remove_file(path)
                    .with_context(|| format!("{} is half an export: remove it", path.display()))?;
            }
            done
        }
    }
}

async fn fetch(args: &Args, out: &mut impl Write) -> anyhow::Result<()> {
    let mut url = args.server.url.join("/v1/payroll")?;
    url.query_pairs_mut()
        .append_pair("from", &args.from.to_string())
        .append_pair("to", &args.to.to_string())
        .append_pair("zone", args.zone.name());
    let request = Client::new().get(url).bearer_auth(&args.server.token);
    let mut response = request.send().await.with_context(|| {
        format!("{} does not answer; is the server running? --url says where it is", args.server.url)
    })?;
    if !response.status().is_success() {
        let status = response.status();
        let problem: serde_json::Value = response.json().await.unwrap_or_default();
        bail!("{status}: {}", problem["detail"].as_str().unwrap_or("?"));
    }
    while let Some(part) = response.chunk().await.context("the export broke off; try again")? {
        out.write_all(&part)?;
    }
    Ok(out.flush()?)
}
