//! Settling: comparing what the rules' effects say with what stands.
//!
//! [`Desired`] holds every effect of the folds since the last final boundary; [`Book`] holds what was settled.
//! At the end of a block, [`Book::settle`] compares the two for the ids that were touched: new → grant, gone →
//! reverse, other content → one entry for the difference. Nothing here depends on how often or in which order the
//! effects were recorded within the block.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::{
    Id, Millis,
    award::{Content, EffectId, EffectKind, Standing, Status, Withheld},
    rule::{Quota, Reward},
};

/// An effect that some fold, conclude or draw asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// Time of its origin.
    pub time: Millis,
    /// Who asks: a key, the close of a period, a draw.
    pub owner: Id,
    /// What it says.
    pub content: Content,
}

/// Everything that is asked for, by effect id. Several keys may ask for one id: the earliest holds.
#[derive(Clone, Debug, Default)]
pub struct Desired {
    by_id: HashMap<EffectId, Vec<Contribution>>,
    touched: BTreeSet<EffectId>,
}

impl Desired {
    /// Somebody asks for an effect.
    pub fn add(&mut self, id: EffectId, contribution: Contribution) {
        self.touched.insert(id.clone());
        self.by_id.entry(id).or_default().push(contribution);
    }

    /// One who asked does not any more.
    pub fn remove(&mut self, id: &EffectId, owner: &str, time: Millis) {
        let Some(asking) = self.by_id.get_mut(id) else { return };
        // Folding again takes back what was said last: of two of one owner and time, the later one goes, and the order
        // of the others decides still.
        if let Some(at) = asking.iter().rposition(|c| &*c.owner == owner && c.time == time) {
            asking.remove(at);
            self.touched.insert(id.clone());
        }
        if asking.is_empty() {
            self.by_id.remove(id);
        }
    }

    /// The one that holds: the earliest, then the one whose owner's name is smallest.
    pub fn wanted(&self, id: &EffectId) -> Option<&Contribution> {
        self.by_id.get(id)?.iter().min_by(|a, b| (a.time, &a.owner).cmp(&(b.time, &b.owner)))
    }

    /// Marks an id for the next settlement, as after a disqualification.
    pub fn touch(&mut self, id: EffectId) {
        self.touched.insert(id);
    }

    /// Forgets what was touched: the folds only rebuilt what stands.
    pub fn clear_touched(&mut self) {
        self.touched.clear();
    }

    /// Drops everything of a period that has become final. What stands, stands.
    pub fn forget_period(&mut self, period: &str) {
        self.by_id.retain(|id, _| id.period.as_deref() != Some(period));
        self.touched.retain(|id| id.period.as_deref() != Some(period));
    }

    /// All ids that are asked for, in order.
    pub fn ids(&self) -> BTreeSet<&EffectId> {
        self.by_id.keys().collect()
    }
}

/// What may still be spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purse {
    /// Such as `points`.
    pub currency: Id,
    /// Whole units left of the allotment.
    pub available: i64,
}

/// What a settlement did to one effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// What happened.
    pub act: Act,
    /// How it stands now.
    pub standing: Standing,
    /// Units that move from the allotment to the subject (negative: back), in this currency.
    pub posting: Option<(Id, i64)>,
}

/// What happened to an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// New, or granted after it was withheld or reversed.
    Granted,
    /// Its content is another now.
    Changed,
    /// Its facts are gone.
    Reversed,
    /// It is asked for, and not given.
    Withheld,
    /// Praise was said.
    Told,
}

/// What stands.
#[derive(Clone, Debug, Default)]
pub struct Book {
    standing: HashMap<EffectId, Standing>,
    quotas: BTreeMap<Id, u32>,
    used: BTreeMap<(Id, Option<Id>), u32>,
    waiting: BTreeSet<(Millis, EffectId)>,
    disqualified: BTreeMap<Id, String>,
    /// What may still be spent; without an allotment, points are withheld.
    pub purse: Option<Purse>,
    /// What was granted for an earlier time is final: nothing that folds changes it any more.
    pub final_through: Millis,
    /// Whether everything can be paid, in any currency: for rehearsals that ask what something would cost.
    pub is_boundless: bool,
}

impl Book {
    /// A book with these quotas and what stands already.
    pub fn new(quotas: &[Quota], standing: Vec<Standing>) -> Self {
        let mut book = Self {
            quotas: quotas.iter().map(|q| (Id::from(q.award.as_str()), q.per_period)).collect(),
            ..Self::default()
        };
        for row in standing {
            book.count(&row, 1);
            if matches!(row.status, Status::Withheld(Withheld::Allotment | Withheld::Quota)) {
                book.waiting.insert((row.time, row.id.clone()));
            }
            book.standing.insert(row.id.clone(), row);
        }
        book
    }

    /// Other quotas from now on.
    pub fn set_quotas(&mut self, quotas: &[Quota]) {
        let rows = std::mem::take(&mut self.standing).into_values().collect();
        let before = std::mem::take(self);
        *self = Self {
            purse: before.purse,
            disqualified: before.disqualified,
            final_through: before.final_through,
            is_boundless: before.is_boundless,
            ..Self::new(quotas, rows)
        };
    }

    /// Whether an effect stands granted for a time behind the final boundary. Awards of a final period are forgotten
    /// with it; this is about those that are unique for ever.
    pub fn is_final(&self, id: &EffectId) -> bool {
        let is_final = |row: &Standing| row.status == Status::Granted && row.time < self.final_through;
        self.standing.get(id).is_some_and(is_final)
    }

    /// Takes in what a manager accepted about a final award: its row as it is to stand, and the units that move.
    pub fn adjust(&mut self, row: &Standing, units: i64) {
        if let Some(purse) = &mut self.purse {
            purse.available -= units;
        }
        if let Some(before) = self.standing.get(&row.id).cloned() {
            self.count(&before, -1);
            self.waiting.remove(&(before.time, row.id.clone()));
            self.count(row, 1);
            self.standing.insert(row.id.clone(), row.clone());
        }
    }

    /// An effect as it stands.
    pub fn get(&self, id: &EffectId) -> Option<&Standing> {
        self.standing.get(id)
    }

    /// All that stands, in order of ids.
    pub fn rows(&self) -> BTreeMap<&EffectId, &Standing> {
        self.standing.iter().collect()
    }

    /// Keeps a subject from awards from now on.
    pub fn disqualify(&mut self, subject: Id, reason: String, desired: &mut Desired) {
        for id in self.standing.keys().filter(|id| id.subject.id == subject) {
            desired.touch(id.clone());
        }
        self.disqualified.insert(subject, reason);
    }

    /// Why a subject is disqualified.
    pub fn disqualification(&self, subject: &str) -> Option<&str> {
        self.disqualified.get(subject).map(String::as_str)
    }

    /// Everyone who is disqualified, with the reason.
    pub fn disqualifications(&self) -> BTreeMap<Id, String> {
        self.disqualified.clone()
    }

    /// Settles what was touched, at the end of a block: what goes, first, because it frees money and places; then
    /// what comes, by time; then those who waited.
    pub fn settle(&mut self, desired: &mut Desired, block: u64) -> Vec<Settled> {
        let touched = std::mem::take(&mut desired.touched);
        let mut out = Vec::new();
        let mut coming = BTreeSet::new();
        let mut waiting = BTreeSet::new();
        for id in touched {
            if self.is_final(&id) {
                continue;
            }
            match desired.wanted(&id) {
                // Folded again, and nothing new: how far a fold went back gives nobody a better place.
                Some(wanted) if self.waits_for(&id, wanted) => {
                    waiting.insert((wanted.time, id));
                }
                Some(wanted) => {
                    coming.insert((wanted.time, id));
                }
                None => out.extend(self.reverse(&id)),
            }
        }
        out.extend(coming.iter().filter_map(|(_, id)| self.want(id, desired.wanted(id)?, block)));
        if out.iter().any(|settled| self.concerns_others(settled)) {
            out.extend(self.next_in_line(desired, block));
        } else {
            // The money may have come from elsewhere, as with a larger allotment.
            out.extend(waiting.iter().filter_map(|(_, id)| self.want(id, desired.wanted(id)?, block)));
        }
        out
    }

    /// Whether this very award waits already.
    fn waits_for(&self, id: &EffectId, wanted: &Contribution) -> bool {
        let waits =
            |row: &Standing| matches!(row.status, Status::Withheld(Withheld::Allotment | Withheld::Quota));
        let same = |row: &Standing| row.content == wanted.content && row.time == wanted.time;
        self.standing.get(id).is_some_and(|row| waits(row) && same(row))
    }

    /// Whether those who wait have to be looked at again: money or a place has come, or a place is gone.
    fn concerns_others(&self, settled: &Settled) -> bool {
        let gave_back = settled.posting.as_ref().is_some_and(|(_, units)| *units < 0);
        let has_quota = self.quotas.contains_key(&settled.standing.id.name);
        gave_back || has_quota && matches!(settled.act, Act::Granted | Act::Reversed)
    }

    /// Everyone who waits, by time: gets what they wait for, if it is there now, or waits for what is missing now.
    fn next_in_line(&mut self, desired: &Desired, block: u64) -> Vec<Settled> {
        let is_open = |(time, _): &&(Millis, EffectId)| *time >= self.final_through;
        let waiting: Vec<_> = self.waiting.iter().filter(is_open).map(|(_, id)| id.clone()).collect();
        let mut out = Vec::new();
        let mut left = Vec::new();
        for id in &waiting {
            let Some(wanted) = desired.wanted(id) else { continue };
            if self.refusal(&fresh(id, wanted, block), units(&wanted.content)).is_some() {
                left.push(id);
            } else {
                out.extend(self.want(id, wanted, block));
            }
        }
        // Last, because others may have taken the places meanwhile.
        out.extend(left.into_iter().filter_map(|id| self.want(id, desired.wanted(id)?, block)));
        out
    }

    /// Drops praise and remembers only awards of a period that has become final; nothing folds behind it any more.
    pub fn forget_period(&mut self, period: &str) {
        self.standing.retain(|id, _| id.period.as_deref() != Some(period));
        self.waiting.retain(|(_, id)| id.period.as_deref() != Some(period));
        self.used.retain(|(_, p), _| p.as_deref() != Some(period));
    }

    fn reverse(&mut self, id: &EffectId) -> Option<Settled> {
        let mut row = self.standing.get(id)?.clone();
        if row.status == Status::Reversed || id.kind == EffectKind::Praise {
            return None; // What was said stays said.
        }
        if row.time < self.final_through {
            return None; // It waited until it was final: nobody asks for it any more, and it stays as it is.
        }
        self.count(&row, -1);
        self.waiting.remove(&(row.time, id.clone()));
        let was_granted = row.status == Status::Granted;
        let posting = self.pay(&row.content, -row.paid);
        row.paid = 0;
        row.status = Status::Reversed;
        row.revision += 1;
        self.standing.insert(id.clone(), row.clone());
        let act = if was_granted { Act::Reversed } else { Act::Withheld };
        Some(Settled { act, standing: row, posting })
    }

    fn want(&mut self, id: &EffectId, wanted: &Contribution, block: u64) -> Option<Settled> {
        let before = self.standing.get(id).cloned();
        if id.kind == EffectKind::Praise {
            return self.say(id, wanted, before, block);
        }
        match before {
            Some(row) if row.status == Status::Granted => self.change(row, wanted),
            before => self.grant(id, wanted, before, block),
        }
    }

    fn say(
        &mut self,
        id: &EffectId,
        wanted: &Contribution,
        before: Option<Standing>,
        block: u64,
    ) -> Option<Settled> {
        if before.is_some() {
            return None; // Told once.
        }
        let row = fresh(id, wanted, block);
        self.standing.insert(id.clone(), row.clone());
        Some(Settled { act: Act::Told, standing: row, posting: None })
    }

    fn grant(
        &mut self,
        id: &EffectId,
        wanted: &Contribution,
        before: Option<Standing>,
        block: u64,
    ) -> Option<Settled> {
        let mut row = fresh(id, wanted, before.as_ref().map_or(block, |b| b.since_block));
        row.revision = before.as_ref().map_or(0, |b| b.revision + 1);
        let units = units(&row.content);
        row.status = match self.refusal(&row, units) {
            Some(reason) => Status::Withheld(reason),
            None => Status::Granted,
        };
        if let Some(before) = &before {
            self.waiting.remove(&(before.time, id.clone()));
            if before.status == row.status && before.content == row.content && before.time == row.time {
                if matches!(row.status, Status::Withheld(Withheld::Allotment | Withheld::Quota)) {
                    self.waiting.insert((row.time, id.clone()));
                }
                return None;
            }
        }
        let (act, posting) = match row.status {
            Status::Granted => {
                row.paid = units;
                (Act::Granted, self.pay(&row.content, units))
            }
            Status::Withheld(Withheld::Allotment | Withheld::Quota) => {
                self.waiting.insert((row.time, id.clone()));
                (Act::Withheld, None)
            }
            _ => (Act::Withheld, None),
        };
        self.count(&row, 1);
        self.standing.insert(id.clone(), row.clone());
        Some(Settled { act, standing: row, posting })
    }

    fn change(&mut self, mut row: Standing, wanted: &Contribution) -> Option<Settled> {
        let disqualified = self.disqualified.contains_key(&row.id.subject.id);
        if row.content == wanted.content && row.time == wanted.time && !disqualified {
            return None;
        }
        let same_currency = currency(&row.content) == currency(&wanted.content);
        let difference = units(&wanted.content) - row.paid;
        if disqualified || !same_currency || !self.affords(&wanted.content, difference) {
            return self.withdraw(row, wanted, disqualified);
        }
        row.content = wanted.content.clone();
        row.time = wanted.time;
        row.paid += difference;
        row.revision += 1;
        let posting = self.pay(&row.content, difference);
        self.standing.insert(row.id.clone(), row.clone());
        Some(Settled { act: Act::Changed, standing: row, posting })
    }

    /// Takes back what was paid; what is wanted now waits, or is refused for good.
    fn withdraw(&mut self, mut row: Standing, wanted: &Contribution, disqualified: bool) -> Option<Settled> {
        let posting = self.pay(&row.content, -row.paid);
        self.count(&row, -1);
        row.paid = 0;
        row.revision += 1;
        row.content = wanted.content.clone();
        row.time = wanted.time;
        row.status =
            Status::Withheld(if disqualified { Withheld::Disqualified } else { Withheld::Allotment });
        if !disqualified {
            self.waiting.insert((row.time, row.id.clone()));
        }
        self.standing.insert(row.id.clone(), row.clone());
        Some(Settled { act: Act::Reversed, standing: row, posting })
    }

    fn refusal(&self, row: &Standing, units: i64) -> Option<Withheld> {
        if self.disqualified.contains_key(&row.id.subject.id) {
            return Some(Withheld::Disqualified);
        }
        if let Some(quota) = self.quotas.get(&row.id.name) {
            let place = (row.id.name.clone(), row.id.period.clone());
            if self.used.get(&place).copied().unwrap_or(0) >= *quota {
                return Some(Withheld::Quota);
            }
        }
        (!self.affords(&row.content, units)).then_some(Withheld::Allotment)
    }

    fn affords(&self, content: &Content, units: i64) -> bool {
        units <= 0
            || self.is_boundless
            || self
                .purse
                .as_ref()
                .is_some_and(|purse| currency(content) == Some(&*purse.currency) && purse.available >= units)
    }

    fn pay(&mut self, content: &Content, units: i64) -> Option<(Id, i64)> {
        if units == 0 {
            return None;
        }
        if let Some(purse) = &mut self.purse {
            purse.available -= units;
        }
        Some((currency(content)?.into(), units))
    }

    fn count(&mut self, row: &Standing, by: i32) {
        if row.status == Status::Granted && self.quotas.contains_key(&row.id.name) {
            let used = self.used.entry((row.id.name.clone(), row.id.period.clone())).or_default();
            *used = used.saturating_add_signed(by);
        }
    }
}

fn fresh(id: &EffectId, wanted: &Contribution, block: u64) -> Standing {
    Standing {
        id: id.clone(),
        time: wanted.time,
        content: wanted.content.clone(),
        status: Status::Granted,
        since_block: block,
        paid: 0,
        revision: 0,
    }
}

fn units(content: &Content) -> i64 {
    match content {
        Content::Award { reward: Reward::Points { units, .. }, .. } => *units,
        _ => 0,
    }
}

fn currency(content: &Content) -> Option<&str> {
    match content {
        Content::Award { reward: Reward::Points { currency, .. }, .. } => Some(currency),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
