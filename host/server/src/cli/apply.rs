//! `plaudit apply`: brings a server to what a file says. Applying it again changes nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use reqwest::{Client, Method, StatusCode};
use serde_json::{Map, Value, json};
use url::Url;

use super::{ServerArgs, out};

/// Bring a server's sites, teams, metrics, budgets, prizes, plugins and incentives to what a file says.
///
/// The file is TOML with lists of tables: [[site]], [[team]], [[metric]], [[budget]], [[prize]], [[plugin]] with a
/// `file`, and [[incentive]]. Each has an `id` (a metric a `name`) and what the API takes. What is not in the file stays as it is.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Such as incentives.toml.
    file: PathBuf,
    #[command(flatten)]
    server: ServerArgs,
    /// Take the newest plugin and metric versions instead of those that running incentives have.
    #[arg(long)]
    repin: bool,
}

/// In this order: later ones need earlier ones. (table, address, name of the id)
const KINDS: [(&str, &str, &str); 6] = [
    ("site", "/v1/sites/", "id"),
    ("team", "/v1/teams/", "id"),
    ("metric", "/v1/metrics/", "name"),
    ("budget", "/v1/budgets/", "id"),
    ("prize", "/v1/prizes/", "id"),
    ("incentive", "/v1/incentives/", "id"),
];

/// Applies.
///
/// # Errors
/// The first thing the server refuses, with its reason; what came before it in the file is applied.
pub fn run(args: Args) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(&args.file)
        .with_context(|| format!("{} can't be read", args.file.display()))?;
    let document: Map<String, Value> = toml::from_str(&text)
        .with_context(|| format!("{} is not TOML as it should be", args.file.display()))?;
    let known = |key: &str| key == "plugin" || KINDS.iter().any(|(table, ..)| *table == key);
    if let Some(other) = document.keys().find(|key| !known(key)) {
        bail!(
            "{}: `{other}` is unknown; there may be: site, team, metric, budget, prize, plugin, incentive",
            args.file.display()
        );
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(apply(&args, &document))
}

async fn apply(args: &Args, document: &Map<String, Value>) -> anyhow::Result<()> {
    let server = Server::new(args.server.url.clone(), args.server.token.clone());
    for plugin in tables(document, "plugin")? {
        let file = plugin.get("file").and_then(Value::as_str).context("a [[plugin]] needs a `file`")?;
        let path = args.file.parent().unwrap_or(Path::new("")).join(file);
        let component = std::fs::read(&path).with_context(|| format!("{} can't be read", path.display()))?;
        let (created, answer) =
            server.send(Method::POST, "/v1/plugins", "application/wasm", component).await?;
        let manifest = &answer["manifest"];
        let name = format!("{}@{}", text(&manifest["name"]), text(&manifest["version"]));
        say(if created { "created" } else { "unchanged" }, "plugin", &name)?;
    }
    for (table, address, id_name) in KINDS {
        for mut wanted in tables(document, table)? {
            let id = wanted.remove(id_name).and_then(|id| id.as_str().map(str::to_owned));
            let id = id.with_context(|| format!("a [[{table}]] needs `{id_name}`"))?;
            let outcome = put(&server, table, &format!("{address}{id}"), wanted, args.repin).await?;
            say(&outcome, table, &id)?;
        }
    }
    Ok(())
}

/// Puts one thing; says what became of it.
async fn put(
    server: &Server,
    table: &str,
    path: &str,
    wanted: Map<String, Value>,
    repin: bool,
) -> anyhow::Result<String> {
    // Incentives say themselves what changed; of the others the answers before and after are compared.
    if table == "incentive" {
        let path = format!("{path}{}", if repin { "?repin=true" } else { "" });
        let (_, answer) = server.put(&path, wanted).await?;
        return Ok(text(&answer["outcome"]).to_owned());
    }
    let list = path.rsplit_once('/').map_or(path, |(list, _)| list);
    let before = server.send(Method::GET, list, "application/json", Vec::new()).await?.1;
    server.put(path, wanted).await?;
    let after = server.send(Method::GET, list, "application/json", Vec::new()).await?.1;
    let count = |list: &Value| list.as_array().map_or(0, Vec::len);
    Ok(match () {
        () if before == after => "unchanged",
        () if count(&before) < count(&after) => "created",
        () => "changed",
    }
    .to_owned())
}

fn tables(document: &Map<String, Value>, name: &str) -> anyhow::Result<Vec<Map<String, Value>>> {
    let Some(value) = document.get(name) else { return Ok(Vec::new()) };
    serde_json::from_value(value.clone()).with_context(|| format!("write [[{name}]], a list of tables"))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("?")
}

fn say(outcome: &str, what: &str, id: &str) -> anyhow::Result<()> {
    out(&format!("{outcome:<10} {what} {id}"))
}

/// The server's API.
pub(super) struct Server {
    client: Client,
    url: Url,
    token: String,
}

impl Server {
    /// The API at this address.
    pub(super) fn new(url: Url, token: String) -> Self {
        Self { client: Client::new(), url, token }
    }

    async fn put(&self, path: &str, document: Map<String, Value>) -> anyhow::Result<(bool, Value)> {
        self.send(Method::PUT, path, "application/json", Value::Object(document).to_string().into_bytes())
            .await
    }

    /// Whether something was created, and the answer.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &str,
        media: &str,
        body: Vec<u8>,
    ) -> anyhow::Result<(bool, Value)> {
        let (status, answer) = self.answer(method, path, media, body, &[]).await?;
        Ok((status == StatusCode::CREATED, answer))
    }

    /// The answer with its status, which is a good one or one of `expected`.
    pub(super) async fn answer(
        &self,
        method: Method,
        path: &str,
        media: &str,
        body: Vec<u8>,
        expected: &[StatusCode],
    ) -> anyhow::Result<(StatusCode, Value)> {
        self.answer_along(method, path, media, &[], body, expected).await
    }

    /// The same, with further headers.
    pub(super) async fn answer_along(
        &self,
        method: Method,
        path: &str,
        media: &str,
        headers: &[(&str, String)],
        body: Vec<u8>,
        expected: &[StatusCode],
    ) -> anyhow::Result<(StatusCode, Value)> {
        let url = self.url.join(path)?;
        let mut request =
            self.client.request(method.clone(), url).bearer_auth(&self.token).header("content-type", media);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let response = request.body(body).send().await.with_context(|| {
            format!("{} does not answer; is the server running? --url says where it is", self.url)
        })?;
        let status = response.status();
        let answer: Value = response.json().await.unwrap_or_else(|_| json!({}));
        if !status.is_success() && !expected.contains(&status) {
            let errors = answer["errors"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|e| format!("\n  {e}"))
                .collect::<String>();
            bail!("{method} {path}: {status}: {}{errors}", text(&answer["detail"]));
        }
        Ok((status, answer))
    }
}
