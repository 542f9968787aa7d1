//! `plaudit store`: verify, back up, restore. The server must be stopped: one process at a time opens a store.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use clap::Subcommand;
use plaudit_store::{backup, sled::SledStore, verify};

use super::{ConfigArgs, is_new, out};
use crate::{clock::Clock, config::Config};

/// Verify, back up and restore a store.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    config: ConfigArgs,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Read every key and check what belongs together: journal, ledger, pages.
    Verify,
    /// Write the whole store to a file. The keys in secrets_dir are not in it: copy them to another place.
    Backup {
        /// A new file.
        to: PathBuf,
    },
    /// Make a new store of a backup, in store.path, which must be empty.
    Restore {
        /// A file that `plaudit store backup` wrote.
        from: PathBuf,
    },
}

/// Does it.
///
/// # Errors
/// What failed, and the next step.
pub fn run(args: Args) -> anyhow::Result<()> {
    let config = args.config.load()?;
    match args.what {
        What::Verify => verify_store(&config),
        What::Backup { to } => back_up(&config, &to),
        What::Restore { from } => restore(&config, &from),
    }
}

/// Opens the store that is there; never makes one.
pub(super) fn open(config: &Config) -> anyhow::Result<SledStore> {
    let path = &config.store.path;
    ensure!(
        !is_new(path),
        "there is no store in {}; `plaudit serve` makes one, --config says where",
        path.display()
    );
    Ok(SledStore::open(path, config.store.cache_mb * 1024 * 1024)?)
}

fn verify_store(config: &Config) -> anyhow::Result<()> {
    let report = verify::verify(&open(config)?)?;
    for (family, keys) in &report.keys {
        out(&format!("{keys:>12}  {family}"))?;
    }
    out(&format!("{} journal blocks, {} ledger rows", report.blocks, report.ledger_rows))?;
    for fault in &report.faults {
        out(&format!("FAULT: {fault}"))?;
    }
    let faults = report.faults.len();
    ensure!(
        faults == 0,
        "{faults} faults; keep the folder for study and restore the last backup: `plaudit store restore`"
    );
    out("The store is sound.")
}

fn back_up(config: &Config, to: &Path) -> anyhow::Result<()> {
    let store = open(config)?;
    let file =
        File::create_new(to).with_context(|| format!("{} can't be made; name a new file", to.display()))?;
    let mut writer = BufWriter::new(file);
    let done = backup::export(&store, &mut writer, Clock::system().now());
    let synced = done.map_err(anyhow::Error::from).and_then(|info| {
        writer.flush()?;
        writer.get_ref().sync_all()?;
        Ok(info)
    });
    match synced {
        Ok(info) => out(&format!("{}: {} keys, as of commit {}", to.display(), info.keys, info.commit)),
        Err(error) => {
            // Half a backup must not look like one.
            fs::remove_file(to).with_context(|| format!("{} is half a backup: remove it", to.display()))?;
            Err(error)
        }
    }
}

fn restore(config: &Config, from: &Path) -> anyhow::Result<()> {
    let file = File::open(from).with_context(|| format!("{} can't be read", from.display()))?;
    let info = backup::restore(&mut BufReader::new(file), &config.store.path)?;
    out(&format!("{}: {} keys restored", config.store.path.display(), info.keys))?;
    let secrets = config.store.secrets_dir.display();
    out(&format!("Before `plaudit serve`, put id.key, draw.key and mac.key of that time into {secrets}."))
}
