//! The treasury: budgets are funded, prizes stocked, allotments reserved and released, in a ledger chain of its own; and
//! thanks from person to person (`kudos.rs`), which cost nothing.

use std::collections::{BTreeMap, BTreeSet};

use plaudit_core::{
    Id,
    journal::Entry,
    ledger::{Account, Posting, Reason, Row},
    price::piece,
    reserve::{Line, Reservation},
};
use plaudit_store::{Batch, Store, StoreError, family, family::control::Control};

use super::{commit::Head, kudos};

/// Name of its ledger and cursor; no incentive may have it.
pub(crate) const TREASURY: &str = "treasury/";

/// Control entries read at once.
const ENTRIES_AT_ONCE: usize = 1000;

/// What was booked.
#[derive(Debug)]
pub(crate) struct Booked {
    /// Rows of the ledger.
    pub(crate) rows: Vec<Row>,
    /// Agents who got thanks, or whose thanks were decided on.
    pub(crate) thanked: BTreeSet<Id>,
}

/// Books what the journal says of money and of thanks.
#[derive(Debug)]
pub(crate) struct Treasury {
    head: Head,
    reserved: BTreeMap<Id, Reservation>,
}

impl Treasury {
    /// The treasury as the store has it.
    pub(crate) fn load(store: &dyn Store) -> Result<Self, StoreError> {
        let stored = family::get::<family::cursor::Cursor>(store, &TREASURY.to_owned())?;
        let mut treasury = Self { head: Head::new(TREASURY, stored), reserved: BTreeMap::new() };
        let through = treasury.block();
        treasury.read(store, 0, through, &mut |_, _, _| Ok(()))?;
        Ok(treasury)
    }

    /// Last block that is booked.
    pub(crate) fn block(&self) -> u64 {
        self.head.stored.as_ref().map_or(0, |place| place.block)
    }

    /// Books everything up to the end of a block.
    pub(crate) fn run(&mut self, store: &dyn Store, through: u64) -> Result<Booked, StoreError> {
        let mut batch = Batch::default();
        let mut rows = Vec::new();
        let mut head = self.head.clone();
        let mut book = |block: u64, postings: Vec<Posting>, reason: Reason| {
            let at = family::journal::read_block(store, block)?.map_or(0, |b| b.at);
            let row = head
                .chain
                .append(block, at, postings, reason)
                .map_err(|e| StoreError::Damaged { what: format!("journal block {block}: {e}") })?;
            family::put::<family::ledger::Ledger>(&mut batch, &(TREASURY.to_owned(), row.number), &row);
            rows.push(row);
            Ok(())
        };
        let from = self.block();
        let reserved = self.reserved.clone();
        let read = self.read(store, from, through, &mut book);
        let thanked = read.and_then(|()| kudos::book(store, (from, through), &mut head, &mut batch));
        let booked = thanked.and_then(|thanked| {
            if !batch.ops.is_empty() {
                head.advance(TREASURY, through, &mut batch);
                store.apply(batch)?;
                self.head = head;
            }
            Ok(Booked { rows, thanked })
        });
        if booked.is_err() {
            self.reserved = reserved; // It is all read again.
        }
        booked
    }

    fn read(
        &mut self,
        store: &dyn Store,
        after: u64,
        through: u64,
        book: &mut dyn FnMut(u64, Vec<Posting>, Reason) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut next = (after + 1, 0);
        loop {
            let rows = family::scan::<Control>(store, Some(&next), ENTRIES_AT_ONCE)?;
            let Some((last, _)) = rows.last() else { return Ok(()) };
            next = (last.0, last.1 + 1);
            for ((block, _), entry) in rows {
                if block > through {
                    return Ok(());
                }
                self.take(block, &entry, book)?;
            }
        }
    }

    fn take(
        &mut self,
        block: u64,
        entry: &Entry,
        book: &mut dyn FnMut(u64, Vec<Posting>, Reason) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match entry {
            Entry::Budget { budget, currency, units, .. } => {
                let to = Account::Budget(budget.clone());
                book(block, transfer(Account::Mint, to, currency, *units), Reason::Funded)
            }
            Entry::Incentive(incentive) => self.reserve(block, &incentive.id, entry, book),
            Entry::Released { incentive, .. } => self.reserve(block, incentive, entry, book),
            Entry::Prize { pieces: 0, .. } => Ok(()),
            Entry::Prize { prize, pieces, actor, reason } => {
                let to = Account::Stock(prize.id.clone());
                let why = Reason::Stocked { actor: actor.clone(), reason: reason.clone() };
                book(block, transfer(Account::Mint, to, &piece(&prize.id), *pieces), why)
            }
            _ => Ok(()),
        }
    }

    /// Between budgets or stocks and an allotment: one row for what goes in, one for what comes back.
    fn reserve(
        &mut self,
        block: u64,
        incentive: &Id,
        entry: &Entry,
        book: &mut dyn FnMut(u64, Vec<Posting>, Reason) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let moves = self.reserved.entry(incentive.clone()).or_default().apply(block, entry);
        let allotment = || Account::Allotment(incentive.clone());
        let move_of = |line: &Line| transfer(line.from.clone(), allotment(), &line.unit, line.units);
        for (reason, is_in) in [(Reason::Reserved, true), (Reason::Released, false)] {
            let lines = moves.iter().filter(|line| (line.units > 0) == is_in);
            let postings: Vec<Posting> = lines.flat_map(move_of).collect();
            if !postings.is_empty() {
                book(block, postings, reason)?;
            }
        }
        Ok(())
    }
}

fn transfer(from: Account, to: Account, currency: &Id, units: i64) -> Vec<Posting> {
    vec![
        Posting { account: from, currency: currency.clone(), units: -units },
        Posting { account: to, currency: currency.clone(), units },
    ]
}
