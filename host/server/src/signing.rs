//! Who made a plugin: signatures in minisign's format.

use std::io::Cursor;

pub use minisign::PublicKey;
use minisign::{PublicKeyBox, SignatureBox};

/// A signature that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Number of the key, as minisign shows it.
    pub key_id: String,
    /// What was signed along with the bytes.
    pub trusted_comment: String,
}

/// A public key: the line that begins with `RW`, or a whole file of minisign's.
#[must_use]
pub fn public(text: &str) -> Option<PublicKey> {
    let text = text.trim();
    let of_file = || PublicKeyBox::from_string(text).ok()?.into_public_key().ok();
    PublicKey::from_base64(text).ok().or_else(of_file)
}

/// Number of the key that a signature says it was made with. Nothing says here whether it holds.
#[must_use]
pub fn made_with(signature: &str) -> Option<String> {
    SignatureBox::from_string(signature).ok().map(|signature| hex_id(signature.keynum()))
}

/// Whether a signature over these bytes holds.
///
/// # Errors
/// Why not, for people.
pub fn verify(bytes: &[u8], signature: &str, key: &PublicKey) -> Result<Verified, String> {
    let Ok(read) = SignatureBox::from_string(signature) else {
        return Err("it is no signature of minisign's format".to_owned());
    };
    if read.keynum() != key.keynum() {
        let (made, wanted) = (hex_id(read.keynum()), hex_id(key.keynum()));
        return Err(format!("it was made with key {made}, and key {wanted} is wanted"));
    }
    match minisign::verify(key, &read, Cursor::new(bytes), true, false, true) {
        Ok(()) => Ok(Verified {
            key_id: hex_id(read.keynum()),
            trusted_comment: read.trusted_comment().unwrap_or_default(),
        }),
        Err(error) => Err(format!("{error}: the component or the signature has changed since it was signed")),
    }
}

/// A key's number as minisign shows it.
#[must_use]
pub fn hex_id(number: &[u8]) -> String {
    number.iter().rev().map(|byte| format!("{byte:02X}")).collect()
}
