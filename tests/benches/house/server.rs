//! The real server as a child process, and what a client needs of its API.

use std::{
    fs,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail};
use plaudit::cli::simulate::{Second, rfc3339};
use reqwest::{Client, Method, header::CONTENT_TYPE};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

/// What a start, a stop or settling may take before the run is given up.
const PATIENCE: Duration = Duration::from_secs(1800);

/// Where cargo put this program's neighbours: `target/release`.
fn neighbours() -> anyhow::Result<PathBuf> {
    let own = std::env::current_exe().context("the bench can't find its own program")?;
    Ok(own.ancestors().nth(2).context("the bench stands in no target folder")?.to_owned())
}

/// A rule that `cargo xtask plugins` made.
pub(crate) fn component(name: &str) -> anyhow::Result<Vec<u8>> {
    let target = neighbours()?.parent().map(Path::to_owned).unwrap_or_default();
    let path = target.join("plugins").join(format!("{name}.wasm"));
    fs::read(&path)
        .with_context(|| format!("{} can't be read; start this as `cargo xtask bench`", path.display()))
}

/// A running server on a folder of its own.
pub(crate) struct Server {
    child: Child,
    folder: PathBuf,
    base: String,
    client: Client,
    token: String,
}

impl Server {
    /// Starts a server on an empty folder, with a clock that is driven from `clock` on.
    pub(crate) async fn start_new(folder: &Path, clock: Second) -> anyhow::Result<Self> {
        // Taken and given back: nobody else is expected to want it in between.
        let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let settings = format!(
            "[server]\nlisten = \"{listen}\"\n[store]\npath = \"store\"\nsecrets_dir = \"secrets\"\n\
             [clock]\nmode = \"driven\"\nstart = \"{}\"\n[limits]\nrequests_per_minute = 0\n\
             ingest_requests_per_minute = 0\n[log]\nlevel = \"warn\"\n",
            rfc3339(clock)
        );
        fs::write(folder.join("plaudit.toml"), settings)?;
        let (base, client) = (format!("http://{listen}"), Client::new());
        let child = spawn(folder)?;
        let mut server = Self { child, folder: folder.to_owned(), base, client, token: String::new() };
        server.wait_ready(Instant::now()).await?;
        server.token = fs::read_to_string(folder.join("secrets/admin-token"))?.trim().to_owned();
        Ok(server)
    }

    /// Starts it again on what it left; says how long it took until it was ready.
    pub(crate) async fn start_again(&mut self) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        self.child = spawn(&self.folder)?;
        self.wait_ready(begun).await
    }

    async fn wait_ready(&mut self, begun: Instant) -> anyhow::Result<Duration> {
        let url = format!("{}/readyz", self.base);
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended at once ({status})\n{}", self.last_words());
            }
            if self.client.get(&url).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(begun.elapsed());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        bail!("the server was not ready within {PATIENCE:?}\n{}", self.last_words())
    }

    /// Where it listens, as browsers have it.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Sends a body and reads the answer as JSON.
    async fn call(&self, method: Method, path: &str, media: &str, body: Vec<u8>) -> anyhow::Result<Value> {
        let request = self.client.request(method, format!("{}{path}", self.base)).bearer_auth(&self.token);
        let answer = request.header(CONTENT_TYPE, media).body(body).send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        if !status.is_success() {
            bail!("{path} answered {status}: {}", text.trim());
        }
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    /// Puts a document.
    pub(crate) async fn put(&self, path: &str, body: &Value) -> anyhow::Result<()> {
        self.call(Method::PUT, path, "application/json", body.to_string().into_bytes()).await.map(drop)
    }

    /// Posts anything.
    pub(crate) async fn post(&self, path: &str, media: &str, body: Vec<u8>) -> anyhow::Result<Value> {
        self.call(Method::POST, path, media, body).await
    }

    /// Asks for something.
    pub(crate) async fn get(&self, path: &str) -> anyhow::Result<Value> {
        self.call(Method::GET, path, "text/plain", Vec::new()).await
    }

    /// Posts a batch of events; returns when they are durable.
    pub(crate) async fn events(&self, body: Vec<u8>) -> anyhow::Result<()> {
        let answer = self.post("/v1/events", "application/cloudevents-batch+json", body).await?;
        match answer["rejected"].as_array().and_then(|rejected| rejected.first()) {
            Some(first) => bail!("an event was refused: {first}"),
            None => Ok(()),
        }
    }

    /// Moves the clock on.
    pub(crate) async fn drive(&self, to: Second) -> anyhow::Result<()> {
        let body = json!({ "to": rfc3339(to) }).to_string();
        self.post("/v1/clock", "application/json", body.into_bytes()).await.map(drop)
    }

    /// Waits until every incentive has settled everything.
    ///
    /// # Errors
    /// An incentive is paused by a fault, or it takes for ever.
    pub(crate) async fn settled(&self) -> anyhow::Result<()> {
        let begun = Instant::now();
        let mut looks = 0;
        while begun.elapsed() < PATIENCE {
            let status = self.call(Method::GET, "/v1/status", "text/plain", Vec::new()).await?;
            let faults = status["tasks"].as_array().into_iter().flatten();
            if let Some(task) = faults.into_iter().find(|task| task["fault"].is_string()) {
                bail!("an incentive is paused: {task}");
            }
            // Twice: what a task proposes at its end becomes a block a moment later.
            looks = if status["idle"] == true { looks + 1 } else { 0 };
            if looks == 2 {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(if looks > 0 { 1 } else { 5 })).await;
        }
        bail!("the incentives had not settled everything within {PATIENCE:?}\n{}", self.last_words())
    }

    /// A line of `/proc/<pid>/status`, in bytes: `VmRSS` is what is resident now, `VmHWM` the most there was.
    pub(crate) fn memory(&self, line: &str) -> anyhow::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .context("this system has no /proc to read memory from")?;
        let value = status.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(':'));
        let kibibytes = value.and_then(|v| v.split_whitespace().next()?.parse::<u64>().ok());
        Ok(kibibytes.with_context(|| format!("no {line} in /proc/<pid>/status"))? * 1024)
    }

    /// Bytes of the store on disk.
    pub(crate) fn store_bytes(&self) -> anyhow::Result<u64> {
        fn of(path: &Path) -> std::io::Result<u64> {
            let data = fs::metadata(path)?;
            if !data.is_dir() {
                return Ok(data.len());
            }
            fs::read_dir(path)?.map(|entry| of(&entry?.path())).sum()
        }
        Ok(of(&self.folder.join("store"))?)
    }

    /// Stops it as an operator would; says how long it took.
    pub(crate) fn stop(&mut self) -> anyhow::Result<Duration> {
        self.end(Signal::TERM)
    }

    /// Ends it as a power cut would, as far as a process can.
    pub(crate) fn kill(&mut self) -> anyhow::Result<Duration> {
        self.end(Signal::KILL)
    }

    fn end(&mut self, signal: Signal) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        let pid = Pid::from_raw(self.child.id().cast_signed()).context("the server has no process")?;
        kill_process(pid, signal)?;
        while self.child.try_wait()?.is_none() {
            if begun.elapsed() > PATIENCE {
                bail!("the server did not end within {PATIENCE:?}");
            }
            thread::sleep(Duration::from_millis(2));
        }
        Ok(begun.elapsed())
    }

    fn last_words(&self) -> String {
        let log = fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(10)..].join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn spawn(folder: &Path) -> anyhow::Result<Child> {
    let program = neighbours()?.join(format!("plaudit{}", std::env::consts::EXE_SUFFIX));
    let log = fs::File::options().create(true).append(true).open(folder.join("server.log"))?;
    Command::new(&program)
        .args(["serve", "--config", "plaudit.toml"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .with_context(|| format!("{} can't be started; start this as `cargo xtask bench`", program.display()))
}
