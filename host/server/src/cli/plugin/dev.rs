//! `plaudit plugin dev`: watch, test, build, run.

use std::{
    fs,
    io::IsTerminal,
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Context;
use plaudit_build::{Language, RuleFolder, Voice, typed};

use super::{
    EXIT_NO, EXIT_NOT_DONE,
    component::{self, Workshop},
    paint::{Paint, number},
    ready,
    trial::Frame,
    watch::Watch,
};
use crate::cli::out;

/// How often a running child is looked after.
const CHILD_EVERY: Duration = Duration::from_millis(20);
/// Changed files that are named.
const CHANGES_SHOWN: usize = 3;
/// Clears a terminal and what was scrolled out of it.
const CLEAR: &str = "\u{1b}[2J\u{1b}[3J\u{1b}[H";

/// Watch the rule's folder: at each change test, build and run the rule anew.
///
/// First the crate's own tests run natively, so that a mistake is seen soonest; then the component is built; then the rule
/// sees events.ndjson with settings.toml, if the folder has them, and what it would award is shown. Ctrl-C ends it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule's folder.
    #[arg(default_value = ".")]
    folder: PathBuf,
    /// CloudEvents to run the rule with; without it events.ndjson of the folder, if it is there.
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    #[command(flatten)]
    frame: Frame,
    /// Do it once and do not watch, for scripts.
    #[arg(long)]
    once: bool,
}

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    Good,
    /// The exit code that it would be.
    Bad(u8),
    /// Somebody wants to end.
    Stopped,
}

/// Watches; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let rule = RuleFolder::at(&args.folder)?;
    let stop = interrupted()?;
    let mut watch = Watch::new(rule.folder());
    loop {
        let round = round(args, &rule, &stop)?;
        if args.once || round == Round::Stopped {
            return Ok(match round {
                Round::Bad(code) => code,
                Round::Good | Round::Stopped => 0,
            });
        }
        let paint = Paint::of_output();
        let word = if round == Round::Good { paint.green("ok") } else { paint.red("not yet") };
        out(&format!("{word}; watching {}, Ctrl-C ends", rule.folder().display()))?;
        let Some(changed) = watch.wait(|| stop.load(Ordering::Relaxed)) else { return Ok(0) };
        if std::io::stdout().is_terminal() {
            out(CLEAR)?;
        }
        out(&format!("changed: {}", named(rule.folder(), &changed)))?;
    }
}

/// Set when somebody presses Ctrl-C, so that what was begun is put away: children and temporary folders.
fn interrupted() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let set = stop.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let signal = {
        let _inside = runtime.enter();
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
    };
    let mut signal = signal.context("Ctrl-C can't be listened for")?;
    let listen = move || {
        runtime.block_on(signal.recv());
        set.store(true, Ordering::Relaxed);
    };
    thread::Builder::new().name("ctrl-c".into()).spawn(listen).context("no thread to listen for Ctrl-C")?;
    Ok(stop)
}

fn round(args: &Args, rule: &RuleFolder, stop: &AtomicBool) -> anyhow::Result<Round> {
    let begun = Instant::now();
    let tests = match rule.tests(true, Voice::Quiet) {
        Ok(tests) => tests,
        Err(error) => return shown(Err(error.into())),
    };
    let Some(tests) = finished(tests, stop)? else { return Ok(Round::Stopped) };
    if !tests.success() {
        return Ok(Round::Bad(if builds(rule)? { EXIT_NO } else { EXIT_NOT_DONE }));
    }
    let tested = begun.elapsed();
    let component = match component::built(rule.clone(), Voice::Quiet) {
        _ if stop.load(Ordering::Relaxed) => return Ok(Round::Stopped),
        Ok(component) => component,
        Err(error) => {
            out(&format!("{}: {error:#}", Paint::of_output().red("error")))?;
            return Ok(Round::Bad(EXIT_NOT_DONE));
        }
    };
    let built = begun.elapsed();
    let bytes = component.bytes.len();
    out(&format!(
        "tests pass after {}; the component is there after {}: {}, {} bytes",
        seconds(tested),
        seconds(built),
        component.path.display(),
        number(bytes as i128)
    ))?;
    let Some(events) = own(args.events.as_ref(), rule.folder(), "events.ndjson") else {
        return Ok(Round::Good);
    };
    let settings = own(args.frame.settings.as_ref(), rule.folder(), "settings.toml");
    let mut frame = args.frame.clone();
    frame.settings = settings;
    let workshop = Workshop::open(&component)?;
    let ready = match ready::load(component, workshop, &frame) {
        Ok(ready) => ready,
        Err(not) => return shown(not.tell(false)),
    };
    shown(super::run::show(&ready, &frame, &events, &[], false))
}

/// A file that is wrong is shown, and watched on.
fn shown(code: anyhow::Result<u8>) -> anyhow::Result<Round> {
    match code {
        Ok(0) => Ok(Round::Good),
        Ok(code) => Ok(Round::Bad(code)),
        Err(error) => {
            out(&format!("{}: {error:#}", Paint::of_output().red("error")))?;
            Ok(Round::Bad(EXIT_NOT_DONE))
        }
    }
}

/// Whether a test fails that was built: what was just built builds at once.
fn builds(rule: &RuleFolder) -> anyhow::Result<bool> {
    if rule.language() != Language::Rust {
        return Ok(true);
    }
    let mut command = rule.tests(true, Voice::Quiet)?;
    let output = command.arg("--no-run").output().with_context(|| not_started(&command))?;
    Ok(output.status.success())
}

fn not_started(command: &Command) -> String {
    format!("`{}` can't be started", typed(command))
}

/// Runs a command whose words are shown as they come; nothing if somebody wants to end.
fn finished(mut command: Command, stop: &AtomicBool) -> anyhow::Result<Option<ExitStatus>> {
    let mut child = command.spawn().with_context(|| not_started(&command))?;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((!stop.load(Ordering::Relaxed)).then_some(status));
        }
        if stop.load(Ordering::Relaxed) {
            // It has ended by itself, if the terminal told it, too.
            let _ = child.kill();
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(CHILD_EVERY);
    }
}

/// A file that was named, or the folder's own of that name, if it is there.
fn own(named: Option<&PathBuf>, folder: &Path, name: &str) -> Option<PathBuf> {
    named.cloned().or_else(|| Some(folder.join(name)).filter(|path| fs::metadata(path).is_ok()))
}

fn named(folder: &Path, changed: &[PathBuf]) -> String {
    let name = |path: &PathBuf| path.strip_prefix(folder).unwrap_or(path).display().to_string();
    let mut names: Vec<String> = changed.iter().take(CHANGES_SHOWN).map(name).collect();
    if changed.len() > CHANGES_SHOWN {
        names.push(format!("and {} more", changed.len() - CHANGES_SHOWN));
    }
    names.join(", ")
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
