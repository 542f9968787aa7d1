//! Folding: segments of keys become a batch, the rule folds it, and what it said goes to the keys.

use std::collections::HashMap;

use chrono_tz::Tz;
use plaudit_core::{
    DAY_MS, Id, Millis,
    award::{Content, EffectId, EffectKind},
    calendar::offset_transitions,
    event::Subject,
    incentive::Audience,
    order::Turn,
    roster::Roster,
    rule::{
        AgentView, Award, Batch, CallError, Chance, Effects, Fault, FaultKind, FoldOutput, KeyKind,
        MetricColumn, NONE, Origin, Praise, Slot, Span as KeySpan, Target, TextColumn, Zone, step_kind,
    },
    settle::Contribution,
};

use crate::api::explained::Luck;

use super::{
    key::{Emitted, Segment},
    steps::WHOLE,
};

/// A fold that could not be done: the key, if it came down to one.
#[derive(Debug)]
pub(crate) struct FoldFailure {
    pub(crate) key: Option<Id>,
    pub(crate) error: CallError,
}

/// Time zones as rules see them, computed once per zone and stretch of years.
#[derive(Debug, Default)]
pub(crate) struct Zones {
    known: HashMap<(Tz, i64), Vec<plaudit_core::rule::Transition>>,
}

/// A stretch of time that shares one list of transitions.
const STRETCH_MS: i64 = 400 * DAY_MS;

impl Zones {
    fn view(&mut self, zone: Tz, holidays: &[i32], first: Millis, last: Millis) -> Zone {
        let stretches = first.div_euclid(STRETCH_MS)..=last.div_euclid(STRETCH_MS);
        let mut transitions: Vec<plaudit_core::rule::Transition> = Vec::new();
        for stretch in stretches {
            let of_stretch = self.known.entry((zone, stretch)).or_insert_with(|| {
                offset_transitions(zone, (stretch - 1) * STRETCH_MS, (stretch + 2) * STRETCH_MS)
            });
            let after = transitions.last().map_or(Millis::MIN, |t| t.at);
            transitions.extend(of_stretch.iter().filter(|t| t.at > after));
        }
        Zone { name: zone.name().into(), transitions, holidays: holidays.to_vec() }
    }
}

/// A zone with its transitions around a stretch of time; no holidays, which are a matter of sites.
pub(crate) fn zone_around(zone: Tz, first: Millis, last: Millis) -> Zone {
    let transitions =
        offset_transitions(zone, first.saturating_sub(STRETCH_MS), last.saturating_add(STRETCH_MS));
    Zone { name: zone.name().into(), transitions, holidays: Vec::new() }
}

/// What a batch is built from, beside the segments.
pub(crate) struct Setting<'a> {
    pub(crate) kind: KeyKind,
    pub(crate) zone: Tz,
    pub(crate) roster: &'a Roster,
    pub(crate) shared: &'a [u8],
    pub(crate) metrics: usize,
    /// Which metrics are ratios: only these have weights.
    pub(crate) ratios: &'a [bool],
    pub(crate) attributes: usize,
}

/// Builds the batch of some keys' segments.
pub(crate) fn batch(setting: &Setting<'_>, zones: &mut Zones, parts: &[(Id, Vec<u8>, &Segment)]) -> Batch {
    let mut builder = Builder::new(setting, parts);
    for (index, (key, state, segment)) in parts.iter().enumerate() {
        let zone = builder.zone_of_key(zones, key, segment);
        builder.batch.slots.push(Slot { id: key.clone(), zone, state: state.clone(), until: segment.until });
        if setting.kind == KeyKind::Agent && segment.steps.is_empty() {
            builder.agent(zones, key, segment.until); // A timer's rule may ask for the agent's working days.
        }
        for step in &segment.steps {
            builder.step(zones, index, key, step);
        }
    }
    builder.batch
}

struct Builder<'a> {
    setting: &'a Setting<'a>,
    batch: Batch,
    first: Millis,
    last: Millis,
    zone_index: HashMap<(Tz, Vec<i32>), u32>,
    agent_index: HashMap<(Id, Millis), u32>,
    words: Vec<HashMap<Id, u32>>,
}

impl<'a> Builder<'a> {
    fn new(setting: &'a Setting<'a>, parts: &[(Id, Vec<u8>, &Segment)]) -> Self {
        let times = parts
            .iter()
            .flat_map(|(_, _, s)| s.steps.first().map(|s| s.order.time).into_iter().chain([s.until]));
        let (first, last) = times.fold((Millis::MAX, Millis::MIN), |(a, b), t| (a.min(t), b.max(t)));
        let batch = Batch {
            shared: setting.shared.to_vec(),
            metrics: vec![MetricColumn::default(); setting.metrics],
            attributes: vec![TextColumn::default(); setting.attributes],
            ..Batch::default()
        };
        let words = vec![HashMap::new(); setting.attributes];
        Self { setting, batch, first, last, zone_index: HashMap::new(), agent_index: HashMap::new(), words }
    }

    fn zone(&mut self, zones: &mut Zones, zone: Tz, holidays: &[i32]) -> u32 {
        let (first, last) = (self.first, self.last);
        let list = &mut self.batch.zones;
        *self.zone_index.entry((zone, holidays.to_vec())).or_insert_with(|| {
            list.push(zones.view(zone, holidays, first, last));
            list.len() as u32 - 1
        })
    }

    fn zone_of_key(&mut self, zones: &mut Zones, key: &Id, segment: &Segment) -> u32 {
        let (roster, fallback) = (self.setting.roster, self.setting.zone);
        let (zone, holidays) = match self.setting.kind {
            KeyKind::Agent => {
                (roster.zone_of_agent(key, segment.until), roster.holidays_of_agent(key, segment.until))
            }
            KeyKind::Team => (roster.zone_of_team(key), roster.holidays_of_team(key)),
            KeyKind::Incentive => (None, &[][..]),
        };
        self.zone(zones, zone.unwrap_or(fallback), holidays)
    }

    fn step(&mut self, zones: &mut Zones, slot: usize, key: &Id, step: &super::key::Step) {
        let of_key = (self.setting.kind == KeyKind::Agent).then_some(key);
        let agent =
            step.agent.as_ref().or(of_key).map_or(NONE, |agent| self.agent(zones, agent, step.order.time));
        let batch = &mut self.batch;
        batch.kind.push(match step.order.turn {
            Turn::Event => step_kind::EVENT,
            Turn::Entered => step_kind::ENTERED,
            Turn::Left => step_kind::LEFT,
        });
        batch.slot_of.push(slot as u32);
        batch.agent_of.push(agent);
        batch.time.push(step.order.time);
        for (index, column) in batch.metrics.iter_mut().enumerate() {
            let (value, weight) = step.measures.get(index).copied().unwrap_or((f64::NAN, f64::NAN));
            column.values.push(value);
            if self.setting.ratios.get(index) == Some(&true) {
                column.weights.push(weight);
            }
        }
        for (index, column) in batch.attributes.iter_mut().enumerate() {
            let word = step.attributes.get(index).and_then(Option::as_ref).map_or(NONE, |word| {
                *self.words[index].entry(word.clone()).or_insert_with(|| {
                    column.words.push(word.to_string());
                    column.words.len() as u32 - 1
                })
            });
            column.at.push(word);
        }
    }

    fn agent(&mut self, zones: &mut Zones, id: &Id, at: Millis) -> u32 {
        let roster = self.setting.roster;
        let agent = roster.agent(id);
        let stint = agent.and_then(|a| Roster::stint_at(a, at));
        let since = stint.map_or(Millis::MIN, |s| s.from);
        if let Some(index) = self.agent_index.get(&(id.clone(), since)) {
            return *index;
        }
        let tz = roster.zone_of_agent(id, at).unwrap_or(self.setting.zone);
        let zone = self.zone(zones, tz, roster.holidays_of_agent(id, at));
        self.batch.agents.push(AgentView {
            id: id.clone(),
            team: stint.and_then(|s| s.team.clone()).unwrap_or_else(|| "".into()),
            zone,
            hired_day: agent.and_then(|a| a.hired_day),
            share: stint.map_or(1.0, |s| s.share),
            workdays: stint.map_or(0b001_1111, |s| s.workdays),
        });
        let index = self.batch.agents.len() as u32 - 1;
        self.agent_index.insert((id.clone(), since), index);
        index
    }
}

/// Checks what native rules could get wrong as well, so that a loop can't go on for ever.
pub(crate) fn check(batch: &Batch, output: &FoldOutput) -> Result<(), Fault> {
    for change in &output.changes {
        let until = batch.slots.get(change.slot as usize).map(|s| s.until);
        let due = change.wake_at.filter(|at| until.is_none_or(|until| *at <= until));
        if let Some(at) = due {
            let message =
                format!("a timer at {at} was due by the end of the call ({until:?}) and did not fire");
            return Err(Fault { kind: FaultKind::Output, message });
        }
    }
    Ok(())
}

/// Turns what was said about a batch into effects with ids, by slot. `period_of` names the period of an instant.
pub(crate) fn emitted(
    incentive: &Id,
    kind: KeyKind,
    batch: &Batch,
    effects: &Effects,
    entity_of: &dyn Fn(u32) -> Id,
    context: &dyn Targets,
) -> Result<Vec<(usize, Emitted)>, Fault> {
    let all = emitted_by(incentive, kind, batch, effects, entity_of, context)?;
    Ok(all.into_iter().map(|(slot, _, emitted)| (slot, emitted)).collect())
}

/// The same, each with what it follows from.
pub(crate) fn emitted_by(
    incentive: &Id,
    kind: KeyKind,
    batch: &Batch,
    effects: &Effects,
    entity_of: &dyn Fn(u32) -> Id,
    context: &dyn Targets,
) -> Result<Vec<(usize, Origin, Emitted)>, Fault> {
    let mut out = Vec::new();
    let place = |origin: &Origin| place_of(batch, origin, entity_of);
    for (origin, target, award) in &effects.awards {
        let (slot, time, entity) = place(origin)?;
        let key = &batch.slots.get(slot).ok_or_else(|| bad(format!("an effect names slot {slot}")))?.id;
        for subject in context.subjects(target, time, itself(kind, key)) {
            let id = award_id(incentive, award, subject, &entity, context.period_of(time));
            let team = context.team_for(&id, time);
            let contribution = Contribution { team, ..contribution(time, key, award_content(award)) };
            out.push((slot, *origin, Emitted { id, contribution }));
        }
    }
    for (origin, target, praise) in &effects.praise {
        let (slot, time, entity) = place(origin)?;
        let key = &batch.slots.get(slot).ok_or_else(|| bad(format!("an effect names slot {slot}")))?.id;
        for subject in context.subjects(target, time, itself(kind, key)) {
            let id = praise_id(incentive, praise, subject, &entity, context.period_of(time));
            let content = Content::Praise { tone: praise.tone, text: praise.text.clone() };
            out.push((slot, *origin, Emitted { id, contribution: contribution(time, key, content) }));
        }
    }
    Ok(out)
}

/// What was tried for in a batch: what each try follows from, and the award that it may bring.
pub(crate) fn tried_by(
    incentive: &Id,
    kind: KeyKind,
    batch: &Batch,
    chances: &[Chance],
    entity_of: &dyn Fn(u32) -> Id,
    context: &dyn Targets,
) -> Result<Vec<(Origin, Luck)>, Fault> {
    let mut out = Vec::new();
    for chance in chances {
        let (slot, time, entity) = place_of(batch, &chance.at, entity_of)?;
        let key = &batch.slots.get(slot).ok_or_else(|| bad(format!("a try names slot {slot}")))?.id;
        for subject in context.subjects(&chance.to, time, itself(kind, key)) {
            let award = award_id(incentive, &chance.award, subject, &entity, context.period_of(time));
            out.push((chance.at, Luck { award, wins: chance.wins, of: chance.of }));
        }
    }
    Ok(out)
}

/// Slot, time and entity of what an effect follows from.
pub(super) fn place_of(
    batch: &Batch,
    origin: &Origin,
    entity_of: &dyn Fn(u32) -> Id,
) -> Result<(usize, Millis, Id), Fault> {
    match origin {
        Origin::Step(step) => {
            let index = *step as usize;
            let slot = batch.slot_of.get(index).ok_or_else(|| bad(format!("an effect names step {step}")))?;
            Ok((*slot as usize, batch.time[index], entity_of(*step)))
        }
        Origin::Timer { slot, at } => Ok((*slot as usize, *at, "timer".into())),
        Origin::Close => Err(bad("`close` is for conclude only".into())),
    }
}

/// What turns a target into subjects.
pub(crate) trait Targets {
    /// Who is meant, at that time.
    fn subjects(&self, target: &Target, time: Millis, itself: Option<Subject>) -> Vec<Subject>;
    /// The period that an instant lies in.
    fn period_of(&self, time: Millis) -> Option<Id>;
    /// The team whose places an award competes for, where each team has its own.
    fn team_for(&self, _award: &EffectId, _time: Millis) -> Option<Id> {
        None
    }
}

/// Whom a target means at a time, in an audience.
pub(crate) fn subjects_of(
    target: &Target,
    time: Millis,
    itself: Option<Subject>,
    (audience, roster): (&Audience, &Roster),
) -> Vec<Subject> {
    match target {
        Target::Itself => itself.into_iter().collect(),
        Target::Agent(id) => vec![Subject::agent(id.clone())],
        Target::Team(id) => vec![Subject::team(id.clone())],
        Target::TeamMembers(id) => roster.members_at(id, time).into_iter().map(Subject::agent).collect(),
        Target::Everyone => {
            let agents = roster.agents_in_audience(audience, (time, time + 1));
            agents.into_iter().map(Subject::agent).collect()
        }
    }
}

/// The subject of a key.
pub(crate) fn itself(kind: KeyKind, key: &Id) -> Option<Subject> {
    match kind {
        _ if &**key == WHOLE => None,
        KeyKind::Agent => Some(Subject::agent(key.clone())),
        KeyKind::Team => Some(Subject::team(key.clone())),
        KeyKind::Incentive => None,
    }
}

pub(crate) fn award_id(
    incentive: &Id,
    award: &Award,
    subject: Subject,
    entity: &Id,
    period: Option<Id>,
) -> EffectId {
    EffectId {
        incentive: incentive.clone(),
        period: (award.span == KeySpan::Period).then_some(period).flatten(),
        kind: EffectKind::Award,
        name: award.name.as_str().into(),
        subject,
        key: if award.key.is_empty() { entity.clone() } else { award.key.as_str().into() },
    }
}

pub(crate) fn praise_id(
    incentive: &Id,
    praise: &Praise,
    subject: Subject,
    entity: &Id,
    period: Option<Id>,
) -> EffectId {
    EffectId {
        incentive: incentive.clone(),
        period: (praise.span == KeySpan::Period).then_some(period).flatten(),
        kind: EffectKind::Praise,
        name: praise.name.as_str().into(),
        subject,
        key: if praise.key.is_empty() { entity.clone() } else { praise.key.as_str().into() },
    }
}

pub(crate) fn award_content(award: &Award) -> Content {
    Content::Award { reward: award.reward.clone(), because: award.because.clone() }
}

pub(super) fn contribution(time: Millis, key: &Id, content: Content) -> Contribution {
    Contribution { time, owner: key.clone(), content, team: None }
}

fn bad(message: String) -> Fault {
    Fault { kind: FaultKind::Output, message }
}

/// What a rule logged, for the operator.
pub(crate) fn log(incentive: &str, lines: &[plaudit_core::rule::LogLine]) {
    for line in lines {
        tracing::debug!(target: "plaudit::rule", incentive, level = line.level, "{}", line.line);
    }
}
