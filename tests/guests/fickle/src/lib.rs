//! A rule that is no pure function, in a way that its settings name: `plaudit plugin test` must notice each.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, HashMap},
};

use plaudit_sdk::prelude::*;

/// What is wrong with the rule.
#[derive(Settings, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing
    None,
    /// A counter beside the state
    Counter,
    /// A map without an order decides
    HashMap,
    /// Who comes first to the server wins
    Arrival,
    /// What was given once is never given again
    Once,
    /// The width of a number decides
    Width,
}

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// What is wrong.
    #[setting(default = Fault::None)]
    fault: Fault,
}

/// Points for ratings, given in a doubtful way.
pub struct Fickle;

thread_local! {
    static CALLS: Cell<u32> = const { Cell::new(0) };
    static GIVEN: RefCell<BTreeSet<(String, u32)>> = const { RefCell::new(BTreeSet::new()) };
    static DAYS: RefCell<BTreeSet<LocalDay>> = const { RefCell::new(BTreeSet::new()) };
}

impl Rule for Fickle {
    type Settings = Settings;
    type State = u32;
    const NAME: &'static str = "fickle";

    fn plan(_: &Settings) -> Plan {
        Plan::per_agent().metric("csat")
    }

    fn on_event(seen: &mut u32, event: &Event, cx: &mut Context<Settings>) {
        *seen += 1;
        let ordinal = *seen;
        match cx.settings.fault {
            Fault::None => {
                if ordinal.is_multiple_of(3) {
                    cx.award(Award::points("third", "points", 1).key(ordinal));
                }
            }
            Fault::Counter => {
                let calls = CALLS.get() + 1;
                CALLS.set(calls);
                if calls.is_multiple_of(3) {
                    cx.award(Award::points("third", "points", 1).key(ordinal));
                }
            }
            Fault::HashMap => {
                let moods: HashMap<&str, i64> =
                    [("calm", 1), ("kind", 2), ("quick", 3), ("thorough", 4), ("friendly", 5)].into();
                let first = moods.values().next().copied().unwrap_or(1);
                cx.award(Award::points("mood", "points", first).key(ordinal));
            }
            Fault::Arrival => {
                if DAYS.with_borrow_mut(|days| days.insert(event.day())) {
                    cx.award(Award::points("early-bird", "points", 1).key(ordinal));
                }
            }
            Fault::Once => {
                if GIVEN.with_borrow_mut(|given| given.insert((cx.key().to_owned(), ordinal))) {
                    cx.award(Award::points("third", "points", 1).key(ordinal));
                }
            }
            Fault::Width => {
                cx.award(Award::points("third", "points", i64::from(usize::BITS)).key(ordinal));
            }
        }
    }
}

plaudit_sdk::export!(Fickle, texts: [
    ("en", "third = A third one\nmood = A good mood\nearly-bird = First today"),
]);
