//! Sorted runs of the current version of each fact; see [`crate::runs`].

use super::{Family, bytes::Bytes, tags};

/// By run, rising, and page.
#[derive(Debug)]
pub enum EntityRun {}

impl Family for EntityRun {
    const TAG: u8 = tags::ENTITY_RUN;
    const NAME: &'static str = "entity_run";
    type Key = (u64, u32);
    type Value = Bytes;
}
