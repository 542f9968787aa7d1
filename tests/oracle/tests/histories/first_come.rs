//! A rule with a quota, which no official one has.

use plaudit_sdk::prelude::*;

/// Each fact of a metric gives points, to so many in a period.
pub(crate) struct FirstCome;

/// As the histories write it.
#[derive(Settings)]
pub(crate) struct Settings {
    /// Metric.
    #[setting(metric)]
    pub(crate) metric: String,
    /// Points.
    #[setting(min = 1, max = 1000)]
    pub(crate) points: u32,
    /// Places in a period.
    #[setting(min = 1, max = 1000)]
    pub(crate) places: u32,
    /// At the close.
    #[setting(default = false)]
    pub(crate) at_close: bool,
    /// For each team.
    #[setting(default = false)]
    pub(crate) per_team: bool,
}

impl Rule for FirstCome {
    type Settings = Settings;
    type State = ();
    const NAME: &'static str = "first-come";

    fn plan(settings: &Settings) -> Plan {
        let plan = Plan::per_agent().metric(&settings.metric);
        let plan = if settings.at_close {
            plan.quota_at_close("early", settings.places)
        } else {
            plan.quota("early", settings.places)
        };
        if settings.per_team { plan.each_team() } else { plan }
    }

    fn on_event(_: &mut (), _: &Event<'_>, cx: &mut Context<'_, Settings>) {
        cx.award(Award::points("early", "points", cx.settings.points.into()).per_entity());
    }
}
