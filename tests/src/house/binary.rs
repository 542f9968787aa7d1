//! The server's program, beside the test's own.

use std::{env, fs, path::PathBuf, process::Command, sync::OnceLock, time::SystemTime};

/// Where it is. `cargo xtask test` builds it with everything else; a test that is run alone builds it when it is missing
/// or older than the test.
pub(super) fn path() -> &'static PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let test = env::current_exe().expect("the test's program");
        // target/debug/deps/stories-…
        let folder = test.parent().and_then(|deps| deps.parent()).expect("cargo's folder");
        let path = folder.join(format!("plaudit{}", env::consts::EXE_SUFFIX));
        let changed = |path: &PathBuf| fs::metadata(path).and_then(|m| m.modified()).ok();
        if changed(&path) < changed(&test).or(Some(SystemTime::UNIX_EPOCH)) {
            build();
        }
        assert!(path.is_file(), "there is no {}: `cargo build --workspace` makes it", path.display());
        path
    })
}

/// With tests, so that features and with them what is built already are the same.
fn build() {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args([
        "build",
        "--workspace",
        "--bin",
        "plaudit",
        "--tests",
    ]);
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    let output = command.output().expect("cargo starts");
    assert!(output.status.success(), "plaudit does not build:\n{}", String::from_utf8_lossy(&output.stderr));
}
