//! Fields that are kept of events, beyond those that metrics name.

use super::{Family, tags};

/// By field name.
#[derive(Debug)]
pub enum Field {}

impl Family for Field {
    const TAG: u8 = tags::FIELD;
    const NAME: &'static str = "field";
    type Key = String;
    type Value = ();
}
