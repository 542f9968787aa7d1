//! Receipts of draws, as published.

use super::{Family, tags};

/// By incentive, period and draw; the value is JSON text.
#[derive(Debug)]
pub enum Receipt {}

impl Family for Receipt {
    const TAG: u8 = tags::RECEIPT;
    const NAME: &'static str = "receipt";
    type Key = (String, (String, String));
    type Value = String;
}
