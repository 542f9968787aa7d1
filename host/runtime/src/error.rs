//! What can go wrong before a rule runs.

use std::{io, path::PathBuf};

use plaudit_core::{
    limits::{COMPONENT_INTERPRETED_BYTES_MAX, SETTINGS_BYTES_MAX},
    rule::{CallError, Problem},
};

/// The runtime could not start.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    /// wasmtime refused our configuration: a bug of the build.
    #[error("wasmtime does not start on this machine: {0}")]
    Engine(String),
    /// No thread for deadlines.
    #[error("no thread for the deadlines of rules: {0}; raise the limit of processes (ulimit -u)")]
    Ticker(#[source] io::Error),
    /// The cache directory could not be made or read.
    #[error("the directory of compiled rules {} can't be used: {source}; set another `cache_dir`", directory.display())]
    CacheDirectory {
        /// Which.
        directory: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// Others could put code there that we would run.
    #[error("the directory of compiled rules {} {problem}: whoever can write there can run code as the server; {remedy}", directory.display())]
    CacheNotPrivate {
        /// Which.
        directory: PathBuf,
        /// What is wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
}

impl LoadError {
    /// Whether the host failed, and the component may be fine.
    pub fn is_infrastructure(&self) -> bool {
        matches!(self, Self::Compile(_) | Self::Describe(CallError::Infrastructure(_)))
    }
}

/// A component that can't be a plugin.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Larger than any rule may be.
    #[error(
        "the component has {bytes} bytes; {COMPONENT_INTERPRETED_BYTES_MAX} are allowed: build it with `plaudit plugin build`, which optimises, and leave debug information and data out"
    )]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// Not WebAssembly, or damaged.
    #[error("this is no WebAssembly component: {0}")]
    NotWasm(String),
    /// A module that nobody made a component of.
    #[error(
        "this is a core WebAssembly module, not a component: build it with `plaudit plugin build`, or make one of it with `wasm-tools component new module.wasm -o rule.wasm`"
    )]
    CoreModule,
    /// It wants what a rule does not get.
    #[error(
        "the component imports `{import}`, and a rule imports nothing but `plaudit:rule/log` and `plaudit:rule/effects`: {instead}"
    )]
    Import {
        /// The import's name.
        import: String,
        /// What to write instead.
        instead: String,
    },
    /// Something of the contract is not there.
    #[error("the component does not export {}: it has to export `describe`, `plan`, `fold` and `conclude` of the world `plaudit:rule/rule`; with the Rust SDK, `plaudit_sdk::export!(YourRule)` does it", missing.join(", "))]
    Exports {
        /// Names of missing functions.
        missing: Vec<String>,
    },
    /// Built for another contract.
    #[error(
        "the component was built for `{built_for}` and this host speaks `{}`: build it again with the SDK that belongs to this host",
        crate::CONTRACT
    )]
    Contract {
        /// What it was built for.
        built_for: String,
    },
    /// The compiler could not or would not.
    #[error("compiling failed: {0}")]
    Compile(String),
    /// Compiled, but not to be linked to this host.
    #[error(
        "the component does not fit the contract: {0}; build it again with the SDK that belongs to this host"
    )]
    Link(String),
    /// `describe` failed.
    #[error("the rule could not describe itself: {0}")]
    Describe(#[source] CallError),
    /// `describe` answered nonsense.
    #[error("the manifest that `describe` returned is wrong: {0}")]
    Manifest(String),
}

/// Settings that make no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// Larger than settings may be.
    #[error("the settings have {bytes} bytes; {SETTINGS_BYTES_MAX} are allowed")]
    SettingsTooLarge {
        /// Their size.
        bytes: usize,
    },
    /// For the person who fills in the form.
    #[error("the settings are not valid: {}", list(.0))]
    Settings(Vec<Problem>),
    /// `plan` failed.
    #[error("the rule could not plan: {0}")]
    Call(#[source] CallError),
    /// The plan itself is wrong: for the rule's developer.
    #[error("the plan that the rule made is wrong: {0}")]
    Plan(String),
}

fn list(problems: &[Problem]) -> String {
    let lines: Vec<String> =
        problems.iter().map(|problem| format!("{}: {}", problem.field, problem.message)).collect();
    lines.join("; ")
}
