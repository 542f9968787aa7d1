//! The command line: one file per verb.

pub mod account;
pub mod apply;
pub mod completions;
pub mod convert;
pub mod demo;
pub mod draw;
pub mod explain;
mod figures;
pub mod incentive;
pub mod man;
pub mod payroll;
pub mod plugin;
pub mod preview;
pub mod receiver;
pub mod serve;
pub mod server_args;
pub mod simulate;
pub mod store;
pub mod token;
mod wide;

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

pub use self::server_args::ServerArgs;
use crate::config::Config;

/// Plaudit: an open, self-hosted incentive engine for contact centres.
#[derive(Debug, Parser)]
#[command(version, arg_required_else_help = true, after_help = AFTER_HELP)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

const AFTER_HELP: &str = "First steps: `plaudit config > plaudit.toml`, then `plaudit serve --config plaudit.toml`. The first \
                          start writes an admin token to <secrets_dir>/admin-token.";

#[derive(Debug, Subcommand)]
enum Verb {
    /// Run the server.
    Serve(ConfigArgs),
    /// Print the default settings with their meaning.
    Config,
    /// Print the API as an OpenAPI 3.1 document.
    Openapi,
    /// Bring a server's sites, teams, metrics, budgets, plugins and incentives to what a file says.
    Apply(apply::Args),
    /// List an incentive's versions, upgrade it, and go back.
    Incentive(incentive::Args),
    /// Make, look at, try, sign and install rules.
    Plugin(plugin::Args),
    /// Run an incentive over a stretch of the past: who would have won?
    Preview(preview::Args),
    /// Make, list, reset and disable accounts while the server is stopped.
    Account(account::Args),
    /// Make, list and revoke tokens while the server is stopped.
    Token(token::Args),
    /// Verify, back up and restore a store while the server is stopped.
    Store(store::Args),
    /// Check a draw's receipt.
    Draw(draw::Args),
    /// Say why an agent got something of an incentive, or did not.
    Explain(explain::Args),
    /// Print what was booked in a range of days, as CSV.
    Payroll(payroll::Args),
    /// Turn logs of other systems into events.
    Convert(convert::Args),
    /// Make up a contact centre's days, as events.
    Simulate(simulate::Args),
    /// Play the chat workspace, the webhook endpoint and the mailbox.
    Receiver(receiver::Args),
    /// Play a contact centre's day through a real server.
    Demo(demo::Args),
    /// Print what makes a shell complete this program's commands.
    Completions(completions::Args),
    /// Write manual pages.
    Man(man::Args),
    /// Compile a component from standard input; the server starts itself with this.
    #[command(hide = true)]
    CompilePlugin,
}

/// Where the settings are.
#[derive(Clone, Debug, clap::Args)]
pub struct ConfigArgs {
    /// Settings; without it the defaults hold. PLAUDIT_SECTION__KEY in the environment wins over both.
    #[arg(long, global = true, value_name = "FILE", env = "PLAUDIT_CONFIG")]
    pub config: Option<PathBuf>,
}

impl ConfigArgs {
    /// Reads them.
    ///
    /// # Errors
    /// File, key, value and what is allowed.
    pub fn load(&self) -> anyhow::Result<Config> {
        Ok(Config::load(self.config.as_deref())?)
    }
}

/// Runs what the command line says.
pub fn main() -> ExitCode {
    let result = match Cli::parse().verb {
        Verb::Serve(args) => serve::run(&args),
        Verb::Config => out(crate::config::DEFAULT.trim_end()),
        Verb::Openapi => out(crate::api::openapi::KEPT.trim_end()),
        Verb::Apply(args) => apply::run(args),
        Verb::Incentive(args) => incentive::run(args),
        Verb::Preview(args) => match preview::run(&args) {
            Ok(code) => return ExitCode::from(code),
            Err(error) => Err(error),
        },
        Verb::Plugin(args) => match plugin::run(&args) {
            Ok(code) => return ExitCode::from(code),
            Err(error) => Err(error),
        },
        Verb::Account(args) => account::run(args),
        Verb::Token(args) => token::run(args),
        Verb::Store(args) => store::run(args),
        Verb::Draw(args) => draw::run(args),
        Verb::Explain(args) => explain::run(&args),
        Verb::Payroll(args) => payroll::run(&args),
        Verb::Convert(args) => convert::run(args),
        Verb::Simulate(args) => simulate::run(args),
        Verb::Receiver(args) => receiver::run(args),
        Verb::Demo(args) => demo::run(args),
        Verb::Completions(args) => completions::run(&args),
        Verb::Man(args) => man::run(&args),
        Verb::CompilePlugin => return plaudit_runtime::compile_child(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to hear it when standard error is closed.
            let _ = writeln!(std::io::stderr(), "plaudit: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Writes a line to standard output.
///
/// # Errors
/// Standard output is closed.
pub(crate) fn out(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// Whether a store has never been opened here.
pub(crate) fn is_new(path: &Path) -> bool {
    std::fs::read_dir(path).map_or(true, |mut entries| entries.next().is_none())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
