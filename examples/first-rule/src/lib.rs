//! A badge for calls that customers rated well in a row.
use plaudit_sdk::prelude::*;

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// The rating from which on a call is good.
    #[setting(default = 4.0, min = 1, max = 5)]
    good: f64,
    /// How many in a row.
    #[setting(default = 5, min = 2, max = 100)]
    length: u32,
}
/// Good calls in a row, per agent.
pub struct Streak;

impl Rule for Streak {
    type Settings = Settings;
    type State = u32;
    const NAME: &'static str = "first-rule";

    fn plan(_: &Settings) -> Plan {
        Plan::per_agent().metric("csat")
    }
    fn on_event(run: &mut u32, event: &Event, cx: &mut Context<Settings>) {
        *run = if event.metric(0) >= Some(cx.settings.good) { *run + 1 } else { 0 };
        if *run == cx.settings.length {
            cx.award(Award::badge("streak", 1).with("n", *run));
        }
    }
}
plaudit_sdk::export!(Streak, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
