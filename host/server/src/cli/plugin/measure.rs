//! A guest that is watched: what it uses of its limits, what it says, and at which step it fails.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use plaudit_core::{
    Id, Millis,
    limits::{EFFECTS_PER_STEP_MAX, SHARED_BYTES_MAX, STATE_BYTES_MAX},
    rule::{
        Batch, CallError, ConcludeOutput, Conclusion, Effects, FoldOutput, Guest, MetricColumn, Origin,
        Reward, Text, TextColumn, step_kind,
    },
};
use plaudit_runtime::{Plugin, WasmGuest};
use serde::Serialize;

/// Lines of the log that are kept.
const LOG_LINES_KEPT: usize = 20;

/// Something used of what is allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Used {
    pub(super) used: u64,
    pub(super) allowed: u64,
}

impl Used {
    fn of(allowed: usize) -> Self {
        Self { used: 0, allowed: allowed as u64 }
    }

    fn most(&mut self, used: usize) {
        self.used = self.used.max(used as u64);
    }

    /// Hundredths of what is allowed.
    pub(super) fn percent(self) -> u64 {
        (self.used * 100).div_ceil(self.allowed.max(1))
    }
}

/// Where a rule failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The key.
    pub(super) key: Id,
    /// Time of the step, or of the timers that were due.
    pub(super) at: Millis,
    /// What the step was.
    pub(super) what: &'static str,
}

/// What was seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) calls: u64,
    pub(super) steps: u64,
    pub(super) fuel_total: u64,
    /// Of the call that used most of its own.
    pub(super) fuel: Used,
    pub(super) state: Used,
    pub(super) shared: Used,
    pub(super) memory: Used,
    pub(super) effects: Used,
    /// Messages that the rule named, each with one example of its arguments.
    pub(super) texts: BTreeMap<String, Text>,
    /// Badges that were given.
    pub(super) badges: BTreeMap<String, u32>,
    pub(super) logs: Vec<String>,
    /// Of the last call that failed.
    pub(super) failed: Option<Place>,
}

/// What several guests have seen together.
#[derive(Clone, Debug)]
pub(super) struct Diary {
    seen: Arc<Mutex<Seen>>,
    /// Guests of plays that have ended.
    used: Arc<Mutex<Vec<WasmGuest>>>,
}

impl Diary {
    pub(super) fn new(plugin: &Plugin) -> Self {
        let seen = Arc::new(Mutex::new(Seen {
            state: Used::of(STATE_BYTES_MAX),
            shared: Used::of(SHARED_BYTES_MAX),
            memory: Used::of(plugin.memory_bytes_max()),
            effects: Used::of(EFFECTS_PER_STEP_MAX),
            fuel: Used { used: 0, allowed: plugin.fuel(1, 1) },
            ..Seen::default()
        }));
        Self { seen, used: Arc::default() }
    }

    pub(super) fn open(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn used(&self) -> MutexGuard<'_, Vec<WasmGuest>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How long an instance lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Life {
    /// As in a server: until it fails or is worn.
    Kept,
    /// As kept, and begun in a play before, whose instance it goes on with.
    Again,
    /// One call.
    OneCall,
}

/// A component's rule, watched.
pub(super) struct Watched {
    plugin: Arc<Plugin>,
    plan: plaudit_core::rule::Plan,
    guest: WasmGuest,
    life: Life,
    diary: Diary,
}

impl Watched {
    pub(super) fn new(
        plugin: &Arc<Plugin>,
        plan: &plaudit_core::rule::Plan,
        life: Life,
        diary: &Diary,
    ) -> Self {
        let before = if life == Life::Again { diary.used().pop() } else { None };
        Self {
            guest: before.unwrap_or_else(|| plugin.guest(plan)),
            plugin: plugin.clone(),
            plan: plan.clone(),
            life,
            diary: diary.clone(),
        }
    }

    fn next(&mut self) -> &mut WasmGuest {
        if self.life == Life::OneCall {
            self.guest = self.plugin.guest(&self.plan);
        }
        &mut self.guest
    }

    fn fuel(&self, used: u64, allowed: u64) {
        let mut seen = self.diary.open();
        let memory = self.guest.memory_bytes();
        seen.memory.most(memory);
        seen.calls += 1;
        seen.fuel_total += used;
        let worse = u128::from(used) * u128::from(seen.fuel.allowed)
            > u128::from(seen.fuel.used) * u128::from(allowed);
        if worse {
            seen.fuel = Used { used, allowed };
        }
    }

    /// The step at which a key's call fails, found by giving it one step more at a time.
    fn find(&mut self, settings: &str, batch: &Batch) -> Option<Place> {
        let [slot] = batch.slots.as_slice() else { return None };
        let (key, until) = (slot.id.clone(), slot.until);
        for steps in 1..=batch.steps() {
            if self.next().fold(settings, &first_steps(batch, steps)).is_err() {
                let what = match batch.kind[steps - 1] {
                    step_kind::ENTERED => "joining the audience",
                    step_kind::LEFT => "leaving the audience",
                    _ => "an event",
                };
                return Some(Place { key, at: batch.time[steps - 1], what });
            }
        }
        Some(Place { key, at: until, what: "a timer" })
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let guest = std::mem::replace(&mut self.guest, self.plugin.guest(&self.plan));
        self.diary.used().push(guest);
    }
}

impl Guest for Watched {
    fn fold(&mut self, settings: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        let result = self.next().fold(settings, batch);
        match &result {
            Ok(output) => {
                self.fuel(output.fuel, self.plugin.fuel(batch.slots.len(), batch.steps()));
                let mut seen = self.diary.open();
                seen.steps += batch.steps() as u64;
                output.changes.iter().for_each(|change| seen.state.most(change.state.len()));
                note(&mut seen, &output.effects);
                log(&mut seen, &output.logs);
            }
            Err(CallError::Rule(_)) => {
                let place = self.find(settings, batch);
                self.diary.open().failed = place;
            }
            Err(CallError::Infrastructure(_)) => {}
        }
        result
    }

    fn conclude(&mut self, settings: &str, conclusion: &Conclusion) -> Result<ConcludeOutput, CallError> {
        let result = self.next().conclude(settings, conclusion);
        if let Ok(output) = &result {
            self.fuel(output.fuel, self.plugin.fuel(1, conclusion.entrants.len()));
            let mut seen = self.diary.open();
            seen.shared.most(output.shared.len());
            note(&mut seen, &output.effects);
            log(&mut seen, &output.logs);
        }
        result
    }
}

fn log(seen: &mut Seen, lines: &[plaudit_core::rule::LogLine]) {
    let room = LOG_LINES_KEPT.saturating_sub(seen.logs.len());
    seen.logs.extend(lines.iter().take(room).map(|line| format!("{}: {}", line.level, line.line)));
}

/// Keeps the texts that effects name, and counts effects by step.
fn note(seen: &mut Seen, effects: &Effects) {
    let mut by_step: BTreeMap<u32, usize> = BTreeMap::new();
    let mut count = |at: &Origin| {
        if let Origin::Step(step) = at {
            *by_step.entry(*step).or_default() += 1;
        }
    };
    let mut texts: Vec<&Text> = Vec::new();
    let prizes = effects.draws.iter().flat_map(|draw| &draw.prizes).map(|prize| &prize.award);
    let chances = effects.chances.iter().map(|chance| &chance.award);
    let awards = effects.awards.iter().map(|(_, _, award)| award);
    for award in awards.chain(prizes).chain(chances) {
        texts.push(&award.because);
        if let Reward::Badge { name, level } = &award.reward {
            seen.badges.insert(name.clone(), *level);
        }
    }
    texts.extend(effects.praise.iter().map(|(_, _, praise)| &praise.text));
    texts.extend(effects.progress.iter().map(|progress| &progress.text));
    texts.extend(effects.draws.iter().flat_map(|draw| &draw.excluded).map(|(_, why)| why));
    for text in texts {
        if !seen.texts.contains_key(&text.message) {
            seen.texts.insert(text.message.clone(), text.clone());
        }
    }
    effects.awards.iter().for_each(|(at, ..)| count(at));
    effects.praise.iter().for_each(|(at, ..)| count(at));
    effects.chances.iter().for_each(|chance| count(&chance.at));
    effects.scores.iter().for_each(|score| count(&Origin::Step(score.step)));
    effects.tickets.iter().for_each(|tickets| count(&Origin::Step(tickets.step)));
    by_step.values().for_each(|effects| seen.effects.most(*effects));
}

/// The first steps of a batch of one key; no timer after them fires.
fn first_steps(batch: &Batch, steps: usize) -> Batch {
    let mut first = batch.clone();
    let is_all = steps == batch.steps();
    first.kind.truncate(steps);
    first.slot_of.truncate(steps);
    first.agent_of.truncate(steps);
    first.time.truncate(steps);
    if !is_all && let (Some(slot), Some(last)) = (first.slots.first_mut(), first.time.last()) {
        slot.until = *last;
    }
    for MetricColumn { values, weights } in &mut first.metrics {
        values.truncate(steps);
        weights.truncate(steps);
    }
    for TextColumn { at, .. } in &mut first.attributes {
        at.truncate(steps);
    }
    first
}
