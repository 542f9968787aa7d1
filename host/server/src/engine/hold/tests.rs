//! With a native rule and a store in memory: what is told, and when.

use plaudit_core::{Millis, event::Event, incentive::Periods};
use plaudit_store::{
    Store, family,
    family::outbox::{Body, Outbox},
    memory::MemoryStore,
};

use super::read;
use crate::engine::{
    commit::{self, Head},
    task::Task,
    tests::{MINUTE, MONDAY, Past, event, new_task, roster, run_block},
};

const SECOND: Millis = 1000;

/// A task that tells late, with its store.
struct Desk {
    task: Task,
    past: Past,
    store: MemoryStore,
    head: Head,
}

impl Desk {
    fn new(tell_late: bool) -> Self {
        let mut task = new_task(&roster(), Periods::Daily);
        task.plan.tell_late = tell_late;
        let head = Head::new("spring", None);
        let mut desk = Self { task, past: Past::default(), store: MemoryStore::default(), head };
        desk.block(Vec::new(), MONDAY);
        desk
    }

    fn block(&mut self, events: Vec<Event>, at: Millis) {
        let outcome = run_block(&mut self.task, &self.past, events, at);
        let (batch, _) =
            commit::batch(&self.store, &self.task, &outcome, &mut self.head).expect("it balances");
        self.store.apply(batch).expect("nobody else writes");
        assert_eq!(read(&self.store, "spring").expect("rows"), self.head.held, "a restart finds the same");
    }

    /// What is in the outbox, as words.
    fn told(&self) -> Vec<&'static str> {
        let rows = family::scan::<Outbox>(&self.store, None, 100).expect("rows");
        let word = |body: &Body| match body {
            Body::Granted { .. } => "granted",
            Body::Reversed { .. } => "reversed",
            _ => "other",
        };
        rows.iter().map(|(_, message)| word(&message.body)).collect()
    }
}

/// Three good ones in a row at the first three minutes: a streak.
fn streak() -> Vec<Event> {
    (1..4).map(|n| event(n, "ana", n as i64, 5.0, Some((n, 0)), false)).collect()
}

#[test]
fn what_happened_just_now_waits_for_the_settle_delay() {
    let mut desk = Desk::new(true);
    desk.block(streak(), MONDAY + 3 * MINUTE + SECOND);
    assert_eq!((desk.told(), desk.head.next_release()), (vec![], Some(MONDAY + 3 * MINUTE)));
    desk.block(Vec::new(), MONDAY + 4 * MINUTE - SECOND);
    assert_eq!(desk.told(), Vec::<&str>::new());
    desk.block(Vec::new(), MONDAY + 4 * MINUTE);
    assert_eq!((desk.told(), desk.head.next_release()), (vec!["granted"], None));

    let mut at_once = Desk::new(false);
    at_once.block(streak(), MONDAY + 3 * MINUTE + SECOND);
    assert_eq!(at_once.told(), ["granted"]);
}

#[test]
fn what_is_taken_back_meanwhile_goes_out_together_so_that_nobody_hears_of_it() {
    let mut desk = Desk::new(true);
    desk.block(streak(), MONDAY + 3 * MINUTE + SECOND);
    let correction = event(9, "ana", 2, 1.0, Some((2, 1)), false);
    desk.block(vec![correction], MONDAY + 3 * MINUTE + 30 * SECOND);
    assert_eq!(desk.told(), Vec::<&str>::new());
    desk.block(Vec::new(), MONDAY + 4 * MINUTE);
    assert_eq!(desk.told(), ["granted", "reversed"], "in one go, in this order: the planner cancels both");
}

#[test]
fn what_is_old_enough_is_told_at_once() {
    let mut desk = Desk::new(true);
    desk.block(streak(), MONDAY + 20 * MINUTE);
    assert!(desk.told().contains(&"granted"), "{:?}", desk.told());
    assert!(desk.head.held.is_empty());
}
