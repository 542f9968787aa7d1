//! What every [`Store`] has to do, as one suite: run it over each implementation in its tests.

use std::sync::Arc;

use crate::{Batch, Op, STORED_KEY_BYTES_MAX, STORED_VALUE_BYTES_MAX, Store, StoreError, family::tags};

/// A tag that no family has.
const TAG: u8 = 250;

/// Runs the suite. `fresh` gives a new, empty store at each call.
///
/// # Panics
/// Where a store does not do what it should.
pub fn run(fresh: &dyn Fn() -> Arc<dyn Store>) {
    pairs_come_back_in_order(&*fresh());
    a_later_change_of_a_batch_wins(&*fresh());
    batches_are_numbered_without_gaps(&*fresh());
    a_fence_holds_everything_back(&*fresh());
    what_is_too_large_or_reserved_is_refused(&*fresh());
    batches_are_visible_at_once(&fresh());
    syncs_at_the_same_time_all_return(&fresh());
}

fn key(name: &str) -> Vec<u8> {
    [&[TAG], name.as_bytes()].concat()
}

fn put(name: &str, value: &str) -> Op {
    Op::Put(key(name), value.into())
}

fn apply(store: &dyn Store, ops: Vec<Op>) -> u64 {
    store.apply(Batch { expect: Vec::new(), ops }).expect("a batch without expectations is applied")
}

fn names(pairs: crate::Pairs) -> Vec<String> {
    pairs.into_iter().map(|(key, _)| String::from_utf8_lossy(&key[1..]).into_owned()).collect()
}

fn pairs_come_back_in_order(store: &dyn Store) {
    apply(store, vec![put("b", "2"), put("a", "1"), put("ab", "3"), put("c", "4"), put("", "0")]);
    let read = |from: &str, to: &str, limit| {
        let forth = names(store.scan(&key(from), &key(to), limit).expect("scan"));
        let back = names(store.scan_back(&key(from), &key(to), limit).expect("scan back"));
        (forth, back)
    };
    let both = |forth: &[&str], back: &[&str]| {
        let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        (owned(forth), owned(back))
    };
    assert_eq!(read("", "z", 9), both(&["", "a", "ab", "b", "c"], &["c", "b", "ab", "a", ""]));
    assert_eq!(read("a", "c", 9), both(&["a", "ab", "b"], &["b", "ab", "a"]));
    assert_eq!(read("a", "z", 2), both(&["a", "ab"], &["c", "b"]));
    assert_eq!(read("a", "z", 0), both(&[], &[]));
    assert_eq!(read("b", "b", 9), both(&[], &[]));
    assert_eq!(read("c", "a", 9), both(&[], &[]));
    assert_eq!(store.get(&key("ab")).expect("get"), Some(b"3".to_vec()));
    assert_eq!(store.get(&key("abc")).expect("get"), None);
    assert_eq!(store.scan(&[0], &[u8::MAX], 99).expect("scan").len(), 5, "only what was put is shown");
}

fn a_later_change_of_a_batch_wins(store: &dyn Store) {
    apply(
        store,
        vec![put("a", "1"), put("a", "2"), put("b", "1"), Op::Delete(key("b")), Op::Delete(key("none"))],
    );
    assert_eq!(store.get(&key("a")).expect("get"), Some(b"2".to_vec()));
    assert_eq!(store.get(&key("b")).expect("get"), None);
    apply(store, vec![Op::Delete(key("a")), put("a", "3")]);
    assert_eq!(store.get(&key("a")).expect("get"), Some(b"3".to_vec()));
}

fn batches_are_numbered_without_gaps(store: &dyn Store) {
    let numbers: Vec<_> = (0..3).map(|n| apply(store, vec![put("k", &n.to_string())])).collect();
    assert_eq!(numbers, [1, 2, 3]);
}

fn a_fence_holds_everything_back(store: &dyn Store) {
    let fenced = |expected: Option<&str>, value: &str| {
        let expect = vec![(key("head"), expected.map(|e| e.as_bytes().to_vec()))];
        store.apply(Batch { expect, ops: vec![put("other", value), put("head", value)] })
    };
    assert_eq!(fenced(None, "1").expect("the head is absent"), 1);
    assert!(matches!(fenced(None, "2"), Err(StoreError::Fenced { .. })));
    assert!(matches!(fenced(Some("0"), "2"), Err(StoreError::Fenced { .. })));
    assert_eq!(
        store.get(&key("other")).expect("get"),
        Some(b"1".to_vec()),
        "nothing of a fenced batch is applied"
    );
    assert_eq!(fenced(Some("1"), "2").expect("the head is 1"), 2);
}

fn what_is_too_large_or_reserved_is_refused(store: &dyn Store) {
    let refused = |op| store.apply(Batch { expect: Vec::new(), ops: vec![put("a", "1"), op] });
    let long = |bytes| Op::Put(key("v"), vec![0; bytes]);
    assert!(matches!(refused(long(STORED_VALUE_BYTES_MAX + 1)), Err(StoreError::TooLarge { .. })));
    let long_key = Op::Delete(vec![TAG; STORED_KEY_BYTES_MAX + 1]);
    assert!(matches!(refused(long_key), Err(StoreError::TooLarge { .. })));
    assert!(matches!(refused(Op::Put(vec![tags::HEAD], Vec::new())), Err(StoreError::Reserved { .. })));
    assert!(matches!(refused(Op::Put(Vec::new(), Vec::new())), Err(StoreError::Reserved { .. })));
    assert_eq!(store.get(&key("a")).expect("get"), None, "nothing of a refused batch is applied");
    assert_eq!(refused(long(STORED_VALUE_BYTES_MAX)).expect("the largest value"), 1);
}

fn batches_are_visible_at_once(store: &Arc<dyn Store>) {
    let all: Vec<String> = (0..40).map(|n| format!("{n:02}")).collect();
    let write = |value: u32| all.iter().map(|name| put(name, &value.to_string())).collect();
    apply(&**store, write(0));
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| (1..100).map(|value| apply(&**store, write(value))).max());
        while !writer.is_finished() {
            let pairs = store.scan(&key(""), &key("z"), 99).expect("scan");
            assert!(
                pairs.len() == 40 && pairs.iter().all(|(_, value)| *value == pairs[0].1),
                "half a batch is seen"
            );
        }
    });
}

fn syncs_at_the_same_time_all_return(store: &Arc<dyn Store>) {
    std::thread::scope(|scope| {
        for writer in 0..4 {
            scope.spawn(move || {
                for number in 0..10 {
                    apply(&**store, vec![put(&format!("{writer}-{number}"), "x")]);
                    store.sync().expect("sync");
                }
            });
        }
    });
    assert_eq!(store.scan(&key(""), &key("z"), 99).expect("scan").len(), 40);
}
