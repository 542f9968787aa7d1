//! The book: the pages of `docs` as one, with search and a table of contents.

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use crate::run::{cargo, finish, program, target_dir};

/// The version that the theme was made for.
const MDBOOK: &str = "0.5.4";

/// Where `cargo xtask book --install` puts it.
fn own() -> PathBuf {
    target_dir().join("tools").join("bin").join(format!("mdbook{}", std::env::consts::EXE_SUFFIX))
}

/// The mdbook that is there, if one is.
pub(crate) fn mdbook() -> Option<PathBuf> {
    let works =
        |name: &PathBuf| program(name, &["--version"]).output().is_ok_and(|output| output.status.success());
    [own(), PathBuf::from("mdbook")].into_iter().find(works)
}

/// Builds the book; installs mdbook before, if that is wanted.
pub(crate) fn run(install: bool) -> anyhow::Result<()> {
    if install && !own().is_file() {
        let root = target_dir().join("tools");
        let root = root.to_string_lossy();
        let what = ["install", "mdbook", "--locked", "--version", MDBOOK, "--root", &root];
        // No server that watches: fewer crates to build.
        let features = ["--no-default-features", "--features", "search"];
        finish(cargo(&[&what[..], &features].concat())).context("mdbook could not be installed")?;
    }
    let Some(mdbook) = mdbook() else {
        bail!(
            "mdbook is not here: `cargo install mdbook --locked` installs it, `cargo xtask book --install` only into this target \
             folder. The pages can be read without it, in docs"
        );
    };
    let book = target_dir().join("book");
    finish(program(mdbook, &["build", "docs", "--dest-dir", &book.to_string_lossy()]))?;
    eprintln!("{}", book.join("index.html").display());
    Ok(())
}
