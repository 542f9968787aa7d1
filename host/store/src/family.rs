//! Key families: one file each. A family has a tag byte that is its own for ever, a key that sorts as it should be
//! read, and a value written as one version byte and postcard.

pub mod account;
pub mod adjustment;
pub mod anonymity;
pub mod appearance;
pub mod audit;
pub mod awarded;
pub mod bytes;
pub mod checkpoint;
pub mod component;
pub mod concluded;
pub mod control;
pub mod cursor;
pub mod delivery;
pub mod draft;
pub mod endpoint;
pub mod entity_run;
pub mod field;
pub mod held;
pub mod history;
pub mod identity;
pub mod journal;
pub mod kudos;
pub mod late;
pub mod ledger;
pub mod link;
pub mod outbox;
mod pages;
pub mod people;
pub mod preference;
pub mod receipt;
pub mod replay;
pub mod seen_run;
pub mod session;
pub mod signature;
pub mod source;
pub mod standing;
pub mod tags;
pub mod text;
pub mod titles;
pub mod token;
pub mod told;

use serde::{Serialize, de::DeserializeOwned};

use crate::{Batch, Op, Store, StoreError};

/// A key's bytes after the tag.
pub trait Key: Sized {
    /// Appends the key. Numbers are big-endian, so that bytes sort as numbers do.
    fn write(&self, out: &mut Vec<u8>);
    /// Reads it back; `None` for bytes that no key writes.
    fn read(bytes: &[u8]) -> Option<Self>;
}

/// A family of keys whose values have one type.
pub trait Family {
    /// From [`tags`]; never given to another family.
    const TAG: u8;
    /// Shown in errors and by `plaudit store verify`.
    const NAME: &'static str;
    /// Version byte of new values.
    const VERSION: u8 = 1;
    /// Its keys.
    type Key: Key;
    /// Its values.
    type Value: Serialize + DeserializeOwned;

    /// Reads a value; a family with older layouts overrides it.
    fn decode(version: u8, bytes: &[u8]) -> Option<Self::Value> {
        if version != Self::VERSION {
            return None;
        }
        match postcard::take_from_bytes(bytes) {
            Ok((value, [])) => Some(value),
            _ => None,
        }
    }
}

/// A key of a family with its value.
pub type Pair<F> = (<F as Family>::Key, <F as Family>::Value);

/// The whole key.
pub fn key<F: Family>(key: &F::Key) -> Vec<u8> {
    let mut out = vec![F::TAG];
    key.write(&mut out);
    out
}

/// The whole value.
pub fn value<F: Family>(value: &F::Value) -> Vec<u8> {
    // Nothing that is stored holds what postcard can't write (maps without a length, for one).
    postcard::to_extend(value, vec![F::VERSION]).unwrap_or_default()
}

/// First key after all of this family.
pub fn end<F: Family>() -> Vec<u8> {
    vec![F::TAG + 1]
}

/// Adds a put to a batch.
pub fn put<F: Family>(batch: &mut Batch, k: &F::Key, v: &F::Value) {
    batch.ops.push(Op::Put(key::<F>(k), value::<F>(v)));
}

/// Adds a delete to a batch.
pub fn delete<F: Family>(batch: &mut Batch, k: &F::Key) {
    batch.ops.push(Op::Delete(key::<F>(k)));
}

/// Reads one value.
pub fn get<F: Family>(store: &dyn Store, k: &F::Key) -> Result<Option<F::Value>, StoreError> {
    let key = key::<F>(k);
    store.get(&key)?.map(|bytes| decode_value::<F>(&key, &bytes)).transpose()
}

/// Up to `limit` pairs from a key on (inclusive), rising; from the first one if none is given.
pub fn scan<F: Family>(
    store: &dyn Store,
    from: Option<&F::Key>,
    limit: usize,
) -> Result<Vec<Pair<F>>, StoreError> {
    let from = from.map_or_else(|| vec![F::TAG], key::<F>);
    decode_pairs::<F>(store.scan(&from, &end::<F>(), limit)?)
}

/// Up to `limit` pairs whose keys start with these bytes (after the tag), rising.
pub fn scan_prefix<F: Family>(
    store: &dyn Store,
    prefix: &[u8],
    limit: usize,
) -> Result<Vec<Pair<F>>, StoreError> {
    let mut from = vec![F::TAG];
    from.extend_from_slice(prefix);
    let to = after_prefix(&from);
    decode_pairs::<F>(store.scan(&from, &to, limit)?)
}

/// The last pair of the family.
pub fn last<F: Family>(store: &dyn Store) -> Result<Option<Pair<F>>, StoreError> {
    Ok(decode_pairs::<F>(store.scan_back(&[F::TAG], &end::<F>(), 1)?)?.pop())
}

/// Smallest key that is larger than every key with this prefix.
pub fn after_prefix(prefix: &[u8]) -> Vec<u8> {
    let mut out = prefix.to_vec();
    while let Some(last) = out.last_mut() {
        if *last < u8::MAX {
            *last += 1;
            return out;
        }
        out.pop();
    }
    vec![u8::MAX; 64]
}

/// Reads pairs as the store gave them.
pub fn decode_pairs<F: Family>(pairs: crate::Pairs) -> Result<Vec<Pair<F>>, StoreError> {
    pairs
        .into_iter()
        .map(|(k, v)| {
            let key = F::Key::read(&k[1..]).ok_or_else(|| StoreError::Damaged {
                what: format!("{} is no key of {}", readable(&k), F::NAME),
            })?;
            Ok((key, decode_value::<F>(&k, &v)?))
        })
        .collect()
}

fn decode_value<F: Family>(key: &[u8], bytes: &[u8]) -> Result<F::Value, StoreError> {
    bytes.split_first().and_then(|(version, rest)| F::decode(*version, rest)).ok_or_else(|| {
        StoreError::Damaged {
            what: format!("the value of {} {} ({} bytes) can't be read", F::NAME, readable(key), bytes.len()),
        }
    })
}

/// A key for people: printable bytes as they are, others in hex.
pub fn readable(key: &[u8]) -> String {
    use std::fmt::Write;
    key.iter().fold(String::new(), |mut out, b| {
        if b.is_ascii_graphic() {
            out.push(char::from(*b));
        } else {
            let _ = write!(out, "\\x{b:02x}");
        }
        out
    })
}

/// A number, eight bytes.
impl Key for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_be_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_be_bytes(bytes.try_into().ok()?))
    }
}

/// A number, four bytes.
impl Key for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_be_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_be_bytes(bytes.try_into().ok()?))
    }
}

/// A number, two bytes.
impl Key for u16 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.to_be_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self::from_be_bytes(bytes.try_into().ok()?))
    }
}

/// A name: its bytes. Only as the last part of a key.
impl Key for String {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        Self::from_utf8(bytes.to_vec()).ok()
    }
}

/// The only key of a family.
impl Key for () {
    fn write(&self, _: &mut Vec<u8>) {}

    fn read(bytes: &[u8]) -> Option<Self> {
        bytes.is_empty().then_some(())
    }
}

/// A name, a zero byte, and the rest: names never hold zero bytes.
impl<K: Key> Key for (String, K) {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.as_bytes());
        out.push(0);
        self.1.write(out);
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let zero = bytes.iter().position(|b| *b == 0)?;
        let name = String::from_utf8(bytes[..zero].to_vec()).ok()?;
        Some((name, K::read(&bytes[zero + 1..])?))
    }
}

/// A number, eight bytes, and the rest.
impl<K: Key> Key for (u64, K) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (number, rest) = bytes.split_at_checked(8)?;
        Some((u64::read(number)?, K::read(rest)?))
    }
}
