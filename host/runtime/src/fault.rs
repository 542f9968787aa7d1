//! From what wasmtime says to what people can act on.

use plaudit_core::rule::{CallError, Fault, FaultKind};
use wasmtime::{Trap, WasmBacktrace};

use crate::{
    bounds::{FRAMES_SHOWN_MAX, STACK_BYTES_MAX},
    host::{Host, HostMemory, MemoryRefused},
};

/// What making an instance is called in messages.
pub(crate) const START_UP: &str = "start-up";

/// A fault of the rule.
pub(crate) fn rule(kind: FaultKind, message: String) -> CallError {
    CallError::Rule(Fault { kind, message })
}

/// Who is to blame for an error of `function`, and how to say it.
pub(crate) fn classify(function: &str, error: &wasmtime::Error, host: &Host) -> CallError {
    if let Some(Fault { kind, message }) = error.downcast_ref::<Fault>() {
        return rule(*kind, format!("`{function}`: {message}"));
    }
    if let Some(refused) = error.downcast_ref::<MemoryRefused>() {
        return rule(FaultKind::Memory, format!("`{function}` {refused}{}", place(error)));
    }
    if let Some(memory) = error.downcast_ref::<HostMemory>() {
        return CallError::Infrastructure(format!("`{function}`: {memory}"));
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::Interrupt) => CallError::Infrastructure(format!(
            "`{function}` took more than {} ms of wall clock",
            host.class.call_ms
        )),
        Some(Trap::OutOfFuel) => rule(
            FaultKind::Fuel,
            format!(
                "`{function}` used up its fuel of {} ({} for each of {} keys and {} for each of {} steps): look for an endless loop, or do less work per step{}{}",
                host.fuel,
                host.class.fuel_per_key_call,
                host.keys(),
                host.class.fuel_per_step,
                host.steps(),
                place(error),
                last_words(host),
            ),
        ),
        Some(Trap::StackOverflow) => rule(
            FaultKind::Trap,
            format!(
                "`{function}` filled its stack of {} KiB: look for a recursion without an end{}{}",
                STACK_BYTES_MAX / 1024,
                place(error),
                last_words(host)
            ),
        ),
        // A guest's own stack lies at the beginning of its memory, so a deep recursion runs out of it below.
        Some(Trap::MemoryOutOfBounds) => rule(
            FaultKind::Trap,
            format!(
                "`{function}` broke off ({}): look for a recursion without an end, or for unsafe code{}{}",
                Trap::MemoryOutOfBounds,
                place(error),
                last_words(host)
            ),
        ),
        Some(trap) => rule(
            FaultKind::Trap,
            format!("`{function}` broke off ({trap}), as after a panic{}{}", last_words(host), place(error)),
        ),
        None if function == START_UP => start_up(error),
        // Lifting what the guest handed over failed: bad lengths, bad UTF-8, too much of it.
        None => rule(
            FaultKind::Output,
            format!("`{function}` handed over what is malformed or too large: {}", error.root_cause()),
        ),
    }
}

/// What it means that an instance could not be made.
fn start_up(error: &wasmtime::Error) -> CallError {
    let reason = format!("{error:#}");
    // wasmtime has no type for it.
    if reason.contains("resource limit exceeded") {
        let message = format!("the component needs too much to start: {reason}; link it into one module");
        return rule(FaultKind::Memory, message);
    }
    CallError::Infrastructure(format!("no instance could be made: {reason}"))
}

/// The last warning, which is the panic's message when there was one.
fn last_words(host: &Host) -> String {
    host.last_warning().map(|line| format!("; its last warning: {line}")).unwrap_or_default()
}

/// Where in the guest it happened, if the component still has names.
fn place(error: &wasmtime::Error) -> String {
    let Some(backtrace) = error.downcast_ref::<WasmBacktrace>() else { return String::new() };
    let frames: Vec<String> = backtrace
        .frames()
        .iter()
        .filter_map(|frame| frame.func_name())
        .map(|name| format!("{:#}", rustc_demangle::demangle(name)))
        .filter(|name| !is_of_panicking(name))
        .take(FRAMES_SHOWN_MAX)
        .collect();
    if frames.is_empty() { String::new() } else { format!("; in {}", frames.join(" ← ")) }
}

/// The frames every panic has tell nothing.
fn is_of_panicking(name: &str) -> bool {
    [
        "core::panicking",
        "std::panicking",
        "rust_panic",
        "__rustc",
        "std::sys::backtrace",
        "__rust",
        "std::process::abort",
    ]
    .iter()
    .any(|beginning| name.trim_start_matches('<').starts_with(beginning))
}
