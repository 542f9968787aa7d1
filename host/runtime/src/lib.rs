//! Everything wasmtime: check, compile, link, call, and say what went wrong.
//!
//! A [`Runtime`] loads components: nothing of one is compiled before its imports are known to be the two sinks of the
//! contract, and it is compiled in a child process with limits. A [`Plugin`] plans for settings; a [`WasmGuest`] is the
//! rule, behind `plaudit_core`'s `Guest`. Each call has fuel, a deadline and a memory limit; its effects are checked as
//! they are given. A call that fails leaves nothing: the Store is thrown away. [`fold_isolating`] finds the key to blame.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use plaudit_core::limits::COMPONENT_INTERPRETED_BYTES_MAX;
use sha2::{Digest, Sha256};
use wasmtime::{
    Engine,
    component::{Component, HasSelf, Linker},
};

mod bindings;
mod bounds;
mod cache;
mod check;
mod compile;
mod convert;
mod engine;
mod error;
mod fault;
mod guest;
mod host;
mod isolate;
mod outline;
mod plugin;
mod sinks;

pub use compile::{CompileLimits, Compiler, compile_child};
pub use error::{LoadError, PlanError, RuntimeError};
pub use guest::WasmGuest;
pub use isolate::{INFRASTRUCTURE_RETRIES_MAX, Isolated, fold_isolating};
pub use outline::{LANGUAGE_SECTION, Outline, outline};
pub use plugin::Plugin;

use bounds::Class;
use cache::{Cache, Found};
use host::Host;

/// The contract that this host speaks; rules built for an earlier version of the same major run, too.
pub const CONTRACT: &str = "plaudit:rule@1.0.0";

/// Where compiled rules are kept and who compiles them.
#[derive(Clone, Debug)]
pub struct RuntimeConfig {
    /// Directory of compiled rules, made if it is not there; for the server's user alone (mode 0700).
    pub cache_dir: PathBuf,
    /// Authenticates compiled rules: a secret that lasts. With another one, everything is compiled again.
    pub mac_key: [u8; 32],
    /// Who compiles.
    pub compiler: Compiler,
}

/// Loads rules. One per process is enough.
pub struct Runtime {
    engine: Engine,
    linker: Linker<Host>,
    cache: Cache,
    compiler: Compiler,
    /// Those of the component's class, if none.
    limits: Option<CompileLimits>,
    /// By digest. The inner lock is held while a plugin loads, so that it is compiled once.
    loaded: Mutex<BTreeMap<String, Arc<Mutex<Weak<Plugin>>>>>,
}

impl Runtime {
    /// Starts the engine and its ticker, and opens the cache.
    ///
    /// # Errors
    /// When the cache directory can't be used or others can get at it.
    pub fn new(config: RuntimeConfig) -> Result<Self, RuntimeError> {
        let engine = engine::engine()?;
        let cache = Cache::open(config.cache_dir, config.mac_key, &engine)?;
        let mut linker = Linker::new(&engine);
        bindings::Rule::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host)
            .map_err(|error| RuntimeError::Engine(format!("{error:#}")))?;
        engine::tick(&engine)?;
        Ok(Self { engine, linker, cache, compiler: config.compiler, limits: None, loaded: Mutex::default() })
    }

    /// Lowers what compiling may cost.
    #[must_use]
    pub fn with_compile_limits(mut self, limits: CompileLimits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Checks, compiles (or finds compiled), links and describes a component. Loading the same bytes again gives the same
    /// plugin as long as somebody holds it. A component that says that it carries an engine, or has more than
    /// `COMPONENT_BYTES_MAX` bytes, gets the limits of interpreted rules.
    ///
    /// # Errors
    /// Says what is wrong with the component and what to do.
    pub fn load(&self, wasm: &[u8]) -> Result<Arc<Plugin>, LoadError> {
        if wasm.len() > COMPONENT_INTERPRETED_BYTES_MAX {
            return Err(LoadError::TooLarge { bytes: wasm.len() });
        }
        let digest = hex(&Sha256::digest(wasm));
        // A panic while loading leaves an entry that is empty or whole, so poison means nothing.
        let entry = {
            let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
            loaded.retain(|_, entry| {
                Arc::strong_count(entry) > 1 || entry.lock().map_or(true, |weak| weak.strong_count() > 0)
            });
            Arc::clone(loaded.entry(digest.clone()).or_default())
        };
        let mut weak = entry.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plugin) = weak.upgrade() {
            return Ok(plugin);
        }
        let class = Class::of(&check::check(wasm)?);
        let component = self.component(&digest, wasm)?;
        let pre = self
            .linker
            .instantiate_pre(&component)
            .and_then(bindings::RulePre::new)
            .map_err(|error| LoadError::Link(format!("{error:#}")))?;
        let plugin = Arc::new(Plugin::describe(digest, class, pre)?);
        *weak = Arc::downgrade(&plugin);
        Ok(plugin)
    }

    /// The compiled component, from the cache or compiled now.
    fn component(&self, digest: &str, wasm: &[u8]) -> Result<Component, LoadError> {
        match self.cache.find(digest) {
            Found::Compiled(code) => match self.deserialize(&code) {
                Ok(component) => return Ok(component),
                Err(error) => {
                    tracing::warn!(digest, %error, "compiled rule does not load; compiling it again")
                }
            },
            Found::Damaged(problem) => {
                tracing::warn!(digest, problem, "compiled rule can't be trusted; compiling it again")
            }
            Found::Nothing => {}
        }
        let limits = self.limits.unwrap_or_else(|| CompileLimits::of(wasm.len()));
        let code = compile::compile(&self.engine, &self.compiler, limits, wasm)?;
        if let Err(error) = self.cache.keep(digest, &code) {
            tracing::warn!(digest, %error, "compiled rule was not kept; it will be compiled again at the next start");
        }
        self.deserialize(&code)
    }

    fn deserialize(&self, code: &[u8]) -> Result<Component, LoadError> {
        #[expect(
            unsafe_code,
            reason = "the code comes from our own compiler, directly or through a file whose MAC was verified"
        )]
        // SAFETY: `code` is what `precompile_component` of the same engine configuration made, see the reason above.
        let component = unsafe { Component::deserialize(&self.engine, code) };
        component.map_err(|error| LoadError::Compile(format!("the compiled code does not load: {error:#}")))
    }
}

impl std::fmt::Debug for Runtime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Runtime")
            .field("cache", &self.cache)
            .field("compiler", &self.compiler)
            .finish_non_exhaustive()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
