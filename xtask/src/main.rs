//! `cargo xtask`: the project's own helper.

mod bench;
mod book;
mod browser;
mod demo;
mod node;
mod plugins;
mod python;
mod run;
mod screenshots;
mod test;

use clap::{Parser, Subcommand};

/// The project's own helper.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build everything and play a contact-centre day on 127.0.0.1:8080 (about two minutes; -- --fast for scripts).
    Demo {
        /// Passed on to `plaudit demo`, such as --fast, --minutes 5, --seed 8.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Build the official plugins and the example as components, into target/plugins.
    Plugins,
    /// Build the book of docs into target/book, if mdbook is there.
    Book {
        /// Install mdbook into the target folder first, if it is not there (from the package registry).
        #[arg(long)]
        install: bool,
    },
    /// Format, clippy, guests, unit, integration and doc tests; stops at the first stage that fails.
    Test,
    /// Take pictures of the main pages of a demo's day, into target/screenshots.
    Screenshots {
        /// Another folder for them.
        #[arg(long, value_name = "DIR")]
        out: Option<std::path::PathBuf>,
    },
    /// Measure, each number against a baseline of the same run.
    Bench {
        /// Passed on to the benches, such as a name to choose one.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().verb {
        Verb::Demo { args } => demo::run(&args),
        Verb::Plugins => plugins::build().map(drop),
        Verb::Book { install } => book::run(install),
        Verb::Test => test::run(),
        Verb::Screenshots { out } => screenshots::run(out),
        Verb::Bench { args } => bench::run(&args),
    }
}
