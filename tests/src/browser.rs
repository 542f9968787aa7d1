//! A real browser: Chromium, driven by its own driver over WebDriver.
//!
//! Where one of them is missing, [`Browser::open`] gives nothing and says so; with `PLAUDIT_BROWSER=required` it fails
//! instead.

use std::{
    env,
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use fantoccini::{Client, ClientBuilder, Locator, elements::Element};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use tokio::time::{Instant, sleep};

use crate::script::told_left_out;

/// Most that anything may take to appear: a debug build on a busy machine. Less than a minute, after which pages look for news
/// by themselves: what is to be told has to be told.
const PATIENCE: Duration = Duration::from_secs(50);
/// Names of the browser, in the order in which they are tried.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// What the driver prints when it listens, before its port.
const READY: &str = "started successfully on port ";

/// How big the window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// A desktop's.
    Desk,
    /// A phone's: 390 CSS pixels wide.
    Phone,
}

/// What the reader's system prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Somebody at a browser. Whatever ends the test ends the browser.
pub struct Browser {
    client: Client,
    base: String,
    // Ended before its folder goes.
    _driver: Driver,
    _profile: TempDir,
}

/// The driver's process; the browser ends with it.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody left to tell.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Browser {
    /// A new browser that knows nobody, for the pages of a server at `base`; none where there is no browser.
    ///
    /// # Panics
    /// When the browser is there and does not start, or is missing where it is required.
    pub async fn open(base: &str, window: Window) -> Option<Self> {
        Self::open_in(base, window, Theme::Light).await
    }

    /// The same, where the system prefers a theme.
    ///
    /// # Panics
    /// As [`Browser::open`].
    pub async fn open_in(base: &str, window: Window, theme: Theme) -> Option<Self> {
        let Some(binary) = found() else {
            let why =
                "chromium or chromedriver is missing (on Debian: `apt install chromium chromium-driver`)";
            assert!(env::var_os("PLAUDIT_BROWSER").is_none(), "{why}");
            told_left_out("pages in a browser", why);
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder");
        let (driver, port) = drive();
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(binary, &profile, window, theme))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .expect("the browser starts");
        Some(Self { client, base: base.to_owned(), _driver: driver, _profile: profile })
    }

    /// Says goodbye to the browser; without it, it is ended the hard way.
    ///
    /// # Panics
    /// When it does not answer.
    pub async fn close(self) {
        self.client.clone().close().await.expect("the browser ends");
    }

    /// Opens a page of the server, by its path, or by its whole address.
    ///
    /// # Panics
    /// When nothing comes.
    pub async fn visit(&self, place: &str) {
        let address = if place.starts_with('/') { format!("{}{place}", self.base) } else { place.to_owned() };
        self.client.goto(&address).await.expect("a page");
    }

    /// The address of the server whose pages are looked at.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Forgets who is signed in.
    ///
    /// # Panics
    /// When the browser does not answer.
    pub async fn forget(&self) {
        self.client.delete_all_cookies().await.expect("no cookies");
    }

    /// The path of the page that is shown.
    ///
    /// # Panics
    /// When there is none.
    pub async fn path(&self) -> String {
        self.client.current_url().await.expect("a page").path().to_owned()
    }

    /// Waits until the page of this path is shown.
    ///
    /// # Panics
    /// When it never is.
    pub async fn arrives(&self, path: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.path().await != path {
            let here = self.path().await;
            assert!(
                Instant::now() < deadline,
                "still at {here} instead of {path}: {}",
                self.text("main").await
            );
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// The first thing that a CSS selector finds.
    ///
    /// # Panics
    /// When it never finds one.
    pub async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("no {css} at {}: {error}", self.path().await),
        }
    }

    /// How many things a CSS selector finds now.
    ///
    /// # Panics
    /// When the browser does not answer.
    pub async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.expect("an answer").len()
    }

    /// What one reads there.
    ///
    /// # Panics
    /// When it never is there.
    pub async fn text(&self, css: &str) -> String {
        self.find(css).await.text().await.expect("a text")
    }

    /// Waits until one reads this there, without touching the page.
    ///
    /// # Panics
    /// When one never does.
    pub async fn reads(&self, css: &str, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // The script may put another element there between the two questions.
            let text = match self.find(css).await.text().await {
                Ok(text) => text,
                Err(error) if error.is_stale_element_reference() => continue,
                Err(error) => panic!("{css}: {error}"),
            };
            if text.contains(words) {
                return;
            }
            assert!(Instant::now() < deadline, "{words:?} never stands in {css}: {text}");
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks on it.
    ///
    /// # Panics
    /// When it is not there, or something covers it.
    pub async fn click(&self, css: &str) {
        self.find(css).await.click().await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Types into fields, by their names, in place of what stood there.
    ///
    /// # Panics
    /// When one is not there.
    pub async fn fill(&self, fields: &[(&str, &str)]) {
        for (name, value) in fields {
            let field = self.find(&format!("[name=\"{name}\"]:not([type=hidden])")).await;
            field.clear().await.unwrap_or_else(|error| panic!("{name}: {error}"));
            field.send_keys(value).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    /// Chooses in a list, by the field's name and the choice's value.
    ///
    /// # Panics
    /// When one of them is not there.
    pub async fn choose(&self, name: &str, value: &str) {
        let option = self.find(&format!("select[name=\"{name}\"] option[value=\"{value}\"]")).await;
        option.click().await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(option.is_selected().await.expect("an answer"), "{name} is not {value}");
    }

    /// Whether one can see it now.
    ///
    /// # Panics
    /// When the browser does not answer.
    pub async fn shows(&self, css: &str) -> bool {
        for element in self.client.find_all(Locator::Css(css)).await.expect("an answer") {
            if element.is_displayed().await.unwrap_or(false) {
                return true;
            }
        }
        false
    }

    /// Waits until one can see it.
    ///
    /// # Panics
    /// When one never can.
    pub async fn appears(&self, css: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.shows(css).await {
            assert!(Instant::now() < deadline, "{css} never appears: {}", self.text("main").await);
            sleep(Duration::from_millis(50)).await;
        }
    }

    /// What a script gives, with its promise kept if it is one.
    ///
    /// # Panics
    /// When it throws.
    pub async fn script(&self, body: &str, arguments: Vec<Value>) -> Value {
        let script = format!(
            "const tell = arguments[arguments.length - 1]; const given = [...arguments].slice(0, -1); \
             (async () => {{ {body} }})().then((value) => tell({{ value }}), (error) => tell({{ error: String(error) }}));"
        );
        let told = self.client.execute_async(&script, arguments).await.expect("an answer");
        assert!(told["error"].is_null(), "{told}");
        told["value"].clone()
    }

    /// Makes the window as high as the page, up to a limit, in CSS pixels; phones keep their own.
    ///
    /// # Panics
    /// When the browser does not answer.
    pub async fn stretch(&self, width: u32, height_max: u64) {
        let height = self.script("return document.documentElement.scrollHeight;", vec![]).await;
        let height = height.as_u64().unwrap_or(height_max).clamp(400, height_max);
        let height = u32::try_from(height).unwrap_or(u32::MAX);
        self.client.set_window_size(width, height).await.expect("another size");
    }

    /// A picture of what is shown: PNG.
    ///
    /// # Panics
    /// When the browser does not answer.
    pub async fn picture(&self) -> Vec<u8> {
        self.client.screenshot().await.expect("a picture")
    }
}

/// The browser's program, if it and its driver are there.
fn found() -> Option<&'static str> {
    let is_there = |program: &str| {
        let version = Command::new(program).arg("--version").output();
        version.is_ok_and(|output| output.status.success())
    };
    is_there("chromedriver").then(|| BROWSERS.into_iter().find(|name| is_there(name))).flatten()
}

/// Starts the driver on a port that it chooses.
fn drive() -> (Driver, u16) {
    let mut child = Command::new("chromedriver")
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver starts");
    let said = BufReader::new(child.stdout.take().expect("its output"));
    let driver = Driver(child);
    let mut lines = said.lines().map_while(Result::ok);
    let port = lines
        .find_map(|line| line.split_once(READY).map(|(_, port)| port.trim_matches(['.', ' ']).to_owned()))
        .and_then(|port| port.parse().ok())
        .expect("chromedriver says its port");
    // What else it says is read, so that it never waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    (driver, port)
}

fn capabilities(binary: &str, profile: &TempDir, window: Window, theme: Theme) -> Map<String, Value> {
    let mut arguments: Vec<String> = [
        "--headless=new",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--no-proxy-server",
        "--lang=en-US",
        "--window-size=1280,1000",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--user-data-dir={}", profile.path().display()));
    if theme == Theme::Dark {
        arguments.push("--blink-settings=preferredColorScheme=0".to_owned());
    }
    if rustix::process::geteuid().is_root() {
        // Chromium's own sandbox refuses root; the pages are ours.
        arguments.push("--no-sandbox".to_owned());
    }
    let mut options = json!({ "args": arguments });
    if !binary.starts_with("google") {
        options["binary"] = json!(which(binary));
    }
    if window == Window::Phone {
        let metrics = json!({ "width": 390, "height": 844, "pixelRatio": 2.0 });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    let mut capabilities = Map::new();
    capabilities.insert("goog:chromeOptions".to_owned(), options);
    capabilities.insert("timeouts".to_owned(), json!({ "script": 60_000, "pageLoad": 120_000 }));
    capabilities
}

/// Where a program of the path lies.
fn which(program: &str) -> String {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file());
    found.map_or_else(|| program.to_owned(), |file| file.display().to_string())
}
