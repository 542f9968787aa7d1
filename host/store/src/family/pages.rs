//! Long bytes over several values: page 0 says how many pages follow and what their checksum is.

use plaudit_core::limits::VALUE_BYTES_MAX;
use serde::{Deserialize, Serialize};

use super::{Family, bytes::Bytes, delete, get, put};
use crate::{Batch, Store, StoreError};

#[derive(Serialize, Deserialize)]
struct Header {
    /// A number of the family's own.
    mark: u64,
    pages: u32,
    checksum: [u8; 8],
}

/// What was read.
pub(super) struct Paged {
    pub(super) mark: u64,
    pub(super) bytes: Vec<u8>,
    pub(super) pages: u32,
}

/// Adds bytes to a batch and returns how many pages they take; pages of a longer predecessor are removed.
pub(super) fn put_pages<F: Family<Value = Bytes>>(
    batch: &mut Batch,
    mark: u64,
    bytes: &[u8],
    previous_pages: u32,
    key: impl Fn(u32) -> F::Key,
) -> u32 {
    let mut pages = 0;
    for page in bytes.chunks(VALUE_BYTES_MAX) {
        pages += 1;
        put::<F>(batch, &key(pages), &Bytes(page.to_vec()));
    }
    for old in pages + 1..=previous_pages {
        delete::<F>(batch, &key(old));
    }
    let header = Header { mark, pages, checksum: checksum(mark, bytes) };
    put::<F>(batch, &key(0), &Bytes(postcard::to_stdvec(&header).unwrap_or_default()));
    pages
}

/// Reads them back; `None` if there is no page 0.
pub(super) fn read_pages<F: Family<Value = Bytes>>(
    store: &dyn Store,
    key: impl Fn(u32) -> F::Key,
) -> Result<Option<Paged>, StoreError> {
    let damaged = |what| StoreError::Damaged {
        what: format!("{what} of {} {}", F::NAME, super::readable(&super::key::<F>(&key(0)))),
    };
    let Some(header) = get::<F>(store, &key(0))? else { return Ok(None) };
    let header: Header = postcard::from_bytes(&header.0).map_err(|_| damaged("the header".to_owned()))?;
    let mut bytes = Vec::new();
    for page in 1..=header.pages {
        let part = get::<F>(store, &key(page))?.ok_or_else(|| damaged(format!("page {page} is missing")))?;
        bytes.extend_from_slice(&part.0);
    }
    if checksum(header.mark, &bytes) != header.checksum {
        return Err(damaged("the checksum is wrong".into()));
    }
    Ok(Some(Paged { mark: header.mark, bytes, pages: header.pages }))
}

/// Of the mark and the bytes.
fn checksum(mark: u64, bytes: &[u8]) -> [u8; 8] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&mark.to_be_bytes()).update(bytes);
    let mut out = [0; 8];
    out.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    out
}
