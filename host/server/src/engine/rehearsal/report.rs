//! What a rehearsal came to.

use std::collections::BTreeMap;

use plaudit_core::{
    Id, Millis,
    award::{EffectId, Standing},
    rule::Fault,
};
use plaudit_store::family::concluded::ConcludedPeriod;

use super::Stop;
use crate::{
    api::views::DrawView,
    engine::{
        commit,
        task::{Outcome, Task},
        views,
    },
};

/// Most effects that a rehearsal may settle: about 250 MiB.
pub const STANDINGS_MAX: usize = 500_000;
/// Most periods that a rehearsal may close.
pub const PERIODS_MAX: usize = 10_000;

/// A rule that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleFault {
    /// The key, if it came down to one.
    pub key: Option<Id>,
    /// The latest time of what it was folding.
    pub at: Millis,
    /// What happened.
    pub fault: Fault,
}

/// Everything that was settled, as it stands at the end.
#[derive(Clone, Debug)]
pub struct Report {
    /// Awards and praise by id, with their status: also those that were withheld or taken back.
    pub settled: BTreeMap<EffectId, Standing>,
    /// Closed periods by start, with the best rows of their boards.
    pub periods: BTreeMap<Millis, ConcludedPeriod>,
    /// How many were ranked in each closed period, on the first board.
    pub ranked: BTreeMap<Millis, u64>,
    /// Draws in the order held. Their seeds are examples.
    pub draws: Vec<DrawView>,
    /// Receipts of the draws, by period and draw.
    pub receipts: BTreeMap<(Id, Id), String>,
    /// Every key of the audience: agents, teams, or one that is empty.
    pub audience: Vec<Id>,
    /// Facts that were read.
    pub read: u64,
    /// Facts that the incentive selected.
    pub selected: u64,
    /// Why it ended early, if the rule failed. What was settled before is in here.
    pub fault: Option<RuleFault>,
    rows_kept: usize,
}

impl Report {
    /// A report of nothing.
    #[cfg(test)]
    pub(crate) fn empty() -> Self {
        Self::new(usize::MAX)
    }

    pub(super) fn new(rows_kept: usize) -> Self {
        Self {
            settled: BTreeMap::new(),
            periods: BTreeMap::new(),
            ranked: BTreeMap::new(),
            draws: Vec::new(),
            receipts: BTreeMap::new(),
            audience: Vec::new(),
            read: 0,
            selected: 0,
            fault: None,
            rows_kept,
        }
    }

    /// Takes in what a block came to.
    pub(super) fn take(&mut self, task: &Task, outcome: &Outcome) -> Result<(), Stop> {
        for settled in &outcome.settled {
            self.settled.insert(settled.standing.id.clone(), settled.standing.clone());
        }
        for period in &outcome.concluded {
            let Some(concluded) = task.closing.find(period) else { continue };
            let mut row = commit::concluded_row(task, concluded);
            let first = row.boards.first().map_or(&[][..], |(_, rows)| rows);
            self.ranked.insert(row.period.start, first.iter().filter(|r| r.rank > 0).count() as u64);
            row.boards.iter_mut().for_each(|(_, rows)| rows.truncate(self.rows_kept));
            self.periods.insert(row.period.start, row);
        }
        for (period, draw) in &outcome.drawn {
            let receipt = task.closing.find(period).and_then(|c| c.draws.get(draw)?.receipt.clone());
            self.draws.extend(views::draw(task, period, draw));
            self.receipts.extend(receipt.map(|receipt| ((period.clone(), draw.clone()), receipt.text())));
        }
        if self.settled.len() > STANDINGS_MAX {
            let why = format!("it gives more than {STANDINGS_MAX} awards; take a shorter window");
            return Err(Stop::Refused(why));
        }
        if self.periods.len() > PERIODS_MAX {
            let why = format!("the window has more than {PERIODS_MAX} periods; take a shorter one");
            return Err(Stop::Refused(why));
        }
        Ok(())
    }
}
