//! “Between three and four in the afternoon every sale pays ten points more, up to five of them.”

use plaudit_sdk::helpers::PerDay;
use plaudit_sdk::prelude::*;

/// The timer that announces the hour.
const BEGINS: &str = "begins";

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// Metric.
    #[setting(default = "sales", metric)]
    metric: String,
    /// From.
    ///
    /// As the clock shows it where the agent works, such as 15:00.
    #[setting(default = "15:00")]
    from: String,
    /// Until.
    ///
    /// What happens at this very minute counts no more.
    #[setting(default = "16:00")]
    until: String,
    /// Points each.
    #[setting(default = 10, min = 1, max = 100_000)]
    points: u32,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    currency: String,
    /// At most a day.
    ///
    /// So many pay; nobody has to hurry after that.
    #[setting(default = 5, min = 1, max = 1000)]
    daily_cap: u32,
}

/// An hour in which each one counts.
pub struct PowerHour;

impl Rule for PowerHour {
    type Settings = Settings;
    type State = PerDay;
    const NAME: &'static str = "power-hour";

    fn plan(settings: &Settings) -> Plan {
        Plan::per_agent().metric(&settings.metric)
    }

    fn check(settings: &Settings) -> Vec<Problem> {
        let times = [("/from", &settings.from), ("/until", &settings.until)];
        let wrong = times.into_iter().filter(|(_, time)| ClockTime::parse(time).is_none());
        let mut problems: Vec<_> = wrong
            .map(|(field, time)| problem(field, format!("is {time:?}, has to be a time such as 15:00")))
            .collect();
        if settings.from == settings.until {
            problems.push(problem("/until", "is the same as the beginning: the hour would be empty"));
        }
        problems
    }

    fn on_entered(_: &mut PerDay, _: &Event, cx: &mut Context<Settings>) {
        announce_next(cx);
    }

    fn on_timer(_: &mut PerDay, _: &str, cx: &mut Context<Settings>) {
        let today = cx.today();
        if cx.agent().is_none_or(|agent| agent.works_on(today)) {
            let until = &cx.settings.until;
            cx.praise(
                Praise::notice("begins").key(today).with("until", until).with("cap", cx.settings.daily_cap),
            );
        }
        announce_next(cx);
    }

    fn on_event(paid: &mut PerDay, event: &Event, cx: &mut Context<Settings>) {
        let (from, until) = hour(cx.settings);
        let is_within = event.clock().is_within(from, until);
        if is_within && event.has(0) && paid.take(event.day(), 1, cx.settings.daily_cap) == 1 {
            let award = Award::points("within-the-hour", &cx.settings.currency, cx.settings.points.into());
            cx.award(award.per_entity().with("n", paid.count).with("cap", cx.settings.daily_cap));
        }
    }
}

/// From, until; checked settings have both.
fn hour(settings: &Settings) -> (ClockTime, ClockTime) {
    let read = |time: &str| ClockTime::parse(time).unwrap_or_default();
    (read(&settings.from), read(&settings.until))
}

fn announce_next(cx: &mut Context<Settings>) {
    let begins = cx.next(hour(cx.settings).0);
    cx.timer(BEGINS, begins);
}

plaudit_sdk::export!(PowerHour, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
