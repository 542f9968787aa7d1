//! What a manager sets, and what may be wrong with it as a whole.

use plaudit_sdk::prelude::*;
use plaudit_sdk::settings::Pointer;
use serde_json::Value;

use crate::check;
use crate::layout::Layout;

/// Who competes.
#[derive(Settings, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Agents, each for themselves
    Agents,
    /// Teams, by what their agents do
    Teams,
}

/// How a metric's events add up.
#[derive(Settings, Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Total: everything added up
    Total,
    /// Average: for ratings, shares and other ratios
    Average,
}

/// What an equal rank means for prizes.
#[derive(Settings, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// Each gets the full prize
    Share,
    /// The points of the tied places are divided
    Split,
}

/// How the value reads in messages.
#[derive(Settings, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// As a number, such as 12.4
    Number,
    /// As a percentage, for shares: 0.84 reads 84 %
    Percent,
}

/// A metric in the ranking.
#[derive(Settings, Clone, Debug)]
pub struct Measure {
    /// Metric.
    #[setting(metric)]
    pub metric: String,
    /// Adds up as.
    ///
    /// Take the average for ratings, shares and other ratios, the total for everything that is counted.
    #[setting(default = By::Total)]
    pub by: By,
    /// Weight.
    ///
    /// What one unit is worth. Negative weights take away.
    #[setting(default = 1.0, min = -1_000_000, max = 1_000_000)]
    pub weight: f64,
}

/// What everyone has to have done to be ranked.
#[derive(Settings, Clone, Debug)]
pub struct Minimum {
    /// Metric.
    #[setting(metric)]
    pub metric: String,
    /// At least.
    ///
    /// The total of the period. Keep it within reach of people who work part-time.
    #[setting(min = 0)]
    pub at_least: f64,
}

/// A condition without which nothing counts.
#[derive(Settings, Clone, Debug)]
pub struct Guard {
    /// Metric.
    #[setting(metric)]
    pub metric: String,
    /// Adds up as.
    #[setting(default = By::Average)]
    pub by: By,
    /// At least.
    pub at_least: Option<f64>,
    /// At most.
    pub at_most: Option<f64>,
}

/// What decides between equal values.
#[derive(Settings, Clone, Debug)]
pub struct TieBreak {
    /// Metric.
    #[setting(metric)]
    pub metric: String,
    /// Adds up as.
    #[setting(default = By::Total)]
    pub by: By,
    /// The lower one wins.
    #[setting(default = false)]
    pub lowest_first: bool,
}

/// What is won: points, a badge, a thing, or several of them.
#[derive(Settings, Clone, Debug, Default)]
pub struct Reward {
    /// Points.
    ///
    /// In a contest of teams each member gets them.
    #[setting(min = 1, max = 1_000_000)]
    pub points: Option<u32>,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    pub currency: String,
    /// Badge.
    ///
    /// Its name. In a contest of teams the team gets it.
    pub badge: Option<String>,
    /// Thing.
    ///
    /// A prize by its name, such as a voucher. In a contest of teams the team gets it.
    pub prize: Option<String>,
}

/// What a rank wins.
#[derive(Settings, Clone, Debug)]
pub struct Prize {
    /// Rank.
    #[setting(min = 1, max = 1000)]
    pub rank: u32,
    /// Reward.
    pub reward: Reward,
}

/// A value that wins for everyone who reaches it.
#[derive(Settings, Clone, Debug)]
pub struct Bar {
    /// Value to reach.
    ///
    /// As it is ranked. When the lowest value is best, this or less.
    pub value: f64,
    /// Reward.
    pub reward: Reward,
}

/// Everything about a contest, as the form has it.
#[derive(Settings, Clone, Debug)]
pub struct Asked {
    /// Who competes.
    #[setting(default = Who::Agents)]
    pub who: Who,
    /// What is ranked.
    ///
    /// Each metric times its weight, added up. Reward speed only together with quality: see the conditions.
    #[setting(items_min = 1, items_max = 6)]
    pub metrics: Vec<Measure>,
    /// For each unit of.
    ///
    /// Divides what is ranked by the total of this metric, such as worked hours: part-timers then have the same chance.
    #[setting(metric)]
    pub per_hour_of: Option<String>,
    /// The lowest value is best.
    #[setting(default = false)]
    pub lowest_first: bool,
    /// Minimum to be ranked.
    pub minimum: Option<Minimum>,
    /// Conditions.
    ///
    /// Who misses one is shown but not ranked. What was never measured misses it, unless it is a total with an upper
    /// bound.
    #[setting(default, items_max = 4)]
    pub guards: Vec<Guard>,
    /// Tie-breaks.
    ///
    /// Between equal values the first that tells them apart decides, and the message says so.
    #[setting(default, items_max = 3)]
    pub tie_breaks: Vec<TieBreak>,
    /// Equal ranks.
    ///
    /// What happens when no tie-break decides.
    #[setting(default = Ties::Share)]
    pub ties: Ties,
    /// Prizes for the first.
    #[setting(default, items_max = 100)]
    pub prizes: Vec<Prize>,
    /// Prize for everyone past a value.
    ///
    /// In addition to the prizes for the first, so that everyone who does well can win.
    pub bar: Option<Bar>,
    /// What is measured, in words.
    ///
    /// Stands after the value in messages: "calls an hour".
    pub measure: Option<String>,
    /// The value reads as.
    #[setting(default = Show::Number)]
    pub show: Show,
}

/// What was asked for, with the board's layout worked out once.
#[derive(Clone, Debug)]
pub struct Settings {
    /// As the form has it.
    pub asked: Asked,
    /// The board's columns.
    pub(crate) layout: Layout,
}

impl plaudit_sdk::Settings for Settings {
    fn schema() -> Value {
        Asked::schema()
    }

    fn read(value: &Value, at: &Pointer<'_>, problems: &mut Vec<Problem>) -> Option<Self> {
        let asked = Asked::read(value, at, problems)?;
        let layout = Layout::of(&asked);
        Some(Self { asked, layout })
    }

    fn write(&self) -> Value {
        self.asked.write()
    }
}

impl Settings {
    /// What is wrong although each single value is right.
    pub fn problems(&self) -> Vec<Problem> {
        check::problems(&self.asked)
    }
}
