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
    let scored = columns.iter().any(|c| !c.is_nan());
    // A column in which nothing was scored adds nothing to the sum.
    let at = |i: u32| Some(columns[i as usize]).filter(|c| !c.is_nan());
    let sum: f64 = board.value.iter().filter_map(|t| Some(t.factor * at(t.column)?)).sum();
    let per = board.per.map_or(Some(1.0), |i| at(i).filter(|&d| d != 0.0));
    let value = per.map_or(f64::NAN, |per| sum / per);
    let guards = board.guards.iter().all(|g| {
        let kept = |c: f64| g.at_least.is_none_or(|b| c >= b) && g.at_most.is_none_or(|b| c <= b);
        at(g.column).is_some_and(kept)
    });
    wit::Standing {
        entrant: entrant as u32,
        rank: 0,
        qualified: scored && guards && !value.is_nan(),
        value,
        columns,
    }
}

fn aggregate<'a>(column: &Column, scores: impl Iterator<Item = &'a wit::Score> + Clone) -> f64 {
    let values = scores.clone().map(|s| s.value);
    if scores.clone().next().is_none() {
        return f64::NAN;
    }
    match column.aggregate {
        Aggregate::Sum => values.sum(),
        Aggregate::Mean => values.sum::<f64>() / scores.map(|s| s.weight).sum::<f64>(),
        Aggregate::Max => values.fold(f64::NEG_INFINITY, f64::max),
        Aggregate::Min => values.fold(f64::INFINITY, f64::min),
        Aggregate::Last => values.last().unwrap_or(f64::NAN),
    }
}

/// Best first.
fn compare(board: &Board, a: &wit::Standing, b: &wit::Standing) -> Ordering {
    let by = |a: f64, b: f64, lowest: bool| if lowest { a.total_cmp(&b) } else { b.total_cmp(&a) };
    let ties = board.ties.iter().map(|t| {
        let column = t.column as usize;
        by(a.columns[column], b.columns[column], t.lowest_first)
    });
    ties.fold(by(a.value, b.value, board.lowest_first), Ordering::then)
}
