//! The HTTP API: one file per thing. Handlers check, append to the journal, and read views; they decide nothing.

pub mod accounts;
pub mod allotments;
pub mod approvals;
pub mod audit;
pub mod auth;
pub mod awards;
pub mod boards;
pub mod budgets;
pub mod care;
pub mod clock;
pub mod days;
pub mod decisions;
pub mod document;
pub mod drafts;
pub mod draws;
pub mod endpoints;
pub mod etag;
pub mod events;
pub mod explain;
pub mod explained;
pub mod feed;
pub mod fields;
pub mod finality;
pub mod house;
pub mod idempotency;
pub mod incentives;
pub mod intake;
pub mod kudos;
pub mod ledger;
pub mod me;
pub mod metrics;
pub mod observe;
pub mod openapi;
pub mod pace;
pub mod pages;
pub mod payroll;
pub mod people;
pub mod plugins;
pub mod previews;
pub mod prizes;
pub mod problem;
pub mod recent;
pub mod reports;
pub mod roster;
pub mod routes;
pub mod settings;
pub(crate) mod signatures;
pub mod sources;
mod succession;
pub mod table;
#[cfg(test)]
mod tests;
pub mod tokens;
pub mod veil;
pub mod versions;
pub mod views;

use std::{
    collections::BTreeMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
};

use metrics_exporter_prometheus::PrometheusHandle;
use plaudit_store::{Store, StoreError, family, family::source::Sources};
use tokio_util::sync::CancellationToken;

use self::{house::Appender, plugins::PluginHost, previews::Previews, views::Views};
use crate::{
    clock::Clock,
    config::Config,
    ingest::{
        declared::Declared,
        identity::Identity,
        source::Mapping,
        watch::{Strangers, Watch},
    },
    porter::Porter,
};

/// What handlers work with; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// Writes the journal and shows the house.
    pub journal: Arc<dyn Appender>,
    /// What is no matter of the journal: people, tokens, sources.
    pub store: Arc<dyn Store>,
    /// The house's time.
    pub clock: Clock,
    /// The settings.
    pub config: Arc<Config>,
    /// The engine's read side.
    pub views: Arc<dyn Views>,
    /// Runs rules.
    pub plugins: Arc<dyn PluginHost>,
    /// Incentives that were tried on the past.
    pub previews: Arc<Previews>,
    /// Makes opaque agent ids.
    pub identity: Identity,
    /// What ingest has to know of metrics, fields and sources.
    pub front: Arc<Front>,
    /// Lets people in, and keeps the book of changes.
    pub porter: Arc<Porter>,
    /// The recorder behind `/metrics`.
    pub prometheus: PrometheusHandle,
    /// Cancelled when the server closes: ends live streams.
    pub closing: CancellationToken,
}

impl std::fmt::Debug for AppState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppState").field("config", &self.config).finish_non_exhaustive()
    }
}

/// More sources than anybody has.
const SOURCES_MAX: usize = 1000;

/// What the door of the house keeps in memory. Declared fields and compiled sources are kept up to date by the handlers
/// that change them.
#[derive(Debug, Default)]
pub struct Front {
    /// How often everybody has asked.
    pub pace: pace::Pace,
    /// One change of a thing at a time.
    pub desks: care::Desks,
    /// Requests with an `Idempotency-Key` that are under way.
    pub running: idempotency::Running,
    known: RwLock<Arc<Knowledge>>,
    ready: AtomicBool,
    /// What came in lately, by source.
    pub watch: Watch,
    /// What those are called whom the roster does not know.
    pub strangers: Strangers,
}

/// One consistent state of them.
#[derive(Debug, Default)]
pub struct Knowledge {
    /// Fields that are kept.
    pub declared: Declared,
    /// Sources by name.
    pub mappings: BTreeMap<String, Arc<Mapping>>,
}

impl Front {
    /// What is known now.
    pub fn knowledge(&self) -> Arc<Knowledge> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads everything again: at the start, and after metrics, fields or sources have changed.
    ///
    /// # Errors
    /// The store fails.
    pub fn reload(&self, journal: &dyn Appender, store: &dyn Store) -> Result<(), StoreError> {
        let mut mappings = BTreeMap::new();
        for (name, source) in family::scan::<Sources>(store, None, SOURCES_MAX)? {
            let compiled = serde_json::from_str(&source.document)
                .map_err(|e| e.to_string())
                .and_then(|document| Mapping::compile(&name, &document).map_err(|e| e.to_string()));
            match compiled {
                Ok(mapping) => {
                    mappings.insert(name, Arc::new(mapping));
                }
                // It was checked when it was stored, so an older release has understood it otherwise.
                Err(error) => tracing::error!(name, error, "a stored source can't be used; put it again"),
            }
        }
        let house = journal.house();
        let declared = Declared::collect(house.metrics.values(), store, mappings.values().map(|m| &**m))?;
        *self.known.write().unwrap_or_else(PoisonError::into_inner) =
            Arc::new(Knowledge { declared, mappings });
        Ok(())
    }

    /// Whether the server takes requests.
    pub fn is_ready(&self) -> bool {
        self.ready.load(Ordering::SeqCst)
    }

    /// Opens or closes the door for load balancers.
    pub fn set_ready(&self, ready: bool) {
        self.ready.store(ready, Ordering::SeqCst);
    }
}

impl AppState {
    /// See [`Front::reload`].
    ///
    /// # Errors
    /// The store fails.
    pub fn reload(&self) -> Result<(), StoreError> {
        self.front.reload(&*self.journal, &*self.store)
    }
}
