//! Ledger rows: a chain for each task.

use super::{Family, tags};

/// By task and number, from 1 without gaps.
#[derive(Debug)]
pub enum Ledger {}

impl Family for Ledger {
    const TAG: u8 = tags::LEDGER;
    const NAME: &'static str = "ledger";
    const VERSION: u8 = 2;
    type Key = (String, u64);
    type Value = plaudit_core::ledger::Row;
}
