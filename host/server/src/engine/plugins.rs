//! Plugins: kept in the store by digest, compiled once, shared by all tasks.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use futures_util::{FutureExt, future::BoxFuture};
use plaudit_core::rule::Plan;
use plaudit_runtime::{Plugin, Runtime};
use plaudit_store::{
    Batch, Store,
    family::component::{put_component, read_component},
};

use crate::{
    api::plugins::{PlanError, PluginError, PluginHost, PluginInfo},
    texts::{Locale, problems_in},
};

/// All plugins of the house.
pub struct Plugins {
    runtime: Runtime,
    store: Arc<dyn Store>,
    loaded: Mutex<HashMap<String, (Arc<Plugin>, u64)>>,
    titles: Mutex<HashMap<String, String>>,
}

impl std::fmt::Debug for Plugins {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plugins").finish_non_exhaustive()
    }
}

impl Plugins {
    /// Plugins of a store, run by a runtime.
    pub fn new(runtime: Runtime, store: Arc<dyn Store>) -> Self {
        Self { runtime, store, loaded: Mutex::default(), titles: Mutex::default() }
    }

    /// What people call an incentive, for messages about it.
    pub fn set_title(&self, incentive: &str, title: &str) {
        let mut titles = self.titles.lock().unwrap_or_else(PoisonError::into_inner);
        titles.insert(incentive.to_owned(), title.to_owned());
    }

    /// A plugin by digest, loaded if need be.
    ///
    /// # Errors
    /// It is not there, or does not load: for people.
    pub fn plugin(&self, digest: &str) -> Result<Arc<Plugin>, String> {
        self.entry(digest).map(|(plugin, _)| plugin)
    }

    fn entry(&self, digest: &str) -> Result<(Arc<Plugin>, u64), String> {
        let known = self.loaded.lock().unwrap_or_else(PoisonError::into_inner).get(digest).cloned();
        if let Some(entry) = known {
            return Ok(entry);
        }
        let bytes = read_component(&*self.store, digest)
            .map_err(|e| e.to_string())?
            .ok_or_else(|| format!("plugin {digest} is not in the store; install it again"))?;
        let plugin = self.runtime.load(&bytes).map_err(|e| e.to_string())?;
        Ok(self.keep(plugin, bytes.len() as u64))
    }

    fn keep(&self, plugin: Arc<Plugin>, bytes: u64) -> (Arc<Plugin>, u64) {
        let entry = (plugin.clone(), bytes);
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.insert(plugin.digest().to_owned(), entry.clone());
        entry
    }

    fn install_now(&self, component: &[u8]) -> Result<PluginInfo, PluginError> {
        let plugin = self.runtime.load(component).map_err(|error| match error.is_infrastructure() {
            true => PluginError::Infrastructure(error.to_string()),
            false => PluginError::Refused(error.to_string()),
        })?;
        let kept = read_component(&*self.store, plugin.digest());
        if !matches!(kept, Ok(Some(_))) {
            let mut batch = Batch::default();
            put_component(&mut batch, plugin.digest(), component);
            let written = self.store.apply(batch).and_then(|_| self.store.sync());
            written.map_err(|e| PluginError::Infrastructure(e.to_string()))?;
        }
        let (plugin, bytes) = self.keep(plugin, component.len() as u64);
        Ok(info(&plugin, bytes))
    }
}

fn info(plugin: &Plugin, bytes: u64) -> PluginInfo {
    PluginInfo { digest: plugin.digest().into(), bytes, manifest: (**plugin.manifest()).clone() }
}

impl PluginHost for Arc<Plugins> {
    fn install(&self, component: Vec<u8>) -> BoxFuture<'_, Result<PluginInfo, PluginError>> {
        let plugins = self.clone();
        let task = tokio::task::spawn_blocking(move || plugins.install_now(&component));
        async { task.await.unwrap_or_else(|e| Err(PluginError::Infrastructure(e.to_string()))) }.boxed()
    }

    fn get(&self, digest: &str) -> Option<PluginInfo> {
        let (plugin, bytes) = self.entry(digest).ok()?;
        Some(info(&plugin, bytes))
    }

    fn plan<'a>(&'a self, digest: &'a str, settings: &'a str) -> BoxFuture<'a, Result<Plan, PlanError>> {
        let (plugins, digest, settings) = (self.clone(), digest.to_owned(), settings.to_owned());
        let task = tokio::task::spawn_blocking(move || {
            let plugin = plugins.plugin(&digest).map_err(PlanError::Infrastructure)?;
            plugin.plan(&settings).map_err(|error| match error {
                plaudit_runtime::PlanError::Settings(problems) => {
                    let texts = &plugin.manifest().texts;
                    PlanError::Problems(problems_in(Locale::En, texts, problems))
                }
                other => PlanError::Fault(other.to_string()),
            })
        });
        async { task.await.unwrap_or_else(|e| Err(PlanError::Infrastructure(e.to_string()))) }.boxed()
    }
}

impl crate::texts::PluginTexts for Plugins {
    fn texts(&self, digest: &str) -> Option<Arc<std::collections::BTreeMap<String, String>>> {
        let plugin = self.plugin(digest).ok()?;
        Some(Arc::new(plugin.manifest().texts.clone()))
    }

    fn incentive_title(&self, incentive: &str) -> Option<String> {
        self.titles.lock().unwrap_or_else(PoisonError::into_inner).get(incentive).cloned()
    }
}
