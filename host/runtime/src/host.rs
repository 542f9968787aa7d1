//! What a rule's Store carries: its limits and the record of the call that runs.

use std::collections::BTreeMap;

use plaudit_core::{
    Millis,
    limits::{
        EFFECTS_PER_CONCLUDE_MAX, EFFECTS_PER_KEY_CALL_MAX, EFFECTS_PER_STEP_MAX, LOG_LINE_BYTES_MAX,
        LOG_LINES_MAX,
    },
    rule::{DrawMethod, Effects, Fault, FaultKind, KeyKind, LogLine, Origin, Plan},
};
use wasmtime::ResourceLimiter;

use crate::bounds::{
    Class, INSTANCES_MAX, LOG_BYTES_MAX, LOG_CALLS_MAX, MEMORIES_MAX, TABLE_ELEMENTS_MAX, TABLES_MAX,
};

/// What of a plan the sinks check against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) key: KeyKind,
    /// Columns of each board.
    pub(crate) boards: Vec<usize>,
    pub(crate) draws: Vec<DrawMethod>,
    /// How many chances.
    pub(crate) chances: usize,
}

impl Shape {
    pub(crate) fn of(plan: &Plan) -> Self {
        Self {
            key: plan.key,
            boards: plan.boards.iter().map(|board| board.columns.len()).collect(),
            draws: plan.draws.iter().map(|draw| draw.method).collect(),
            chances: plan.chances.len(),
        }
    }
}

/// Which call runs, with what its effects may refer to.
#[derive(Debug)]
pub(crate) enum Call {
    /// Start-up, `describe` and `plan`: no effects.
    Cold,
    Fold(Folding),
    Conclude {
        effects: usize,
        /// Draws that were held already.
        held: Vec<bool>,
    },
}

/// What a fold may refer to, and how much it did already.
#[derive(Debug)]
pub(crate) struct Folding {
    /// `until` of each slot.
    pub(crate) until: Vec<Millis>,
    pub(crate) slot_of: Vec<u32>,
    per_slot: Vec<u32>,
    per_step: Vec<u32>,
    per_timer: BTreeMap<(u32, Millis), u32>,
}

impl Folding {
    pub(crate) fn new(until: Vec<Millis>, slot_of: Vec<u32>) -> Self {
        let (per_slot, per_step) = (vec![0; until.len()], vec![0; slot_of.len()]);
        Self { until, slot_of, per_slot, per_step, per_timer: BTreeMap::new() }
    }
}

/// The data of a Store.
#[derive(Debug)]
pub(crate) struct Host {
    pub(crate) class: Class,
    pub(crate) shape: Shape,
    pub(crate) call: Call,
    /// Fuel given to the call.
    pub(crate) fuel: u64,
    pub(crate) effects: Effects,
    pub(crate) logs: Vec<LogLine>,
    last_warning: Option<String>,
    log_calls: usize,
    log_bytes: usize,
    pub(crate) memory_bytes: usize,
}

impl Host {
    pub(crate) fn new(class: Class, shape: Shape) -> Self {
        Self {
            class,
            shape,
            call: Call::Cold,
            fuel: 0,
            effects: Effects::default(),
            logs: Vec::new(),
            last_warning: None,
            log_calls: 0,
            log_bytes: 0,
            memory_bytes: 0,
        }
    }

    /// Forgets the last call.
    pub(crate) fn begin(&mut self, call: Call, fuel: u64) {
        self.call = call;
        self.fuel = fuel;
        self.effects = Effects::default();
        self.logs = Vec::new();
        self.last_warning = None;
        self.log_calls = 0;
        self.log_bytes = 0;
    }

    pub(crate) fn keys(&self) -> usize {
        if let Call::Fold(folding) = &self.call { folding.until.len() } else { 1 }
    }

    pub(crate) fn steps(&self) -> u64 {
        let of_keys = self.class.fuel_per_key_call * self.keys() as u64;
        self.fuel.saturating_sub(of_keys) / self.class.fuel_per_step
    }

    pub(crate) fn last_warning(&self) -> Option<&str> {
        self.last_warning.as_deref()
    }

    /// Records a line: cut when long, dropped when there are many, a fault when it is a flood.
    pub(crate) fn log(&mut self, level: &'static str, mut line: String) -> Result<(), Fault> {
        self.log_calls += 1;
        self.log_bytes += line.len();
        if self.log_calls > LOG_CALLS_MAX || self.log_bytes > LOG_BYTES_MAX {
            return Err(output(format!(
                "log flood: {} lines with {} bytes in one call; {LOG_LINES_MAX} lines are kept, and {LOG_CALLS_MAX} lines or {LOG_BYTES_MAX} bytes end the call: log less",
                self.log_calls, self.log_bytes
            )));
        }
        line.truncate(line.floor_char_boundary(LOG_LINE_BYTES_MAX));
        if level == "warn" {
            self.last_warning = Some(line.clone());
        }
        if self.logs.len() < LOG_LINES_MAX {
            self.logs.push(LogLine { level, line });
        }
        Ok(())
    }

    /// Counts an effect of a step, a timer or the close; an error where there is no such, or where it has had its share.
    pub(crate) fn count_origin(&mut self, what: &str, at: Origin) -> Result<(), Fault> {
        match (&mut self.call, at) {
            (Call::Fold(_), Origin::Step(step)) => self.count_step(what, step),
            (Call::Fold(folding), Origin::Timer { slot, at }) => {
                let until = *folding
                    .until
                    .get(slot as usize)
                    .ok_or_else(|| no_slot(what, slot, folding.until.len()))?;
                if at > until {
                    return Err(output(format!(
                        "{what}: its timer at {at} was not due: slot {slot} goes until {until}; fire only timers up to `until`"
                    )));
                }
                let count = folding.per_timer.entry((slot, at)).or_default();
                *count += 1;
                if *count as usize > EFFECTS_PER_STEP_MAX {
                    return Err(too_many(what, &format!("the timer of slot {slot} at {at}")));
                }
                self.count_slot(what, slot)
            }
            (Call::Conclude { .. }, Origin::Close) => self.count_conclude(what, 1),
            (Call::Cold, _) => Err(output(format!("{what}: `describe` and `plan` give no effects"))),
            (Call::Fold(_), Origin::Close) => Err(output(format!(
                "{what}: the origin `close` belongs to `conclude`; in `fold` name a step or a timer"
            ))),
            (Call::Conclude { .. }, _) => {
                Err(output(format!("{what}: `conclude` has no steps and no timers; its origin is `close`")))
            }
        }
    }

    /// Counts an effect of a step.
    pub(crate) fn count_step(&mut self, what: &str, step: u32) -> Result<(), Fault> {
        let Call::Fold(folding) = &mut self.call else { return Err(only_fold(what)) };
        let (Some(count), Some(slot)) =
            (folding.per_step.get_mut(step as usize), folding.slot_of.get(step as usize).copied())
        else {
            return Err(output(format!(
                "{what}: there is no step {step}; the batch has {}",
                folding.slot_of.len()
            )));
        };
        *count += 1;
        if *count as usize > EFFECTS_PER_STEP_MAX {
            return Err(too_many(what, &format!("step {step}")));
        }
        self.count_slot(what, slot)
    }

    /// Counts an effect of a slot.
    pub(crate) fn count_slot(&mut self, what: &str, slot: u32) -> Result<(), Fault> {
        let Call::Fold(folding) = &mut self.call else { return Err(only_fold(what)) };
        let slots = folding.per_slot.len();
        let count = folding.per_slot.get_mut(slot as usize).ok_or_else(|| no_slot(what, slot, slots))?;
        *count += 1;
        if *count as usize > EFFECTS_PER_KEY_CALL_MAX {
            return Err(output(format!(
                "{what}: {count} effects of slot {slot} in one call; {EFFECTS_PER_KEY_CALL_MAX} are allowed"
            )));
        }
        Ok(())
    }

    /// Counts effects of a conclude.
    pub(crate) fn count_conclude(&mut self, what: &str, more: usize) -> Result<(), Fault> {
        let Call::Conclude { effects, .. } = &mut self.call else {
            return Err(output(format!("{what}: this is for `conclude` only")));
        };
        *effects += more;
        if *effects > EFFECTS_PER_CONCLUDE_MAX {
            return Err(output(format!(
                "{what}: {effects} effects of one conclude; {EFFECTS_PER_CONCLUDE_MAX} are allowed"
            )));
        }
        Ok(())
    }
}

pub(crate) fn output(message: String) -> Fault {
    Fault { kind: FaultKind::Output, message }
}

fn too_many(what: &str, origin: &str) -> Fault {
    output(format!(
        "{what}: more than {EFFECTS_PER_STEP_MAX} effects of {origin}; at most {EFFECTS_PER_STEP_MAX} may follow from one step or timer"
    ))
}

fn no_slot(what: &str, slot: u32, slots: usize) -> Fault {
    output(format!("{what}: there is no slot {slot}; the batch has {slots}"))
}

fn only_fold(what: &str) -> Fault {
    output(format!("{what}: this is for `fold` only"))
}

/// The rule asked for more memory than it may have.
#[derive(Debug, thiserror::Error)]
#[error(
    "wanted {wanted} bytes of memory and {allowed} are allowed: keep less, or look for something that grows without an end"
)]
pub(crate) struct MemoryRefused {
    wanted: usize,
    allowed: usize,
}

/// The host had none left.
#[derive(Debug, thiserror::Error)]
#[error("the host had no memory left: {0}")]
pub(crate) struct HostMemory(String);

impl ResourceLimiter for Host {
    fn memory_growing(&mut self, current: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        let wanted = self.memory_bytes.saturating_add(desired.saturating_sub(current));
        if wanted > self.class.memory_bytes {
            // Not `false`: a rule that sees its growth fail could go on in another way on another host.
            return Err(MemoryRefused { wanted, allowed: self.class.memory_bytes }.into());
        }
        self.memory_bytes = wanted;
        Ok(true)
    }

    fn memory_grow_failed(&mut self, error: wasmtime::Error) -> wasmtime::Result<()> {
        Err(HostMemory(format!("{error:#}")).into())
    }

    fn table_growing(&mut self, _: usize, desired: usize, _: Option<usize>) -> wasmtime::Result<bool> {
        if desired > TABLE_ELEMENTS_MAX {
            let message = format!("a table of {desired} elements; {TABLE_ELEMENTS_MAX} are allowed");
            return Err(Fault { kind: FaultKind::Memory, message }.into());
        }
        Ok(true)
    }

    fn table_grow_failed(&mut self, error: wasmtime::Error) -> wasmtime::Result<()> {
        Err(HostMemory(format!("{error:#}")).into())
    }

    fn instances(&self) -> usize {
        INSTANCES_MAX
    }

    fn tables(&self) -> usize {
        TABLES_MAX
    }

    fn memories(&self) -> usize {
        MEMORIES_MAX
    }
}
