//! How a test says that it was left out, because the machine lacks what rules in another language need.

pub use plaudit_build::missing_for_typescript;

/// Says on standard error that something was left out; `cargo xtask test` says it, too, where it is always seen.
pub fn told_left_out(what: &str, why: &str) {
    eprintln!("LEFT OUT: {what}: {why}");
}
