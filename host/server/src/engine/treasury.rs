//! The treasury: budgets are funded and allotments reserved, in a ledger chain of its own.

use std::collections::BTreeMap;

use plaudit_core::{
    Id,
    incentive::Allotment,
    journal::Entry,
    ledger::{Account, Posting, Reason, Row},
};
use plaudit_store::{Batch, Store, StoreError, family, family::control::Control};

use super::commit::Head;

/// Name of its ledger and cursor; no incentive may have it.
pub(crate) const TREASURY: &str = "treasury/";

/// Control entries read at once.
const ENTRIES_AT_ONCE: usize = 1000;

/// Books what the journal says of money.
#[derive(Debug)]
pub(crate) struct Treasury {
    head: Head,
    reserved: BTreeMap<Id, Allotment>,
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
    pub(crate) fn run(&mut self, store: &dyn Store, through: u64) -> Result<Vec<Row>, StoreError> {
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
        self.read(store, from, through, &mut book)?;
        if !batch.ops.is_empty() {
            head.advance(TREASURY, through, &mut batch);
            store.apply(batch)?;
            self.head = head;
        }
        Ok(rows)
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
            Entry::Incentive(incentive) => {
                let account = Account::Allotment(incentive.id.clone());
                if self.reserved.get(&incentive.id) == incentive.allotment.as_ref() {
                    return Ok(());
                }
                if let Some(old) = self.reserved.remove(&incentive.id) {
                    let to = Account::Budget(old.budget);
                    book(block, transfer(account.clone(), to, &old.currency, old.units), Reason::Released)?;
                }
                if let Some(new) = &incentive.allotment {
                    self.reserved.insert(incentive.id.clone(), new.clone());
                    let from = Account::Budget(new.budget.clone());
                    book(block, transfer(from, account, &new.currency, new.units), Reason::Reserved)?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn transfer(from: Account, to: Account, currency: &Id, units: i64) -> Vec<Posting> {
    vec![
        Posting { account: from, currency: currency.clone(), units: -units },
        Posting { account: to, currency: currency.clone(), units },
    ]
}
