//! The first start: a code that shows that whoever makes the first admin may read the server's files or its output.

use std::{fs, io, path::PathBuf, sync::PoisonError};

use plaudit_store::{Store, StoreError};

use super::{Porter, accounts, is_same};
use crate::config::secrets::{self, SecretsError};

/// Name of the file in `secrets_dir`.
const FILE: &str = "first-start-code";
/// Characters of a code: 100 bits, in groups of five.
const DIGITS: usize = 20;
const ALPHABET: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A code and where it lies.
pub(super) struct Code {
    code: String,
    path: PathBuf,
}

fn fresh() -> String {
    let bytes: [u8; DIGITS] = rand::random();
    let digits: Vec<char> = bytes.iter().map(|b| char::from(ALPHABET[usize::from(b % 32)])).collect();
    digits.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

impl Porter {
    /// Makes a new code if there is no account, and keeps it in a file that only the server's user reads. Returns the
    /// code and where it lies. In a house with accounts it takes an old file away.
    ///
    /// # Errors
    /// The store or the directory can't be used.
    pub fn open_first_start(
        &self,
        store: &dyn Store,
        dir: &std::path::Path,
    ) -> anyhow::Result<Option<(String, PathBuf)>> {
        let path = dir.join(FILE);
        remove(&path)?;
        if !accounts::is_first(store)? {
            return Ok(None);
        }
        let code = fresh();
        secrets::write_private(&path, &format!("{code}\n"))
            .map_err(|error: SecretsError| anyhow::Error::new(error))?;
        *self.first.lock().unwrap_or_else(PoisonError::into_inner) =
            Some(Code { code: code.clone(), path: path.clone() });
        Ok(Some((code, path)))
    }

    /// Whether the first admin can be made by a page.
    ///
    /// # Errors
    /// The store fails.
    pub fn is_first_start(&self, store: &dyn Store) -> Result<bool, StoreError> {
        let has_code = self.first.lock().unwrap_or_else(PoisonError::into_inner).is_some();
        Ok(has_code && accounts::is_first(store)?)
    }

    /// Whether this is the code; dashes, spaces and case don't matter.
    pub fn is_first_code(&self, given: &str) -> bool {
        let plain = |text: &str| {
            text.chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_lowercase())
                .collect::<String>()
        };
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        first.as_ref().is_some_and(|first| is_same(&plain(&first.code), &plain(given)))
    }

    /// Uses the code up.
    pub fn close_first_start(&self) {
        let used = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(Code { path, .. }) = used
            && let Err(error) = remove(&path)
        {
            tracing::warn!(%error, path = %path.display(), "the used code of the first start can't be removed");
        }
    }
}

fn remove(path: &std::path::Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plaudit_core::access::{Grant, Range, Role};
    use plaudit_store::memory::MemoryStore;

    use super::*;
    use crate::{clock::Clock, porter::NoPostman};

    #[test]
    fn the_code_opens_the_first_start_and_no_second_one() {
        let (store, dir) = (MemoryStore::default(), tempfile::tempdir().unwrap());
        let porter = Porter::new(Clock::driven(0), &[1; 32], Arc::new(NoPostman));
        assert!(!porter.is_first_start(&store).unwrap() && !porter.is_first_code(""));
        let (code, path) = porter.open_first_start(&store, dir.path()).unwrap().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap().trim(), code);
        assert!(porter.is_first_start(&store).unwrap());
        assert!(porter.is_first_code(&code) && porter.is_first_code(&code.replace('-', " ").to_uppercase()));
        assert!(!porter.is_first_code("") && !porter.is_first_code(&code[1..]));
        let again = porter.open_first_start(&store, dir.path()).unwrap().unwrap().0;
        assert!(again != code && !porter.is_first_code(&code), "a restart makes a new one");
        let wish = accounts::Wish {
            mail: "ana@example.com".into(),
            name: "Ana".into(),
            locale: "es".into(),
            grants: vec![Grant { role: Role::Admin, range: Range::House }],
            agent: None,
        };
        accounts::create(&store, wish, "first start", 0, None).unwrap();
        assert!(!porter.is_first_start(&store).unwrap());
        porter.close_first_start();
        assert!(!path.exists() && !porter.is_first_code(&again));
        assert!(porter.open_first_start(&store, dir.path()).unwrap().is_none());
    }
}
