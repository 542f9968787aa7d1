//! Reservations: what budgets and stocks have set aside for an incentive.
//!
//! The journal's entries decide: enabling a version sets aside what it asks for and does not have yet; only a release
//! gives something back. The house checks with this, the treasury books by it, and the task knows from it what it may
//! give back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Id, incentive::Incentive, journal::Entry, ledger::Account, price::piece};

/// One source of an allotment with an amount of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// A budget or a stock.
    pub from: Account,
    /// Its currency, or the unit of the prize.
    pub unit: Id,
    /// Whole units.
    pub units: i64,
}

/// What is set aside for an incentive, by source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reservation {
    lines: BTreeMap<(Account, Id), i64>,
    /// Block of the incentive's latest version.
    pub version: u64,
}

/// What a version asks for, by source.
fn asked(incentive: &Incentive) -> BTreeMap<(Account, Id), i64> {
    let mut asked = BTreeMap::new();
    for line in &incentive.allotment {
        *asked.entry((Account::Budget(line.budget.clone()), line.currency.clone())).or_default() +=
            line.units;
    }
    for (prize, terms) in incentive.prizes.iter().filter(|(_, terms)| terms.pieces > 0) {
        asked.insert((Account::Stock(prize.clone()), piece(prize)), terms.pieces);
    }
    asked
}

impl Reservation {
    /// What has to be set aside beyond what is, for this version.
    pub fn missing(&self, incentive: &Incentive) -> Vec<Line> {
        let missing = asked(incentive).into_iter().map(|(source, units)| {
            let has = self.lines.get(&source).copied().unwrap_or(0);
            Line { from: source.0, unit: source.1, units: units - has }
        });
        missing.filter(|line| line.units > 0).collect()
    }

    /// Takes in an entry of this incentive; says what moves between sources and the allotment (> 0: into it).
    pub fn apply(&mut self, block: u64, entry: &Entry) -> Vec<Line> {
        match entry {
            Entry::Incentive(incentive) => {
                let moves = self.missing(incentive);
                for line in &moves {
                    *self.lines.entry((line.from.clone(), line.unit.clone())).or_default() += line.units;
                }
                self.version = block;
                moves
            }
            Entry::Released { lines, .. } => lines.iter().filter_map(|line| self.release(line)).collect(),
            _ => Vec::new(),
        }
    }

    fn release(&mut self, left: &Line) -> Option<Line> {
        let source = (left.from.clone(), left.unit.clone());
        let has = self.lines.get(&source).copied().unwrap_or(0);
        if left.units >= has {
            return None; // Given back already.
        }
        match left.units {
            0 => self.lines.remove(&source),
            units => self.lines.insert(source, units),
        };
        Some(Line { units: left.units - has, ..left.clone() })
    }

    /// Whether an entry would give nothing back: it was written before, or for another version.
    pub fn is_void(&self, version: u64, lines: &[Line]) -> bool {
        let gives = |line: &Line| {
            let has = self.lines.get(&(line.from.clone(), line.unit.clone())).copied().unwrap_or(0);
            line.units < has
        };
        version != self.version || !lines.iter().any(gives)
    }

    /// What can go back to its sources, as what stays there: all that neither this version asks for (`None`: it is over
    /// and asks for nothing) nor is spent or held, by unit.
    pub fn releasable(&self, version: Option<&Incentive>, committed: &BTreeMap<Id, i64>) -> Vec<Line> {
        let wants = version.map(asked).unwrap_or_default();
        let sum = |of: &BTreeMap<(Account, Id), i64>, unit: &Id| -> i64 {
            of.iter().filter(|((_, u), _)| u == unit).map(|(_, units)| units).sum()
        };
        let mut over: BTreeMap<Id, i64> = BTreeMap::new();
        for (_, unit) in self.lines.keys() {
            let needed = sum(&wants, unit).max(committed.get(unit).copied().unwrap_or(0)).max(0);
            over.insert(unit.clone(), (sum(&self.lines, unit) - needed).max(0));
        }
        let mut lines = Vec::new();
        for ((from, unit), has) in &self.lines {
            let wanted = wants.get(&(from.clone(), unit.clone())).copied().unwrap_or(0);
            let Some(over) = over.get_mut(unit) else { continue };
            let back = (has - wanted).clamp(0, *over);
            if back > 0 {
                *over -= back;
                lines.push(Line { from: from.clone(), unit: unit.clone(), units: has - back });
            }
        }
        lines
    }

    /// All lines, by source.
    pub fn lines(&self) -> impl Iterator<Item = Line> {
        self.lines.iter().map(|((from, unit), units)| Line {
            from: from.clone(),
            unit: unit.clone(),
            units: *units,
        })
    }
}

#[cfg(test)]
mod tests;
