use std::{
    fs,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::*;
use crate::{STORED_VALUE_BYTES_MAX, family::tags::PEOPLE};

const CACHE: u64 = 4 * 1024 * 1024;

fn open(path: &Path) -> SledStore {
    SledStore::open(path, CACHE).unwrap()
}

fn refusal(path: &Path) -> OpenError {
    SledStore::open(path, CACHE).expect_err("must refuse")
}

fn put(key: &str, value: &str) -> Batch {
    let mut whole = vec![PEOPLE];
    whole.extend_from_slice(key.as_bytes());
    Batch { expect: Vec::new(), ops: vec![Op::Put(whole, value.into())] }
}

fn read(store: &SledStore, key: &str) -> Option<String> {
    let mut whole = vec![PEOPLE];
    whole.extend_from_slice(key.as_bytes());
    store.get(&whole).unwrap().map(|v| String::from_utf8(v).unwrap())
}

/// A store with `commits` synced commits, closed.
fn closed_store(folder: &Path, commits: u64) {
    let store = open(folder);
    for number in 1..=commits {
        assert_eq!(store.apply(put("k", &number.to_string())).unwrap(), number);
        store.sync().unwrap();
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn flip(path: PathBuf, at: u64) {
    let file = fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    let mut byte = [0];
    file.read_exact_at(&mut byte, at).unwrap();
    file.write_all_at(&[byte[0] ^ 1], at).unwrap();
}

#[test]
fn a_store_opens_where_it_was_left() {
    let dir = tempfile::tempdir().unwrap();
    closed_store(dir.path(), 3);
    let store = open(dir.path());
    assert_eq!((store.commit_number(), read(&store, "k")), (3, Some("3".into())));
    assert_eq!(store.apply(put("k", "4")).unwrap(), 4);
    drop(store);
    // Not synced, but there: a store may be ahead of its head file.
    let store = open(dir.path());
    assert_eq!((store.commit_number(), read(&store, "k")), (4, Some("4".into())));
}

#[test]
fn a_second_opener_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let _store = open(dir.path());
    assert!(matches!(refusal(dir.path()), OpenError::InUse { .. }));
}

#[test]
fn a_store_behind_its_head_is_refused_and_says_how_to_restore() {
    let dir = tempfile::tempdir().unwrap();
    let (store, old) = (dir.path().join("store"), dir.path().join("old"));
    closed_store(&store, 3);
    copy_folder(&store.join("sled"), &old);
    let reopened = open(&store);
    reopened.apply(put("k", "4")).unwrap();
    reopened.sync().unwrap();
    drop(reopened);
    fs::remove_dir_all(store.join("sled")).unwrap();
    copy_folder(&old, &store.join("sled"));
    let error = refusal(&store);
    assert!(matches!(error, OpenError::Behind { found: 3, promised: 4, .. }), "{error}");
    assert!(error.to_string().contains("plaudit store restore"));
    // A store whose data are gone altogether is behind as well.
    fs::remove_dir_all(store.join("sled")).unwrap();
    assert!(matches!(refusal(&store), OpenError::Behind { found: 0, promised: 4, .. }));
}

#[test]
fn another_history_of_the_same_length_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (dir.path().join("one"), dir.path().join("other"));
    closed_store(&one, 2);
    let store = open(&other);
    store.apply(put("k", "x")).unwrap();
    store.apply(put("k", "y")).unwrap();
    store.sync().unwrap();
    drop(store);
    fs::copy(one.join("head"), other.join("head")).unwrap();
    assert!(matches!(refusal(&other), OpenError::OtherHistory { number: 2, .. }));
}

#[test]
fn one_damaged_slot_leaves_the_other_and_two_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    for slot in [0, 4096] {
        let path = dir.path().join(slot.to_string());
        closed_store(&path, 4);
        flip(path.join("head"), slot + 20);
        let store = open(&path);
        assert_eq!((store.commit_number(), read(&store, "k")), (4, Some("4".into())));
        // What is synced from now on counts, wherever it is written.
        store.apply(put("k", "5")).unwrap();
        store.sync().unwrap();
        drop(store);
        let (_, reading) = HeadFile::open(&path.join("head")).unwrap();
        assert!(matches!(reading, head::Reading::At { head, .. } if head.number == 5), "{reading:?}");
        assert_eq!(open(&path).commit_number(), 5);
    }
    let path = dir.path().join("both");
    closed_store(&path, 4);
    flip(path.join("head"), 20);
    flip(path.join("head"), 4096 + 20);
    assert!(matches!(refusal(&path), OpenError::NoHead { state: "damaged", found: 4, .. }));
    fs::remove_file(path.join("head")).unwrap();
    assert!(matches!(refusal(&path), OpenError::NoHead { state: "missing", found: 4, .. }));
}

#[test]
fn a_creation_that_was_interrupted_is_finished() {
    let dir = tempfile::tempdir().unwrap();
    drop(open(dir.path()));
    fs::remove_file(dir.path().join("head")).unwrap();
    let store = open(dir.path());
    assert_eq!(store.commit_number(), 0);
    assert!(dir.path().join("head").exists());
}

#[test]
fn sled_files_that_were_flipped_never_open_as_an_older_state() {
    let dir = tempfile::tempdir().unwrap();
    let whole = dir.path().join("whole");
    closed_store(&whole, 40);
    let data = fs::read(whole.join("sled/db")).unwrap();
    let used = data.iter().rposition(|b| *b != 0).unwrap();
    for step in 0..24 {
        let path = dir.path().join(step.to_string());
        copy_folder(&whole, &path);
        flip(path.join("sled/db"), (used * step / 24) as u64);
        if let Ok(store) = SledStore::open(&path, CACHE) {
            assert_eq!(
                (store.commit_number(), read(&store, "k")),
                (40, Some("40".into())),
                "byte {}",
                used * step / 24
            );
        }
    }
}

#[test]
fn callers_at_the_same_time_share_their_flushes() {
    let dir = tempfile::tempdir().unwrap();
    let store = Arc::new(open(dir.path()));
    let writers: Vec<_> = (0..8)
        .map(|writer| {
            let store = store.clone();
            std::thread::spawn(move || {
                for number in 0..20 {
                    let commit = store.apply(put(&format!("{writer}-{number}"), "x")).unwrap();
                    store.sync().unwrap();
                    assert!(store.durable().number >= commit);
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let (_, reading) = HeadFile::open(&dir.path().join("head")).unwrap();
    assert!(matches!(reading, head::Reading::At { head, damaged: false, .. } if head == *store.read_head()));
    assert_eq!(store.commit_number(), 160);
}

#[test]
fn large_values_stay_in_the_data_file() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    for number in 0..200u32 {
        let mut key = vec![PEOPLE];
        key.extend_from_slice(&number.to_be_bytes());
        let value = vec![7; STORED_VALUE_BYTES_MAX];
        store.apply(Batch { expect: Vec::new(), ops: vec![Op::Put(key, value)] }).unwrap();
    }
    store.sync().unwrap();
    // sled never fsyncs what it writes there.
    assert_eq!(fs::read_dir(dir.path().join("sled/blobs")).unwrap().count(), 0);
    drop(store);
    let store = open(dir.path());
    assert_eq!(store.scan(&[PEOPLE], &[PEOPLE + 1], 999).unwrap().len(), 200);
}

#[test]
fn paused_writers_wait_and_readers_do_not() {
    let dir = tempfile::tempdir().unwrap();
    let store = Arc::new(open(dir.path()));
    store.apply(put("k", "1")).unwrap();
    let writer = store.with_paused_writers(|paused, _| {
        let shared = store.clone();
        let writer = std::thread::spawn(move || shared.apply(put("k", "2")).unwrap());
        assert_eq!(read(&store, "k"), Some("1".into()));
        assert_eq!(paused.scan(&[PEOPLE], &[PEOPLE + 1], 9).unwrap().len(), 1);
        assert!(paused.apply(put("k", "3")).is_err());
        assert!(!writer.is_finished());
        writer
    });
    assert_eq!(writer.join().unwrap(), 2);
    assert_eq!(read(&store, "k"), Some("2".into()));
}
