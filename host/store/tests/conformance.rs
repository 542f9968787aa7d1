//! Every store passes the suite.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use plaudit_store::{conformance, memory::MemoryStore, sled::SledStore};

#[test]
fn memory() {
    conformance::run(&|| Arc::new(MemoryStore::default()));
}

#[test]
fn sled() {
    let dir = tempfile::tempdir().unwrap();
    let count = AtomicU32::new(0);
    conformance::run(&|| {
        let path: PathBuf = dir.path().join(count.fetch_add(1, Ordering::Relaxed).to_string());
        Arc::new(SledStore::open(&path, 4 * 1024 * 1024).unwrap())
    });
}
