//! Boards as the host keeps them: columns, value, guards, ties, ranks.

use std::cmp::Ordering;

use crate::plan::{Aggregate, Board, Column};
use crate::wit;

/// Ranks the entrants by the scores of a period.
pub(super) fn rank(
    board: &Board,
    number: u32,
    ids: &[&str],
    scores: &[(String, wit::Score)],
) -> wit::BoardStandings {
    let mut rows: Vec<_> = ids.iter().enumerate().map(|(i, id)| row(board, number, i, id, scores)).collect();
    rows.sort_by(|a, b| {
        b.qualified.cmp(&a.qualified).then_with(|| compare(board, a, b)).then(a.entrant.cmp(&b.entrant))
    });
    for i in 0..rows.len() {
        if !rows[i].qualified {
            break;
        }
        let tied = i > 0 && compare(board, &rows[i - 1], &rows[i]) == Ordering::Equal;
        rows[i].rank = if tied { rows[i - 1].rank } else { i as u32 + 1 };
    }
    wit::BoardStandings { rows }
}

fn row(
    board: &Board,
    number: u32,
    entrant: usize,
    id: &str,
    scores: &[(String, wit::Score)],
) -> wit::Standing {
    let mine = |column: usize| {
        let of_column = move |s: &&wit::Score| s.board == number && s.column as usize == column;
        scores.iter().filter(|(key, _)| key == id).map(|(_, s)| s).filter(of_column)
    };
    let columns: Vec<f64> = board.columns.iter().enumerate().map(|(i, c)| aggregate(c, mine(i))).collect();
    let value = value(board, &columns);
    let guards = board.guards.iter().all(|g| {
        let column = columns[g.column as usize];
        let kept = g.at_least.is_none_or(|b| column >= b) && g.at_most.is_none_or(|b| column <= b);
        if column.is_nan() { g.or_nothing } else { kept }
    });
    wit::Standing { entrant: entrant as u32, rank: 0, qualified: guards && value.is_finite(), value, columns }
}

/// NaN where it can't be said: nothing scored at all, nothing in a column that is no sum, or a rate over 0.
fn value(board: &Board, columns: &[f64]) -> f64 {
    if columns.iter().all(|c| c.is_nan()) {
        return f64::NAN;
    }
    let term = |index: u32| {
        let index = index as usize;
        let is_sum = board.columns[index].aggregate == Aggregate::Sum;
        if columns[index].is_nan() && is_sum { 0.0 } else { columns[index] }
    };
    let total: f64 = board.value.iter().map(|t| t.factor * term(t.column)).sum();
    let value = total / board.per.map_or(1.0, term);
    if value.is_finite() { value + 0.0 } else { f64::NAN }
}

fn aggregate<'a>(column: &Column, scores: impl Iterator<Item = &'a wit::Score> + Clone) -> f64 {
    let values = scores.clone().map(|s| s.value);
    if scores.clone().next().is_none() {
        return f64::NAN;
    }
    match column.aggregate {
        Aggregate::Sum => values.sum(),
        Aggregate::Mean => match scores.map(|s| s.weight).sum::<f64>() {
            0.0 => f64::NAN,
            weight => values.sum::<f64>() / weight,
        },
        Aggregate::Max => values.fold(f64::NEG_INFINITY, f64::max),
        Aggregate::Min => values.fold(f64::INFINITY, f64::min),
        Aggregate::Last => values.last().unwrap_or(f64::NAN),
    }
}

/// Best first.
fn compare(board: &Board, a: &wit::Standing, b: &wit::Standing) -> Ordering {
    // What has no value comes last, whichever way the others go.
    let by = |a: f64, b: f64, lowest: bool| match (a.is_nan(), b.is_nan()) {
        (false, false) if lowest => a.total_cmp(&b),
        (false, false) => b.total_cmp(&a),
        (a, b) => a.cmp(&b),
    };
    let ties = board.ties.iter().map(|t| {
        let column = t.column as usize;
        by(a.columns[column], b.columns[column], t.lowest_first)
    });
    ties.fold(by(a.value, b.value, board.lowest_first), Ordering::then)
}
