//! What a manager sets, and what may be wrong with it as a whole.

use plaudit_sdk::prelude::*;

/// Names that managers give, in characters: they travel in every award.
const NAME_CHARS_MAX: usize = 100;
/// Winners of one draw, as the host allows.
const WINNERS_MAX: u64 = 10_000;

/// How the draw counts tickets.
#[derive(Settings, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Each ticket is a chance
    Weighted,
    /// Everyone with a ticket has the same chance
    Equal,
}

/// What becomes of entrants whose quality was never measured in the period.
#[derive(Settings, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unmeasured {
    /// They take part
    TakePart,
    /// They are left out
    LeftOut,
}

/// What earns tickets.
#[derive(Settings, Clone, Debug)]
pub struct Earn {
    /// Metric.
    #[setting(metric)]
    pub metric: String,
    /// Tickets.
    ///
    /// For each event, or for each full amount if one is set.
    #[setting(default = 1, min = 1, max = 1000)]
    pub tickets: u32,
    /// For each amount of.
    ///
    /// Adds the values up and gives the tickets each time this much is full, such as one hour or 100 of sales. Without
    /// it each event gives them.
    #[setting(min = 0.001, max = 1_000_000_000)]
    pub for_each: Option<f64>,
    /// Counts from.
    ///
    /// An event counts only if its value is at least this, such as a rating of 5.
    pub at_least: Option<f64>,
    /// Cap a day.
    ///
    /// At most so many tickets of this kind on one of the agent's own days.
    #[setting(min = 1, max = 10_000)]
    pub daily_cap: Option<u32>,
}

/// The quality without which nobody takes part.
#[derive(Settings, Clone, Debug)]
pub struct Guard {
    /// Metric.
    #[setting(metric)]
    pub metric: String,
    /// At least.
    ///
    /// The average of the period.
    pub at_least: f64,
    /// Who was not measured.
    #[setting(default = Unmeasured::TakePart)]
    pub unmeasured: Unmeasured,
}

/// What a winner gets: points, a badge or a thing.
#[derive(Settings, Clone, Debug, Default)]
pub struct Reward {
    /// Points.
    #[setting(min = 1, max = 1_000_000)]
    pub points: Option<u32>,
    /// Currency of the points.
    #[setting(default = "points", currency)]
    pub currency: String,
    /// Badge.
    pub badge: Option<String>,
    /// Thing.
    ///
    /// A prize by its name, such as a voucher.
    pub prize: Option<String>,
}

/// A prize of the draw.
#[derive(Settings, Clone, Debug)]
pub struct Prize {
    /// Winners.
    #[setting(default = 1, min = 1, max = 10_000)]
    pub winners: u32,
    /// Reward.
    pub reward: Reward,
}

/// Wins on the spot, beside the draw or instead of it.
#[derive(Settings, Clone, Debug)]
pub struct Instant {
    /// Metric.
    ///
    /// Each event with it tries once; it is the same try however often the event is corrected.
    #[setting(metric)]
    pub metric: String,
    /// Counts from.
    ///
    /// An event counts only if its value is at least this, such as a rating of 5.
    pub at_least: Option<f64>,
    /// One win in.
    ///
    /// On average so many tries win once. 1 wins always.
    #[setting(default = 20, min = 1, max = 1_000_000)]
    pub one_in: u32,
    /// Wins a period.
    ///
    /// At most so many in all; who wins after that gets nothing. Without it, only the allotment sets an end.
    #[setting(min = 1, max = 1_000_000)]
    pub wins_max: Option<u32>,
    /// Reward.
    pub reward: Reward,
}

/// Everything about a lottery, as the form has it.
#[derive(Settings, Clone, Debug)]
pub struct Settings {
    /// What earns tickets.
    #[setting(default = Vec::new(), items_max = 8)]
    pub earn: Vec<Earn>,
    /// Cap a day for all.
    ///
    /// At most so many tickets in all on one of the agent's own days, so that nobody has to hurry.
    #[setting(min = 1, max = 10_000)]
    pub daily_cap: Option<u32>,
    /// Quality.
    ///
    /// Who stays below it is left out of the draw, and the receipt says so.
    pub guard: Option<Guard>,
    /// Chances.
    #[setting(default = Method::Weighted)]
    pub method: Method,
    /// Prizes.
    ///
    /// Drawn in this order. Nobody wins twice in one draw.
    #[setting(default = Vec::new(), items_max = 50)]
    pub prizes: Vec<Prize>,
    /// Wins on the spot.
    ///
    /// With these a lottery may do without tickets and prizes.
    pub instant: Option<Instant>,
}

impl Settings {
    /// What is wrong although each single value is right.
    pub fn problems(&self) -> Vec<Problem> {
        let mut found = Vec::new();
        self.check_tickets(&mut found);
        let has_draw = !self.earn.is_empty() || !self.prizes.is_empty() || self.instant.is_none();
        for (field, is_empty) in [("/earn", self.earn.is_empty()), ("/prizes", self.prizes.is_empty())] {
            if has_draw && is_empty {
                found.push(problem(field, "has 0 entries, needs at least 1"));
            }
        }
        if let Some(instant) = &self.instant {
            instant.reward.check("/instant/reward", &mut found);
        }
        for (i, prize) in self.prizes.iter().enumerate() {
            prize.reward.check(&format!("/prizes/{i}/reward"), &mut found);
        }
        let winners: u64 = self.prizes.iter().map(|p| u64::from(p.winners)).sum();
        if winners > WINNERS_MAX {
            found.push(problem("/prizes", format!("have {winners} winners, may have at most {WINNERS_MAX}")));
        }
        found
    }

    fn check_tickets(&self, found: &mut Vec<Problem>) {
        for (i, earn) in self.earn.iter().enumerate() {
            let cap = match (earn.daily_cap, self.daily_cap) {
                (Some(own), Some(all)) if own > all => {
                    let message = format!("is {own}, above the cap for all ({all}), so it would never hold");
                    found.push(problem(format!("/earn/{i}/daily_cap"), message));
                    Some(all)
                }
                (own, all) => own.or(all),
            };
            if let Some(cap) = cap.filter(|&cap| earn.tickets > cap) {
                let message = format!("is {}, more than the cap of {cap} a day leaves", earn.tickets);
                found.push(problem(format!("/earn/{i}/tickets"), message));
            }
            let is_twin = |e: &Earn| {
                e.metric == earn.metric && e.for_each == earn.for_each && e.at_least == earn.at_least
            };
            if self.earn[..i].iter().any(is_twin) {
                let message = format!("{:?} earns tickets already: raise their number there", earn.metric);
                found.push(problem(format!("/earn/{i}/metric"), message));
            }
        }
    }

    /// Whether there is a draw at all.
    pub fn has_draw(&self) -> bool {
        !self.prizes.is_empty()
    }

    /// As the plan and the draw have it.
    pub fn draw_method(&self) -> DrawMethod {
        match self.method {
            Method::Weighted => DrawMethod::Weighted,
            Method::Equal => DrawMethod::Equal,
        }
    }
}

impl Reward {
    fn check(&self, at: &str, found: &mut Vec<Problem>) {
        let kinds = [self.points.is_some(), self.badge.is_some(), self.prize.is_some()];
        match kinds.into_iter().filter(|is_set| *is_set).count() {
            1 => {}
            0 => found.push(problem(at, "is empty: set points, badge or prize")),
            _ => found.push(problem(at, "has several: a winner gets one of points, badge and prize")),
        }
        let names = [
            ("currency", Some(&self.currency)),
            ("badge", self.badge.as_ref()),
            ("prize", self.prize.as_ref()),
        ];
        for (field, name) in names {
            let length = name.map_or(0, |n| n.chars().count());
            if length > NAME_CHARS_MAX {
                let message = format!("has {length} characters, may have at most {NAME_CHARS_MAX}");
                found.push(problem(format!("{at}/{field}"), message));
            }
        }
    }

    /// As an award of that name; none if nothing is set, which [`Settings::problems`] finds.
    pub fn award(&self, name: &str) -> Option<Award> {
        let points = || self.points.map(|units| Award::points(name, &self.currency, units.into()));
        let badge = || self.badge.as_ref().map(|badge| Award::badge(badge, 1).named(name));
        let prize = || self.prize.as_ref().map(|prize| Award::prize(name, prize));
        points().or_else(badge).or_else(prize)
    }
}
