//! A new rule in Rust.

use std::{fs, path::Path};

use anyhow::Context;

use super::{REPOSITORY, Template, Words};

pub(super) const TEMPLATE: Template = Template {
    files: &[
        ("Cargo.toml", include_str!("../template/rust/Cargo.toml.txt")),
        ("README.md", include_str!("../template/rust/README.md.txt")),
        (".gitignore", "/target\n"),
        ("src/lib.rs", include_str!("../template/rust/lib.rs.txt")),
        ("tests/in_a_row.rs", include_str!("../template/rust/in_a_row.rs.txt")),
        ("rustfmt.toml", "style_edition = \"2024\"\nmax_width = 110\nuse_small_heuristics = \"Max\"\n"),
    ],
    sdk: "sdk/rust",
    sdk_mark: ("Cargo.toml", "name = \"plaudit-sdk\""),
    taken: &["plaudit-sdk", "test"],
    words,
    after,
    next: "cargo test && plaudit plugin test",
};

/// What stands for `@…@` in the files.
fn words(name: &str, _folder: &Path, sdk: Option<&Path>) -> anyhow::Result<Words> {
    let dependency = match sdk {
        Some(path) => format!("path = {:?}", path.display().to_string()),
        None => format!("git = {REPOSITORY:?}"),
    };
    Ok(vec![("@module@", name.replace('-', "_")), ("@sdk@", dependency)])
}

/// Takes along the versions that the SDK is built and tested with: so nothing has to be looked up, and nothing new comes
/// in.
fn after(folder: &Path, sdk: Option<&Path>) -> anyhow::Result<()> {
    let lock = sdk.and_then(|sdk| sdk.ancestors().nth(2)).map(|root| root.join("Cargo.lock"));
    if let Some(lock) = lock.filter(|lock| lock.is_file()) {
        fs::copy(&lock, folder.join("Cargo.lock"))
            .with_context(|| format!("{} can't be copied", lock.display()))?;
    }
    Ok(())
}
