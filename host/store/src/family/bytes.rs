//! Raw bytes as a value. `Vec<u8>` would go through serde byte by byte.

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, SeqAccess, Visitor},
};

/// Bytes, as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

const SEAL_BYTES: usize = 8;

impl Bytes {
    /// With a checksum before them, so that a flipped bit is found when they are read.
    pub fn sealed(bytes: &[u8]) -> Self {
        Self([&blake3::hash(bytes).as_bytes()[..SEAL_BYTES], bytes].concat())
    }

    /// What was sealed; `None` if it was changed.
    pub fn opened(&self) -> Option<&[u8]> {
        let (seal, bytes) = self.0.split_at_checked(SEAL_BYTES)?;
        (seal == &blake3::hash(bytes).as_bytes()[..SEAL_BYTES]).then_some(bytes)
    }
}

impl Serialize for Bytes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }

            fn visit_byte_buf<E: de::Error>(self, bytes: Vec<u8>) -> Result<Bytes, E> {
                Ok(Bytes(bytes))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Bytes, A::Error> {
                let mut out = Vec::new();
                while let Some(byte) = seq.next_element()? {
                    out.push(byte);
                }
                Ok(Bytes(out))
            }
        }
        deserializer.deserialize_byte_buf(Read)
    }
}
