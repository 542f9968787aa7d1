//! `plaudit draw`: anyone can check a draw.

use std::path::PathBuf;

use anyhow::Context;
use clap::Subcommand;
use plaudit_core::draw::Receipt;

use super::out;

/// Check a draw's receipt.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Draw again from the receipt's seed and ticket list, and compare everything.
    Verify {
        /// As GET /v1/incentives/{id}/draws/{period}/{draw}/receipt gives it.
        receipt: PathBuf,
    },
}

/// Verifies.
///
/// # Errors
/// The file can't be read, or the receipt does not hold.
pub fn run(args: Args) -> anyhow::Result<()> {
    let What::Verify { receipt: path } = args.what;
    let text = std::fs::read_to_string(&path).with_context(|| format!("{} can't be read", path.display()))?;
    let receipt: Receipt =
        serde_json::from_str(&text).with_context(|| format!("{} is no receipt", path.display()))?;
    let verified = receipt.verify().with_context(|| format!("{} does not hold", path.display()))?;
    out(&format!(
        "The receipt holds: drawn again from {} entrants, the winners are the same.",
        verified.entrants
    ))?;
    for winner in &verified.winners {
        out(&format!("  {}. {} wins {}", winner.index + 1, winner.entrant, winner.prize))?;
    }
    out(&receipt.statement)?;
    out("Compare the seed hash and the list hash with those that were published before the draw.")
}
