//! Settled awards and praise, as they stand.

use super::{Family, tags};

/// By incentive and digest of the effect's id.
#[derive(Debug)]
pub enum Standing {}

impl Family for Standing {
    const TAG: u8 = tags::STANDING;
    const NAME: &'static str = "standing";
    const VERSION: u8 = 3;
    type Key = (String, String);
    type Value = plaudit_core::award::Standing;
}
