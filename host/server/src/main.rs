//! The binary `plaudit`.

use std::process::ExitCode;

fn main() -> ExitCode {
    plaudit::cli::main()
}
