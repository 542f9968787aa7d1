//! What stands: at the end of a block, what is asked for is compared with it. See `ARCHITECTURE.md`, "Settling".

use std::collections::BTreeMap;

use plaudit_core::{Millis, rule::Reward};

use crate::wanted::{Award, Id};

/// An award as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// What was last asked for.
    pub award: Award,
    /// Nothing if it was given; else what it waits for: `quota`, `undecided` or `allotment`.
    pub waits_for: Option<&'static str>,
    /// Units that moved to whom it is for.
    pub paid: i64,
    /// Which place of a limited number it has; 0 for none.
    pub place: u32,
}

/// Awards that stand, and the money that is left.
#[derive(Clone, Debug, Default)]
pub(crate) struct Book {
    /// By id; what was taken back is not in it.
    pub(crate) standing: BTreeMap<Id, Standing>,
    /// Currency and units; none: no points at all.
    pub(crate) purse: Option<(String, i64)>,
    /// How many awards of a name there are in a period.
    pub(crate) places: BTreeMap<String, usize>,
    /// Whether places are given when a period closes, by the time of the facts.
    pub(crate) at_close: bool,
}

impl Book {
    fn affords(&self, award: &Award, units: i64) -> bool {
        let currency = if let Reward::Points { currency, .. } = &award.reward { currency } else { "" };
        units <= 0 || self.purse.as_ref().is_some_and(|(own, left)| own == currency && *left >= units)
    }

    fn has_place(&self, id: &Id, award: &Award) -> bool {
        let own = lane(id, award);
        let taken = self
            .standing
            .iter()
            .filter(|(other, row)| *other != id && row.waits_for.is_none() && lane(other, &row.award) == own);
        self.places.get(&id.name).is_none_or(|places| taken.count() < *places)
    }

    /// The place that somebody had, or else the first that nobody has.
    fn free_place(&self, id: &Id, award: &Award) -> u32 {
        let own = lane(id, award);
        let others =
            self.standing.iter().filter(|(other, row)| *other != id && lane(other, &row.award) == own);
        let taken: Vec<u32> = others.map(|(_, row)| row.place).collect();
        let had = self.standing.get(id).filter(|row| lane(id, &row.award) == own).map_or(0, |row| row.place);
        let is_free = |place: &u32| *place > 0 && !taken.contains(place);
        Some(had).filter(is_free).or_else(|| (1..).find(is_free)).unwrap_or(0)
    }

    fn pay(&mut self, units: i64) {
        if let Some((_, left)) = &mut self.purse {
            *left -= units;
        }
    }

    /// What is not decided by who came first of all that is known: nothing, or why there is no place.
    fn beaten(&self, id: &Id, wanted: &BTreeMap<Id, Award>, decided: Millis) -> Option<&'static str> {
        let places = self.places.get(&id.name).filter(|_| self.at_close)?;
        if wanted.get(id)?.time >= decided {
            return Some("undecided");
        }
        (before(id, wanted) >= *places).then_some("quota")
    }

    /// First goes what nobody asks for any more, and what has lost its place; then comes what is new or another, or has a
    /// place now, by time; then those who waited. What lies before `final_through` stays; periods that end by `decided`
    /// are closed.
    pub(crate) fn settle(&mut self, wanted: &BTreeMap<Id, Award>, final_through: Millis, decided: Millis) {
        let gone: Vec<Id> = self
            .standing
            .iter()
            .filter(|(id, row)| row.award.time >= final_through && !wanted.contains_key(*id))
            .map(|(id, _)| id.clone())
            .collect();
        for id in gone {
            if let Some(row) = self.standing.remove(&id) {
                self.pay(-row.paid);
            }
        }
        let beaten: BTreeMap<Id, Option<&'static str>> =
            wanted.keys().map(|id| (id.clone(), self.beaten(id, wanted, decided))).collect();
        let lost: Vec<Id> = self
            .standing
            .iter()
            .filter(|(id, row)| row.award.time >= final_through && row.paid != 0 && beaten[*id].is_some())
            .map(|(id, _)| id.clone())
            .collect();
        for id in lost {
            self.give(&id, &wanted[&id], beaten[&id]);
        }
        let is_open = |id: &&Id| self.standing.get(*id).is_none_or(|row| row.award.time >= final_through);
        let has_come = |row: &Standing, id: &Id| {
            let had_none = matches!(row.waits_for, Some("quota" | "undecided"));
            self.at_close && had_none && beaten[id].is_none()
        };
        let is_other =
            |id: &&Id| self.standing.get(*id).is_none_or(|row| row.award != wanted[*id] || has_come(row, id));
        let mut coming: Vec<(Millis, Id)> = wanted
            .iter()
            .filter(|(id, award)| award.time >= final_through && is_open(id) && is_other(id))
            .map(|(id, award)| (award.time, id.clone()))
            .collect();
        coming.sort();
        for (_, id) in coming {
            self.give(&id, &wanted[&id], beaten[&id]);
        }
        // Twice: who gets nothing may have lost the place to one who came after them, and waits for that now.
        for _ in 0..2 {
            let mut waiting: Vec<(Millis, Id)> = self
                .standing
                .iter()
                .filter(|(_, row)| row.waits_for.is_some() && row.award.time >= final_through)
                .map(|(id, row)| (row.award.time, id.clone()))
                .collect();
            waiting.sort();
            for (_, id) in waiting {
                self.give(&id, &wanted[&id], beaten[&id]);
            }
        }
        if self.at_close {
            self.number(wanted, final_through);
        }
    }

    /// Gives what is asked for, if there is a place and the money suffices for the difference; else all of it comes
    /// back, and it waits for what is missing first.
    fn give(&mut self, id: &Id, award: &Award, beaten: Option<&'static str>) {
        let before = self.standing.get(id).map_or(0, |row| row.paid);
        let is_full = !self.at_close && !self.has_place(id, award);
        let full = beaten.or_else(|| is_full.then_some("quota"));
        let waits_for = full.or_else(|| {
            let is_short = !self.affords(award, award.units() - before);
            is_short.then_some("allotment")
        });
        let paid = if waits_for.is_none() { award.units() } else { 0 };
        let is_given = waits_for.is_none() && !self.at_close && self.places.contains_key(&id.name);
        let place = if is_given { self.free_place(id, award) } else { 0 };
        self.pay(paid - before);
        self.standing.insert(id.clone(), Standing { award: award.clone(), waits_for, paid, place });
    }

    /// Places that are given at the close are those of the race, also for who waits for money.
    fn number(&mut self, wanted: &BTreeMap<Id, Award>, final_through: Millis) {
        let places = &self.places;
        let is_open = |(id, row): &(&Id, &mut Standing)| {
            row.award.time >= final_through && places.contains_key(&id.name) && wanted.contains_key(*id)
        };
        for (id, row) in self.standing.iter_mut().filter(is_open) {
            let has_place = matches!(row.waits_for, None | Some("allotment"));
            row.place = if has_place { before(id, wanted) as u32 + 1 } else { 0 };
        }
    }
}

/// What competes for one number of places.
fn lane<'a>(id: &'a Id, award: &'a Award) -> (&'a str, &'a Option<String>, &'a Option<String>) {
    (&id.name, &id.period, &award.team)
}

/// How many came before.
fn before(id: &Id, wanted: &BTreeMap<Id, Award>) -> usize {
    let own = &wanted[id];
    let is_earlier = |(other, award): &(&Id, &Award)| {
        lane(other, award) == lane(id, own) && (award.time, *other) < (own.time, id)
    };
    wanted.iter().filter(is_earlier).count()
}
