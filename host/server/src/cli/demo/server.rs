//! The server as a process of its own: the same binary, `serve`, with settings of the demo's folder.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context as _, bail};
use tokio::{
    process::{Child, Command},
    time::{Instant, sleep, timeout},
};
use url::Url;

use super::{Args, api::Api, write};
use crate::cli::{
    receiver::Receiver,
    simulate::{Second, rfc3339},
};

/// A folder with this file is a demo's, and may be emptied.
const MARKER: &str = ".plaudit-demo";
/// A start includes making keys and opening an empty store.
const START_MAX: Duration = Duration::from_secs(60);
/// What a clean stop may take.
const STOP_MAX: Duration = Duration::from_secs(30);
/// How much of the log is shown when something failed, in lines.
const LAST_WORDS_LINES: usize = 12;

/// A running server.
pub(super) struct Server {
    pub(super) base: Url,
    child: Child,
    secrets: PathBuf,
    log: PathBuf,
}

impl Server {
    /// Empties the demo's folder, writes the settings and waits until the server is ready.
    pub(super) async fn start(args: &Args, receiver: &Receiver, clock: Second) -> anyhow::Result<Self> {
        let base = Url::parse(&format!("http://{}", args.listen))?;
        if std::net::TcpStream::connect_timeout(&args.listen, Duration::from_millis(300)).is_ok() {
            bail!(
                "something listens on {} already; stop it, or choose another address with --listen",
                args.listen
            );
        }
        empty(&args.data)?;
        let config = args.data.join("plaudit.toml");
        write(&config, &settings(args, receiver, clock))?;
        let log = args.data.join("server.log");
        let file = fs::File::create(&log).with_context(|| format!("{} can't be written", log.display()))?;
        let child = Command::new(std::env::current_exe()?)
            .arg("serve")
            .arg("--config")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            // Ctrl-C is ours to handle: it stops the server after the last count.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()
            .context("the server can't be started")?;
        let mut server = Self { base, child, secrets: args.data.join("secrets"), log };
        server.wait_ready().await?;
        Ok(server)
    }

    async fn wait_ready(&mut self) -> anyhow::Result<()> {
        let client = reqwest::Client::new();
        let deadline = Instant::now() + START_MAX;
        while Instant::now() < deadline {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended at once ({status})\n{}", self.last_words());
            }
            if Api::is_ready(&client, &self.base).await {
                return Ok(());
            }
            sleep(Duration::from_millis(50)).await;
        }
        bail!("the server was not ready within {} s\n{}", START_MAX.as_secs(), self.last_words())
    }

    /// The first admin's token, which the server wrote at its first start.
    pub(super) fn admin_token(&self) -> anyhow::Result<String> {
        let path = self.secrets.join("admin-token");
        let token = fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
        Ok(token.trim().to_owned())
    }

    /// The end of the server's log.
    pub(super) fn last_words(&self) -> String {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let last = &lines[lines.len().saturating_sub(LAST_WORDS_LINES)..];
        format!("the end of {}:\n{}", self.log.display(), last.join("\n"))
    }

    /// Stops it as an operator would, and waits.
    pub(super) async fn stop(&mut self) -> anyhow::Result<()> {
        if let Some(pid) = self.child.id().and_then(|pid| rustix::process::Pid::from_raw(pid.cast_signed())) {
            rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        }
        match timeout(STOP_MAX, self.child.wait()).await {
            Ok(status) if status.as_ref().is_ok_and(std::process::ExitStatus::success) => Ok(()),
            Ok(status) => bail!("the server did not stop cleanly ({})\n{}", status?, self.last_words()),
            Err(_) => {
                self.child.kill().await?;
                bail!("the server did not stop within {} s\n{}", STOP_MAX.as_secs(), self.last_words())
            }
        }
    }
}

/// Makes the folder empty: only a demo's own, or one with nothing in it.
fn empty(dir: &Path) -> anyhow::Result<()> {
    let used = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some());
    if used && !dir.join(MARKER).is_file() {
        bail!("{} is not a demo's folder and not empty; choose another with --data", dir.display());
    }
    if used {
        fs::remove_dir_all(dir).with_context(|| format!("{} can't be emptied", dir.display()))?;
    }
    fs::create_dir_all(dir).with_context(|| format!("{} can't be made", dir.display()))?;
    write(&dir.join(MARKER), "This folder is a demo's; the next demo empties it.\n")
}

fn settings(args: &Args, receiver: &Receiver, clock: Second) -> String {
    let quoted = |path: &Path| toml::Value::String(path.to_string_lossy().into_owned()).to_string();
    format!(
        r#"# Settings of the demo. `plaudit serve --config` with this file starts the server on the demo's data again.
[server]
listen = "{listen}"
{pages}

[store]
path = {store}
secrets_dir = {secrets}

[clock]
mode = "driven"
start = "{clock}"

[mail]
smtp = "smtp://{smtp}"
from = "Plaudit <plaudit@example.com>"

[chat]
api_url = "http://{http}/api"
token = "demo"
room_webhook = "http://{http}/hooks/room"

[delivery]
allow_private = ["{http_ip}", "{smtp_ip}"]

[log]
level = "warn"
"#,
        listen = args.listen,
        pages = super::accounts::settings(args.listen),
        store = quoted(&args.data.join("store")),
        secrets = quoted(&args.data.join("secrets")),
        clock = rfc3339(clock),
        smtp = receiver.smtp,
        http = receiver.http,
        http_ip = receiver.http.ip(),
        smtp_ip = receiver.smtp.ip(),
    )
}
