//! A house in memory around one rule: settings, metrics, roster and events from files, or made up.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail, ensure};
use chrono_tz::Tz;
use plaudit_core::{
    DAY_MS, Id, Millis,
    calendar::{day_start, local_day},
    event::{Event, Subject, SubjectKind},
    incentive::{Allotment, Audience, Incentive, Periods},
    journal::Entry,
    limits::{GRACE_MS, SETTLE_DELAY_MS, STEPS_PER_CALL_MAX},
    metric::{CompiledMetric, MetricDefinition, compile},
    roster::{Agent, Roster, RosterChange, Site, Stint, Team},
    rule::{Guest, Plan},
};
use plaudit_runtime::Plugin;
use plaudit_store::memory::MemoryStore;
use serde::Deserialize;

use super::{finding::Finding, schema};
use crate::{
    config::catalogue::{self, MetricDocument},
    engine::drive::{Drive, Setup},
    ingest::{
        declared::Declared,
        identity::Identity,
        parse::{self, Known},
        roster_csv,
    },
};

/// Id of the incentive that is tried, and of its site and team where nobody says others.
const TRIAL: &str = "trial";
/// The key of opaque ids and example draws: everybody knows it, and nothing depends on it.
const EXAMPLE_KEY: [u8; 32] = [7; 32];
/// Mistakes shown of a file of events.
const MISTAKES_SHOWN: usize = 10;

/// What a rule is tried with.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Frame {
    /// The settings document, TOML or JSON; without it the defaults of the plugin's form.
    #[arg(long, value_name = "FILE")]
    pub(super) settings: Option<PathBuf>,
    /// Further metrics: TOML with [[metric]] tables, as for `plaudit apply`.
    #[arg(long, value_name = "FILE")]
    metrics: Option<PathBuf>,
    /// Who works where: CSV as for POST /v1/roster. Without it everybody of the events is in one team.
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// The zone of days and periods.
    #[arg(long, default_value = "UTC")]
    zone: Tz,
    /// How time is cut: once, daily, weekly, monthly, or a five-field cron expression.
    #[arg(long, default_value = "daily")]
    periods: String,
}

/// A rule with settings that make a plan, and metrics for it.
pub(super) struct Tried {
    pub(super) plugin: Arc<Plugin>,
    pub(super) settings: String,
    pub(super) plan: Plan,
    pub(super) metrics: Vec<CompiledMetric>,
    zone: Tz,
    periods: Periods,
}

/// Why there is nothing to try.
pub(super) enum Untried {
    /// The plugin is at fault, or its settings are.
    Plugin(Finding),
    /// A file is.
    File(anyhow::Error),
}

impl From<anyhow::Error> for Untried {
    fn from(error: anyhow::Error) -> Self {
        Self::File(error)
    }
}

#[derive(Deserialize)]
struct MetricsFile {
    #[serde(default)]
    metric: Vec<MetricDocument>,
}

/// A settings file as the JSON text that a rule sees.
pub(super) fn settings(path: &Path) -> anyhow::Result<String> {
    let name = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{name} can't be read"))?;
    if text.trim_start().starts_with('{') {
        let _: serde_json::Value =
            serde_json::from_str(&text).with_context(|| format!("{name} is not JSON as it should be"))?;
        return Ok(text);
    }
    let document: toml::Table =
        toml::from_str(&text).with_context(|| format!("{name} is not TOML as it should be"))?;
    Ok(serde_json::to_string(&document)?)
}

impl Frame {
    /// Plans.
    pub(super) fn tried(&self, plugin: Arc<Plugin>) -> Result<Tried, Untried> {
        let settings = match &self.settings {
            Some(path) => settings(path)?,
            None => {
                let required = schema::required(&plugin.manifest().settings);
                if !required.is_empty() {
                    let text = format!(
                        "the settings {} have no defaults, so that nothing can be tried without them: write a settings \
                         file and give it with --settings",
                        required.join(", ")
                    );
                    return Err(Untried::Plugin(Finding::error("settings-needed", text)));
                }
                "{}".to_owned()
            }
        };
        let plan = plugin.plan(&settings).map_err(|error| Untried::Plugin(Finding::of_plan(&error)))?;
        let definitions = self.definitions()?;
        let mut metrics = Vec::with_capacity(plan.metrics.len());
        for name in &plan.metrics {
            let Some(definition) = definitions.get(name.as_str()) else {
                let known: Vec<&str> = definitions.keys().map(|name| &**name).collect();
                let text = format!(
                    "the plan wants the metric `{name}`, and there are {}: define it in a file and give it with --metrics",
                    known.join(", ")
                );
                return Err(Untried::Plugin(Finding::error("metric-unknown", text)));
            };
            metrics.push(compile(definition).map_err(|error| Untried::File(error.into()))?);
        }
        let periods = match self.periods.as_str() {
            "once" => Periods::Once,
            "daily" => Periods::Daily,
            "weekly" => Periods::Weekly,
            "monthly" => Periods::Monthly,
            cron => Periods::Cron(cron.to_owned()),
        };
        Ok(Tried { plugin, settings, plan, metrics, zone: self.zone, periods })
    }

    fn definitions(&self) -> anyhow::Result<BTreeMap<Id, MetricDefinition>> {
        let mut all: BTreeMap<Id, MetricDefinition> =
            catalogue::default()?.metrics.into_iter().map(|metric| (metric.name.clone(), metric)).collect();
        let Some(path) = &self.metrics else { return Ok(all) };
        let text =
            std::fs::read_to_string(path).with_context(|| format!("{} can't be read", path.display()))?;
        let file: MetricsFile =
            toml::from_str(&text).with_context(|| format!("{} is no list of [[metric]]", path.display()))?;
        for document in file.metric {
            let name = document
                .name
                .clone()
                .with_context(|| format!("{}: a metric needs a name", path.display()))?;
            all.insert(name.clone(), document.define(name, 1));
        }
        Ok(all)
    }

    /// Reads events, one a line or a list, in the order of their times.
    pub(super) fn events(&self, path: &Path, tried: &Tried) -> anyhow::Result<Vec<Event>> {
        let name = path.display();
        let text = std::fs::read_to_string(path).with_context(|| format!("{name} can't be read"))?;
        let items: Vec<(usize, Result<serde_json::Value, serde_json::Error>)> =
            if text.trim_start().starts_with('[') {
                let list: Vec<serde_json::Value> =
                    serde_json::from_str(&text).with_context(|| format!("{name} is no list of events"))?;
                list.into_iter().enumerate().map(|(index, item)| (index + 1, Ok(item))).collect()
            } else {
                let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
                lines.map(|(index, line)| (index + 1, serde_json::from_str(line))).collect()
            };
        let declared = tried.declared()?;
        let identity = Identity::new(&EXAMPLE_KEY);
        let known = Known::new(&declared, &identity);
        let mut events = Vec::with_capacity(items.len());
        let mut mistakes = Vec::new();
        for (line, item) in items {
            match item.map(|json| parse::event(&json, known)) {
                Ok(Ok(event)) => events.push(event),
                Ok(Err(flaw)) => {
                    let flaw = flaw.at(line);
                    let value = flaw.value.map_or_else(String::new, |value| format!(" is {value}:"));
                    mistakes.push(format!("line {line}: {}{value} {}", flaw.field, flaw.message));
                }
                Err(error) => mistakes.push(format!("line {line} is not JSON: {error}")),
            }
        }
        if !mistakes.is_empty() {
            let count = mistakes.len();
            mistakes.truncate(MISTAKES_SHOWN);
            bail!("{name}: {count} events can't be read\n  {}", mistakes.join("\n  "));
        }
        ensure!(!events.is_empty(), "{name} has no events");
        events.sort_by(|a, b| (a.time, &a.source, &a.id).cmp(&(b.time, &b.source, &b.id)));
        Ok(events)
    }

    /// Who works where, as changes of an empty roster, with names for those who read.
    pub(super) fn people(
        &self,
        tried: &Tried,
        path: Option<&Path>,
        events: &[Event],
    ) -> anyhow::Result<People> {
        let first = events.first().map_or(0, |event| event.time);
        let from = day_start(tried.zone, local_day(tried.zone, first)) - DAY_MS;
        let queues: BTreeSet<Id> = subjects(events, SubjectKind::Queue).collect();
        let mut people = People::default();
        people.changes.push(RosterChange::Site(Site {
            id: TRIAL.into(),
            zone: tried.zone,
            holidays: Vec::new(),
        }));
        let team = |id: Id| {
            RosterChange::Team(Team { id, site: TRIAL.into(), queues: queues.iter().cloned().collect() })
        };
        let Some(roster) = &self.roster else {
            let mut teams: BTreeSet<Id> = subjects(events, SubjectKind::Team).collect();
            teams.insert(TRIAL.into());
            people.changes.extend(teams.into_iter().map(team));
            for id in subjects(events, SubjectKind::Agent).collect::<BTreeSet<_>>() {
                let stint = Stint { from, team: Some(TRIAL.into()), share: 1.0, workdays: 0b1_1111 };
                let agent = Agent { id, hired_day: None, zone: None, stints: vec![stint] };
                people.changes.push(RosterChange::Agent(agent));
            }
            if let Some(path) = path {
                people.names = external_names(path)?;
            }
            return Ok(people);
        };
        let csv = std::fs::read(roster).with_context(|| format!("{} can't be read", roster.display()))?;
        people.changes.extend(teams_of(&csv)?.into_iter().map(team));
        let mut known_roster = Roster::default();
        for change in &people.changes {
            known_roster.apply(change);
        }
        let identity = Identity::new(&EXAMPLE_KEY);
        let store = MemoryStore::default();
        let known =
            roster_csv::Known { roster: &known_roster, people: &store, identity: &identity, now: from };
        let plan = roster_csv::plan(&csv, &known)?;
        if !plan.errors.is_empty() {
            let lines: Vec<String> = plan
                .errors
                .iter()
                .take(MISTAKES_SHOWN)
                .map(|e| format!("line {}, {}: {:?} {}", e.line, e.column, e.value, e.message))
                .collect();
            bail!("{}: {} rows are wrong\n  {}", roster.display(), plan.errors.len(), lines.join("\n  "));
        }
        people.names = plan.people.into_iter().map(|(id, person)| (id, person.name)).collect();
        people.changes.extend(plan.changes.into_iter().map(RosterChange::Agent));
        Ok(people)
    }
}

/// Teams that a roster's file names.
fn teams_of(csv: &[u8]) -> anyhow::Result<BTreeSet<Id>> {
    let csv = csv.strip_prefix(b"\xef\xbb\xbf").unwrap_or(csv);
    let mut reader = csv::Reader::from_reader(csv);
    let column = reader.headers()?.iter().position(|name| name.trim().eq_ignore_ascii_case("team"));
    let mut teams = BTreeSet::new();
    for record in reader.records() {
        let record = record?;
        let team = column.and_then(|column| record.get(column)).map(str::trim).unwrap_or_default();
        if !team.is_empty() {
            teams.insert(Id::from(team));
        }
    }
    Ok(teams)
}

/// The ids that events give to agents, by their opaque ids.
fn external_names(path: &Path) -> anyhow::Result<BTreeMap<Id, String>> {
    let identity = Identity::new(&EXAMPLE_KEY);
    let text = std::fs::read_to_string(path)?;
    let mut names = BTreeMap::new();
    for part in text.split("\"agent/").skip(1) {
        let external = part.split('"').next().unwrap_or_default();
        names.insert(identity.opaque(external), external.to_owned());
    }
    Ok(names)
}

fn subjects(events: &[Event], kind: SubjectKind) -> impl Iterator<Item = Id> {
    events.iter().filter(move |event| event.subject.kind == kind).map(|event| event.subject.id.clone())
}

/// The roster, and what people are called.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    pub(super) changes: Vec<RosterChange>,
    pub(super) names: BTreeMap<Id, String>,
}

impl People {
    /// A subject as people call it.
    pub(super) fn name(&self, subject: &Subject) -> String {
        match subject.kind {
            SubjectKind::Agent => {
                self.names.get(&subject.id).cloned().unwrap_or_else(|| subject.id.to_string())
            }
            _ => subject.to_string(),
        }
    }

    /// A text with the names of agents in place of their opaque ids.
    pub(super) fn named(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (id, name)| text.replace(&**id, name))
    }
}

/// How a house is set up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ways {
    pub(super) steps_per_call: usize,
    pub(super) is_boundless: bool,
}

impl Default for Ways {
    fn default() -> Self {
        Self { steps_per_call: STEPS_PER_CALL_MAX, is_boundless: true }
    }
}

impl Tried {
    /// First instant of the first day, and first instant after the last.
    pub(super) fn window(&self, events: &[Event]) -> (Millis, Millis) {
        let first = events.first().map_or(0, |event| event.time);
        let last = events.iter().map(|event| event.time).max().unwrap_or(first);
        let day = |at| local_day(self.zone, at);
        (day_start(self.zone, day(first)), day_start(self.zone, day(last) + 1))
    }

    /// The incentive that is tried.
    pub(super) fn incentive(&self, (start, end): (Millis, Millis), allotment: &[(Id, i64)]) -> Incentive {
        let line = |(currency, units): &(Id, i64)| Allotment {
            budget: currency.clone(),
            currency: currency.clone(),
            units: *units,
        };
        Incentive {
            id: TRIAL.into(),
            title: self.plugin.manifest().name.clone(),
            plugin: self.plugin.digest().into(),
            settings: self.settings.clone(),
            audience: Audience::default(),
            start,
            end: Some(end),
            zone: self.zone,
            periods: self.periods.clone(),
            allotment: allotment.iter().map(line).collect(),
            metrics: self.metrics.iter().map(|metric| (metric.definition().name.clone(), 1)).collect(),
            prizes: BTreeMap::new(),
            approval: Vec::new(),
        }
    }

    /// A house with these people, in which nothing has happened and nothing is enabled.
    pub(super) fn house(
        &self,
        incentive: Incentive,
        people: &People,
        ways: Ways,
        guest: Box<dyn Fn() -> Box<dyn Guest>>,
    ) -> anyhow::Result<Drive> {
        let begins = incentive.start - DAY_MS;
        let mut house = Drive::new(Setup {
            incentive,
            plan: self.plan.clone(),
            metrics: self.metrics.clone(),
            guest,
            settle_ms: SETTLE_DELAY_MS,
            grace_ms: GRACE_MS,
            draw_key: EXAMPLE_KEY.to_vec(),
            steps_per_call: ways.steps_per_call,
            is_boundless: ways.is_boundless,
        })?;
        let changes = people.changes.iter().cloned().map(Entry::Roster).collect();
        house.enter(begins, changes)?;
        Ok(house)
    }

    /// Fields that the events keep: those of the metrics, and those that the plan wants as texts.
    fn declared(&self) -> anyhow::Result<Declared> {
        let mut declared = Declared::default();
        let mut kinds: BTreeSet<Id> = BTreeSet::new();
        for metric in &self.metrics {
            for kind in &metric.definition().types {
                declared.add(kind.clone(), metric.fields());
                kinds.insert(kind.clone());
            }
        }
        for (kind, fields) in catalogue::default()?.fields {
            declared.add(kind.as_str().into(), fields);
            kinds.insert(kind.into());
        }
        for kind in kinds {
            declared.add(kind, self.plan.attributes.iter().map(|name| Id::from(name.as_str())));
        }
        Ok(declared)
    }
}
