//! Where somebody stands: rows of boards with their guards and the next place that pays, and lots in draws.

use std::collections::BTreeSet;

use plaudit_core::{
    Id,
    award::{Content, Standing, Status},
    draw::Receipt,
    event::{Subject, SubjectKind},
    incentive::Period,
    reason::MissedGuard,
    rule::{BoardSpec, Conclusion, Effects, KeyKind, Plan, Reward, Target},
};
use plaudit_store::{Store, StoreError, family, family::concluded::ConcludedPeriod};

use super::{
    super::{fold, task::Task},
    FrozenKey,
};
use crate::api::{
    explained::{Lot, NextPlace, Place, RowStanding, Why},
    views::DrawState,
};

/// An award for a place: whose row, its name, and what it is.
pub(super) struct Paid {
    row: Subject,
    name: Id,
    reward: Reward,
}

/// A board's rows, the best first.
pub(super) type Rows = Vec<(Subject, RowStanding)>;

/// What conclude gives, by row.
pub(super) fn paid_at_close(effects: &Effects) -> Vec<Paid> {
    let paid = effects.awards.iter().filter_map(|(_, target, award)| {
        let row = match target {
            Target::Agent(id) => Subject::agent(id.clone()),
            Target::Team(id) | Target::TeamMembers(id) => Subject::team(id.clone()),
            Target::Itself | Target::Everyone => return None,
        };
        Some(Paid { row, name: award.name.as_str().into(), reward: award.reward.clone() })
    });
    paid.collect()
}

/// What was given at a close, by row. Members of a team are paid for its row.
pub(super) fn paid_before<'a>(
    rows: impl Iterator<Item = &'a Standing>,
    kind: KeyKind,
    team_of: &dyn Fn(&str) -> Option<Id>,
) -> Vec<Paid> {
    let paid = rows.filter(|row| row.status == Status::Granted).filter_map(|row| {
        let subject = &row.id.subject;
        let of_team = kind == KeyKind::Team && subject.kind == SubjectKind::Agent;
        let subject = if of_team { Subject::team(team_of(&subject.id)?) } else { subject.clone() };
        Some(Paid { row: subject, name: row.id.name.clone(), reward: reward(&row.content)? })
    });
    paid.collect()
}

/// What an award gives.
pub(super) fn reward(content: &Content) -> Option<Reward> {
    match content {
        Content::Award { reward, .. } => Some(reward.clone()),
        Content::Praise { .. } => None,
    }
}

/// Rows as they stand.
pub(super) fn rows_now(
    kind: KeyKind,
    conclusion: &Conclusion,
    board: usize,
    is_shown: &dyn Fn(&Id) -> bool,
) -> Rows {
    let rows = conclusion.standings.get(board).into_iter().flatten().filter_map(|row| {
        let entrant =
            conclusion.entrants.get(row.entrant as usize).filter(|entrant| is_shown(&entrant.id))?;
        let columns = row.columns.iter().map(|v| finite(*v)).collect();
        let row = RowStanding { rank: row.rank, qualified: row.qualified, value: finite(row.value), columns };
        Some((fold::itself(kind, &entrant.id)?, row))
    });
    rows.collect()
}

/// Rows as they were concluded.
pub(super) fn rows_then(concluded: &ConcludedPeriod, board: &str) -> Rows {
    let rows = concluded.boards.iter().find(|(name, _)| **name == *board).map(|(_, rows)| rows);
    let row = |row: &plaudit_store::family::concluded::ConcludedRow| {
        let columns = row.columns.iter().map(|v| finite(*v)).collect();
        let standing =
            RowStanding { rank: row.rank, qualified: row.qualified, value: finite(row.value), columns };
        (row.subject.clone(), standing)
    };
    rows.into_iter().flatten().map(row).collect()
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// A subject's place among rows.
pub(super) fn place(
    spec: &BoardSpec,
    rows: &[(Subject, RowStanding)],
    subject: &Subject,
    paid: &[Paid],
) -> Place {
    let row = rows.iter().find(|(who, _)| who == subject).map(|(_, row)| row.clone());
    let guards = row.as_ref().map(|row| guards(spec, row)).unwrap_or_default();
    let next = row.as_ref().and_then(|row| next_place(spec, rows, subject, row, paid));
    Place {
        spec: spec.clone(),
        subject: subject.clone(),
        ranked: rows.iter().filter(|(_, row)| row.rank > 0).count(),
        rows: rows.len(),
        row,
        guards,
        next,
    }
}

fn guards(spec: &BoardSpec, row: &RowStanding) -> Vec<(MissedGuard, bool)> {
    let guard = |guard: &plaudit_core::rule::Guard| {
        let column = guard.column as usize;
        let value = row.columns.get(column).copied().flatten();
        let holds = guard.holds(value);
        let name = spec.columns.get(column).map_or("", |c| c.name.as_str());
        let asked = MissedGuard {
            board: spec.name.as_str().into(),
            column: name.into(),
            value,
            at_least: guard.at_least,
            at_most: guard.at_most,
        };
        (asked, holds)
    };
    spec.guards.iter().map(guard).collect()
}

/// The nearest better place that pays something this row does not get.
fn next_place(
    spec: &BoardSpec,
    rows: &[(Subject, RowStanding)],
    subject: &Subject,
    row: &RowStanding,
    paid: &[Paid],
) -> Option<NextPlace> {
    let value = row.value.filter(|_| row.rank > 0)?;
    let own: BTreeSet<&Id> = paid.iter().filter(|p| p.row == *subject).map(|p| &p.name).collect();
    let better = rows.iter().filter(|(_, other)| other.rank > 0 && other.rank < row.rank);
    better.rev().find_map(|(who, other)| {
        let more = paid.iter().filter(|p| p.row == *who && !own.contains(&p.name));
        let rewards: Vec<Reward> = more.map(|p| p.reward.clone()).collect();
        let theirs = other.value.filter(|_| !rewards.is_empty())?;
        let missing = if spec.lowest_first { value - theirs } else { theirs - value };
        Some(NextPlace { rank: other.rank, value: theirs, missing: missing.max(0.0), rewards })
    })
}

/// An agent's lots in a period that is not final.
pub(super) fn lots(task: &Task, period: &Period, keys: &[FrozenKey], conclusion: &Conclusion) -> Vec<Lot> {
    let concluded = task.closing.find(&period.id);
    let lot = |(index, plan): (usize, &plaudit_core::rule::DrawPlan)| {
        let now: u64 = keys.iter().map(|k| k.sums.tickets.get(index).copied().unwrap_or(0)).sum();
        let seed_hash = task.closing.seed_hash(period.start, &plan.name).unwrap_or_else(|| "".into());
        let name: Id = plan.name.as_str().into();
        let Some(held) = concluded.and_then(|c| c.draws.get(&name)) else {
            let all = conclusion.entrants.iter().map(|e| e.tickets.get(index).copied().unwrap_or(0));
            return Lot {
                index,
                method: plan.method,
                state: DrawState::Open,
                tickets: now,
                tickets_now: Some(now),
                all_tickets: all.clone().sum(),
                entrants: all.filter(|count| *count > 0).count() as u64,
                seed_hash,
                list_hash: None,
                sealed_block: None,
                has_receipt: false,
                won: Vec::new(),
                excluded: None,
                name,
            };
        };
        let is_own = |id: &Id| keys.iter().any(|key| key.id == *id);
        let own = held.list().iter().filter(|(id, _)| is_own(id)).map(|(_, count)| count).sum();
        let excluded = keys.iter().find_map(|key| held.exclusion(&key.id)).cloned().map(Why::Text);
        let excluded = excluded.or_else(|| held.receipt.as_ref().and_then(|receipt| barred(receipt, keys)));
        Lot {
            index,
            method: held.method(),
            state: match (held.is_sealed(), held.receipt.is_some()) {
                (_, true) => DrawState::Held,
                (true, false) => DrawState::Sealed,
                (false, false) => DrawState::Open,
            },
            tickets: own,
            tickets_now: Some(now),
            all_tickets: held.tickets(),
            entrants: held.list().len() as u64,
            seed_hash,
            list_hash: held.is_sealed().then(|| held.list_hash()),
            sealed_block: held.sealed_block(),
            has_receipt: held.receipt.is_some(),
            won: Vec::new(),
            excluded,
            name,
        }
    };
    task.plan.draws.iter().enumerate().map(lot).collect()
}

/// Why somebody was disqualified after the draw.
fn barred(receipt: &Receipt, keys: &[FrozenKey]) -> Option<Why> {
    let item = receipt.appendix.iter().find(|item| keys.iter().any(|key| key.id == item.excluded))?;
    Some(Why::Plain(item.reason.clone()))
}

/// An agent's lots in a final period, as the receipts have them.
pub(super) fn final_lots(
    store: &dyn Store,
    incentive: &Id,
    plan: &Plan,
    period: &Period,
    keys: &[FrozenKey],
) -> Result<Vec<Lot>, StoreError> {
    let mut lots = Vec::new();
    for (index, draw) in plan.draws.iter().enumerate() {
        let text = family::receipt::read_receipt(store, incentive, &period.id, &draw.name)?;
        let Some(receipt) = text.and_then(|text| serde_json::from_str::<Receipt>(&text).ok()) else {
            continue;
        };
        let is_own = |id: &Id| keys.iter().any(|key| key.id == *id);
        let excluded = keys.iter().find_map(|key| receipt.excluded.get(&key.id));
        lots.push(Lot {
            index,
            name: receipt.draw.clone(),
            method: receipt.method,
            state: DrawState::Held,
            tickets: receipt.list.iter().filter(|(id, _)| is_own(id)).map(|(_, count)| count).sum(),
            tickets_now: None,
            all_tickets: receipt.list.iter().map(|(_, count)| count).sum(),
            entrants: receipt.list.len() as u64,
            seed_hash: receipt.seed_hash.clone(),
            list_hash: Some(receipt.list_hash.clone()),
            sealed_block: Some(receipt.sealed_block),
            has_receipt: true,
            won: Vec::new(),
            excluded: excluded.cloned().map(Why::Plain).or_else(|| barred(&receipt, keys)),
        });
    }
    Ok(lots)
}
