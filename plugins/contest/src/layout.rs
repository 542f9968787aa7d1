//! Where what stands on the board: one column for each (metric, total or average), in the order of the settings.

use plaudit_sdk::{Aggregate, Board, Plan};

use crate::settings::{Asked, By, Settings, Who};

/// Name of the contest's only board.
pub(crate) const BOARD: &str = "ranking";

/// A column of the board.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    /// The metric that it adds up.
    pub(crate) metric: String,
    /// Its place among the planned metrics.
    pub(crate) index: usize,
    /// How.
    pub(crate) by: By,
    /// Whether an event without the metric scores 0: nothing filed yet is a total of 0, not an absent one.
    pub(crate) zero: bool,
    /// Its weight in the ranked value; 0 if it is there for a condition or a tie only.
    pub(crate) weight: f64,
}

/// The board's columns and what they are for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// In the board's order.
    pub(crate) columns: Vec<Column>,
    /// The column that the value is divided by.
    pub(crate) per: Option<usize>,
    /// The column of the minimum.
    pub(crate) minimum: Option<usize>,
    /// The columns of the conditions, in order.
    pub(crate) guards: Vec<usize>,
    /// The columns of the tie-breaks, in order.
    pub(crate) ties: Vec<usize>,
    metrics: Vec<String>,
}

impl Layout {
    /// The layout for these settings.
    pub(crate) fn of(asked: &Asked) -> Self {
        let mut layout = Self::default();
        for measure in &asked.metrics {
            let column = layout.column(&measure.metric, measure.by);
            layout.columns[column].weight = measure.weight;
        }
        layout.per = asked.per_hour_of.as_ref().map(|metric| layout.column(metric, By::Total));
        layout.minimum = asked.minimum.as_ref().map(|m| layout.column(&m.metric, By::Total));
        for guard in &asked.guards {
            let column = layout.column(&guard.metric, guard.by);
            layout.columns[column].zero |= guard.by == By::Total && guard.at_most.is_some();
            layout.guards.push(column);
        }
        for tie in &asked.tie_breaks {
            let column = layout.column(&tie.metric, tie.by);
            layout.columns[column].zero |= tie.by == By::Total;
            layout.ties.push(column);
        }
        layout
    }

    /// The column of a metric, new if need be.
    fn column(&mut self, metric: &str, by: By) -> usize {
        if let Some(found) = self.columns.iter().position(|c| c.metric == metric && c.by == by) {
            return found;
        }
        let index = self.metrics.iter().position(|m| m == metric).unwrap_or_else(|| {
            self.metrics.push(metric.into());
            self.metrics.len() - 1
        });
        self.columns.push(Column { metric: metric.into(), index, by, zero: false, weight: 0.0 });
        self.columns.len() - 1
    }

    /// A column's name: its metric's; the second of one metric says how it adds up.
    fn name(&self, column: usize) -> String {
        let Column { metric, by, .. } = &self.columns[column];
        let is_second = self.columns[..column].iter().any(|c| c.metric == *metric);
        match (is_second, by) {
            (false, _) => metric.clone(),
            (true, By::Total) => format!("{metric}-total"),
            (true, By::Average) => format!("{metric}-average"),
        }
    }
}

/// The plan: one board that the host ranks.
pub(crate) fn plan(settings: &Settings) -> Plan {
    let plan = match settings.asked.who {
        Who::Agents => Plan::per_agent(),
        Who::Teams => Plan::per_team(),
    };
    let metrics = settings.layout.metrics.iter();
    metrics.fold(plan, |plan, metric| plan.metric(metric)).board(board(settings)).tell_corrections()
}

fn board(settings: &Settings) -> Board {
    let Settings { asked, layout } = settings;
    let names: Vec<String> = (0..layout.columns.len()).map(|i| layout.name(i)).collect();
    let mut board = layout.columns.iter().zip(&names).fold(Board::new(BOARD), |board, (column, name)| {
        let aggregate = if column.by == By::Total { Aggregate::Sum } else { Aggregate::Mean };
        board.column(name, aggregate, column.weight)
    });
    if let Some(per) = layout.per {
        board = board.per(&names[per]);
    }
    if let (Some(column), Some(minimum)) = (layout.minimum, &asked.minimum) {
        board = board.at_least(&names[column], minimum.at_least);
    }
    for (&column, guard) in layout.guards.iter().zip(&asked.guards) {
        if let Some(bound) = guard.at_least {
            board = board.at_least(&names[column], bound);
        }
        if let Some(bound) = guard.at_most {
            board = board.at_most(&names[column], bound);
        }
    }
    for (&column, tie) in layout.ties.iter().zip(&asked.tie_breaks) {
        board = if tie.lowest_first { board.tie_lowest(&names[column]) } else { board.tie(&names[column]) };
    }
    if asked.lowest_first { board.lowest_first() } else { board }
}
