//! `plaudit plugin`: a rule from the idea to the server, one file per verb. Nothing but `install` needs a server.

mod bench;
mod build;
mod check;
mod compiled;
mod component;
mod dev;
mod finding;
mod generate;
mod guest;
mod inspect;
mod install;
mod key;
mod measure;
mod native;
mod new;
mod paint;
mod ready;
mod run;
mod scenarios;
mod schema;
mod show;
mod sign;
mod teach;
mod test;
mod texts;
mod trial;
mod verify;
mod watch;
mod wire;

use clap::Subcommand;

/// What was asked has an answer, and it is no: the plugin is at fault.
pub const EXIT_NO: u8 = 3;
/// It could not be done: a file, the compiler, the machine or the server says no.
pub const EXIT_NOT_DONE: u8 = 1;

const EXIT_CODES: &str = "Exit codes: 0 it is so, or it is done; 1 it could not be done: a file, the compiler or the \
                          server says no; 2 the command line is wrong; 3 the plugin is at fault: an error of `check`, a \
                          failed property, a rule that fails, a signature that does not hold. Errors of a plugin name \
                          their section of docs/errors.md.";

/// Make, look at, try, sign and install rules.
#[derive(Debug, clap::Args)]
#[command(after_help = EXIT_CODES)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make a new rule's folder, which builds and tests as it is.
    #[command(after_help = EXIT_CODES)]
    New(new::Args),
    /// Build the rule of this folder as a component.
    #[command(after_help = EXIT_CODES)]
    Build(build::Args),
    /// Say whether a server would take the plugin, and whether its form and texts are whole.
    #[command(after_help = EXIT_CODES)]
    Check(check::Args),
    /// Show what is in a plugin: manifest, sizes, imports, form, languages, signature.
    #[command(after_help = EXIT_CODES)]
    Inspect(inspect::Args),
    /// Let the rule see events, and show what it would award.
    #[command(after_help = EXIT_CODES)]
    Run(run::Args),
    /// Prove on made-up or given events that the rule is a pure function within its limits.
    #[command(after_help = EXIT_CODES)]
    Test(test::Args),
    /// Measure fuel and time per event, beside the same rule natively.
    #[command(after_help = EXIT_CODES)]
    Bench(bench::Args),
    /// Watch the rule's folder: at each change test, build and run the rule anew.
    #[command(after_help = EXIT_CODES)]
    Dev(dev::Args),
    /// Serve a component over standard input and output; scenarios start this themselves.
    #[command(hide = true)]
    Guest(guest::Args),
    /// Make a pair of keys for signing.
    #[command(after_help = EXIT_CODES)]
    Key(key::Args),
    /// Sign a component; `minisign -V` can verify it.
    #[command(after_help = EXIT_CODES)]
    Sign(sign::Args),
    /// Verify a component's signature.
    #[command(after_help = EXIT_CODES)]
    Verify(verify::Args),
    /// Install a component into a server.
    #[command(after_help = EXIT_CODES)]
    Install(install::Args),
}

/// Does it; gives the exit code.
///
/// # Errors
/// It could not be done.
pub fn run(args: &Args) -> anyhow::Result<u8> {
    match &args.verb {
        Verb::New(args) => new::run(args),
        Verb::Build(args) => build::run(args),
        Verb::Check(args) => check::run(args),
        Verb::Inspect(args) => inspect::run(args),
        Verb::Run(args) => run::run(args),
        Verb::Test(args) => test::run(args),
        Verb::Bench(args) => bench::run(args),
        Verb::Dev(args) => dev::run(args),
        Verb::Guest(args) => guest::run(args),
        Verb::Key(args) => key::run(args),
        Verb::Sign(args) => sign::run(args),
        Verb::Verify(args) => verify::run(args),
        Verb::Install(args) => install::run(args),
    }
}
