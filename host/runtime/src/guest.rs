//! A rule that can be called, behind `plaudit_core`'s [`Guest`].

use std::{collections::BTreeSet, sync::Arc};

use plaudit_core::{
    limits::{KEYS_PER_CALL_MAX, SHARED_BYTES_MAX, STATE_BYTES_MAX, STEPS_PER_CALL_MAX},
    rule::{
        Batch, CallError, Change, ConcludeOutput, Conclusion, Effects, FaultKind, FoldOutput, Guest, LogLine,
    },
};
use wasmtime::Store;

use crate::{
    bindings::{self, Rule},
    bounds::{HANDED_OVER_BYTES_MAX, HANDLES_MAX},
    convert, fault,
    host::{Call, Folding, Host, Shape},
    plugin::Plugin,
};

/// A plugin for one incentive. It makes an instance when it is first called and keeps it until something goes wrong:
/// after a trap the whole Store is spoilt, and the next call gets a new one. Call it on a thread with at least 2 MiB of
/// stack (the default of std), of which the rule may take 1 MiB.
pub struct WasmGuest {
    plugin: Arc<Plugin>,
    shape: Shape,
    instance: Option<Instance>,
}

/// A Store with the rule in it.
pub(crate) struct Instance {
    store: Store<Host>,
    rule: Rule,
}

/// What a call left.
pub(crate) struct Outcome<T> {
    pub(crate) value: T,
    effects: Effects,
    logs: Vec<LogLine>,
    pub(crate) fuel: u64,
}

impl Instance {
    /// A fresh instance. Starting up has its own fuel, so that the first call has as much as every other.
    pub(crate) fn new(plugin: &Plugin, shape: Shape) -> Result<Self, CallError> {
        let pre = plugin.pre();
        let mut store = Store::new(pre.engine(), Host::new(plugin.class(), shape));
        store.limiter(|host| host);
        store.set_hostcall_fuel(HANDED_OVER_BYTES_MAX);
        store.set_max_component_handles(HANDLES_MAX);
        begin(&mut store, Call::Cold, plugin.class().fuel_cold())?;
        match pre.instantiate(&mut store) {
            Ok(rule) => Ok(Self { store, rule }),
            Err(error) => Err(fault::classify(fault::START_UP, &error, store.data())),
        }
    }

    /// Runs one call under its limits. After an error the instance must not be used again.
    pub(crate) fn call<T>(
        &mut self,
        function: &str,
        call: Call,
        fuel: u64,
        run: impl FnOnce(&Rule, &mut Store<Host>) -> wasmtime::Result<T>,
    ) -> Result<Outcome<T>, CallError> {
        begin(&mut self.store, call, fuel)?;
        let value = run(&self.rule, &mut self.store)
            .map_err(|error| fault::classify(function, &error, self.store.data()))?;
        let left = self.store.get_fuel().map_err(|error| broken(&error))?;
        let host = self.store.data_mut();
        let (effects, logs) = (std::mem::take(&mut host.effects), std::mem::take(&mut host.logs));
        Ok(Outcome { value, effects, logs, fuel: fuel.saturating_sub(left) })
    }

    /// Whether it has grown so much that a later call could fail where a fresh instance would not.
    fn is_worn(&self) -> bool {
        let host = self.store.data();
        host.memory_bytes > host.class.memory_bytes / 2
    }
}

/// Fills the tank and sets the clock.
fn begin(store: &mut Store<Host>, call: Call, fuel: u64) -> Result<(), CallError> {
    store.data_mut().begin(call, fuel);
    store.set_epoch_deadline(store.data().class.ticks());
    store.set_fuel(fuel).map_err(|error| broken(&error))
}

fn broken(error: &wasmtime::Error) -> CallError {
    CallError::Infrastructure(format!("wasmtime: {error:#}"))
}

impl WasmGuest {
    pub(crate) fn new(plugin: Arc<Plugin>, shape: Shape) -> Self {
        Self { plugin, shape, instance: None }
    }

    /// Whether the next call starts with a fresh Store.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.instance.is_none()
    }

    /// Memory of the instance, in bytes: 0 without one.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.instance.as_ref().map_or(0, |instance| instance.store.data().memory_bytes)
    }

    /// Calls the rule, and keeps the instance only if `check`, too, is content.
    fn run<T, U>(
        &mut self,
        function: &'static str,
        call: Call,
        fuel: u64,
        run: impl FnOnce(&Rule, &mut Store<Host>) -> wasmtime::Result<Result<T, String>>,
        check: impl FnOnce(T) -> Result<U, String>,
    ) -> Result<Outcome<U>, CallError> {
        let mut instance = match self.instance.take() {
            Some(instance) => instance,
            None => Instance::new(&self.plugin, self.shape.clone())?,
        };
        let span = tracing::debug_span!("rule", function, plugin = %self.plugin.manifest().name, digest = %self.plugin.digest());
        let entered = span.enter();
        let outcome = instance.call(function, call, fuel, run).and_then(|outcome| {
            let value = outcome.value.map_err(|reason| {
                fault::rule(FaultKind::Refused, format!("`{function}` refused: {}", shortened(reason)))
            })?;
            let value = check(value)
                .map_err(|problem| fault::rule(FaultKind::Output, format!("`{function}`: {problem}")))?;
            Ok(Outcome { value, effects: outcome.effects, logs: outcome.logs, fuel: outcome.fuel })
        });
        match &outcome {
            Ok(outcome) => tracing::debug!(fuel = outcome.fuel, fuel_given = fuel, "called"),
            Err(error) => tracing::debug!(%error, "failed"),
        }
        drop(entered);
        if outcome.is_ok() && !instance.is_worn() {
            self.instance = Some(instance);
        }
        outcome
    }
}

impl Guest for WasmGuest {
    fn fold(&mut self, settings: &str, batch: &Batch) -> Result<FoldOutput, CallError> {
        check_batch(batch).map_err(|problem| {
            CallError::Infrastructure(format!("a bad batch, a bug of the host: {problem}"))
        })?;
        let until: Vec<_> = batch.slots.iter().map(|slot| slot.until).collect();
        let call = Call::Fold(Folding::new(until, batch.slot_of.clone()));
        let fuel = self.plugin.class().fuel(batch.slots.len(), batch.steps());
        let outcome = self.run(
            "fold",
            call,
            fuel,
            |rule, store| convert::with_batch(batch, |batch| rule.call_fold(store, settings, batch)),
            |changes| check_changes(batch, changes),
        )?;
        Ok(FoldOutput {
            changes: outcome.value,
            effects: outcome.effects,
            logs: outcome.logs,
            fuel: outcome.fuel,
        })
    }

    fn conclude(&mut self, settings: &str, conclusion: &Conclusion) -> Result<ConcludeOutput, CallError> {
        let call = Call::Conclude { effects: 0, held: vec![false; self.shape.draws.len()] };
        let fuel = self.plugin.class().fuel(1, conclusion.entrants.len());
        let outcome = self.run(
            "conclude",
            call,
            fuel,
            |rule, store| convert::call_conclude(rule, store, settings, conclusion),
            |shared: Vec<u8>| {
                if shared.len() > SHARED_BYTES_MAX {
                    return Err(format!(
                        "the shared state has {} bytes; {SHARED_BYTES_MAX} are allowed",
                        shared.len()
                    ));
                }
                Ok(shared)
            },
        )?;
        Ok(ConcludeOutput {
            shared: outcome.value,
            effects: outcome.effects,
            logs: outcome.logs,
            fuel: outcome.fuel,
        })
    }
}

/// What the columns of a batch have to be before indexes into them are trusted.
fn check_batch(batch: &Batch) -> Result<(), String> {
    let (steps, slots) = (batch.steps(), batch.slots.len());
    if steps > STEPS_PER_CALL_MAX || slots > KEYS_PER_CALL_MAX {
        return Err(format!(
            "{steps} steps of {slots} keys; {STEPS_PER_CALL_MAX} of {KEYS_PER_CALL_MAX} are allowed in a call"
        ));
    }
    let is_column = |length: usize| length == steps;
    let columns = [batch.kind.len(), batch.slot_of.len(), batch.agent_of.len()];
    let metrics = batch.metrics.iter().all(|metric| {
        is_column(metric.values.len()) && (metric.weights.is_empty() || is_column(metric.weights.len()))
    });
    let attributes = batch.attributes.iter().all(|attribute| is_column(attribute.at.len()));
    if !(columns.into_iter().all(is_column) && metrics && attributes) {
        return Err(format!("its columns are not all {steps} steps long"));
    }
    match batch.slot_of.iter().find(|slot| **slot as usize >= slots) {
        Some(slot) => Err(format!("a step of slot {slot}; there are {slots}")),
        None => Ok(()),
    }
}

/// Takes over what `fold` returned, if it is in order.
fn check_changes(
    batch: &Batch,
    changes: Vec<bindings::plaudit::rule::types::Change>,
) -> Result<Vec<Change>, String> {
    let mut seen = BTreeSet::new();
    for (index, change) in changes.iter().enumerate() {
        let Some(slot) = batch.slots.get(change.slot as usize) else {
            return Err(format!(
                "change {index} is of slot {}; the batch has {}",
                change.slot,
                batch.slots.len()
            ));
        };
        if !seen.insert(change.slot) {
            return Err(format!(
                "change {index} is a second one of slot {}; return one per slot",
                change.slot
            ));
        }
        if change.state.len() > STATE_BYTES_MAX {
            return Err(format!(
                "the state of slot {} has {} bytes and {STATE_BYTES_MAX} are allowed: keep sums and counts, not lists of events",
                change.slot,
                change.state.len()
            ));
        }
        if let Some(wake_at) = change.wake_at.filter(|wake_at| *wake_at <= slot.until) {
            return Err(format!(
                "slot {} wants to wake at {wake_at}, which is not after its `until` of {}: a timer that is due has to fire in this call",
                change.slot, slot.until
            ));
        }
    }
    Ok(changes.into_iter().map(|c| Change { slot: c.slot, state: c.state, wake_at: c.wake_at }).collect())
}

/// A rule's own words, cut so that they fit into a journal entry.
fn shortened(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(plaudit_core::limits::LOG_LINE_BYTES_MAX));
    text
}

impl std::fmt::Debug for WasmGuest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WasmGuest")
            .field("digest", &self.plugin.digest())
            .field("is_fresh", &self.is_fresh())
            .finish()
    }
}
