//! Why there is no component.

use std::{
    io,
    path::Path,
    process::{Command, ExitStatus},
};

use crate::command::typed;

/// Why there is no component.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A program is not installed, or may not be started.
    #[error("`{program}` can't be started: {source}; {install}")]
    NotStarted {
        /// Which.
        program: String,
        /// Where it comes from.
        install: &'static str,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// The target is not there, and rustup can't add it.
    #[error(
        "the target {target} is missing: run `rustup target add {target}`; without rustup, install the Rust standard \
         library for it",
        target = crate::rust::TARGET
    )]
    NoTarget,
    /// No Python that will do.
    #[error(
        "there is no Python 3.11 or newer ({seen}): install it from https://www.python.org, or name it with PLAUDIT_PYTHON"
    )]
    NoPython {
        /// What was tried, and what it is.
        seen: String,
    },
    /// The environment that a rule is built in can't be made.
    #[error("the environment {folder} can't be made: {said}\n{advice}")]
    Environment {
        /// Where.
        folder: String,
        /// Which command, and what it said.
        said: String,
        /// What may help.
        advice: String,
    },
    /// The compiler said no, on standard error.
    #[error("the rule does not build ({status}); to repeat: {command}{said}")]
    Failed {
        /// As a person would type it.
        command: String,
        /// How it ended.
        status: ExitStatus,
        /// What it said, if that was not shown as it came.
        said: String,
    },
    /// A program that did not come to its end.
    #[error(
        "`{command}` has not ended within {minutes} minutes, and was ended: does it wait for something, such as a registry \
         that is out of reach? Run it by itself to see{said}"
    )]
    NoEnd {
        /// As a person would type it.
        command: String,
        /// How long it had.
        minutes: u64,
        /// What it said so far, if that was not shown as it came.
        said: String,
    },
    /// A program that could not be listened to.
    #[error(
        "`{command}` could not be listened to: {source}; is there room in the folder for temporary files?"
    )]
    NotHeard {
        /// As a person would type it.
        command: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A program is missing, or too old.
    #[error("{why}; {install}")]
    Missing {
        /// Which, and what is wrong with it.
        why: String,
        /// Where it comes from.
        install: &'static str,
    },
    /// The packages of a rule are not there.
    #[error(
        "the packages of {folder} can't be installed: the registry that npm is set to has to be reached once, and the \
         lock file has to fit the package.json; to repeat: {command}{said}"
    )]
    NoPackages {
        /// The rule's folder.
        folder: String,
        /// As a person would type it.
        command: String,
        /// What was said, if that was not shown as it came.
        said: String,
    },
    /// The folder is no rule's.
    #[error("{folder} is no rule's folder: {why}")]
    NoRuleFolder {
        /// Where.
        folder: String,
        /// What is missing.
        why: String,
    },
    /// A file can't be read or written.
    #[error("{file} can't be read or written: {source}")]
    Io {
        /// Which.
        file: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A module that is no rule.
    #[error("{module} is no rule: {why}; does its crate end with `plaudit_sdk::export!(…)`?")]
    NoRule {
        /// The module.
        module: String,
        /// What the encoder says.
        why: String,
    },
}

impl BuildError {
    pub(crate) fn no_rule_folder(folder: &Path, why: impl AsRef<str>) -> Self {
        Self::NoRuleFolder { folder: folder.display().to_string(), why: why.as_ref().trim().to_owned() }
    }

    pub(crate) fn at(file: &Path, source: io::Error) -> Self {
        Self::Io { file: file.display().to_string(), source }
    }

    pub(crate) fn not_heard(command: &Command, source: io::Error) -> Self {
        Self::NotHeard { command: typed(command), source }
    }

    pub(crate) fn not_started(command: &Command, install: &'static str, source: io::Error) -> Self {
        let program = command.get_program().to_string_lossy().into_owned();
        Self::NotStarted { program, install, source }
    }
}
