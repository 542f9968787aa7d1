//! Settling: comparing what the rules' effects say with what stands.
//!
//! [`Desired`] holds every effect of the folds since the last final boundary; [`Book`] holds what was settled.
//! At the end of a block, [`Book::settle`] compares the two for the ids that were touched: new → grant, gone →
//! reverse, other content → one entry for the difference. Nothing here depends on how often or in which order the
//! effects were recorded within the block.

mod approval;
mod life;
mod places;
mod purse;
mod race;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use self::life::{act, fresh, waits};
pub use self::places::is_same_award;
use self::places::{Lane, Taken, place_of};
use self::race::Race;
pub use self::{
    approval::{Approvals, Verdict},
    purse::{Compartment, Purse},
};
use crate::{
    Id, Millis,
    award::{Cause, Content, EffectId, EffectKind, Standing, Status, StepKind, Withheld},
    incentive::Incentive,
    price::Price,
    rule::Quota,
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
    /// The team whose places it competes for, where each team has its own.
    pub team: Option<Id>,
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

/// What a settlement did to one effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// What happened.
    pub act: Act,
    /// How it stands now.
    pub standing: Standing,
    /// What moves out of the allotment (negative: back).
    pub moved: Price,
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
    /// Its price is held; somebody has to approve.
    Proposed,
    /// Its facts are gone before anybody approved it.
    Withdrawn,
}

/// What stands.
#[derive(Clone, Debug, Default)]
pub struct Book {
    standing: HashMap<EffectId, Standing>,
    quotas: BTreeMap<Id, Quota>,
    /// Places that are taken, where they are given at once.
    used: BTreeMap<Lane, Taken>,
    waiting: BTreeSet<(Millis, EffectId)>,
    /// Who competes for places that are given at the close.
    races: BTreeMap<Lane, Race>,
    disqualified: BTreeMap<Id, String>,
    /// What proposed awards of final periods say: nobody asks for them any more, and they may still be approved.
    kept: BTreeMap<EffectId, Contribution>,
    /// What may still be spent.
    pub purse: Purse,
    /// Who has to be asked, and what they said.
    pub approvals: Approvals,
    /// Why what changes changes, until something else is said.
    pub cause: Cause,
    /// What was granted for an earlier time is final: nothing that folds changes it any more.
    pub final_through: Millis,
    /// The end of the last period that has closed: races for earlier times are decided.
    pub decided_through: Millis,
    /// Whether everything can be paid, in any currency: for rehearsals that ask what something would cost.
    pub is_boundless: bool,
}

impl Book {
    /// A book with these quotas and what stands already. What is left to spend is in [`Book::purse`].
    pub fn new(quotas: &[Quota], standing: Vec<Standing>) -> Self {
        let mut book = Self {
            quotas: quotas.iter().map(|q| (Id::from(q.award.as_str()), q.clone())).collect(),
            ..Self::default()
        };
        for row in standing {
            book.enter(&row);
            book.count(&row, true);
            if waits(&row) {
                book.waiting.insert((row.time, row.id.clone()));
            }
            book.standing.insert(row.id.clone(), row);
        }
        book
    }

    /// Other quotas, and another version's allotment, prizes and approvals from now on.
    pub fn adopt(&mut self, quotas: &[Quota], incentive: &Incentive) {
        let rows = std::mem::take(&mut self.standing).into_values().collect();
        let before = std::mem::take(self);
        *self = Self {
            disqualified: before.disqualified,
            kept: before.kept,
            purse: before.purse,
            approvals: before.approvals,
            cause: before.cause,
            final_through: before.final_through,
            decided_through: before.decided_through,
            is_boundless: before.is_boundless,
            ..Self::new(quotas, rows)
        };
        self.purse.adopt(incentive);
        self.approvals.rules.clone_from(&incentive.approval);
    }

    /// Somebody has approved or refused an award, by the digest of its id.
    pub fn decide(&mut self, award: &Id, verdict: Verdict, desired: &mut Desired) {
        self.approvals.hear(award.clone(), verdict);
        for id in self.standing.keys().filter(|id| id.digest() == *award) {
            desired.touch(id.clone());
        }
    }

    /// Keeps proposed awards of periods that are final, which nobody asks for any more.
    pub fn keep_proposed(&mut self, is_final: impl Fn(&Standing) -> bool) {
        for row in self.standing.values().filter(|row| row.status == Status::Proposed && is_final(row)) {
            let (content, team) = (row.content.clone(), row.team.clone());
            let asked = Contribution { time: row.time, owner: "final".into(), content, team };
            self.kept.insert(row.id.clone(), asked);
        }
    }

    /// Whether an effect stands granted for a time behind the final boundary. Awards of a final period are forgotten
    /// with it; this is about those that are unique for ever.
    pub fn is_final(&self, id: &EffectId) -> bool {
        let is_final = |row: &Standing| row.status == Status::Granted && row.time < self.final_through;
        self.standing.get(id).is_some_and(is_final)
    }

    /// Takes in what a manager accepted about a final award: its row as it is to stand, and what moves.
    pub fn adjust(&mut self, row: &Standing, moved: &Price) {
        self.purse.pay(moved);
        if let Some(before) = self.standing.get(&row.id).cloned() {
            self.purse.hold(&row.held.clone().minus(&before.held));
            self.count(&before, false);
            self.waiting.remove(&(before.time, row.id.clone()));
            self.leave(&before);
            self.enter(row);
            self.count(row, true);
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
        let touched: Vec<EffectId> = touched.into_iter().filter(|id| !self.is_final(id)).collect();
        touched.iter().for_each(|id| self.compete(id, desired));
        let moves = self.moved_places();
        for id in touched {
            match desired.wanted(&id).or_else(|| self.kept.get(&id)) {
                // Folded again, and nothing new: how far a fold went back gives nobody a better place.
                Some(wanted) if self.waits_for(&id, wanted) => {
                    waiting.insert((wanted.time, id));
                }
                Some(wanted) => {
                    coming.insert((wanted.time, id));
                }
                None => out.extend(self.reverse(&id, block)),
            }
        }
        let mut freed = !out.is_empty();
        coming.extend(moves.gained);
        // Whoever has lost a place gives the money back first.
        for (_, id) in moves.lost.iter().chain(&coming) {
            let wanted = desired.wanted(id).or_else(|| self.kept.get(id)).cloned();
            let held = self.standing.get(id).map(|row| row.held.clone()).unwrap_or_default();
            if let Some(settled) = wanted.and_then(|wanted| self.want(id, &wanted, block)) {
                let bound = settled.moved.clone().plus(&settled.standing.held).minus(&held);
                freed |= bound.parts().any(|(_, units)| units < 0) || self.takes_place(&settled);
                out.push(settled);
            }
        }
        if freed {
            out.extend(self.next_in_line(desired, block));
        } else {
            // The money may have come from elsewhere, as with a larger allotment.
            out.extend(waiting.iter().filter_map(|(_, id)| self.want(id, desired.wanted(id)?, block)));
        }
        out
    }

    /// Whether it may have taken a place, or given one back.
    fn takes_place(&self, settled: &Settled) -> bool {
        !matches!(settled.act, Act::Told | Act::Withheld) && self.quota_of(&settled.standing.id).is_some()
    }

    /// Everyone who waits, by time: gets what they wait for, if it is there now, or waits for what is missing now.
    pub fn next_in_line(&mut self, desired: &Desired, block: u64) -> Vec<Settled> {
        let is_open = |(time, _): &&(Millis, EffectId)| *time >= self.final_through;
        let waiting: Vec<_> = self.waiting.iter().filter(is_open).map(|(_, id)| id.clone()).collect();
        let mut out = Vec::new();
        let mut left = Vec::new();
        for id in &waiting {
            let Some(wanted) = desired.wanted(id) else { continue };
            if self.still_waits(id, wanted, block) {
                left.push(id);
            } else {
                out.extend(self.want(id, wanted, block));
            }
        }
        // Last, because others may have taken the places meanwhile.
        out.extend(left.into_iter().filter_map(|id| self.want(id, desired.wanted(id)?, block)));
        out
    }

    /// Whether something is still missing for an award that waits.
    fn still_waits(&self, id: &EffectId, wanted: &Contribution, block: u64) -> bool {
        let row = fresh(id, wanted, block, self.standing.get(id));
        let price = self.purse.price(&row.content);
        let more = price.clone().minus(&row.paid);
        matches!(self.judge(&row, &price, (&more, &Price::default()), false), Status::Withheld(_))
    }

    /// Drops praise and remembers only awards of a period that has become final; nothing folds behind it any more.
    pub fn forget_period(&mut self, period: &str) {
        self.keep_proposed(|row| row.id.period.as_deref() == Some(period));
        let kept = &self.kept;
        self.standing.retain(|id, _| id.period.as_deref() != Some(period) || kept.contains_key(id));
        self.waiting.retain(|(_, id)| id.period.as_deref() != Some(period));
        self.used.retain(|(_, p, _), _| p.as_deref() != Some(period));
        self.races.retain(|(_, p, _), _| p.as_deref() != Some(period));
    }

    fn reverse(&mut self, id: &EffectId, block: u64) -> Option<Settled> {
        let mut row = self.standing.get(id)?.clone();
        if row.status == Status::Reversed || id.kind == EffectKind::Praise {
            return None; // What was said stays said.
        }
        if row.time < self.final_through {
            return None; // It waited until it was final: nobody asks for it any more, and it stays as it is.
        }
        self.count(&row, false);
        self.waiting.remove(&(row.time, id.clone()));
        let act = act(Some(&row), &Status::Reversed);
        let moved = Price::default().minus(&row.paid);
        self.purse.pay(&moved);
        self.purse.hold(&Price::default().minus(&row.held));
        (row.paid, row.held) = (Price::default(), Price::default());
        row.status = Status::Reversed;
        row.revision += 1;
        row.note(block, StepKind::Reversed { why: self.cause });
        self.standing.insert(id.clone(), row.clone());
        Some(Settled { act, standing: row, moved })
    }

    fn want(&mut self, id: &EffectId, wanted: &Contribution, block: u64) -> Option<Settled> {
        let before = self.standing.get(id).cloned();
        if id.kind == EffectKind::Praise {
            return self.say(id, wanted, before, block);
        }
        let is_same = before.as_ref().is_some_and(|b| self.is_wanted(b, wanted));
        if let Some(row) = before.as_ref().filter(|row| row.status == Status::Granted)
            && is_same
            && self.veto(row).is_none()
            && self.keeps_place(row)
            && self.keeps_number(row)
        {
            return None;
        }
        self.award(id, wanted, before, is_same, block)
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
        let row = fresh(id, wanted, block, None);
        self.standing.insert(id.clone(), row.clone());
        Some(Settled { act: Act::Told, standing: row, moved: Price::default() })
    }

    /// Decides an award anew: what it has of places and money is its own.
    fn award(
        &mut self,
        id: &EffectId,
        wanted: &Contribution,
        before: Option<Standing>,
        is_same: bool,
        block: u64,
    ) -> Option<Settled> {
        let mut row = fresh(id, wanted, block, before.as_ref());
        let held = before.as_ref().map(|b| b.held.clone()).unwrap_or_default();
        if let Some(before) = &before {
            self.count(before, false);
            self.waiting.remove(&(before.time, id.clone()));
        }
        let price = self.purse.price(&row.content);
        let in_lane = before.as_ref().filter(|b| self.lane_of(b) == self.lane_of(&row));
        let has_place = in_lane.is_some_and(|b| b.status == Status::Granted);
        let had = in_lane.and_then(|b| place_of(&b.content));
        let more = price.clone().minus(&row.paid);
        row.status = self.judge(&row, &price, (&more, &held), has_place);
        row.content = self.numbered(&row, had);
        self.purse.hold(&Price::default().minus(&held));
        let moved = match row.status {
            Status::Granted => more,
            Status::Proposed => {
                row.held = more.outgoing();
                Price::default()
            }
            Status::Withheld(_) | Status::Reversed => Price::default().minus(&row.paid),
        };
        self.purse.pay(&moved);
        self.purse.hold(&row.held);
        row.paid = row.paid.plus(&moved);
        self.count(&row, true);
        if waits(&row) {
            self.waiting.insert((row.time, id.clone()));
        }
        let is_nothing_new = |b: &Standing| {
            (&b.status, &b.content, &b.paid, &b.held) == (&row.status, &row.content, &row.paid, &row.held)
        };
        if is_same && before.as_ref().is_some_and(is_nothing_new) {
            return None;
        }
        let act = act(before.as_ref(), &row.status);
        row.note(block, self.step(&row, before.as_ref()));
        self.standing.insert(id.clone(), row.clone());
        Some(Settled { act, standing: row, moved })
    }

    /// Where an award stands: what somebody decided, then places, then money (`more` than is paid, less what
    /// is held), then who has to be asked.
    fn judge(
        &self,
        row: &Standing,
        price: &Price,
        (more, held): (&Price, &Price),
        has_place: bool,
    ) -> Status {
        if let Some(veto) = self.veto(row) {
            return Status::Withheld(veto);
        }
        if let Some(full) = self.has_no_place(row, has_place) {
            return Status::Withheld(full);
        }
        let asks = self.approvals.wants(&row.id, price);
        // What comes back comes when it is granted: until then only what goes out counts.
        let needed = if asks { more.clone().outgoing() } else { more.clone() };
        if let Some(lack) = self.purse.lacks(&needed.minus(held)).filter(|_| !self.is_boundless) {
            return Status::Withheld(lack);
        }
        if asks { Status::Proposed } else { Status::Granted }
    }

    /// What somebody decided against an award.
    fn veto(&self, row: &Standing) -> Option<Withheld> {
        if self.disqualified.contains_key(&row.id.subject.id) {
            return Some(Withheld::Disqualified);
        }
        self.approvals.refusal(&row.id).map(|_| Withheld::Refused)
    }
}

#[cfg(test)]
mod money_tests;
#[cfg(test)]
mod places_tests;
#[cfg(test)]
mod race_tests;
#[cfg(test)]
mod tests;
