//! What a manager sets.

use plaudit_sdk::{Problem, helpers::tiers, problem};

/// Badges that can be earned.
#[derive(plaudit_sdk::Settings)]
pub struct Settings {
    /// Badges.
    ///
    /// Each is earned for itself; agents see the one they are nearest to.
    #[setting(items_min = 1, items_max = 10)]
    pub badges: Vec<Badge>,
    /// Metric of absence.
    ///
    /// On a day with this metric a streak of working days rests: it neither grows nor breaks.
    #[setting(default = "absent", metric)]
    pub absence: String,
}

/// One badge.
#[derive(plaudit_sdk::Settings)]
pub struct Badge {
    /// Badge.
    ///
    /// Which badge of the gallery; each once.
    #[setting(choices(
        "five-stars",
        "resolver",
        "calm",
        "contacts",
        "quality",
        "sales",
        "steady",
        "first-step",
        "personal-best",
        "extra-mile"
    ))]
    pub name: String,
    /// Earned by.
    pub kind: Kind,
    /// Metric.
    #[setting(metric)]
    pub metric: String,
    /// Counts from.
    ///
    /// The value from which on an event counts. Without it every event counts, and a count adds the values up.
    /// A streak of events needs it.
    pub at_least: Option<f64>,
    /// Warm-up.
    ///
    /// Personal records only: days (or events) before one can be beaten, so that the second day is no record yet.
    #[setting(default = 10, min = 1, max = 1000)]
    pub after: u32,
    /// Levels.
    ///
    /// Lowest first. A badge for the first time has one.
    #[setting(items_min = 1, items_max = 5)]
    pub levels: Vec<Level>,
}

/// How a badge is earned.
#[derive(plaudit_sdk::Settings, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reaching a count.
    Count,
    /// Good events in a row.
    Streak,
    /// Working days in a row.
    Workdays,
    /// The first time.
    First,
    /// A personal record: the most in a day.
    RecordDay,
    /// A personal record: the best single value.
    RecordValue,
}

/// A level of a badge.
#[derive(plaudit_sdk::Settings)]
pub struct Level {
    /// Level.
    ///
    /// Needed where a badge has several levels.
    pub name: Option<LevelName>,
    /// Reached at.
    ///
    /// The count, the length of the streak, or the number of the record.
    #[setting(default = 1, min = 1, max = 10_000_000)]
    pub at: u32,
    /// Points beside the badge.
    ///
    /// 0 gives none. They come from the incentive's budget.
    #[setting(default = 0, min = 0, max = 1_000_000)]
    pub points: u32,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    pub currency: String,
}

/// Names of levels, lowest first.
#[derive(plaudit_sdk::Settings, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LevelName {
    /// Bronze.
    Bronze,
    /// Silver.
    Silver,
    /// Gold.
    Gold,
    /// Platinum.
    Platinum,
    /// Diamond.
    Diamond,
}

impl LevelName {
    /// As settings, awards and texts write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bronze => "bronze",
            Self::Silver => "silver",
            Self::Gold => "gold",
            Self::Platinum => "platinum",
            Self::Diamond => "diamond",
        }
    }
}

impl Badge {
    /// Whether an event of that value counts for the badge at all.
    pub(crate) fn counts(&self, value: f64) -> bool {
        self.at_least.map_or(value > 0.0, |bound| value >= bound)
    }

    /// The word of a level's award, such as `five-stars-silver`; the badge's own where it has one nameless level.
    pub(crate) fn award(&self, level: usize) -> String {
        match self.levels.get(level).and_then(|l| l.name) {
            Some(name) => format!("{}-{}", self.name, name.word()),
            None => self.name.clone(),
        }
    }

    /// The level that the n-th record has reached.
    pub(crate) fn level_of_record(&self, n: u32) -> Option<usize> {
        tiers::reached(&self.levels, |l| f64::from(l.at), f64::from(n)).map(|(level, _)| level as usize - 1)
    }
}

impl Settings {
    /// The number of a metric in the plan, which names each once: those of the badges in order, then the absence.
    pub(crate) fn column(&self, metric: &str) -> usize {
        let mut before: Vec<&str> = Vec::new();
        for badge in &self.badges {
            if badge.metric == metric {
                break;
            }
            if !before.contains(&badge.metric.as_str()) {
                before.push(&badge.metric);
            }
        }
        before.len()
    }

    /// Whether absence matters.
    pub(crate) fn counts_days(&self) -> bool {
        self.badges.iter().any(|b| b.kind == Kind::Workdays)
    }

    /// What is wrong across fields.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (i, badge) in self.badges.iter().enumerate() {
            if self.badges[..i].iter().any(|b| b.name == badge.name) {
                let message = format!("is {:?} a second time; choose another badge", badge.name);
                problems.push(problem(format!("/badges/{i}/name"), message));
            }
            if badge.kind == Kind::Streak && badge.at_least.is_none() {
                let message = "is missing: without it every event is good and no streak ends";
                problems.push(problem(format!("/badges/{i}/at_least"), message));
            }
            levels(i, badge, &mut problems);
        }
        problems
    }
}

fn levels(i: usize, badge: &Badge, problems: &mut Vec<Problem>) {
    let at = |field: String| format!("/badges/{i}/levels{field}");
    if badge.kind == Kind::First && (badge.levels.len() > 1 || badge.levels[0].at != 1) {
        problems.push(problem(at(String::new()), "has to be a single level at 1: there is one first time"));
        return;
    }
    if let Some(j) = tiers::out_of_order(&badge.levels, |l| f64::from(l.at)) {
        let message = format!(
            "is {}, has to be more than {}, the level before it",
            badge.levels[j].at,
            badge.levels[j - 1].at
        );
        problems.push(problem(at(format!("/{j}/at")), message));
    }
    if badge.levels.len() == 1 {
        return;
    }
    for (j, level) in badge.levels.iter().enumerate() {
        let before = j.checked_sub(1).and_then(|j| badge.levels[j].name);
        match level.name {
            None => {
                let message = "is missing: where there are several levels, each needs a name";
                problems.push(problem(at(format!("/{j}/name")), message));
            }
            Some(name) if before.is_some_and(|before| before >= name) => {
                let message = format!("is {}, has to be a higher name than the level before it", name.word());
                problems.push(problem(at(format!("/{j}/name")), message));
            }
            Some(_) => {}
        }
    }
}
