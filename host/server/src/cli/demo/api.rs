//! The server's HTTP API, as far as the demo uses it.

use anyhow::{Context as _, bail};
use reqwest::{
    Client, Method, StatusCode,
    header::{CONTENT_TYPE, ORIGIN},
    redirect::Policy,
};
use serde_json::{Value, json};
use url::Url;

use crate::cli::simulate::{Poster, Second, Timed, rfc3339};

/// A server and the token that may do everything there.
pub(super) struct Api {
    client: Client,
    base: Url,
    token: String,
    poster: Poster,
}

/// What a task says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    /// Blocks that no task has settled yet, summed over all tasks.
    pub(super) lag_blocks: u64,
    /// Whether nothing is due any more at the house's time.
    pub(super) idle: bool,
    /// Incentives that are paused by a fault, with the reason.
    pub(super) faults: Vec<String>,
}

/// Deliveries by state, as the server counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
pub(super) struct Deliveries {
    pub(super) pending: u64,
    pub(super) sent: u64,
    pub(super) dead: u64,
    pub(super) cancelled: u64,
}

impl Api {
    pub(super) fn new(base: &Url, token: String) -> anyhow::Result<Self> {
        let client = Client::new();
        let poster = Poster::new(client.clone(), base, Some(token.clone()))?;
        Ok(Self { client, base: base.clone(), token, poster })
    }

    /// Sends a body and reads the answer as JSON; `Null` when it is empty or none.
    async fn call(&self, method: Method, path: &str, media: &str, body: Vec<u8>) -> anyhow::Result<Value> {
        let url = self.base.join(path)?;
        let request = self.client.request(method.clone(), url).bearer_auth(&self.token);
        let request = if body.is_empty() { request } else { request.header(CONTENT_TYPE, media).body(body) };
        let answer =
            request.send().await.with_context(|| format!("{method} {path}: the server does not answer"))?;
        let status = answer.status();
        let text = answer.text().await.unwrap_or_default();
        if !status.is_success() {
            bail!("{method} {path} answered {status}: {}", text.trim());
        }
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    pub(super) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.call(Method::GET, path, "", Vec::new()).await
    }

    pub(super) async fn put(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        self.call(Method::PUT, path, "application/json", body.to_string().into_bytes()).await
    }

    pub(super) async fn post(&self, path: &str, media: &str, body: Vec<u8>) -> anyhow::Result<Value> {
        self.call(Method::POST, path, media, body).await
    }

    /// Sends a form as a browser on a page of the house does, and expects to be led on.
    pub(super) async fn form(&self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<()> {
        let url = self.base.join(path)?;
        let client = Client::builder().redirect(Policy::none()).build()?;
        let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = client.post(url).header(ORIGIN, self.base.origin().ascii_serialization());
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(body);
        let status = request.send().await.with_context(|| format!("POST {path}"))?.status();
        if status != StatusCode::SEE_OTHER {
            bail!("POST {path} answered {status}");
        }
        Ok(())
    }

    /// Posts events; returns when they are durable.
    pub(super) async fn events(&self, events: &[Timed]) -> anyhow::Result<()> {
        self.poster.post(events).await
    }

    /// Moves the driven clock on.
    pub(super) async fn drive(&self, now: Second) -> anyhow::Result<()> {
        let body = json!({ "to": rfc3339(now) }).to_string();
        self.post("/v1/clock", "application/json", body.into_bytes()).await.map(drop)
    }

    /// How far the tasks are.
    pub(super) async fn standing(&self) -> anyhow::Result<Standing> {
        let status = self.get("/v1/status").await?;
        // The list itself, or a document with the list in it.
        let tasks =
            status.as_array().or_else(|| status["tasks"].as_array()).context("/v1/status lists no tasks")?;
        let fault = |task: &Value| {
            let fault = task["fault"].as_str()?;
            Some(format!("{}: {fault}", task["incentive"].as_str().unwrap_or_default()))
        };
        Ok(Standing {
            lag_blocks: tasks.iter().filter_map(|task| task["lag_blocks"].as_u64()).sum(),
            idle: status["idle"].as_bool().unwrap_or(false),
            faults: tasks.iter().filter_map(fault).collect(),
        })
    }

    /// Deliveries by state, and whether nothing is under way: neither a delivery nor a message that is not planned yet.
    pub(super) async fn deliveries(&self) -> anyhow::Result<(Deliveries, bool)> {
        let page = self.get("/v1/deliveries?limit=1").await?;
        let counts = page.get("counts").cloned().unwrap_or_default();
        let counts = serde_json::from_value(counts).context("/v1/deliveries answers without its counts")?;
        Ok((counts, page["idle"].as_bool().unwrap_or(false)))
    }

    /// Whether the server takes requests.
    pub(super) async fn is_ready(client: &Client, base: &Url) -> bool {
        let Ok(url) = base.join("/readyz") else { return false };
        client.get(url).send().await.is_ok_and(|answer| answer.status() == StatusCode::OK)
    }
}
