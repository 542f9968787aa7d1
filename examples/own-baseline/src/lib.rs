//! “Who handles their contacts five percent faster this week than in their own last four weeks gets fifty points.”

use plaudit_sdk::helpers::{Baseline, Calendar};
use plaudit_sdk::prelude::*;

/// The timer at the week's end.
const WEEK_END: &str = "week-end";

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// Metric.
    ///
    /// Its average over the week is compared.
    #[setting(default = "handle-time", metric)]
    metric: String,
    /// What is better.
    #[setting(default = Better::Lower)]
    better: Better,
    /// Better by.
    #[setting(default = 5.0, min = 0.1, max = 100, unit = "%")]
    percent: f64,
    /// Weeks to compare with.
    ///
    /// The weeks before, as many as there were; at least two are needed.
    #[setting(default = 4, min = 2, max = 52, unit = "weeks")]
    weeks: u32,
    /// Measured at least.
    ///
    /// A week with fewer measures is not judged.
    #[setting(default = 20, min = 1, max = 100_000)]
    measures_min: u32,
    /// Points.
    #[setting(default = 50, min = 1, max = 100_000)]
    points: u32,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    currency: String,
}

/// Which way is up.
#[derive(Settings, Clone, Copy, PartialEq)]
pub enum Better {
    /// Lower values
    Lower,
    /// Higher values
    Higher,
}

/// Each one's week against their own weeks before.
pub struct OwnBaseline;

impl Rule for OwnBaseline {
    type Settings = Settings;
    type State = Baseline;
    const NAME: &'static str = "own-baseline";

    fn plan(settings: &Settings) -> Plan {
        Plan::per_agent().metric(&settings.metric).tell_corrections()
    }

    fn on_event(weeks: &mut Baseline, event: &Event, cx: &mut Context<Settings>) {
        let Some((value, weight)) = event.ratio(0) else { return };
        weeks.add(Calendar::Week, event.day(), value, weight, cx.settings.weeks as usize);
        let end = Calendar::Week.end(event.day(), cx.zone());
        cx.timer(WEEK_END, end);
    }

    fn on_timer(weeks: &mut Baseline, _: &str, cx: &mut Context<Settings>) {
        let settings = cx.settings;
        let Some(week) = weeks.improvement(2) else { return };
        let percent = match settings.better {
            Better::Lower => week.percent_lower(),
            Better::Higher => week.percent_higher(),
        };
        if percent >= settings.percent && weeks.current().weight >= f64::from(settings.measures_min) {
            let award = Award::points("better", &settings.currency, settings.points.into());
            let award = award.key(weeks.start()).for_ever();
            cx.award(award.with("percent", percent).with("now", week.now).with("before", week.before));
        }
    }
}

plaudit_sdk::export!(OwnBaseline, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
