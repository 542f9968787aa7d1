//! Bounds that only the sandbox knows, beside those of `plaudit_core::limits`.

use plaudit_core::limits;

use crate::outline::Outline;

/// Data that one call may hand over, in bytes, effects and states together.
pub(crate) const HANDED_OVER_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Calls of the log in one call; from here on it is a flood and fails.
pub(crate) const LOG_CALLS_MAX: usize = 10_000;
/// Text handed to the log in one call, in bytes; from here on it is a flood and fails.
pub(crate) const LOG_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Elements of all tables of a rule.
pub(crate) const TABLE_ELEMENTS_MAX: usize = 100_000;
/// Core instances of a rule: componentized Python has 48.
pub(crate) const INSTANCES_MAX: usize = 64;
/// Tables of a rule.
pub(crate) const TABLES_MAX: usize = 64;
/// Memories of a rule.
pub(crate) const MEMORIES_MAX: usize = 8;
/// Handles of a rule; the contract has none.
pub(crate) const HANDLES_MAX: usize = 16;
/// Stack of a rule, in bytes.
pub(crate) const STACK_BYTES_MAX: usize = 1024 * 1024;
/// A compiled component, in bytes.
pub(crate) const COMPILED_BYTES_MAX: usize = 256 * 1024 * 1024;
/// What the compiling child may say when it fails, in bytes.
pub(crate) const COMPILER_WORDS_BYTES_MAX: usize = 4096;
/// Frames of a backtrace in a message.
pub(crate) const FRAMES_SHOWN_MAX: usize = 5;

/// What `describe`, `plan` and starting up may cost, in the fuel of steps: the SDK takes about 46 for a byte of manifest.
const COLD_CALL_IN_STEPS: usize = 200;

/// Limits that differ between compiled and interpreted rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Class {
    /// Guest memory, in bytes.
    pub(crate) memory_bytes: usize,
    /// Fuel of a key call …
    pub(crate) fuel_per_key_call: u64,
    /// … and of each step.
    pub(crate) fuel_per_step: u64,
    /// Wall clock of a call.
    pub(crate) call_ms: u64,
}

impl Class {
    /// The limits of a component, by what it is made of.
    pub(crate) fn of(outline: &Outline) -> Self {
        if outline.is_interpreted() {
            Self {
                memory_bytes: limits::GUEST_MEMORY_INTERPRETED_BYTES_MAX,
                fuel_per_key_call: limits::FUEL_PER_KEY_CALL_INTERPRETED,
                fuel_per_step: limits::FUEL_PER_STEP_INTERPRETED,
                call_ms: limits::CALL_INTERPRETED_MS_MAX,
            }
        } else {
            Self {
                memory_bytes: limits::GUEST_MEMORY_BYTES_MAX,
                fuel_per_key_call: limits::FUEL_PER_KEY_CALL,
                fuel_per_step: limits::FUEL_PER_STEP,
                call_ms: limits::CALL_MS_MAX,
            }
        }
    }

    /// Fuel of a call with so many keys and steps.
    pub(crate) fn fuel(&self, keys: usize, steps: usize) -> u64 {
        self.fuel_per_key_call * keys as u64 + self.fuel_per_step * steps as u64
    }

    /// Fuel of `describe`, `plan` and starting up: little enough to be used up before the deadline.
    pub(crate) fn fuel_cold(&self) -> u64 {
        self.fuel(1, COLD_CALL_IN_STEPS)
    }

    /// Epoch ticks of a call; one more, because the first may come at once.
    pub(crate) fn ticks(&self) -> u64 {
        self.call_ms.div_ceil(limits::EPOCH_TICK_MS) + 1
    }
}
