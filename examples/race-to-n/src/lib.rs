//! “The first three who close twenty sales this month get a voucher each.”

use plaudit_sdk::prelude::*;

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// Metric.
    #[setting(default = "sales", metric)]
    metric: String,
    /// How many it takes.
    #[setting(default = 20, min = 1, max = 100_000)]
    target: u32,
    /// How many win.
    #[setting(default = 3, min = 1, max = 1000)]
    winners: u32,
    /// The prize.
    ///
    /// A thing by its name, such as a voucher.
    prize: String,
}

/// A race to a number in each period, with a place for each of the first.
pub struct RaceToN;

impl Rule for RaceToN {
    type Settings = Settings;
    /// How many so far.
    type State = u32;
    const NAME: &'static str = "race-to-n";

    fn plan(settings: &Settings) -> Plan {
        let Settings { metric, target, winners, .. } = settings;
        let begins = Text::new("begins").with("n", *target).with("winners", *winners);
        let plan = Plan::per_agent().metric(metric).anew_each_period().opening(begins);
        plan.quota("finish", *winners).tell_corrections()
    }

    fn on_event(count: &mut u32, event: &Event, cx: &mut Context<Settings>) {
        let Settings { target, winners, .. } = *cx.settings;
        if !event.has(0) {
            return;
        }
        *count += 1;
        if *count == target {
            cx.award(Award::prize("finish", &cx.settings.prize).with("n", target).with("winners", winners));
        }
        let left = target.saturating_sub(*count);
        cx.progress(Text::new("left").with("n", left), (*count).into(), target.into());
    }
}

plaudit_sdk::export!(RaceToN, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
