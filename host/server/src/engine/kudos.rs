//! Thanks from person to person, as the treasury books them: rows and lists that follow from the journal, and a message
//! each, once. Whether somebody may give was checked by the journal's writer; no money moves.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{
    Id, Millis,
    event::Subject,
    hash::short_digest,
    journal::Entry,
    kudos::{Act, Given, Kudos},
};
use plaudit_store::{
    Batch, Store, StoreError, family,
    family::{
        control::Control,
        journal,
        kudos::{KudosRows, put_row},
        outbox::{Body, Message, Recipient},
    },
};

use super::{
    commit::{Head, post},
    treasury::TREASURY,
};

/// Control entries read at once.
const ENTRIES_AT_ONCE: usize = 1000;

/// Books what blocks say of kudos; gives the agents whom it concerns.
pub(super) fn book(
    store: &dyn Store,
    (after, through): (u64, u64),
    head: &mut Head,
    batch: &mut Batch,
) -> Result<BTreeSet<Id>, StoreError> {
    let mut booking = Booking { store, rows: BTreeMap::new(), concerned: BTreeSet::new() };
    let mut next = (after + 1, 0);
    loop {
        let entries = family::scan::<Control>(store, Some(&next), ENTRIES_AT_ONCE)?;
        let Some((last, _)) = entries.last() else { break };
        next = (last.0, last.1 + 1);
        let is_over = last.0 > through;
        for ((block, _), entry) in entries.into_iter().filter(|((block, _), _)| *block <= through) {
            match entry {
                Entry::Kudos(kudos) => booking.give(block, kudos, head, batch)?,
                Entry::KudosDecided { id, act, .. } => booking.decide(block, &id, act, head, batch)?,
                _ => {}
            }
        }
        if is_over {
            break;
        }
    }
    booking.rows.values().for_each(|row| put_row(batch, row));
    Ok(booking.concerned)
}

/// Rows that change, as they are so far.
struct Booking<'a> {
    store: &'a dyn Store,
    rows: BTreeMap<Id, Given>,
    concerned: BTreeSet<Id>,
}

impl Booking<'_> {
    fn give(
        &mut self,
        block: u64,
        kudos: Kudos,
        head: &mut Head,
        batch: &mut Batch,
    ) -> Result<(), StoreError> {
        let at = time(self.store, block)?;
        self.keep(Given::new(kudos, at, block), None, (block, at), head, batch);
        Ok(())
    }

    fn decide(
        &mut self,
        block: u64,
        id: &Id,
        act: Act,
        head: &mut Head,
        batch: &mut Batch,
    ) -> Result<(), StoreError> {
        let known = match self.rows.get(id) {
            Some(row) => Some(row.clone()),
            None => family::get::<KudosRows>(self.store, &id.to_string())?,
        };
        let Some(mut row) = known else { return Ok(()) };
        row.apply(act);
        let at = time(self.store, block)?;
        self.keep(row, Some(act), (block, at), head, batch);
        Ok(())
    }

    fn keep(
        &mut self,
        mut row: Given,
        act: Option<Act>,
        (block, at): (u64, Millis),
        head: &mut Head,
        batch: &mut Batch,
    ) {
        if row.tell() {
            let message = message(&row, block, at);
            post(batch, &(TREASURY.to_owned(), head.outbox_next), &message);
            head.outbox_next += 1;
        }
        // Nobody hears of what waits, nor others of what whoever got them did about it.
        let is_of_receiver = matches!(act, Some(Act::Hide | Act::Show | Act::Report));
        if row.is_told && !is_of_receiver {
            self.concerned.insert(row.kudos.to.clone());
        }
        self.rows.insert(row.kudos.id.clone(), row);
    }
}

fn time(store: &dyn Store, block: u64) -> Result<Millis, StoreError> {
    Ok(journal::read_block(store, block)?.map_or(0, |block| block.at))
}

fn message(row: &Given, block: u64, at: Millis) -> Message {
    let kudos = &row.kudos;
    Message {
        id: format!("msg_{}", short_digest("message", &("kudos", &kudos.id))).into(),
        time: row.at,
        block,
        at,
        incentive: "".into(),
        plugin: "".into(),
        to: Recipient::Subject(Subject::agent(kudos.to.clone())),
        body: Body::Kudos { kudos: kudos.id.clone(), from: kudos.from.clone(), words: kudos.words.clone() },
    }
}
