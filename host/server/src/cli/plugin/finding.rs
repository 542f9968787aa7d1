//! What is wrong with a plugin, with the section of docs/errors.md that says why and what to do.

use plaudit_core::rule::{CallError, Fault};
use plaudit_runtime::{LoadError, PlanError};
use serde::Serialize;

use super::{EXIT_NO, EXIT_NOT_DONE, paint::Paint, teach};
use crate::cli::out;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Level {
    /// A server refuses it, or it does not do what it promises.
    Error,
    /// It runs; somebody should look.
    Warning,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Finding {
    pub(super) level: Level,
    /// Names the section of docs/errors.md.
    pub(super) code: &'static str,
    /// What happened, with which value, and the next step.
    pub(super) message: String,
}

impl Finding {
    /// Something that must not be.
    pub(super) fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self { level: Level::Error, code, message: message.into() }
    }

    /// Something to look at.
    pub(super) fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { level: Level::Warning, code, message: message.into() }
    }

    /// Why a component can't be a plugin.
    pub(super) fn of_load(error: &LoadError) -> Self {
        Self::error(teach::of_load(error), error.to_string())
    }

    /// Why there is no plan.
    pub(super) fn of_plan(error: &PlanError) -> Self {
        Self::error(teach::of_plan(error), error.to_string())
    }

    /// Why a call left no trace.
    pub(super) fn of_call(error: &CallError) -> Self {
        Self::error(teach::of_call(error), error.to_string())
    }

    /// What a rule did wrong.
    pub(super) fn of_fault(fault: &Fault) -> Self {
        Self::error(teach::of_fault(fault), fault.to_string())
    }

    /// The machine failed, not the rule.
    pub(super) fn host(what: &str) -> Self {
        Self::of_call(&CallError::Infrastructure(what.to_owned()))
    }

    /// As people read it.
    pub(super) fn text(&self, paint: Paint) -> String {
        let level = match self.level {
            Level::Error => paint.red("error"),
            Level::Warning => paint.yellow("warning"),
        };
        format!("{level}: {}\n  why, and what to do: docs/errors.md#{}", self.message, self.code)
    }
}

/// The exit code of a verb that found these: that the machine failed is no answer about the plugin.
pub(super) fn exit_code(findings: &[Finding]) -> u8 {
    let errors: Vec<_> = findings.iter().filter(|finding| finding.level == Level::Error).collect();
    match errors.as_slice() {
        [] => 0,
        all if all.iter().all(|finding| finding.code == "host") => EXIT_NOT_DONE,
        _ => EXIT_NO,
    }
}

/// Says findings, as JSON under `findings` or line by line.
pub(super) fn tell(findings: &[Finding], json: bool) -> anyhow::Result<()> {
    if json {
        return out(&serde_json::to_string_pretty(&serde_json::json!({ "findings": findings }))?);
    }
    let paint = Paint::of_output();
    findings.iter().try_for_each(|finding| out(&finding.text(paint)))
}
