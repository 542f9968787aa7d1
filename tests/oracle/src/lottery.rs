//! The lottery: see `plugins/lottery/README.md`, "How it works".
//!
//! For each agent, go through the facts in order and count the tickets of each entry of `earn`, up to its cap a day and
//! up to the cap of all. What a period's facts gave are the period's tickets. Who is below the quality is left out.

use chrono::NaiveDate;
use plaudit_core::rule::Reward as Given;
use serde::Deserialize;

use crate::{
    clock::{Period, day},
    contest::Reward,
    measure::{Sum, measure, value},
    wanted::{Award, Board, Draw, Row, Said, Wanted},
    world::World,
};

/// As the manager writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    earn: Vec<Earn>,
    daily_cap: Option<u32>,
    guard: Option<Guard>,
    method: Option<String>,
    prizes: Vec<Prize>,
}

#[derive(Clone, Debug, Deserialize)]
struct Earn {
    metric: String,
    #[serde(default = "one")]
    tickets: u32,
    for_each: Option<f64>,
    at_least: Option<f64>,
    daily_cap: Option<u32>,
}

#[derive(Clone, Debug, Deserialize)]
struct Guard {
    metric: String,
    at_least: f64,
    unmeasured: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Prize {
    #[serde(default = "one")]
    winners: u32,
    reward: Reward,
}

fn one() -> u32 {
    1
}

/// A count of one day; another day begins anew.
#[derive(Clone, Copy, Default)]
struct Daily {
    day: Option<NaiveDate>,
    count: u32,
}

impl Daily {
    fn on(&mut self, day: NaiveDate) -> &mut u32 {
        if self.day != Some(day) {
            *self = Self { day: Some(day), count: 0 };
        }
        &mut self.count
    }
}

impl Settings {
    /// The metrics that are asked for.
    pub(crate) fn asks_for(&self) -> Vec<String> {
        let guard = self.guard.iter().map(|g| g.metric.clone());
        self.earn.iter().map(|e| e.metric.clone()).chain(guard).collect()
    }

    /// Tickets that an agent has earned in a period.
    fn tickets(&self, world: &World, agent: &str, period: &Period) -> u64 {
        let mut all = Daily::default();
        let mut kinds = vec![(Daily::default(), 0.0_f64); self.earn.len()];
        let mut tickets = 0;
        for fact in world.facts_of_agent(agent) {
            let today = day(world.view(agent, fact.time).zone, fact.time);
            for (earn, (kind, rest)) in self.earn.iter().zip(&mut kinds) {
                let Some(value) = value(&earn.metric, fact) else { continue };
                let counts = earn.at_least.is_none_or(|bound| value >= bound);
                let times = match earn.for_each {
                    _ if !counts => 0,
                    None => 1,
                    Some(amount) => {
                        *rest += value;
                        let full = (*rest / amount + 1e-9).floor().max(0.0);
                        *rest -= full * amount;
                        full as u32
                    }
                };
                let left_of_kind = earn.daily_cap.map_or(u32::MAX, |cap| cap - *kind.on(today));
                let left_of_all = self.daily_cap.map_or(u32::MAX, |cap| cap - *all.on(today));
                let given = (times * earn.tickets).min(left_of_kind).min(left_of_all);
                *kind.on(today) += given;
                *all.on(today) += given;
                if (period.start..period.end).contains(&fact.time) {
                    tickets += u64::from(given);
                }
            }
        }
        tickets
    }

    /// The average of the period.
    fn quality(&self, world: &World, guard: &Guard, agent: &str, period: &Period) -> Option<f64> {
        let (mut sum, mut weight) = (Sum::default(), Sum::default());
        for fact in world.facts_of_agent(agent) {
            if let Some((value, per)) = measure(&guard.metric, fact)
                && (period.start..period.end).contains(&fact.time)
            {
                sum.add(value);
                weight.add(per);
            }
        }
        (weight.get() != 0.0).then(|| sum.get() / weight.get())
    }

    /// Closes a period.
    pub(crate) fn close(&self, world: &World, period: &Period, wanted: &mut Wanted) {
        let weighted = self.method.as_deref() != Some("equal");
        let mut draw = Draw { weighted, ..Draw::default() };
        let agents = world.agents(period.start, period.end);
        for agent in &agents {
            let tickets = self.tickets(world, agent, period);
            if tickets == 0 {
                continue;
            }
            draw.tickets.insert(agent.clone(), tickets);
            let Some(guard) = &self.guard else { continue };
            match self.quality(world, guard, agent, period) {
                Some(quality) if quality < guard.at_least => {
                    draw.excluded.insert(agent.clone(), "below-quality".into());
                }
                None if guard.unmeasured.as_deref() == Some("left-out") => {
                    draw.excluded.insert(agent.clone(), "quality-unmeasured".into());
                }
                _ => {}
            }
        }
        for (place, prize) in self.prizes.iter().enumerate() {
            let because = Said::new("drawn")
                .with("place", place + 1)
                .with("places", self.prizes.len())
                .with("winners", prize.winners);
            let award = Award { time: period.end - 1, reward: reward(&prize.reward), because, team: None };
            draw.prizes.push((prize.winners, format!("prize-{}", place + 1), award));
        }
        wanted.draws.insert(period.id.clone(), draw);
        if let Some(guard) = &self.guard {
            wanted.boards.insert(period.id.clone(), self.board(world, guard, &agents, period));
        }
    }

    /// The quality is a board, highest first.
    fn board(&self, world: &World, guard: &Guard, agents: &[String], period: &Period) -> Board {
        // The draw does not rank anybody; its board does.
        let agents: Vec<&String> = agents.iter().filter(|agent| world.competes(agent, period.end)).collect();
        let values: Vec<_> = agents.iter().map(|a| self.quality(world, guard, a, period)).collect();
        let row = |value: Option<f64>| {
            let better = |other: &&Option<f64>| **other > value;
            let rank = value.map_or(0, |_| 1 + values.iter().filter(better).count() as u32);
            Row { rank, qualified: value.is_some(), value, columns: vec![value] }
        };
        agents.iter().zip(&values).map(|(agent, value)| (format!("agent/{agent}"), row(*value))).collect()
    }
}

fn reward(reward: &Reward) -> Given {
    match (reward.points, &reward.badge, &reward.prize) {
        (Some(units), ..) => Given::Points { currency: reward.currency(), units },
        (None, Some(badge), _) => Given::Badge { name: badge.clone(), level: 1 },
        (None, None, prize) => Given::Prize(prize.clone().unwrap_or_default()),
    }
}
