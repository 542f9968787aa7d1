//! Components of plugins, in pages.

use super::{Family, bytes::Bytes, pages, tags};
use crate::{Batch, Store, StoreError};

/// By digest (SHA-256, lower-case hex) and page.
#[derive(Debug)]
pub enum Component {}

impl Family for Component {
    const TAG: u8 = tags::COMPONENT;
    const NAME: &'static str = "component";
    type Key = (String, u32);
    type Value = Bytes;
}

/// Adds a component to a batch.
pub fn put_component(batch: &mut Batch, digest: &str, bytes: &[u8]) {
    pages::put_pages::<Component>(batch, bytes.len() as u64, bytes, 0, |page| (digest.to_owned(), page));
}

/// Reads a component; `None` if it is not there.
pub fn read_component(store: &dyn Store, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(pages::read_pages::<Component>(store, |page| (digest.to_owned(), page))?.map(|paged| paged.bytes))
}
