//! “The three fastest, in contacts an hour – but only those with a quality of 85, three evaluations, ten hours and no
//! critical error.”

use plaudit_sdk::prelude::*;

/// What a manager sets.
#[derive(Settings)]
pub struct Settings {
    /// Contacts.
    ///
    /// The metric of what is done fast.
    #[setting(default = "calls", metric)]
    contacts: String,
    /// Hours.
    ///
    /// The metric of the hours worked.
    #[setting(default = "worked-hours", metric)]
    hours: String,
    /// Quality.
    #[setting(default = "quality", metric)]
    quality: String,
    /// Critical errors.
    ///
    /// A metric of the same events as the quality. One of them, and nobody is ranked.
    #[setting(default = "critical-errors", metric)]
    errors: String,
    /// Quality at least.
    #[setting(default = 85.0, min = 0, max = 100)]
    quality_min: f64,
    /// Evaluations at least.
    #[setting(default = 3, min = 1, max = 1000)]
    evaluations_min: u32,
    /// Hours at least.
    ///
    /// So that one quick hour wins nothing.
    #[setting(default = 10.0, min = 0, max = 1000, unit = "h")]
    hours_min: f64,
    /// Points by place.
    ///
    /// For the first, the second and so on; who is equal gets the same.
    #[setting(default = vec![100, 60, 30], items_min = 1, items_max = 100)]
    points: Vec<u32>,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    currency: String,
}

/// Speed counts only where quality is right.
pub struct GatedSpeed;

impl Rule for GatedSpeed {
    type Settings = Settings;
    type State = ();
    const NAME: &'static str = "gated-speed";

    fn plan(settings: &Settings) -> Plan {
        let board = Board::new("speed").sum("contacts", 1.0).sum("hours", 0.0).per("hours");
        let board = board.mean("quality", 0.0).sum("evaluations", 0.0).sum("errors", 0.0);
        let board = board.at_least("quality", settings.quality_min).at_least("hours", settings.hours_min);
        let board = board.at_least("evaluations", settings.evaluations_min.into());
        let board = board.at_most("errors", 0.0).or_nothing();
        let metrics = [&settings.contacts, &settings.hours, &settings.quality, &settings.errors];
        metrics
            .into_iter()
            .fold(Plan::per_agent(), Plan::metric)
            .board(board.tie("quality"))
            .tell_corrections()
    }

    fn check(settings: &Settings) -> Vec<Problem> {
        let zero = settings.points.iter().position(|points| *points == 0);
        zero.map(|i| problem(format!("/points/{i}"), "is 0, has to be at least 1")).into_iter().collect()
    }

    fn on_event(_: &mut (), event: &Event, cx: &mut Context<Settings>) {
        let settings = cx.settings;
        let Settings { contacts, hours, quality, errors, .. } = settings;
        for (column, metric) in [(0, contacts), (1, hours), (2, quality), (4, errors)] {
            if let Some(value) = event.named(metric) {
                cx.score(0, column, value);
            }
        }
        if event.named(quality).is_some() {
            cx.score(0, 3, 1.0);
        }
    }

    fn conclude(close: &Close<Settings>, out: &mut Conclude) {
        for row in close.ranked(0) {
            if let Some(points) = close.settings.points.get(row.rank() as usize - 1) {
                let award = Award::points("place", &close.settings.currency, (*points).into());
                let award = award.with("rank", row.rank()).with("speed", row.value());
                out.award_agent(row.id(), award.with("quality", row.column(2).unwrap_or(0.0)));
            }
        }
    }
}

plaudit_sdk::export!(GatedSpeed, texts: [
    ("en", include_str!("../texts/en.ftl")), ("es", include_str!("../texts/es.ftl")),
    ("lt", include_str!("../texts/lt.ftl")), ("zh-Hans", include_str!("../texts/zh-Hans.ftl")),
    ("zh-Hant", include_str!("../texts/zh-Hant.ftl")),
]);
