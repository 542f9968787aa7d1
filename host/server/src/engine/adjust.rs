//! What a final period would have settled with everything that is known now, against what stands.
//!
//! The version that was in force when the period became final is run in memory over the history as it stands now, from
//! the incentive's start to the final boundary. What it gives within the period is compared with the standing rows by
//! the same [`Book`] that settles every block. Nothing is written: the difference goes into the journal when a manager
//! accepts it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, MutexGuard, TryLockError},
    time::Duration,
};

use plaudit_core::{
    Id, Millis,
    award::{EffectId, EffectKind, Standing, Status, Withheld},
    hash::short_digest,
    incentive::{Incentive, Period},
    journal::{Adjusted, Position},
    price::Price,
    roster::Roster,
    rule::Plan,
    settle::{Act, Book, Contribution, Desired, Purse, Settled, is_same_award},
};
use plaudit_store::{
    StoreError, family,
    family::{
        adjustment::{Adjustments, Outcome},
        concluded::{read_concluded, starts},
        late::Late,
    },
};

use super::{
    Engine, Inner,
    rehearsal::{Beginning, Luck, Script, Settling, Watch, rehearse},
    task::TaskError,
    upgrade, views, worker,
};
use crate::api::finality::{AdjustmentView, Difference, Finality, LateView, NoProposal, Proposal, Side};

/// What accepting never does.
const NOTE: &str =
    "draws are not held again: prizes that were drawn stay with who won them, and no instant win comes anew";
/// How often something on the stage looks whether it is its turn.
const TURN_EVERY: Duration = Duration::from_millis(50);
/// Whose wish a contribution of a rehearsal is.
const OWNER: &str = "adjustment";

/// What the running task knows, so that its lock is held no longer than a copy takes.
struct Known {
    through: u64,
    roster: Arc<Roster>,
    final_through: Millis,
    purse: Purse,
    /// The incentive as it is now.
    incentive: Incentive,
    left_out: BTreeSet<Position>,
}

impl Finality for Engine {
    fn late(&self, incentive: &str, period: Option<&str>, limit: usize) -> Vec<LateView> {
        let store = &*self.inner.store;
        let rows =
            family::scan_prefix::<Late>(store, &prefix(incentive), usize::MAX).unwrap_or_else(unreadable);
        let wanted = |periods: &[Id]| period.is_none_or(|wanted| periods.iter().any(|p| **p == *wanted));
        let view = |((_, (block, index)), late): ((String, (u64, u32)), family::late::LateFact)| LateView {
            what: late.what,
            subject: late.subject,
            kind: late.kind,
            name: late.name,
            time: late.time,
            periods: late.periods,
            received: late.at,
            block,
            index,
        };
        rows.into_iter().rev().filter(|(_, late)| wanted(&late.periods)).take(limit).map(view).collect()
    }

    fn adjustments(&self, incentive: &str) -> Vec<AdjustmentView> {
        let store = &*self.inner.store;
        let rows = family::scan_prefix::<Adjustments>(store, &prefix(incentive), usize::MAX)
            .unwrap_or_else(unreadable);
        let view = |((_, block), row): ((String, u64), family::adjustment::Adjustment)| AdjustmentView {
            period: row.period,
            digest: row.digest,
            actor: row.actor,
            at: row.at,
            block,
            outcome: match row.outcome {
                Outcome::Booked => "booked",
                Outcome::Refused { .. } => "refused",
                Outcome::Left => "left",
            }
            .to_owned(),
            changes: row.changes,
            units: row.units,
            moved: row.moved,
        };
        rows.into_iter().rev().map(view).collect()
    }

    fn propose(&self, incentive: &str, period: &str, watch: &Watch) -> Result<Proposal, NoProposal> {
        propose(&self.inner, incentive, period, watch)
    }
}

fn unreadable<T>(error: StoreError) -> Vec<T> {
    tracing::error!(%error, "what came late can't be read");
    Vec::new()
}

fn prefix(incentive: &str) -> Vec<u8> {
    [incentive.as_bytes(), &[0]].concat()
}

impl Inner {
    /// The turn to compute something over the past: one at a time. What runs on the stage waits for it, as long as it is
    /// wanted; whoever waits on a connection is told to ask again.
    pub(super) fn turn(&self, watch: &Watch) -> Result<MutexGuard<'_, ()>, NoProposal> {
        loop {
            match self.rehearsing.try_lock() {
                Ok(turn) => return Ok(turn),
                // Nothing is kept under it.
                Err(TryLockError::Poisoned(poisoned)) => return Ok(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) if watch.is_cancelled() => {
                    return Err(task_failed(TaskError::Unwanted));
                }
                Err(TryLockError::WouldBlock) if watch.has_begun() => std::thread::sleep(TURN_EVERY),
                Err(TryLockError::WouldBlock) => {
                    let what = "another computation over the past runs; ask again";
                    return Err(NoProposal::Busy(what.to_owned()));
                }
            }
        }
    }
}

fn propose(inner: &Arc<Inner>, id: &str, wanted: &str, watch: &Watch) -> Result<Proposal, NoProposal> {
    let _turn = inner.turn(watch)?;
    let known = known(inner, id)?;
    let house = inner.house();
    let enabled = house
        .incentives
        .get(id)
        .ok_or_else(|| NoProposal::Unknown(format!("there is no incentive {id:?}")))?;
    if enabled.adjusted_block > known.through {
        let what = "the adjustment before is not booked yet; ask again (is the incentive paused?)";
        return Err(NoProposal::Busy(what.to_owned()));
    }
    let period = closed_period(inner, id, wanted)?
        .ok_or_else(|| NoProposal::Unknown(format!("{id:?} has closed no period {wanted:?}")))?;
    if period.end > known.final_through {
        let what = format!("the period {wanted:?} is not final: what comes counts by itself");
        return Err(NoProposal::NotFinal(what));
    }
    let version = in_force(inner, id, period.end + inner.config.grace_ms)?;
    let rows = worker::standing(inner, &id.into()).map_err(failed)?;
    let plan = plan_of(inner, &version)?;
    let won = rows.iter().filter(|row| row.status != Status::Reversed).map(|row| row.id.clone()).collect();
    let asked = asked_for(inner, version, &known, won, watch)?;
    let is_out = |subject: &Id| enabled.disqualified.contains_key(subject);
    let settled = compare(&period, &plan, rows.clone(), asked, &known, &is_out);
    proposal(inner, id, &period, &known, enabled.adjusted_block, &rows, settled)
}

fn known(inner: &Inner, id: &str) -> Result<Known, NoProposal> {
    let slot = inner.slot(id).ok_or_else(|| NoProposal::Unknown(format!("there is no incentive {id:?}")))?;
    let state = slot.lock();
    let Some(loaded) = state.loaded.as_ref().filter(|l| l.task.cursor >= l.silent_through()) else {
        return Err(NoProposal::Busy(format!("the incentive {id:?} is not loaded yet; ask again")));
    };
    let task = &loaded.task;
    Ok(Known {
        through: task.cursor,
        roster: task.roster.clone(),
        final_through: task.closing.final_through,
        purse: task.book.purse.clone(),
        incentive: task.incentive.clone(),
        left_out: task.left_out.clone(),
    })
}

/// A closed period by its id, with its bounds as opened.
fn closed_period(inner: &Inner, id: &str, wanted: &str) -> Result<Option<Period>, NoProposal> {
    for start in starts(&*inner.store, id).map_err(failed)? {
        let concluded = read_concluded(&*inner.store, id, start).map_err(failed)?;
        if let Some(concluded) = concluded.filter(|c| *c.period.id == *wanted) {
            return Ok(Some(concluded.period));
        }
    }
    Ok(None)
}

/// The version that was in force at an instant.
fn in_force(inner: &Inner, id: &str, at: Millis) -> Result<Incentive, NoProposal> {
    let versions = upgrade::versions(inner, id).map_err(failed)?;
    let then = versions.iter().rposition(|v| v.at <= at).unwrap_or(0);
    let version = versions.into_iter().nth(then).map(|v| v.incentive);
    version.ok_or_else(|| NoProposal::Unknown(format!("there is no incentive {id:?}")))
}

fn plan_of(inner: &Inner, version: &Incentive) -> Result<Plan, NoProposal> {
    let plugin = inner.plugins.plugin(&version.plugin).map_err(NoProposal::Failed)?;
    plugin.plan(&version.settings).map_err(failed)
}

/// Every award that a version gives over the whole past up to the final boundary, with everything that is known now.
/// Instant wins are at most those of `won`.
fn asked_for(
    inner: &Arc<Inner>,
    version: Incentive,
    known: &Known,
    won: BTreeSet<EffectId>,
    watch: &Watch,
) -> Result<BTreeMap<EffectId, Contribution>, NoProposal> {
    let mut task = worker::make(inner, version, &inner.house()).map_err(task_failed)?;
    task.roster = known.roster.clone();
    task.left_out.clone_from(&known.left_out);
    task.book.is_boundless = true;
    let script = Script {
        task,
        beginning: Beginning::Anew,
        settling: Settling::AsItGoes,
        ends_at: known.final_through + inner.config.settle_ms,
        through: known.through,
        luck: Luck::as_it_was(inner.config.draw_key.clone(), won),
        rows_kept: 0,
    };
    let report = rehearse(script, &*inner.history, watch).map_err(failed)?;
    if let Some(fault) = report.fault {
        return Err(NoProposal::Failed(format!("the rule failed: {}", fault.fault)));
    }
    let given = report.settled.into_iter().filter(|(id, row)| {
        id.kind == EffectKind::Award
            && row.time < known.final_through
            && matches!(row.status, Status::Granted | Status::Withheld(Withheld::Quota))
    });
    let asked = |row: Standing| Contribution {
        time: row.time,
        owner: OWNER.into(),
        content: row.content,
        team: row.team,
    };
    Ok(given.map(|(id, row)| (id, asked(row))).collect())
}

/// Settles what is asked for within a period against what stands, as if everything could be paid.
fn compare(
    period: &Period,
    plan: &Plan,
    rows: Vec<Standing>,
    asked: BTreeMap<EffectId, Contribution>,
    known: &Known,
    is_out: &dyn Fn(&Id) -> bool,
) -> Vec<Settled> {
    let within = |time: Millis| period.start <= time && time < period.end;
    let is_drawn = |id: &EffectId| {
        let of = |draw: &plaudit_core::rule::DrawPlan| id.key.strip_prefix(draw.name.as_str());
        plan.draws.iter().any(|draw| of(draw).is_some_and(|rest| rest.starts_with('/')))
    };
    let is_award = |id: &EffectId| id.kind == EffectKind::Award && !is_drawn(id);
    let standing: BTreeMap<EffectId, Standing> =
        rows.into_iter().filter(|row| is_award(&row.id)).map(|row| (row.id.clone(), row)).collect();
    let mut desired = Desired::default();
    let mut book_rows = Vec::new();
    let ids: BTreeSet<&EffectId> = standing.keys().chain(asked.keys().filter(|id| is_award(id))).collect();
    for id in ids {
        let (row, wish) = (standing.get(id), asked.get(id));
        if !row.is_some_and(|r| within(r.time)) && !wish.is_some_and(|asked| within(asked.time)) {
            continue;
        }
        book_rows.extend(row.cloned());
        let is_granted = row.is_some_and(|r| r.status == Status::Granted);
        let given_later = is_granted && row.is_some_and(|r| r.time >= known.final_through);
        let still_waits = row.is_some_and(|r| {
            let lacks = matches!(r.status, Status::Withheld(Withheld::Allotment | Withheld::Stock));
            lacks && wish.is_some_and(|asked| is_same_award(&asked.content, &r.content))
        });
        // What somebody still has to say, or has said, about an award is not decided by the way.
        let is_theirs =
            row.is_some_and(|r| matches!(r.status, Status::Proposed | Status::Withheld(Withheld::Refused)));
        if given_later || still_waits || is_theirs || (is_out(&id.subject.id) && !is_granted) {
            continue;
        }
        match wish {
            Some(asked) => desired.add(id.clone(), asked.clone()),
            None => desired.touch(id.clone()),
        }
    }
    let mut book = Book::new(&plan.quotas, book_rows);
    book.purse = known.purse.bottomless();
    book.decided_through = known.final_through;
    book.settle(&mut desired, known.through)
}

fn proposal(
    inner: &Inner,
    id: &str,
    period: &Period,
    known: &Known,
    after: u64,
    rows: &[Standing],
    settled: Vec<Settled>,
) -> Result<Proposal, NoProposal> {
    let before: BTreeMap<&EffectId, &Standing> = rows.iter().map(|row| (&row.id, row)).collect();
    let differences: Vec<Difference> = settled
        .iter()
        .map(|s| difference(before.get(&s.standing.id).copied(), s, &known.incentive))
        .collect();
    let units = differences.iter().map(|d| d.units).sum();
    let moved = sum(settled.iter().map(|s| &s.moved));
    let change = |s: Settled| Adjusted {
        was: before.get(&s.standing.id).map(|row| row.status.clone()),
        standing: s.standing,
        moved: s.moved,
    };
    let late = family::scan_prefix::<Late>(&*inner.store, &prefix(id), usize::MAX).map_err(failed)?;
    let of_period = |late: &family::late::LateFact| late.periods.contains(&period.id);
    let said: Vec<_> = differences
        .iter()
        .map(|d| {
            (
                &d.award,
                d.before.as_ref().map(|b| &b.paid),
                &d.after.status,
                &d.after.content,
                d.after.time,
                &d.moved,
            )
        })
        .collect();
    Ok(Proposal {
        incentive: id.into(),
        period: period.id.clone(),
        block: known.through,
        digest: short_digest("adjustment", &(id, period, after, said)),
        late: late.iter().filter(|(_, late)| of_period(late)).count() as u64,
        units,
        left: left(&known.purse, &known.incentive),
        is_affordable: known.purse.lacks(&moved).is_none(),
        left_of: moved
            .by_unit()
            .into_keys()
            .map(|unit| (unit.clone(), known.purse.available(&unit)))
            .collect(),
        moved: moved.by_unit(),
        note: NOTE.to_owned(),
        changes: settled.into_iter().map(change).collect(),
        after,
        differences,
    })
}

/// Everything that moves.
pub(super) fn sum<'p>(prices: impl Iterator<Item = &'p Price>) -> Price {
    prices.fold(Price::default(), Price::plus)
}

/// What is left in the first currency of an incentive's allotment.
pub(super) fn left(purse: &Purse, incentive: &Incentive) -> i64 {
    incentive.allotment.first().map_or(0, |line| purse.available(&line.currency))
}

/// Units of the first currency of an incentive's allotment.
pub(super) fn units_of(price: &Price, incentive: &Incentive) -> i64 {
    let first = incentive.allotment.first();
    first.map_or(0, |line| price.by_unit().get(&line.currency).copied().unwrap_or(0))
}

/// A settled effect beside what stood before.
pub(super) fn difference(before: Option<&Standing>, settled: &Settled, incentive: &Incentive) -> Difference {
    let row = &settled.standing;
    Difference {
        award: row.id.digest(),
        subject: row.id.subject.clone(),
        who: None,
        name: row.id.name.clone(),
        key: row.id.key.clone(),
        difference: match (settled.act, &row.status) {
            (_, Status::Reversed) => "gone",
            (_, Status::Withheld(_)) => "withheld",
            (Act::Changed, _) => "changed",
            _ => "new",
        }
        .to_owned(),
        before: before.map(|row| side(row, incentive)),
        after: side(row, incentive),
        units: units_of(&settled.moved, incentive),
        moved: settled.moved.by_unit(),
    }
}

fn side(row: &Standing, incentive: &Incentive) -> Side {
    Side {
        status: row.status.clone(),
        content: views::content(&row.content),
        time: row.time,
        units: units_of(&row.paid, incentive),
        paid: row.paid.by_unit(),
    }
}

/// A failure in words.
pub(super) fn failed(error: impl std::fmt::Display) -> NoProposal {
    NoProposal::Failed(error.to_string())
}

/// A task's failure in words: only a fault is the rule's.
pub(super) fn task_failed(error: TaskError) -> NoProposal {
    match error {
        TaskError::Fault { fault, .. } => NoProposal::Failed(format!("the rule failed: {fault}")),
        other => failed(other),
    }
}
