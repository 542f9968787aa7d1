//! Where compiled code is kept between two calls of the tool.
//!
//! An interpreter takes many seconds to compile, and a rule in TypeScript or Python brings one along: its compiled code is
//! kept in the user's own cache. What cargo compiled is small: that is gone afterwards.

use std::{
    env, fs,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::Context;
use plaudit_core::limits::COMPONENT_BYTES_MAX;
use tempfile::TempDir;

use crate::config::secrets;

/// Compiled components that are kept, each about 40 MB; the oldest goes first.
const KEPT_MAX: usize = 8;
/// The file of the key, beside the folder of compiled code.
const KEY: &str = "compiled.key";

/// A folder for compiled code, and the key that it is read with.
pub(super) enum Cache {
    /// Nobody else reads it, and it is not read again.
    Once(TempDir),
    /// The user's own, or that of the program that started this one, with a key that only they can read.
    Kept(PathBuf, [u8; secrets::KEY_BYTES]),
}

impl Cache {
    /// For a component of that many bytes.
    pub(super) fn for_component(bytes: usize) -> anyhow::Result<Self> {
        if bytes > COMPONENT_BYTES_MAX
            && let Some(kept) = user_folder().and_then(|folder| Self::kept(&folder))
        {
            return Ok(kept);
        }
        Ok(Self::Once(tempfile::tempdir().context("there is no folder for compiled code")?))
    }

    /// None if the folder can't be used: then everything is compiled each time, which only takes longer.
    fn kept(folder: &Path) -> Option<Self> {
        let compiled = folder.join("compiled");
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&compiled).ok()?;
        let key = secrets::key(&folder.join(KEY), true).ok()?;
        forget_oldest(&compiled);
        Some(Self::Kept(compiled, key))
    }

    /// That of the program that started this one: its key lies beside it if it is kept.
    pub(super) fn of_parent(folder: PathBuf) -> Self {
        let key = folder.parent().and_then(|parent| secrets::key(&parent.join(KEY), false).ok());
        Self::Kept(folder, key.unwrap_or_default())
    }

    pub(super) fn folder(&self) -> PathBuf {
        match self {
            Self::Once(folder) => folder.path().join("compiled"),
            Self::Kept(folder, _) => folder.clone(),
        }
    }

    pub(super) fn mac_key(&self) -> [u8; secrets::KEY_BYTES] {
        match self {
            Self::Once(_) => [0; secrets::KEY_BYTES],
            Self::Kept(_, key) => *key,
        }
    }
}

/// `PLAUDIT_CACHE`, or `plaudit` in the user's cache.
fn user_folder() -> Option<PathBuf> {
    let named = env::var_os("PLAUDIT_CACHE").map(PathBuf::from);
    let of_user = || {
        let xdg = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let home = || env::var_os("HOME").map(|home| Path::new(&home).join(".cache"));
        xdg.or_else(home).map(|cache| cache.join("plaudit"))
    };
    named.or_else(of_user)
}

/// Makes room for one more.
fn forget_oldest(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<(SystemTime, PathBuf)> =
        entries.filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()))).collect();
    files.sort();
    for (_, file) in files.iter().rev().skip(KEPT_MAX - 1) {
        // What can't be removed takes space, and nothing else.
        let _ = fs::remove_file(file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_has_one_key_and_a_bound() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = Cache::kept(folder.path()).expect("kept");
        for n in 0..2 * KEPT_MAX {
            fs::write(first.folder().join(format!("{n}.cwasm")), "code").expect("written");
        }
        let second = Cache::kept(folder.path()).expect("kept");
        assert_eq!(first.mac_key(), second.mac_key());
        assert_ne!(first.mac_key(), [0; secrets::KEY_BYTES]);
        assert_eq!(
            first.mac_key(),
            Cache::of_parent(first.folder()).mac_key(),
            "a child reads what was kept"
        );
        assert_eq!(fs::read_dir(second.folder()).expect("read").count(), KEPT_MAX - 1);
    }

    #[test]
    fn what_is_small_is_not_kept() {
        let once = Cache::for_component(1000).expect("a folder");
        assert!(matches!(once, Cache::Once(_)));
        assert_eq!(once.mac_key(), Cache::of_parent(once.folder()).mac_key());
    }
}
