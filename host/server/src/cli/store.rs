//! `plaudit store`: verify, back up, restore. The server must be stopped: one process at a time opens a store.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, ensure};
use clap::Subcommand;
use indicatif::{ProgressBar, ProgressStyle};
use plaudit_store::{Store, backup, memory::MemoryStore, sled::SledStore, verify};

use super::{ConfigArgs, is_new, out, serve::compose};
use crate::{
    clock::Clock,
    config::{Config, secrets::Secrets},
    engine::replay::{Replay, ReplayConfig},
};

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
    Verify {
        /// Also rebuild states, awards, ledger and messages from the journal, in memory, and compare.
        #[arg(long)]
        replay: bool,
        /// With --replay: rebuild in this folder, which must be new or empty, not in memory; it is left there.
        #[arg(long, value_name = "FOLDER", requires = "replay")]
        scratch: Option<PathBuf>,
    },
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
        What::Verify { replay: false, .. } => verify_store(&open(&config)?),
        What::Verify { replay: true, scratch } => {
            let store = open(&config)?;
            verify_store(&store)?;
            replay(&config, Arc::new(store), scratch.as_deref())
        }
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

fn verify_store(store: &SledStore) -> anyhow::Result<()> {
    let report = verify::verify(store)?;
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

/// Plays the journal into another store and compares.
fn replay(config: &Config, store: Arc<SledStore>, scratch: Option<&Path>) -> anyhow::Result<()> {
    let secrets = Secrets::load(&config.store.secrets_dir, false)?;
    let rebuilt: Arc<dyn Store> = match scratch {
        Some(folder) => {
            ensure!(is_new(folder), "{} is not empty; name a new folder for --scratch", folder.display());
            Arc::new(SledStore::open(folder, config.store.cache_mb * 1024 * 1024)?)
        }
        None => Arc::new(MemoryStore::default()),
    };
    let quick = ReplayConfig::quick(compose::engine_config(config, &secrets));
    let replay = Replay::new(store, rebuilt, compose::runtime(config, &secrets)?, quick)?;
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} blocks, {eta} left")?;
    let bar = ProgressBar::new(replay.last_block()).with_style(style);
    let findings = replay.verify(&mut |block| bar.set_position(block))?;
    bar.finish_and_clear();
    for (task, block) in &findings.tasks {
        out(&format!("{block:>12}  {task}: replayed up to this block"))?;
    }
    for task in &findings.without_states {
        out(&format!("{task}: it has no checkpoint of this version, so its states were not compared"))?;
    }
    for difference in &findings.differences {
        out(&format!("DIFFERENT: {difference}"))?;
    }
    let count = findings.differences.len();
    ensure!(
        count == 0,
        "{count} kinds of rows are not what the journal comes to; keep the folder for study, look into CHANGELOG.md \
         whether this version settles differently, and restore the last backup if it should not"
    );
    out(&format!("The store is what its {} blocks come to: full hash {}.", findings.blocks, findings.full))
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
