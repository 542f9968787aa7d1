//! Receipts of draws, as published: long ones have thousands of lines.

use super::{Family, bytes::Bytes, pages, scan_prefix, tags};
use crate::{Batch, Store, StoreError};

/// By incentive, period, draw and page; the pages together are the document's text.
#[derive(Debug)]
pub enum Receipt {}

impl Family for Receipt {
    const TAG: u8 = tags::RECEIPT;
    const NAME: &'static str = "receipt";
    type Key = (String, (String, (String, u32)));
    type Value = Bytes;
}

fn key(incentive: &str, period: &str, draw: &str, page: u32) -> (String, (String, (String, u32))) {
    (incentive.to_owned(), (period.to_owned(), (draw.to_owned(), page)))
}

/// Adds a receipt to a batch, in place of the one before (which is looked up in the store): an appendix makes it longer.
pub fn put_receipt(
    store: &dyn Store,
    batch: &mut Batch,
    (incentive, period, draw): (&str, &str, &str),
    text: &str,
) -> Result<(), StoreError> {
    let key = |page| key(incentive, period, draw, page);
    let previous = pages::read_pages::<Receipt>(store, key)?.map_or(0, |paged| paged.pages);
    pages::put_pages::<Receipt>(batch, 0, text.as_bytes(), previous, key);
    Ok(())
}

/// Reads a receipt; `None` if there is none.
pub fn read_receipt(
    store: &dyn Store,
    incentive: &str,
    period: &str,
    draw: &str,
) -> Result<Option<String>, StoreError> {
    let paged = pages::read_pages::<Receipt>(store, |page| key(incentive, period, draw, page))?;
    let Some(paged) = paged else { return Ok(None) };
    let what = || format!("the receipt of {incentive} {period} {draw} is no text");
    String::from_utf8(paged.bytes).map(Some).map_err(|_| StoreError::Damaged { what: what() })
}

/// All receipts of an incentive: (period, draw, text), by period and draw.
pub fn read_receipts(
    store: &dyn Store,
    incentive: &str,
) -> Result<Vec<(String, String, String)>, StoreError> {
    let mut prefix = incentive.as_bytes().to_vec();
    prefix.push(0);
    let mut found = Vec::new();
    for ((_, (period, (draw, page))), _) in scan_prefix::<Receipt>(store, &prefix, usize::MAX)? {
        if page == 0
            && let Some(text) = read_receipt(store, incentive, &period, &draw)?
        {
            found.push((period, draw, text));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::MemoryStore;

    #[test]
    fn a_receipt_of_any_length_comes_back_and_gives_way_to_the_next() {
        let store = MemoryStore::default();
        for text in ["x".repeat(200_000), "short".to_owned(), "y".repeat(70_000)] {
            let mut batch = Batch::default();
            put_receipt(&store, &mut batch, ("raffle", "2026-03-02", "tickets"), &text).unwrap();
            put_receipt(&store, &mut batch, ("raffle", "2026-03-03", "tickets"), "{}").unwrap();
            store.apply(batch).unwrap();
            let read = read_receipt(&store, "raffle", "2026-03-02", "tickets").unwrap();
            assert_eq!(read.as_deref(), Some(&*text));
            let all = read_receipts(&store, "raffle").unwrap();
            assert_eq!(
                all.iter().map(|(p, _, t)| (&**p, t.len())).collect::<Vec<_>>(),
                [("2026-03-02", text.len()), ("2026-03-03", 2),]
            );
        }
        assert_eq!(read_receipt(&store, "raffle", "2026-03-02", "other").unwrap(), None);
        assert_eq!(read_receipts(&store, "raff").unwrap(), []);
    }
}
