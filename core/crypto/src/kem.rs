//! HPKE (RFC 9180) in base mode with X-Wing, HKDF-SHA256 and ChaCha20-Poly1305: sealing to a public
//! key that holds against an adversary who records now and has a quantum computer later.

use std::convert::Infallible;
use std::fmt;

use belay_model::Entropy;
use belay_protocol::{KemStatement, limits};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::CryptoError;

type PublicKey = <XWing as Kem>::PublicKey;
type PrivateKey = <XWing as Kem>::PrivateKey;
type EncappedKey = <XWing as Kem>::EncappedKey;

/// Hands the caller's entropy to `hpke`, which would else ask the operating system.
pub(crate) struct HandedIn<'a>(pub(crate) &'a mut dyn Entropy);

impl TryRng for HandedIn<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for HandedIn<'_> {}

/// An X-Wing private key, kept as its 32-byte seed. Wiped when dropped.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct KemKey([u8; 32]);

impl KemKey {
    /// A new random key.
    #[must_use]
    pub fn make(entropy: &mut dyn Entropy) -> Self {
        let mut key = Self([0; 32]);
        entropy.fill(&mut key.0);
        key
    }

    /// The key of a stored or derived seed.
    #[must_use]
    pub const fn from_seed(seed: [u8; 32]) -> Self {
        Self(seed)
    }

    /// The seed, to be stored sealed.
    #[must_use]
    pub const fn seed(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public half, 1216 bytes.
    #[must_use]
    pub fn public(&self) -> Vec<u8> {
        XWing::sk_to_pk(&self.private()).to_bytes().to_vec()
    }

    /// The public half, to seal to.
    #[must_use]
    pub fn recipient(&self) -> KemPublic {
        KemPublic(XWing::sk_to_pk(&self.private()))
    }

    /// The statement that makes the public half known as the device's key number `n`.
    #[must_use]
    pub fn statement(&self, n: u32) -> KemStatement {
        KemStatement {
            n,
            pk: self.public(),
            max_ver: limits::VERSION,
        }
    }

    fn private(&self) -> PrivateKey {
        PrivateKey::from_bytes(&self.0).expect("a seed of 32 bytes is always a key")
    }
}

impl fmt::Debug for KemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KemKey(..)")
    }
}

/// HPKE's two outputs.
pub(crate) struct Sealed {
    pub(crate) enc: Vec<u8>,
    pub(crate) ciphertext: Vec<u8>,
}

/// The public half of a [`KemKey`], looked at: something can be sealed to it. Some bytes of the right length are
/// none, and a member who states such must not keep others from making a new secret. Depends on the bytes alone.
#[derive(Clone, PartialEq, Eq)]
pub struct KemPublic(PublicKey);

impl KemPublic {
    /// Looks at 1216 bytes that somebody stated.
    ///
    /// # Errors
    /// `BadPublicKey` for bytes of another length, or that are none.
    pub fn parse(bytes: &[u8]) -> Result<Self, CryptoError> {
        PublicKey::from_bytes(bytes)
            .map(Self)
            .map_err(|_| CryptoError::BadPublicKey)
    }
}

impl fmt::Debug for KemPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KemPublic(..)")
    }
}

/// Seals to a public key.
pub(crate) fn seal(
    public: &KemPublic,
    info: &[u8],
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Sealed, CryptoError> {
    let (enc, ciphertext) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        &public.0,
        info,
        plain,
        &[],
        &mut HandedIn(entropy),
    )
    .map_err(|_| CryptoError::BadPublicKey)?;
    Ok(Sealed {
        enc: enc.to_bytes().to_vec(),
        ciphertext,
    })
}

/// Opens what was sealed to this key with the same info.
pub(crate) fn open(
    key: &KemKey,
    info: &[u8],
    enc: &[u8],
    ciphertext: &[u8],
) -> Result<Zeroizing<Vec<u8>>, CryptoError> {
    let enc = EncappedKey::from_bytes(enc).map_err(|_| CryptoError::DoesNotOpen)?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeR::Base,
        &key.private(),
        &enc,
        info,
        ciphertext,
        &[],
    )
    .map(Zeroizing::new)
    .map_err(|_| CryptoError::DoesNotOpen)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_key_that_is_no_key_is_refused() {
        assert_eq!(
            KemPublic::parse(&[0xff; 1216]),
            Err(CryptoError::BadPublicKey),
            "coefficients above ML-KEM's modulus"
        );
        assert_eq!(KemPublic::parse(&[0; 1215]), Err(CryptoError::BadPublicKey));
    }

    #[test]
    fn whatever_parses_as_a_key_can_be_sealed_to() {
        struct Zeros;
        impl Entropy for Zeros {
            fn fill(&mut self, bytes: &mut [u8]) {
                bytes.fill(0);
            }
        }
        let key = KemKey::from_seed([7; 32]).public();
        // The last 32 bytes are X25519's; these points are of small order, with which others agree on nothing.
        for point in [
            [0; 32],
            [0xff; 32],
            std::array::from_fn(|at| u8::from(at == 0)),
        ] {
            let mut stated = key.clone();
            stated[1184..].copy_from_slice(&point);
            let stated = KemPublic::parse(&stated).unwrap();
            assert!(seal(&stated, b"", b"", &mut Zeros).is_ok());
        }
        let zeros = KemPublic::parse(&[0; 1216]).unwrap();
        assert!(seal(&zeros, b"", b"", &mut Zeros).is_ok());
    }
}
