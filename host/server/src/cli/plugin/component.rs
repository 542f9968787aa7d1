//! Which component is meant, and what runs it here.

use std::{
    env,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;
use plaudit_build::{RuleFolder, Voice};
use plaudit_runtime::{Compiler, LoadError, Plugin, Runtime, RuntimeConfig};

use super::compiled::Cache;

/// Which component.
#[derive(Debug, clap::Args)]
pub(super) struct Which {
    /// The component; without it, the rule of this folder is built first.
    component: Option<PathBuf>,
}

/// A component that was read.
#[derive(Debug)]
pub(super) struct Component {
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
    /// The crate it was just built from, if it was.
    pub(super) rule: Option<RuleFolder>,
}

impl Which {
    /// Reads it, and builds it before if need be.
    pub(super) fn read(&self) -> anyhow::Result<Component> {
        match &self.component {
            Some(path) => read(path),
            None => built(RuleFolder::at(&env::current_dir()?)?, Voice::Quiet),
        }
    }
}

/// Builds a rule and reads its component.
pub(super) fn built(rule: RuleFolder, voice: Voice) -> anyhow::Result<Component> {
    let component = read(&rule.build(voice)?)?;
    Ok(Component { rule: Some(rule), ..component })
}

/// Reads a component's file.
pub(super) fn read(path: &Path) -> anyhow::Result<Component> {
    let bytes = std::fs::read(path).with_context(|| {
        format!(
            "{} can't be read; `plaudit plugin build` makes a component of the rule in a folder",
            path.display()
        )
    })?;
    Ok(Component { path: path.to_owned(), bytes, rule: None })
}

/// Names the folder of compiled code for children of this program: they need not compile again.
pub(super) const COMPILED: &str = "PLAUDIT_COMPILED";

/// What runs a component here: the server's own runtime.
pub(super) struct Workshop {
    runtime: Runtime,
    cache: Cache,
}

impl Workshop {
    /// Starts it for a component.
    pub(super) fn open(component: &Component) -> anyhow::Result<Self> {
        let cache = match env::var_os(COMPILED) {
            Some(folder) => Cache::of_parent(folder.into()),
            None => Cache::for_component(component.bytes.len())?,
        };
        let program =
            env::current_exe().context("the program can't find itself, which compiles components")?;
        let runtime = Runtime::new(RuntimeConfig {
            cache_dir: cache.folder(),
            mac_key: cache.mac_key(),
            compiler: Compiler::Child { program, arguments: vec!["compile-plugin".to_owned()] },
        })?;
        Ok(Self { runtime, cache })
    }

    /// The folder of compiled code.
    pub(super) fn compiled(&self) -> PathBuf {
        self.cache.folder()
    }

    /// Checks, compiles and describes a component.
    pub(super) fn load(&self, bytes: &[u8]) -> Result<Arc<Plugin>, LoadError> {
        self.runtime.load(bytes)
    }
}

/// A rule's component that is known to load, for the verbs that run it.
pub(super) fn loaded(
    workshop: &Workshop,
    component: &Component,
) -> Result<Arc<Plugin>, super::finding::Finding> {
    workshop.load(&component.bytes).map_err(|error| super::finding::Finding::of_load(&error))
}
