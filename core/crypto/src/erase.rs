//! The key with which a person, and nobody else, can take an envelope back from a relay.

use std::fmt;

use belay_model::Entropy;
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::input::Input;
use crate::label;

/// One per person and space, kept in `self`. Wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct EraseKey([u8; 32]);

impl EraseKey {
    /// A new random key.
    #[must_use]
    pub fn make(entropy: &mut dyn Entropy) -> Self {
        let mut key = Self([0; 32]);
        entropy.fill(&mut key.0);
        key
    }

    /// Takes stored bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be stored sealed.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for EraseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EraseKey(..)")
    }
}

/// The token that erases the envelope with this nonce. Secret until it is used.
#[must_use]
pub fn erase_token(key: &EraseKey, nonce: &[u8; 24]) -> [u8; 32] {
    let mut token = [0; 32];
    Hkdf::<Sha256>::new(Some(nonce), key.bytes())
        .expand(label::ERASE.as_bytes(), &mut token)
        .expect("32 bytes are below HKDF's limit");
    token
}

/// What the envelope carries instead of the token.
#[must_use]
pub fn erase_hash(token: &[u8; 32]) -> [u8; 32] {
    Input::new(label::ERASE).fixed(token).hash()
}
