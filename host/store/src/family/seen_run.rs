//! Sorted runs of seen message ids; see [`crate::runs`].

use super::{Family, bytes::Bytes, tags};

/// By run, rising, and page.
#[derive(Debug)]
pub enum SeenRun {}

impl Family for SeenRun {
    const TAG: u8 = tags::SEEN_RUN;
    const NAME: &'static str = "seen_run";
    type Key = (u64, u32);
    type Value = Bytes;
}
