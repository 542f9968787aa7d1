//! The binary `plaudit`.

use std::process::ExitCode;

/// Tasks allocate many small things on threads of their own: measured in `cargo xtask bench memory`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    plaudit::cli::main()
}
