//! Sealing what lies in a rendezvous slot, so that the relay learns nothing but its size.

use belay_model::{Entropy, make_bytes};

use crate::input::Input;
use crate::secret::secret;
use crate::{CryptoError, aead, label};

secret!(
    /// The key of one rendezvous; forgotten when the pairing ends.
    SealKey
);

fn aad(id: &[u8; 16], slot: u8) -> Vec<u8> {
    Input::new(label::RENDEZVOUS).fixed(id).u8(slot).bytes()
}

/// Seals the content of a slot: random nonce, then ciphertext.
#[must_use]
pub fn seal_slot(
    key: &SealKey,
    id: &[u8; 16],
    slot: u8,
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Vec<u8> {
    let nonce: [u8; 24] = make_bytes(entropy);
    let sealed = aead::seal(key.bytes(), &nonce, &aad(id, slot), plain);
    [&nonce[..], &sealed].concat()
}

/// Opens the content of a slot.
///
/// # Errors
/// `DoesNotOpen`.
pub fn open_slot(
    key: &SealKey,
    id: &[u8; 16],
    slot: u8,
    sealed: &[u8],
) -> Result<Vec<u8>, CryptoError> {
    let (nonce, ciphertext) = sealed
        .split_first_chunk::<24>()
        .ok_or(CryptoError::DoesNotOpen)?;
    aead::open(key.bytes(), nonce, &aad(id, slot), ciphertext)
}
