//! `plaudit man`: manual pages.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::{Cli, out};

/// Write manual pages.
///
/// Without --out the page of the whole program goes to standard output: `plaudit man | man -l -`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder for one page per command: plaudit.1, plaudit-plugin.1, plaudit-plugin-check.1 and so on.
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// Writes.
///
/// # Errors
/// The folder can't be written, or standard output is closed.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let mut command = Cli::command();
    command.build();
    let Some(folder) = &args.out else {
        std::io::stdout().write_all(&page(command)?)?;
        return Ok(());
    };
    fs::create_dir_all(folder).with_context(|| format!("{} can't be made", folder.display()))?;
    let count = pages(&command, "plaudit", folder)?;
    out(&format!("{count} pages in {}", folder.display()))
}

/// Writes the page of a command and those of what is under it; says how many.
fn pages(command: &Command, name: &str, folder: &Path) -> anyhow::Result<usize> {
    let path = folder.join(format!("{name}.1"));
    fs::write(&path, page(command.clone())?)
        .with_context(|| format!("{} can't be written", path.display()))?;
    let mut count = 1;
    for verb in command.get_subcommands().filter(|verb| !verb.is_hide_set() && verb.get_name() != "help") {
        count += pages(verb, &format!("{name}-{}", verb.get_name()), folder)?;
    }
    Ok(count)
}

fn page(command: Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_that_names_its_exit_codes() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Cli::command();
        command.build();
        let count = pages(&command, "plaudit", folder.path()).expect("pages");
        assert_eq!(count, fs::read_dir(folder.path()).expect("the folder").count());
        let page = fs::read_to_string(folder.path().join("plaudit-plugin-check.1")).expect("a page");
        for words in [".TH", "Exit codes", "whether a server would take the plugin"] {
            assert!(page.contains(words), "no {words} in {page}");
        }
        assert!(!folder.path().join("plaudit-compile-plugin.1").exists(), "a hidden verb has a page");
    }
}
