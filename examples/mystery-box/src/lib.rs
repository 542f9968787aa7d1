//! “Every fifth top rating opens a box: five points are in each, and in one of twenty there is a voucher.”

use plaudit_sdk::prelude::*;

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// Metric.
    #[setting(default = "csat", metric)]
    metric: String,
    /// Counts from.
    ///
    /// The rating from which on an event counts.
    #[setting(default = 5.0)]
    at_least: f64,
    /// How many open a box.
    #[setting(default = 5, min = 1, max = 1000)]
    every: u32,
    /// Points in each box.
    #[setting(default = 5, min = 1, max = 100_000)]
    points: u32,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    currency: String,
    /// The great prize.
    ///
    /// A thing by its name, such as a voucher.
    prize: String,
    /// One box in so many has it.
    ///
    /// On average; nobody knows which, not even the house. 1 puts it into every box.
    #[setting(default = 20, min = 1, max = 1_000_000)]
    one_in: u32,
    /// Great prizes a period.
    #[setting(default = 3, min = 1, max = 10_000)]
    prizes_max: u32,
}

/// Good ratings counted so far, per agent.
pub struct MysteryBox;

impl Rule for MysteryBox {
    type Settings = Settings;
    type State = u32;
    const NAME: &'static str = "mystery-box";

    fn plan(settings: &Settings) -> Plan {
        let plan = Plan::per_agent().metric(&settings.metric).chance("great-prize");
        plan.quota("great-prize", settings.prizes_max).tell_corrections()
    }

    fn on_event(good: &mut u32, event: &Event, cx: &mut Context<Settings>) {
        let settings = cx.settings;
        if event.metric(0) < Some(settings.at_least) {
            return;
        }
        *good += 1;
        let (number, rest) = (*good / settings.every, *good % settings.every);
        if rest == 0 {
            let points = Award::points("box", &settings.currency, settings.points.into());
            cx.award(points.key(number).with("n", settings.every));
            // The box's number is what is thrown for: whichever rating opens it, it is the same throw.
            let prize = Award::prize("great-prize", &settings.prize).key(number);
            cx.try_chance(0, Odds::one_in(settings.one_in), prize.with("of", settings.one_in));
        }
        let left = settings.every - rest;
        cx.progress(Text::new("next-box").with("n", left), rest.into(), settings.every.into());
    }
}

plaudit_sdk::export!(MysteryBox, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
