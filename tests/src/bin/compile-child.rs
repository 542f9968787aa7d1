//! The compiling child, as the server's own binary is: reads a component, writes compiled code. With an argument it is
//! a child that fails in that way.

use std::{io::Read, process::ExitCode, thread, time::Duration};

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        None => plaudit_runtime::compile_child(),
        Some("sleep") => {
            thread::sleep(Duration::from_secs(3600));
            ExitCode::SUCCESS
        }
        Some("crash") => std::process::abort(),
        Some("garbage") => {
            let read = std::io::stdin().read_to_end(&mut Vec::new());
            let wrote = std::io::Write::write_all(&mut std::io::stdout(), b"garbage");
            if read.is_ok() && wrote.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        // Nothing else than the empty environment that the parent promises.
        Some("environment") => {
            let variables = std::env::vars_os().count();
            if variables == 0 { plaudit_runtime::compile_child() } else { ExitCode::FAILURE }
        }
        Some(_) => ExitCode::from(3),
    }
}
