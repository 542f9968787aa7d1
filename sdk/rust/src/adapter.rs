//! Between the contract's columns and the rule's rows: the same code in Wasm and natively.

use serde::{Deserialize, Serialize};

use crate::close::{Close, Conclude};
use crate::context::Context;
use crate::effects::Effects;
use crate::event::Event;
use crate::plan::Manifest;
use crate::rule::Rule;
use crate::settings::{self, Problem};
use crate::time::Millis;
use crate::timers::Timers;
use crate::wit::{self, NONE};

/// The contract that this SDK is built for.
pub const CONTRACT: &str = "plaudit:rule@1.0.0";

const EVENT: u8 = 0;
const ENTERED: u8 = 1;
const LEFT: u8 = 2;

/// What the plugin says of itself; `version` is the plugin's, `texts` are Fluent resources by locale.
pub fn manifest<R: Rule>(version: &str, texts: &[(&str, &str)]) -> Manifest {
    Manifest {
        name: R::NAME.into(),
        version: version.into(),
        contract: CONTRACT.into(),
        settings: settings::document_schema::<R::Settings>(),
        state_schema: R::STATE_SCHEMA,
        texts: texts.iter().map(|(locale, text)| (locale.to_string(), text.to_string())).collect(),
    }
}

/// The settings of a document, or everything that is wrong with it.
///
/// # Errors
/// A problem per field that is missing, unknown, of the wrong kind or out of range; then those of [`Rule::check`].
pub fn settings<R: Rule>(text: &str) -> Result<R::Settings, Vec<Problem>> {
    let settings: R::Settings = settings::parse(text)?;
    let problems = R::check(&settings);
    if problems.is_empty() { Ok(settings) } else { Err(problems) }
}

/// The plan for a settings document, JSON.
///
/// # Errors
/// As [`settings`].
pub fn plan<R: Rule>(text: &str) -> Result<String, Vec<Problem>> {
    settings::<R>(text).map(|s| R::plan(&s).to_json())
}

/// A rule with its settings at hand. Calls are pure: the settings are kept only so as not to parse them each time.
pub struct Adapter<R: Rule> {
    prepared: Option<Prepared<R::Settings>>,
}

/// A settings document and what was made of it.
struct Prepared<S> {
    text: String,
    settings: S,
    /// The planned metrics.
    metrics: Vec<String>,
}

impl<R: Rule> Default for Adapter<R> {
    fn default() -> Self {
        Self { prepared: None }
    }
}

impl<R: Rule> Adapter<R> {
    /// Applies the steps of a batch and the timers that are due.
    ///
    /// # Errors
    /// Says which settings are wrong or which state can't be decoded or encoded; no effect counts then.
    pub fn fold(
        &mut self,
        settings: &str,
        batch: &wit::Batch,
        effects: &mut Effects,
    ) -> Result<Vec<wit::Change>, String> {
        let Prepared { settings, metrics, .. } = self.prepare(settings)?;
        let mut keys = decode::<R>(batch)?;
        for step in 0..batch.time.len() {
            let slot = batch.slot_of[step];
            let key = keys
                .get_mut(slot as usize)
                .ok_or_else(|| format!("step {step} names slot {slot}, which is not there"))?;
            key.fire(settings, batch, slot, batch.time[step], effects);
            key.step(settings, Event::new(batch, step, metrics), slot, effects);
        }
        let mut changes = Vec::new();
        for (slot, mut key) in keys.into_iter().enumerate() {
            key.fire(settings, batch, slot as u32, batch.slots[slot].until, effects);
            changes.extend(key.change(batch, slot)?);
        }
        Ok(changes)
    }

    /// Closes a period. Returns the new shared state.
    ///
    /// # Errors
    /// Says which settings are wrong or why the shared state can't be encoded.
    pub fn conclude(
        &mut self,
        settings: &str,
        period: &wit::Period,
        entrants: &[wit::Entrant],
        standings: &[wit::BoardStandings],
        shared: &[u8],
        effects: &mut Effects,
    ) -> Result<Vec<u8>, String> {
        let settings = &self.prepare(settings)?.settings;
        let mut out = Conclude { effects: std::mem::take(effects), ..Conclude::default() };
        R::conclude(&Close { settings, period, entrants, standings, shared }, &mut out);
        *effects = out.effects;
        match out.failed {
            Some(message) => Err(message),
            None => Ok(out.shared.unwrap_or_else(|| shared.to_vec())),
        }
    }

    fn prepare(&mut self, text: &str) -> Result<&Prepared<R::Settings>, String> {
        if self.prepared.as_ref().is_none_or(|known| known.text != text) {
            let settings = settings::<R>(text).map_err(|problems| {
                let lines: Vec<_> = problems.iter().map(|p| format!("{}: {}", p.field, p.message)).collect();
                format!("the settings are not valid: {}", lines.join("; "))
            })?;
            let metrics = R::plan(&settings).metrics;
            self.prepared = Some(Prepared { text: text.into(), settings, metrics });
        }
        self.prepared.as_ref().ok_or_else(|| "the settings are gone".into())
    }
}

/// What is stored of a key.
#[derive(Default, Serialize, Deserialize)]
struct Stored<S> {
    timers: Timers,
    state: S,
}

/// A key while its steps are applied.
struct Working<R: Rule> {
    stored: Stored<R::State>,
    /// When the earliest timer was due at the beginning.
    due_before: Option<Millis>,
    /// The agent of the latest step; before, the first entry with the key's id.
    agent: u32,
    touched: bool,
}

fn decode<R: Rule>(batch: &wit::Batch) -> Result<Vec<Working<R>>, String> {
    batch.slots.iter().map(|slot| Working::decode(slot)).collect()
}

impl<R: Rule> Working<R> {
    fn decode(slot: &wit::Slot) -> Result<Self, String> {
        let stored: Stored<R::State> = if slot.state.is_empty() {
            Stored { timers: Timers::default(), state: R::State::default() }
        } else {
            postcard::from_bytes(&slot.state).map_err(|error| {
                format!("the state of key {:?} can't be decoded ({error}): raise STATE_SCHEMA when its shape changes", slot.id)
            })?
        };
        let due_before = stored.timers.next();
        Ok(Self { stored, due_before, agent: NONE, touched: false })
    }

    fn step(&mut self, settings: &R::Settings, event: Event<'_>, slot: u32, effects: &mut Effects) {
        let (batch, step) = event.place();
        if batch.kind[step] > LEFT {
            return; // Of a later contract, for plans that ask for it.
        }
        self.agent = batch.agent_of[step];
        self.touched = true;
        let mut cx = Context {
            settings,
            batch,
            slot,
            now: batch.time[step],
            origin: wit::Origin::Step(step as u32),
            agent: self.agent,
            step: Some(step as u32),
            timers: &mut self.stored.timers,
            effects,
        };
        let state = &mut self.stored.state;
        match batch.kind[step] {
            EVENT => R::on_event(state, &event, &mut cx),
            ENTERED => R::on_entered(state, &event, &mut cx),
            _ => R::on_left(state, &event, &mut cx),
        }
    }

    fn fire(
        &mut self,
        settings: &R::Settings,
        batch: &wit::Batch,
        slot: u32,
        until: Millis,
        effects: &mut Effects,
    ) {
        while let Some((at, name)) = self.stored.timers.pop_due(until) {
            self.touched = true;
            let agent = if self.agent == NONE { agent_of_key(batch, slot) } else { self.agent };
            let mut cx = Context {
                settings,
                batch,
                slot,
                now: at,
                origin: wit::Origin::Timer(wit::Timer { slot, at }),
                agent,
                step: None,
                timers: &mut self.stored.timers,
                effects,
            };
            R::on_timer(&mut self.stored.state, &name, &mut cx);
        }
    }

    fn change(self, batch: &wit::Batch, slot: usize) -> Result<Option<wit::Change>, String> {
        if !self.touched {
            return Ok(None);
        }
        let key = &batch.slots[slot];
        let mut state = postcard::to_allocvec(&self.stored).map_err(|error| {
            format!("the state of key {:?} can't be encoded ({error}): use plain serde types", key.id)
        })?;
        if is_default::<R>(&state) {
            state.clear();
        }
        let wake_at = self.stored.timers.next();
        let same = wake_at == self.due_before && state == key.state;
        Ok((!same).then_some(wit::Change { slot: slot as u32, state, wake_at }))
    }
}

/// An absent state reads as the default one, so the default is stored as absent: whether a key came back to it within
/// one call or over several makes no difference.
fn is_default<R: Rule>(state: &[u8]) -> bool {
    let stored = Stored { timers: Timers::default(), state: R::State::default() };
    postcard::to_allocvec(&stored).is_ok_and(|bytes| bytes == state)
}

fn agent_of_key(batch: &wit::Batch, slot: u32) -> u32 {
    let id = &batch.slots[slot as usize].id;
    batch.agents.iter().position(|a| a.id == *id).map_or(NONE, |i| i as u32)
}
