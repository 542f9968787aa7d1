//! What a stage's rule runs on: natively, or as the built component in the server's runtime, with its limits.
//!
//! `PLAUDIT_ENGINE=component` chooses the component in `PLAUDIT_COMPONENT`; `PLAUDIT_TOOL` is the program that runs it
//! (`plaudit` unless said otherwise). `plaudit plugin test` sets them. A process has one such child, which all its stages
//! share.

use std::borrow::Cow;
use std::env;
use std::io::{BufReader, BufWriter};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::adapter::{self, Adapter};
use crate::effects::Effects;
use crate::rule::Rule;
use crate::settings::Problem;
use crate::wire::{self, Answer, Request};
use crate::wit;

/// What calls the rule.
pub(super) enum Engine<R: Rule> {
    Native(Adapter<R>),
    Component(&'static Mutex<Pipes>),
}

/// A child that serves the component.
pub(super) struct Pipes {
    child: Child,
    to: BufWriter<ChildStdin>,
    from: BufReader<ChildStdout>,
    /// The rule's name by the component's manifest.
    name: String,
}

impl<R: Rule> Engine<R> {
    /// What the environment chooses. A rule of another name than the component's runs natively: it is not in there.
    pub(super) fn chosen() -> Self {
        static COMPONENT: OnceLock<Mutex<Pipes>> = OnceLock::new();
        match env::var("PLAUDIT_ENGINE").as_deref() {
            Err(_) | Ok("" | "native") => return Self::Native(Adapter::default()),
            Ok("component") => {}
            Ok(other) => panic!("PLAUDIT_ENGINE is {other:?}; it may be native or component"),
        }
        let pipes = COMPONENT.get_or_init(|| Mutex::new(Pipes::open()));
        let is_it = pipes.lock().unwrap_or_else(PoisonError::into_inner).name == R::NAME;
        if is_it { Self::Component(pipes) } else { Self::Native(Adapter::default()) }
    }

    /// What is wrong with a settings document.
    pub(super) fn problems(&self, settings: &str) -> Vec<Problem> {
        let native = adapter::settings::<R>(settings).err().unwrap_or_default();
        if let Self::Component(pipes) = self {
            let planned = ask(pipes, &Request::Plan { settings: settings.into() });
            let Answer::Planned(planned) = planned else { fail(&planned) };
            let problems = planned.err().unwrap_or_default();
            assert_eq!(
                problems, native,
                "the component finds other problems than the rule natively: is it built anew?"
            );
        }
        native
    }

    /// As [`Adapter::fold`].
    pub(super) fn fold(
        &mut self,
        settings: &str,
        batch: &wit::Batch,
        effects: &mut Effects,
    ) -> Result<Vec<wit::Change>, String> {
        let pipes = match self {
            Self::Native(adapter) => return adapter.fold(settings, batch, effects),
            Self::Component(pipes) => pipes,
        };
        match ask(pipes, &Request::Fold { settings: settings.into(), batch: Cow::Borrowed(batch) }) {
            Answer::Folded { changes, effects: asked } => {
                *effects = asked;
                Ok(changes)
            }
            Answer::Failed { message, .. } => Err(message),
            other => fail(&other),
        }
    }

    /// As [`Adapter::conclude`].
    pub(super) fn conclude(
        &mut self,
        settings: &str,
        period: &wit::Period,
        entrants: &[wit::Entrant],
        standings: &[wit::BoardStandings],
        shared: &[u8],
        effects: &mut Effects,
    ) -> Result<Vec<u8>, String> {
        let pipes = match self {
            Self::Native(adapter) => {
                return adapter.conclude(settings, period, entrants, standings, shared, effects);
            }
            Self::Component(pipes) => pipes,
        };
        let request = Request::Conclude {
            settings: settings.into(),
            period: Cow::Borrowed(period),
            entrants: entrants.into(),
            standings: standings.into(),
            shared: shared.into(),
        };
        match ask(pipes, &request) {
            Answer::Concluded { shared, effects: asked } => {
                *effects = asked;
                Ok(shared)
            }
            Answer::Failed { message, .. } => Err(message),
            other => fail(&other),
        }
    }
}

fn ask(pipes: &Mutex<Pipes>, request: &Request<'_>) -> Answer {
    // A test that fails while it holds the pipes has had its answer, or the child is gone and says so below.
    pipes.lock().unwrap_or_else(PoisonError::into_inner).ask(request)
}

fn fail(answer: &Answer) -> ! {
    match answer {
        Answer::Failed { message, .. } => panic!("the component: {message}"),
        _ => panic!("the component's child answers something else than it was asked"),
    }
}

impl Pipes {
    fn open() -> Self {
        let component = env::var_os("PLAUDIT_COMPONENT")
            .expect("PLAUDIT_ENGINE=component needs the component's path in PLAUDIT_COMPONENT");
        let tool = env::var_os("PLAUDIT_TOOL").unwrap_or_else(|| "plaudit".into());
        let mut command = Command::new(&tool);
        command.args(["plugin", "guest"]).arg(&component);
        command.env_remove("PLAUDIT_ENGINE").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| {
            panic!(
                "{} can't be started, which runs the component: {error}; name it in PLAUDIT_TOOL",
                tool.display()
            )
        });
        let to = child.stdin.take().expect("a pipe was asked for");
        let from = child.stdout.take().expect("a pipe was asked for");
        let mut pipes =
            Self { child, to: BufWriter::new(to), from: BufReader::new(from), name: String::new() };
        let described = pipes.ask(&Request::Describe);
        let Answer::Described { wire, manifest } = described else { fail(&described) };
        let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("a manifest is JSON");
        let (theirs, ours) = (manifest["contract"].as_str().unwrap_or_default(), adapter::CONTRACT);
        assert!(
            wire == wire::VERSION && theirs == ours,
            "{} speaks {theirs} (messages {wire}), and this SDK {ours} (messages {}): build both from one version",
            component.display(),
            wire::VERSION
        );
        pipes.name = manifest["name"].as_str().unwrap_or_default().into();
        pipes
    }

    fn ask(&mut self, request: &Request<'_>) -> Answer {
        let answer = wire::write(&mut self.to, request).and_then(|()| wire::read(&mut self.from));
        match answer {
            Ok(Some(answer)) => answer,
            Ok(None) => panic!("the program that runs the component has ended: {:?}", self.child.wait()),
            Err(error) => panic!("the program that runs the component does not answer: {error}"),
        }
    }
}
