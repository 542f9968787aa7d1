//! What a manager sets.

use plaudit_sdk::helpers::tiers;
use plaudit_sdk::settings::parse;
use plaudit_sdk::{ClockTime, Problem, problem};

/// When people are praised, and when they are left in peace.
#[derive(plaudit_sdk::Settings)]
pub struct Settings {
    /// A customer's top rating.
    #[setting(default = standard())]
    pub top_rating: TopRating,
    /// A good quality evaluation.
    #[setting(default = standard())]
    pub quality: Quality,
    /// The n-th today.
    #[setting(default = standard())]
    pub nth_today: NthToday,
    /// A personal best.
    ///
    /// More in a day than ever before.
    #[setting(default = standard())]
    pub personal_best: PersonalBest,
    /// A comeback.
    ///
    /// Good results again after a bad stretch.
    #[setting(default = standard())]
    pub comeback: Comeback,
    /// A finished hard contact.
    #[setting(default = standard())]
    pub hard_contact: HardContact,
    /// The anniversary of hire.
    ///
    /// At 09:00 local time; who was hired on 29 February celebrates on the 28th in other years.
    #[setting(default = standard())]
    pub anniversary: Anniversary,
    /// Pause between messages.
    ///
    /// After a message the same person gets none for so long, anniversaries excepted.
    #[setting(default = 60, min = 0, max = 10_080, unit = "minutes")]
    pub cooldown_minutes: u32,
    /// No text twice within.
    ///
    /// A text is not among the last so many messages of the same person. Each occasion has four texts: from 4 on it
    /// may happen that none is left and nothing is said.
    #[setting(default = 3, min = 0, max = 20, unit = "messages")]
    pub no_repeat: u32,
    /// Quiet hours.
    #[setting(default = standard())]
    pub quiet: Quiet,
}

/// A customer's top rating.
#[derive(plaudit_sdk::Settings)]
pub struct TopRating {
    /// On.
    #[setting(default = true)]
    pub on: bool,
    /// Metric.
    #[setting(default = "csat", metric)]
    pub metric: String,
    /// From.
    #[setting(default = 5.0)]
    pub at_least: f64,
}

/// A good quality evaluation.
#[derive(plaudit_sdk::Settings)]
pub struct Quality {
    /// On.
    #[setting(default = true)]
    pub on: bool,
    /// Metric.
    #[setting(default = "quality", metric)]
    pub metric: String,
    /// From.
    #[setting(default = 90.0)]
    pub at_least: f64,
}

/// The n-th today.
#[derive(plaudit_sdk::Settings)]
pub struct NthToday {
    /// On.
    #[setting(default = true)]
    pub on: bool,
    /// Metric.
    #[setting(default = "calls", metric)]
    pub metric: String,
    /// At.
    ///
    /// Counts of the local day, rising.
    #[setting(default = vec![25, 50], items_min = 1, items_max = 10)]
    pub at: Vec<u32>,
}

/// A personal best.
#[derive(plaudit_sdk::Settings)]
pub struct PersonalBest {
    /// On.
    #[setting(default = true)]
    pub on: bool,
    /// Metric.
    #[setting(default = "calls", metric)]
    pub metric: String,
    /// Warm-up.
    ///
    /// Days with at least one before a best can be beaten.
    #[setting(default = 5, min = 1, max = 366, unit = "days")]
    pub after: u32,
}

/// A comeback.
#[derive(plaudit_sdk::Settings)]
pub struct Comeback {
    /// On.
    #[setting(default = true)]
    pub on: bool,
    /// Metric.
    #[setting(default = "csat", metric)]
    pub metric: String,
    /// Bad stretch over the last.
    #[setting(default = 5, min = 2, max = 50, unit = "events")]
    pub last: u32,
    /// Bad when their mean is below.
    #[setting(default = 3.5)]
    pub below: f64,
    /// Good again after.
    ///
    /// So many good ones in a row.
    #[setting(default = 3, min = 2, max = 50, unit = "events")]
    pub good: u32,
    /// Good from.
    #[setting(default = 4.0)]
    pub at_least: f64,
}

/// A finished hard contact.
#[derive(plaudit_sdk::Settings)]
pub struct HardContact {
    /// On.
    #[setting(default = true)]
    pub on: bool,
    /// Metric.
    #[setting(default = "hard-contacts", metric)]
    pub metric: String,
}

/// The anniversary of hire.
#[derive(plaudit_sdk::Settings)]
pub struct Anniversary {
    /// On.
    #[setting(default = true)]
    pub on: bool,
}

/// Quiet hours, in the agent's zone.
#[derive(plaudit_sdk::Settings)]
pub struct Quiet {
    /// On.
    #[setting(default = true)]
    pub on: bool,
    /// From.
    ///
    /// Such as 20:00; the hours may pass midnight.
    #[setting(default = "20:00")]
    pub from: String,
    /// To.
    #[setting(default = "08:00")]
    pub to: String,
    /// Told later.
    ///
    /// What falls into the last two quiet hours is told at their end; if several do, the weightiest. All else is left
    /// unsaid.
    #[setting(default = true)]
    pub defer: bool,
}

impl Quiet {
    /// From and to, if the quiet hours are on.
    pub(crate) fn hours(&self) -> Option<(ClockTime, ClockTime)> {
        self.on.then(|| Some((ClockTime::parse(&self.from)?, ClockTime::parse(&self.to)?)))?
    }
}

impl Settings {
    /// Metrics of what is on, in order; the plan names each once.
    pub(crate) fn metrics(&self) -> impl Iterator<Item = &str> {
        [
            (self.top_rating.on, &self.top_rating.metric),
            (self.quality.on, &self.quality.metric),
            (self.nth_today.on, &self.nth_today.metric),
            (self.personal_best.on, &self.personal_best.metric),
            (self.comeback.on, &self.comeback.metric),
            (self.hard_contact.on, &self.hard_contact.metric),
        ]
        .into_iter()
        .filter_map(|(on, metric)| on.then_some(metric.as_str()))
    }

    /// The number of a metric in the plan.
    pub(crate) fn column(&self, metric: &str) -> usize {
        let mut before: Vec<&str> = Vec::new();
        for name in self.metrics().take_while(|name| *name != metric) {
            if !before.contains(&name) {
                before.push(name);
            }
        }
        before.len()
    }

    /// What is wrong across fields.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.metrics().next().is_none() && !self.anniversary.on {
            problems.push(problem("", "has every occasion off: nobody would ever be praised; turn one on"));
        }
        if let Some(i) = tiers::out_of_order(&self.nth_today.at, |n| f64::from(*n)) {
            let (n, before) = (self.nth_today.at[i], self.nth_today.at[i - 1]);
            let message = format!("is {n}, has to be more than {before}, the count before it");
            problems.push(problem(format!("/nth_today/at/{i}"), message));
        }
        if self.nth_today.at.first() == Some(&0) {
            problems.push(problem("/nth_today/at/0", "is 0, has to be at least 1"));
        }
        if self.comeback.at_least < self.comeback.below {
            let (good, bad) = (self.comeback.at_least, self.comeback.below);
            let message = format!("is {good}, has to be at least {bad}, below which a stretch is bad");
            problems.push(problem("/comeback/at_least", message));
        }
        self.quiet.problems(&mut problems);
        problems
    }
}

impl Quiet {
    fn problems(&self, problems: &mut Vec<Problem>) {
        let times = [("/quiet/from", &self.from), ("/quiet/to", &self.to)];
        let before = problems.len();
        for (field, text) in times {
            if ClockTime::parse(text).is_none() {
                problems.push(problem(field, format!("is {text:?}, has to be a time of day such as 20:00")));
            }
        }
        if self.on && self.from == self.to && problems.len() == before {
            let message = format!("is {}, as is the beginning; for no quiet hours turn them off", self.to);
            problems.push(problem("/quiet/to", message));
        }
    }
}

/// What the form shows at first: every field's own default.
fn standard<T: plaudit_sdk::Settings>() -> T {
    parse("{}").expect("every field of an occasion has a default within its range")
}
