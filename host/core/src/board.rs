//! Boards: rankings that the host keeps. Ranking, qualification and tie-breaks are decided here, once, for every rule
//! and for the live page.
//!
//! What nothing was scored in: a sum counts as 0 in a formula, every other aggregate leaves the row without a value.
//! A row without any score at all has no value either: whoever did nothing is not a contestant. Rows without a value
//! and rows that miss a guard are listed behind the others with rank 0.

mod exact;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use exact::Exact;

use crate::rule::{Aggregate, BoardSpec, Standing, Tie};

/// What scores of one entrant in one column add up to. Sums are exact (see [`Exact`]), so that cells may be cut and
/// merged anywhere; only [`Aggregate::Last`] depends on the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Σ value.
    pub sum: Exact,
    /// Σ weight.
    pub weight: Exact,
    /// Number of scores.
    pub count: u64,
    /// Largest value; 0 while `count` is 0.
    pub max: f64,
    /// Smallest value; 0 while `count` is 0.
    pub min: f64,
    /// Latest value; 0 while `count` is 0.
    pub last: f64,
}

impl Cell {
    /// Adds a score that comes after those already in. Values and weights that are not finite are left out.
    pub fn add(&mut self, value: f64, weight: f64) {
        if !(value.is_finite() && weight.is_finite()) {
            return;
        }
        // -0 and 0 are one number, and one sequence of bytes.
        let value = value + 0.0;
        self.merge(&Cell {
            sum: Exact::from_f64(value),
            weight: Exact::from_f64(weight),
            count: 1,
            max: value,
            min: value,
            last: value,
        });
    }

    /// Adds what `later` holds, all of which comes after what is in.
    pub fn merge(&mut self, later: &Cell) {
        if later.count == 0 {
            return;
        }
        if self.count == 0 {
            *self = *later;
            return;
        }
        self.sum = self.sum + later.sum;
        self.weight = self.weight + later.weight;
        self.count = self.count.saturating_add(later.count);
        self.max = self.max.max(later.max);
        self.min = self.min.min(later.min);
        self.last = later.last;
    }

    /// The aggregate, or NaN when nothing was scored (for a mean also when the weights sum to 0).
    pub fn get(&self, aggregate: Aggregate) -> f64 {
        if self.count == 0 {
            return f64::NAN;
        }
        match aggregate {
            Aggregate::Sum => self.sum.to_f64(),
            Aggregate::Mean if self.weight == Exact::default() => f64::NAN,
            Aggregate::Mean => self.sum.to_f64() / self.weight.to_f64(),
            Aggregate::Max => self.max,
            Aggregate::Min => self.min,
            Aggregate::Last => self.last,
        }
    }
}

/// Ranks rows of (entrant index, one cell per column): qualified ones first, best first; equal values that no
/// tie-break parts share a rank, and the next rank counts them all (1, 1, 3). Equal ones stand in the order of their
/// index, so the result does not depend on the order of `rows`.
pub fn rank(spec: &BoardSpec, rows: &[(u32, Vec<Cell>)]) -> Vec<Standing> {
    let mut standings: Vec<Standing> =
        rows.iter().map(|(entrant, cells)| measure(spec, *entrant, cells)).collect();
    standings.sort_by(|a, b| {
        let placed = b.qualified.cmp(&a.qualified);
        placed.then_with(|| compare(spec, a, b)).then(a.entrant.cmp(&b.entrant))
    });
    let mut place = 0;
    for index in 0..standings.len() {
        if !standings[index].qualified {
            break;
        }
        let is_tied = index > 0 && compare(spec, &standings[index - 1], &standings[index]).is_eq();
        if !is_tied {
            place = index as u32 + 1;
        }
        standings[index].rank = place;
    }
    standings
}

/// Ranks rows as [`rank`] does, with some more that take no part in the ranking: they have rank 0 and move nobody. Those
/// that hold every guard stand right behind whoever is ranked, so that a rule may give them what depends on their own
/// value alone.
pub fn rank_with_aside(
    spec: &BoardSpec,
    rows: &[(u32, Vec<Cell>)],
    aside: &[(u32, Vec<Cell>)],
) -> Vec<Standing> {
    let mut standings = rank(spec, rows);
    if !aside.is_empty() {
        let unranked = rank(spec, aside).into_iter().map(|row| Standing { rank: 0, ..row });
        standings.extend(unranked);
        // Stable: everything else stays as it was ranked.
        standings.sort_by_key(|row| (!row.qualified, row.rank == 0));
    }
    standings
}

/// A row without its rank. `qualified` says that it has a value and holds every guard.
fn measure(spec: &BoardSpec, entrant: u32, cells: &[Cell]) -> Standing {
    let empty = Cell::default();
    let cell = |index: usize| cells.get(index).unwrap_or(&empty);
    let columns: Vec<f64> =
        spec.columns.iter().enumerate().map(|(i, column)| cell(i).get(column.aggregate)).collect();
    let value = value(spec, &columns);
    let qualified = value.is_finite()
        && spec.guards.iter().all(|guard| guard.holds(Some(column(&columns, guard.column))));
    Standing { entrant, rank: 0, qualified, value, columns }
}

fn value(spec: &BoardSpec, columns: &[f64]) -> f64 {
    if columns.iter().all(|column| column.is_nan()) {
        return f64::NAN;
    }
    let term = |index: u32| {
        let value = column(columns, index);
        let is_sum = spec.columns.get(index as usize).is_some_and(|c| c.aggregate == Aggregate::Sum);
        if value.is_nan() && is_sum { 0.0 } else { value }
    };
    let total: f64 = spec.value.iter().map(|t| t.factor * term(t.column)).sum();
    let value = match spec.per {
        None => total,
        Some(index) => match term(index) {
            0.0 => f64::NAN,
            per => total / per,
        },
    };
    if value.is_finite() { value + 0.0 } else { f64::NAN }
}

/// Best first: by value, then by each tie-break. What has no value comes last, whichever way the others go.
fn compare(spec: &BoardSpec, a: &Standing, b: &Standing) -> Ordering {
    let by_tie =
        |tie: &Tie| better(column(&a.columns, tie.column), column(&b.columns, tie.column), tie.lowest_first);
    let by_value = better(a.value, b.value, spec.lowest_first);
    by_value.then_with(|| spec.ties.iter().map(by_tie).find(|o| o.is_ne()).unwrap_or(Ordering::Equal))
}

fn better(a: f64, b: f64, lowest_first: bool) -> Ordering {
    match (a.is_nan(), b.is_nan()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater,
        (false, true) => Ordering::Less,
        (false, false) if lowest_first => a.total_cmp(&b),
        (false, false) => b.total_cmp(&a),
    }
}

fn column(columns: &[f64], index: u32) -> f64 {
    columns.get(index as usize).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests;
