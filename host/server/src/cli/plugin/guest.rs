//! `plaudit plugin guest`: serves a component to the stage of a scenario, in the server's own runtime with its limits.

use std::{
    collections::BTreeMap,
    env, fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail};
use plaudit_core::rule::{CallError, Guest as _};
use plaudit_runtime::{INFRASTRUCTURE_RETRIES_MAX, PlanError, Plugin, WasmGuest};

use super::{
    component::{self, Workshop},
    paint::Paint,
    wire::{self, Answer, Request, lines, wrongs},
};

/// Guests that are kept, one for each settings document: a test may have many stages.
const GUESTS_MAX: usize = 32;

/// Serve a component over standard input and output; scenarios start this themselves.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The component.
    component: PathBuf,
}

/// Serves until the input ends; gives the exit code.
pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let component = component::read(&args.component)?;
    let workshop = Workshop::open(&component)?;
    let plugin = match component::loaded(&workshop, &component) {
        Ok(plugin) => plugin,
        Err(finding) => bail!("{}", finding.text(Paint::none())),
    };
    let mut server = Server { plugin, guests: BTreeMap::new(), played: env::var_os("PLAUDIT_PLAYED") };
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    while let Some(request) = wire::read(&mut input).context("what came is no request")? {
        let answer = server.answer(request)?;
        wire::write(&mut output, &answer).context("nobody takes the answer")?;
    }
    Ok(0)
}

struct Server {
    plugin: Arc<Plugin>,
    guests: BTreeMap<String, WasmGuest>,
    /// A file that is made at the first step, so that whoever runs the tests knows that there was one.
    played: Option<std::ffi::OsString>,
}

impl Server {
    fn answer(&mut self, request: Request<'_>) -> anyhow::Result<Answer> {
        Ok(match request {
            Request::Describe => {
                let manifest = serde_json::to_string(&**self.plugin.manifest())?;
                Answer::Described { wire: wire::VERSION, manifest }
            }
            Request::Plan { settings } => self.plan(&settings)?,
            Request::Fold { settings, batch } => {
                if let Some(file) = self.played.take() {
                    fs::write(Path::new(&file), b"").context("the sign that there was a step")?;
                }
                match self.call(&settings, |guest| guest.fold(&settings, &batch)) {
                    Ok(output) => Answer::Folded {
                        changes: output.changes,
                        effects: output.effects,
                        logs: lines(output.logs),
                    },
                    Err(error) => Answer::failed(&error),
                }
            }
            Request::Conclude { settings, conclusion } => {
                match self.call(&settings, |guest| guest.conclude(&settings, &conclusion)) {
                    Ok(output) => Answer::Concluded {
                        shared: output.shared,
                        effects: output.effects,
                        logs: lines(output.logs),
                    },
                    Err(error) => Answer::failed(&error),
                }
            }
            Request::Measure { .. } => bail!("`plaudit plugin bench` measures components"),
        })
    }

    /// The plan in the words of the rule, once the host has found it in order.
    fn plan(&self, settings: &str) -> anyhow::Result<Answer> {
        Ok(match self.plugin.plan(settings) {
            Ok(plan) => Answer::Planned(Ok(serde_json::to_string(&plan)?)),
            Err(PlanError::Settings(problems)) => Answer::Planned(Err(wrongs(problems))),
            Err(PlanError::Call(error)) => Answer::failed(&error),
            Err(error) => Answer::Failed { kind: wire::Failure::Output, message: error.to_string() },
        })
    }

    /// Calls the rule for these settings. What is the machine's fault is tried again: a test is not about that.
    fn call<T>(
        &mut self,
        settings: &str,
        call: impl Fn(&mut WasmGuest) -> Result<T, CallError>,
    ) -> Result<T, CallError> {
        if !self.guests.contains_key(settings) {
            let plan = self.plugin.plan(settings).map_err(|error| match error {
                PlanError::Call(error) => error,
                error => wire::Failure::Refused.error(error.to_string()),
            })?;
            if self.guests.len() >= GUESTS_MAX {
                self.guests.clear();
            }
            self.guests.insert(settings.to_string(), self.plugin.guest(&plan));
        }
        let Some(guest) = self.guests.get_mut(settings) else {
            return Err(CallError::Infrastructure("the guest is gone".into()));
        };
        for _ in 0..INFRASTRUCTURE_RETRIES_MAX {
            match call(guest) {
                Err(CallError::Infrastructure(_)) => {}
                answer => return answer,
            }
        }
        call(guest)
    }
}
