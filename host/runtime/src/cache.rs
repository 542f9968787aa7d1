//! Compiled rules on disk. What lies here is run as native code: hence the private directory and the MAC.

use std::{
    fs::{self, DirBuilder, File, OpenOptions},
    hash::{Hash, Hasher},
    io::{self, Read, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU64, Ordering},
};

use wasmtime::Engine;

use crate::{bounds::COMPILED_BYTES_MAX, error::RuntimeError};

const MAC_BYTES: usize = 32;

/// The directory of compiled rules.
#[derive(Debug)]
pub(crate) struct Cache {
    directory: PathBuf,
    mac_key: [u8; 32],
    /// Stands for the version and the settings of wasmtime and for this CPU.
    engine_hash: String,
}

/// What a look into the cache found.
#[derive(Debug)]
pub(crate) enum Found {
    /// Code that we wrote.
    Compiled(Vec<u8>),
    Nothing,
    /// A file that we did not write or that changed since; why.
    Damaged(String),
}

impl Cache {
    /// Opens or makes the directory; refuses one that others can get at.
    pub(crate) fn open(directory: PathBuf, mac_key: [u8; 32], engine: &Engine) -> Result<Self, RuntimeError> {
        let unusable = |source| RuntimeError::CacheDirectory { directory: directory.clone(), source };
        DirBuilder::new().recursive(true).mode(0o700).create(&directory).map_err(unusable)?;
        let metadata = fs::symlink_metadata(&directory).map_err(unusable)?;
        let not_private = |problem: String, remedy: String| {
            Err(RuntimeError::CacheNotPrivate { directory: directory.clone(), problem, remedy })
        };
        if !metadata.is_dir() {
            return not_private("is a link, not a directory".into(), "name the directory itself".into());
        }
        let user = rustix::process::geteuid().as_raw();
        if metadata.uid() != user {
            let problem = format!("belongs to user {} and the server runs as {user}", metadata.uid());
            return not_private(problem, format!("run `chown {user} {}`", directory.display()));
        }
        if metadata.mode() & 0o077 != 0 {
            let problem = format!("has mode {:03o}, open to others", metadata.mode() & 0o777);
            return not_private(problem, format!("run `chmod 700 {}`", directory.display()));
        }
        let mut hasher = HashOfEngine(blake3::Hasher::new());
        engine.precompile_compatibility_hash().hash(&mut hasher);
        let engine_hash = hasher.0.finalize().to_hex()[..16].to_owned();
        Ok(Self { directory, mac_key, engine_hash })
    }

    /// The compiled code of a component.
    pub(crate) fn find(&self, digest: &str) -> Found {
        let path = self.path(digest);
        match read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Found::Nothing,
            Err(error) => Found::Damaged(format!("{} can't be read: {error}", path.display())),
            Ok(mut bytes) => {
                let Some((mac, code)) = bytes.split_at_checked(MAC_BYTES) else {
                    return Found::Damaged(format!("{} has {} bytes only", path.display(), bytes.len()));
                };
                // blake3::Hash compares in constant time.
                if blake3::Hash::from_slice(mac).is_ok_and(|mac| mac == self.mac(digest, code)) {
                    bytes.drain(..MAC_BYTES);
                    Found::Compiled(bytes)
                } else {
                    Found::Damaged(format!(
                        "{} was not written by this server or has changed since",
                        path.display()
                    ))
                }
            }
        }
    }

    /// Keeps the compiled code: the whole file appears at once, or not at all.
    pub(crate) fn keep(&self, digest: &str, code: &[u8]) -> io::Result<()> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let unfinished = self.directory.join(format!("{digest}.{}.{number}.new", process::id()));
        let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished).and_then(
            |mut file| {
                file.write_all(self.mac(digest, code).as_bytes())?;
                file.write_all(code)
            },
        );
        let kept = written.and_then(|()| fs::rename(&unfinished, self.path(digest)));
        if kept.is_err() {
            // The first error is the one to tell.
            let _ = fs::remove_file(&unfinished);
        }
        kept
    }

    fn path(&self, digest: &str) -> PathBuf {
        self.directory.join(format!("{digest}-{}.cwasm", self.engine_hash))
    }

    /// Over the name, too: a good file must not serve under another name.
    fn mac(&self, digest: &str, code: &[u8]) -> blake3::Hash {
        let mut mac = blake3::Hasher::new_keyed(&self.mac_key);
        mac.update(digest.as_bytes())
            .update(b"-")
            .update(self.engine_hash.as_bytes())
            .update(b":")
            .update(code);
        mac.finalize()
    }
}

/// Reads a whole file that may not be larger than compiled code gets.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let length_max = (COMPILED_BYTES_MAX + MAC_BYTES) as u64;
    File::open(path)?.take(length_max + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > length_max {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("more than {length_max} bytes")));
    }
    Ok(bytes)
}

/// Lets BLAKE3 do what `Hash` wants: the same on every start, unlike the standard library's.
struct HashOfEngine(blake3::Hasher);

impl Hasher for HashOfEngine {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let hash = self.0.finalize();
        let (first, _) = hash.as_bytes().split_at(8);
        first.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn cache(directory: &Path, key: u8) -> Cache {
        let engine = crate::engine::engine().expect("engine");
        Cache::open(directory.join("cache"), [key; 32], &engine).expect("cache")
    }

    #[test]
    fn what_was_kept_is_found_and_nothing_else() {
        let folder = tempfile::tempdir().expect("folder");
        let cache = cache(folder.path(), 1);
        assert!(matches!(cache.find("aa"), Found::Nothing));
        cache.keep("aa", b"code").expect("kept");
        assert!(matches!(cache.find("aa"), Found::Compiled(code) if code == b"code"));
        fs::rename(cache.path("aa"), cache.path("bb")).expect("renamed");
        assert!(matches!(cache.find("bb"), Found::Damaged(_)), "another rule's code was taken");
    }

    #[test]
    fn every_changed_byte_and_another_key_are_noticed() {
        let folder = tempfile::tempdir().expect("folder");
        let first = cache(folder.path(), 1);
        first.keep("aa", b"code").expect("kept");
        let path = first.path("aa");
        let good = fs::read(&path).expect("read");
        for index in 0..good.len() {
            let mut bad = good.clone();
            bad[index] ^= 1;
            fs::write(&path, &bad).expect("written");
            assert!(matches!(first.find("aa"), Found::Damaged(_)), "byte {index}");
        }
        fs::write(&path, &good[..10]).expect("written");
        assert!(matches!(first.find("aa"), Found::Damaged(_)), "cut off");
        fs::write(&path, &good).expect("written");
        assert!(matches!(cache(folder.path(), 2).find("aa"), Found::Damaged(_)), "another key");
        assert!(matches!(first.find("aa"), Found::Compiled(_)));
    }

    #[test]
    fn a_directory_open_to_others_is_refused() {
        let folder = tempfile::tempdir().expect("folder");
        let directory = folder.path().join("cache");
        let engine = crate::engine::engine().expect("engine");
        Cache::open(directory.clone(), [0; 32], &engine).expect("made");
        assert_eq!(fs::metadata(&directory).expect("metadata").mode() & 0o777, 0o700);
        for mode in [0o755, 0o770, 0o701] {
            fs::set_permissions(&directory, fs::Permissions::from_mode(mode)).expect("chmod");
            let message =
                Cache::open(directory.clone(), [0; 32], &engine).expect_err("open to others").to_string();
            assert!(message.contains("chmod 700"), "{message}");
        }
        fs::set_permissions(&directory, fs::Permissions::from_mode(0o700)).expect("chmod");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&directory, &link).expect("link");
        assert!(matches!(Cache::open(link, [0; 32], &engine), Err(RuntimeError::CacheNotPrivate { .. })));
    }
}
