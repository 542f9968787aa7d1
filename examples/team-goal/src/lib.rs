//! “When the team has solved five hundred this week, everyone in it gets thirty points; at seven hundred, fifty more.”

use plaudit_sdk::Key;
use plaudit_sdk::helpers::tiers;
use plaudit_sdk::prelude::*;

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// Metric.
    ///
    /// Its values are added up.
    #[setting(default = "resolved", metric)]
    metric: String,
    /// Who stands together.
    #[setting(default = Together::Team)]
    together: Together,
    /// Goals.
    ///
    /// The lowest first.
    #[setting(items_min = 1, items_max = 5)]
    goals: Vec<Goal>,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    currency: String,
}

/// Who reaches a goal together.
#[derive(Settings, Clone, Copy, PartialEq)]
pub enum Together {
    /// Each team for itself
    Team,
    /// The whole floor
    Everyone,
}

/// A goal.
#[derive(Settings)]
pub struct Goal {
    /// Reached at.
    #[setting(min = 1, max = 1_000_000_000)]
    at: f64,
    /// Points for each one.
    #[setting(min = 1, max = 100_000)]
    points: u32,
}

/// One sum for all of them, in each period.
pub struct TeamGoal;

impl Rule for TeamGoal {
    type Settings = Settings;
    type State = f64;
    const NAME: &'static str = "team-goal";

    fn plan(settings: &Settings) -> Plan {
        let key = if settings.together == Together::Team { Key::Team } else { Key::Incentive };
        Plan::per(key).metric(&settings.metric).anew_each_period().tell_corrections()
    }

    fn check(settings: &Settings) -> Vec<Problem> {
        let wrong = tiers::out_of_order(&settings.goals, |goal| goal.at);
        wrong
            .map(|i| problem(format!("/goals/{i}/at"), "has to be more than the goal before it"))
            .into_iter()
            .collect()
    }

    fn on_event(sum: &mut f64, event: &Event, cx: &mut Context<Settings>) {
        let settings = cx.settings;
        let before = *sum;
        *sum += event.metric(0).unwrap_or(0.0);
        for (level, goal) in tiers::passed(&settings.goals, |goal| goal.at, before, *sum) {
            let award = Award::points("goal", &settings.currency, goal.points.into());
            let award = award.key(level).with("at", goal.at);
            let all = match settings.together {
                Together::Team => Target::TeamMembers(cx.key().into()),
                Together::Everyone => Target::Everyone,
            };
            cx.award_to(all, award);
        }
        match tiers::next(&settings.goals, |goal| goal.at, *sum) {
            Some(goal) => cx.progress(Text::new("to-go").with("n", goal.at - *sum), *sum, goal.at),
            None => cx.progress("all-reached", *sum, *sum),
        }
    }
}

plaudit_sdk::export!(TeamGoal, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
