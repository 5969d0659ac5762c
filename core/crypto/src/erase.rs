//! The key with which a person, and nobody else, can take an envelope back from a relay.

use crate::derive::hkdf;
use crate::input::Input;
use crate::label;
use crate::secret::secret;

secret!(
    /// One per person and space, kept in `self`. Wiped when dropped.
    EraseKey
);

/// The token that erases the envelope with this nonce. Secret until it is used.
#[must_use]
pub fn erase_token(key: &EraseKey, nonce: &[u8; 24]) -> [u8; 32] {
    *hkdf(key.bytes(), Some(nonce), label::ERASE)
}

/// What the envelope carries instead of the token.
#[must_use]
pub fn erase_hash(token: &[u8; 32]) -> [u8; 32] {
    Input::new(label::ERASE).fixed(token).hash()
}
