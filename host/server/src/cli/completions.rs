//! `plaudit completions`: what makes a shell complete this program's commands.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use super::Cli;

/// Print what makes a shell complete this program's commands.
///
/// For bash: `plaudit completions bash > ~/.local/share/bash-completion/completions/plaudit`. For zsh, a folder of $fpath:
/// `plaudit completions zsh > _plaudit`. For fish: `plaudit completions fish > ~/.config/fish/completions/plaudit.fish`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which shell.
    shell: Shell,
}

/// Prints.
///
/// # Errors
/// Standard output is closed.
pub fn run(args: &Args) -> anyhow::Result<()> {
    let mut script = Vec::new();
    generate(args.shell, &mut Cli::command(), "plaudit", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;

    use super::*;

    #[test]
    fn every_shell_completes_the_verbs() {
        for shell in Shell::value_variants() {
            let mut script = Vec::new();
            generate(*shell, &mut Cli::command(), "plaudit", &mut script);
            let script = String::from_utf8(script).expect("a text");
            for word in ["plugin", "inspect", "preview"] {
                assert!(script.contains(word), "{shell} does not know `{word}`");
            }
        }
    }
}
