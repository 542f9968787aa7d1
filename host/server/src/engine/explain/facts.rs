//! What became of each fact about an agent: the same [`Selector`] that the task selects with, and the details that
//! only people want to know.

use std::{collections::HashMap, sync::Arc};

use plaudit_core::{
    Id, Millis,
    event::Event,
    incentive::Period,
    journal::{Block, Decision, Entry, Position},
    metric::{EventContext, Measure, Missing},
    reason::{Lacks, NotCounted, Skip},
};
use plaudit_store::{
    Store, StoreError, family,
    history::{Fate, Version},
};

use super::super::steps::Selector;
use crate::api::explained::{Fact, Outcome};

/// Blocks that an answer keeps at hand.
const BLOCKS_KEPT: usize = 256;

/// Reads blocks of the journal for details.
pub(super) struct Blocks<'a> {
    store: &'a dyn Store,
    kept: HashMap<u64, Arc<Block>>,
}

impl<'a> Blocks<'a> {
    pub(super) fn new(store: &'a dyn Store) -> Self {
        Self { store, kept: HashMap::new() }
    }

    fn get(&mut self, number: u64) -> Result<Arc<Block>, StoreError> {
        if let Some(block) = self.kept.get(&number) {
            return Ok(block.clone());
        }
        let block = family::journal::read_block(self.store, number)?
            .ok_or_else(|| StoreError::Damaged { what: format!("journal block {number} is missing") })?;
        if self.kept.len() >= BLOCKS_KEPT {
            self.kept.clear();
        }
        let block = Arc::new(block);
        self.kept.insert(number, block.clone());
        Ok(block)
    }

    fn time(&mut self, number: u64) -> Result<Millis, StoreError> {
        Ok(self.get(number)?.at)
    }

    fn event(&mut self, position: Position) -> Result<Option<(Millis, Event)>, StoreError> {
        let block = self.get(position.block)?;
        Ok(match block.entries.get(position.index as usize) {
            Some(Entry::Event { event, .. }) => Some((block.at, event.clone())),
            _ => None,
        })
    }

    /// The first block whose time is not before this one; `head + 1` if there is none. Times never go back.
    pub(super) fn first_at(&mut self, at: Millis, head: u64) -> Result<u64, StoreError> {
        let (mut low, mut high) = (1, head + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.time(middle)? >= at { high = middle } else { low = middle + 1 }
        }
        Ok(low)
    }

    /// The block that revealed the seed of a draw whose list was sealed in this one.
    pub(super) fn revealed(
        &self,
        incentive: &str,
        period: &str,
        sealed: u64,
    ) -> Result<Option<u64>, StoreError> {
        self.control(sealed, |entry| {
            matches!(entry, Entry::SeedRevealed { incentive: i, period: p, .. } if **i == *incentive && **p == *period)
        })
        .map(|found| found.map(|(block, _)| block))
    }

    /// Who left an event out, and in which block.
    fn left_out(&mut self, incentive: &str, at: Position) -> Result<Option<(Id, Millis)>, StoreError> {
        let found = self.control(at.block, |entry| {
            matches!(entry, Entry::Decision { incentive: i, decision: Decision::LeaveOut(p), .. }
                if **i == *incentive && *p == at)
        })?;
        let Some((block, Entry::Decision { actor, .. })) = found else { return Ok(None) };
        Ok(Some((actor, self.time(block)?)))
    }

    /// The first entry that is no fact, from a block on, that is the wanted one.
    fn control(
        &self,
        from: u64,
        wanted: impl Fn(&Entry) -> bool,
    ) -> Result<Option<(u64, Entry)>, StoreError> {
        let mut next = (from, 0);
        loop {
            let rows = family::scan::<family::control::Control>(self.store, Some(&next), 1000)?;
            let Some((last, _)) = rows.last() else { return Ok(None) };
            next = (last.0, last.1 + 1);
            if let Some(((block, _), entry)) = rows.into_iter().find(|(_, entry)| wanted(entry)) {
                return Ok(Some((block, entry)));
            }
        }
    }
}

/// What facts are judged by.
pub(super) struct Judge<'a> {
    pub(super) selector: Selector<'a>,
    pub(super) period: &'a Period,
    /// The period of an instant.
    pub(super) period_of: &'a dyn Fn(Millis) -> Option<Id>,
    /// Last block whose facts count, where the period is final.
    pub(super) final_block: Option<u64>,
}

impl Judge<'_> {
    /// What became of each version. A retraction is told with the version that it took back.
    ///
    /// # Errors
    /// The store fails.
    pub(super) fn judge(
        &self,
        versions: &[Version],
        blocks: &mut Blocks<'_>,
    ) -> Result<Vec<Fact>, StoreError> {
        let mut facts = Vec::with_capacity(versions.len());
        let is_told =
            |at: Position| !self.is_late(at) && versions.iter().any(|v| v.fate == Fate::Replaced(at));
        for version in versions {
            let event = &version.event;
            if event.retracted && is_told(version.position) {
                continue;
            }
            let measured = self.measure(event);
            let outcome = self.outcome(version, &measured, blocks)?;
            let values = measured.into_iter().enumerate();
            let values = values.filter_map(|(i, m)| m.ok().map(|m| (i, m.value, m.weight)));
            facts.push(Fact {
                position: version.position,
                time: event.time,
                source: event.source.clone(),
                name: event.fact_name().clone(),
                id: event.id.clone(),
                kind: event.kind.clone(),
                revision: event.revision,
                measures: values.collect(),
                outcome,
            });
        }
        Ok(facts)
    }

    fn is_late(&self, position: Position) -> bool {
        self.final_block.is_some_and(|last| position.block > last)
    }

    fn measure(&self, event: &Event) -> Vec<Result<Measure, Missing>> {
        let context = EventContext::new(event);
        self.selector.metrics.iter().map(|metric| metric.measure(&context)).collect()
    }

    fn outcome(
        &self,
        version: &Version,
        measured: &[Result<Measure, Missing>],
        blocks: &mut Blocks<'_>,
    ) -> Result<Outcome, StoreError> {
        let (event, position) = (&version.event, version.position);
        if measured.iter().all(|m| matches!(m, Err(Missing::Type))) {
            return Ok(Outcome::Not(NotCounted::Filter { metric: None, lacks: Lacks::Type }));
        }
        let fate = match version.fate {
            Fate::Replaced(by) if self.is_late(by) && !self.is_late(position) => Fate::Holds,
            fate => fate,
        };
        if let Fate::Replaced(by) = fate {
            return Ok(Outcome::Not(replaced(event, blocks.event(by)?)));
        }
        if fate == Fate::Stale {
            return Ok(Outcome::Not(NotCounted::Stale));
        }
        if self.is_late(position) {
            return Ok(Outcome::Not(NotCounted::Late { received: blocks.time(position.block)? }));
        }
        let values: Vec<_> = measured.iter().map(|m| m.as_ref().ok().map(|m| (m.value, m.weight))).collect();
        let skip = self.selector.step(event, position, &values).err();
        let skip = skip.or_else(|| self.selector.reach(&event.subject, event.time).err());
        let Some(skip) = skip else { return Ok(self.in_period(event.time)) };
        Ok(Outcome::Not(self.told(skip, event, position, measured, blocks)?))
    }

    fn in_period(&self, time: Millis) -> Outcome {
        if (self.period.start..self.period.end).contains(&time) {
            return Outcome::Counted(None);
        }
        Outcome::Not(match (self.period_of)(time) {
            Some(period) => NotCounted::OtherPeriod { period },
            None => NotCounted::OutsideWindow,
        })
    }

    fn told(
        &self,
        skip: Skip,
        event: &Event,
        position: Position,
        measured: &[Result<Measure, Missing>],
        blocks: &mut Blocks<'_>,
    ) -> Result<NotCounted, StoreError> {
        Ok(match skip {
            Skip::Retracted => NotCounted::Retracted { received: Some(blocks.time(position.block)?) },
            Skip::OutsideWindow => NotCounted::OutsideWindow,
            Skip::NoMetric => {
                let names = self.selector.metrics.iter().map(|m| &m.definition().name);
                let missing = measured.iter().map(|m| match m {
                    Ok(_) => Missing::Type, // There is none: every metric lacks something.
                    Err(missing) => missing.clone(),
                });
                NotCounted::no_metric(names.zip(missing))
            }
            Skip::LeftOut => {
                let by = blocks.left_out(&self.selector.incentive.id, position)?;
                let (actor, at) = by.unwrap_or_else(|| ("".into(), event.time));
                NotCounted::LeftOut { actor, at }
            }
            Skip::UnknownAgent => NotCounted::UnknownAgent,
            Skip::NotInAudience => NotCounted::NotInAudience,
            Skip::NoKey => NotCounted::NoKey,
        })
    }
}

/// What is told of a version that another one replaced. Nothing of whom the other one speaks of.
fn replaced(event: &Event, by: Option<(Millis, Event)>) -> NotCounted {
    match by {
        Some((received, by)) if by.retracted => NotCounted::Retracted { received: Some(received) },
        Some((received, by)) => NotCounted::Superseded {
            revision: by.revision,
            received,
            moved_to: (by.time != event.time && by.subject == event.subject).then_some(by.time),
            is_of_another: by.subject != event.subject,
        },
        None => NotCounted::Retracted { received: None },
    }
}
