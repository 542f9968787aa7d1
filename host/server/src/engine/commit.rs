//! From decisions to one batch: awards, ledger, outbox and cursor, all or nothing.

use plaudit_core::{
    Id, Millis,
    award::{Content, Status, StepKind, Withheld},
    hash::{digest, short_digest},
    ledger::{Chain, LedgerError, Reason, Row},
    rule::Reward,
    settle::{Act, Settled},
};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::{
        adjustment::{Adjusted, AdjustedBy, Adjustments},
        awarded::put_standing,
        concluded::{ConcludedPeriod, ConcludedRow, put_concluded},
        cursor::{Cursor, Place},
        late::Late,
        ledger::Ledger,
        outbox::{Body, Message, Outbox, Recipient},
        receipt::put_receipt,
        told::{Line, Told},
    },
};

use super::{
    close::Concluded,
    finality::Accepted,
    fold,
    hold::Waiting,
    task::{Outcome, Task},
};

/// Where a task's rows stand: the fence of its next commit.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    /// As stored.
    pub(crate) stored: Option<Place>,
    /// The ledger's end.
    pub(crate) chain: Chain,
    /// Number of the next message.
    pub(crate) outbox_next: u64,
    /// Messages that wait for the settle delay.
    pub(crate) held: Waiting,
}

impl Head {
    /// The head of a task as the store has it.
    pub(crate) fn new(task: &str, stored: Option<Place>) -> Self {
        let mut chain = Chain::new(task);
        let mut outbox_next = 1;
        if let Some(cursor) = &stored {
            (chain.next, chain.head) = (cursor.ledger_next, cursor.ledger_head);
            outbox_next = cursor.outbox_next;
        }
        Self { stored, chain, outbox_next, held: Waiting::default() }
    }

    /// Adds the new cursor, fenced by the old one, and remembers it.
    pub(crate) fn advance(&mut self, task: &str, block: u64, batch: &mut Batch) {
        let key = task.to_owned();
        let old = self.stored.as_ref().map(family::value::<Cursor>);
        batch.expect.push((family::key::<Cursor>(&key), old));
        let cursor = Place {
            block,
            ledger_next: self.chain.next,
            ledger_head: self.chain.head,
            outbox_next: self.outbox_next,
        };
        family::put::<Cursor>(batch, &key, &cursor);
        self.stored = Some(cursor);
    }
}

/// The batch of a block's outcome. Nothing is in it but what the outcome says, and the cursor.
pub(crate) fn batch(
    store: &dyn Store,
    task: &Task,
    outcome: &Outcome,
    head: &mut Head,
) -> Result<(Batch, Vec<Row>), CommitError> {
    let mut batch = Batch::default();
    let mut rows = Vec::new();
    let name = task.incentive.id.to_string();
    for settled in &outcome.settled {
        let row = &settled.standing;
        put_standing(store, &mut batch, &(name.clone(), row.id.digest().to_string()), row)?;
        if !settled.moved.is_nothing() {
            let postings = settled.moved.postings(&task.incentive.id, &row.id.subject);
            let row = head.chain.append(task.cursor, task.at, postings, reason(settled))?;
            family::put::<Ledger>(&mut batch, &(name.clone(), row.number), &row);
            rows.push(row);
        }
        if row.time < task.told_from {
            continue;
        }
        for (word, body) in bodies(task, settled) {
            let to = Recipient::Subject(row.id.subject.clone());
            let what = ("settled", row.id.digest(), word, row.revision);
            push(task, &mut batch, head, short_digest("message", &what), row.time, to, body);
        }
    }
    for (position, late) in &outcome.late {
        family::put::<Late>(&mut batch, &(name.clone(), (position.block, position.index)), late);
    }
    for accepted in &outcome.adjustments {
        rows.extend(adjust(store, task, accepted, &mut batch, head)?);
    }
    for (time, body) in outcome.announcements.iter().filter(|(time, _)| *time >= task.told_from) {
        let what = ("announced", task.incentive.id.clone(), announced_word(body));
        push(task, &mut batch, head, short_digest("message", &what), *time, Recipient::Room, body.clone());
    }
    for period in &outcome.concluded {
        if let Some(concluded) = task.closing.find(period) {
            put_concluded(store, &mut batch, &name, &concluded_row(task, concluded))?;
        }
    }
    for (period, draw) in &outcome.drawn {
        let receipt = task.closing.find(period).and_then(|c| c.draws.get(draw)?.receipt.clone());
        if let Some(receipt) = receipt {
            put_receipt(store, &mut batch, (&name, period, draw), &receipt.text())?;
        }
    }
    for (period, chance, text) in &outcome.published {
        put_receipt(store, &mut batch, (&name, period, chance), text)?;
    }
    head.release(&name, task, &mut batch);
    head.advance(&name, task.cursor, &mut batch);
    Ok((batch, rows))
}

/// What was accepted about a final period: the decision, and for each award its row, its posting, and a message.
fn adjust(
    store: &dyn Store,
    task: &Task,
    accepted: &Accepted,
    batch: &mut Batch,
    head: &mut Head,
) -> Result<Vec<Row>, CommitError> {
    let name = task.incentive.id.to_string();
    let decision = &accepted.decision;
    family::put::<Adjustments>(batch, &(name.clone(), task.cursor), decision);
    let mut rows = Vec::new();
    for change in &accepted.changes {
        let row = &change.standing;
        let key = (name.clone(), row.id.digest().to_string());
        put_standing(store, batch, &key, row)?;
        let by = AdjustedBy { actor: decision.actor.clone(), at: task.at, block: task.cursor };
        family::put::<Adjusted>(batch, &key, &by);
        if !change.moved.is_nothing() {
            let reason = Reason::Adjusted {
                effect: row.id.clone(),
                earned: row.time,
                by: decision.actor.clone(),
                adjustment: decision.digest.clone(),
            };
            let postings = change.moved.postings(&task.incentive.id, &row.id.subject);
            let booked = head.chain.append(task.cursor, task.at, postings, reason)?;
            family::put::<Ledger>(batch, &(name.clone(), booked.number), &booked);
            rows.push(booked);
        }
        let act = match (&change.was, &row.status) {
            (_, Status::Reversed) => Act::Reversed,
            (_, Status::Withheld(_)) => Act::Withheld,
            (Some(Status::Granted), Status::Granted) => Act::Changed,
            (_, Status::Granted) => Act::Granted,
            (_, Status::Proposed) => Act::Proposed,
        };
        let settled = Settled { act, standing: row.clone(), moved: change.moved.clone() };
        // Whoever is concerned hears of it: it comes long after what they were told, and somebody decided it.
        if let Some(body) = body(&settled, true) {
            let to = Recipient::Subject(row.id.subject.clone());
            let what = ("settled", row.id.digest(), act_word(act), row.revision);
            push(task, batch, head, short_digest("message", &what), row.time, to, body);
        }
    }
    Ok(rows)
}

/// Why a batch could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CommitError {
    /// What the settlement wants booked does not balance.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The store can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A concluded period as it is stored.
pub(crate) fn concluded_row(task: &Task, concluded: &Concluded) -> ConcludedPeriod {
    let rows = |standings: &Vec<plaudit_core::rule::Standing>| {
        let row = |s: &plaudit_core::rule::Standing| {
            // Who does not compete is on no board, for anybody.
            let id = concluded.entrants.get(s.entrant as usize);
            let id = id.filter(|id| !task.stands_aside(id, &concluded.period))?;
            let subject = fold::itself(task.plan.key, id)?;
            let columns = s.columns.clone();
            Some(ConcludedRow { rank: s.rank, subject, value: s.value, qualified: s.qualified, columns })
        };
        standings.iter().filter_map(row).collect()
    };
    let boards = task.plan.boards.iter().zip(&concluded.standings);
    ConcludedPeriod {
        period: concluded.period.clone(),
        boards: boards.map(|(spec, standings)| (spec.name.as_str().into(), rows(standings))).collect(),
        shared: concluded.shared.clone(),
        runs: concluded.runs,
    }
}

/// A message that an incentive is paused.
pub(crate) fn paused(
    task_name: &Id,
    plugin: &Id,
    block: u64,
    at: Millis,
    fault: &str,
    head: &mut Head,
) -> Batch {
    let mut batch = Batch::default();
    let id = short_digest("message", &("paused", task_name, block));
    let message = Message {
        id: format!("msg_{id}").into(),
        time: at,
        block,
        at,
        incentive: task_name.clone(),
        plugin: plugin.clone(),
        to: Recipient::Room,
        body: Body::Paused { fault: fault.into() },
    };
    family::put::<Outbox>(&mut batch, &(task_name.to_string(), head.outbox_next), &message);
    head.outbox_next += 1;
    let cursor = head.stored.as_ref().map_or(0, |c| c.block);
    head.advance(task_name, cursor, &mut batch);
    batch
}

fn push(task: &Task, batch: &mut Batch, head: &mut Head, id: Id, time: Millis, to: Recipient, body: Body) {
    let message = Message {
        id: format!("msg_{id}").into(),
        time,
        block: task.cursor,
        at: task.at,
        incentive: task.incentive.id.clone(),
        plugin: task.incentive.plugin.clone(),
        to,
        body,
    };
    head.tell(task, message, batch);
}

/// Puts a message into the outbox, and its digest where it is remembered.
pub(super) fn post(batch: &mut Batch, place: &(String, u64), message: &Message) {
    family::put::<Outbox>(batch, place, message);
    let mut line = Line { id: message.id.clone(), digest: [0; 16] };
    line.digest.copy_from_slice(&digest("told", message)[..16]);
    family::put::<Told>(batch, place, &line);
}

fn reason(settled: &Settled) -> Reason {
    let (effect, earned) = (settled.standing.id.clone(), settled.standing.time);
    match settled.act {
        Act::Changed => Reason::Corrected { effect, earned },
        Act::Reversed => Reason::Reversed { effect, earned },
        Act::Granted | Act::Withheld | Act::Told | Act::Proposed | Act::Withdrawn => {
            Reason::Awarded { effect, earned }
        }
    }
}

/// The messages of what was settled, each with the word that is part of its id.
fn bodies(task: &Task, settled: &Settled) -> Vec<(&'static str, Body)> {
    let mut bodies: Vec<_> = decision(settled).into_iter().collect();
    bodies.extend(body(settled, task.plan.tell_corrections).map(|body| (act_word(settled.act), body)));
    bodies
}

/// What somebody decided, if that is what it follows from.
fn decision(settled: &Settled) -> Option<(&'static str, Body)> {
    let row = &settled.standing;
    let Content::Award { reward, .. } = &row.content else { return None };
    let (effect, reward) = (row.id.digest(), reward.clone());
    match row.last_step()? {
        StepKind::Approved { by } => Some(("approved", Body::Approved { effect, reward, by: by.clone() })),
        StepKind::Withheld { why: Withheld::Refused, reason, by: Some(by) } => {
            let (by, reason) = (by.clone(), reason.clone());
            Some(("refused", Body::Refused { effect, reward, by, reason }))
        }
        _ => None,
    }
}

fn body(settled: &Settled, tell: bool) -> Option<Body> {
    let row = &settled.standing;
    let effect = row.id.digest();
    match (&row.content, settled.act) {
        (Content::Praise { tone, text }, _) => Some(Body::Praise { effect, tone: *tone, text: text.clone() }),
        (Content::Award { reward, because }, act) => {
            let (reward, because) = (reward.clone(), because.clone());
            match act {
                Act::Granted | Act::Told => Some(Body::Granted { effect, reward, because }),
                Act::Proposed => Some(Body::Proposed { effect, reward, because }),
                Act::Changed => {
                    let units = match &reward {
                        Reward::Points { currency, .. } => settled.moved.given(currency),
                        Reward::Badge { .. } | Reward::Prize(_) => 0,
                    };
                    let is_told = units != 0 || !settled.moved.is_nothing();
                    is_told.then_some(Body::Changed { effect, reward, because, units, tell })
                }
                Act::Reversed => Some(Body::Reversed { effect, reward, because, tell }),
                // People have not heard of it.
                Act::Withdrawn => Some(Body::Reversed { effect, reward, because, tell: false }),
                Act::Withheld => match row.status {
                    Status::Withheld(Withheld::Refused) => None, // A message of its own.
                    Status::Withheld(Withheld::Undecided) => None, // Nothing to say yet.
                    Status::Withheld(why) => {
                        Some(Body::Withheld { effect, reward, reason: why.word().into() })
                    }
                    Status::Granted | Status::Reversed | Status::Proposed => None,
                },
            }
        }
    }
}

fn act_word(act: Act) -> &'static str {
    match act {
        Act::Granted => "granted",
        Act::Changed => "changed",
        Act::Reversed => "reversed",
        Act::Withheld => "withheld",
        Act::Told => "told",
        Act::Proposed => "proposed",
        Act::Withdrawn => "withdrawn",
    }
}

fn announced_word(body: &Body) -> (&'static str, Id, Id) {
    let none: Id = "".into();
    match body {
        Body::Closed { period, .. } => ("closed", period.clone(), none),
        Body::Final { period } => ("final", period.clone(), none),
        Body::DrawSealed { period, draw, .. } => ("sealed", period.clone(), draw.clone()),
        Body::DrawHeld { period, draw, .. } => ("held", period.clone(), draw.clone()),
        Body::DrawnAgain { period, draw, number, .. } => {
            ("drawn again", period.clone(), format!("{draw}/{number}").into())
        }
        _ => ("other", none.clone(), none),
    }
}
