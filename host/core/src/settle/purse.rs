//! What an incentive may still spend, in each currency and of each prize.

use std::collections::BTreeMap;

use crate::{
    Id,
    award::{Content, Standing, Withheld},
    incentive::{Incentive, PrizeTerms},
    price::{Price, piece, prize_of},
};

/// Amounts by unit: allotted, paid out, and held for what waits for approval.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purse {
    allotted: BTreeMap<Id, i64>,
    paid: BTreeMap<Id, i64>,
    held: BTreeMap<Id, i64>,
    prizes: BTreeMap<Id, PrizeTerms>,
    closed: bool,
}

/// One unit of a purse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compartment {
    /// A currency, or a prize's piece.
    pub unit: Id,
    /// What the incentive may spend in all.
    pub allotted: i64,
    /// What it has paid.
    pub paid: i64,
    /// What is held for proposed awards.
    pub held: i64,
    /// What is left; less than 0 where another version allots less than is paid.
    pub left: i64,
}

impl Purse {
    /// The purse of an incentive, with all that stands for it, final periods included.
    pub fn new<'r>(incentive: &Incentive, standing: impl IntoIterator<Item = &'r Standing>) -> Self {
        let mut purse = Self::default();
        purse.adopt(incentive);
        for row in standing {
            purse.pay(&row.paid);
            purse.hold(&row.held);
        }
        purse
    }

    /// Another version's allotment and prizes; what is paid and held stays.
    pub fn adopt(&mut self, incentive: &Incentive) {
        self.allotted.clear();
        for line in &incentive.allotment {
            *self.allotted.entry(line.currency.clone()).or_default() += line.units;
        }
        for (prize, terms) in &incentive.prizes {
            self.allotted.insert(piece(prize), terms.pieces);
        }
        self.prizes.clone_from(&incentive.prizes);
        self.closed = false;
    }

    /// As much as anybody may want of what is allotted: to compare what was asked for, whatever is left.
    pub fn bottomless(&self) -> Self {
        let mut purse = self.clone();
        purse.allotted.values_mut().for_each(|units| *units = i64::MAX / 4);
        purse.closed = false;
        purse
    }

    /// The incentive is over: what is not paid or held goes back, and nothing more is paid out of it.
    pub fn close(&mut self) {
        self.closed = true;
    }

    /// What a content costs.
    pub fn price(&self, content: &Content) -> Price {
        Price::of(content, &self.prizes)
    }

    /// What is left in a unit; less than 0 where another version allots less than is paid already.
    pub fn available(&self, unit: &str) -> i64 {
        let of = |amounts: &BTreeMap<Id, i64>| amounts.get(unit).copied().unwrap_or(0);
        let left = of(&self.allotted) - of(&self.paid) - of(&self.held);
        if self.closed { left.min(0) } else { left }
    }

    /// Why so much more can't be paid; `None` if it can. What comes back needs nobody's leave.
    pub fn lacks(&self, more: &Price) -> Option<Withheld> {
        let lack =
            more.by_unit().into_iter().find(|(unit, units)| *units > 0 && *units > self.available(unit));
        lack.map(|(unit, _)| if prize_of(&unit).is_some() { Withheld::Stock } else { Withheld::Allotment })
    }

    /// Pays, or takes back.
    pub fn pay(&mut self, moved: &Price) {
        add(&mut self.paid, moved);
    }

    /// Holds, or lets go.
    pub fn hold(&mut self, moved: &Price) {
        add(&mut self.held, moved);
    }

    /// What is paid or held, by unit.
    pub fn committed(&self) -> BTreeMap<Id, i64> {
        let mut all = self.paid.clone();
        for (unit, units) in &self.held {
            *all.entry(unit.clone()).or_default() += units;
        }
        all
    }

    /// What is in it, by unit.
    pub fn compartments(&self) -> Vec<Compartment> {
        let units: std::collections::BTreeSet<&Id> =
            self.allotted.keys().chain(self.paid.keys()).chain(self.held.keys()).collect();
        let of = |amounts: &BTreeMap<Id, i64>, unit: &Id| amounts.get(unit).copied().unwrap_or(0);
        let row = |unit: &Id| Compartment {
            unit: unit.clone(),
            allotted: of(&self.allotted, unit),
            paid: of(&self.paid, unit),
            held: of(&self.held, unit),
            left: self.available(unit),
        };
        units.into_iter().map(row).collect()
    }
}

fn add(amounts: &mut BTreeMap<Id, i64>, moved: &Price) {
    for (unit, units) in moved.by_unit() {
        let after = amounts.get(&unit).copied().unwrap_or(0) + units;
        match after {
            0 => amounts.remove(&unit),
            _ => amounts.insert(unit, after),
        };
    }
}
