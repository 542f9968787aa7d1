//! What agents have before them, and what was booked to them: for their own pages. Reading only; nothing is folded.

use plaudit_core::{
    Id, Millis,
    event::Subject,
    ledger::{Account, Reason, Row},
    rule::{KeyKind, StateFor},
};
use plaudit_store::StoreError;

use super::{Inner, steps::WHOLE, task::Task};
use crate::{
    api::{
        days::{BookedView, DayView, TicketsView},
        views::DrawState,
    },
    payroll,
};

/// What an agent has before them, by incentive.
pub(super) fn days(inner: &Inner, agent: &str) -> Vec<DayView> {
    let ids: Vec<Id> = inner.house().incentives.keys().cloned().collect();
    ids.iter().filter_map(|id| inner.with_task(id, |task| day(task, agent)).flatten()).collect()
}

fn day(task: &Task, agent: &str) -> Option<DayView> {
    let at = task.at.max(task.incentive.start);
    let period = task.period_at(at).filter(|period| period.end > task.at)?;
    let window = (period.start, period.end);
    if task.roster.intervals(&task.incentive.audience, agent, window).is_empty() {
        return None;
    }
    let (id, subject): (Id, _) = match task.plan.key {
        KeyKind::Agent => (agent.into(), Some(Subject::agent(agent))),
        KeyKind::Team => {
            let team = task.roster.team_at(agent, at)?;
            (team.clone(), Some(Subject::team(team)))
        }
        KeyKind::Incentive => (WHOLE.into(), None),
    };
    let key = task.keys.get(&id);
    // Where a state is a period's, what was within reach in the one before is no more.
    let is_of_period = |key: &&super::key::Key| {
        task.plan.state == StateFor::Ever || key.spans.iter().any(|span| span.start >= period.start)
    };
    let progress = key.filter(is_of_period).and_then(|key| key.progress.clone());
    let mut tickets = Vec::new();
    if task.closing.find(&period.id).is_none() {
        let own = key.map(|key| key.sums_within(period.start, period.end, &task.plan).tickets);
        for (index, draw) in task.plan.draws.iter().enumerate() {
            tickets.push(TicketsView {
                period: period.id.clone(),
                ends: period.end,
                draw: draw.name.as_str().into(),
                state: DrawState::Open,
                own: own.as_ref().and_then(|own| own.get(index).copied()).unwrap_or(0),
            });
        }
    }
    for concluded in task.closing.concluded() {
        for (name, draw) in concluded.draws.iter().filter(|(_, draw)| draw.receipt.is_none()) {
            let own = draw.list().iter().find(|(entrant, _)| **entrant == id).map_or(0, |(_, count)| count);
            tickets.push(TicketsView {
                period: concluded.period.id.clone(),
                ends: concluded.period.end,
                draw: name.clone(),
                state: if draw.is_sealed() { DrawState::Sealed } else { DrawState::Open },
                own,
            });
        }
    }
    let (incentive, plugin) = (task.incentive.id.clone(), task.incentive.plugin.clone());
    Some(DayView { incentive, plugin, period, subject, progress, tickets })
}

/// What was booked to an account since then, newest first; at most so many.
pub(super) fn booked(
    inner: &Inner,
    subject: &Subject,
    since: Millis,
    limit: usize,
) -> Result<Vec<BookedView>, StoreError> {
    let account = Account::Subject(subject.clone());
    let mut all = Vec::new();
    for id in inner.house().incentives.keys() {
        payroll::each_row(&*inner.store, id, (since, Millis::MAX), &mut |row| {
            all.extend(of_row(row, &account));
            Ok::<(), StoreError>(())
        })?;
    }
    // Newest first; what was booked together stays in order.
    all.sort_by_key(|booked: &BookedView| std::cmp::Reverse(booked.at));
    all.truncate(limit);
    Ok(all)
}

fn of_row(row: &Row, account: &Account) -> Vec<BookedView> {
    let (effect, why) = match &row.reason {
        Reason::Awarded { effect, .. } => (effect, "awarded"),
        Reason::Corrected { effect, .. } => (effect, "corrected"),
        Reason::Reversed { effect, .. } => (effect, "reversed"),
        Reason::Adjusted { effect, .. } => (effect, "adjusted"),
        Reason::Funded | Reason::Reserved | Reason::Released | Reason::Stocked { .. } => return Vec::new(),
    };
    let own = row.postings.iter().filter(|posting| posting.account == *account);
    own.map(|posting| BookedView {
        at: row.at,
        currency: posting.currency.clone(),
        units: posting.units,
        why,
        award: effect.digest(),
        incentive: effect.incentive.clone(),
    })
    .collect()
}
