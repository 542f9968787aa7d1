//! The journal as handlers need it, and the house as the journal has made it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use futures_util::future::BoxFuture;
use plaudit_core::{
    Id,
    event::Event,
    incentive::Incentive,
    journal::{Entry, Position},
    metric::MetricDefinition,
    reserve::Reservation,
    roster::Roster,
};

use crate::journal::{AppendError, House, Journal, Outcome, Stocked};

/// Appends to the journal and shows what it has made. [`crate::journal::Journal`] is one; tests have another.
pub trait Appender: Send + Sync + 'static {
    /// Appends events; one outcome each, in order, when they are durable.
    fn append_events(&self, events: Vec<Event>) -> BoxFuture<'_, Result<Vec<Outcome>, AppendError>>;
    /// Appends other entries together, durably.
    fn append(&self, entries: Vec<Entry>) -> BoxFuture<'_, Result<Position, AppendError>>;
    /// The house as of the last entry that was acknowledged.
    fn house(&self) -> HouseView;
    /// Events of agents that the roster does not know.
    fn parked(&self) -> u64;
    /// How many of them by opaque agent id.
    fn parked_by_agent(&self) -> BTreeMap<Id, u64> {
        BTreeMap::new()
    }
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
    /// The catalogue of prizes, by id.
    pub prizes: Arc<BTreeMap<Id, Stocked>>,
    /// Who asked for an incentive and what is set aside for it, by its id.
    pub money: Arc<BTreeMap<Id, MoneyRecord>>,
}

/// What has to do with an incentive's money beside its allotment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MoneyRecord {
    /// Names of those who enabled or changed it.
    pub askers: BTreeSet<Id>,
    /// Agents that they are, by opaque id.
    pub asking_agents: BTreeSet<Id>,
    /// What budgets and stocks have set aside.
    pub reserved: Reservation,
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
    /// Units that no incentive has reserved.
    pub left: i64,
}

impl HouseView {
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

impl From<&House> for HouseView {
    fn from(house: &House) -> Self {
        let latest =
            |versions: &Vec<Arc<MetricDefinition>>| versions.last().map(|m| (m.name.clone(), (**m).clone()));
        let incentives = house.incentives.iter().map(|(id, enabled)| {
            let (paused, ended) = (enabled.paused.is_some(), enabled.ended.is_some());
            (id.clone(), IncentiveRecord { incentive: enabled.incentive.clone(), paused, ended })
        });
        let plugins = house.plugins.iter().map(|(digest, name, version)| PluginRecord {
            digest: digest.clone(),
            name: name.clone(),
            version: version.clone(),
        });
        let budgets = house.funded.iter().map(|(place @ (budget, currency), total)| {
            let left = house.budgets.get(place).copied().unwrap_or_default();
            (budget.clone(), BudgetRecord { currency: currency.clone(), total: *total, left })
        });
        let money = house.incentives.iter().map(|(id, enabled)| {
            let record = MoneyRecord {
                askers: enabled.askers.clone(),
                asking_agents: enabled.asking_agents.clone(),
                reserved: enabled.reserved.clone(),
            };
            (id.clone(), record)
        });
        Self {
            prizes: Arc::new(house.prizes.clone()),
            money: Arc::new(money.collect()),
            roster: house.roster.clone(),
            metrics: Arc::new(house.metrics.values().filter_map(latest).collect()),
            incentives: Arc::new(incentives.collect()),
            plugins: Arc::new(plugins.collect()),
            budgets: Arc::new(budgets.collect()),
        }
    }
}

impl Appender for Journal {
    fn append_events(&self, events: Vec<Event>) -> BoxFuture<'_, Result<Vec<Outcome>, AppendError>> {
        Box::pin(Journal::append_events(self, events))
    }

    fn append(&self, entries: Vec<Entry>) -> BoxFuture<'_, Result<Position, AppendError>> {
        Box::pin(Journal::append(self, entries))
    }

    fn house(&self) -> HouseView {
        HouseView::from(&*Journal::house(self))
    }

    fn parked(&self) -> u64 {
        Journal::house(self).parked.values().sum()
    }

    fn parked_by_agent(&self) -> BTreeMap<Id, u64> {
        Journal::house(self).parked.clone()
    }
}
