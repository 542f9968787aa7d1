//! “One of the team after another, ten solved contacts each; who has theirs hands on the baton. Every team that comes
//! home is paid, and the first one home has its name on the cup.”

use plaudit_sdk::prelude::*;
use plaudit_sdk::{HOUR, Millis};
use serde::{Deserialize, Serialize};

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// Metric.
    #[setting(default = "resolved", metric)]
    metric: String,
    /// Counts from.
    ///
    /// An event counts only if its value is at least this.
    #[setting(default = 1.0)]
    at_least: f64,
    /// Length of a leg.
    ///
    /// So many count before the baton is handed on.
    #[setting(default = 10, min = 1, max = 1000)]
    leg: u32,
    /// Legs.
    ///
    /// Each is run by somebody else of the team.
    #[setting(default = 4, min = 2, max = 50)]
    legs: u32,
    /// The baton rests for.
    ///
    /// After so long without a count, whoever is next may take it from where it lies.
    #[setting(default = 24, min = 1, max = 168, unit = "hours")]
    rest_hours: u32,
    /// Points for each member of a team that comes home.
    #[setting(default = 50, min = 1, max = 100_000)]
    points: u32,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    currency: String,
}

/// A team's race.
#[derive(Default, Serialize, Deserialize, State)]
pub struct Race {
    /// Who has the baton.
    runner: Option<String>,
    /// When it last moved.
    last: Millis,
    /// Counted in this leg.
    count: u32,
    /// Who has run.
    ran: Vec<String>,
}

/// A relay, per team and period.
pub struct TeamRelay;

impl Rule for TeamRelay {
    type Settings = Settings;
    type State = Race;
    const NAME: &'static str = "team-relay";

    fn plan(settings: &Settings) -> Plan {
        let plan = Plan::per_team().metric(&settings.metric).anew_each_period();
        plan.quota("first-home", 1).tell_corrections()
    }

    fn on_event(race: &mut Race, event: &Event, cx: &mut Context<Settings>) {
        let settings = cx.settings;
        let Some(agent) = event.agent().filter(|_| event.metric(0) >= Some(settings.at_least)) else {
            return;
        };
        if race.is_home(settings) || !race.may_run(agent.id(), cx) {
            return;
        }
        race.runner = Some(agent.id().into());
        race.last = cx.now();
        race.count += 1;
        if race.count == settings.leg {
            race.ran.extend(race.runner.take());
            race.count = 0;
            let praise = Praise::thanks("leg").key(race.ran.len());
            let praise = praise.with("leg", race.ran.len()).with("legs", settings.legs);
            cx.praise_to(Target::Agent(agent.id().into()), praise);
        }
        if race.is_home(settings) {
            let award = Award::points("home", &settings.currency, settings.points.into());
            cx.award_to(Target::TeamMembers(cx.key().into()), award.with("legs", settings.legs));
            cx.award(Award::badge("first-home", 1));
        }
        let (done, all) = (race.ran.len() as u32 * settings.leg + race.count, settings.legs * settings.leg);
        cx.progress(Text::new("on-the-way").with("n", done).with("all", all), done.into(), all.into());
    }
}

impl Race {
    fn is_home(&self, settings: &Settings) -> bool {
        self.ran.len() as u32 >= settings.legs
    }

    /// Whoever has the baton; where nobody has it, or it has rested too long, whoever has not run yet.
    fn may_run(&self, agent: &str, cx: &Context<Settings>) -> bool {
        let rested = cx.now() - self.last >= Millis::from(cx.settings.rest_hours) * HOUR;
        let is_free = self.runner.is_none() || rested;
        let is_mine = self.runner.as_deref() == Some(agent);
        is_mine || is_free && !self.ran.iter().any(|runner| runner == agent)
    }
}

plaudit_sdk::export!(TeamRelay, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
