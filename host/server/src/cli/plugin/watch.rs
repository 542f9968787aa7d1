//! Which files of a folder have changed since somebody looked last.
//!
//! A rule's folder has some dozens of files: looking at their times five times a second costs nothing, and works on network
//! drives and in containers, too, where a kernel tells nothing of changes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime},
};

/// How often the folder is looked at, and how long it has to be still before a change counts: editors write in steps.
const LOOK_EVERY: Duration = Duration::from_millis(200);
const STILL_FOR: Duration = Duration::from_millis(60);
/// Folders that tools fill.
const NOT_SOURCE: [&str; 5] = ["target", "node_modules", "dist", "build", "__pycache__"];
/// Ends of names that tools and editors write.
const NOT_SOURCE_ENDS: [&str; 6] = ["Cargo.lock", "package-lock.json", ".snap.new", ".swp", ".tmp", "~"];
/// Files beyond are not looked at: this is no rule's folder.
const FILES_MAX: usize = 5_000;

type Times = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// A folder that is watched.
pub(super) struct Watch {
    folder: PathBuf,
    times: Times,
}

impl Watch {
    /// From now on.
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), times: times(folder) }
    }

    /// What has changed, come or gone since the last look.
    pub(super) fn changed(&mut self) -> Vec<PathBuf> {
        let now = times(&self.folder);
        let of = |times: &Times, path: &PathBuf| times.get(path).copied();
        let mut changed: Vec<PathBuf> = now.keys().chain(self.times.keys()).cloned().collect();
        changed.retain(|path| of(&now, path) != of(&self.times, path));
        changed.sort();
        changed.dedup();
        self.times = now;
        changed
    }

    /// Waits for a change and until it is whole; nothing if `stop` says so before.
    pub(super) fn wait(&mut self, stop: impl Fn() -> bool) -> Option<Vec<PathBuf>> {
        loop {
            if stop() {
                return None;
            }
            let mut changed = self.changed();
            if changed.is_empty() {
                thread::sleep(LOOK_EVERY);
                continue;
            }
            loop {
                thread::sleep(STILL_FOR);
                let more = self.changed();
                if more.is_empty() {
                    break;
                }
                changed.extend(more);
            }
            changed.sort();
            changed.dedup();
            return Some(changed);
        }
    }
}

fn times(folder: &Path) -> Times {
    let mut found = Times::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') || NOT_SOURCE_ENDS.iter().any(|end| name.ends_with(end)) {
                continue;
            }
            let Ok(about) = entry.metadata() else { continue };
            if about.is_dir() {
                if !NOT_SOURCE.contains(&&*name) {
                    folders.push(entry.path());
                }
            } else if found.len() < FILES_MAX {
                found.insert(entry.path(), (about.modified().ok(), about.len()));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_comes_or_goes_is_seen_and_what_tools_write_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["src", "target/debug", ".git", "texts"] {
            fs::create_dir_all(at(name)).expect("folders");
        }
        fs::write(at("src/lib.rs"), "1").expect("written");
        fs::write(at("texts/en.ftl"), "1").expect("written");
        let mut watch = Watch::new(folder.path());
        assert_eq!(watch.changed(), Vec::<PathBuf>::new());
        fs::write(at("src/lib.rs"), "22").expect("written");
        for name in ["target/debug/x", ".git/index", "Cargo.lock", "src/lib.rs~", "src/a.snap.new"] {
            fs::write(at(name), "x").expect("written");
        }
        assert_eq!(watch.changed(), [at("src/lib.rs")]);
        fs::remove_file(at("texts/en.ftl")).expect("removed");
        fs::write(at("src/new.rs"), "").expect("written");
        assert_eq!(watch.wait(|| false), Some(vec![at("src/new.rs"), at("texts/en.ftl")]));
        assert_eq!(watch.wait(|| true), None);
    }
}
