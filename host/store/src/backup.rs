//! Backup and restore: an export of our own, checksummed from its first to its last byte.
//!
//! Layout, numbers big-endian: magic and version (8), commit (8), taken at (8), then one record per pair in rising
//! order — key length (4, never 0), value length (4), key, value — then a zero (4), the count of pairs (8) and the
//! BLAKE3 of all bytes before it (32).

use std::{
    fs,
    io::{self, Read, Write},
    path::{Path, PathBuf},
};

use plaudit_core::Millis;

use crate::{
    BackupInfo, Batch, CommitNumber, Op, STORED_KEY_BYTES_MAX, STORED_VALUE_BYTES_MAX, Store, StoreError,
    family::tags,
    sled::{OpenError, SledStore},
};

const MAGIC: &[u8; 8] = b"PLDBAK\0\x01";
/// Pairs read, or restored, at a time.
const CHUNK_PAIRS: usize = 256;
/// Cache while restoring, in bytes.
const RESTORE_CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// Why there is no backup, or nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The other side of the stream failed.
    #[error("reading or writing the backup failed: {0}; check the disk and try again")]
    Io(#[from] io::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The new store could not be made.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The file is no backup, or not this one any more.
    #[error("this is no whole backup: {0}; nothing was restored, take another copy of it")]
    Damaged(String),
    /// There is something already.
    #[error("{0} is not empty; restore into an empty or new folder, and move it into place afterwards")]
    NotEmpty(PathBuf),
}

/// Writes the whole store. Writers wait meanwhile, readers don't: what is written is one state. `to` should be fast
/// (a local file); buffer it.
///
/// # Errors
/// What was written so far is then no backup, and [`restore`] says so.
pub fn export(store: &SledStore, to: &mut dyn Write, taken_at: Millis) -> Result<BackupInfo, BackupError> {
    store.with_paused_writers(|paused, commit| export_paused(paused, commit, to, taken_at))
}

fn export_paused(
    store: &dyn Store,
    commit: CommitNumber,
    to: &mut dyn Write,
    taken_at: Millis,
) -> Result<BackupInfo, BackupError> {
    let mut out = Hashed { inner: to, hasher: blake3::Hasher::new() };
    out.write_all(MAGIC)?;
    out.write_all(&commit.to_be_bytes())?;
    out.write_all(&taken_at.to_be_bytes())?;
    let mut keys = 0u64;
    let mut from = vec![tags::HEAD + 1];
    loop {
        let pairs = store.scan(&from, &[u8::MAX; 64], CHUNK_PAIRS)?;
        for (key, value) in &pairs {
            out.write_all(&(key.len() as u32).to_be_bytes())?;
            out.write_all(&(value.len() as u32).to_be_bytes())?;
            out.write_all(key)?;
            out.write_all(value)?;
            keys += 1;
        }
        let Some((mut last, _)) = pairs.into_iter().next_back() else { break };
        last.push(0);
        from = last;
    }
    out.write_all(&0u32.to_be_bytes())?;
    out.write_all(&keys.to_be_bytes())?;
    let hash = out.hasher.finalize();
    out.inner.write_all(hash.as_bytes())?;
    out.inner.flush()?;
    Ok(BackupInfo { commit, taken_at, keys })
}

/// Makes a store of a backup, in a folder that is empty or new. Commits are counted from 1 again.
///
/// # Errors
/// For anything but a whole backup; the folder is then as it was.
pub fn restore(from: &mut dyn Read, path: &Path) -> Result<BackupInfo, BackupError> {
    if path.exists() && fs::read_dir(path)?.next().is_some() {
        return Err(BackupError::NotEmpty(path.to_owned()));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".restoring");
    let half_done = path.with_file_name(name);
    if half_done.exists() {
        // Left over from a restore that was killed: nobody else writes there.
        fs::remove_dir_all(&half_done)?;
    }
    match restore_into(from, &half_done) {
        Ok(info) => {
            if path.exists() {
                fs::remove_dir(path)?;
            }
            fs::rename(&half_done, path)?;
            let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            fs::File::open(parent)?.sync_all()?;
            Ok(info)
        }
        Err(error) => {
            let _ = fs::remove_dir_all(&half_done);
            Err(error)
        }
    }
}

fn restore_into(from: &mut dyn Read, path: &Path) -> Result<BackupInfo, BackupError> {
    let mut input = Hashed { inner: from, hasher: blake3::Hasher::new() };
    if input.bytes::<8>()? != *MAGIC {
        return Err(BackupError::Damaged("it does not begin as a backup of this version does".into()));
    }
    let commit = u64::from_be_bytes(input.bytes()?);
    let taken_at = i64::from_be_bytes(input.bytes()?);
    let store = SledStore::open(path, RESTORE_CACHE_BYTES)?;
    let mut batch = Batch::default();
    let mut keys = 0u64;
    let mut before = Vec::new();
    while let Some((key, value)) = input.record()? {
        if key <= before {
            return Err(BackupError::Damaged(format!("record {} is out of order", keys + 1)));
        }
        before.clone_from(&key);
        batch.ops.push(Op::Put(key, value));
        keys += 1;
        if batch.ops.len() == CHUNK_PAIRS {
            store.apply(std::mem::take(&mut batch))?;
        }
    }
    if u64::from_be_bytes(input.bytes()?) != keys {
        return Err(BackupError::Damaged("it says another number of records".into()));
    }
    let hash = input.hasher.finalize();
    let mut stored = [0; 32];
    read_exact(input.inner, &mut stored)?;
    if hash.as_bytes() != &stored || input.inner.read(&mut [0])? != 0 {
        return Err(BackupError::Damaged("its checksum is wrong".into()));
    }
    if !batch.is_empty() {
        store.apply(batch)?;
    }
    store.sync()?;
    Ok(BackupInfo { commit, taken_at, keys })
}

/// A key with its value.
type Pair = (Vec<u8>, Vec<u8>);

/// What goes through it is hashed.
struct Hashed<T> {
    inner: T,
    hasher: blake3::Hasher,
}

impl Hashed<&mut dyn Write> {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.inner.write_all(bytes)
    }
}

impl Hashed<&mut dyn Read> {
    fn bytes<const N: usize>(&mut self) -> Result<[u8; N], BackupError> {
        let mut out = [0; N];
        read_exact(self.inner, &mut out)?;
        self.hasher.update(&out);
        Ok(out)
    }

    fn vec(&mut self, length: u32, max: usize) -> Result<Vec<u8>, BackupError> {
        let length = length as usize;
        if length > max {
            return Err(BackupError::Damaged(format!("a record of {length} bytes is longer than any")));
        }
        let mut out = vec![0; length];
        read_exact(self.inner, &mut out)?;
        self.hasher.update(&out);
        Ok(out)
    }

    /// The next pair; `None` at the end.
    fn record(&mut self) -> Result<Option<Pair>, BackupError> {
        let key_length = u32::from_be_bytes(self.bytes()?);
        if key_length == 0 {
            return Ok(None);
        }
        let value_length = u32::from_be_bytes(self.bytes()?);
        let key = self.vec(key_length, STORED_KEY_BYTES_MAX)?;
        if key[0] <= tags::HEAD {
            return Err(BackupError::Damaged("it holds a key of the store's own".into()));
        }
        Ok(Some((key, self.vec(value_length, STORED_VALUE_BYTES_MAX)?)))
    }
}

fn read_exact(from: &mut dyn Read, out: &mut [u8]) -> Result<(), BackupError> {
    from.read_exact(out).map_err(|e| match e.kind() {
        io::ErrorKind::UnexpectedEof => BackupError::Damaged("its end is missing".into()),
        _ => BackupError::Io(e),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CACHE: u64 = 4 * 1024 * 1024;

    fn all(store: &dyn Store) -> crate::Pairs {
        store.scan(&[0], &[u8::MAX; 64], usize::MAX).unwrap()
    }

    fn filled(path: &Path, keys: u32) -> SledStore {
        let store = SledStore::open(path, CACHE).unwrap();
        let op = |n: u32| {
            Op::Put([&[tags::PEOPLE], n.to_be_bytes().as_slice()].concat(), vec![n as u8; n as usize % 40])
        };
        store.apply(Batch { expect: Vec::new(), ops: (0..keys).map(op).collect() }).unwrap();
        store
    }

    #[test]
    fn a_restored_store_equals() {
        let dir = tempfile::tempdir().unwrap();
        let store = filled(&dir.path().join("a"), 1000);
        let mut backup = Vec::new();
        let info = export(&store, &mut backup, 77).unwrap();
        assert_eq!(info, BackupInfo { commit: 1, taken_at: 77, keys: 1000 });
        let target = dir.path().join("b");
        assert_eq!(restore(&mut backup.as_slice(), &target).unwrap(), info);
        assert_eq!(all(&SledStore::open(&target, CACHE).unwrap()), all(&store));
        assert!(matches!(restore(&mut backup.as_slice(), &target), Err(BackupError::NotEmpty(_))));
    }

    #[test]
    fn a_backup_that_was_changed_or_cut_is_refused_and_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let store = filled(&dir.path().join("a"), 5);
        let mut backup = Vec::new();
        export(&store, &mut backup, 77).unwrap();
        let target = dir.path().join("b");
        let refuse = |bytes: &[u8], what: String| {
            assert!(matches!(restore(&mut &*bytes, &target), Err(BackupError::Damaged(_))), "{what}");
            let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
            assert_eq!(left, ["a"], "{what}");
        };
        for at in 0..backup.len() {
            let mut changed = backup.clone();
            changed[at] ^= 1 << (at % 8);
            refuse(&changed, format!("byte {at}"));
        }
        for length in (0..backup.len()).step_by(7) {
            refuse(&backup[..length], format!("cut at {length}"));
        }
        refuse(&[backup.as_slice(), &[0]].concat(), "one more".into());
    }
}
