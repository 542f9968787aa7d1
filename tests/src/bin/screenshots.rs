//! Pictures of the pages, of a demo's day: `cargo xtask screenshots` builds what this starts, and starts it.
//!
//! `screenshots <plaudit> <folder of plugins> <incentives.toml> <folder for the pictures>`

use std::{
    env, fs,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, ExitCode, Stdio},
};

use plaudit_tests::browser::{Browser, Theme, Window};

/// The password of the demo's accounts, which its last lines name.
const PASSWORD: &str = "plaudit demo only";
/// As much of a page as a picture shows, in CSS pixels.
const HEIGHT_MAX: u64 = 1_800;
const WIDTH: u32 = 1_280;

/// What somebody does on the page before the picture is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Looks,
    /// Begins a change of the incentive that is managed here, and tries it on the past.
    TriesAChange,
    /// Draws again.
    Checks,
}

/// Who looks at which page, with what, in which language.
struct Shot {
    name: &'static str,
    who: &'static str,
    path: &'static str,
    window: Window,
    theme: Theme,
    language: &'static str,
    doing: Doing,
}

const fn shot(name: &'static str, who: &'static str, path: &'static str) -> Shot {
    Shot { name, who, path, window: Window::Desk, theme: Theme::Light, language: "en", doing: Doing::Looks }
}

impl Shot {
    const fn dark(mut self) -> Self {
        self.theme = Theme::Dark;
        self
    }

    const fn on_a_phone(mut self) -> Self {
        self.window = Window::Phone;
        self
    }

    const fn doing(mut self, doing: Doing) -> Self {
        self.doing = doing;
        self
    }

    const fn speaking(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }
}

/// The main pages.
const SHOTS: [Shot; 26] = [
    shot("sign-in", "", "/sign-in"),
    shot("today", "manager", "/"),
    shot("today-dark", "manager", "/").dark(),
    shot("gallery", "manager", "/gallery"),
    shot("preview", "manager", "/incentives/quick-and-kind/manage").doing(Doing::TriesAChange),
    shot("incentive", "manager", "/incentives/quick-and-kind?period=2026-03-02").speaking("es"),
    shot("manage", "manager", "/incentives/quick-and-kind/manage"),
    shot("decisions", "manager", "/decisions"),
    shot("results", "manager", "/incentives/quick-and-kind/results"),
    shot("reports", "manager", "/reports"),
    shot("money", "manager", "/money"),
    shot("places", "manager", "/places?team=madrid-retiro"),
    shot("deliveries", "manager", "/deliveries"),
    shot("sources", "manager", "/sources"),
    shot("measure", "manager", "/measures/csat"),
    shot("plugins", "manager", "/plugins"),
    shot("account", "manager", "/account"),
    shot("draw", "agent", "/draws/evening-draw/2026-03-02/tickets").doing(Doing::Checks),
    shot("team", "leader", "/").speaking("lt"),
    shot("my-day", "agent", "/").on_a_phone(),
    shot("my-day-dark", "agent", "/").on_a_phone().dark().speaking("zh-Hant"),
    shot("wallet", "agent", "/me/wallet").on_a_phone(),
    shot("settings", "agent", "/me/settings").on_a_phone(),
    shot("thanks", "agent", "/thanks").on_a_phone(),
    shot("thanks-dark", "leader", "/thanks").dark(),
    shot("kudos", "leader", "/kudos"),
];

/// The demo that is looked at; it ends with this.
struct Demo {
    child: Child,
    base: String,
}

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Demo {
    /// Plays the day as fast as it goes, and waits until it is over.
    fn start(plaudit: &Path, plugins: &Path, incentives: &Path, data: &Path) -> Result<Self, String> {
        let [listen, receiver, smtp] = std::array::from_fn(|_| free_address());
        let mut child = Command::new(plaudit)
            .args(["demo", "--fast", "--stay", "--quiet", "--plugins"])
            .arg(plugins)
            .arg("--incentives")
            .arg(incentives)
            .arg("--data")
            .arg(data)
            .args(["--listen", &listen, "--receiver", &receiver, "--smtp", &smtp])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{} can't be started: {error}", plaudit.display()))?;
        let said = BufReader::new(child.stdout.take().ok_or("the demo has no output")?);
        let demo = Self { child, base: format!("http://{listen}") };
        let mut lines = said.lines().map_while(Result::ok);
        if !lines.any(|line| line.trim_start().starts_with("sign in")) {
            return Err("the demo ended before its day was over".to_owned());
        }
        // What else it says is read, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(demo)
    }
}

/// An address of this machine that nobody listens on.
fn free_address() -> String {
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).map(|at| at.port());
    format!("127.0.0.1:{}", port.unwrap_or_default())
}

/// Does on the page what the picture is to show.
async fn act(browser: &Browser, shot: &Shot) {
    match shot.doing {
        Doing::Looks => {}
        Doing::TriesAChange => {
            browser.click("form[action*=\"/manage/change\"] button").await;
            browser.find("input[name=title]").await;
            let settings = browser.path().await;
            let preview = settings.replace("/settings", "/preview");
            browser.visit(&format!("{preview}?lang={}", shot.language)).await;
            browser.click("button[value=try]").await;
            browser.find("section.found .answer").await;
        }
        Doing::Checks => {
            browser.click(".checker button").await;
            browser.appears("[data-answer=holds]").await;
        }
    }
}

/// Takes a picture.
async fn take(base: &str, shot: &Shot, folder: &Path) -> Result<(), String> {
    let missing = "there is no browser: install chromium and chromium-driver";
    let browser = Browser::open_in(base, shot.window, shot.theme).await.ok_or(missing)?;
    if !shot.who.is_empty() {
        browser.visit("/sign-in").await;
        let mail = format!("{}@demo.example", shot.who);
        browser.fill(&[("mail", &mail), ("password", PASSWORD)]).await;
        browser.click("form.form button").await;
        // Only who has come in is led to an account: the page before has a heading, too.
        browser.find("header a[href^='/account']").await;
    }
    let mark = if shot.path.contains('?') { '&' } else { '?' };
    browser.visit(&format!("{}{mark}lang={}", shot.path, shot.language)).await;
    browser.find("main h1").await;
    act(&browser, shot).await;
    if shot.window == Window::Desk {
        browser.stretch(WIDTH, HEIGHT_MAX).await;
    }
    let file = folder.join(format!("{}.png", shot.name));
    fs::write(&file, browser.picture().await).map_err(|error| format!("{}: {error}", file.display()))?;
    browser.close().await;
    writeln!(std::io::stdout(), "{}", file.display()).map_err(|error| error.to_string())?;
    Ok(())
}

async fn run(arguments: [PathBuf; 4]) -> Result<(), String> {
    let [plaudit, plugins, incentives, folder] = arguments;
    let data = tempfile::tempdir().map_err(|error| format!("there is no folder for the demo: {error}"))?;
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let demo = Demo::start(&plaudit, &plugins, &incentives, &data.path().join("demo"))?;
    for shot in &SHOTS {
        take(&demo.base, shot, &folder).await?;
    }
    Ok(())
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let Ok(arguments) = <[PathBuf; 4]>::try_from(arguments) else {
        eprintln!(
            "screenshots <plaudit> <plugins> <incentives.toml> <pictures>; `cargo xtask screenshots` does it"
        );
        return ExitCode::from(2);
    };
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
