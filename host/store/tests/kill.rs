//! A writer is killed in the middle of its work: what it had said to be durable is there.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use plaudit_store::{Batch, Op, Store, sled::SledStore};

const FOLDER: &str = "PLAUDIT_TEST_STORE_TO_WRITE";
const CACHE: u64 = 4 * 1024 * 1024;
const ROUNDS: u64 = 6;

/// The child: writes commits of several keys until it is killed, and says after each sync what is durable.
#[test]
fn writer() {
    let Some(path) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let store = SledStore::open(&path, CACHE).unwrap();
    loop {
        for _ in 0..5 {
            let next = store.commit_number() + 1;
            store.apply(Batch { expect: Vec::new(), ops: commit(next) }).unwrap();
        }
        store.sync().unwrap();
        use std::io::Write;
        writeln!(std::io::stderr(), "durable {}", store.commit_number()).unwrap();
    }
}

/// A log that grows and a few keys that are written again and again.
fn commit(number: u64) -> Vec<Op> {
    let value = vec![number as u8; (number * 977 % 30_000) as usize];
    let log = Op::Put([&[250], number.to_be_bytes().as_slice()].concat(), value);
    let state = |n: u8| Op::Put(vec![251, n], number.to_be_bytes().to_vec());
    [log].into_iter().chain((0..4).map(state)).collect()
}

/// Lets a child write until it has named `syncs` durable commits, kills it and returns the last one named.
fn write_and_kill(path: &Path, syncs: u64) -> u64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["writer", "--exact", "--nocapture"])
        .env(FOLDER, path)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut durable = 0;
    let lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    for line in lines.filter(|line| line.starts_with("durable ")).take(syncs as usize) {
        durable = line["durable ".len()..].parse().unwrap();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(durable > 0, "the child wrote nothing");
    durable
}

#[test]
fn what_was_synced_survives_a_kill() {
    let dir = tempfile::tempdir().unwrap();
    for round in 1..=ROUNDS {
        let durable = write_and_kill(dir.path(), round * 3);
        let store = SledStore::open(dir.path(), CACHE).unwrap();
        let found = store.commit_number();
        assert!(found >= durable, "commit {durable} was durable, and the store stands at {found}");
        // Whole commits, and all of them up to where it stands.
        let pairs = store.scan(&[250], &[252], usize::MAX).unwrap();
        let expected: Vec<_> =
            (1..=found).map(|n| commit(n).swap_remove(0)).chain(commit(found).into_iter().skip(1)).collect();
        let read: Vec<_> = pairs.into_iter().map(|(key, value)| Op::Put(key, value)).collect();
        assert!(read == expected, "round {round}: the commits up to {found} are not what was written");
    }
}
