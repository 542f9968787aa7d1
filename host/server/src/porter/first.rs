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
pub struct Code {
    code: String,
    path: PathBuf,
}

// Written by hand: whoever has it makes themselves an admin.
impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Code(…)")
    }
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
        self.first
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .is_some_and(|first| first.is(given))
    }

    /// Takes the code, if this is it: of two who send it at the same time one makes an admin. Whoever has taken it uses
    /// it up, or puts it back.
    pub fn take_first_code(&self, given: &str) -> Option<Code> {
        self.first.lock().unwrap_or_else(PoisonError::into_inner).take_if(|first| first.is(given))
    }

    /// Puts a code back with which nothing was made.
    pub fn put_back_first_code(&self, code: Code) {
        *self.first.lock().unwrap_or_else(PoisonError::into_inner) = Some(code);
    }
}

impl Code {
    fn is(&self, given: &str) -> bool {
        let plain = |text: &str| {
            text.chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_lowercase())
                .collect::<String>()
        };
        is_same(&plain(&self.code), &plain(given))
    }

    /// There is an admin: the file goes.
    pub fn use_up(self) {
        if let Err(error) = remove(&self.path) {
            tracing::warn!(%error, path = %self.path.display(), "the used code of the first start can't be removed");
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
        assert!(porter.take_first_code(&code).is_none() && porter.is_first_code(&again));
        let taken = porter.take_first_code(&again).unwrap();
        assert!(porter.take_first_code(&again).is_none(), "taken once");
        porter.put_back_first_code(taken);
        porter.take_first_code(&again).unwrap().use_up();
        assert!(!path.exists() && !porter.is_first_code(&again));
        assert!(porter.open_first_start(&store, dir.path()).unwrap().is_none());
    }
}
