//! Who is before whom, and why.

use proptest::prelude::*;

use super::*;
use crate::rule::{ColumnSpec, Guard, Term};

fn spec(aggregates: &[Aggregate]) -> BoardSpec {
    let column = |aggregate: &Aggregate| ColumnSpec { name: format!("{aggregate:?}"), aggregate: *aggregate };
    BoardSpec {
        name: "board".into(),
        columns: aggregates.iter().map(column).collect(),
        value: vec![Term { column: 0, factor: 1.0 }],
        per: None,
        guards: vec![],
        ties: vec![],
        lowest_first: false,
    }
}

fn cell(scores: &[(f64, f64)]) -> Cell {
    let mut cell = Cell::default();
    scores.iter().for_each(|(value, weight)| cell.add(*value, *weight));
    cell
}

fn one(value: f64) -> Cell {
    cell(&[(value, 1.0)])
}

/// (entrant, rank) in order.
fn ranks(spec: &BoardSpec, rows: &[(u32, Vec<Cell>)]) -> Vec<(u32, u32)> {
    rank(spec, rows).into_iter().map(|s| (s.entrant, s.rank)).collect()
}

#[test]
fn a_cell_knows_every_aggregate() {
    let cell = cell(&[(0.1, 1.0), (0.7, 3.0), (0.4, 1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)]);
    assert_eq!(cell.get(Aggregate::Sum), 1.2);
    assert_eq!(cell.get(Aggregate::Mean), 0.24);
    assert_eq!(
        (cell.get(Aggregate::Max), cell.get(Aggregate::Min), cell.get(Aggregate::Last)),
        (0.7, 0.1, 0.4)
    );
    assert!(Cell::default().get(Aggregate::Sum).is_nan());
    assert!(super::tests::cell(&[(1.0, 0.0)]).get(Aggregate::Mean).is_nan());
}

#[test]
fn equal_values_share_a_rank_and_the_next_counts_them() {
    let board = spec(&[Aggregate::Sum]);
    let rows = [(0, vec![one(5.0)]), (1, vec![one(9.0)]), (2, vec![one(9.0)]), (3, vec![Cell::default()])];
    assert_eq!(ranks(&board, &rows), [(1, 1), (2, 1), (0, 3), (3, 0)]);
    let lowest = BoardSpec { lowest_first: true, ..board };
    assert_eq!(ranks(&lowest, &rows), [(0, 1), (1, 2), (2, 2), (3, 0)]);
}

#[test]
fn guards_qualify_and_ties_part() {
    let mut board = spec(&[Aggregate::Sum, Aggregate::Mean, Aggregate::Last]);
    board.guards = vec![Guard { column: 1, at_least: Some(4.0), at_most: None, or_nothing: false }];
    board.ties = vec![Tie { column: 2, lowest_first: true }];
    let rows = [
        (0, vec![one(10.0), one(4.0), one(300.0)]),
        (1, vec![one(10.0), one(4.5), one(250.0)]),
        (2, vec![one(99.0), one(3.9), one(100.0)]),
        (3, vec![one(50.0), Cell::default(), one(100.0)]),
        (4, vec![one(10.0), one(5.0), Cell::default()]),
    ];
    assert_eq!(ranks(&board, &rows), [(1, 1), (0, 2), (4, 3), (2, 0), (3, 0)]);
}

#[test]
fn a_guard_may_hold_where_nothing_was_scored() {
    let mut board = spec(&[Aggregate::Sum, Aggregate::Sum]);
    board.guards = vec![Guard { column: 1, at_least: None, at_most: Some(0.0), or_nothing: true }];
    let rows =
        [(0, vec![one(5.0), Cell::default()]), (1, vec![one(4.0), one(0.0)]), (2, vec![one(9.0), one(1.0)])];
    assert_eq!(ranks(&board, &rows), [(0, 1), (1, 2), (2, 0)]);
    board.guards[0].or_nothing = false;
    assert_eq!(ranks(&board, &rows), [(1, 1), (2, 0), (0, 0)]);
}

#[test]
fn a_rate_divides_and_nothing_divides_by_zero() {
    let mut board = spec(&[Aggregate::Sum, Aggregate::Sum]);
    board.value = vec![Term { column: 0, factor: 100.0 }];
    board.per = Some(1);
    let rows = [
        (0, vec![one(30.0), one(8.0)]),
        (1, vec![one(20.0), one(4.0)]),
        (2, vec![one(9.0), Cell::default()]),
    ];
    let standings = rank(&board, &rows);
    assert_eq!(standings.iter().map(|s| s.entrant).collect::<Vec<_>>(), [1, 0, 2]);
    assert_eq!(standings[0].value, 500.0);
    assert!(!standings[2].qualified);
}

#[test]
fn no_complaints_is_the_best_result_of_somebody_who_worked() {
    let mut board = spec(&[Aggregate::Sum, Aggregate::Sum]);
    board.lowest_first = true;
    board.guards = vec![Guard { column: 1, at_least: Some(20.0), at_most: None, or_nothing: false }];
    let rows = [
        (0, vec![one(1.0), one(38.0)]),
        (1, vec![Cell::default(), one(38.0)]),
        (2, vec![Cell::default(); 2]),
    ];
    assert_eq!(ranks(&board, &rows), [(1, 1), (0, 2), (2, 0)]);
}

fn score() -> impl Strategy<Value = (f64, f64)> {
    (-1e9_f64..1e9, 0.0_f64..1e6)
}

proptest! {
    /// Cut anywhere and merged, a cell is the same to the last bit; its sums do not even depend on the order.
    #[test]
    fn cells_may_be_cut_anywhere(scores in prop::collection::vec(score(), 0..60), cut: prop::sample::Index) {
        let whole = cell(&scores);
        let (early, late) = scores.split_at(cut.index(scores.len() + 1));
        let mut merged = cell(early);
        merged.merge(&cell(late));
        prop_assert_eq!(merged, whole);
        let backwards: Vec<_> = scores.iter().rev().copied().collect();
        prop_assert_eq!(cell(&backwards).sum, whole.sum);
    }

    /// Sums of decimals are those of decimals.
    #[test]
    fn decimals_add_exactly(cents in prop::collection::vec(-1_000_000_i64..1_000_000, 1..100)) {
        let sum = cell(&cents.iter().map(|c| (*c as f64 / 100.0, 1.0)).collect::<Vec<_>>());
        prop_assert_eq!(sum.get(Aggregate::Sum), cents.iter().sum::<i64>() as f64 / 100.0);
    }

    /// The order of rows does not matter, and ranks are what they say.
    #[test]
    fn ranking_does_not_depend_on_input_order(
        values in prop::collection::vec((0_u8..4, 0_u8..3, 0_u8..6), 0..20),
        seed: u64,
    ) {
        let mut board = spec(&[Aggregate::Sum, Aggregate::Mean]);
        board.ties = vec![Tie { column: 1, lowest_first: false }];
        board.guards = vec![Guard { column: 1, at_least: Some(1.0), at_most: None, or_nothing: false }];
        let row = |(i, (value, quality, gap)): (usize, &(u8, u8, u8))| {
            let quality = if *gap == 0 { Cell::default() } else { one(f64::from(*quality)) };
            (i as u32, vec![one(f64::from(*value)), quality])
        };
        let rows: Vec<_> = values.iter().enumerate().map(row).collect();
        let mut shuffled = rows.clone();
        shuffled.sort_by_key(|(i, _)| (u64::from(*i) + 1).wrapping_mul(seed | 1));
        let standings = rank(&board, &rows);
        prop_assert_eq!(format!("{:?}", rank(&board, &shuffled)), format!("{standings:?}"));
        for standing in standings.iter().filter(|s| s.qualified) {
            let is_better = |s: &&Standing| {
                s.qualified && (s.value, s.columns[1]) > (standing.value, standing.columns[1])
            };
            prop_assert_eq!(standing.rank as usize, 1 + standings.iter().filter(is_better).count());
        }
        prop_assert!(standings.iter().filter(|s| !s.qualified).all(|s| s.rank == 0));
    }
}

#[test]
fn who_stands_aside_moves_nobody_and_stands_behind_the_ranked_ones() {
    let guarded = BoardSpec {
        guards: vec![Guard { column: 0, at_least: Some(2.0), at_most: None, or_nothing: false }],
        ..spec(&[Aggregate::Sum])
    };
    let rows = [(0, vec![one(5.0)]), (2, vec![one(1.0)]), (4, vec![one(7.0)])];
    let aside = [(1, vec![one(9.0)]), (3, vec![one(1.5)])];
    let standings = rank_with_aside(&guarded, &rows, &aside);
    let seen: Vec<_> = standings.iter().map(|s| (s.entrant, s.rank, s.qualified)).collect();
    assert_eq!(
        seen,
        [(4, 1, true), (0, 2, true), (1, 0, true), (2, 0, false), (3, 0, false)],
        "qualified ones first; without them the ranks are those of the others"
    );
    assert_eq!(rank_with_aside(&guarded, &rows, &[]), rank(&guarded, &rows));
}
