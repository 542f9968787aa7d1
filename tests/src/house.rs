//! A house with its front door open: the real server as a process of its own, on a driven clock and a store of its own,
//! and somebody who receives what it tells.
//!
//! ```no_run
//! # async fn story() {
//! use plaudit_tests::house::{House, at};
//!
//! let house = House::plan()
//!     .site("vno", "Europe/Vilnius")
//!     .team("blue", "vno")
//!     .agent("ana").in_team("blue")
//!     .plugin("contest")
//!     .open("2026-03-02T06:00:00Z")
//!     .await;
//! house.drive_to("2026-03-02T09:00:00Z").await;
//! house.post(&[at("2026-03-02T08:59:00Z").call("ana")]).await;
//! # }
//! ```

mod binary;
mod door;
mod facts;
mod mailroom;
mod setup;

use std::{
    fs,
    ops::Deref,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU16, Ordering},
    time::Duration,
};

use reqwest::Client;
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

pub use door::{Board, Door, Row};
pub use facts::{At, Fact, at};
pub use mailroom::{Hook, Line, Mailroom};
pub use setup::Setup;

/// Most that a start may take: a debug build on a busy machine.
const START_MAX: Duration = Duration::from_secs(90);
/// Most that a clean stop may take.
const STOP_MAX: Duration = Duration::from_secs(60);
/// Keys of every house of the tests, so that two houses give the same ids and draw with the same seeds.
const KEYS: [(&str, u8); 3] = [("id.key", 0x11), ("draw.key", 0x22), ("mac.key", 0x33)];

/// A running server, or one that was stopped and can be started again. Whatever ends the test ends the process.
pub struct House {
    door: Door,
    /// What was told.
    pub mailroom: Mailroom,
    child: Option<Child>,
    folder: TempDir,
}

impl Deref for House {
    type Target = Door;

    fn deref(&self) -> &Door {
        &self.door
    }
}

impl House {
    /// Begins to say what the house is like.
    pub fn plan() -> Setup {
        Setup::default()
    }

    /// Starts a server on a new store, at this time of its clock, with these further settings.
    async fn start(clock: &str, has_pages: bool, further: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        write_keys(&folder.path().join("secrets"));
        let mailroom = Mailroom::open().await;
        let port = configure(folder.path(), &mailroom, clock, has_pages, further);
        Self::serve(folder, mailroom, port).await
    }

    /// A second house on a restored backup of this one, which must be stopped. It has the same keys, and a mailroom of
    /// its own that only the chat and mail of the restored house reach.
    pub async fn restored(&self, backup: &Path, clock: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let secrets = folder.path().join("secrets");
        write_keys(&secrets);
        let token = "admin-token";
        fs::copy(self.path("secrets").join(token), secrets.join(token)).expect("the admin's token");
        let mailroom = Mailroom::open().await;
        let port = configure(folder.path(), &mailroom, clock, false, "");
        let restore = plaudit(&["store", "--config"])
            .arg(folder.path().join("plaudit.toml"))
            .arg("restore")
            .arg(backup)
            .output()
            .expect("plaudit starts");
        assert!(restore.status.success(), "{}", String::from_utf8_lossy(&restore.stderr));
        Self::serve(folder, mailroom, port).await
    }

    async fn serve(folder: TempDir, mailroom: Mailroom, port: u16) -> Self {
        let door = Door::new(port);
        let mut house = Self { door, mailroom, child: None, folder };
        house.start_again().await;
        house
    }

    /// Starts the server on what is there. It must not be running.
    pub async fn start_again(&mut self) {
        assert!(self.child.is_none(), "the server runs already");
        let log =
            fs::OpenOptions::new().create(true).append(true).open(self.path("server.log")).expect("a log");
        let child = plaudit(&["serve", "--config"])
            .arg(self.path("plaudit.toml"))
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log)
            .spawn()
            .expect("the server starts");
        let child = self.child.insert(child);
        let deadline = Instant::now() + START_MAX;
        while !self.door.is_ready().await {
            let ended = child.try_wait().expect("a child");
            assert!(ended.is_none(), "the server ended ({ended:?}):\n{}", last_words(self.folder.path()));
            assert!(
                Instant::now() < deadline,
                "the server is not ready:\n{}",
                last_words(self.folder.path())
            );
            sleep(Duration::from_millis(10)).await;
        }
        let token = fs::read_to_string(self.path("secrets/admin-token")).expect("the admin's token");
        token.trim().clone_into(&mut self.door.token);
    }

    /// Kills the server as a power cut would: no goodbye, nothing flushed.
    pub fn kill(&mut self) {
        let mut child = self.child.take().expect("the server runs");
        child.kill().expect("SIGKILL");
        child.wait().expect("an end");
    }

    /// Stops the server as an operator does, and waits.
    pub async fn stop(&mut self) {
        let mut child = self.child.take().expect("the server runs");
        let pid = rustix::process::Pid::from_child(&child);
        rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("SIGTERM");
        let deadline = Instant::now() + STOP_MAX;
        let status = loop {
            match child.try_wait().expect("a child") {
                Some(status) => break status,
                None if Instant::now() < deadline => sleep(Duration::from_millis(10)).await,
                None => {
                    child.kill().expect("SIGKILL");
                    panic!("the server does not stop:\n{}", last_words(self.folder.path()));
                }
            }
        };
        assert!(status.success(), "the server ended badly ({status}):\n{}", last_words(self.folder.path()));
    }

    /// Runs `plaudit store <arguments>` on the stopped house.
    pub fn store(&self, arguments: &[&str]) -> Output {
        let mut command = plaudit(&["store", "--config"]);
        command.arg(self.path("plaudit.toml")).args(arguments).output().expect("plaudit starts")
    }

    /// A path in the house's own folder, which goes with the house.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Waits until everything is settled and told.
    ///
    /// # Panics
    /// When that takes minutes, or something could not be delivered.
    pub async fn told(&self) {
        self.settled().await;
        let deadline = Instant::now() + START_MAX;
        loop {
            let page = self.get("/v1/deliveries?limit=1").await;
            assert_eq!(page["counts"]["dead"], 0, "{page}\n{}", last_words(self.folder.path()));
            if page["idle"] == true {
                return;
            }
            assert!(Instant::now() < deadline, "not told: {page}\n{}", last_words(self.folder.path()));
            sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself; there is nobody left to tell.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The server's program with these first arguments.
///
/// # Panics
/// When it is missing and can't be built.
pub fn plaudit(arguments: &[&str]) -> Command {
    let mut command = Command::new(binary::path());
    // What the developer's shell sets for a server of theirs is not for this one.
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("PLAUDIT_") {
            command.env_remove(name);
        }
    }
    command.args(arguments);
    command
}

fn write_keys(folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    for (name, byte) in KEYS {
        fs::write(folder.join(name), format!("{byte:02x}").repeat(32)).expect("a key");
    }
}

/// A port that nobody listens on, below those that outgoing connections take.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    // Test processes that run at the same time begin at different places.
    let own = u16::try_from(std::process::id() % 1_000).unwrap_or_default() * 10;
    loop {
        let port = 20_000 + (own + NEXT.fetch_add(1, Ordering::SeqCst)) % 10_000;
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// Writes the settings; returns the port.
fn configure(folder: &Path, mailroom: &Mailroom, clock: &str, has_pages: bool, further: &str) -> u16 {
    let port = free_port();
    let text = settings(folder, mailroom, port, clock, has_pages) + further;
    fs::write(folder.join("plaudit.toml"), text).expect("settings");
    port
}

fn settings(folder: &Path, mailroom: &Mailroom, port: u16, clock: &str, has_pages: bool) -> String {
    let pages = if has_pages { "accounts" } else { "off" };
    let (http, smtp) = (mailroom.http(), mailroom.smtp());
    format!(
        r#"
[server]
listen = "127.0.0.1:{port}"
pages = "{pages}"

[store]
path = "{folder}/store"
secrets_dir = "{folder}/secrets"

[clock]
mode = "driven"
start = "{clock}"

[mail]
smtp = "smtp://{smtp}"
from = "Plaudit <plaudit@example.com>"

[chat]
api_url = "http://{http}/api"
token = "tests"
room_webhook = "http://{http}/hooks/room"

[delivery]
allow_private = ["127.0.0.1"]

[engine]
threads = 2

[log]
level = "warn"
"#,
        folder = folder.display()
    )
}

/// The end of the server's log.
fn last_words(folder: &Path) -> String {
    let log = fs::read_to_string(folder.join("server.log")).unwrap_or_default();
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

/// A client that no proxy of the environment comes between.
fn client() -> Client {
    Client::builder().no_proxy().build().expect("a client")
}
