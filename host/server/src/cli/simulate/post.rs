//! Posting events to a server, in batches, with patience where it asks for some.

use std::time::Duration;

use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use reqwest::{StatusCode, header};
use url::Url;

use super::{Args, Timed, World};

/// Events in one request: far below the server's bound, so that a batch stays well under its bytes as well.
const BATCH_EVENTS: usize = 1000;
/// How often a busy server (429, 503) is asked again before we give up.
const ATTEMPTS: u32 = 30;

/// Posts events to one server.
#[derive(Clone, Debug)]
pub(crate) struct Poster {
    client: reqwest::Client,
    url: Url,
    token: Option<String>,
}

impl Poster {
    /// For the server at `base`, such as `http://127.0.0.1:8080`.
    pub(crate) fn new(client: reqwest::Client, base: &Url, token: Option<String>) -> anyhow::Result<Self> {
        let url = base.join("/v1/events").with_context(|| format!("{base} is no address of a server"))?;
        Ok(Self { client, url, token })
    }

    /// Posts events in this order; returns when all are acknowledged.
    pub(crate) async fn post(&self, events: &[Timed]) -> anyhow::Result<()> {
        for batch in events.chunks(BATCH_EVENTS) {
            let mut body = String::from("[");
            for (at, timed) in batch.iter().enumerate() {
                if at > 0 {
                    body.push(',');
                }
                body.push_str(&timed.event.to_json());
            }
            body.push(']');
            self.batch(body).await?;
        }
        Ok(())
    }

    async fn batch(&self, body: String) -> anyhow::Result<()> {
        for _ in 0..ATTEMPTS {
            let mut request = self
                .client
                .post(self.url.clone())
                .header(header::CONTENT_TYPE, "application/cloudevents-batch+json")
                .body(body.clone());
            if let Some(token) = &self.token {
                request = request.bearer_auth(token);
            }
            let answer = request.send().await.with_context(|| format!("{} does not answer", self.url))?;
            match answer.status() {
                StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                    let after = answer.headers().get(header::RETRY_AFTER);
                    let seconds =
                        after.and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok()).unwrap_or(1);
                    tokio::time::sleep(Duration::from_secs(std::cmp::min(seconds, 30))).await;
                }
                status if status.is_success() => return complaints(&answer.text().await?),
                status => {
                    let why = answer.text().await.unwrap_or_default();
                    bail!("{} answered {status}: {}", self.url, why.trim());
                }
            }
        }
        bail!("{} was too busy {ATTEMPTS} times in a row; try again later or with fewer agents", self.url)
    }
}

/// A batch may be taken in part: what was refused stands in the answer, and nothing of ours should be.
fn complaints(answer: &str) -> anyhow::Result<()> {
    let answer: serde_json::Value = serde_json::from_str(answer).unwrap_or_default();
    match answer.get("rejected").and_then(|rejected| rejected.as_array()) {
        Some(rejected) if !rejected.is_empty() => {
            bail!("{} of a batch's events were refused; the first: {}", rejected.len(), rejected[0])
        }
        _ => Ok(()),
    }
}

/// Posts all days of the command.
pub(crate) async fn all(world: &World, args: &Args, url: &Url) -> anyhow::Result<()> {
    let poster = Poster::new(reqwest::Client::new(), url, args.token.clone())?;
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} days, {msg} events, {eta} left")?;
    let bar = ProgressBar::new(args.days.into()).with_style(style);
    let mut posted = 0;
    for arrivals in world.days(args.date, args.days) {
        for part in arrivals.chunks(BATCH_EVENTS) {
            poster.post(part).await?;
            posted += part.len();
            bar.set_message(posted.to_string());
        }
        bar.inc(1);
    }
    bar.finish();
    Ok(())
}
