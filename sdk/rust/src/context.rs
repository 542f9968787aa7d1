//! What a rule knows and may do while it folds.

use serde::de::DeserializeOwned;

use crate::effects::{Award, Effects, Odds, Praise, Target, Text};
use crate::event::{Agent, slot_zone};
use crate::time::{ClockTime, LocalDay, Millis, Zone};
use crate::timers::Timers;
use crate::wit;

/// The surroundings of one step or timer of one key.
pub struct Context<'a, S> {
    /// The incentive's settings.
    pub settings: &'a S,
    pub(crate) batch: &'a wit::Batch,
    pub(crate) slot: u32,
    pub(crate) now: Millis,
    pub(crate) origin: wit::Origin,
    /// Index into the batch's agents, or `NONE`.
    pub(crate) agent: u32,
    /// The step that scores and tickets count for.
    pub(crate) step: Option<u32>,
    pub(crate) timers: &'a mut Timers,
    pub(crate) effects: &'a mut Effects,
}

impl<'a, S> Context<'a, S> {
    /// The time of the step or timer: a rule knows no other clock.
    pub fn now(&self) -> Millis {
        self.now
    }

    /// The key: an agent's id, a team's, or the incentive's, as planned.
    pub fn key(&self) -> &'a str {
        &self.batch.slots[self.slot as usize].id
    }

    /// The agent of the step. In a timer of an agent's key the agent themselves, if the batch speaks of them.
    pub fn agent(&self) -> Option<Agent<'a>> {
        Agent::at(self.batch, self.agent)
    }

    /// The key's zone: the agent's, the team's or the incentive's.
    pub fn zone(&self) -> Zone<'a> {
        slot_zone(self.batch, self.slot as usize)
    }

    /// The local day in the key's zone.
    pub fn today(&self) -> LocalDay {
        self.zone().day(self.now)
    }

    /// The time on the wall in the key's zone.
    pub fn clock(&self) -> ClockTime {
        self.zone().clock(self.now)
    }

    /// When today began in the key's zone.
    pub fn day_start(&self) -> Millis {
        self.zone().start_of(self.today())
    }

    /// The next time at which the wall in the key's zone shows this.
    pub fn next(&self, time: ClockTime) -> Millis {
        self.zone().next(self.now, time)
    }

    /// The last working day before `day`, by the agent's weekdays (all days if there is no agent) and the holidays.
    pub fn previous_workday(&self, day: LocalDay) -> Option<LocalDay> {
        match self.agent() {
            Some(agent) => agent.previous_workday(day),
            None => self.zone().previous_workday(day, u8::MAX),
        }
    }

    /// Gives the key an award. Keys of the whole incentive name somebody: [`Context::award_to`].
    pub fn award(&mut self, award: Award) {
        self.award_to(Target::Itself, award);
    }

    /// Gives somebody an award.
    pub fn award_to(&mut self, to: Target, award: Award) {
        self.effects.awards.push((self.origin, to, award.0));
    }

    /// Praises the key.
    pub fn praise(&mut self, praise: Praise) {
        self.praise_to(Target::Itself, praise);
    }

    /// Praises somebody.
    pub fn praise_to(&mut self, to: Target, praise: Praise) {
        self.effects.praise.push((self.origin, to, praise.0));
    }

    /// Adds to a column of a planned board, for this key. Only from a step: timers can't score, and a call from one
    /// is logged and left out, as are values that are not finite.
    pub fn score(&mut self, board: u32, column: u32, value: f64) {
        self.score_weighted(board, column, value, 1.0);
    }

    /// As [`Context::score`], for means: Σ value / Σ weight. `weight` ≥ 0.
    pub fn score_weighted(&mut self, board: u32, column: u32, value: f64, weight: f64) {
        match self.step {
            Some(step) if value.is_finite() && weight.is_finite() && weight >= 0.0 => {
                self.effects.scores.push(wit::Score { step, board, column, value, weight });
            }
            Some(_) => self.warn(format!(
                "score {value} with weight {weight} on board {board} is left out: not a number to add"
            )),
            None => self
                .warn(format!("score {value} on board {board} is left out: timers can't score, only events")),
        }
    }

    /// Gives the key tickets of a planned draw. Only from a step; none are given for 0.
    pub fn tickets(&mut self, draw: u32, count: u32) {
        match self.step {
            Some(step) if count > 0 => self.effects.tickets.push(wit::Tickets { step, draw, count }),
            Some(_) => {}
            None => self.warn(format!(
                "{count} tickets of draw {draw} are left out: timers can't give any, only events"
            )),
        }
    }

    /// Has the host throw for an award: an instant win of a planned chance. Nobody knows the outcome before, and the same
    /// (name, key) of the award is the same throw, however often it is folded: let the key be the step's entity
    /// ([`Award::per_entity`]), a day or an ordinal. The award is the key's own, within its period.
    pub fn try_chance(&mut self, chance: u32, odds: Odds, award: Award) {
        let Odds { wins, of } = odds;
        let (at, to) = (self.origin, Target::Itself);
        self.effects.chances.push(wit::Chance { at, to, chance, wins, of, award: award.0 });
    }

    /// Shows the key what is within reach: `value` of `target`.
    pub fn progress(&mut self, text: impl Into<Text>, value: f64, target: f64) {
        let progress = wit::Progress { slot: self.slot, text: text.into().0, value, target };
        // Only the latest of a key counts: what stands from an earlier step of this batch is replaced.
        match self.effects.progress.iter_mut().rev().find(|p| p.slot == self.slot) {
            Some(standing) => *standing = progress,
            None => self.effects.progress.push(progress),
        }
    }

    /// Has `on_timer(name)` called at that time; one of the same name is moved. What is not later than now fires a
    /// millisecond from now.
    pub fn timer(&mut self, name: &str, at: Millis) {
        self.timers.set(name, at.max(self.now + 1));
    }

    /// Forgets a timer.
    pub fn cancel_timer(&mut self, name: &str) {
        self.timers.cancel(name);
    }

    /// When a timer is due, if it is set.
    pub fn timer_at(&self, name: &str) -> Option<Millis> {
        self.timers.at(name)
    }

    /// What the last final `conclude` left for all keys; the default before, or if it does not decode.
    pub fn shared<T: DeserializeOwned + Default>(&self) -> T {
        shared(&self.batch.shared)
    }

    /// Writes a line for the operator (at most 100 lines of 1 KiB a call). Don't log personal data.
    pub fn log(&mut self, line: impl Into<String>) {
        self.effects.log(wit::Level::Info, line.into());
    }

    /// As [`Context::log`], for what an operator should look into.
    pub fn warn(&mut self, line: impl Into<String>) {
        self.effects.log(wit::Level::Warn, line.into());
    }
}

pub(crate) fn shared<T: DeserializeOwned + Default>(bytes: &[u8]) -> T {
    if bytes.is_empty() { T::default() } else { postcard::from_bytes(bytes).unwrap_or_default() }
}
