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

    fn has_place(&self, id: &Id) -> bool {
        let taken = self.standing.iter().filter(|(other, row)| {
            *other != id && row.waits_for.is_none() && (&other.name, &other.period) == (&id.name, &id.period)
        });
        self.places.get(&id.name).is_none_or(|places| taken.count() < *places)
    }

    fn pay(&mut self, units: i64) {
        if let Some((_, left)) = &mut self.purse {
            *left -= units;
        }
    }

    /// What is not decided by who came first of all that is known: nothing, or why there is no place.
    fn beaten(&self, id: &Id, wanted: &BTreeMap<Id, Award>, decided: Millis) -> Option<&'static str> {
        let places = self.places.get(&id.name).filter(|_| self.at_close)?;
        let own = wanted.get(id)?;
        if own.time >= decided {
            return Some("undecided");
        }
        let is_earlier = |(other, award): &(&Id, &Award)| {
            (&other.name, &other.period) == (&id.name, &id.period) && (award.time, *other) < (own.time, id)
        };
        (wanted.iter().filter(is_earlier).count() >= *places).then_some("quota")
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
    }

    /// Gives what is asked for, if there is a place and the money suffices for the difference; else all of it comes
    /// back, and it waits for what is missing first.
    fn give(&mut self, id: &Id, award: &Award, beaten: Option<&'static str>) {
        let before = self.standing.get(id).map_or(0, |row| row.paid);
        let is_full = !self.at_close && !self.has_place(id);
        let full = beaten.or_else(|| is_full.then_some("quota"));
        let waits_for = full.or_else(|| {
            let is_short = !self.affords(award, award.units() - before);
            is_short.then_some("allotment")
        });
        let paid = if waits_for.is_none() { award.units() } else { 0 };
        self.pay(paid - before);
        self.standing.insert(id.clone(), Standing { award: award.clone(), waits_for, paid });
    }
}
