//! The server's program, beside the test's own.

use std::{env, path::PathBuf, process::Command, sync::OnceLock};

/// Where it is. `cargo xtask test` builds it with everything else; for a test that is run alone it is built when it is
/// missing. After a change of the server build it before such a test: `cargo build --workspace --bin plaudit --tests`.
pub(super) fn path() -> &'static PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let test = env::current_exe().expect("the test's program");
        // target/debug/deps/stories-…
        let folder = test.parent().and_then(|deps| deps.parent()).expect("cargo's folder");
        let path = folder.join(format!("plaudit{}", env::consts::EXE_SUFFIX));
        if !path.is_file() {
            build();
        }
        assert!(path.is_file(), "there is no {}: `cargo build --workspace` makes it", path.display());
        path
    })
}

/// With tests, so that features and with them what is built already are the same.
fn build() {
    let mut command = Command::new("cargo");
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
