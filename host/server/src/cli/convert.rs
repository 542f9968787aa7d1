//! `plaudit convert`: logs of other systems become events.

use std::io::{BufRead, Write};

use anyhow::Context;
use clap::Subcommand;

use crate::ingest::queue_log::Converter;

/// Turn logs of other systems into events.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Asterisk's queue_log on standard input, CloudEvents (one a line) on standard output.
    ///
    /// Post them with `curl --data-binary @- -H 'Content-Type: application/x-ndjson' …/v1/events`. Converting the same log
    /// again gives the same ids, so that posting it again changes nothing: always convert the file from its beginning.
    AsteriskQueueLog {
        /// Names the telephone system: the `source` of its events.
        #[arg(long, default_value = "/asterisk")]
        source: String,
    },
}

/// Converts.
///
/// # Errors
/// Standard input or output fail, or lines could not be read (the others were converted).
pub fn run(args: Args) -> anyhow::Result<()> {
    let What::AsteriskQueueLog { source } = args.what;
    let mut converter = Converter::new(source);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut bad = 0_usize;
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line.context("standard input can't be read")?;
        match converter.line(&String::from_utf8_lossy(&line)) {
            Ok(Some(event)) => writeln!(out, "{event}")?,
            Ok(None) => {}
            Err(error) => {
                bad += 1;
                writeln!(std::io::stderr(), "{error}")?;
            }
        }
    }
    out.flush()?;
    anyhow::ensure!(bad == 0, "{bad} lines could not be read; the others were converted");
    Ok(())
}
