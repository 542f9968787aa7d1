//! The book: the pages of `docs` as one, with search and a table of contents.

use anyhow::{Context as _, bail};

use crate::run::{cargo, finish, program, target_dir};

/// The version that the theme was made for.
const MDBOOK: &str = "0.5.4";

pub(crate) fn run(install: bool) -> anyhow::Result<()> {
    let tools = target_dir().join("tools");
    let own = tools.join("bin").join(format!("mdbook{}", std::env::consts::EXE_SUFFIX));
    if install && !own.is_file() {
        let root = tools.to_string_lossy();
        let features = ["--no-default-features", "--features", "search"];
        let mut command = cargo(&["install", "mdbook", "--locked", "--version", MDBOOK, "--root", &root]);
        command.args(features);
        finish(command).context("mdbook could not be installed")?;
    }
    let works =
        |name: &std::path::Path| program(name, &["--version"]).output().is_ok_and(|o| o.status.success());
    let mdbook = [own.as_path(), "mdbook".as_ref()].into_iter().find(|name| works(name));
    let Some(mdbook) = mdbook else {
        bail!(
            "mdbook is not here: `cargo install mdbook --locked` installs it for you, `cargo xtask book --install` only for this \
             target folder; the pages can be read without it, in docs"
        );
    };
    let book = target_dir().join("book");
    finish(program(mdbook, &["build", "docs", "--dest-dir", &book.to_string_lossy()]))?;
    eprintln!("{}", book.join("index.html").display());
    Ok(())
}
