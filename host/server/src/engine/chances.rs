//! Instant wins: thrown as the rule asks for them, listed when the period is final, and then their seed is revealed.
//!
//! Not earlier: whoever knew the seed while late facts still count could choose facts that win.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{
    Id,
    draw::{self, ChanceReceipt, Tries, Try},
    incentive::Period,
    journal::Entry,
    rule::{Batch, CallError, Chance, Fault, FaultKind},
    settle::Contribution,
};
use serde::{Deserialize, Serialize};

use super::{
    fold::{Targets, award_content, award_id, contribution, itself, place_of},
    key::{Emitted, Tried},
    task::{Outcome, Task, World},
};
use crate::api::views::{ChanceState, ChanceView};

/// What is left to publish of final periods.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Chances {
    /// Lists of final periods whose seed is not revealed yet, by (period, chance).
    lists: BTreeMap<(Id, Id), List>,
    /// Revealed before the list was made: the task folds again what was published long ago.
    published: BTreeSet<(Id, Id)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct List {
    tries: Tries,
    seed_hash: Id,
    /// The block in which the list was published.
    sealed: Option<u64>,
}

/// What a fold's tries came to: where each belongs, and what is won.
pub(crate) struct Thrown {
    pub(crate) slot: usize,
    pub(crate) tried: Tried,
    pub(crate) won: Option<Emitted>,
}

/// Throws for the tries of a batch.
pub(super) fn throw(
    task: &Task,
    world: &dyn World,
    batch: &Batch,
    chances: &[Chance],
    entity_of: &dyn Fn(u32) -> Id,
) -> Result<Vec<Thrown>, CallError> {
    let context = task.context();
    let mut seeds = Seeds { task, world, known: BTreeMap::new() };
    let mut thrown = Vec::new();
    for chance in chances {
        let (slot, time, entity) = place_of(batch, &chance.at, entity_of).map_err(CallError::Rule)?;
        let Some(key) = batch.slots.get(slot).map(|slot| slot.id.clone()) else { continue };
        let Some(period) = task.period_at(time) else { continue };
        let seed = seeds.of(&period, chance.chance)?;
        for subject in context.subjects(&chance.to, time, itself(task.plan.key, &key)) {
            let id = award_id(&task.incentive.id, &chance.award, subject, &entity, Some(period.id.clone()));
            let what = Try::new(&id, chance.wins, chance.of);
            let won = (what.is_won(&seed) && world.may_win(&id)).then(|| Emitted {
                id: id.clone(),
                contribution: Contribution {
                    team: context.team_for(&id, time),
                    ..contribution(time, &key, award_content(&chance.award))
                },
            });
            thrown.push(Thrown { slot, tried: Tried { chance: chance.chance, what }, won });
        }
    }
    Ok(thrown)
}

/// Seeds of a batch: most of it lies in one period.
struct Seeds<'a> {
    task: &'a Task,
    world: &'a dyn World,
    known: BTreeMap<(Id, u32), [u8; 32]>,
}

impl Seeds<'_> {
    fn of(&mut self, period: &Period, chance: u32) -> Result<[u8; 32], CallError> {
        if let Some(seed) = self.known.get(&(period.id.clone(), chance)) {
            return Ok(*seed);
        }
        let Some(plan) = self.task.plan.chances.get(chance as usize) else {
            let planned = self.task.plan.chances.len();
            let message = format!("try-chances names chance {chance}, the plan has {planned}");
            return Err(CallError::Rule(Fault { kind: FaultKind::Output, message }));
        };
        let seed = self.world.seed(&self.task.incentive.id, &period.id, &plan.name);
        let published = self.task.closing.seed_hash(period.start, &plan.name);
        if published.is_some_and(|hash| hash != draw::seed_hash(&seed)) {
            return Err(CallError::Infrastructure(format!(
                "the draw key is not the one whose seed was published for {} when period {} opened; put the old key file back",
                plan.name, period.id
            )));
        }
        self.known.insert((period.id.clone(), chance), seed);
        Ok(seed)
    }
}

impl Chances {
    /// The list of a period that becomes final: nothing folds behind it any more.
    fn fix(&mut self, period: &Id, chance: &Id, tries: Tries, seed_hash: Id) {
        let place = (period.clone(), chance.clone());
        if !self.published.remove(&place) {
            self.lists.insert(place, List { tries, seed_hash, sealed: None });
        }
    }
}

impl Task {
    /// Whether the seeds of a period were published before it becomes final, if anybody tried in it: else it waits a
    /// block for its opening.
    pub(super) fn chances_are_announced(&self, period: &Period) -> bool {
        self.closing.is_opened(period.start)
            || self.tries_of(period).iter().all(|(_, tries)| tries.is_empty())
    }

    /// Lists all tries of a period that becomes final.
    pub(super) fn fix_chances(&mut self, period: &Period) {
        let lists = self.tries_of(period);
        for (chance, tries) in lists {
            // A chance of a later version was not announced when this period opened.
            if let Some(seed_hash) = self.closing.seed_hash(period.start, &chance) {
                self.closing.chances.fix(&period.id, &chance, tries, seed_hash);
            }
        }
    }

    fn tries_of(&self, period: &Period) -> Vec<(Id, Tries)> {
        let mut lists: Vec<(Id, Tries)> =
            self.plan.chances.iter().map(|c| (c.name.as_str().into(), Tries::default())).collect();
        if lists.is_empty() {
            return lists;
        }
        for key in self.keys.values() {
            for tried in key.tries_within(period.start, period.end) {
                if let Some((_, tries)) = lists.get_mut(tried.chance as usize) {
                    tries.add(&tried.what);
                }
            }
        }
        lists
    }

    /// Publication in order: first the list, then, when that is in the journal, the seed.
    pub(super) fn propose_chances(&mut self, world: &dyn World, outcome: &mut Outcome) {
        let incentive = self.incentive.id.clone();
        let mut wishes = Vec::new();
        for ((period, chance), list) in &self.closing.chances.lists {
            let (incentive, period, chance) = (incentive.clone(), period.clone(), chance.clone());
            if list.sealed.is_none() {
                let (tries, list_hash) = (list.tries.len() as u64, list.tries.list_hash());
                let name = format!("seal chances {period} {chance}");
                wishes.push((name, Entry::ChancesSealed { incentive, period, chance, tries, list_hash }));
            } else {
                let seed = world.seed(&incentive, &period, &chance);
                if draw::seed_hash(&seed) != list.seed_hash {
                    tracing::error!(%incentive, %period, %chance, "the draw key is not the one of the opening: the seed can't be revealed");
                    continue;
                }
                let name = format!("reveal chances {period} {chance}");
                let seed = plaudit_core::hash::hex(&seed);
                wishes.push((name, Entry::SeedRevealed { incentive, period, draw: chance, seed }));
            }
        }
        for (name, entry) in wishes {
            self.closing.propose(name, entry, outcome);
        }
    }

    /// The journal has published a list of tries.
    pub(super) fn chances_sealed(&mut self, period: &Id, chance: &Id) {
        let cursor = self.cursor;
        if let Some(list) = self.closing.chances.lists.get_mut(&(period.clone(), chance.clone())) {
            list.sealed.get_or_insert(cursor);
        }
    }

    /// The journal has revealed a seed; says whether it was that of a chance.
    pub(super) fn chances_revealed(
        &mut self,
        period: &Id,
        chance: &Id,
        seed: &Id,
        outcome: &mut Outcome,
    ) -> bool {
        if !self.plan.chances.iter().any(|c| *c.name == **chance) {
            return false;
        }
        let place = (period.clone(), chance.clone());
        let Some(list) = self.closing.chances.lists.remove(&place) else {
            self.closing.chances.published.insert(place);
            return true;
        };
        let bytes = draw::unhex(seed).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        if let (Some(seed), Some(sealed)) = (bytes, list.sealed) {
            let names = (self.incentive.id.clone(), period.clone(), chance.clone());
            let receipt = ChanceReceipt::new(names, &seed, list.tries, sealed);
            outcome.published.push((period.clone(), chance.clone(), receipt.text()));
        }
        true
    }

    /// Chances of periods whose seed is not revealed yet, as the API shows them.
    pub(super) fn chance_views(&self) -> Vec<ChanceView> {
        let view = |period: &Id, chance: &Id, state, seed_hash, list_hash, tries: usize| ChanceView {
            incentive: self.incentive.id.clone(),
            period: period.clone(),
            chance: chance.clone(),
            state,
            seed_hash,
            list_hash,
            tries: tries as u64,
            wins: None,
        };
        let mut views = Vec::new();
        for period in self.closing.opened_periods() {
            for (chance, tries) in self.tries_of(period) {
                if let Some(seed_hash) = self.closing.seed_hash(period.start, &chance) {
                    views.push(view(&period.id, &chance, ChanceState::Open, seed_hash, None, tries.len()));
                }
            }
        }
        for ((period, chance), list) in &self.closing.chances.lists {
            let list_hash = list.sealed.map(|_| list.tries.list_hash());
            let state = ChanceState::Sealed;
            views.push(view(period, chance, state, list.seed_hash.clone(), list_hash, list.tries.len()));
        }
        views
    }
}

/// Chances of a period whose seed is revealed, as the receipt tells.
pub(super) fn revealed_view(receipt: &ChanceReceipt) -> ChanceView {
    ChanceView {
        incentive: receipt.incentive.clone(),
        period: receipt.period.clone(),
        chance: receipt.chance.clone(),
        state: ChanceState::Revealed,
        seed_hash: receipt.seed_hash.clone(),
        list_hash: Some(receipt.list_hash.clone()),
        tries: receipt.tries.len() as u64,
        wins: Some(receipt.won.len() as u64),
    }
}
