//! The one wasmtime configuration, and the ticker behind its deadlines.

use std::{num::NonZeroUsize, thread, time::Duration};

use plaudit_core::limits::EPOCH_TICK_MS;
use wasmtime::{Config, Engine};

use crate::{bounds::STACK_BYTES_MAX, error::RuntimeError};

/// The engine, the same in the server and in the compiling child: their code has to fit.
pub(crate) fn engine() -> Result<Engine, RuntimeError> {
    let mut config = Config::new();
    config
        .wasm_component_model(true)
        // What is off can't be attacked. Garbage collection, threads and async are not even compiled in
        // (the workspace's features of wasmtime); calls cost a third without the last.
        .wasm_memory64(false)
        .wasm_relaxed_simd(false)
        .wasm_gc(false)
        .consume_fuel(true)
        .epoch_interruption(true)
        .cranelift_nan_canonicalization(true)
        .memory_init_cow(true)
        .max_wasm_stack(STACK_BYTES_MAX)
        .wasm_backtrace_max_frames(NonZeroUsize::new(20));
    Engine::new(&config).map_err(|error| RuntimeError::Engine(format!("{error:#}")))
}

/// Starts the thread that counts epochs. It ends by itself when the engine is gone.
pub(crate) fn tick(engine: &Engine) -> Result<(), RuntimeError> {
    let weak = engine.weak();
    thread::Builder::new()
        .name("rule-ticker".into())
        .spawn(move || {
            while let Some(engine) = weak.upgrade() {
                engine.increment_epoch();
                drop(engine);
                thread::sleep(Duration::from_millis(EPOCH_TICK_MS));
            }
        })
        .map(drop)
        .map_err(RuntimeError::Ticker)
}
