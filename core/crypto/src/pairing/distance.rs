//! Pairing at a distance: what both sides need is derived from a link or four words; then both commit,
//! reveal and compare. The steps are pure functions because days may lie between them.

use belay_model::{Entropy, make_bytes};
use belay_protocol::{Bundle, Commitment, Genesis, Reveal};
use zeroize::Zeroizing;

use super::SealKey;
use crate::at_rest::{PasscodeParameters, argon2id};
use crate::derive::{hkdf, part};
use crate::input::Input;
use crate::words::{parse_words, split_words, word};
use crate::{CryptoError, KemPublic, label, verify_genesis};

/// What deriving from typed words costs. Both sides must come to the same place, so this is part of the
/// format and, unlike what a passphrase costs, never changes.
const WORDS_COST: PasscodeParameters = PasscodeParameters {
    memory_kib: 64 * 1024,
    passes: 3,
    lanes: 1,
};

/// How many words invite at a distance.
pub const DISTANCE_WORDS: usize = 4;

/// Where two sides meet, and the key that keeps the relay from reading along.
#[derive(Debug)]
pub struct DistanceInvitation {
    /// Names the rendezvous.
    pub id: [u8; 16],
    /// Seals its slots.
    pub seal: SealKey,
}

impl DistanceInvitation {
    /// From the 128 bits in a link's fragment.
    #[must_use]
    pub fn from_link(secret: &[u8; 16]) -> Self {
        Self::derive(secret)
    }

    /// From four typed words. Slow on purpose: Argon2id with 64 MiB and 3 passes.
    ///
    /// # Errors
    /// `WordCount` or `UnknownWord`. A wrong word of the list only leads to another rendezvous.
    pub fn from_words(text: &str) -> Result<Self, CryptoError> {
        let words = Zeroizing::new(parse_words(text, DISTANCE_WORDS)?.join(" "));
        let hash = argon2id(words.as_bytes(), label::INVITE.as_bytes(), WORDS_COST)?;
        Ok(Self::derive(&*hash))
    }

    fn derive(secret: &[u8]) -> Self {
        let both: Zeroizing<[u8; 48]> = hkdf(secret, None, label::INVITE);
        Self {
            id: *part(&*both, 0),
            seal: SealKey::from_bytes(*part(&*both, 16)),
        }
    }
}

/// Whether a text has as many words as invite at a distance, whatever they are.
#[must_use]
pub fn looks_like_distance_words(text: &str) -> bool {
    split_words(text).len() == DISTANCE_WORDS
}

/// Looks at each word of a text before the slow derivation.
///
/// # Errors
/// `WordCount` or `UnknownWord`.
pub fn check_distance_words(text: &str) -> Result<(), CryptoError> {
    parse_words(text, DISTANCE_WORDS).map(drop)
}

/// Draws four words to tell the other.
#[must_use]
pub fn make_distance_words(entropy: &mut dyn Entropy) -> [&'static str; DISTANCE_WORDS] {
    [(); DISTANCE_WORDS].map(|()| word(u16::from_le_bytes(make_bytes(entropy))))
}

/// The first message: binds the inviter to nonce and bundle before the other's are known, so that
/// neither side can search for keys that give the words it wants.
#[must_use]
pub fn commitment(id: &[u8; 16], nonce: &[u8; 32], bundle: &Bundle) -> Commitment {
    Commitment(
        Input::new(label::SAS)
            .fixed(id)
            .fixed(nonce)
            .variable(&bundle.encode())
            .hash(),
    )
}

/// Checks the third message (m2, nonce and bundle) against the first (m0, the commitment to both). Both are
/// public by then, so an ordinary comparison does.
///
/// # Errors
/// `Contradiction`: the invitation is to be burnt.
pub fn check_reveal(
    id: &[u8; 16],
    committed: &Commitment,
    reveal: &Reveal,
) -> Result<(), CryptoError> {
    if commitment(id, &reveal.nonce, &reveal.bundle) == *committed {
        Ok(())
    } else {
        Err(CryptoError::Contradiction)
    }
}

/// The person whom a reveal shows: its parts fit together.
///
/// # Errors
/// `Contradiction` for an own device, which does not pair at a distance; `BadSignature`; `BadPublicKey`.
pub fn revealed_person(reveal: &Reveal) -> Result<&Genesis, CryptoError> {
    let Bundle::Person(genesis) = &reveal.bundle else {
        return Err(CryptoError::Contradiction);
    };
    verify_genesis(genesis)?;
    KemPublic::parse(&genesis.kem.pk)?;
    Ok(genesis)
}

/// The hash of everything both sides saw. Kept, so that comparing later is as good as at once.
#[must_use]
pub fn transcript(id: &[u8; 16], m0: &Commitment, m1: &Reveal, m2: &Reveal) -> [u8; 32] {
    Input::new(label::TRANSCRIPT)
        .variable(&m0.encode())
        .variable(&m1.encode())
        .variable(&m2.encode())
        .fixed(id)
        .hash()
}
