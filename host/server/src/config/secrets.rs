//! Keys that live outside the store, so that no backup of it holds them.

use std::{
    fs,
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// A key, in bytes.
pub const KEY_BYTES: usize = 32;

/// The three keys of a house.
#[derive(Clone, PartialEq, Eq)]
pub struct Secrets {
    /// Makes opaque agent ids of external ones.
    pub id_key: [u8; KEY_BYTES],
    /// Makes the seeds of draws.
    pub draw_key: [u8; KEY_BYTES],
    /// Signs links and sessions.
    pub mac_key: [u8; KEY_BYTES],
}

// Written by hand: keys are never printed.
impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Why the keys can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// A key is gone while the store is not new.
    #[error(
        "{0} is missing, but the store is not new: with another key agents of new events would be strangers and draws \
         could not be checked; put the file back from your backup of the secrets directory"
    )]
    Missing(PathBuf),
    /// The file holds something else.
    #[error("{0} does not hold 64 hexadecimal digits; put it back from your backup of the secrets directory")]
    Malformed(PathBuf),
    /// The disk said no.
    #[error("{path} can't be read or written: {error}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

impl Secrets {
    /// Reads the keys; makes those that are missing if `may_create` (the store is new).
    ///
    /// # Errors
    /// A missing key of a store that is not new, a malformed file, a disk that says no.
    pub fn load(dir: &Path, may_create: bool) -> Result<Self, SecretsError> {
        if may_create {
            fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(|e| io(dir, e))?;
        }
        Ok(Self {
            id_key: key(&dir.join("id.key"), may_create)?,
            draw_key: key(&dir.join("draw.key"), may_create)?,
            mac_key: key(&dir.join("mac.key"), may_create)?,
        })
    }
}

/// Writes a file that only its owner can read, durably; fails if it is there.
///
/// # Errors
/// The disk says no.
pub fn write_private(path: &Path, text: &str) -> Result<(), SecretsError> {
    let write = || -> std::io::Result<()> {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        // The name must survive a power cut as well.
        fs::File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
    };
    write().map_err(|e| io(path, e))
}

/// Reads a key, or makes it if it is missing and `may_create`.
pub(crate) fn key(path: &Path, may_create: bool) -> Result<[u8; KEY_BYTES], SecretsError> {
    match fs::read_to_string(path) {
        Ok(text) => parse(text.trim()).ok_or_else(|| SecretsError::Malformed(path.to_owned())),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && may_create => {
            let key: [u8; KEY_BYTES] = rand::random();
            write_private(path, &format!("{}\n", plaudit_core::hash::hex(&key)))?;
            Ok(key)
        }
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(SecretsError::Missing(path.to_owned())),
        Err(e) => Err(io(path, e)),
    }
}

fn parse(hex: &str) -> Option<[u8; KEY_BYTES]> {
    if hex.len() != 2 * KEY_BYTES || !hex.is_ascii() {
        return None;
    }
    let mut key = [0; KEY_BYTES];
    for (byte, digits) in key.iter_mut().zip(hex.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(key)
}

fn io(path: &Path, error: std::io::Error) -> SecretsError {
    SecretsError::Io { path: path.to_owned(), error }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn keys_are_made_once_and_only_their_owner_reads_them() {
        let dir = tempfile::tempdir().unwrap();
        let secrets = Secrets::load(&dir.path().join("s"), true).unwrap();
        assert_eq!(Secrets::load(&dir.path().join("s"), false).unwrap(), secrets);
        assert_ne!(secrets.id_key, secrets.draw_key);
        for name in ["id.key", "draw.key", "mac.key"] {
            let mode = fs::metadata(dir.path().join("s").join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
    }

    #[test]
    fn a_lost_key_of_an_old_store_is_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        Secrets::load(dir.path(), true).unwrap();
        fs::remove_file(dir.path().join("draw.key")).unwrap();
        assert!(
            matches!(Secrets::load(dir.path(), false), Err(SecretsError::Missing(path)) if path.ends_with("draw.key"))
        );
    }

    #[test]
    fn a_malformed_key_is_named() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("id.key"), "zz").unwrap();
        assert!(
            matches!(Secrets::load(dir.path(), true), Err(SecretsError::Malformed(path)) if path.ends_with("id.key"))
        );
    }
}
