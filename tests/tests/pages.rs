//! The pages' own commands, typed as they stand there: what the page shows is what they say.
//!
//! A block of the language `console` holds commands after `$ ` and what they print. A command goes on as a shell's does:
//! after `\` or `|`, and while a `'` is open. `…` stands for anything within a line; a line of it alone, for any lines.

use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use plaudit_tests::{components::build_component, house::plaudit};
use reqwest::{Client, header::HeaderValue, redirect::Policy};
use tempfile::TempDir;

/// The pages that are played here, all of those that have something to play.
const PLAYED: [&str; 3] = ["api.md", "signing.md", "tutorial.md"];
/// Where the pages have the server.
const SHOWN: &str = "127.0.0.1:8080";
/// How long something that the house does by itself may take until it shows.
const PATIENCE: Duration = Duration::from_secs(120);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the checkout")
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).expect("a page")
}

/// A command of a page, and the lines that it is said to print.
#[derive(Debug, PartialEq, Eq)]
struct Typed {
    line: usize,
    command: String,
    prints: Vec<String>,
}

impl Typed {
    /// Whether the next line belongs to the command, as a shell sees it.
    fn goes_on(&self) -> bool {
        let is_open =
            self.command.ends_with(['\\', '|']) || !self.command.matches('\'').count().is_multiple_of(2);
        is_open && self.prints.is_empty()
    }
}

fn typed(page: &str) -> Vec<Typed> {
    let mut all: Vec<Typed> = Vec::new();
    let mut within = false;
    for (line, text) in (1..).zip(page.lines()) {
        match text.strip_prefix("$ ") {
            _ if text.starts_with("```") => within = text == "```console",
            Some(command) if within => {
                all.push(Typed { line, command: command.to_owned(), prints: Vec::new() });
            }
            None if within && all.last().is_some_and(Typed::goes_on) => {
                let last = all.last_mut().expect("a command");
                last.command.push('\n');
                last.command.push_str(text);
            }
            None if within => {
                let last = all.last_mut().expect("a block of the console begins with a command");
                last.prints.push(text.to_owned());
            }
            _ => {}
        }
    }
    all
}

/// Whether a line is as the page has it.
fn line_fits(shown: &str, line: &str) -> bool {
    let mut rest = line;
    let mut pieces = shown.split('…');
    let Some(after) = rest.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    rest = after;
    let pieces: Vec<&str> = pieces.collect();
    let Some((last, between)) = pieces.split_last() else { return rest.is_empty() };
    for piece in between {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

/// Whether all lines are as the page has them.
fn fits(shown: &[String], lines: &[&str]) -> bool {
    match shown.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == "…" => (0..=lines.len()).any(|skip| fits(rest, &lines[skip..])),
        Some((first, rest)) => {
            lines.split_first().is_some_and(|(line, more)| line_fits(first, line) && fits(rest, more))
        }
    }
}

/// A shell that remembers its folder and variables from one command to the next.
struct Shell {
    folder: TempDir,
    /// What the page shows, and what it is here.
    instead: Vec<(String, String)>,
    code: i32,
}

impl Shell {
    fn new(folder: TempDir) -> Self {
        fs::create_dir(folder.path().join("evening")).expect("a folder");
        fs::write(folder.path().join("where"), folder.path().join("evening").display().to_string())
            .expect("written");
        fs::write(folder.path().join("variables"), "").expect("written");
        Self { folder, instead: Vec::new(), code: 0 }
    }

    fn evening(&self) -> PathBuf {
        self.folder.path().join("evening")
    }

    /// Types one command; its output and errors as they come.
    fn once(&mut self, command: &str, before: i32) -> Vec<String> {
        let mut command = command.to_owned();
        for (shown, here) in &self.instead {
            command = command.replace(shown, here);
        }
        let script = format!(
            "exec 2>&1\ncd \"$(cat \"$STATE/where\")\"\n. \"$STATE/variables\"\nset -a\n(exit {before})\n{command}\ncode=$?\n\
             pwd > \"$STATE/where\"\nexport -p > \"$STATE/variables\"\nexit $code\n"
        );
        let program = PathBuf::from(plaudit(&[]).get_program());
        let own = program.parent().expect("a folder").display().to_string();
        let path = format!("{own}:{}", env::var("PATH").unwrap_or_default());
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
        let output = Command::new("sh")
            .args(["-c", &script])
            .env("STATE", self.folder.path())
            .env("PATH", path)
            .env("CARGO_TARGET_DIR", target.join("new-rules"))
            .env("CARGO_NET_OFFLINE", "true")
            .env_remove("CLICOLOR_FORCE")
            .output()
            .expect("a shell");
        self.code = output.status.code().unwrap_or(-1);
        let mut said = String::from_utf8(output.stdout).expect("UTF-8");
        for (shown, here) in &self.instead {
            said = said.replace(here, shown);
        }
        said.trim_end().lines().map(|line| line.trim_end().to_owned()).collect()
    }

    /// Plays a page from its first command to its last.
    fn play(&mut self, name: &str) {
        for Typed { line, command, prints } in typed(&page(name)) {
            let (before, start) = (self.code, Instant::now());
            let shown: Vec<String> = prints.iter().map(|line| line.trim_end().to_owned()).collect();
            loop {
                let said = self.once(&command, before);
                if fits(&shown, &said.iter().map(String::as_str).collect::<Vec<_>>()) {
                    break;
                }
                // What the house does by itself takes a moment: look again, as a reader would.
                let may_come = command.starts_with("plaudit explain") || command.contains("/explanation");
                assert!(
                    may_come && start.elapsed() < PATIENCE,
                    "docs/{name}:{line}: {command}\n── says\n{}\n── and not\n{}",
                    said.join("\n"),
                    shown.join("\n")
                );
                std::thread::sleep(Duration::from_millis(500));
            }
        }
    }
}

/// The demo of the tutorial; ended when it is dropped.
struct Demo {
    child: Child,
    address: String,
    data: PathBuf,
    /// What it printed until its day was over.
    said: String,
}

impl Demo {
    fn start(folder: &Path) -> Self {
        let plugins = folder.join("plugins");
        fs::create_dir(&plugins).expect("a folder");
        for name in ["contest", "lottery", "badges", "praise"] {
            let component = build_component(&format!("plaudit-plugin-{name}")).expect("it builds");
            fs::write(plugins.join(format!("{name}.wasm")), component).expect("written");
        }
        let free = || {
            let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
            listener.local_addr().expect("an address").to_string()
        };
        let (address, data) = (free(), folder.join("demo"));
        let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
        let options = [
            ("--plugins", text(&plugins)),
            ("--incentives", text(&root().join("examples/a-day-at-work/incentives.toml"))),
            ("--data", text(&data)),
            ("--listen", address.clone()),
            ("--receiver", free()),
            ("--smtp", free()),
        ];
        let mut command = plaudit(&["demo", "--fast", "--stay", "--quiet", "--agents", "40"]);
        for (name, value) in options {
            command.args([name, &value]);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the demo");
        let out = BufReader::new(child.stdout.take().expect("its output"));
        let mut said = String::new();
        let stays = out.lines().map_while(Result::ok).any(|line| {
            said.extend([line.as_str(), "\n"]);
            line.starts_with("The server stays up")
        });
        assert!(stays, "the demo ended before its day was over: {said}");
        Self { child, address, data, said }
    }

    /// Signs in as a person at a browser does; what they show from then on.
    async fn sign_in(&self, client: &Client, mail: &str) -> String {
        let request = client
            .post(format!("http://{}/sign-in", self.address))
            .header("origin", format!("http://{}", self.address))
            .body(format!("mail={mail}&password=plaudit+demo+only"));
        let answer = request.send().await.expect("an answer");
        assert_eq!(
            (answer.status().as_u16(), &answer.headers()["location"]),
            (303, &HeaderValue::from_static("/"))
        );
        let cookies = answer.headers().get_all("set-cookie").iter();
        let pair = |cookie: &HeaderValue| cookie.to_str().ok()?.split(';').next().map(str::to_owned);
        cookies.filter_map(pair).collect::<Vec<_>>().join("; ")
    }

    async fn get(&self, client: &Client, path: &str, cookie: &str) -> (u16, String) {
        let request = client.get(format!("http://{}{path}", self.address)).header("cookie", cookie);
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("a text"))
    }
}

/// Whoever the demo says may sign in, sees as much as their role reaches.
async fn the_demo_s_accounts_sign_in(demo: &Demo) {
    let client = Client::builder().redirect(Policy::none()).build().expect("a client");
    let (_, door) = demo.get(&client, "/sign-in?lang=en", "").await;
    assert!(door.contains("This is a demo with invented people"), "{door}");
    assert_eq!(demo.get(&client, "/", "").await.0, 303, "nobody sees pages without signing in");
    let mut seen = Vec::new();
    for (who, first) in [("manager", "/"), ("leader", "/?all"), ("agent", "/me")] {
        let mail = format!("{who}@demo.example");
        assert!(demo.said.contains(&mail) && door.contains(&mail), "{}", demo.said);
        let cookie = demo.sign_in(&client, &mail).await;
        let (status, home) = demo.get(&client, first, &cookie).await;
        assert!(status == 200 && home.contains("/account"), "{who}: {home}");
        let (status, people) = demo.get(&client, "/v1/agents", &cookie).await;
        let people: serde_json::Value = serde_json::from_str(&people).expect("JSON");
        seen.push((status, people.as_array().map_or(0, Vec::len)));
        assert_eq!(demo.get(&client, "/v1/accounts", &cookie).await.0, 403, "{who} is no admin");
    }
    assert!(matches!(seen[..], [(200, 40), (200, 1..40), (403, 0)]), "{seen:?}");
}

impl Drop for Demo {
    fn drop(&mut self) {
        let id = rustix::process::Pid::from_child(&self.child);
        let ended = rustix::process::kill_process(id, rustix::process::Signal::INT);
        if ended.is_err() {
            self.child.kill().ok();
        }
        self.child.wait().ok();
    }
}

#[test]
fn the_tutorial_and_the_api_are_as_the_pages_say() {
    let mut shell = Shell::new(tempfile::tempdir().expect("a folder"));
    assert!(
        page("tutorial.md").contains("cargo xtask demo --fast --stay --agents 40\n"),
        "this is what is started"
    );
    let demo = Demo::start(shell.folder.path());
    std::os::unix::fs::symlink(root(), shell.evening().join("plaudit")).expect("a link");
    shell.instead = vec![
        (SHOWN.to_owned(), demo.address.clone()),
        ("../plaudit/data/demo".to_owned(), demo.data.display().to_string()),
    ];
    // The reader's server is where the program looks by itself.
    fs::write(
        shell.folder.path().join("variables"),
        format!("export PLAUDIT_URL='http://{}'\n", demo.address),
    )
    .expect("written");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(the_demo_s_accounts_sign_in(&demo));
    shell.play("tutorial.md");
    shell.play("api.md");
}

#[test]
fn signatures_are_as_the_page_says() {
    let mut shell = Shell::new(tempfile::tempdir().expect("a folder"));
    let component = build_component("first-rule").expect("it builds");
    fs::write(shell.evening().join("rule.wasm"), component).expect("written");
    shell.play("signing.md");
}

#[test]
fn every_page_with_a_console_is_played() {
    let folder = fs::read_dir(root().join("docs")).expect("the pages");
    let mut found: Vec<String> = folder
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".md") && page(name).contains("\n```console\n"))
        .collect();
    found.sort();
    assert_eq!(found, PLAYED);
}

#[test]
fn what_stands_for_anything_is_understood() {
    let page = "text\n```console\n$ one \\\n more\na …\n…\nlast\n$ two\n```\n$ no\n";
    let commands = typed(page);
    assert_eq!(commands.len(), 2);
    assert_eq!((commands[0].line, commands[0].command.as_str()), (3, "one \\\n more"));
    let shown = &commands[0].prints;
    assert!(fits(shown, &["a thing", "last"]) && fits(shown, &["a b", "c", "d", "last"]));
    assert!(
        !fits(shown, &["a thing"])
            && !fits(shown, &["b thing", "last"])
            && !fits(&commands[1].prints, &["x"])
    );
    assert!(line_fits("x … z", "x y z") && !line_fits("x … z", "x y") && !line_fits("x", "x y"));
}
