//! From a rule's folder to a component: whatever the rule is written in, what comes out imports nothing but the contract.
//! `plaudit plugin build`, `cargo xtask plugins` and the tests all build with this.
//!
//! A language is a file here (`rust`, `typescript`, `python`), a variant of [`Language`] and of [`RuleFolder`], and a
//! template of `plaudit plugin new`.

mod command;
mod component;
mod error;
mod folder;
mod native;
mod python;
mod rust;
mod typescript;

pub use command::{Voice, typed};
pub use component::{componentize, write_component};
pub use error::BuildError;
pub use folder::{Language, RuleFolder};
pub use python::{RuleProject, python_environment};
pub use rust::{Modules, RuleCrate, TARGET, ensure_target};
pub use typescript::{TypeScriptRule, missing_for_typescript};

/// Folder of the target directory in which components are put.
pub const PLUGINS: &str = "plugins";
