//! The ledger: double entry. Rows are chained by their hashes and never overwritten; a reversal is a row of its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::{Id, Millis, award::EffectId, event::Subject, hash};

/// Units that one posting may move, either way: sums of many stay far from the end of an `i64`.
pub const POSTING_UNITS_MAX: i64 = 1_000_000_000_000_000;

/// Where units come from and go to. Variants are stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Account {
    /// Where all units come from; what it owes is what is in circulation.
    Mint,
    /// A manager's budget.
    Budget(Id),
    /// What is set aside for an incentive.
    Allotment(Id),
    /// What an agent or a team has.
    Subject(Subject),
    /// Pieces of a prize that no incentive has set aside.
    Stock(Id),
    /// What pieces of a prize that were given have cost.
    Spent(Id),
}

impl Account {
    /// Whether it can only hold what came in: never below zero.
    pub fn is_purse(&self) -> bool {
        matches!(self, Account::Budget(_) | Account::Allotment(_) | Account::Stock(_) | Account::Spent(_))
    }
}

impl std::fmt::Display for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Account::Mint => write!(f, "mint"),
            Account::Budget(id) => write!(f, "budget/{id}"),
            Account::Allotment(id) => write!(f, "incentive/{id}"),
            Account::Subject(subject) => write!(f, "{subject}"),
            Account::Stock(id) => write!(f, "stock/{id}"),
            Account::Spent(id) => write!(f, "spent/{id}"),
        }
    }
}

/// Units into an account (> 0) or out of it (< 0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Which account.
    pub account: Account,
    /// Such as `points`.
    pub currency: Id,
    /// Whole units; at most [`POSTING_UNITS_MAX`] either way.
    pub units: i64,
}

/// Why units move. Variants are stored by number: add at the end, never reorder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Mint to budget.
    Funded,
    /// Budget or stock to allotment.
    Reserved,
    /// Rest of an allotment back to its budget or stock.
    Released,
    /// Allotment to subject, and what a prize costs out of the house.
    Awarded {
        /// What for.
        effect: EffectId,
        /// When it was earned.
        earned: Millis,
    },
    /// The same effect is now worth more or less: the difference.
    Corrected {
        /// What for.
        effect: EffectId,
        /// When it was earned.
        earned: Millis,
    },
    /// The effect no longer holds: all back.
    Reversed {
        /// What for.
        effect: EffectId,
        /// When it had been earned.
        earned: Millis,
    },
    /// Pieces came into the stock, or left it for good.
    Stocked {
        /// Who said so.
        actor: Id,
        /// In their words.
        reason: String,
    },
    /// A manager accepted what came after the effect's period was final.
    Adjusted {
        /// What for.
        effect: EffectId,
        /// When it was earned.
        earned: Millis,
        /// Who accepted it.
        by: Id,
        /// Digest of the whole adjustment.
        adjustment: Id,
    },
}

/// A line of a task's ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Whose chain: an incentive's id, or the treasury's.
    pub task: Id,
    /// From 1, without gaps.
    pub number: u64,
    /// [`Row::hash`] of the row before, zeros for the first.
    pub previous: [u8; 32],
    /// Block at whose end it was booked.
    pub block: u64,
    /// Receive time of that block.
    pub at: Millis,
    /// What moves; the units of each currency sum to zero.
    pub postings: Vec<Posting>,
    /// Why.
    pub reason: Reason,
}

impl Row {
    /// BLAKE3 over everything in the row.
    pub fn hash(&self) -> [u8; 32] {
        hash::digest("ledger row", self)
    }
}

/// Why a row is not written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LedgerError {
    /// Something would come from nowhere or vanish.
    #[error("postings in {currency:?} sum to {sum}, not to 0; what one account gets another one has to give")]
    Unbalanced {
        /// Which currency.
        currency: Id,
        /// What is over.
        sum: i128,
    },
    /// A posting of nothing, or of more than allowed.
    #[error(
        "a posting of {units} {currency:?} is out of range; move 1 to {POSTING_UNITS_MAX} units either way"
    )]
    OutOfRange {
        /// Which currency.
        currency: Id,
        /// As given.
        units: i64,
    },
    /// A row that moves nothing.
    #[error("a ledger row without postings says nothing; leave it out")]
    Empty,
    /// A balance can't be written down.
    #[error("the balance of {account:?} in {currency:?} would leave the range of 64 bits with {units} more")]
    Overflow {
        /// Which account.
        account: Account,
        /// Which currency.
        currency: Id,
        /// What was to be added.
        units: i64,
    },
}

/// Where a chain of rows is broken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ChainError {
    /// A row is missing, doubled or out of order.
    #[error(
        "ledger of {task:?}: row {found} stands where row {expected} belongs; restore the store from a backup"
    )]
    Number {
        /// Whose chain.
        task: Id,
        /// The number that belongs there.
        expected: u64,
        /// The number that stands there.
        found: u64,
    },
    /// A row of another chain.
    #[error("ledger of {task:?}: row {number} belongs to {found:?}; restore the store from a backup")]
    Task {
        /// Whose chain.
        task: Id,
        /// Of the row.
        number: u64,
        /// Whose row it is.
        found: Id,
    },
    /// A row was altered after it was written, or the one before it.
    #[error(
        "ledger of {task:?}: row {number} does not follow from the row before; one of the two was altered"
    )]
    Hash {
        /// Whose chain.
        task: Id,
        /// Of the row.
        number: u64,
    },
    /// A row that should never have been written.
    #[error("ledger of {task:?}: row {number} is not valid: {error}")]
    Row {
        /// Whose chain.
        task: Id,
        /// Of the row.
        number: u64,
        /// What is wrong with it.
        error: LedgerError,
    },
}

/// The end of a task's chain: where the next row goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// Whose chain.
    pub task: Id,
    /// Number of the next row.
    pub next: u64,
    /// Hash of the last row, zeros while there is none.
    pub head: [u8; 32],
}

impl Chain {
    /// A chain without rows.
    pub fn new(task: impl Into<Id>) -> Self {
        Self { task: task.into(), next: 1, head: [0; 32] }
    }

    /// Writes the next row.
    ///
    /// # Errors
    /// The postings do not sum to zero in each currency, are none, or one is out of range. The chain is as before.
    pub fn append(
        &mut self,
        block: u64,
        at: Millis,
        postings: Vec<Posting>,
        reason: Reason,
    ) -> Result<Row, LedgerError> {
        check(&postings)?;
        let row = Row {
            task: self.task.clone(),
            number: self.next,
            previous: self.head,
            block,
            at,
            postings,
            reason,
        };
        self.head = row.hash();
        self.next += 1;
        Ok(row)
    }

    /// Reads a whole chain from its first row and returns its end.
    ///
    /// The last row's own content is covered only by the returned head: compare it with the stored one.
    ///
    /// # Errors
    /// Names the first row that is missing, foreign, altered or not balanced.
    pub fn verify<'r>(
        task: impl Into<Id>,
        rows: impl IntoIterator<Item = &'r Row>,
    ) -> Result<Chain, ChainError> {
        let mut chain = Chain::new(task);
        rows.into_iter().try_for_each(|row| chain.follow(row))?;
        Ok(chain)
    }

    /// Steps over the next row of a chain that is read back.
    ///
    /// # Errors
    /// The row does not continue this chain.
    pub fn follow(&mut self, row: &Row) -> Result<(), ChainError> {
        let (task, number) = (self.task.clone(), row.number);
        if row.task != task {
            return Err(ChainError::Task { task, number, found: row.task.clone() });
        }
        if number != self.next {
            return Err(ChainError::Number { task, expected: self.next, found: number });
        }
        if row.previous != self.head {
            return Err(ChainError::Hash { task, number });
        }
        check(&row.postings).map_err(|error| ChainError::Row { task, number, error })?;
        self.head = row.hash();
        self.next += 1;
        Ok(())
    }
}

fn check(postings: &[Posting]) -> Result<(), LedgerError> {
    if postings.is_empty() {
        return Err(LedgerError::Empty);
    }
    let mut sums = BTreeMap::<&Id, i128>::new();
    for Posting { currency, units, .. } in postings {
        if *units == 0 || units.unsigned_abs() > POSTING_UNITS_MAX.unsigned_abs() {
            return Err(LedgerError::OutOfRange { currency: currency.clone(), units: *units });
        }
        *sums.entry(currency).or_default() += i128::from(*units);
    }
    match sums.into_iter().find(|(_, sum)| *sum != 0) {
        Some((currency, sum)) => Err(LedgerError::Unbalanced { currency: currency.clone(), sum }),
        None => Ok(()),
    }
}

/// Balances that follow from rows. Accounts at zero are left out, so equal books are equal bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Books {
    balances: BTreeMap<(Account, Id), i64>,
}

impl Books {
    /// Books a row: all of it or nothing.
    ///
    /// # Errors
    /// A balance would overflow; nothing was booked.
    pub fn apply(&mut self, row: &Row) -> Result<(), LedgerError> {
        let mut changed = BTreeMap::new();
        for Posting { account, currency, units } in &row.postings {
            let key = (account.clone(), currency.clone());
            let before = changed.get(&key).copied().unwrap_or_else(|| self.balance(account, currency));
            let after = before.checked_add(*units).ok_or_else(|| LedgerError::Overflow {
                account: account.clone(),
                currency: currency.clone(),
                units: *units,
            })?;
            changed.insert(key, after);
        }
        for (key, units) in changed {
            match units {
                0 => self.balances.remove(&key),
                _ => self.balances.insert(key, units),
            };
        }
        Ok(())
    }

    /// Units in an account; 0 for one that nothing was ever booked on.
    pub fn balance(&self, account: &Account, currency: &Id) -> i64 {
        self.balances.get(&(account.clone(), currency.clone())).copied().unwrap_or(0)
    }

    /// Sum over all accounts, per currency in use. Always 0: what is not was never written by [`Chain::append`].
    pub fn total(&self) -> BTreeMap<Id, i128> {
        self.balances.iter().fold(BTreeMap::new(), |mut totals, ((_, currency), units)| {
            *totals.entry(currency.clone()).or_default() += i128::from(*units);
            totals
        })
    }

    /// All balances that are not zero, by account and currency.
    pub fn balances(&self) -> impl Iterator<Item = (&Account, &Id, i64)> {
        self.balances.iter().map(|((account, currency), units)| (account, currency, *units))
    }

    /// What is on one account, by currency.
    pub fn balances_of<'a>(&'a self, account: &'a Account) -> impl Iterator<Item = (&'a Id, i64)> {
        let from = (account.clone(), Id::from(""));
        let own = self.balances.range(from..).take_while(move |((of, _), _)| of == account);
        own.map(|((_, currency), units)| (currency, *units))
    }
}

#[cfg(test)]
mod tests;
