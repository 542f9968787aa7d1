//! Segments of events, sorted by subject; see [`crate::history`].

use super::{Family, bytes::Bytes, tags};

/// By segment, rising, and page.
#[derive(Debug)]
pub enum HistoryPage {}

impl Family for HistoryPage {
    const TAG: u8 = tags::HISTORY;
    const NAME: &'static str = "history";
    type Key = (u64, u32);
    type Value = Bytes;
}
