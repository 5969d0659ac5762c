//! The recovery words and the keys that come from them.

use bip39::Mnemonic;
use zeroize::{Zeroize, Zeroizing};

use crate::derive::{hkdf, part};
use crate::secret::secret;
use crate::words::parse_words;
use crate::{CryptoError, KemKey, MailboxKey, RootKey, label};

/// How many words the secret has.
pub const RECOVERY_WORDS: usize = 24;

secret!(
    /// The entropy of the recovery words. Kept in the encrypted store until the words are confirmed,
    /// then wiped: afterwards only the words on paper have it.
    RecoverySecret
);

/// The keys that come from the recovery words. Devices keep the public halves and the mailbox seed.
#[derive(Debug)]
pub struct RecoveryKeys {
    /// P of the `self` space.
    pub root: RootKey,
    /// What keyring, store key and the P of other spaces are sealed to.
    pub backup: KemKey,
    /// Seed of the key for backup files.
    pub age: Zeroizing<[u8; 32]>,
    /// The mailbox that holds copies of the keyring.
    pub mailbox: MailboxKey,
}

impl RecoverySecret {
    /// The 24 words (BIP39, English list, with checksum). BIP39's own key derivation is not used.
    #[must_use]
    pub fn words(&self) -> Vec<&'static str> {
        let mut mnemonic =
            Mnemonic::from_entropy(self.bytes()).expect("BIP39 takes 32 bytes of entropy");
        let words = mnemonic.words().collect();
        mnemonic.zeroize();
        words
    }

    /// Reads the words, in any case and spacing.
    ///
    /// # Errors
    /// `WordCount`, `UnknownWord` with the nearest, or `WordChecksum` when all words are known but
    /// one is wrong or out of place.
    pub fn parse(text: &str) -> Result<Self, CryptoError> {
        let words = parse_words(text, RECOVERY_WORDS)?;
        let phrase = Zeroizing::new(words.join(" "));
        let mut mnemonic = Mnemonic::parse_in_normalized(bip39::Language::English, &phrase)
            .map_err(|_| CryptoError::WordChecksum)?;
        let (mut entropy, len) = mnemonic.to_entropy_array();
        let secret = entropy[..len]
            .try_into()
            .map(Self::from_bytes)
            .map_err(|_| CryptoError::WordChecksum);
        entropy.zeroize();
        mnemonic.zeroize();
        secret
    }

    /// The keys that come from the words.
    #[must_use]
    pub fn keys(&self) -> RecoveryKeys {
        let all: Zeroizing<[u8; 128]> = hkdf(self.bytes(), Some(label::RECOVERY.as_bytes()), "");
        RecoveryKeys {
            root: RootKey::from_seed(&part(&*all, 0)),
            backup: KemKey::from_seed(*part(&*all, 32)),
            age: part(&*all, 64),
            mailbox: MailboxKey::from_seed(&part(&*all, 96)),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_words_are_those_of_bip39() {
        // From the test vectors of BIP39.
        let secret = RecoverySecret::from_bytes([0x7f; 32]);
        assert_eq!(
            secret.words().join(" "),
            "legal winner thank year wave sausage worth useful legal winner thank year wave \
             sausage worth useful legal winner thank year wave sausage worth title"
        );
    }

    #[test]
    fn words_in_the_wrong_order_are_told_apart_from_unknown_ones() {
        let mut words = RecoverySecret::from_bytes([0x7f; 32]).words();
        words.swap(0, 1);
        assert_eq!(
            RecoverySecret::parse(&words.join(" ")),
            Err(CryptoError::WordChecksum)
        );
        words[4] = "wavee";
        assert_eq!(
            RecoverySecret::parse(&words.join(" ")),
            Err(CryptoError::UnknownWord {
                position: 5,
                nearest: "wave"
            })
        );
    }

    proptest! {
        #[test]
        fn the_words_give_the_secret_back(bytes: [u8; 32]) {
            let secret = RecoverySecret::from_bytes(bytes);
            let typed = secret.words().join("  ").to_uppercase();
            prop_assert_eq!(RecoverySecret::parse(&typed).unwrap(), secret);
        }
    }
}
