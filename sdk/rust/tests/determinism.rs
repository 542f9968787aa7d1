//! What docs/determinism.md shows: rules that are wrong in the ways it names, and what is right in their place.

use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};

use plaudit_sdk::prelude::*;
use plaudit_sdk::testing::Play;

const CALL: &[(&str, f64)] = &[("calls", 1.0)];

thread_local! {
    static CALLS: Cell<u32> = const { Cell::new(0) };
}

/// A point for each one in the morning.
struct Clock;

impl Rule for Clock {
    type Settings = ();
    type State = ();
    const NAME: &'static str = "clock";

    fn plan(_: &()) -> Plan {
        Plan::per_agent().metric("calls")
    }

    fn on_event(_: &mut (), event: &Event, cx: &mut Context<()>) {
        // Right: when it happened, where the agent works.
        let is_morning = event.clock() < ClockTime::new(12, 0);
        if is_morning {
            cx.award(Award::points("morning", "points", 1).per_entity());
        }
    }
}

#[test]
fn the_time_is_that_of_the_event() {
    let mut play = Play::<Clock>::new("{}");
    play.agent("ana");
    play.at("2026-03-02 17:00").late("2026-03-02 09:00").event("ana", CALL).event("ana", CALL);
    assert_eq!(play.points("ana"), 1, "the one that was in the morning, heard of in the afternoon");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "this is what a rule must not do")]
fn the_clock_of_the_machine_is_another_one_each_time() {
    // Wrong: the machine's clock, of whoever folds this, and when.
    let now = std::time::SystemTime::now();
    assert!(now.elapsed().is_ok(), "it moves on");
}

/// Every third call is a win, or so it was meant.
struct Global;

impl Rule for Global {
    type Settings = ();
    type State = ();
    const NAME: &'static str = "global";

    fn plan(_: &()) -> Plan {
        Plan::per_agent().metric("calls")
    }

    fn on_event((): &mut (), _: &Event, cx: &mut Context<()>) {
        // Wrong: it counts for everybody, until the instance is gone.
        let calls = CALLS.get() + 1;
        CALLS.set(calls);
        if calls.is_multiple_of(3) {
            cx.award(Award::points("third", "points", 1).per_entity());
        }
    }
}

/// Every third call is a win.
struct State;

impl Rule for State {
    type Settings = ();
    type State = u32;
    const NAME: &'static str = "state";

    fn plan(_: &()) -> Plan {
        Plan::per_agent().metric("calls")
    }

    fn on_event(calls: &mut u32, _: &Event, cx: &mut Context<()>) {
        // Right: one state for each key, kept by the house.
        *calls += 1;
        if calls.is_multiple_of(3) {
            cx.award(Award::points("third", "points", 1).per_entity());
        }
    }
}

/// Two agents with two calls each.
fn two_each<R: Rule>() -> i64 {
    let mut play = Play::<R>::new("{}");
    play.agent("ana");
    play.agent("ben");
    play.at("2026-03-02 09:00").events(2, "ana", CALL).events(2, "ben", CALL);
    play.points("ana") + play.points("ben")
}

#[test]
fn what_is_kept_beside_the_state_is_everybody_s() {
    assert_eq!(two_each::<State>(), 0, "nobody had three");
    assert_ne!(two_each::<Global>(), 0, "the global one counts over agents");
}

/// The first call of the house.
struct First;

impl Rule for First {
    type Settings = ();
    type State = u32;
    const NAME: &'static str = "first";

    fn plan(_: &()) -> Plan {
        // Right: everybody's first one is asked for; the house gives the place by time when the period closes.
        Plan::per_agent().metric("calls").quota_at_close("first", 1)
    }

    fn on_event(calls: &mut u32, _: &Event, cx: &mut Context<()>) {
        *calls += 1;
        if *calls == 1 {
            cx.award(Award::points("first", "points", 1));
        }
    }
}

#[test]
fn the_first_is_the_first_by_time_however_late_it_is_heard_of() {
    let mut play = Play::<First>::new("{}");
    play.agent("ana");
    play.agent("ben");
    play.at("2026-03-02 10:00").event("ben", CALL);
    play.late("2026-03-02 09:00").event("ana", CALL);
    play.at("2026-03-03 00:00").close("2026-03-02");
    assert_eq!((play.points("ana"), play.points("ben")), (1, 0));
}

/// A box in one of twenty calls.
struct Chance;

impl Rule for Chance {
    type Settings = ();
    type State = ();
    const NAME: &'static str = "chance";

    fn plan(_: &()) -> Plan {
        Plan::per_agent().metric("calls").chance("box")
    }

    fn on_event(_: &mut (), _: &Event, cx: &mut Context<()>) {
        // Right: the house throws, once, and anybody can check it.
        cx.try_chance(0, Odds::one_in(20), Award::points("box", "points", 50).per_entity());
    }
}

#[test]
fn a_chance_is_asked_for_and_not_thrown() {
    let mut play = Play::<Chance>::new("{}");
    play.agent("ana");
    play.lucky("e2").at("2026-03-02 09:00").events(3, "ana", CALL);
    assert_eq!(play.points("ana"), 50);
}

fn by_hash() -> &'static str {
    // Wrong: any of the equals may come last.
    let moods: HashMap<&str, i64> = [("calm", 1), ("kind", 1), ("quick", 1)].into();
    let best = moods.iter().max_by_key(|(_, count)| **count).map(|(mood, _)| *mood);
    best.unwrap_or_default()
}

fn by_name() -> &'static str {
    // Right: an order that is the same everywhere; of equals the last by name.
    let moods: BTreeMap<&str, i64> = [("calm", 1), ("kind", 1), ("quick", 1)].into();
    let best = moods.iter().max_by_key(|(_, count)| **count).map(|(mood, _)| *mood);
    best.unwrap_or_default()
}

#[test]
fn a_hash_map_has_no_order_and_a_tree_has() {
    // Each map of the standard library is seeded otherwise. That 200 agree has a chance of 1 in 3 to the power of 199.
    assert!((0..200).any(|_| by_hash() != by_hash()));
    assert_eq!(by_name(), "quick");
}

#[expect(clippy::neg_cmp_op_on_partial_ord, reason = "this is what a rule must not do")]
#[expect(clippy::let_and_return, reason = "the page quotes the line")]
fn passed_in_raw_columns(value: f64, bar: f64) -> bool {
    // Wrong in the raw columns: “not below” is no “at least” where there is no measure.
    let passed = !(value < bar);
    passed
}

/// A point for each one over the bar.
struct Bar;

impl Rule for Bar {
    type Settings = ();
    type State = ();
    const NAME: &'static str = "bar";

    fn plan(_: &()) -> Plan {
        Plan::per_agent().metric("csat").metric("calls")
    }

    fn on_event(_: &mut (), event: &Event, cx: &mut Context<()>) {
        let bar = 4.0;
        // Right: there is a measure, and it is large enough.
        let passed = event.metric(0).is_some_and(|value| value >= bar);
        if passed {
            cx.award(Award::points("passed", "points", 1).per_entity());
        }
    }
}

#[test]
fn no_measure_is_no_success() {
    assert!(passed_in_raw_columns(f64::NAN, 4.0), "this is the mistake");
    let mut play = Play::<Bar>::new("{}");
    play.agent("ana");
    play.at("2026-03-02 09:00").event("ana", CALL).event("ana", &[("csat", 4.0)]);
    assert_eq!(play.points("ana"), 1);
}
