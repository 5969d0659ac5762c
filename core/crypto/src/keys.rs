//! Signing keys. Three kinds that are never used for each other's purpose, so they are three types.

use std::fmt;

use belay_model::Entropy;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use crate::CryptoError;

macro_rules! signing_key {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name(SigningKey);

        impl $name {
            /// A new random key.
            #[must_use]
            pub fn make(entropy: &mut dyn Entropy) -> Self {
                let mut seed = Zeroizing::new([0; 32]);
                entropy.fill(&mut *seed);
                Self::from_seed(&seed)
            }

            /// The key of a stored or derived seed (RFC 8032 section 5.1.5).
            #[must_use]
            pub fn from_seed(seed: &[u8; 32]) -> Self {
                Self(SigningKey::from_bytes(seed))
            }

            /// The seed, to be stored sealed.
            #[must_use]
            pub fn seed(&self) -> Zeroizing<[u8; 32]> {
                Zeroizing::new(self.0.to_bytes())
            }

            /// The public half.
            #[must_use]
            pub fn public(&self) -> [u8; 32] {
                self.0.verifying_key().to_bytes()
            }

            pub(crate) fn sign(&self, input: &[u8]) -> [u8; 64] {
                self.0.sign(input).to_bytes()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    };
}

signing_key!(
    /// A device's signing key in one space: signs items, bundles and sessions. Wiped when dropped.
    DeviceKey
);
signing_key!(
    /// A person's recovery key P in one space: signs the genesis and acts of the person. Wiped when
    /// dropped; kept only sealed to the recovery backup key.
    RootKey
);
signing_key!(
    /// The key of one epoch's mailbox: signs requests to relays. Wiped when dropped, each copy: whoever speaks to a
    /// relay takes one along instead of deriving its public half again for every request.
    #[derive(Clone)]
    MailboxKey
);

/// Checks an Ed25519 signature by the strict rule (RFC 8032 with small-order and non-canonical
/// points refused), so that all implementations agree on what is valid.
pub(crate) fn verify(
    public: &[u8; 32],
    input: &[u8],
    signature: &[u8; 64],
) -> Result<(), CryptoError> {
    VerifyingKey::from_bytes(public)
        .and_then(|key| key.verify_strict(input, &Signature::from_bytes(signature)))
        .map_err(|_| CryptoError::BadSignature)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use data_encoding::HEXLOWER;

    use super::*;

    #[test]
    fn signatures_are_those_of_rfc_8032() {
        // RFC 8032 section 7.1, tests 1 and 2.
        for (seed, public, text, signature) in [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
                "",
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac\
                 c61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
            ),
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
                "72",
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e\
                 458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
            ),
        ] {
            let bytes = |hex: &str| HEXLOWER.decode(hex.as_bytes()).unwrap();
            let key = DeviceKey::from_seed(&bytes(seed).try_into().unwrap());
            assert_eq!(key.public().to_vec(), bytes(public));
            let made = key.sign(&bytes(text));
            assert_eq!(made.to_vec(), bytes(signature));
            verify(&key.public(), &bytes(text), &made).unwrap();
        }
    }

    #[test]
    fn a_small_order_key_signs_nothing() {
        // The neutral element: without the strict rule, (R = neutral, s = 0) fits every input.
        let mut neutral = [0; 32];
        neutral[0] = 1;
        let mut signature = [0; 64];
        signature[0] = 1;
        assert_eq!(
            verify(&neutral, b"anything", &signature),
            Err(CryptoError::BadSignature)
        );
    }

    #[test]
    fn a_signature_has_one_form_only() {
        // Adding the group's order to s gives another signature of the same input for lax readers.
        const ORDER: &str = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
        let order = HEXLOWER.decode(ORDER.as_bytes()).unwrap();
        let key = DeviceKey::from_seed(&[7; 32]);
        let mut signature = key.sign(b"anything");
        let mut carry = 0;
        for (byte, add) in signature[32..].iter_mut().zip(order) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = sum.to_le_bytes()[0];
            carry = sum >> 8;
        }
        assert_eq!(
            verify(&key.public(), b"anything", &signature),
            Err(CryptoError::BadSignature)
        );
    }

    #[test]
    fn a_secret_does_not_show_in_debug_output() {
        let key = MailboxKey::from_seed(&[0xab; 32]);
        assert_eq!(format!("{key:?}"), "MailboxKey(..)");
    }
}
