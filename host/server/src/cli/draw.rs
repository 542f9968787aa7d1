//! `plaudit draw`: anyone can check a draw.

use std::path::PathBuf;

use anyhow::Context;
use clap::Subcommand;
use plaudit_core::draw::{ChanceReceipt, Receipt};

use super::out;

/// Check a draw's receipt.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Draw again from the receipt's seed and list, and compare everything; throw again for every try of instant wins.
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
    if let Ok(receipt) = ChanceReceipt::read(&text) {
        return chances(&receipt).with_context(|| format!("{} does not hold", path.display()));
    }
    let receipt = Receipt::read(&text).with_context(|| format!("{} does not hold", path.display()))?;
    let verified = receipt.verify().with_context(|| format!("{} does not hold", path.display()))?;
    out(&format!(
        "The receipt holds: drawn again from {} entrants, the winners are the same.",
        verified.entrants
    ))?;
    for winner in &verified.winners {
        out(&format!("  {}. {} wins {}", winner.index + 1, winner.entrant, winner.prize))?;
    }
    for item in &receipt.appendix {
        let taken = item.replaced_by.as_ref().map_or_else(
            || {
                if item.place.is_some() {
                    "nobody was left for the place".to_owned()
                } else {
                    "no place was theirs".to_owned()
                }
            },
            |entrant| format!("the place went to {entrant}"),
        );
        out(&format!(
            "  Appendix {}: {} was disqualified ({}); {taken}.",
            item.number, item.excluded, item.reason
        ))?;
    }
    if let Some(left_out) = &receipt.beacon_left_out {
        out(&format!(
            "A beacon had been announced and was left out by {}: {}",
            left_out.actor, left_out.reason
        ))?;
    }
    statements(&receipt.proves, &receipt.does_not_prove)?;
    out("Compare the seed hash and the list hash with those that were published before the draw.")
}

fn chances(receipt: &ChanceReceipt) -> anyhow::Result<()> {
    receipt.verify()?;
    let (tries, wins) = (receipt.tries.len(), receipt.wins());
    out(&format!("The receipt holds: thrown again for {tries} tries, the same {} win.", wins.len()))?;
    for win in wins {
        out(&format!("  {} wins {} with {:?} ({} in {})", win.subject, win.name, win.key, win.wins, win.of))?;
    }
    statements(&receipt.proves, &receipt.does_not_prove)?;
    out("Compare the seed hash and the list hash with those that were published.")
}

fn statements(proves: &[String], does_not_prove: &[String]) -> anyhow::Result<()> {
    out("It proves:")?;
    proves.iter().try_for_each(|sentence| out(&format!("  {sentence}")))?;
    out("It does not prove:")?;
    does_not_prove.iter().try_for_each(|sentence| out(&format!("  {sentence}")))
}
