//! A rule whose state begins anew with each period, which no official one has.

use plaudit_sdk::prelude::*;
use plaudit_sdk::{HOUR, Millis};

/// Counts the facts of a metric within a period; each so many give points. After so many hours without one, a badge says
/// how many there were.
pub(crate) struct Tally;

/// As the histories write it.
#[derive(Settings)]
pub(crate) struct Settings {
    /// Metric.
    #[setting(metric)]
    pub(crate) metric: String,
    /// Every so many.
    #[setting(min = 1, max = 1000)]
    pub(crate) every: u32,
    /// Points.
    #[setting(min = 1, max = 1000)]
    pub(crate) points: u32,
    /// Hours.
    #[setting(min = 1, max = 1000)]
    pub(crate) rest_hours: u32,
}

impl Rule for Tally {
    type Settings = Settings;
    type State = u32;
    const NAME: &'static str = "tally";

    fn plan(settings: &Settings) -> Plan {
        Plan::per_agent().metric(&settings.metric).anew_each_period()
    }

    fn on_event(count: &mut u32, _: &Event<'_>, cx: &mut Context<'_, Settings>) {
        *count += 1;
        if count.is_multiple_of(cx.settings.every) {
            let award = Award::points("nth", "points", cx.settings.points.into());
            cx.award(award.key(*count).with("n", *count));
        }
        let rest = Millis::from(cx.settings.rest_hours) * HOUR;
        cx.timer("rest", cx.now() + rest);
    }

    fn on_timer(count: &mut u32, _: &str, cx: &mut Context<'_, Settings>) {
        cx.award(Award::badge("rest", 1).key(*count).with("n", *count));
    }
}
