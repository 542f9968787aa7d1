//! Opaque agent ids: the same external id always gives the same one, and nobody without the key finds the way back.

use hmac::{Hmac, KeyInit, Mac};
use plaudit_core::Id;
use sha2::Sha256;

use crate::config::secrets::KEY_BYTES;

/// Characters after the `a`: 80 bits.
const DIGITS: usize = 16;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Makes opaque ids with the house's id key.
#[derive(Clone)]
pub struct Identity(Hmac<Sha256>);

// Written by hand: the key is never printed.
impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Identity(…)")
    }
}

impl Identity {
    /// With the key from `id.key`.
    pub fn new(key: &[u8; KEY_BYTES]) -> Self {
        match Hmac::<Sha256>::new_from_slice(key) {
            Ok(mac) => Self(mac),
            Err(_) => unreachable!("HMAC takes keys of any length"),
        }
    }

    /// The opaque id of an agent: `a` and 16 characters of base32 (RFC 4648, lower case) of HMAC-SHA256.
    pub fn opaque(&self, external: &str) -> Id {
        let mut mac = self.0.clone();
        mac.update(external.as_bytes());
        let digest = mac.finalize().into_bytes();
        let mut out = String::with_capacity(1 + DIGITS);
        out.push('a');
        for group in digest[..DIGITS * 5 / 8].chunks(5) {
            let bits = group.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            out.extend((0..8).rev().map(|i| char::from(ALPHABET[(bits >> (i * 5) & 31) as usize])));
        }
        out.into()
    }

    /// Whether a text looks like an opaque id.
    pub fn is_opaque(text: &str) -> bool {
        text.len() == 1 + DIGITS
            && text.starts_with('a')
            && text.bytes().skip(1).all(|b| ALPHABET.contains(&b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_agent_is_always_the_same_and_only_under_the_same_key() {
        let house = Identity::new(&[7; KEY_BYTES]);
        let id = house.opaque("E1042");
        assert!(Identity::is_opaque(&id), "{id}");
        assert_eq!(house.opaque("E1042"), id);
        assert_ne!(house.opaque("E1043"), id);
        assert_ne!(Identity::new(&[8; KEY_BYTES]).opaque("E1042"), id);
    }

    /// Computed with another implementation: `hmac.new(bytes([7]*32), b"E1042", "sha256")`, base32 of the first 10 bytes.
    #[test]
    fn an_id_is_base32_of_hmac_sha256() {
        assert_eq!(&*Identity::new(&[7; KEY_BYTES]).opaque("E1042"), "ayt5kqyynor4fkx5u");
    }
}
