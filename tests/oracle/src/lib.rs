//! What the official rules mean, said a second time: small, slow and obvious.
//!
//! See `README.md` for the definitions. Nothing in here calls a decision of the house: of `plaudit-core` it takes plain
//! data only (events, roster entries, blocks, incentives). It keeps no state that could go stale: at the end of each
//! block it takes all facts that hold, sorts them, and computes everything anew.

mod badges;
mod book;
mod clock;
mod contest;
mod draw;
mod first_come;
mod lottery;
mod measure;
mod praise;
mod tally;
mod wanted;
mod world;

use std::collections::BTreeMap;

use plaudit_core::{
    Millis,
    incentive::Incentive,
    journal::{Block, Entry},
};
use serde_json::Value;

use book::Book;
pub use book::Standing;
use clock::Period;
pub use wanted::{Award, Board, Id, Row, Said};
use wanted::{Draw, Wanted};
use world::World;

/// One of the official rules with its settings, or one of the proofs: `first-come` has a quota, `tally` a state that begins
/// anew with each period.
#[derive(Clone, Debug)]
pub struct Rule(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Contest(Box<contest::Settings>),
    Lottery(lottery::Settings),
    Badges(badges::Settings),
    Praise(praise::Settings),
    FirstCome(first_come::Settings),
    Tally(tally::Settings),
}

impl Rule {
    /// A rule by its plugin's name, with its settings.
    ///
    /// # Panics
    /// If they are not what the plugin's page describes.
    pub fn read(plugin: &str, settings: &Value) -> Self {
        let settings = settings.clone();
        let read = match plugin {
            "contest" => serde_json::from_value(settings).map(Box::new).map(Kind::Contest),
            "lottery" => serde_json::from_value(settings).map(Kind::Lottery),
            "badges" => serde_json::from_value(settings).map(Kind::Badges),
            "praise" => serde_json::from_value(settings).map(Kind::Praise),
            "first-come" | "race" | "teams" => serde_json::from_value(settings).map(Kind::FirstCome),
            "tally" => serde_json::from_value(settings).map(Kind::Tally),
            other => panic!("there is no official rule {other:?}"),
        };
        Self(read.unwrap_or_else(|error| panic!("the settings of {plugin}: {error}")))
    }

    fn asks_for(&self) -> Vec<String> {
        match &self.0 {
            Kind::Contest(settings) => settings.asks_for(),
            Kind::Lottery(settings) => settings.asks_for(),
            Kind::Badges(settings) => settings.asks_for(),
            Kind::Praise(settings) => settings.asks_for(),
            Kind::FirstCome(settings) => settings.asks_for(),
            Kind::Tally(settings) => settings.asks_for(),
        }
    }
}

/// How long things wait.
#[derive(Clone, Copy, Debug)]
pub struct Delays {
    /// How long closing waits for stragglers.
    pub settle_ms: Millis,
    /// How long a closed period stays open for corrections.
    pub grace_ms: Millis,
}

/// Everything that is settled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settled {
    /// What was granted or waits for money; what was taken back is not in it.
    pub awards: BTreeMap<Id, Standing>,
    /// What was said, as it was said first.
    pub told: BTreeMap<Id, Said>,
    /// Boards of closed periods.
    pub boards: BTreeMap<String, Board>,
    /// Tickets of draws that were sealed, by period.
    pub tickets: BTreeMap<String, BTreeMap<String, u64>>,
    /// Who was left out of them, by period, with the reason.
    pub excluded: BTreeMap<String, BTreeMap<String, String>>,
    /// Units of the incentive's allotment that are left, and of everyone who got some.
    pub balances: BTreeMap<String, i64>,
}

/// The oracle: reads a journal, and says what is settled.
pub struct Oracle {
    rule: Rule,
    delays: Delays,
    draw_key: Vec<u8>,
    world: World,
    book: Book,
    told: BTreeMap<Id, Said>,
    boards: BTreeMap<String, Board>,
    draws: BTreeMap<String, Held>,
    /// How far closing had come at the end of the last block.
    closed_through: Millis,
}

/// A draw whose list is fixed.
struct Held {
    draw: Draw,
    /// Whether the journal has the list.
    is_sealed: bool,
    /// Whether it has the seed.
    is_drawn: bool,
}

impl Oracle {
    /// An oracle of one incentive, which has read nothing yet.
    pub fn new(rule: Rule, incentive: Incentive, delays: Delays, draw_key: &[u8]) -> Self {
        let purse = incentive.allotment.first().map(|a| (a.currency.to_string(), a.units));
        let (places, at_close) = match &rule.0 {
            Kind::FirstCome(settings) => (settings.places(), settings.at_close),
            _ => (BTreeMap::new(), false),
        };
        Self {
            world: World::new(incentive, rule.asks_for()),
            rule,
            delays,
            draw_key: draw_key.to_vec(),
            book: Book { purse, places, at_close, ..Book::default() },
            told: BTreeMap::new(),
            boards: BTreeMap::new(),
            draws: BTreeMap::new(),
            closed_through: Millis::MIN,
        }
    }

    /// Reads the next block. Flags that the journal puts on facts (`replaces`, `stale`) are not looked at.
    pub fn read(&mut self, block: &Block) {
        self.finish(block.at);
        for entry in &block.entries {
            match entry {
                Entry::Event { event, .. } => self.world.hear(event),
                Entry::Roster(change) => self.world.change(change),
                Entry::TicketsSealed { period, .. } => self.held(period).is_sealed = true,
                Entry::SeedRevealed { period, .. } => self.held(period).is_drawn = true,
                _ => {}
            }
        }
        let watermark = block.at - self.delays.settle_ms;
        let wanted = self.wanted(watermark);
        for (id, (time, said)) in &wanted.praise {
            if *time >= self.world.final_through() {
                self.told.entry(id.clone()).or_insert_with(|| said.clone());
            }
        }
        let closed = self.closed(watermark).last().map_or(Millis::MIN, |period| period.end);
        let final_through = self.world.final_through();
        self.book.settle(&wanted.awards, final_through, closed.max(final_through));
        self.boards.extend(wanted.boards);
        self.closed_through = watermark;
    }

    fn held(&mut self, period: &str) -> &mut Held {
        self.draws.get_mut(period).unwrap_or_else(|| panic!("the draw of {period} was not due yet"))
    }

    /// Periods that are closed and not final.
    fn closed(&self, watermark: Millis) -> Vec<Period> {
        let periods = clock::periods(&self.world.incentive, watermark);
        let is_open = |p: &Period| p.end <= watermark && p.end > self.world.final_through();
        periods.into_iter().filter(is_open).collect()
    }

    /// Everything that the rule asks for, as things are known now.
    fn wanted(&mut self, watermark: Millis) -> Wanted {
        let mut wanted = Wanted::default();
        let world = &self.world;
        match &self.rule.0 {
            Kind::Badges(badges) => {
                world.everyone().iter().for_each(|agent| badges.earn(world, agent, watermark, &mut wanted));
            }
            Kind::Praise(praise) => {
                world.everyone().iter().for_each(|agent| praise.say(world, agent, watermark, &mut wanted));
            }
            Kind::FirstCome(first_come) => {
                let periods = clock::periods(&world.incentive, watermark + 40 * 24 * clock::HOUR);
                first_come.give(world, &periods, &mut wanted);
            }
            Kind::Tally(tally) => {
                let periods = clock::periods(&world.incentive, watermark + 40 * 24 * clock::HOUR);
                for agent in world.everyone() {
                    tally.count(world, &agent, &periods, watermark, &mut wanted);
                }
            }
            Kind::Contest(contest) => {
                for period in self.closed(watermark) {
                    contest.close(world, &period, &mut wanted);
                }
            }
            Kind::Lottery(lottery) => {
                for period in self.closed(watermark) {
                    lottery.close(world, &period, &mut wanted);
                }
            }
        }
        for (period, draw) in std::mem::take(&mut wanted.draws) {
            if !draw.tickets.is_empty() {
                // Once: what comes later changes nothing in it.
                let held = Held { draw, is_sealed: false, is_drawn: false };
                self.draws.entry(period).or_insert(held);
            }
        }
        self.drawn(&mut wanted);
        wanted
    }

    /// The prizes of draws that were held.
    fn drawn(&self, wanted: &mut Wanted) {
        for (period, Held { draw, .. }) in self.draws.iter().filter(|(_, held)| held.is_drawn) {
            let seed = draw::seed(&self.draw_key, &self.world.incentive.id, period, "tickets");
            let excluded = draw.excluded.keys().cloned().collect();
            let winners = draw::winners(&seed, &draw.tickets, draw.weighted, &excluded);
            let prizes = draw.prizes.iter().flat_map(|p| std::iter::repeat_n(p, p.0 as usize));
            for (index, (winner, (_, name, award))) in winners.into_iter().zip(prizes).enumerate() {
                let (name, subject) = (name.clone(), format!("agent/{winner}"));
                let id = Id { period: Some(period.clone()), name, subject, key: format!("tickets/{index}") };
                wanted.award(id, award.clone());
            }
        }
    }

    /// What an earlier block has closed and is old enough is final, period after period, once its draw was held.
    fn finish(&mut self, now: Millis) {
        for period in self.closed(self.closed_through) {
            let is_drawn = self.draws.get(&period.id).is_none_or(|held| held.is_drawn);
            if period.end + self.delays.grace_ms > now || !is_drawn {
                return;
            }
            self.world.finish(period.end);
        }
    }

    /// Everything that is settled by now.
    pub fn settled(&self) -> Settled {
        let mut balances = BTreeMap::new();
        for (id, row) in self.book.standing.iter().filter(|(_, row)| row.paid != 0) {
            *balances.entry(id.subject.clone()).or_default() += row.paid;
        }
        if let Some((_, left)) = self.book.purse.as_ref().filter(|(_, left)| *left != 0) {
            balances.insert(format!("incentive/{}", self.world.incentive.id), *left);
        }
        let sealed = || self.draws.iter().filter(|(_, held)| held.is_sealed);
        Settled {
            awards: self.book.standing.clone(),
            told: self.told.clone(),
            boards: self.boards.clone(),
            tickets: sealed().map(|(id, held)| (id.clone(), held.draw.tickets.clone())).collect(),
            excluded: sealed().map(|(id, held)| (id.clone(), held.draw.excluded.clone())).collect(),
            balances,
        }
    }
}
