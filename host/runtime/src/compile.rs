//! Compiling strangers' code in a child process: a compiler that eats memory or never ends takes only itself down.
//!
//! The parent writes the limits (two little-endian u64) and the component to the child's standard input and reads the
//! compiled code from its standard output; the exit code says which of code and error it is.

use std::{
    io::{self, Read, Write},
    path::PathBuf,
    process::{Child, Command, ExitCode, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use plaudit_core::limits::{
    COMPILE_INTERPRETED_SECONDS_MAX, COMPILE_MEMORY_BYTES_MAX, COMPILE_SECONDS_MAX, COMPONENT_BYTES_MAX,
    COMPONENT_INTERPRETED_BYTES_MAX,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use wasmtime::Engine;

use crate::{
    bounds::{COMPILED_BYTES_MAX, COMPILER_WORDS_BYTES_MAX},
    error::LoadError,
};

/// Who compiles.
#[derive(Clone, Debug)]
pub enum Compiler {
    /// A program that calls [`compile_child`], started once per component with an empty environment.
    Child {
        /// The program, usually the server's own.
        program: PathBuf,
        /// What makes it compile.
        arguments: Vec<String>,
    },
    /// This process, without limits on memory and time: for tests and benches.
    InProcess,
}

/// What compiling may cost. Never more than the constants of `plaudit_core::limits`; those of compiled rules are the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompileLimits {
    /// Address space of the child, in bytes.
    pub memory_bytes: u64,
    /// Processor time and wall clock of the child, in seconds each.
    pub seconds: u64,
}

impl Default for CompileLimits {
    fn default() -> Self {
        Self { memory_bytes: COMPILE_MEMORY_BYTES_MAX, seconds: COMPILE_SECONDS_MAX }
    }
}

impl CompileLimits {
    /// For a component of so many bytes: a large one brings an interpreter along.
    pub(crate) fn of(component_bytes: usize) -> Self {
        let is_compiled = component_bytes <= COMPONENT_BYTES_MAX;
        let seconds = if is_compiled { COMPILE_SECONDS_MAX } else { COMPILE_INTERPRETED_SECONDS_MAX };
        Self { seconds, ..Self::default() }
    }
}

/// Compiles a component that has been checked.
pub(crate) fn compile(
    engine: &Engine,
    compiler: &Compiler,
    limits: CompileLimits,
    wasm: &[u8],
) -> Result<Vec<u8>, LoadError> {
    match compiler {
        Compiler::InProcess => {
            engine.precompile_component(wasm).map_err(|e| LoadError::Compile(format!("{e:#}")))
        }
        Compiler::Child { program, arguments } => {
            let child = Command::new(program)
                .args(arguments)
                .env_clear()
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .map_err(|e| LoadError::Compile(format!("{} did not start: {e}", program.display())))?;
            run(child, limits, wasm)
        }
    }
}

/// Talks with the child until it ends or its time is up.
fn run(mut child: Child, limits: CompileLimits, wasm: &[u8]) -> Result<Vec<u8>, LoadError> {
    let deadline = Instant::now() + Duration::from_secs(limits.seconds);
    let (Some(mut input), Some(output), Some(words)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        end(&mut child);
        return Err(LoadError::Compile("the compiling process has no pipes".into()));
    };
    let (send, receive) = mpsc::channel();
    let code = thread::scope(|scope| {
        scope.spawn(move || {
            // A child that ends early breaks the pipe; its exit code tells why.
            let header = [limits.memory_bytes.to_le_bytes(), limits.seconds.to_le_bytes()].concat();
            let _ = input.write_all(&header).and_then(|()| input.write_all(wasm));
        });
        let said = scope.spawn(move || read_at_most(words, COMPILER_WORDS_BYTES_MAX));
        scope.spawn(move || send.send(read_at_most(output, COMPILED_BYTES_MAX)));
        let left = deadline.saturating_duration_since(Instant::now());
        let code = receive.recv_timeout(left).ok();
        let status = code.is_some().then(|| wait(&mut child, deadline)).flatten();
        // Also unblocks the threads: without the child its pipes close.
        end(&mut child);
        let said = said.join().ok().and_then(Result::ok).unwrap_or_default();
        outcome(status, code, &String::from_utf8_lossy(&said), limits)
    });
    code.map_err(LoadError::Compile)
}

/// What the end of the child means.
fn outcome(
    status: Option<ExitStatus>,
    code: Option<io::Result<Vec<u8>>>,
    said: &str,
    limits: CompileLimits,
) -> Result<Vec<u8>, String> {
    let allowed = format!("allowed are {} MiB of memory and {} s", limits.memory_bytes >> 20, limits.seconds);
    let said = said.trim();
    match (status, code) {
        (None, _) => Err(format!("it took too long; {allowed}: make the component smaller")),
        (Some(status), Some(Ok(code))) if status.success() => Ok(code),
        (Some(_), Some(Err(error))) => Err(format!("the compiled code could not be read: {error}")),
        // 1 is our own exit code: the component is not valid.
        (Some(status), _) if status.code() == Some(1) => Err(said.to_owned()),
        (Some(status), _) => Err(format!(
            "the compiling process ended with {status}; {allowed}; if it ran out of them, make the component smaller. It said: {said}"
        )),
    }
}

/// Waits until the child has ended; nothing when its time is up.
fn wait(child: &mut Child, deadline: Instant) -> Option<ExitStatus> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status),
            Ok(None) if Instant::now() < deadline => thread::sleep(Duration::from_millis(2)),
            Ok(None) | Err(_) => return None,
        }
    }
}

/// Kills the child if it still runs, and collects it.
fn end(child: &mut Child) {
    // Both fail only when it has already been collected.
    let _ = child.kill();
    let _ = child.wait();
}

fn read_at_most(from: impl Read, bytes_max: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(bytes_max as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > bytes_max {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("more than {bytes_max} bytes")));
    }
    Ok(bytes)
}

/// The child's side: limits itself, reads a component from standard input, writes compiled code to standard output.
///
/// Exit code 0: compiled; 1: not valid, with the reason on standard error; 2: the process could not do its work.
#[must_use]
pub fn compile_child() -> ExitCode {
    let told = |code: u8, error: &dyn std::fmt::Display| {
        // Nobody is left to hear it when standard error is closed.
        let _ = writeln!(io::stderr(), "{error}");
        ExitCode::from(code)
    };
    let mut input = io::stdin().lock();
    if let Err(error) = limit_myself(&mut input) {
        return told(2, &format_args!("could not limit itself: {error}"));
    }
    let wasm = match read_at_most(input, COMPONENT_INTERPRETED_BYTES_MAX) {
        Ok(wasm) => wasm,
        Err(error) => return told(2, &format_args!("could not read the component: {error}")),
    };
    let engine = match crate::engine::engine() {
        Ok(engine) => engine,
        Err(error) => return told(2, &error),
    };
    match engine.precompile_component(&wasm) {
        Err(error) => told(1, &format_args!("{error:#}")),
        Ok(code) => match io::stdout().lock().write_all(&code) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => told(2, &format_args!("could not hand over the code: {error}")),
        },
    }
}

/// Reads the limits and sets them: address space, processor time, no files, no core dump.
fn limit_myself(input: &mut impl Read) -> io::Result<()> {
    let mut number = || -> io::Result<u64> {
        let mut bytes = [0; 8];
        input.read_exact(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    };
    let (memory_bytes, seconds) =
        (number()?.min(COMPILE_MEMORY_BYTES_MAX), number()?.min(COMPILE_INTERPRETED_SECONDS_MAX));
    for (resource, most) in
        [(Resource::As, memory_bytes), (Resource::Cpu, seconds), (Resource::Fsize, 0), (Resource::Core, 0)]
    {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}
