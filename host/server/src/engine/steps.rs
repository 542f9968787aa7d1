//! From events to steps: which keys an event reaches, and what a rule sees of it.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use plaudit_core::{
    Id, Millis,
    event::{Event, Subject, SubjectKind, Value},
    incentive::Incentive,
    journal::{Block, Entry, Position},
    metric::{CompiledMetric, EventContext},
    order::{StepOrder, Turn},
    roster::Roster,
    rule::{KeyKind, Plan},
};

use super::key::Step;

/// A decoded block with the metric columns that tasks have asked for: computed once, shared by all.
#[derive(Debug)]
pub(crate) struct BlockView {
    /// The block.
    pub(crate) block: Arc<Block>,
    /// The roster as of the block's end.
    pub(crate) roster: Arc<Roster>,
    columns: Mutex<HashMap<(Id, u32), Arc<Column>>>,
}

/// A metric's values over a block's entries.
type Column = Vec<Option<(f64, f64)>>;

impl BlockView {
    /// A view of a block.
    pub(crate) fn new(block: Arc<Block>, roster: Arc<Roster>) -> Self {
        Self { block, roster, columns: Mutex::default() }
    }

    /// The columns of some metrics. Those that are new are computed event by event, so that what an event looks like to
    /// expressions is made once for all of them.
    fn columns(&self, metrics: &[CompiledMetric]) -> Vec<Arc<Column>> {
        let name = |metric: &CompiledMetric| (metric.definition().name.clone(), metric.definition().version);
        // A panic while the map is locked can't leave it half-changed.
        let mut columns = self.columns.lock().unwrap_or_else(PoisonError::into_inner);
        let missing: Vec<_> = metrics.iter().filter(|metric| !columns.contains_key(&name(metric))).collect();
        let mut computed = vec![Column::with_capacity(self.block.entries.len()); missing.len()];
        for entry in self.block.entries.iter().filter(|_| !missing.is_empty()) {
            let context =
                if let Entry::Event { event, .. } = entry { Some(EventContext::new(event)) } else { None };
            for (metric, column) in missing.iter().zip(&mut computed) {
                column.push(context.as_ref().and_then(|context| measure(metric, context)));
            }
        }
        columns.extend(missing.iter().map(|metric| name(metric)).zip(computed.into_iter().map(Arc::new)));
        metrics.iter().filter_map(|metric| columns.get(&name(metric)).cloned()).collect()
    }
}

fn measure(metric: &CompiledMetric, context: &EventContext<'_>) -> Option<(f64, f64)> {
    match metric.evaluate(context) {
        Ok(measure) => measure.map(|m| (m.value, m.weight)),
        Err(error) => {
            metrics::counter!("plaudit_metric_errors_total", "metric" => metric.definition().name.to_string())
                .increment(1);
            let event = &context.event().id;
            tracing::debug!(metric = %metric.definition().name, %event, %error, "a metric failed: absent");
            None
        }
    }
}

/// What an incentive selects, and for whom.
pub(crate) struct Selector<'a> {
    pub(crate) incentive: &'a Incentive,
    pub(crate) plan: &'a Plan,
    pub(crate) metrics: &'a [CompiledMetric],
    pub(crate) roster: &'a Roster,
    /// Events that a manager leaves out.
    pub(crate) left_out: &'a BTreeSet<Position>,
}

/// The key of incentives that keep one state for all.
pub(crate) const WHOLE: &str = "";

impl Selector<'_> {
    /// The incentive's window.
    pub(crate) fn window(&self) -> (Millis, Millis) {
        window(self.incentive)
    }

    /// The step of each event of a block, by index, where the incentive selects it.
    pub(crate) fn select(&self, view: &BlockView) -> Vec<Option<Step>> {
        let columns = view.columns(self.metrics);
        let select = |(index, entry): (usize, &Entry)| {
            let Entry::Event { event, stale: false, .. } = entry else { return None };
            let measures: Vec<_> = columns.iter().map(|c| c[index]).collect();
            let position = Position { block: view.block.number, index: u32::try_from(index).ok()? };
            self.step(event, position, &measures)
        };
        view.block.entries.iter().enumerate().map(select).collect()
    }

    /// The steps among facts that were read from the history.
    pub(crate) fn select_facts(&self, facts: &[(Position, Arc<Event>)], key: &str) -> Vec<Step> {
        let select = |(position, event): &(Position, Arc<Event>)| {
            let reached = self.keys_of(&event.subject, event.time);
            if !reached.iter().any(|k| &**k == key) {
                return None;
            }
            let context = EventContext::new(event);
            let measures: Vec<_> = self.metrics.iter().map(|m| measure(m, &context)).collect();
            self.step(event, *position, &measures)
        };
        facts.iter().filter_map(select).collect()
    }

    fn step(&self, event: &Event, position: Position, measures: &[Option<(f64, f64)>]) -> Option<Step> {
        let (start, end) = self.window();
        let outside = event.time < start || event.time >= end;
        if event.retracted
            || outside
            || measures.iter().all(Option::is_none)
            || self.left_out.contains(&position)
        {
            return None;
        }
        Some(Step {
            order: StepOrder::of(event),
            position: Some(position),
            agent: (event.subject.kind == SubjectKind::Agent).then(|| event.subject.id.clone()),
            measures: measures.iter().map(|m| m.unwrap_or((f64::NAN, f64::NAN))).collect(),
            attributes: self.plan.attributes.iter().map(|name| attribute(event, name)).collect(),
        })
    }

    /// The keys that an event about a subject at a time reaches.
    pub(crate) fn keys_of(&self, subject: &Subject, time: Millis) -> Vec<Id> {
        match subject.kind {
            SubjectKind::Agent => self.keys_of_agent(&subject.id, time),
            SubjectKind::Team => self.keys_of_teams(std::slice::from_ref(&subject.id)),
            SubjectKind::Queue => self.keys_of_teams(&self.roster.teams_of_queue(&subject.id)),
        }
    }

    fn keys_of_agent(&self, agent: &Id, time: Millis) -> Vec<Id> {
        let intervals = self.roster.intervals(&self.incentive.audience, agent, self.window());
        let Some(interval) = intervals.into_iter().find(|i| i.from <= time && time < i.to) else {
            return Vec::new();
        };
        match self.plan.key {
            KeyKind::Agent => vec![agent.clone()],
            KeyKind::Team if interval.team.is_empty() => Vec::new(),
            KeyKind::Team => vec![interval.team],
            KeyKind::Incentive => vec![WHOLE.into()],
        }
    }

    fn keys_of_teams(&self, teams: &[Id]) -> Vec<Id> {
        let meant = |team: &&Id| {
            !self.roster.team_intervals(&self.incentive.audience, team, self.window()).is_empty()
        };
        let mut teams = teams.iter().filter(meant).cloned();
        match self.plan.key {
            KeyKind::Agent => Vec::new(),
            KeyKind::Team => teams.collect(),
            KeyKind::Incentive => teams.next().map(|_| WHOLE.into()).into_iter().collect(),
        }
    }

    /// Every key of the audience.
    pub(crate) fn all_keys(&self) -> Vec<Id> {
        match self.plan.key {
            KeyKind::Agent => self.roster.agents_in_audience(&self.incentive.audience, self.window()),
            KeyKind::Team => self.roster.teams_in_audience(&self.incentive.audience, self.window()),
            KeyKind::Incentive => vec![WHOLE.into()],
        }
    }

    /// The keys that a change of an agent's terms concerns.
    pub(crate) fn keys_of_change(&self, agent: &str, before: &Roster) -> BTreeSet<Id> {
        match self.plan.key {
            KeyKind::Agent => [Id::from(agent)].into(),
            KeyKind::Incentive => [WHOLE.into()].into(),
            KeyKind::Team => [before, self.roster]
                .iter()
                .flat_map(|roster| roster.agent(agent))
                .flat_map(|agent| agent.stints.iter().filter_map(|s| s.team.clone()))
                .collect(),
        }
    }

    /// When a key joins and leaves the audience. The end of the window is not a leaving: the period closes.
    pub(crate) fn membership(&self, key: &Id) -> Vec<(Millis, Turn)> {
        let window = self.window();
        let intervals = match self.plan.key {
            KeyKind::Agent => self.roster.intervals(&self.incentive.audience, key, window),
            KeyKind::Team => self.roster.team_intervals(&self.incentive.audience, key, window),
            KeyKind::Incentive => return vec![(window.0, Turn::Entered)],
        };
        let mut turns: Vec<(Millis, Turn)> = Vec::new();
        for interval in intervals {
            match turns.last() {
                Some((at, Turn::Left)) if *at == interval.from => drop(turns.pop()), // Only another team.
                _ => turns.push((interval.from, Turn::Entered)),
            }
            if interval.to < window.1 {
                turns.push((interval.to, Turn::Left));
            }
        }
        turns
    }

    /// The subjects whose facts a key is made of.
    pub(crate) fn subjects(&self, key: &Id) -> Vec<Subject> {
        match self.plan.key {
            KeyKind::Agent => vec![Subject::agent(key.clone())],
            KeyKind::Team => self.team_subjects(key),
            KeyKind::Incentive => {
                let teams = self.roster.teams_in_audience(&self.incentive.audience, self.window());
                let agents = self.roster.agents_in_audience(&self.incentive.audience, self.window());
                let of_teams = teams.iter().flat_map(|team| self.queue_subjects(team));
                let subjects: BTreeSet<_> = agents.into_iter().map(Subject::agent).chain(of_teams).collect();
                subjects.into_iter().collect()
            }
        }
    }

    /// The subjects whose facts any key is made of, each once.
    pub(crate) fn all_subjects(&self) -> Vec<Subject> {
        let subjects: BTreeSet<_> = self.all_keys().iter().flat_map(|key| self.subjects(key)).collect();
        subjects.into_iter().collect()
    }

    fn team_subjects(&self, team: &Id) -> Vec<Subject> {
        let was_in =
            |a: &&plaudit_core::roster::Agent| a.stints.iter().any(|s| s.team.as_ref() == Some(team));
        let agents = self.roster.agents().filter(was_in).map(|a| Subject::agent(a.id.clone()));
        agents.chain(self.queue_subjects(team)).collect()
    }

    fn queue_subjects(&self, team: &Id) -> Vec<Subject> {
        let queues = self.roster.team(team).map(|t| t.queues.clone()).unwrap_or_default();
        queues.into_iter().map(Subject::queue).chain([Subject::team(team.clone())]).collect()
    }
}

/// An incentive's window; open ends are far away.
pub(crate) fn window(incentive: &Incentive) -> (Millis, Millis) {
    (incentive.start, incentive.end.unwrap_or(Millis::MAX / 4))
}

fn attribute(event: &Event, name: &str) -> Option<Id> {
    match name {
        "entity" => Some(event.fact_name().clone()),
        "type" => Some(event.kind.clone()),
        _ => match event.field(name)? {
            Value::Text(text) => Some(text.clone()),
            Value::Bool(yes) => Some(if *yes { "true" } else { "false" }.into()),
            Value::Number(number) => Some(number.to_string().into()),
        },
    }
}
