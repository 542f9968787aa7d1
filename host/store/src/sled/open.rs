//! Opening a store: only if it stands at least where it was promised to stand.

use std::{
    fs::{self, File, OpenOptions},
    io,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    sync::{Condvar, Mutex, RwLock},
    thread,
    time::Duration,
};

use fs2::FileExt;

use super::{
    Durable, SledStore,
    guard::read_head_value,
    head::{Head, HeadFile, Reading},
};
use crate::{CommitNumber, family::tags};

/// sled writes what is larger than a quarter of a segment to a file of its own, which it never fsyncs. A leaf holds up
/// to 20 values of 64 KiB for a moment; a quarter of this is more than that.
const SEGMENT_BYTES: usize = 8 * 1024 * 1024;
/// sled lets go of its file in the background: a store that was just closed may look locked for a moment.
const REOPEN_TRIES: u32 = 100;
const REOPEN_PAUSE: Duration = Duration::from_millis(20);

/// Why a store was not opened. Nothing was written to it, except what sled does when it recovers.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error("the store in {path} is in use by another process; stop that one first")]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The folder can't be read or written.
    #[error("the store in {path} can't be opened: {source}; check that the folder is there and writable")]
    Io {
        /// The folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// sled itself refuses.
    #[error(
        "the data in {path} can't be read ({reason}); keep this folder for study, and restore the last backup into \
         an empty one with `plaudit store restore`"
    )]
    Unreadable {
        /// The folder.
        path: PathBuf,
        /// What sled said.
        reason: String,
    },
    /// Commits that were promised to be durable are gone.
    #[error(
        "the store in {path} stands at commit {found}, but commit {promised} was durable: data has been lost or \
         altered; keep this folder for study, and restore the last backup into an empty one with `plaudit store \
         restore`"
    )]
    Behind {
        /// The folder.
        path: PathBuf,
        /// Last commit that is there.
        found: CommitNumber,
        /// Last commit that the head file names.
        promised: CommitNumber,
    },
    /// Same number, other content.
    #[error(
        "the store in {path} holds another commit {number} than its head file: files of two stores have been mixed; \
         put the right ones together, or restore the last backup with `plaudit store restore`"
    )]
    OtherHistory {
        /// The folder.
        path: PathBuf,
        /// The commit.
        number: CommitNumber,
    },
    /// Data without a readable head file: nobody can tell whether its end is missing.
    #[error(
        "the head file of the store in {path} is {state}, so nobody can tell whether the data are whole (they end at \
         commit {found}); restore the last backup into an empty folder with `plaudit store restore`"
    )]
    NoHead {
        /// The folder.
        path: PathBuf,
        /// `missing` or `damaged`.
        state: &'static str,
        /// Last commit that is there.
        found: CommitNumber,
    },
}

impl SledStore {
    /// Opens the store in a folder, or creates it there.
    ///
    /// # Errors
    /// See [`OpenError`]; a store that may have lost something is never opened.
    pub fn open(path: &Path, cache_bytes: u64) -> Result<Self, OpenError> {
        let failed = |source| OpenError::Io { path: path.to_owned(), source };
        let is_new_folder = !path.exists();
        fs::create_dir_all(path).map_err(failed)?;
        let lock = take_lock(path)?;
        let (mut head_file, reading) = HeadFile::open(&path.join("head")).map_err(failed)?;
        let db = open_sled(path, cache_bytes)?;
        let found = stored_head(&db, path)?;
        check(path, found, &reading)?;
        // sled makes its files without making their names durable.
        for file in [path.join("sled/conf"), path.join("sled/db")] {
            File::open(file).and_then(|f| f.sync_all()).map_err(failed)?;
        }
        for folder in [&path.join("sled/blobs"), &path.join("sled"), path] {
            sync_folder(folder).map_err(failed)?;
        }
        if is_new_folder && let Some(parent) = path.parent() {
            sync_folder(parent).map_err(failed)?;
        }
        if !matches!(reading, Reading::At { head, .. } if head == found) {
            // A new store, or a crash between sled's flush and the head file: what is there is durable from now on.
            head_file.write(found).map_err(failed)?;
        }
        sync_folder(path).map_err(failed)?;
        let data = File::open(path.join("sled/db")).map_err(failed)?;
        Ok(Self {
            db,
            data,
            head: RwLock::new(found),
            durable: Mutex::new(Durable { number: found.number, syncing: false, failed: None }),
            became_durable: Condvar::new(),
            head_file: Mutex::new(head_file),
            _lock: lock,
        })
    }
}

fn take_lock(path: &Path) -> Result<File, OpenError> {
    let failed = |source| OpenError::Io { path: path.to_owned(), source };
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path.join("lock"))
        .map_err(failed)?;
    match FileExt::try_lock_exclusive(&file) {
        Ok(()) => Ok(file),
        Err(e) if e.kind() == fs2::lock_contended_error().kind() => {
            Err(OpenError::InUse { path: path.to_owned() })
        }
        Err(e) => Err(failed(e)),
    }
}

fn open_sled(path: &Path, cache_bytes: u64) -> Result<::sled::Db, OpenError> {
    let unreadable = |reason| OpenError::Unreadable { path: path.to_owned(), reason };
    let config = || {
        ::sled::Config::new()
            .path(path.join("sled"))
            .cache_capacity(cache_bytes)
            .segment_size(SEGMENT_BYTES)
            .mode(::sled::Mode::LowSpace)
            .use_compression(false)
            // Our own group commit is the only one who flushes.
            .flush_every_ms(None)
    };
    let mut tries = 0;
    loop {
        tries += 1;
        let opened = std::panic::catch_unwind(AssertUnwindSafe(|| config().open()))
            .map_err(|_| unreadable("sled panicked while it recovered".into()))?;
        match opened {
            Ok(db) => return Ok(db),
            Err(::sled::Error::Io(e))
                if e.to_string().contains("could not acquire lock") && tries < REOPEN_TRIES =>
            {
                thread::sleep(REOPEN_PAUSE);
            }
            Err(::sled::Error::Io(source)) => return Err(OpenError::Io { path: path.to_owned(), source }),
            Err(e) => return Err(unreadable(e.to_string())),
        }
    }
}

/// The head as sled has it; number 0 for a store without commits.
fn stored_head(db: &::sled::Db, path: &Path) -> Result<Head, OpenError> {
    let unreadable = |reason| OpenError::Unreadable { path: path.to_owned(), reason };
    match db.get([tags::HEAD]).map_err(|e| unreadable(e.to_string()))? {
        Some(bytes) => {
            read_head_value(&bytes).ok_or_else(|| unreadable("its last commit can't be read".into()))
        }
        None if db.is_empty() => Ok(Head::default()),
        None => Err(unreadable("keys without a commit".into())),
    }
}

fn check(path: &Path, found: Head, reading: &Reading) -> Result<(), OpenError> {
    let no_head = |state| OpenError::NoHead { path: path.to_owned(), state, found: found.number };
    match reading {
        Reading::Absent if found.number == 0 => Ok(()),
        Reading::Absent => Err(no_head("missing")),
        Reading::Unreadable if found.number == 0 => Ok(()),
        Reading::Unreadable => Err(no_head("damaged")),
        Reading::At { head, damaged, .. } => {
            if *damaged {
                tracing::warn!(path = %path.display(), "one of two slots of the head file is damaged; the other one counts");
            }
            if found.number < head.number {
                return Err(OpenError::Behind {
                    path: path.to_owned(),
                    found: found.number,
                    promised: head.number,
                });
            }
            if found.number == head.number && found.hash != head.hash {
                return Err(OpenError::OtherHistory { path: path.to_owned(), number: head.number });
            }
            Ok(())
        }
    }
}

fn sync_folder(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path)?.sync_all()
}
