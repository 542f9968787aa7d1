//! Digests over canonical bytes (postcard), each with a domain of its own.

use serde::Serialize;

use crate::Id;

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> Id {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
            let _ = write!(out, "{b:02x}");
            out
        })
        .into()
}

/// Canonical bytes of a value.
///
/// # Panics
/// Never for the types of this crate: they hold nothing that postcard can't write.
pub fn canonical<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_stdvec(value).unwrap_or_default()
}

/// BLAKE3 of the domain and the canonical bytes.
pub fn digest<T: Serialize>(domain: &str, value: &T) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(&format!("plaudit 1 {domain}"));
    hasher.update(&canonical(value));
    *hasher.finalize().as_bytes()
}

/// First 16 bytes of [`digest`], lower-case hex.
pub fn short_digest<T: Serialize>(domain: &str, value: &T) -> Id {
    hex(&digest(domain, value)[..16])
}
