//! What the engine shows to the API.

use std::sync::{Arc, PoisonError};

use plaudit_core::{
    Id,
    award::{Content, Standing},
    draw::{ChanceReceipt, Receipt},
    event::{Event, Subject},
    incentive::Period,
    ledger::Account,
    rule::Standing as Place,
};
use plaudit_store::{
    StoreError, family,
    family::receipt::{read_receipt, read_receipts},
};
use tokio::sync::broadcast;

use super::{Engine, Inner, chances, day, draws, explain, fold, hashes, life, task::Task, worker};
use crate::{
    api::{
        days::{BookedView, DayView},
        explained::{Explained, Question, Unexplained},
        views::{
            AwardLife, AwardView, BalanceView, BoardView, ChanceView, CompartmentView, ContentView,
            DrawState, DrawView, Hashes, IncentiveView, News, PeriodState, RowView, TaskStatus, Views,
            WinnerView,
        },
    },
    journal::House,
};

/// An award as the API shows it.
pub(crate) fn award(row: &Standing, plugin: &Id) -> AwardView {
    AwardView {
        id: row.id.digest(),
        incentive: row.id.incentive.clone(),
        period: row.id.period.clone(),
        subject: row.id.subject.clone(),
        name: row.id.name.clone(),
        key: row.id.key.clone(),
        content: content(&row.content),
        status: row.status.clone(),
        is_final: false,
        adjusted_by: None,
        time: row.time,
        since_block: row.since_block,
        plugin: plugin.clone(),
    }
}

/// What an effect says, as the API shows it.
pub(super) fn content(content: &Content) -> ContentView {
    match content {
        Content::Award { reward, because } => {
            ContentView::Award { reward: reward.clone(), because: because.clone() }
        }
        Content::Praise { tone, text } => ContentView::Praise { tone: *tone, text: text.clone() },
    }
}

/// A draw of a concluded period as the API shows it.
pub(super) fn draw(task: &Task, period: &str, name: &str) -> Option<DrawView> {
    let concluded = task.closing.find(period)?;
    let held = concluded.draws.get(name)?;
    let receipt = held.receipt.as_ref();
    let kind = task.plan.key;
    let winners = receipt.map(Receipt::winners_now).unwrap_or_default().into_iter().filter_map(|winner| {
        let reward = held.reward(&winner.prize)?;
        Some(WinnerView { subject: fold::itself(kind, &winner.entrant)?, name: None, reward })
    });
    Some(DrawView {
        incentive: task.incentive.id.clone(),
        period: period.into(),
        draw: name.into(),
        method: held.method(),
        state: match (held.is_sealed(), receipt.is_some()) {
            (_, true) => DrawState::Held,
            (true, false) => DrawState::Sealed,
            (false, false) => DrawState::Open,
        },
        is_final: false,
        waits_for_round: held.waits_for().map(|(_, round)| round),
        seed_hash: task.closing.seed_hash(concluded.period.start, name).unwrap_or_else(|| "".into()),
        list_hash: held.is_sealed().then(|| held.list_hash()),
        tickets: held.tickets(),
        winners: winners.collect(),
    })
}

fn open_draws(task: &Task) -> Vec<DrawView> {
    let Some(period) = task.period_at(task.at.max(task.incentive.start)) else { return Vec::new() };
    if task.closing.find(&period.id).is_some() {
        return Vec::new();
    }
    let mut tickets = vec![0; task.plan.draws.len()];
    for key in task.keys.values() {
        let sums = key.sums_within(period.start, period.end, &task.plan);
        tickets.iter_mut().zip(sums.tickets).for_each(|(all, one)| *all += one);
    }
    let view = |(plan, tickets): (&plaudit_core::rule::DrawPlan, u64)| DrawView {
        incentive: task.incentive.id.clone(),
        period: period.id.clone(),
        draw: plan.name.as_str().into(),
        method: plan.method,
        state: DrawState::Open,
        is_final: false,
        waits_for_round: None,
        seed_hash: task.closing.seed_hash(period.start, &plan.name).unwrap_or_else(|| "".into()),
        list_hash: None,
        tickets,
        winners: Vec::new(),
    };
    task.plan.draws.iter().zip(tickets).map(view).collect()
}

fn live_board(task: &Task, index: usize, period: &Period, state: PeriodState) -> BoardView {
    let conclusion = task.conclusion(period);
    let spec = &task.plan.boards[index];
    let rows = conclusion.standings[index].iter().filter_map(|place: &Place| {
        let entrant = conclusion.entrants.get(place.entrant as usize)?;
        if task.stands_aside(&entrant.id, period) {
            return None;
        }
        Some(RowView {
            rank: place.rank,
            subject: fold::itself(task.plan.key, &entrant.id)?,
            name: None,
            qualified: place.qualified,
            value: finite(place.value),
            columns: place.columns.iter().map(|v| finite(*v)).collect(),
        })
    });
    BoardView {
        incentive: task.incentive.id.clone(),
        board: spec.name.as_str().into(),
        period: period.id.clone(),
        start: period.start,
        end: period.end,
        state,
        block: task.cursor,
        columns: spec.columns.iter().map(|c| c.name.as_str().into()).collect(),
        rows: rows.collect(),
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// A board of a period that is not in memory any more.
fn final_board(
    inner: &Inner,
    task: &Task,
    index: usize,
    wanted: &str,
) -> Result<Option<BoardView>, StoreError> {
    let Some(period) = find_period(task, wanted) else { return Ok(None) };
    let stored = family::concluded::read_concluded(&*inner.store, &task.incentive.id, period.start)?;
    let Some(concluded) = stored else { return Ok(None) };
    let spec = &task.plan.boards[index];
    let Some((name, rows)) = concluded.boards.into_iter().find(|(name, _)| **name == *spec.name) else {
        return Ok(None);
    };
    let rows = rows.into_iter().map(|row| RowView {
        rank: row.rank,
        subject: row.subject,
        name: None,
        qualified: row.qualified,
        value: finite(row.value),
        columns: row.columns.into_iter().map(finite).collect(),
    });
    Ok(Some(BoardView {
        incentive: task.incentive.id.clone(),
        board: name,
        period: concluded.period.id,
        start: concluded.period.start,
        end: concluded.period.end,
        state: PeriodState::Final,
        block: task.cursor,
        columns: spec.columns.iter().map(|c| c.name.as_str().into()).collect(),
        rows: rows.collect(),
    }))
}

/// A period by its id: from the start of the window on, up to now.
pub(super) fn find_period(task: &Task, wanted: &str) -> Option<Period> {
    let mut next = task.calendar.period_at(task.incentive.start);
    while let Some(period) = next.filter(|p| p.start <= task.at) {
        if &*period.id == wanted {
            return Some(period);
        }
        next = task.calendar.next_after(&period);
    }
    None
}

impl Inner {
    pub(super) fn with_task<T>(&self, incentive: &str, read: impl FnOnce(&Task) -> T) -> Option<T> {
        let slot = self.slot(incentive)?;
        let state = slot.lock();
        state.loaded.as_ref().map(|loaded| read(&loaded.task))
    }

    /// The last final boundary of an incentive; the beginning of time while it is not loaded.
    pub(super) fn final_through(&self, incentive: &str) -> plaudit_core::Millis {
        self.with_task(incentive, |task| task.closing.final_through).unwrap_or_default()
    }

    /// Awards as they are shown, the newest first.
    pub(super) fn awards_of(
        &self,
        rows: Result<Vec<family::Pair<family::standing::Standing>>, StoreError>,
    ) -> Vec<AwardView> {
        let rows = rows.unwrap_or_else(|error| {
            tracing::error!(%error, "awards can't be read");
            Vec::new()
        });
        let house = self.house();
        let mut awards: Vec<_> = rows.iter().map(|(key, row)| self.award_now(&house, key, row)).collect();
        // As they are listed: whoever reads on after a page finds what comes next.
        awards.sort_by(|a, b| {
            b.time.cmp(&a.time).then_with(|| (&a.incentive, &a.id).cmp(&(&b.incentive, &b.id)))
        });
        awards
    }

    fn award_now(&self, house: &House, key: &(String, String), row: &Standing) -> AwardView {
        let slot = self.slot(&row.id.incentive);
        let boundary = slot.map_or(i64::MIN, |s| s.final_through.load(std::sync::atomic::Ordering::SeqCst));
        let adjusted = family::get::<family::adjustment::Adjusted>(&*self.store, key);
        AwardView {
            is_final: row.time < boundary,
            adjusted_by: adjusted.ok().flatten().map(|by| by.actor),
            ..award(row, &plugin_of(house, &row.id.incentive))
        }
    }
}

impl Views for Engine {
    fn incentives(&self) -> Vec<IncentiveView> {
        let ids: Vec<Id> = self.inner.house().incentives.keys().cloned().collect();
        let view = |task: &Task| {
            let purse = task.book.purse.compartments();
            let currency = task.incentive.allotment.first().map(|a| a.currency.clone());
            let first = currency.and_then(|currency| purse.iter().find(|c| c.unit == currency));
            let (spent, left) = first.map_or((0, 0), |c| (c.paid, c.left));
            IncentiveView {
                id: task.incentive.id.clone(),
                boards: task.plan.boards.iter().map(|b| b.name.as_str().into()).collect(),
                draws: task.plan.draws.iter().map(|d| d.name.as_str().into()).collect(),
                period: task.period_at(task.at).map(|p| p.id),
                spent,
                left,
                purse: purse.into_iter().map(compartment).collect(),
                final_through: task.closing.final_through,
            }
        };
        ids.iter().filter_map(|id| self.inner.with_task(id, view)).collect()
    }

    fn board(&self, incentive: &str, board: &str, period: Option<&str>) -> Option<BoardView> {
        let inner: &Arc<Inner> = &self.inner;
        inner.with_task(incentive, |task| {
            let index = task.plan.boards.iter().position(|b| b.name == board)?;
            let live = |p: &Period, state| Some(live_board(task, index, p, state));
            let Some(wanted) = period else {
                let open = task
                    .period_at(task.at)
                    .or_else(|| task.closing.concluded().last().map(|c| c.period.clone()));
                return open.and_then(|p| live(&p, state_of(task, &p)));
            };
            if let Some(concluded) = task.closing.find(wanted) {
                return live(&concluded.period, PeriodState::Closed);
            }
            if let Some(open) = task.period_at(task.at).filter(|p| &*p.id == wanted) {
                return live(&open, PeriodState::Open);
            }
            final_board(inner, task, index, wanted).unwrap_or_else(|error| {
                tracing::error!(%error, "a board of the past can't be read");
                None
            })
        })?
    }

    fn awards(&self, subject: &Subject, limit: usize) -> Vec<AwardView> {
        let inner = &self.inner;
        inner.awards_of(family::awarded::of_subject(&*inner.store, &subject.to_string(), limit))
    }

    fn explain(&self, question: &Question) -> Result<Explained, Unexplained> {
        explain::explain(&self.inner, question)
    }

    fn award(&self, id: &str) -> Option<AwardView> {
        let found = life::find(&self.inner, id).unwrap_or_else(|error| {
            tracing::error!(%error, "an award can't be read");
            None
        });
        found.map(|row| award(&row, &plugin_of(&self.inner.house(), &row.id.incentive)))
    }

    fn life(&self, id: &str) -> Option<AwardLife> {
        life::life(&self.inner, id).unwrap_or_else(|error| {
            tracing::error!(%error, "the life of an award can't be read");
            None
        })
    }

    fn awards_with(&self, status: &str, incentive: Option<&str>, limit: usize) -> Vec<AwardView> {
        life::with_status(&self.inner, status, incentive, limit)
    }

    fn balances(&self) -> Vec<BalanceView> {
        let books = self.inner.books.lock().unwrap_or_else(PoisonError::into_inner);
        let view = |(account, currency, units): (&Account, &Id, i64)| BalanceView {
            account: account.to_string(),
            currency: currency.clone(),
            units,
        };
        books.balances().map(view).collect()
    }

    fn balances_of(&self, subject: &Subject) -> Vec<BalanceView> {
        let books = self.inner.books.lock().unwrap_or_else(PoisonError::into_inner);
        let account = Account::Subject(subject.clone());
        let view = |(currency, units): (&Id, i64)| BalanceView {
            account: account.to_string(),
            currency: currency.clone(),
            units,
        };
        books.balances_of(&account).map(view).collect()
    }

    fn draws(&self, incentive: &str) -> Vec<DrawView> {
        let in_memory = self.inner.with_task(incentive, |task| {
            let mut draws = open_draws(task);
            for concluded in task.closing.concluded() {
                draws
                    .extend(concluded.draws.keys().filter_map(|name| draw(task, &concluded.period.id, name)));
            }
            draws
        });
        let mut draws = in_memory.unwrap_or_default();
        let receipts = read_receipts(&*self.inner.store, incentive).unwrap_or_else(|error| {
            tracing::error!(%error, incentive, "receipts can't be read");
            Vec::new()
        });
        for (period, name, text) in receipts {
            let is_known = draws.iter().any(|d| *d.period == *period && *d.draw == *name);
            if !is_known && let Ok(receipt) = Receipt::read(&text) {
                draws.push(draws::final_draw(&receipt));
            }
        }
        draws.sort_by(|a, b| (&b.period, &b.draw).cmp(&(&a.period, &a.draw)));
        draws
    }

    fn chances(&self, incentive: &str) -> Vec<ChanceView> {
        let mut views = self.inner.with_task(incentive, Task::chance_views).unwrap_or_default();
        let receipts = read_receipts(&*self.inner.store, incentive).unwrap_or_else(|error| {
            tracing::error!(%error, incentive, "receipts can't be read");
            Vec::new()
        });
        let revealed = receipts.into_iter().filter_map(|(_, _, text)| ChanceReceipt::read(&text).ok());
        views.extend(revealed.map(|receipt| chances::revealed_view(&receipt)));
        views.sort_by(|a, b| (&b.period, &b.chance).cmp(&(&a.period, &a.chance)));
        views
    }

    fn receipt(&self, incentive: &str, period: &str, draw: &str) -> Option<String> {
        read_receipt(&*self.inner.store, incentive, period, draw).unwrap_or_else(|error| {
            tracing::error!(%error, incentive, period, draw, "a receipt can't be read");
            None
        })
    }

    fn days(&self, agent: &str) -> Vec<DayView> {
        day::days(&self.inner, agent)
    }

    fn awards_since(&self, since: plaudit_core::Millis, of: &dyn Fn(&Subject) -> bool) -> Vec<AwardView> {
        let wanted = |subject: &str| Subject::parse(subject).is_some_and(|subject| of(&subject));
        let found = family::awarded::newest(&*self.inner.store, &wanted, &|_| true, (since, usize::MAX));
        self.inner.awards_of(found)
    }

    fn booked(&self, subject: &Subject, since: plaudit_core::Millis, limit: usize) -> Vec<BookedView> {
        day::booked(&self.inner, subject, since, limit).unwrap_or_else(|error| {
            tracing::error!(%error, "the ledger can't be read");
            Vec::new()
        })
    }

    fn facts(
        &self,
        subjects: &[Subject],
        (from, to): (plaudit_core::Millis, plaudit_core::Millis),
        at_most: usize,
    ) -> Option<Vec<Arc<Event>>> {
        let read = self.inner.history.read_at_most(subjects, from, to, self.inner.head(), at_most);
        let read = read.unwrap_or_else(|error| {
            tracing::error!(%error, "the history can't be read");
            None
        });
        Some(read?.into_iter().map(|(_, event)| event).collect())
    }

    fn hashes(&self) -> Hashes {
        hashes::hashes(&self.inner).unwrap_or_else(|error| {
            tracing::error!(%error, "the hashes can't be taken");
            Hashes::default()
        })
    }

    fn status(&self) -> Vec<TaskStatus> {
        let house = self.inner.house();
        let head = self.inner.head();
        let slots: Vec<_> =
            self.inner.slots.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect();
        let status = |slot: Arc<super::Slot>| {
            let block = slot.block.load(std::sync::atomic::Ordering::SeqCst);
            let paused = house.incentives.get(&slot.id).and_then(|e| e.paused.as_ref());
            let fault = worker::fault_of(paused).or_else(|| slot.lock().trouble.clone());
            let waits = self.inner.with_task(&slot.id, Task::awaited).unwrap_or_default();
            let wait = |a: draws::Awaited| {
                format!(
                    "draw {} of {} waits for round {} of drand chain {}",
                    a.draw, a.period, a.round, a.chain
                )
            };
            TaskStatus {
                incentive: slot.id.clone(),
                block,
                lag_blocks: head.saturating_sub(block),
                fault,
                waits: waits.into_iter().map(wait).collect(),
            }
        };
        slots.into_iter().map(status).collect()
    }

    fn is_idle(&self, now: plaudit_core::Millis) -> bool {
        Engine::is_idle(self, now)
    }

    fn subscribe(&self) -> broadcast::Receiver<News> {
        self.inner.news.subscribe()
    }
}

fn plugin_of(house: &House, incentive: &str) -> Id {
    house.incentives.get(incentive).map_or_else(|| "".into(), |record| record.incentive.plugin.clone())
}

fn compartment(of: plaudit_core::settle::Compartment) -> CompartmentView {
    let plaudit_core::settle::Compartment { unit, allotted, paid, held, left } = of;
    CompartmentView { unit, allotted, paid, held, left }
}

fn state_of(task: &Task, period: &Period) -> PeriodState {
    if task.closing.find(&period.id).is_some() { PeriodState::Closed } else { PeriodState::Open }
}
