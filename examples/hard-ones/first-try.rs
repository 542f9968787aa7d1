//! The first try of the tutorial. It is wrong, and `plaudit plugin test` says so; `src/lib.rs` is right.
use std::cell::RefCell;
use std::collections::BTreeSet;

use plaudit_sdk::helpers::PerDay;
use plaudit_sdk::prelude::*;

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// Points for each.
    #[setting(default = 5, min = 1, max = 1000)]
    points: u32,
    /// At most a day.
    ///
    /// So many pay; nobody has to look for difficult contacts after that.
    #[setting(default = 6, min = 1, max = 100)]
    daily_cap: u32,
    /// Points for the first of the day.
    #[setting(default = 20, min = 1, max = 1000)]
    opener: u32,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    currency: String,
}

/// Difficult contacts are worth it.
pub struct HardOnes;

thread_local! {
    /// Days on which somebody was first already.
    static OPENED: RefCell<BTreeSet<LocalDay>> = const { RefCell::new(BTreeSet::new()) };
}

impl Rule for HardOnes {
    type Settings = Settings;
    /// How many were paid today.
    type State = PerDay;
    const NAME: &'static str = "hard-ones";

    fn plan(_: &Settings) -> Plan {
        Plan::per_agent().metric("hard-contacts").metric("resolved")
    }

    fn on_event(paid: &mut PerDay, event: &Event, cx: &mut Context<Settings>) {
        let is_solved = event.has(0) && event.metric(1) == Some(1.0);
        if !is_solved || paid.take(event.day(), 1, cx.settings.daily_cap) == 0 {
            return;
        }
        let points = |name, units: u32| Award::points(name, &cx.settings.currency, units.into());
        cx.award(points("hard-one", cx.settings.points).per_entity().with("n", paid.count));
        if OPENED.with_borrow_mut(|days| days.insert(event.day())) {
            cx.award(points("opener", cx.settings.opener));
        }
    }
}

plaudit_sdk::export!(HardOnes, texts: [
    ("en", include_str!("../texts/en.ftl")),
    ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")),
    ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
