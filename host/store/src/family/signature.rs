//! Signatures of plugins that held when they were installed.

use serde::{Deserialize, Serialize};

use super::{Family, tags};

/// By digest of the component, lower-case hex.
#[derive(Debug)]
pub enum Signatures {}

impl Family for Signatures {
    const TAG: u8 = tags::SIGNATURE;
    const NAME: &'static str = "signatures";
    type Key = String;
    type Value = Signature;
}

/// A signature, and the key that it held with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The public key, as one line (`RW…`).
    pub key: String,
    /// The signature, as a file of minisign's.
    pub text: String,
}
