//! The journal as handlers need it, and the house as the journal has made it.

use std::{collections::BTreeMap, sync::Arc};

use futures_util::future::BoxFuture;
use plaudit_core::{
    Id,
    event::Event,
    incentive::Incentive,
    journal::{Decision, Entry, Position},
    metric::MetricDefinition,
    roster::Roster,
};

use crate::journal::{AppendError, Outcome};

/// Appends to the journal and shows what it has made. [`crate::journal::Journal`] is one; tests have another.
pub trait Appender: Send + Sync + 'static {
    /// Appends events; one outcome each, in order, when they are durable.
    fn append_events(&self, events: Vec<Event>) -> BoxFuture<'_, Result<Vec<Outcome>, AppendError>>;
    /// Appends other entries together, durably.
    fn append(&self, entries: Vec<Entry>) -> BoxFuture<'_, Result<Position, AppendError>>;
    /// The house as of the last entry that was acknowledged.
    fn house(&self) -> HouseView;
}

/// Roster, catalogue, incentives, plugins and budgets; cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct HouseView {
    /// Who was in which team, when.
    pub roster: Arc<Roster>,
    /// Latest version of each metric.
    pub metrics: Arc<BTreeMap<Id, MetricDefinition>>,
    /// By id, ended ones included.
    pub incentives: Arc<BTreeMap<Id, IncentiveRecord>>,
    /// In the order they were installed.
    pub plugins: Arc<Vec<PluginRecord>>,
    /// By id.
    pub budgets: Arc<BTreeMap<Id, BudgetRecord>>,
}

/// An incentive and what managers decided.
#[derive(Clone, Debug, PartialEq)]
pub struct IncentiveRecord {
    /// As last enabled.
    pub incentive: Incentive,
    /// Paused by a manager or by a fault.
    pub paused: bool,
    /// Ended by a manager.
    pub ended: bool,
}

/// A known plugin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PluginRecord {
    /// SHA-256 of the component, lower-case hex.
    pub digest: Id,
    /// From its manifest.
    pub name: Id,
    /// From its manifest.
    pub version: Id,
}

/// A budget as the journal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetRecord {
    /// Such as `points`.
    pub currency: Id,
    /// All units that were ever put in.
    pub total: i64,
}

impl HouseView {
    /// Takes an entry in. Entries of a journal are valid; nothing is checked here.
    pub fn apply(&mut self, entry: &Entry) {
        match entry {
            Entry::Roster(change) => {
                Arc::make_mut(&mut self.roster).apply(change);
            }
            Entry::Metric(metric) => {
                Arc::make_mut(&mut self.metrics).insert(metric.name.clone(), metric.clone());
            }
            Entry::Plugin { digest, name, version } => {
                let plugins = Arc::make_mut(&mut self.plugins);
                if !plugins.iter().any(|p| p.digest == *digest) {
                    plugins.push(PluginRecord {
                        digest: digest.clone(),
                        name: name.clone(),
                        version: version.clone(),
                    });
                }
            }
            Entry::Incentive(incentive) => {
                let paused = self.incentives.get(&incentive.id).is_some_and(|known| known.paused);
                let record = IncentiveRecord { incentive: incentive.clone(), paused, ended: false };
                Arc::make_mut(&mut self.incentives).insert(incentive.id.clone(), record);
            }
            Entry::Decision { incentive, decision, .. } => self.change(incentive, |record| match decision {
                Decision::Pause => record.paused = true,
                Decision::Resume => record.paused = false,
                Decision::End => record.ended = true,
                Decision::LeaveOut(_) | Decision::Disqualify { .. } => {}
            }),
            Entry::Fault { incentive, .. } => self.change(incentive, |record| record.paused = true),
            Entry::Budget { budget, currency, units, .. } => {
                let empty = BudgetRecord { currency: currency.clone(), total: 0 };
                let record = Arc::make_mut(&mut self.budgets).entry(budget.clone()).or_insert(empty);
                record.total = record.total.saturating_add(*units);
            }
            Entry::Event { .. }
            | Entry::PeriodOpened { .. }
            | Entry::TicketsSealed { .. }
            | Entry::SeedRevealed { .. }
            | Entry::Tick => {}
        }
    }

    fn change(&mut self, incentive: &Id, change: impl FnOnce(&mut IncentiveRecord)) {
        if let Some(record) = Arc::make_mut(&mut self.incentives).get_mut(incentive) {
            change(record);
        }
    }

    /// A plugin by digest, `name@version`, or name: the one installed last.
    pub fn plugin(&self, wanted: &str) -> Option<&PluginRecord> {
        let (name, version) =
            wanted.split_once('@').map_or((wanted, None), |(name, version)| (name, Some(version)));
        self.plugins.iter().rev().find(|plugin| {
            &*plugin.digest == wanted
                || (&*plugin.name == name && version.is_none_or(|v| &*plugin.version == v))
        })
    }
}
